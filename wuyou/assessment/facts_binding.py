"""Which reading of the registers answers which fact. Bound once at start; every function reads by path and by day.

A count is 0 where the register is in use and holds nothing for the unit, and missing (None) only while the register is
empty for the whole tree in the days asked about; that is asked only when nothing was found, so it costs nothing where
there is something. Facts are shown to whoever may see verdicts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from wuyou.activities import queries as activities
from wuyou.assessment.facts import SOURCES, FactSources, FactValues, Over, Units, days_of
from wuyou.funds import queries as funds
from wuyou.kernel.actor import Actor
from wuyou.kernel.partialdate import PartialDate
from wuyou.leadership import queries as leadership
from wuyou.orgs import queries as orgs
from wuyou.orgs.rules import Standing
from wuyou.people import queries as people

T = TypeVar("T")
Facts = Mapping[str, FactValues]

DEPUTIES = frozenset({"deputy_leader", "vice_chair"})
LIAISONS = frozenset({"liaison_officer"})
_NO_STAFF = leadership.Staffing(None, 0, False)


def bind(sources: FactSources = SOURCES) -> None:
    """Let the registers answer every fact of the catalogue. Raises ValueError when done twice."""
    sources.bind(_STANDING, _standing)
    sources.bind(["has_host"], _hosts)
    sources.bind(_VENUES, _venues)
    sources.bind(_STAFF, _staff)
    sources.bind(["members_registered"], _members)
    sources.bind(["people_declared"], _declared_people)
    sources.bind([*_MONEY[Over.YEAR], *_MONEY[Over.TWELVE_MONTHS]], _money)
    sources.bind(_MONEY[Over.TWELVE_MONTHS_BEFORE], _money_before)
    sources.bind(["declared_budget"], _declared_budget)
    sources.bind([name for values in _WORK.values() for name in values], _work)
    sources.bind(["days_since_last_activity"], _last_activity)


def _filled(
    units: Units, told: Mapping[int, T], value: Callable[[T], object], nothing: T, *, in_use: bool
) -> FactValues:
    """Return a number for every unit: that of `nothing` where the register in use is silent, missing where it is not."""
    if not in_use:
        return {}
    return {pk: value(told.get(pk, nothing)) for pk in units.ids}


# ---- 组织 --------------------------------------------------------------------------------------------------------


def _in_state(*states: str) -> Callable[[Standing, date], object]:
    return lambda unit, _day: None if unit.state is None else unit.state in states


def _days_since_founding(unit: Standing, day: date) -> object:
    return (day - PartialDate.parse(unit.founded).first_day()).days if unit.founded else None


_STANDING: dict[str, Callable[[Standing, date], object]] = {
    "in_operation": _in_state("normal"),
    "lapsed": _in_state("lapsed"),
    "awaiting_reorganisation": _in_state("to_reorganise"),
    "dissolved": _in_state("dissolved"),
    "has_founding_date": lambda unit, _day: bool(unit.founded),
    "days_since_founding": _days_since_founding,
    "has_approval_number": lambda unit, _day: unit.has_approval_number,
    "has_study_rules": lambda unit, _day: unit.has_study_rules,
}


def _standing(_actor: Actor, units: Units, as_of: date) -> Facts:
    return {name: {unit.id: value(unit, as_of) for unit in units.standings} for name, value in _STANDING.items()}


def _hosts(actor: Actor, units: Units, as_of: date) -> Facts:
    hosted = orgs.hosted_units(actor, on=as_of, under=units.under)
    return {"has_host": {pk: pk in hosted for pk in units.ids}}


_VENUES: dict[str, Callable[[orgs.Venues], object]] = {
    "venues": lambda told: told.number,
    "venues_with_address": lambda told: told.with_address,
    "venues_with_right": lambda told: told.with_right,
    "venues_with_hours": lambda told: told.with_hours,
    "venues_shared": lambda told: told.shared,
    "venue_area": lambda told: told.area_m2 if told.number else 0,
}


def _venues(actor: Actor, units: Units, as_of: date) -> Facts:
    told = orgs.venues_by_unit(actor, on=as_of, under=units.under)
    in_use = bool(told) or orgs.any_venue(as_of)
    return {name: _filled(units, told, value, orgs.Venues(), in_use=in_use) for name, value in _VENUES.items()}


# ---- 班子、队伍 --------------------------------------------------------------------------------------------------


def _holds(posts: Iterable[str]) -> Callable[[leadership.Staffing], object]:
    return lambda told: any(post in told.held for post in posts)


_STAFF_PRESENT: dict[str, Callable[[leadership.Staffing], object]] = {
    "seats_filled": lambda told: told.filled,
    "leader_present": lambda told: told.leads,
    "deputy_present": _holds(DEPUTIES),
    "liaison_present": _holds(LIAISONS),
}
_STAFF = (*_STAFF_PRESENT, "seats_required", "days_to_term_end", "days_past_term_end")


def _staff(actor: Actor, units: Units, as_of: date) -> Facts:
    told = leadership.staffing_by_unit(actor, on=as_of, under=units.under)
    in_use = any(staff.held for staff in told.values()) or leadership.any_seat(as_of)
    ends = {pk: staff.term_end for pk, staff in told.items() if staff.term_end is not None}
    return {
        **{n: _filled(units, told, value, _NO_STAFF, in_use=in_use) for n, value in _STAFF_PRESENT.items()},
        "seats_required": {pk: staff.required for pk, staff in told.items()},
        "days_to_term_end": {pk: max(0, (end - as_of).days) for pk, end in ends.items()},
        "days_past_term_end": {pk: max(0, (as_of - end).days) for pk, end in ends.items()},
    }


def _members(actor: Actor, units: Units, as_of: date) -> Facts:
    told = people.members_on(actor, on=as_of, under=units.under)
    in_use = bool(told) or people.any_person(as_of)
    return {"members_registered": _filled(units, told, int, 0, in_use=in_use)}


def _declared_people(actor: Actor, units: Units, as_of: date) -> Facts:
    return {"people_declared": people.declared_people(actor, under=units.under, as_of=as_of)}


# ---- 经费、活动 --------------------------------------------------------------------------------------------------

_MONEY: dict[Over, dict[str, Callable[[funds.Sums], object]]] = {
    Over.YEAR: {
        "funds_received_in_year": lambda told: told.received_fen,
        "fund_entries_in_year": lambda told: told.entries,
    },
    Over.TWELVE_MONTHS: {
        "funds_received_in_12_months": lambda told: told.received_fen,
        "fund_entries_in_12_months": lambda told: told.entries,
        "fund_sources_in_12_months": lambda told: told.sources,
    },
    Over.TWELVE_MONTHS_BEFORE: {"funds_received_in_prior_12_months": lambda told: told.received_fen},
}


def _money(actor: Actor, units: Units, as_of: date) -> Facts:
    return _money_over((Over.YEAR, Over.TWELVE_MONTHS), actor, units, as_of)


def _money_before(actor: Actor, units: Units, as_of: date) -> Facts:
    return _money_over((Over.TWELVE_MONTHS_BEFORE,), actor, units, as_of)


def _money_over(overs: Sequence[Over], actor: Actor, units: Units, as_of: date) -> Facts:
    told = funds.sums_over(actor, *(days_of(over, as_of) for over in overs), under=units.under)
    found: dict[str, FactValues] = {}
    in_use = False  # the days of the year lie within the twelve months: what was in use in those was in use in these
    for at, over in enumerate(overs):
        sums = {pk: of_each[at] for pk, of_each in told.items()}
        in_use = in_use or any(each.entries for each in sums.values()) or funds.any_entry(days_of(over, as_of))
        for name, value in _MONEY[over].items():
            found[name] = _filled(units, sums, value, funds.Sums(), in_use=in_use)
    return found


def _declared_budget(actor: Actor, units: Units, as_of: date) -> Facts:
    return {"declared_budget": funds.declared_by_unit(actor, as_of.year, until=as_of, under=units.under)}


_WORK: dict[Over, dict[str, Callable[[activities.Done], object]]] = {
    over: {
        f"activities_in_{ending}": lambda told: told.total,
        f"studies_in_{ending}": lambda told: told.study,
        f"visits_in_{ending}": lambda told: told.visit,
        f"symposia_in_{ending}": lambda told: told.symposium,
        f"activities_with_leaders_in_{ending}": lambda told: told.with_leaders,
    }
    for over, ending in ((Over.YEAR, "year"), (Over.TWELVE_MONTHS, "12_months"))
}
_WORK[Over.TWELVE_MONTHS]["attendances_in_12_months"] = lambda told: told.present


def _work(actor: Actor, units: Units, as_of: date) -> Facts:
    told = activities.done_over(actor, *(days_of(over, as_of) for over in _WORK), under=units.under)
    found: dict[str, FactValues] = {}
    in_use = False  # the days of the year lie within the twelve months: what was in use in those was in use in these
    for at, (over, values) in enumerate(_WORK.items()):
        done = {pk: of_each[at] for pk, of_each in told.items()}
        in_use = in_use or any(each.total for each in done.values()) or activities.any_record(days_of(over, as_of))
        for name, value in values.items():
            found[name] = _filled(units, done, value, activities.Done(), in_use=in_use)
    return found


def _last_activity(actor: Actor, units: Units, as_of: date) -> Facts:
    told = activities.last_days_until(actor, until=as_of, under=units.under)
    return {"days_since_last_activity": {pk: (as_of - day).days for pk, day in told.items()}}
