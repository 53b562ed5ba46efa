"""What is open at the units that give away, and where each of it would go: the transfer plan as a person reads it.

The same questions are asked as when it is carried out (`destinations`), so that what is shown is what happens.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from wuyou.platform.handover import Balance, Carry, Move, Total
from wuyou.succession import rules
from wuyou.succession.handover import handing, heirs
from wuyou.succession.handover.destinations import Destinations
from wuyou.succession.handover.links import Link, links, of_policy, related, shown
from wuyou.succession.plan import OVER, Plan, unit_word
from wuyou.succession.steps.journal import batches


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
    for row, unit_id, destination in _going(link, going, on):
        numbers[unit_id, destination] += 1
        if not by_person:
            what = shown(row, link.policy.shown)
            told.append(OpenRow(row.pk, unit_id, what, destination, may_end=_may_end(link, row, on)))
    return OpenTable(link.name, link.policy.label, tuple(told), dict(numbers), by_person)


def _may_end(link: Link, row: Any, on: date) -> bool:
    return isinstance(link.policy, Carry) and (row.start is None or row.start < on)


def _going(link: Link, going: Destinations, on: date) -> Iterator[tuple[Any, int, str]]:
    """Yield each open row of the old units with its unit's id and its destination, unit by unit."""
    column, units = f"{link.field}_id", going.plan.predecessors
    is_dated = isinstance(link.policy, Carry)
    rows = handing.open_rows(link, units, on) if is_dated else link.of(*units).filter(link.policy.only)
    if link.policy.person:  # of these only numbers are told, and they are many
        rows = rows.values_list("pk", column, *_also_asked(link), named=True)
    elif related(link.policy.shown):
        rows = rows.select_related(*related(link.policy.shown))
    for batch in batches(rows.order_by(column, "pk").iterator(chunk_size=2000)):
        for row, destination in zip(batch, going.of_rows(link, batch), strict=True):
            yield row, getattr(row, column), destination


def _also_asked(link: Link) -> list[str]:
    """Return the column of the person whom a row follows, where it is not the row itself."""
    return [] if link.policy.person == "pk" else [f"{link.policy.person}_id"]


def persons_going(plan: Plan, link: Link, on: date) -> Iterator[tuple[int, int, str]]:
    """Yield the persons of a table of persons who leave their old unit, as (unit id, person id, destination)."""
    for row, unit_id, destination in _going(link, heirs.destinations(plan, on), on):
        if destination != unit_word(unit_id):
            yield unit_id, row.pk, destination


@dataclass(frozen=True, slots=True)
class MoneyLeft:
    """What an old unit has left over before the day, in fen, and how it is divided: destination -> fen."""

    unit_id: int
    balance_fen: int
    parts: dict[str, int]


def money_left(plan: Plan, on: date) -> list[MoneyLeft]:
    """Return what the old units have left over, in their order, and where it goes."""
    going, found = heirs.destinations(plan, on), []
    for link in of_policy(Balance):
        left = handing.balances_fen(link, plan.predecessors, on)
        for unit_id in plan.predecessors:
            fen = left.get(unit_id, 0)
            parts = dict(plan.money.get(unit_id) or {going.by_itself(link, unit_id): fen})
            found.append(MoneyLeft(unit_id, fen, parts))
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
        if isinstance(link.policy, Balance):
            _shift_money(then, link, going, on)
        elif isinstance(link.policy, (Move, Carry)):
            _shift(then, link, going, on)
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
    units = list(dict.fromkeys((*plan.predecessors, *plan.existing_heirs)))
    told = {pk: _Tally() for pk in units}
    for link in links():
        policy, column = link.policy, f"{link.field}_id"
        if isinstance(policy, Move):
            rows = link.of(*units).filter(policy.only).order_by().values_list(column).annotate(n=Count("pk"))
            for pk, number in rows:
                told[pk].kept += number if policy.person else 0
                told[pk].open_matters += 0 if policy.person else number
        elif isinstance(policy, Carry) and policy.person:
            rows = handing.open_rows(link, units, on).values_list(column, f"{policy.person}_id")
            for pk, person in rows:
                told[pk].members.add(person)
        elif isinstance(policy, Balance):
            for pk, fen in handing.balances_fen(link, units, date.max).items():
                told[pk].balance_fen += fen
    return {unit_word(pk): tally for pk, tally in told.items()}


def _shift(told: dict[str, _Tally], link: Link, going: Destinations, on: date) -> None:
    """Move what one table says of persons and open matters from the old units to where it goes."""
    policy = link.policy
    if isinstance(policy, Carry) and not policy.person:
        return
    for row, unit_id, destination in _going(link, going, on):
        giver, taker = told[unit_word(unit_id)], told[destination]
        if giver is taker:
            continue
        if isinstance(policy, Carry):
            person = getattr(row, f"{policy.person}_id")
            giver.members.discard(person)
            taker.members.add(person)
        elif policy.person:
            giver.kept, taker.kept = giver.kept - 1, taker.kept + 1
        else:
            giver.open_matters, taker.open_matters = giver.open_matters - 1, taker.open_matters + 1


def _shift_money(told: dict[str, _Tally], link: Link, going: Destinations, on: date) -> None:
    """Move what the old units have left over, and what is dated later, to where it goes."""
    plan = going.plan
    closing = set(plan.closing)
    left, whole = (handing.balances_fen(link, plan.predecessors, day) for day in (on, date.max))
    for unit_id, fen in whole.items():
        before = left.get(unit_id, 0)
        parts = Counter(plan.money.get(unit_id) or {going.by_itself(link, unit_id): before})
        if unit_id in closing:
            parts[going.by_itself(link, unit_id)] += fen - before
        for destination, part in parts.items():
            told[unit_word(unit_id)].balance_fen -= part
            told[destination].balance_fen += part


def is_counted(plan: Plan, on: date) -> bool:
    """Say whether any unit that takes part ever said how many people it reaches."""
    sides = sorted({*plan.predecessors, *plan.existing_heirs})
    return any(handing.newest(link, sides, on) for link in of_policy(Total))


def counted_link() -> str:
    """Return the link of the one table that says how many people a unit reaches, as a plan's `counts` name it."""
    (link,) = of_policy(Total)
    return link.name


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
            yield link, handing.open_rows(link, giving, on).count()
