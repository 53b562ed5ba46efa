"""What is open at the units that give away, and where each of it would go: the transfer plan as a person reads it.

The same questions are asked as when it is carried out (`destinations`), so that what is shown is what happens.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.platform.handover import Balance, Carry, Keep, Move, Total
from wuyou.succession import handing, heirs, rules
from wuyou.succession.destinations import Destinations
from wuyou.succession.journal import batches
from wuyou.succession.links import Link, links, of_policy, related, shown
from wuyou.succession.plan import OVER, Plan, unit_word


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open thing of a unit: what it is, and where it goes. `may_end`: it may also end with its unit."""

    key: int
    unit_id: int
    what: str
    destination: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The open things of one table. Of things that follow persons only numbers are told: (unit id, destination) -> number."""

    link: str
    label: Any
    rows: tuple[OpenRow, ...]
    numbers: dict[tuple[int, str], int]
    by_person: bool


def open_tables(plan: Plan, on: date) -> list[OpenTable]:
    """Return what is open at the units that close or give away, table by table; tables without anything are left out."""
    going = heirs.destinations(plan, on)
    found = [_table(link, going, on) for link in links() if isinstance(link.policy, (Carry, Move))]
    return [table for table in found if table.numbers]


def _table(link: Link, going: Destinations, on: date) -> OpenTable:
    by_person, numbers, told = bool(link.policy.person), Counter[tuple[int, str]](), []
    for unit_id in going.plan.predecessors:
        for row, destination in _going(link, going, unit_id, on):
            numbers[unit_id, destination] += 1
            if not by_person:
                what = shown(row, link.policy.shown)
                told.append(OpenRow(row.pk, unit_id, what, destination, may_end=_may_end(link, row, on)))
    return OpenTable(link.name, link.policy.label, tuple(told), dict(numbers), by_person)


def _may_end(link: Link, row: Any, on: date) -> bool:
    return isinstance(link.policy, Carry) and (row.start is None or row.start < on)


def _going(link: Link, going: Destinations, unit_id: int, on: date) -> Iterator[tuple[Any, str]]:
    """Yield each open row of a unit with its destination."""
    rows = (
        handing.open_rows(link, unit_id, on)
        if isinstance(link.policy, Carry)
        else link.of(unit_id).filter(link.policy.only)
    )
    rows = rows.select_related(*related(link.policy.shown)) if related(link.policy.shown) else rows
    for batch in batches(rows.order_by("pk").iterator(chunk_size=2000)):
        yield from zip(batch, going.of_rows(link, unit_id, batch), strict=True)


@dataclass(frozen=True, slots=True)
class MoneyLeft:
    """What an old unit has left over before the day, in fen, and how it is divided: destination -> fen."""

    unit_id: int
    balance_fen: int
    parts: dict[str, int]


def money_left(plan: Plan, on: date) -> list[MoneyLeft]:
    """Return what the old units have left over, in their order, and where it goes."""
    going, found = heirs.destinations(plan, on), []
    for unit_id in plan.predecessors:
        for link in of_policy(Balance):
            left = handing.balance_fen(link, unit_id, on)
            parts = dict(plan.money.get(unit_id) or {going.by_itself(link, unit_id): left})
            found.append(MoneyLeft(unit_id, left, parts))
    return found


def head_counts(plan: Plan, on: date) -> dict[str, dict[str, int]]:
    """Return the numbers of people that each heir would declare, as destination -> category -> people."""
    members = {heir: sums.members for heir, sums in preview(plan, on).after.items()} if len(plan.heirs) > 1 else {}
    found: dict[str, dict[str, int]] = {}
    for link in of_policy(Total):
        for heir, numbers in (plan.counts.get(link.name) or handing.totals(plan, link, on, members)).items():
            found.setdefault(heir, {}).update(numbers)
    return found


@dataclass(slots=True)
class _Tally:
    kept: int = 0
    members: set[int] = field(default_factory=set)
    balance_fen: int = 0
    open_matters: int = 0

    def sums(self) -> rules.Sums:
        return rules.Sums(self.kept, len(self.members), self.balance_fen, self.open_matters)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the units hold now and would hold, as destination -> sums, and together; what ends is under "over".

    Together a person who belongs to several units counts once.
    """

    before: dict[str, rules.Sums]
    after: dict[str, rules.Sums]
    together_before: rules.Sums
    together_after: rules.Sums


def preview(plan: Plan, on: date) -> Preview:
    """Return what carrying a plan out would do to what the units hold; nothing is written."""
    now, then, going = _now(plan, on), _now(plan, on), heirs.destinations(plan, on)
    for word in (*plan.heirs, going.office, OVER):
        if word:
            then.setdefault(word, _Tally())
    for link in links():
        for unit_id in plan.predecessors:
            _shift(then, link, going, unit_id, on)
    staying = {word: tally for word, tally in then.items() if word != OVER}
    return Preview(_sums(now), _sums(then), _together(now), _together(staying))


def _sums(told: dict[str, _Tally]) -> dict[str, rules.Sums]:
    return {word: tally.sums() for word, tally in told.items()}


def _together(told: dict[str, _Tally]) -> rules.Sums:
    whole = _Tally()
    for tally in told.values():
        whole.kept += tally.kept
        whole.members |= tally.members
        whole.balance_fen += tally.balance_fen
        whole.open_matters += tally.open_matters
    return whole.sums()


def _now(plan: Plan, on: date) -> dict[str, _Tally]:
    told: dict[str, _Tally] = {}
    for unit_id in dict.fromkeys((*plan.predecessors, *plan.existing_heirs)):
        tally = told[unit_word(unit_id)] = _Tally()
        for link in links():
            if isinstance(link.policy, Move) and link.policy.person:
                tally.kept += link.of(unit_id).filter(link.policy.only).count()
            elif isinstance(link.policy, Move):
                tally.open_matters += link.of(unit_id).filter(link.policy.only).count()
            elif isinstance(link.policy, Carry) and link.policy.person:
                rows = link.of(unit_id).filter(Q(end=None) | Q(end__gt=on))
                tally.members = set(rows.values_list(f"{link.policy.person}_id", flat=True))
            elif isinstance(link.policy, Balance):
                tally.balance_fen += handing.balance_fen(link, unit_id, date.max)
    return told


def _shift(told: dict[str, _Tally], link: Link, going: Destinations, unit_id: int, on: date) -> None:
    """Move what one table says from an old unit to where it goes."""
    home, policy = unit_word(unit_id), link.policy
    if isinstance(policy, Keep) or not isinstance(policy, (Move, Carry, Balance)):
        return
    if isinstance(policy, Balance):
        _shift_money(told, link, going, unit_id, on)
    elif isinstance(policy, Move) or policy.person:
        for row, destination in _going(link, going, unit_id, on):
            if destination == home:
                continue
            giver, taker = told[home], told[destination]
            if isinstance(policy, Carry):
                person = getattr(row, f"{policy.person}_id")
                giver.members.discard(person)
                taker.members.add(person)
            elif policy.person:
                giver.kept, taker.kept = giver.kept - 1, taker.kept + 1
            else:
                giver.open_matters, taker.open_matters = giver.open_matters - 1, taker.open_matters + 1


def _shift_money(told: dict[str, _Tally], link: Link, going: Destinations, unit_id: int, on: date) -> None:
    home, left = unit_word(unit_id), handing.balance_fen(link, unit_id, on)
    later = handing.balance_fen(link, unit_id, date.max) - left
    parts = Counter(going.plan.money.get(unit_id) or {going.by_itself(link, unit_id): left})
    if unit_id in going.plan.closing:
        parts[going.by_itself(link, unit_id)] += later
    for destination, fen in parts.items():
        told[home].balance_fen -= fen
        told[destination].balance_fen += fen


def is_counted(plan: Plan, on: date) -> bool:
    """Say whether any unit that takes part ever said how many people it reaches."""
    sides = sorted({*plan.predecessors, *plan.existing_heirs})
    return any(handing.newest(link, sides, on) for link in of_policy(Total))


def counted_link() -> str:
    """Return the link of the table that says how many people a unit reaches, as a plan's `counts` name it."""
    return of_policy(Total)[0].name


def persons_to_move(plan: Plan, on: date) -> int:
    """Return how many rows that follow persons go over, counting and not reading them: by that a change is large or small."""
    return sum(number for link, number in _row_numbers(plan, on) if link.policy.person)


def rows_to_move(plan: Plan, on: date) -> int:
    """Return how many rows a change touches, as it tells of them while it is carried out: those carried on count twice."""
    return sum(number * (2 if isinstance(link.policy, Carry) else 1) for link, number in _row_numbers(plan, on))


def _row_numbers(plan: Plan, on: date) -> Iterator[tuple[Link, int]]:
    """Yield of each table how many rows might go: those of units that close or, among several heirs, give away."""
    giving = plan.predecessors if len(plan.heirs) > 1 else plan.closing
    for link in links():
        if isinstance(link.policy, Move):
            yield link, link.of(*giving).filter(link.policy.only).count()
        elif isinstance(link.policy, Carry):
            yield link, link.of(*giving).filter(Q(end=None) | Q(end__gt=on)).count()
