"""The past years of a unit: as it was, in today's tree, with predecessors."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_activity, make_entry, make_lineage, make_person, make_unit
from wuyou.demo.small import BARE, DISSOLVED, FARM, GOOD, HUIZE, LULIANG, NO_VENUE, QILIN
from wuyou.funds.models import Entry
from wuyou.orgs import queries as orgs
from wuyou.orgs import services
from wuyou.people.models import Affiliation
from wuyou.shell import yearly

pytestmark = pytest.mark.django_db


def told(small, who, unit, reading, name):
    """Return a figure of the ten years until the small world's, as year -> value."""
    found = yearly.years_of(small.actor(who), small.unit(unit).pk, reading, small.today)
    return {year.number: year.values.get(name) for year in found}


def breaks(small, unit, reading):
    found = yearly.years_of(small.actor("city"), small.unit(unit).pk, reading, small.today)
    return {year.number: year.why for year in found if year.why}


@pytest.fixture
def moved(small):
    """A group of 2016 that came from 麒麟区 to 陆良县 in 2023."""
    unit = small.unit(GOOD)
    services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(LULIANG).pk, start=date(2023, 5, 1))
    return unit


def test_the_readings_differ_by_where_a_unit_stood(small, moved):
    then, now = (told(small, "city", LULIANG, reading, "groups") for reading in (yearly.THEN, yearly.NOW))
    assert [now[year] - then[year] for year in range(2016, 2026)] == [1, 1, 1, 1, 1, 1, 1, 0, 0, 0]
    lost = [told(small, "city", QILIN, reading, "groups")[2022] for reading in (yearly.THEN, yearly.NOW)]
    assert lost[0] - lost[1] == 1
    assert breaks(small, LULIANG, yearly.THEN) == {2023: "转来 1 个"}
    assert breaks(small, QILIN, yearly.THEN) == {2023: "转出 1 个"}
    assert breaks(small, LULIANG, yearly.NOW) == {}


def test_groups_of_a_year_s_end_are_those_of_the_tree_of_that_day(small, moved):
    for year, number in told(small, "city", HUIZE, yearly.THEN, "groups").items():
        day = min(date(year, 12, 31), small.today)
        tree = orgs.tree_on(small.actor("city"), on=day, office=small.unit(HUIZE).pk)
        assert (year, number) == (year, sum(not branch.unit.is_federation for branch in tree))


def test_a_successor_s_series_holds_its_predecessors(small):
    old, heir = make_unit(parent=small.unit(HUIZE), founded="2010-01-01"), small.unit(FARM)
    make_lineage(old, heir, date(2022, 12, 30), "dissolve")
    make_activity(old, on=date(2021, 5, 1))
    make_entry(old, on=date(2021, 6, 1), amount_fen=300_00)
    make_activity(heir, on=date(2021, 7, 1))
    services.record_event(actor=anybody(), unit_id=old.pk, kind="dissolve", on="2022-12-30")
    readings = (yearly.THEN, yearly.NOW, yearly.FOREBEARS)
    assert [told(small, "city", FARM, reading, "activities")[2021] for reading in readings] == [1, 1, 2]
    assert [told(small, "city", FARM, reading, "received")[2021] for reading in readings] == [0, 0, 300_00]
    assert [told(small, "city", FARM, reading, "groups")[2021] for reading in readings] == [1, 1, 2]
    assert told(small, "luliang", FARM, yearly.FOREBEARS, "activities")[2021] == 1  # the old one is not in his sight
    word = "合并、拆分、重组或撤销后由别的组织承接 1 个"
    assert [breaks(small, FARM, reading) for reading in readings] == [{2022: word}, {2022: word}, {}]


def test_predecessors_of_predecessors_count_once(small):
    first, second, third = (small.unit(name) for name in (GOOD, NO_VENUE, BARE))
    for old, new in ((first, second), (second, third), (first, third)):
        make_lineage(old, new, date(2024, 1, 1))
    assert told(small, "city", BARE, yearly.FOREBEARS, "groups")[2024] == 3


def test_members_are_those_of_the_year_s_end(small):
    unit = make_unit(parent=small.unit(HUIZE), founded="2019-01-01")
    for start, end in (("2020-03-01", None), ("2020-03-01", "2023-12-31"), ("2024-01-01", None)):
        person = make_person(unit, unit)
        Affiliation.objects.filter(person=person).update(start=start, end=end)
    found = yearly.years_of(small.actor("city"), unit.pk, yearly.THEN, small.today)
    numbers = {year.number: year.values["members"] for year in found}
    assert [numbers[year] for year in range(2020, 2026)] == [2, 2, 2, 1, 2, 2]


def test_a_register_that_was_not_there_is_told_apart_from_nothing(small, sign_in):
    Entry.objects.filter(on__lt=date(2024, 1, 1)).delete()
    make_entry(small.unit(GOOD), on=date(2024, 2, 1))
    received = told(small, "city", HUIZE, yearly.THEN, "received")
    assert (received[2023], received[2024]) == (None, 0)
    body = sign_in("city").get(reverse("shell:years", args=[small.unit(HUIZE).pk])).content.decode()
    assert "没有登记" in body


def test_events_count_for_the_office_of_that_day_or_of_today(small):
    assert told(small, "city", LULIANG, yearly.THEN, "restore")[2025] == 1
    unit = small.unit(FARM)
    services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(HUIZE).pk, start=date(2025, 11, 1))
    for reading, office, number in (
        (yearly.THEN, LULIANG, 1), (yearly.THEN, HUIZE, 0), (yearly.NOW, LULIANG, 0), (yearly.NOW, HUIZE, 1),
    ):  # fmt: skip
        assert told(small, "city", office, reading, "restore")[2025] == number, (reading, office)


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("city", QILIN, 200),
        ("county", GOOD, 200),
        ("leader", NO_VENUE, 200),
        ("leader", GOOD, 404),
        ("county", BARE, 404),
    ],
)
def test_who_may_see_past_years(small, sign_in, who, unit, status):
    assert sign_in(who).get(reverse("shell:years", args=[small.unit(unit).pk])).status_code == status


def test_the_page_marks_breaks_and_offers_the_readings(small, sign_in, moved):
    page, client = reverse("shell:years", args=[small.unit(LULIANG).pk]), sign_in("city")
    context = client.get(page).context
    assert context["breaks"] == [(2023, "转来 1 个")]
    dashed = [line.get("class") for line in context["charts"][0].svg.root.iter("line")].count("second")
    assert dashed == 1
    assert [(href, chosen) for _word, href, chosen in context["readings"]] == [
        (f"{page}?reading=then", True), (f"{page}?reading=now", False), (f"{page}?reading=predecessors", False),
    ]  # fmt: skip
    assert client.get(page, {"reading": "now"}).context["breaks"] == []
    assert client.get(page, {"reading": "无"}).context["readings"][0][2] is True
    assert [row[0] for row in context["table"].rows][:2] == ["2025（至今）", "2024"]


@pytest.mark.parametrize("more", [1, 3])
def test_past_years_ask_no_more_for_more_history(small, more):
    for n in range(more):
        unit = make_unit(parent=small.unit(QILIN), full_name=f"新组{n}", founded="2019-01-01")
        services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(HUIZE).pk, start=date(2025, 1, 1))
        make_lineage(small.unit(DISSOLVED), unit, date(2022, 12, 30))
    with CaptureQueriesContext(connection) as asked:
        yearly.years_of(small.actor("city"), small.unit(HUIZE).pk, yearly.FOREBEARS, small.today)
    assert len(asked) == 24


HOLDS = {
    "groups": lambda context: context["pages"].total,
    "members": lambda context: context["number"],
    "activities": lambda context: context["done"].total,
    "received": lambda context: context["sums"].received_fen,
    **dict.fromkeys(("establish", "reorganise", "restore"), lambda context: context["number"]),
}


@pytest.mark.parametrize("reading", list(yearly.READINGS))
@pytest.mark.parametrize(("username", "of"), [("city", LULIANG), ("city", QILIN), ("county", QILIN), ("city", GOOD)])
def test_a_figure_opens_to_a_list_that_holds_just_what_it_counts(small, sign_in, moved, reading, username, of):
    services.record_event(actor=anybody(), unit_id=moved.pk, kind="reorganise", on="2024-02-03")
    opened = set()
    client = sign_in(username)
    for year in yearly.years_of(small.actor(username), small.unit(of).pk, reading, small.today):
        for name, url in year.lists.items():
            if year.values[name] and year.number >= 2021:
                opened.add(name)
                assert (year.number, name, HOLDS[name](client.get(url).context)) == (
                    year.number,
                    name,
                    year.values[name],
                )
    assert opened >= ({"members", "activities", "received"} if of == GOOD else {"groups"})


def test_a_year_s_income_opens_to_what_was_received_alone(small, sign_in):
    unit = small.unit(GOOD)
    make_entry(unit, on=date(2024, 5, 6), direction=Entry.Direction.RECEIVED)
    make_entry(unit, on=date(2024, 5, 7), direction=Entry.Direction.SPENT)
    found = yearly.years_of(small.actor("city"), unit.pk, yearly.THEN, small.today)
    (page,) = (year.lists["received"] for year in found if year.number == 2024)
    context = sign_in("city").get(page).context
    assert (context["form"].errors, context["sums"].spent_fen) == ({}, 0)


def test_what_no_list_holds_leads_nowhere(small, moved):
    """Until 2022 the group stood elsewhere: today's lists of 陆良 do not hold what 陆良 then counted, and the other way."""
    found = {}
    for reading in (yearly.THEN, yearly.NOW):
        told = yearly.years_of(small.actor("city"), small.unit(LULIANG).pk, reading, small.today)
        found[reading] = {year.number: year.lists for year in told}
    assert [name in found[yearly.THEN][2022] for name in ("groups", "activities", "members")] == [True, False, False]
    assert [name in found[yearly.NOW][2022] for name in ("groups", "activities", "members")] == [False, True, False]


def test_only_figures_with_a_list_look_like_links(small, sign_in, moved):
    page = sign_in("city").get(reverse("shell:years", args=[small.unit(LULIANG).pk]))
    row = {row[0]: row for row in page.context["table"].rows}["2024"]
    columns = [str(column.label) for column in page.context["table"].columns]
    assert [bool(getattr(row[columns.index(word)], "href", "")) for word in ("年末基层组织", "年末成员")] == [
        True,
        False,
    ]
