"""The 五有 pages as each role meets them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.assessment.views import units as views
from wuyou.demo import factories as make
from wuyou.demo import small as world

pytestmark = pytest.mark.django_db

UNITS = reverse("assessment:units")
STANDARDS = reverse("assessment:standards")


def page(client, address, **asked):
    """Return the text of a page; it must be there."""
    response = client.get(address, asked)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def listed(text):
    """Return the names of the units in the table, in order."""
    return re.findall(r'<th role="rowheader"[^>]*><a href="[^"]*">([^<]+)</a>', text)


def of(unit):
    """Return the address of a unit's 五有."""
    return reverse("assessment:unit", args=[unit.pk])


@pytest.mark.parametrize(
    ("who", "status"), [("city", 200), ("county", 200), ("auditor", 200), ("leader", 302), ("admin", 403)]
)
def test_who_may_see_the_list(small, sign_in, who, status):
    assert sign_in(who).get(UNITS).status_code == status


def test_a_leader_goes_straight_to_his_group(small, sign_in):
    response = sign_in("leader").get(UNITS)
    assert response.url.startswith(of(small.unit(world.NO_VENUE)))
    assert sign_in("leader").get(of(small.unit(world.GOOD))).status_code == 404


def test_the_list_stands_in_the_order_of_pinyin(small, sign_in):
    text = page(sign_in("county"), UNITS)
    assert listed(text) == [world.JOINT, world.LAPSED, world.TERM_OVER, world.GOOD, world.NO_VENUE, world.NEW]
    assert "sort=" not in text


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"lacking": "venue"}, [world.AWAITING, world.LAPSED, world.NO_VENUE, world.BARE]),
        ({"lacking": "none"}, [world.GOOD]),
        ({"stage": "raise"}, [world.GOOD]),
        ({"lacking": "venue", "stage": "complete"}, [world.NO_VENUE]),
        ({"standard": "five_haves_attained", "lacking": "none"}, [world.GOOD]),
        ({"lacking": "no such item"}, "all"),
        ({"on": "2022-12-29", "lacking": "organisation"}, None),
    ],
)
def test_filters(small, sign_in, asked, names):
    client = sign_in("city")
    found = listed(page(client, UNITS, **asked))
    if names == "all":
        names = listed(page(client, UNITS))
    if names is not None:
        assert found == names
    else:
        assert world.DISSOLVED in found


def test_each_figure_counts_the_list_it_opens(small, sign_in):
    client = sign_in("city")
    figures = re.findall(r'<a href="([^"]+)">(\d+) 个</a>', page(client, UNITS))
    assert len(figures) == 7
    for address, number in figures:
        assert len(listed(page(client, address.replace("&amp;", "&")))) == int(number)


def test_an_office_is_chosen(small, sign_in):
    text = page(sign_in("city"), UNITS, office=small.unit(world.LULIANG).pk)
    assert listed(text) == [world.AWAITING, world.REORGANISED, world.FARM]


def test_with_very_many_groups_an_office_is_chosen_first(small, sign_in, monkeypatch):
    monkeypatch.setattr(views, "MOST_AT_ONCE", 10)
    client = sign_in("city")
    text = page(client, UNITS)
    assert "组织较多，请先选择一个侨联。" in text
    assert listed(text) == [world.CITY, world.HUIZE, world.LULIANG, world.QILIN]
    assert listed(page(client, UNITS, office=small.unit(world.HUIZE).pk)) == [world.BARE]


def test_a_unit_tells_why_and_how_to_mend(small, sign_in):
    text = page(sign_in("leader"), of(small.unit(world.NO_VENUE)))
    assert "有地址的活动阵地 0 个（应不少于 1 个）" in text
    assert text.count('class="btn primary"') == 1
    assert (
        f'<a class="btn primary" href="{reverse("orgs:venue", args=[small.unit(world.NO_VENUE).pk])}">登记活动阵地'
        in text
    )


def test_what_a_leader_may_not_do_is_left_to_the_office(small, sign_in):
    unit = small.unit(world.NO_VENUE)
    unit.seats.all().delete()
    text = page(sign_in("leader"), of(unit))
    assert "补登班子成员：请联系上级侨联办理。" in text
    assert reverse("leadership:seat", args=[unit.pk]) not in text


def test_a_unit_that_lacks_nothing_leads_on_to_the_standard(small, sign_in):
    text = page(sign_in("city"), of(small.unit(world.GOOD)))
    assert re.findall(r'class="btn primary"[^>]*>([^<]+)<', text) == ["看标准"]
    assert "各项都已达到，请保持。" in text


def test_a_unit_on_an_earlier_day(small, sign_in):
    client, unit = sign_in("city"), small.unit(world.FARM)
    assert "组织在正常运转：否" in page(client, of(unit), on="2025-06-09")
    assert "组织在正常运转：是" in page(client, of(unit), on="2025-06-10")
    assert "还没有成立" in page(client, of(small.unit(world.NEW)), on="2025-01-01")
    assert "已经撤销" in page(client, of(small.unit(world.DISSOLVED)))
    tomorrow = (small.today + timedelta(days=1)).isoformat()
    assert "截至2025年11月20日" in page(client, of(unit), on=tomorrow)


def test_english(small, sign_in):
    client = sign_in("city")
    client.cookies.load({"django_language": "en"})
    text = page(client, of(small.unit(world.NO_VENUE)))
    assert "Venues with an address 0" in text


def test_the_standard_in_plain_words(small, sign_in):
    text = page(sign_in("auditor"), STANDARDS)
    assert "近12个月活动次数 ≥ 每年最少活动次数" in text or "每年最少活动次数" in text
    for word in ("有组织", "有队伍", "有经费", "有阵地", "有活动", "先建立", "后完善", "再提高", "4 次"):
        assert word in text
    assert "健全的组织班子" in page(sign_in("auditor"), STANDARDS, standard="five_haves_attained")


def test_unknown_units_and_odd_questions(small, sign_in):
    client = sign_in("city")
    assert client.get(reverse("assessment:unit", args=[999_999])).status_code == 404
    assert client.get(of(small.unit(world.QILIN))).status_code == 404
    assert page(client, UNITS, on="gestern", page="x", office="x", stage="x", standard="x")


@pytest.mark.parametrize(("office", "units"), [(world.HUIZE, 1), (world.LULIANG, 3)])
def test_a_countys_page_takes_fourteen_queries(small, sign_in, office, units):
    for name in (world.BARE, world.AWAITING):  # every register is in use in both counties
        unit = small.unit(name)
        make.make_seat(unit, make.make_person(unit, unit, name="某人"), "liaison_officer")
        make.make_venue(unit)
        make.make_activity(unit)
        make.make_entry(unit)
    client, asked = sign_in("city"), {"office": small.unit(office).pk}
    page(client, UNITS, **asked)
    with CaptureQueriesContext(connection) as taken:
        text = page(client, UNITS, **asked)
    assert (len(listed(text)), len(taken)) == (units, 14)
