"""The past years of a unit or an office in numbers, and what of the past is counted as its own.

Three readings: as it was (what stood under it at each year's end), in today's tree (what stands under it now, wherever it
stood then), with predecessors (today's tree and the units that its units came of).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.activities import queries as activities
from wuyou.activities.permissions import P as ActivitiesP
from wuyou.funds import queries as funds
from wuyou.funds.permissions import P as FundsP
from wuyou.kernel import period
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.people import queries as people
from wuyou.people.permissions import P as PeopleP
from wuyou.platform.presentation import Text, quantity
from wuyou.shell import yearly_lists

YEARS = 10
THEN, NOW, FOREBEARS = "then", "now", "predecessors"
READINGS: dict[str, Text] = {
    THEN: gettext_lazy("按当时的指导关系"),
    NOW: gettext_lazy("按现在的指导关系"),
    FOREBEARS: gettext_lazy("连同前身"),
}
MEANINGS: dict[str, Text] = {
    THEN: gettext_lazy("每一年只算那年年底由它指导的组织；年内转来、转出的，按年底所在的侨联计。"),
    NOW: gettext_lazy("现在由它指导的组织，过去的数字都算在它名下，不管当时由哪个侨联指导。"),
    FOREBEARS: gettext_lazy(
        "现在由它指导的组织，加上它们合并、拆分、重组前的前身；拆分前的数字在每个承接组织里都有，不能相加。"
    ),
}
FIGURES: dict[str, tuple[Text, Text]] = {
    "groups": (gettext_lazy("年末基层组织"), gettext_lazy("个")),
    "members": (gettext_lazy("年末成员"), gettext_lazy("人")),
    "activities": (gettext_lazy("全年活动"), gettext_lazy("次")),
    "received": (gettext_lazy("全年收入"), gettext_lazy("元")),
    "establish": (gettext_lazy("新建"), gettext_lazy("个")),
    "reorganise": (gettext_lazy("重组"), gettext_lazy("个")),
    "restore": (gettext_lazy("恢复"), gettext_lazy("个")),
}
"""The figures in the order of the table: their words and units; `received` is in fen."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year's figures by name (None = nobody had entered any yet) until its `day`, and why the row breaks there.

    `lists` are the addresses of the lists that hold exactly what a figure counts, where there is one.
    """

    number: int
    day: date
    values: Mapping[str, int | None]
    why: str
    lists: Mapping[str, str]


def years_of(actor: Actor, unit_id: int, reading: str, today: date) -> list[Year]:
    """Return the last ten years of a unit, or of an office and what is under it, the oldest first; this year until today.

    Of units that are not the actor's today nothing is counted. Raises NotFound.
    """
    unit = orgs.unit(actor, unit_id)
    numbers = range(today.year - YEARS + 1, today.year + 1)
    days = [min(date(number, 12, 31), today) for number in numbers]
    stood = orgs.standpoints(actor, days)
    edges = orgs.successions(actor, until=today)
    under = [_under(unit_id, one.paths) for one in stood]
    counted = under if reading == THEN else [_with(edges, under[-1]) if reading == FOREBEARS else under[-1]] * YEARS
    values = _values(actor, stood, counted)
    told = orgs.counted_events(actor, numbers[0], numbers[-1])
    mine = _events(told, unit_id, reading, numbers, counted[-1])
    values |= {kind: [len(ids) for ids in years] for kind, years in mine.items()}
    breaks = _breaks(stood, under, edges, reading)
    of_events = yearly_lists.of_events(actor, unit_id, told, mine, numbers, under[-1])
    lists = yearly_lists.addresses(actor, unit, stood, under, counted, of_events)
    return [
        Year(number, days[at], {name: told[at] for name, told in values.items()}, breaks[at], lists[at])
        for at, number in enumerate(numbers)
    ]


def _under(unit_id: int, paths: Mapping[int, str]) -> frozenset[int]:
    return frozenset(pk for pk, path in paths.items() if f"/{unit_id}/" in path)


def _with(edges: Iterable[tuple[int, int, date, str]], units: frozenset[int]) -> frozenset[int]:
    """Return units with all that they came of, however far back."""
    before: dict[int, set[int]] = {}
    for old, new, _on, _kind in edges:
        before.setdefault(new, set()).add(old)
    found, waiting = set(units), list(units)
    while waiting:
        fresh = before.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


def _values(
    actor: Actor, stood: Sequence[orgs.Standpoint], counted: Sequence[frozenset[int]]
) -> dict[str, list[int | None]]:
    periods = [period.Period(date(one.day.year, 1, 1), date.fromordinal(one.day.toordinal() + 1)) for one in stood]
    values: dict[str, list[int | None]] = {
        "groups": [len(one.living & units) for one, units in zip(stood, counted, strict=True)]
    }
    if actor.can(PeopleP.COUNT):
        told = [people.members_on(actor, on=one.day) for one in stood]
        values["members"] = [_sum(table, units) for table, units in zip(told, counted, strict=True)]
    if actor.can(ActivitiesP.VIEW):
        done = activities.done_over(actor, *periods)
        tables = [{pk: all_years[at].total for pk, all_years in done.items()} for at in range(len(periods))]
        values["activities"] = [_sum(table, units) for table, units in zip(tables, counted, strict=True)]
    if actor.can(FundsP.VIEW):
        sums = funds.sums_over(actor, *periods)
        tables = [{pk: all_years[at].received_fen for pk, all_years in sums.items()} for at in range(len(periods))]
        values["received"] = [_sum(table, units) for table, units in zip(tables, counted, strict=True)]
    return values


def _sum(table: Mapping[int, int], units: frozenset[int]) -> int | None:
    """Return the sum over some units; None when not even one unit in sight had anything entered."""
    return sum(number for pk, number in table.items() if pk in units) if any(table.values()) else None


def _events(
    told: Iterable[orgs.Counted], unit_id: int, reading: str, numbers: range, counted: frozenset[int]
) -> dict[str, list[frozenset[int]]]:
    """Return the ids of the headline's events year by year: of the unit itself, or as counted for the office of that day."""
    found: dict[str, list[set[int]]] = {kind: [set() for _year in numbers] for kind in HEADLINE_KINDS}
    for one in told:
        mine = unit_id in one.guides if reading == THEN else one.event.unit_id in counted
        if mine and one.event.kind in found:
            found[one.event.kind][one.year - numbers[0]].add(one.event.pk)
    return {kind: [frozenset(ids) for ids in years] for kind, years in found.items()}


def _breaks(
    stood: Sequence[orgs.Standpoint],
    under: Sequence[frozenset[int]],
    edges: Sequence[tuple[int, int, date, str]],
    reading: str,
) -> list[str]:
    """Return for each year, the first left out, in words what makes its figures not those of the same units; "" for nothing."""
    found = [""]
    for at in range(1, len(stood)):
        both = stood[at - 1].living & stood[at].living
        came, left = both & (under[at] - under[at - 1]), both & (under[at - 1] - under[at])
        touched = under[at] | under[at - 1]
        changed = {(on, kind, new if kind == "merge" else old) for old, new, on, kind in edges
                   if stood[at - 1].day < on <= stood[at].day and not touched.isdisjoint((old, new))}  # fmt: skip
        told = {
            _("转来 %(number)s"): len(came) if reading == THEN else 0,
            _("转出 %(number)s"): len(left) if reading == THEN else 0,
            _("合并、拆分、重组或撤销后由别的组织承接 %(number)s"): len(changed) if reading != FOREBEARS else 0,
        }
        found.append(_("；").join(words % {"number": quantity(n, _("个"))} for words, n in told.items() if n))
    return found
