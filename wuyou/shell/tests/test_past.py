"""Pages read for a day of the past: what stood then, said plainly, with the way back, and nothing to edit."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_lineage, make_renamed, make_term, make_unit
from wuyou.demo.small import BARE, DISSOLVED, GOOD, HUIZE, LULIANG, NO_VENUE, QILIN, UNIVERSITY
from wuyou.leadership.services import extend_term
from wuyou.orgs import services
from wuyou.orgs.exporting import EXPORTS
from wuyou.orgs.models import UnitEvent
from wuyou.people.models import Affiliation

pytestmark = pytest.mark.django_db

PAST = {"on": "2021-03-01"}
BANNER = "您在看 2021年3月1日 的情况。"


def pages(small):
    """Return the address of every page that is read for a day."""
    unit = small.unit(GOOD).pk
    return [
        reverse("shell:units"),
        reverse("shell:tree"),
        reverse("shell:unit", args=[unit]),
        *(reverse(f"coverage:{name}") for name in ("counties", "townships", "hosts")),
        reverse("coverage:places", args=["530302"]),
        reverse("assessment:units"),
        reverse("assessment:unit", args=[unit]),
        reverse("assessment:standards"),
    ]


EDITING = ("orgs:edit", "succession:begin", "orgs:links", "orgs:venue", "shell:move", "leadership:seat", "people:count")


def test_every_page_of_a_past_day_says_so_and_leads_back(small, sign_in):
    client = sign_in("city")
    for address in pages(small):
        past, today = (client.get(address, asked).content.decode() for asked in (PAST, {}))
        assert (address, BANNER in past, "回到今天" in past) == (address, True, True)
        assert (address, "您在看" in today, "看过去某一天的情况" in today) == (address, False, True)
        assert f'<a class="no-print" href="{address}">' in past, address
        assert [word for word in ("orgs/found/", "orgs/venues/", "activities/record/") if word in past] == [], address


def test_a_term_of_a_past_day_ends_as_it_was_to_end_then(small, sign_in):
    """The extension was approved later; on the day of its approval it holds."""
    unit = make_unit(parent=small.unit(QILIN))
    term = make_term(unit, date(2019, 6, 1), date(2024, 6, 1))
    extend_term(actor=anybody(), term_id=term.pk, until=date(2026, 6, 1), document="1号", approved_on=date(2024, 5, 1))
    client, page = sign_in("city"), reverse("shell:unit", args=[unit.pk])
    ends = [client.get(page, {"on": day}).context["term"].end for day in ("2024-04-30", "2024-05-01", "")]
    assert ends == [date(2024, 6, 1), date(2026, 6, 1), date(2026, 6, 1)]


def test_nothing_is_edited_on_a_past_day(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("city")
    page = reverse("shell:unit", args=[unit.pk])
    past, today = (client.get(page, asked).content.decode() for asked in (PAST, {}))
    ways = [reverse(name, args=[unit.pk]) for name in EDITING]
    assert [way for way in ways if f'href="{way}' not in today] == []
    assert [way for way in ways if f'href="{way}' in past] == []


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2031-01-01", "2031年1月1日还没有到，下面是今天的情况；请选择以前的日期。"),
        ("tomorrow", "“tomorrow”不是可以查看的日期，下面是今天的情况；请重新选择日期。"),
        ("0001-01-01", "“0001-01-01”不是可以查看的日期，下面是今天的情况；请重新选择日期。"),
        ("2021-02-30", "“2021-02-30”不是可以查看的日期，下面是今天的情况；请重新选择日期。"),
        ("\x00<b>²", None),
    ],
)
def test_a_day_that_is_none_or_to_come_is_answered_by_today(small, sign_in, written, sentence):
    client = sign_in("county")
    for address in pages(small):
        answer = client.get(address, {"on": written})
        body = answer.content.decode()
        assert (address, answer.status_code, "您在看" in body, "下面是今天的情况" in body) == (
            address,
            200,
            False,
            True,
        )
        assert sentence is None or sentence in body


def test_what_else_stands_in_the_address_is_kept(small, sign_in):
    body = sign_in("city").get(reverse("shell:units"), {**PAST, "kind": "community", "page": "2"}).content.decode()
    assert '<input type="hidden" name="kind" value="community">' in body
    assert 'href="/units/?kind=community"' in body


@pytest.fixture
def renamed(small):
    """A group that was called otherwise until 2023, and came under another county in 2024."""
    unit = small.unit(GOOD)
    make_renamed(unit, "文昌街社区侨联小组", date(2023, 1, 1))
    services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(LULIANG).pk, start=date(2024, 1, 1))
    return unit


def test_the_list_of_a_past_day_shows_what_there_was(small, sign_in, renamed):
    client = sign_in("city")
    context = client.get(reverse("shell:units"), PAST).context
    names = {row[1].value: row for row in context["table"].rows}
    assert (GOOD in names, "文昌街社区侨联小组" in names, DISSOLVED in names) == (True, False, True)
    assert names[GOOD][1].href == f"{reverse('shell:unit', args=[renamed.pk])}?on=2021-03-01"
    assert context["can_found"] is False
    found = client.get(reverse("shell:units"), {**PAST, "office": small.unit(QILIN).pk}).context["table"]
    of_qilin = {name for name, row in names.items() if row[0] == "麒麟区"} - {
        UNIVERSITY
    }  # which the city guides itself
    assert {row[1].value for row in found.rows} == of_qilin


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "文昌社区"}, ["文昌街社区侨联小组（原名 文昌社区侨联小组）"]),
        ({"q": "文昌街"}, ["文昌街社区侨联小组"]),
        ({"q": "文昌社区", "on": "2021-03-01"}, [GOOD]),
        ({"q": "文昌街", "on": "2021-03-01"}, []),
        ({"q": "文昌社区", "on": "2023-06-01"}, ["文昌街社区侨联小组（原名 文昌社区侨联小组）"]),
        ({"state": "dissolved", "on": "2022-12-30"}, [DISSOLVED]),
        ({"state": "dissolved", "on": "2022-12-29"}, []),
        ({"kind": "central_enterprise", "county": "530326", "on": "2022-12-29"}, [DISSOLVED]),
        ({"q": "hzqxk", "on": "2022-12-29"}, [DISSOLVED]),
    ],
)
def test_lists_find_former_names_and_units_of_then(small, sign_in, renamed, asked, names):
    table = sign_in("city").get(reverse("shell:units"), asked).context["table"]
    assert [str(row[1].value) for row in table.rows] == names


def test_a_picker_finds_a_unit_by_its_former_name(small, sign_in, renamed):
    form = sign_in("city").get(reverse("activities:record")).context["form"]
    told = [(one.code, one.name, str(one.note)) for one in form.fields["unit"].find("文昌社区")]
    assert told == [(str(renamed.pk), "文昌街社区侨联小组", "原名 文昌社区侨联小组")]


def test_the_tree_of_a_past_day(small, sign_in, renamed):
    def under(asked):
        top = sign_in("city").get(reverse("shell:tree"), asked).context["nodes"][0]
        return {office["label"]: {node["label"] for node in office["children"]} for office in top["children"]}

    past, today = under(PAST), under({})
    assert (GOOD in past[QILIN], "文昌街社区侨联小组" in today[LULIANG]) == (True, True)
    assert (DISSOLVED in past[HUIZE], DISSOLVED in today[HUIZE]) == (True, False)


def test_the_page_of_a_unit_on_a_past_day(small, sign_in, renamed):
    context = sign_in("city").get(reverse("shell:unit", args=[renamed.pk]), PAST).context
    then = context["then"]
    assert (then.short_name, then.parent_name, context["state"]) == (GOOD, QILIN, "正常")
    assert max(line["when"] for line in context["events"]) <= "2021-03-01"
    assert context["ways"] == []
    later = sign_in("city").get(reverse("shell:unit", args=[renamed.pk])).context
    assert [way.sentence for way in later["ways"]] == []  # no event tells of it: an office wrote the name anew


def closed_into(small, *heirs, on="2022-12-30"):
    old = small.unit(DISSOLVED)
    for heir in heirs:
        make_lineage(old, small.unit(heir), date.fromisoformat(on), "dissolve")
        UnitEvent.objects.create(
            unit=small.unit(heir), kind="succeed", on=on, recorded_at=old.events.first().recorded_at
        )
    return old


def test_a_closed_unit_says_what_became_of_it_with_links_both_ways(small, sign_in):
    old = closed_into(small, BARE, NO_VENUE)
    heir, foreign = small.unit(BARE), small.unit(NO_VENUE)
    client = sign_in("huize")
    page = {unit.pk: reverse("shell:unit", args=[unit.pk]) for unit in (old, heir, foreign)}
    told = client.get(page[old.pk]).context["ways"]
    assert [(way.sentence, way.units) for way in told] == [
        ("2022年12月30日撤销，由以下组织承接：", ((BARE, page[heir.pk]), (NO_VENUE, "")))
    ]
    back = client.get(page[heir.pk]).context["ways"]
    assert [(way.sentence, way.units) for way in back] == [
        ("2022年12月30日承接了撤销的：", ((DISSOLVED, page[old.pk]),))
    ]
    assert client.get(page[heir.pk], {"on": "2022-12-29"}).context["ways"] == []
    dated = client.get(page[heir.pk], {"on": "2023-01-01"}).context["ways"]
    assert dated[0].units == ((DISSOLVED, f"{page[old.pk]}?on=2023-01-01"),)


def test_a_closed_unit_without_heirs_says_when_it_ended(small, sign_in):
    page = reverse("shell:unit", args=[small.unit(DISSOLVED).pk])
    told = sign_in("huize").get(page).context["ways"]
    assert [way.sentence for way in told] == ["2022年12月30日撤销，没有登记由哪个组织承接。"]


def test_a_unit_says_what_it_was_called(small, sign_in):
    unit = small.unit(GOOD)
    make_renamed(unit, "文昌街社区侨联小组", date(2023, 1, 1), full_name="老街社区侨联小组")
    services.record_event(actor=anybody(), unit_id=unit.pk, kind="rename", on="2023-01-01")
    told = sign_in("county").get(reverse("shell:unit", args=[unit.pk])).context["ways"]
    assert [way.sentence for way in told] == ["原名：老街社区侨联小组。"]


@pytest.mark.parametrize(("name", "number"), [("units", 14), ("tree", 9)])
@pytest.mark.parametrize("more", [0, 2])
def test_pages_of_the_past_ask_no_more_for_more_history(small, sign_in, name, number, more):
    for n in range(1 + more):
        unit = make_unit(parent=small.unit(QILIN), full_name=f"新组{n}", founded="2019-01-01")
        services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(HUIZE).pk, start=date(2025, 11, 1))
        make_renamed(unit, f"新名{n}", date(2025, 11, 2))
    client = sign_in("city")
    client.get(reverse(f"shell:{name}"), PAST)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(f"shell:{name}"), PAST)
    assert len(asked) == number


def test_the_sheet_of_the_list_is_of_the_same_day(small, renamed):
    export = next(each for each in EXPORTS if each.name == "orgs.units")
    rows = {row[1]: row for row in export.rows(small.actor("city"), {"on": "2021-03-01", "q": "文昌"})}
    assert [(row[4], row[6], row[9]) for row in rows.values()] == [("正常", QILIN, "侨发〔2016〕3号")]
    assert list(rows) == [GOOD]


def test_the_members_of_a_past_day_open_to_the_list_of_that_day(small, sign_in):
    """Who left the group since was in it then, who joined it since was not."""
    unit, client = small.unit(GOOD), sign_in("city")
    held = list(Affiliation.objects.filter(unit=unit, end=None).order_by("pk"))
    Affiliation.objects.filter(pk=held[0].pk).update(start=date(2019, 1, 1), end=date(2023, 1, 1))
    Affiliation.objects.filter(pk=held[1].pk).update(start=date(2022, 1, 1))
    page = client.get(reverse("shell:unit", args=[unit.pk]), PAST)
    assert page.context["members_url"].endswith("&on=2021-03-01")
    shown = client.get(page.context["members_url"]).context
    names = [row[0].value for row in shown["table"].rows]
    assert (shown["number"], len(names)) == (page.context["members"], page.context["members"])
    assert (held[0].person.name in names, held[1].person.name in names) == (True, False)
