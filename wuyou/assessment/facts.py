"""The catalogue of facts: everything that a standard may ask about a unit, and the list that stands behind each number.

A fact is declared here and computed elsewhere: the package's queries bind one function to the facts that one reading
of the registers gives (`FactSources.bind`). Formula authors combine facts; they cannot reach tables. Missing is never
zero: a count is 0 only when the register is in use and holds nothing for the unit; `missing_means` says what "no data"
tells the office. Facts are aggregates of a unit; none is about a person.
"""

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from wuyou.kernel.actor import Actor
from wuyou.kernel.expressions import Symbol, Unit, Value, exact
from wuyou.kernel.period import Period
from wuyou.orgs.rules import Standing


class Over(StrEnum):
    """The days that a fact looks at, seen from the as-of day, which always belongs to them."""

    AS_OF = "as_of"
    YEAR = "year"
    TWELVE_MONTHS = "twelve_months"
    TWELVE_MONTHS_BEFORE = "twelve_months_before"


class Privacy(StrEnum):
    """Who may see a fact outside its own office. Nothing is shown there yet: whoever sees verdicts sees their facts.

    What will be shown in public writes a `COUNT_OF_PEOPLE` under five as "少于 5".
    """

    OPEN = "open"
    OFFICE = "office"
    COUNT_OF_PEOPLE = "count_of_people"


@dataclass(frozen=True, slots=True)
class Fact:
    """One number or yes/no about a unit. `records` names the list behind it, which the pages turn into a link.

    `is_dated` False: the register keeps no dates of it, so an earlier day is answered with what stands there now.
    """

    name: str
    label: str
    label_en: str
    unit: Unit
    over: Over
    source_package: str
    records: str
    missing_means: str
    missing_means_en: str
    privacy: Privacy = Privacy.OFFICE
    is_dated: bool = True

    @property
    def symbol(self) -> Symbol:
        """The fact as a name in formulas."""
        return Symbol(self.name, self.label, self.label_en, self.unit)


@dataclass(frozen=True, slots=True)
class Mend:
    """What somebody can do about something missing; the pages turn the slug into a link for the unit."""

    slug: str
    label: str
    label_en: str


FactValues = Mapping[int, object]
"""Unit id -> value; money in integer fen; None, or no entry, means no data (never zero)."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units that are asked about, as they stood on the as-of day, all of them under one path of the tree.

    Functions read by the path, not by a list of ids: a county of a hundred costs a hundred, whatever the tree. `under`
    "" is wherever the actor may look.
    """

    standings: Sequence[Standing]
    under: str = ""

    @property
    def ids(self) -> list[int]:
        """The ids, in order."""
        return [standing.id for standing in self.standings]


Compute = Callable[[Actor, Units, date], Mapping[str, FactValues]]
"""(actor, units, as-of day) -> for each fact it is bound to, its values. One reading may give several facts."""


def days_of(over: Over, as_of: date) -> Period:
    """Return the days that a fact looks at; a list behind it filters by the same days.

    The twelve months of 2025-11-20 are 2024-11-21 to 2025-11-20, the twelve before end on 2024-11-20. A fact as of a
    day looks at that day only.
    """
    after = as_of + timedelta(days=1)
    if over is Over.AS_OF:
        return Period(as_of, after)
    if over is Over.YEAR:
        return Period(date(as_of.year, 1, 1), after)
    if over is Over.TWELVE_MONTHS:
        return Period(_year_earlier(after), after)
    return Period(_year_earlier(_year_earlier(after)), _year_earlier(after))


def _year_earlier(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


class FactSources:
    """Which function computes which fact. One per program, filled once at start; tests make their own."""

    def __init__(self, catalogue: Mapping[str, Fact]) -> None:
        self.catalogue = catalogue
        self._bound: dict[str, Compute] = {}

    def bind(self, names: Iterable[str], compute: Compute) -> None:
        """Let `compute` answer for these facts.

        Raises: ValueError for a name outside the catalogue, or one that is bound already.
        """
        for name in names:
            if name not in self.catalogue or name in self._bound:
                raise ValueError(f"{name} is no fact of the catalogue, or is bound twice")
            self._bound[name] = compute

    @property
    def unbound(self) -> tuple[str, ...]:
        """The facts that nothing computes yet, in catalogue order; they are missing for every unit."""
        return tuple(name for name in self.catalogue if name not in self._bound)

    def columns(self, names: Iterable[str], *, actor: Actor, units: Units, as_of: date) -> dict[str, list[Value]]:
        """Return for each fact its values, in the order of the units. Each function runs once at most.

        Raises: KeyError when a function leaves out a fact it is bound to; TypeError for a value of the wrong type.
        """
        wanted = list(dict.fromkeys(names))
        functions = dict.fromkeys(self._bound[name] for name in wanted if name in self._bound)
        answers = {compute: compute(actor, units, as_of) for compute in functions}
        unit_ids = units.ids
        columns: dict[str, list[Value]] = {}
        for name in wanted:
            compute = self._bound.get(name)
            values: FactValues = answers[compute][name] if compute else {}
            unit = self.catalogue[name].unit
            columns[name] = [exact(values.get(unit_id), unit) for unit_id in unit_ids]
        return columns


_NOT_SAID = ("没有登记", "not registered")
_NO_ACTIVITIES = ("全市在这段时间还没有登记任何活动", "no activity of any unit is registered for this time")
_NO_ENTRIES = ("全市在这段时间还没有登记任何经费", "no funds of any unit are registered for this time")
_NO_ROLLS = ("还没有登记任何人员", "no people are registered yet")
_NEVER = ("没有登记过活动", "no activity was ever registered")


def _org(name: str, label: str, label_en: str, unit: Unit, records: str = "orgs.unit") -> Fact:
    return Fact(name, label, label_en, unit, Over.AS_OF, "orgs", records, *_NOT_SAID, privacy=Privacy.OPEN)


def _seat(name: str, label: str, label_en: str, unit: Unit, records: str = "leadership.seats") -> Fact:
    return Fact(name, label, label_en, unit, Over.AS_OF, "leadership", records, *_NOT_SAID)


def _work(name: str, label: str, label_en: str, over: Over, records: str, unit: Unit = Unit.TIMES) -> Fact:
    return Fact(name, label, label_en, unit, over, "activities", records, *_NO_ACTIVITIES, privacy=Privacy.OPEN)


def _money(name: str, label: str, label_en: str, over: Over, unit: Unit = Unit.FEN) -> Fact:
    return Fact(name, label, label_en, unit, over, "funds", "funds.entries", *_NO_ENTRIES)


_YEAR, _TWELVE, _BEFORE = Over.YEAR, Over.TWELVE_MONTHS, Over.TWELVE_MONTHS_BEFORE

_ALL = (
    # 组织: what stands on the unit
    _org("in_operation", "组织在正常运转", "Unit in operation", Unit.BOOLEAN, "orgs.events"),
    _org("lapsed", "组织停滞", "Unit lapsed", Unit.BOOLEAN, "orgs.events"),
    _org("awaiting_reorganisation", "待重组", "Awaiting reorganisation", Unit.BOOLEAN, "orgs.events"),
    _org("dissolved", "已撤销", "Dissolved", Unit.BOOLEAN, "orgs.events"),
    _org("has_founding_date", "成立时间已登记", "Founding date registered", Unit.BOOLEAN),
    _org("days_since_founding", "成立天数", "Days since founding", Unit.DAYS),
    _org("has_approval_number", "批复文号已登记", "Approval number registered", Unit.BOOLEAN),
    _org("has_host", "挂靠单位已登记", "Host unit registered", Unit.BOOLEAN, "orgs.hosts"),
    _org("has_study_rules", "有学习制度", "Study rules in place", Unit.BOOLEAN),
    # 阵地; a shared room counts like one's own
    _org("venues", "活动阵地", "Venues", Unit.ITEMS, "orgs.venues"),
    _org("venues_with_address", "有地址的活动阵地", "Venues with an address", Unit.ITEMS, "orgs.venues"),
    _org("venues_with_right", "已登记使用权的活动阵地", "Venues with a right of use", Unit.ITEMS, "orgs.venues"),
    _org("venues_with_hours", "有开放时间的活动阵地", "Venues with opening hours", Unit.ITEMS, "orgs.venues"),
    _org("venues_shared", "与其他组织共用的活动阵地", "Shared venues", Unit.ITEMS, "orgs.venues"),
    _org("venue_area", "活动阵地面积", "Area of venues", Unit.SQUARE_METRES, "orgs.venues"),
    # 班子
    _seat("days_to_term_end", "距届满天数", "Days to the end of term", Unit.DAYS, "leadership.terms"),
    _seat("days_past_term_end", "超过届期天数", "Days past the end of term", Unit.DAYS, "leadership.terms"),
    _seat("seats_filled", "已配备的职数", "Seats filled", Unit.ITEMS),
    _seat("seats_required", "应配备的职数", "Seats required", Unit.ITEMS),
    _seat("leader_present", "负责人在任", "Leader in office", Unit.BOOLEAN),
    _seat("deputy_present", "副职在任", "Deputy in office", Unit.BOOLEAN),
    _seat("liaison_present", "联络员在任", "Liaison in office", Unit.BOOLEAN),
    # 队伍
    Fact(
        "members_registered", "登记的侨界群众", "People registered", Unit.PEOPLE, Over.AS_OF, "people",
        "people.members", *_NO_ROLLS, privacy=Privacy.COUNT_OF_PEOPLE,
    ),
    Fact(
        "people_declared", "填报的侨界群众人数", "People declared", Unit.PEOPLE, Over.AS_OF, "people",
        "people.headcounts", *_NOT_SAID, privacy=Privacy.COUNT_OF_PEOPLE,
    ),
    # 经费, integer fen
    _money("funds_received_in_year", "本年收到经费", "Funds received this year", _YEAR),
    _money("funds_received_in_12_months", "近12个月收到经费", "Funds received in 12 months", _TWELVE),
    _money("funds_received_in_prior_12_months", "上一个12个月收到经费", "Funds received in the 12 months before", _BEFORE),
    _money("fund_entries_in_year", "本年经费记录", "Fund entries this year", _YEAR, Unit.ITEMS),
    _money("fund_entries_in_12_months", "近12个月经费记录", "Fund entries in 12 months", _TWELVE, Unit.ITEMS),
    _money("fund_sources_in_12_months", "近12个月经费来源", "Sources of funds in 12 months", _TWELVE, Unit.ITEMS),
    Fact(
        "declared_budget", "填报的本年经费", "Declared budget of the year", Unit.FEN, _YEAR, "funds", "funds.budgets",
        *_NOT_SAID,
    ),
    # 活动: all kinds together, then by kind
    _work("activities_in_year", "本年活动次数", "Activities this year", _YEAR, "activities.all"),
    _work("activities_in_12_months", "近12个月活动次数", "Activities in 12 months", _TWELVE, "activities.all"),
    _work("studies_in_year", "本年学习次数", "Study sessions this year", _YEAR, "activities.study"),
    _work("studies_in_12_months", "近12个月学习次数", "Study sessions in 12 months", _TWELVE, "activities.study"),
    _work("visits_in_year", "本年走访次数", "Visits this year", _YEAR, "activities.visit"),
    _work("visits_in_12_months", "近12个月走访次数", "Visits in 12 months", _TWELVE, "activities.visit"),
    _work("symposia_in_year", "本年座谈次数", "Symposia this year", _YEAR, "activities.symposium"),
    _work("symposia_in_12_months", "近12个月座谈次数", "Symposia in 12 months", _TWELVE, "activities.symposium"),
    _work("activities_with_leaders_in_year", "本年有领导参加的活动次数", "Activities with leaders this year", _YEAR,
          "activities.with_leaders"),
    _work("activities_with_leaders_in_12_months", "近12个月有领导参加的活动次数", "Activities with leaders in 12 months",
          _TWELVE, "activities.with_leaders"),
    _work("attendances_in_12_months", "近12个月参加活动人次", "Attendances in 12 months", _TWELVE, "activities.all",
          Unit.ATTENDANCES),
    Fact(
        "days_since_last_activity", "距上次活动天数", "Days since the last activity", Unit.DAYS, Over.AS_OF, "activities",
        "activities.all", *_NEVER, privacy=Privacy.OPEN,
    ),
)  # fmt: skip

_UNDATED = frozenset({"has_approval_number", "has_study_rules", "seats_required"})
FACTS: dict[str, Fact] = {fact.name: replace(fact, is_dated=False) if fact.name in _UNDATED else fact for fact in _ALL}
SYMBOLS: dict[str, Symbol] = {fact.name: fact.symbol for fact in _ALL}
SOURCES = FactSources(FACTS)

MENDS: dict[str, Mend] = {
    mend.slug: mend
    for mend in (
        Mend("orgs.restore", "办理恢复或重组", "Restore or reorganise the unit"),
        Mend("orgs.details", "补登组织基本情况", "Complete the unit's details"),
        Mend("orgs.study_rules", "登记学习制度", "Register the study rules"),
        Mend("orgs.venue", "登记活动阵地", "Register a venue"),
        Mend("leadership.seats", "补登班子成员", "Fill a seat"),
        Mend("leadership.term", "登记换届", "Record the new term"),
        Mend("people.register", "登记侨界群众", "Register people"),
        Mend("people.headcount", "填报人数", "Declare the head count"),
        Mend("funds.entry", "登记一笔经费", "Register funds"),
        Mend("activities.record", "记一次活动", "Record an activity"),
        Mend("activities.study", "记一次学习", "Record a study session"),
        Mend("activities.visit", "记一次走访", "Record a visit"),
        Mend("activities.symposium", "记一次座谈", "Record a symposium"),
    )
}
