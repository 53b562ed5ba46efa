"""Every registered figure: its list holds exactly what it counts, and it agrees with the pages that count the same."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wuyou.assessment import queries as assessment
from wuyou.assessment.rules import Verdict
from wuyou.coverage import queries as coverage
from wuyou.demo import factories as make
from wuyou.demo.small import BARE, CITY, GOOD, HUIZE, LULIANG
from wuyou.orgs import services as orgs
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.orgs.rules.targets import Spot, share
from wuyou.platform.figures import Asked, all_figures, may_open
from wuyou.platform.plugs import announced
from wuyou.summaries import queries
from wuyou.summaries.report import figures_report

pytestmark = pytest.mark.django_db

HOME = "530300"


def planned(context, year=2025, **narrowed):
    return context["shown"].found.planned(year=year, **narrowed)


SUMS = {
    "coverage.people": lambda context: context["total"].people,
    "coverage.people_reached": lambda context: context["total"].reached,
    "coverage.people_not_reached": lambda context: context["total"].not_reached,
    "coverage.people_without_group": lambda context: context["total"].people,
    "leadership.seats": lambda context: context["required"],
    "leadership.seats_filled": lambda context: context["filled"],
    "leadership.seats_vacant": lambda context: context["vacant"],
    "activities.attendance": lambda context: context["done"].present,
    "funds.received": lambda context: context["sums"].received_fen,
    "funds.by_source": lambda context: context["sums"].received_fen,
    "funds.spent": lambda context: context["sums"].spent_fen,
    "orgs.targets.planned_in_year": planned,
    "orgs.targets.planned_established_in_year": lambda context: planned(context, events=("establish",)),
    "orgs.targets.planned_reorganised_in_year": lambda context: planned(context, events=("reorganise",)),
    "orgs.targets.planned_restored_in_year": lambda context: planned(context, events=("restore",)),
    "orgs.targets.share_in_year": lambda context: share(context["shown"].found.achieved(year=2025), planned(context)),
    "orgs.targets.planned_in_plan": lambda context: planned(context, year=None),
}
"""Figures that add up a column of their list, and where the list says the sum; all others count its rows."""


def family_of(name: str) -> str:
    return name if name in announced.figures else name.rpartition(".")[0]


def listed(context, name: str) -> int:
    """What the list behind a figure says: its sum, or the number of its rows on all pages."""
    add_up = SUMS.get(family_of(name))
    if add_up:
        return add_up(context)
    if context.get("number") is not None:
        return context["number"]
    return context["pages"].total


@pytest.fixture
def fuller(small):
    """The small world with some of what it lacks: money spent, a person of no category, one certified, one who left."""
    make.make_entry(small.unit(GOOD), direction="spent", amount_fen=12_345, on=date(2025, 5, 1))
    make.make_entry(small.unit(CITY), source="donation", on=date(2025, 5, 2))
    make.make_activity(small.unit(LULIANG), kind="visit", present=None, leaders_present=True)
    make.make_person(small.unit(GOOD), name="未归类", category="")
    make.make_person(small.unit(GOOD), small.unit(GOOD), name="已认定", category="外来称呼", certified_status="归侨")
    make.make_person(small.unit(BARE), name="已迁出", left_on=date(2025, 3, 1))
    plan = orgs.draw_up_plan(
        actor=make.anybody(), office_id=small.unit(CITY).pk, facts=orgs.PlanFacts("三年计划", 2024, 2026)
    )
    numbers = {
        Spot(small.unit(LULIANG).pk, None, year, event): number
        for year in (2024, 2025)
        for number, event in enumerate(HEADLINE_KINDS, 1)
    }
    orgs.set_targets(actor=make.anybody(), plan_id=plan.pk, seen=None, changes=numbers)
    return small


def agree(client, found) -> None:
    """Open the list behind each figure and hold what it says against the number."""
    told, counted = {}, {}
    for name, figure in found.items():
        response = client.get(figure.list_url)
        assert response.status_code == 200, figure.list_url
        told[name], counted[name] = listed(response.context, name), figure.value
        if family_of(name) not in SUMS and counted[name] <= 50:
            assert len(response.context["table"].rows) == counted[name], figure.list_url
    assert told == counted
    assert any(counted.values())


def fullest(found):
    """Of each family its member with the largest number, and all figures that are no members."""
    largest = {}
    for name, figure in found.items():
        known = largest.get(family_of(name))
        if known is None or figure.value > known.value:
            largest[family_of(name)] = figure
    return {figure.name: figure for figure in largest.values()}


def test_list_behind_each_figure_holds_exactly_what_it_counts(fuller, sign_in):
    agree(sign_in("city"), queries.figures(fuller.actor("city"), 2025, fuller.today))


def test_list_behind_a_figure_of_an_earlier_day_is_of_that_day(fuller, sign_in):
    agree(sign_in("city"), fullest(queries.figures(fuller.actor("city"), 2025, date(2025, 6, 30))))


@pytest.mark.parametrize("user", ["luliang", "city"])
def test_list_of_a_county_holds_what_its_figures_count_also_for_the_city(fuller, sign_in, user):
    found = queries.figures(fuller.actor(user), 2025, fuller.today, fuller.unit(LULIANG))
    assert found["orgs.total"].value == 3
    agree(sign_in(user), fullest(found))


def test_figures_of_a_year_gone_by_are_those_of_its_last_day(fuller):
    found = figures_report(fuller.actor("city"), 2024)
    assert {one["as_of"] for one in found.values()} == {"2024-12-31"}
    assert found["orgs.events.established_in_year"]["value"] == 0
    assert found["orgs.total"]["value"] == 10  # the group founded in 2025 was not there


def test_parts_add_up_to_their_whole(fuller):
    value = {name: figure.value for name, figure in queries.figures(fuller.actor("city"), 2025, fuller.today).items()}

    def total(family: str) -> int:
        return sum(number for name, number in value.items() if name.rpartition(".")[0] == family)

    assert total("orgs.by_kind") == total("orgs.by_form") == value["orgs.total"]
    assert total("orgs.by_state") == value["orgs.total"] + value["orgs.by_state.dissolved"]
    assert value["orgs.with_venue"] + value["orgs.without_venue"] == value["orgs.total"]
    assert total("people.by_category") == value["people.registered"]
    assert total("activities.by_kind") == value["activities.total"]
    assert value["activities.units_active"] + value["activities.units_without"] == value["orgs.total"]
    assert total("funds.by_source") == value["funds.received"]
    assert value["funds.units_with"] + value["funds.units_without"] == value["orgs.total"]
    assert value["leadership.seats_filled"] + value["leadership.seats_vacant"] == value["leadership.seats"]
    assert value["coverage.people_reached"] + value["coverage.people_not_reached"] == value["coverage.people"]
    assert (
        value["coverage.places_reached"] + value["coverage.places_without_group"]
        == value["coverage.places_with_people"]
    )
    for standard in ("target", "attained"):
        told = [value[f"assessment.{standard}.{name}"] for name in ("all_met", "not_all_met", "no_data")]
        assert sum(told) == value["orgs.total"]
    assert total("assessment.stage") == value["orgs.total"]


def test_figures_agree_with_five_haves_and_coverage(small):
    city = small.actor("city")
    found = queries.figures(city, 2025, small.today)
    rows = assessment.all_pictures(city, small.today, "five_haves_target")
    counted = assessment.counts(rows, "five_haves_target")
    met = {code: by_verdict[Verdict.MET] for code, by_verdict in counted.items()}
    assert {code: found[f"assessment.target.met.{code}"].value for code in met} == met
    complete = sum(assessment.is_complete(row, "five_haves_target") for row in rows)
    assert found["assessment.target.all_met"].value == complete
    total = coverage.totals(coverage.county_rows(city, HOME, as_of=small.today))
    assert (found["coverage.people"].value, found["coverage.people_reached"].value) == (total.people, total.reached)


def test_every_figure_in_forty_queries_however_many_groups(small):
    city = small.actor("city")
    queries.figures(city, 2025, small.today)  # the standards are read once in a process
    with CaptureQueriesContext(connection) as few:
        queries.figures(city, 2025, small.today)
    for number in range(3):
        make.make_unit(full_name=f"新增第{number}侨联小组", county="530326")
    with CaptureQueriesContext(connection) as many:
        queries.figures(city, 2025, small.today)
    assert len(few) == len(many)
    assert len(few) <= 40


def test_who_may_not_read_a_register_gets_no_number_and_who_may_not_open_a_list_no_link(small):
    auditor, leader = small.actor("auditor"), small.actor("leader")
    of_auditor = queries.figures(auditor, 2025, small.today)
    shut = {name for name, figure in of_auditor.items() if not figure.list_url}
    assert {family_of(name) for name in shut} == {
        "people.registered", "people.by_category", "people.certified", "people.in_units"
    }  # fmt: skip
    assert of_auditor["people.registered"].value == 38
    of_leader = queries.figures(leader, 2025, small.today)
    assert {name for name, figure in of_leader.items() if figure.value is None and name.startswith("coverage.")} == {
        name for name in of_leader if name.startswith("coverage.")
    }
    assert not may_open(leader, "coverage.people")
    assert not may_open(leader, "no.such.figure")


def test_without_head_counts_coverage_has_no_data(small):
    found = queries.figures(small.actor("huize"), 2024, date(2024, 12, 31), small.unit(HUIZE))
    assert {name: f.value for name, f in found.items() if name.startswith("coverage.") and f.value is not None} == {}


def test_names_labels_and_definitions_are_each_said_once(small):
    found = queries.figures(small.actor("city"), 2025, small.today).values()
    for said in ([f.word.label for f in found], [f.word.definition for f in found]):
        assert sorted(said) == sorted(set(said))


def test_codes_in_names_are_those_of_the_offices_tables(small):
    names = [one.name for one in all_figures(Asked(small.actor("city"), 2025, small.today))]
    assert [name for name in names if not re.fullmatch(r"[a-z_]+(\.[a-z_\u4e00-\u9fff]+){1,3}", name)] == []
