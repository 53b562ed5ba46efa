"""Facts from the registers: every fact is bound, respects the day, and tells nothing from not known."""

from datetime import date

import pytest

from wuyou.activities.permissions import P as ActivityP
from wuyou.assessment.facts import FACTS, SOURCES, Units
from wuyou.assessment.permissions import ROLES, P
from wuyou.demo import factories as make
from wuyou.demo import small as world
from wuyou.funds.permissions import P as FundP
from wuyou.kernel import clock
from wuyou.leadership import services as leadership
from wuyou.leadership.permissions import P as LeadershipP
from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P as OrgP
from wuyou.people.permissions import P as PeopleP
from wuyou.platform import permissions

pytestmark = pytest.mark.django_db


def facts_of(actor, name, day, *wanted):
    """Return some facts of one unit on a day, by name."""
    unit = orgs.unit(actor, make.unit_named(name).pk)
    standings = [each for each in orgs.standings(actor, on=day, under=unit.path) if each.id == unit.pk]
    columns = SOURCES.columns(wanted or FACTS, actor=actor, units=Units(standings, unit.path), as_of=day)
    return {fact: column[0] for fact, column in columns.items()}


def test_every_fact_is_bound():
    assert SOURCES.unbound == ()


def test_whoever_sees_verdicts_sees_the_registers_they_rest_on():
    beneath = {OrgP.VIEW, LeadershipP.VIEW, PeopleP.COUNT, FundP.VIEW, ActivityP.VIEW}
    lacking = {role: beneath - permissions.of_role(role) for role, held in ROLES.items() if P.VIEW in held}
    assert {role: names for role, names in lacking.items() if names} == {}


def test_all_facts_of_a_sound_group(small):
    assert facts_of(small.actor("city"), world.GOOD, small.today) == {
        "in_operation": True,
        "lapsed": False,
        "awaiting_reorganisation": False,
        "dissolved": False,
        "has_founding_date": True,
        "days_since_founding": (small.today - date(2016, 4, 12)).days,
        "has_approval_number": True,
        "has_host": True,
        "has_study_rules": True,
        "venues": 1,
        "venues_with_address": 1,
        "venues_with_right": 1,
        "venues_with_hours": 1,
        "venues_shared": 1,
        "venue_area": 60,
        "days_to_term_end": (date(2028, 6, 1) - small.today).days,
        "days_past_term_end": 0,
        "seats_filled": 1,  # a group needs its leader; deputy and liaison come on top
        "seats_required": 1,
        "leader_present": True,
        "deputy_present": True,
        "liaison_present": True,
        "members_registered": 6,
        "people_declared": 26,
        "funds_received_in_year": 5_000_00,
        "funds_received_in_12_months": 5_000_00,
        "funds_received_in_prior_12_months": None,
        "fund_entries_in_year": 2,
        "fund_entries_in_12_months": 2,
        "fund_sources_in_12_months": 2,
        "declared_budget": 2_000_00,
        "activities_in_year": 6,
        "activities_in_12_months": 6,
        "studies_in_year": 2,
        "studies_in_12_months": 2,
        "visits_in_year": 1,
        "visits_in_12_months": 1,
        "symposia_in_year": 1,
        "symposia_in_12_months": 1,
        "activities_with_leaders_in_year": 1,
        "activities_with_leaders_in_12_months": 1,
        "attendances_in_12_months": 95,
        "days_since_last_activity": (small.today - date(2025, 10, 29)).days,
    }


def test_a_bare_group_has_nothing_but_nothing_is_not_unknown(small):
    found = facts_of(small.actor("city"), world.BARE, small.today)
    assert {name for name, value in found.items() if value is None} == {
        "days_since_founding",
        "has_study_rules",
        "days_to_term_end",
        "days_past_term_end",
        "people_declared",
        "funds_received_in_prior_12_months",  # nobody used the register then
        "declared_budget",
        "days_since_last_activity",
    }
    assert {name: found[name] for name in ("venues", "members_registered", "activities_in_year", "leader_present")} == {
        "venues": 0,
        "members_registered": 0,
        "activities_in_year": 0,
        "leader_present": False,
    }


@pytest.mark.parametrize(
    ("name", "fact", "values"),
    [
        (world.GOOD, "activities_in_12_months", {date(2025, 1, 22): None, date(2025, 1, 23): 1, date(2025, 3, 8): 2}),
        (
            world.GOOD,
            "funds_received_in_12_months",
            {date(2025, 1, 20): None, date(2025, 2, 9): 0, date(2025, 2, 10): 3_000_00},
        ),
        (world.GOOD, "days_since_last_activity", {date(2025, 1, 22): None, date(2025, 1, 25): 2}),
        (world.GOOD, "venues", {date(2021, 1, 3): None, date(2021, 1, 4): 1}),
        (world.GOOD, "people_declared", {date(2025, 1, 5): None, date(2025, 1, 6): 26}),
        (world.TERM_OVER, "days_past_term_end", {date(2024, 5, 31): 0, date(2024, 6, 2): 2}),
        (world.TERM_OVER, "days_to_term_end", {date(2024, 5, 21): 10, date(2024, 6, 2): 0}),
        (world.LAPSED, "lapsed", {date(2023, 8, 30): False, date(2023, 8, 31): True}),
        (world.FARM, "in_operation", {date(2019, 2, 28): True, date(2019, 3, 1): False, date(2025, 6, 10): True}),
        (world.DISSOLVED, "dissolved", {date(2022, 12, 29): False, date(2022, 12, 30): True}),
    ],
)
def test_facts_respect_the_day(small, name, fact, values):
    actor = small.actor("city")
    assert {day: facts_of(actor, name, day, fact)[fact] for day in values} == values


def test_a_vacated_seat_counts_until_its_end(small):
    leader = small.unit(world.GOOD).seats.get(post__code="leader")
    leadership.leave_seat(actor=make.anybody(), seat_id=leader.pk, on=date(2025, 9, 1))
    city = small.actor("city")
    told = {
        day: facts_of(city, world.GOOD, day, "leader_present")["leader_present"]
        for day in (date(2025, 8, 31), date(2025, 9, 1))
    }
    assert told == {date(2025, 8, 31): True, date(2025, 9, 1): False}


def test_posts_beyond_those_asked_for_fill_no_seat(small):
    unit = small.unit(world.AWAITING)  # nobody in office; the form asks for a leader
    for name, post in (("甲", "deputy_leader"), ("乙", "liaison_officer")):
        make.make_seat(unit, make.make_person(unit, name=name), post)
    found = facts_of(small.actor("city"), world.AWAITING, small.today, "seats_filled", "seats_required")
    assert found == {"seats_filled": 0, "seats_required": 1}


def test_an_empty_register_is_unknown_for_everybody():
    with clock.held_at(date(2025, 11, 20)):
        unit = make.make_unit(parent=make.make_unit(), full_name="空空小组")
        found = facts_of(make.anybody(), unit.full_name, clock.today())
        assert {name for name, value in found.items() if value is None} >= {
            "venues", "seats_filled", "leader_present", "members_registered", "activities_in_12_months",
            "funds_received_in_12_months",
        }  # fmt: skip
