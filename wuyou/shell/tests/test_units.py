"""The page of a unit, and the page on which it comes under another federation."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_count, make_unit
from wuyou.demo.small import BARE, CITY, GOOD, HUIZE, LULIANG, NO_VENUE, QILIN
from wuyou.funds import queries as funds
from wuyou.funds.services import NewEntry, record_entry
from wuyou.kernel import period
from wuyou.leadership import services as leadership
from wuyou.orgs import services
from wuyou.orgs.models import Unit, UnitForm
from wuyou.people.models import HeadCount
from wuyou.platform.models import AuditEvent
from wuyou.platform.presentation import yuan

pytestmark = pytest.mark.django_db
NOV = date(2025, 11, 1)


def page(client, name, unit, **posted):
    address = reverse(f"shell:{name}", args=[unit.pk])
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer


def told_to(small, unit, parent, **more):
    return {"parent": small.unit(parent).pk, "start": "2025-11-01", "document": "", "version": unit.version, **more}


def test_what_a_move_does_is_said_before_it_is_done(small, sign_in):
    unit = small.unit(GOOD)
    make_unit(parent=unit, full_name="文昌一组")
    told = told_to(small, unit, LULIANG, document="曲侨发[2025]8号")
    answer = page(sign_in("city"), "move", unit, **told)
    assert answer.context["effects"] == [
        "从2025年11月1日起，“文昌社区侨联小组”由麒麟区侨联改由陆良县侨联指导。",
        "依据：曲侨发〔2025〕8号。",
        "它下面的 1 个组织一起转过去。",
        "登记在这里的 6 名成员一起转过去。",
        f"以后看不到它的：麒麟区侨联的{small.actor('county').name}。",
        f"以后可以看到它的：陆良县侨联的{small.actor('luliang').name}。",
        "班子、成员、活动、经费和阵地的记录都随组织保留，今后统计计入陆良县侨联。",
        "所在县区仍是麒麟区；如果也变了，请再到“修改资料”里修改。",
    ]
    assert Unit.objects.get(pk=unit.pk).parent == small.unit(QILIN)


def test_a_move_to_the_city_changes_only_the_county_s_sight(small, sign_in):
    answer = page(sign_in("city"), "move", small.unit(BARE), **told_to(small, small.unit(BARE), CITY))
    assert [line for line in answer.context["effects"] if "看" in line] == [
        f"以后看不到它的：会泽县侨联的{small.actor('huize').name}。"
    ]


def test_a_confirmed_move_is_carried_out_and_stands_in_the_history(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("city")
    told = told_to(small, unit, LULIANG, confirmed="1", document="曲侨发[2025]8号")
    answer = client.post(reverse("shell:move", args=[unit.pk]), told)
    assert (answer.status_code, answer.url) == (302, reverse("shell:unit", args=[unit.pk]))
    assert page(client, "unit", unit).context["events"][0] == {
        "when": "2025-11-01", "title": "改由陆良县侨联指导", "text": "曲侨发〔2025〕8号",
    }  # fmt: skip
    assert sign_in("county").get(reverse("shell:unit", args=[unit.pk])).status_code == 404
    assert sign_in("luliang").get(reverse("shell:unit", args=[unit.pk])).status_code == 200


def test_a_cycle_is_refused_in_one_sentence_and_nothing_typed_is_lost(small, sign_in):
    city = small.unit(QILIN)
    below = make_unit(parent=city, full_name="麒麟开发区侨联", short_name="开发区侨联", kind="county_federation")
    told = {**told_to(small, city, LULIANG, document="曲侨发〔2025〕8号"), "parent": below.pk}
    answer = page(sign_in("city"), "move", city, **told)
    assert answer.context["form"].errors == {"parent": ["不能把组织放到它自己或它的下级之下；请选择别的上级。"]}
    assert "曲侨发〔2025〕8号" in answer.content.decode()


def test_somebody_who_goes_back_finds_what_he_typed(small, sign_in):
    unit = small.unit(GOOD)
    answer = page(sign_in("city"), "move", unit, **told_to(small, unit, LULIANG, back="1", document="一号"))
    assert "effects" not in answer.context
    assert answer.context["form"]["document"].value() == "一号"


def test_a_move_that_somebody_else_forestalled_leads_to_the_page_of_the_conflict(small, sign_in):
    unit = small.unit(GOOD)
    services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(LULIANG).pk, start=NOV)
    told = told_to(small, unit, HUIZE, start="2025-11-10", confirmed="1")
    answer = sign_in("city").post(reverse("shell:move", args=[unit.pk]), told)
    assert answer.status_code == 409
    assert "陆良县侨联" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "unit", "status", "movable"),
    [
        ("city", GOOD, 200, True),
        ("county", GOOD, 200, False),
        ("leader", NO_VENUE, 403, None),
        ("auditor", GOOD, 403, None),
    ],
)
def test_who_is_offered_a_move(small, sign_in, who, unit, status, movable):
    answer = sign_in(who).get(reverse("shell:move", args=[small.unit(unit).pk]))
    assert answer.status_code == status
    assert (answer.context["movable"] if status == 200 else None) == movable


def test_the_ties_of_a_unit_are_changed_on_one_page(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    address = reverse("orgs:links", args=[unit.pk])
    form = client.get(address).context["form"]
    assert form["hosts"].value() == "南宁街道文昌社区居委会"
    posted = {"hosts": "南宁街道文昌社区居委会\n文昌小学", "led_by": "", "area": "", "on": "2025-11-01", "version": 1}
    assert client.post(address, posted).status_code == 302
    context = page(client, "unit", unit).context
    assert context["tied"] == {"guided": [QILIN], "hosts": ["南宁街道文昌社区居委会", "文昌小学"]}
    assert context["events"][0] == {
        "when": "2025-11-01",
        "title": "不再由南宁街道文昌社区居委会党组织领导；挂靠文昌小学；不再服务南宁街道",
        "text": "",
    }
    assert client.post(address, {**posted, "led_by": "党支部"}).status_code == 409


# Session, person and grants are three; each register that stands on the page is asked once: 15 would leave two of them out.
@pytest.mark.parametrize(
    ("who", "of", "day", "queries"),
    [
        ("city", NO_VENUE, {}, 17), ("county", NO_VENUE, {}, 17), ("leader", NO_VENUE, {}, 15), ("city", QILIN, {}, 15),
        ("city", NO_VENUE, {"on": "2024-01-01"}, 19), ("city", QILIN, {"on": "2024-01-01"}, 18),
    ],
)  # fmt: skip
def test_the_page_of_a_unit_asks_no_more_for_a_longer_history(small, sign_in, who, of, day, queries):
    unit, client = small.unit(of), sign_in(who)
    address = reverse("shell:unit", args=[unit.pk])
    client.get(address, day)
    for number in range(3):
        links = services.Links(hosts=(f"单位{number}",))
        services.link_unit(actor=anybody(), unit_id=unit.pk, links=links, on=date(2025, 2, 1 + number))
    with CaptureQueriesContext(connection) as seen:
        client.get(address, day)
    assert len(seen) == queries


def test_what_befell_a_unit_is_asked_for_only_where_something_did(small, sign_in):
    """A change and an extension cost a query each: those of a unit with everything."""
    unit, client = small.unit(GOOD), sign_in("city")
    address = reverse("shell:unit", args=[unit.pk])

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    plain = asked()
    term = unit.terms.get()
    told = {"until": date(2029, 6, 1), "document": "曲侨发〔2025〕8号", "approved_on": date(2025, 10, 9)}
    leadership.extend_term(actor=anybody(), term_id=term.pk, **told)
    with_extension = asked()
    services.record_event(actor=anybody(), unit_id=unit.pk, kind="lapse", on="2025-10-01")
    assert (plain, with_extension - plain, asked() - with_extension) == (17, 1, 2)


ADVICE = "34 人，按人数标准（30—49 人）建议用“侨联联络组”。现在登记的是“侨联小组”。"
SOURCE = "依据：北京市侨联基层组织规定的人数标准；各地可以修改。"


@pytest.mark.parametrize(
    ("people", "sentence", "agrees"),
    [
        (34, ADVICE + SOURCE, False),
        (50, "50 人，按人数标准（50 人起）建议用“归国华侨联合会”。现在登记的是“侨联小组”。" + SOURCE, False),
        (22, "22 人，用“侨联小组”与人数标准（不到 30 人）相符。", True),
        (None, "6 人，用“侨联小组”与人数标准（不到 30 人）相符。", True),
    ],
)
def test_a_unit_s_size_advises_its_form(small, sign_in, people, sentence, agrees):
    unit = small.unit(GOOD)
    unit_counts = HeadCount.objects.filter(unit=unit)
    if people is None:
        unit_counts.delete()
    else:
        make_count(people, unit=unit)
    advice = page(sign_in("county"), "unit", unit).context["advice"]
    assert (advice.sentence, advice.agrees) == (sentence, agrees)


def test_the_advice_leads_those_who_may_to_the_row_it_comes_from(small, sign_in):
    unit = small.unit(GOOD)
    row = reverse("orgs:forms_row", args=[UnitForm.objects.get(code="group").pk])
    assert [row in page(sign_in(who), "unit", unit).content.decode() for who in ("city", "county", "auditor")] == [
        True, False, False,
    ]  # fmt: skip


def test_a_group_founded_for_a_gap_is_advised_its_form(small, sign_in):
    client = sign_in("county")
    context = client.get(reverse("orgs:found"), {"host": "新单位", "people": "31"}).context
    assert context["advice"].sentence == "31 人，按人数标准（30—49 人）建议用“侨联联络组”。" + SOURCE
    assert context["form"]["form"].value() == "liaison_group"
    assert client.get(reverse("orgs:found"), {"people": "many"}).context["advice"] is None


def test_there_is_no_advice_for_an_office_or_without_a_number(small, sign_in):
    client = sign_in("city")
    assert [page(client, "unit", small.unit(name)).context["advice"] for name in (QILIN, BARE)] == [None, None]


def test_a_holder_leaves_his_post_and_the_record_stays(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    seat = next(seat for seat in page(client, "unit", unit).context["seats"] if seat.post.leads)
    address = reverse("leadership:leave", args=[seat.pk])
    for on, status in (("2026-01-01", 200), ("1999-01-01", 200), ("2025-11-01", 302), ("2025-11-01", 302)):
        assert client.post(address, {"on": on}).status_code == status, on
    assert client.post(address, {"on": "2025-11-02"}).context["form"].errors == {
        "on": ["已登记 2025-11-01 离任，没有重复登记。"]
    }
    seat.refresh_from_db()
    assert seat.end == NOV
    assert [held.pk for held in page(client, "unit", unit).context["seats"] if held.pk == seat.pk] == []


def test_a_venue_is_set_right_or_closed(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    venue = unit.venues.get()
    address = reverse("orgs:venue_edit", args=[venue.pk])
    typed = {bound.name: bound.value() or "" for bound in client.get(address).context["form"]}
    number = AuditEvent.objects.count()
    assert client.post(address, typed).status_code == 302
    assert AuditEvent.objects.count() == number
    assert client.post(address, {**typed, "hours": "每周五"}).status_code == 302
    assert client.post(address, {**typed, "end": "2026-01-01"}).context["form"].errors == {
        "end": ["这个日期还没有到，没有保存；请在停用后再登记。"]
    }
    venue.refresh_from_db()
    assert (venue.hours, venue.end) == ("每周五", None)
    assert client.post(address, {**typed, "end": "2025-11-01"}).status_code == 302
    venue.refresh_from_db()
    assert (venue.hours, venue.end) == (typed["hours"], NOV)
    shown = page(client, "unit", unit)
    assert (shown.context["venues"], shown.context["closed_venues"]) == ([], [venue])
    assert ("2025年11月1日停用" in shown.content.decode(), f'href="{address}"' in shown.content.decode()) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("year", "on"), [("0", "2025-01-01"), ("99999", "2025-01-01"), ("9999", "9999-12-31"), ("²", "x")]
)
def test_a_figure_of_a_year_that_is_none_narrows_nothing(small, sign_in, year, on):
    client = sign_in("city")
    whole = client.get("/units/", {"on": on}).context["pages"].total
    for name in ("orgs.total", "funds.units_with"):
        page = client.get("/units/", {"behind": name, "year": year, "on": on})
        assert (page.status_code, page.context["behind"], page.context["pages"].total) == (200, None, whole)


def test_the_year_s_income_on_the_workbench_is_told_to_the_fen(small, sign_in):
    before = funds.sums(small.actor("city"), funds.EntryFilter(during=period.year(small.today.year))).received_fen
    new = NewEntry(unit_id=small.unit(GOOD).pk, on=small.today, amount_fen=99)
    record_entry(actor=small.actor("county"), new=new)
    numbers = sign_in("city").get("/").context["numbers"]
    assert [n.value for n in numbers if n.label == "本年收入"] == [yuan(before + 99)]
