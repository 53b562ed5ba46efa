"""Handing over: what each table declares of its rows is done, through the journal, for every unit that gives away.

Called by `services` within the transaction of a change. The order of the tables is that of the packages; no table is named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from django.db.models import Q, Sum

from wuyou.kernel import clock
from wuyou.kernel.refusals import Reason, Refused
from wuyou.platform.handover import Balance, Carry, Derived, Keep, Move, Total
from wuyou.succession import rules
from wuyou.succession.handover.destinations import Destinations
from wuyou.succession.handover.links import Link, links, of_policy, shown
from wuyou.succession.plan import OVER, Plan
from wuyou.succession.steps.journal import Journal, batches

Told = Callable[[int], None]


def nothing_told(_rows: int) -> None:
    """Tell nobody how many rows are done."""


@dataclass(slots=True)
class Handover:
    """One change on its way: whose things go where from which day on.

    `units` is destination -> unit id. `numbers` counts by link how many rows went over, ended, or were there already.
    """

    journal: Journal
    going: Destinations
    units: dict[str, int]
    on: date
    told: Told = nothing_told
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)

    def carry_out(self) -> None:
        """Do what the tables declare for the old units, then count anew what is counted from others."""
        for link in links():
            act = _ACTS.get(type(link.policy))
            if act is not None:
                act(self, link)
        for link in of_policy(Total):  # shares go by members, so these have gone over before
            _add_up(self, link)
        count_anew({*self.going.plan.predecessors, *self.units.values()})

    def unit_of(self, destination: str) -> int | None:
        """Return the id of the unit that a destination means; None when the thing ends."""
        return None if destination == OVER else self.units[destination]

    def count(self, link: Link, what: str, number: int) -> None:
        """Note how many rows of a table fared how, and tell that they are done."""
        numbers = self.numbers.setdefault(link.name, {})
        numbers[what] = numbers.get(what, 0) + number
        self.told(number)


def count_anew(unit_ids: Iterable[int]) -> None:
    """Let every table that is counted from others be counted anew for these units."""
    for link in of_policy(Derived):
        module, _dot, name = link.policy.by.rpartition(".")
        getattr(import_module(module), name)(unit_ids)


def _keep(work: Handover, link: Link) -> None:
    """Let what closing units did on their last day or later go to their main heir: it was the heir's doing."""
    policy, plan = link.policy, work.going.plan
    heir = work.units.get(plan.main or (work.going.office if isinstance(policy, Balance) else ""))
    if not policy.day or not plan.closing or heir is None:
        return
    later = link.of(*plan.closing).filter(**{f"{policy.day}__gte": work.on})
    ids = list(later.order_by("pk").values_list("pk", flat=True))
    work.journal.change(link.model, ids, **{f"{link.field}_id": heir})
    work.count(link, "moved", len(ids))


def _move(work: Handover, link: Link) -> None:
    policy, column = link.policy, f"{link.field}_id"
    rows = link.of(*work.going.plan.predecessors).filter(policy.only).order_by("pk")
    for batch in batches(rows.only("pk", column).iterator(chunk_size=2000)):
        there: dict[int, list[Any]] = {}
        for row, destination in zip(batch, work.going.of_rows(link, batch), strict=True):
            heir = work.unit_of(destination)
            if heir is None:
                raise Refused(
                    Reason("“{what}”不能没有承接的组织，没有办理；请选择去向。", words={"what": policy.label})
                )
            if heir != getattr(row, column):
                there.setdefault(heir, []).append(row.pk)
        for heir, ids in there.items():
            work.journal.change(link.model, ids, **{column: heir})
            work.count(link, "moved", len(ids))


def _carry(work: Handover, link: Link) -> None:
    column, day = f"{link.field}_id", clock.today() if link.policy.rights else work.on
    known = _present(work, link, day)
    rows = open_rows(link, work.going.plan.predecessors, day).order_by("pk").iterator(chunk_size=2000)
    for batch in batches(rows):
        goes = zip(batch, work.going.of_rows(link, batch), strict=True)
        leaving = [(row, heir) for row, word in goes if (heir := work.unit_of(word)) != getattr(row, column)]
        _carry_batch(work, link, leaving, day, known)


def open_rows(link: Link, unit_ids: Sequence[int], day: date) -> Any:
    """Return the dated rows of units that hold on a day or begin after it."""
    return link.of(*unit_ids).filter(Q(end=None) | Q(end__gt=day))


def _present(work: Handover, link: Link, day: date) -> set[tuple[Any, ...]]:
    """Return what the heirs have already, by (unit id, key): that begins no second time."""
    if not link.policy.key:
        return set()
    heirs = [work.units[heir] for heir in work.going.plan.heirs]
    return set(open_rows(link, heirs, day).values_list(f"{link.field}_id", *_columns(link)))


def _columns(link: Link) -> list[str]:
    return [_column(link, name) for name in link.policy.key]


def _column(link: Link, name: str) -> str:
    field: Any = link.model._meta.get_field(name)
    return str(field.attname)


def _carry_batch(
    work: Handover, link: Link, leaving: Sequence[tuple[Any, int | None]], day: date, known: set[tuple[Any, ...]]
) -> None:
    """End what began before the day and begin it with the heir; what began later goes over itself."""
    columns, column = _columns(link), f"{link.field}_id"
    ending, copies, double = [], [], []
    moving: dict[int, list[Any]] = {}
    for row, heir in leaving:
        begun = row.start is None or row.start < day
        key = (heir, *(getattr(row, name) for name in columns))
        is_double = bool(columns) and key in known
        if not begun and heir is None:
            raise Refused(_began_later(link, row))
        if heir is not None and not is_double:
            known.add(key)
        if begun:
            ending.append(row.pk)
            if heir is not None and not is_double:
                copies.append(_copy(link, row, heir, day))
        elif is_double:
            double.append(row)
        elif heir is not None:
            moving.setdefault(heir, []).append(row.pk)
    work.journal.change(link.model, ending, end=day)
    work.journal.make(copies, watch=(column, "start", "end"))
    work.journal.remove(double)
    for heir, ids in moving.items():
        work.journal.change(link.model, ids, **{column: heir})
    work.count(link, "ended", len(ending))
    work.count(link, "begun", len(copies) + sum(map(len, moving.values())))


def _began_later(link: Link, row: Any) -> Reason:
    words = {"what": link.policy.label, "which": shown(row, link.policy.shown), "day": row.start}
    text = "“{what} {which}”从 {day} 才开始，不能在更早的日期结束，没有办理；请为它选择去向，或改用更晚的生效日期。"
    return Reason(text, words=words)


_ANEW = {"source_batch": None, "version": 1}


def _copy(link: Link, row: Any, heir: int, day: date) -> Any:
    """Return a row like this one that begins with the heir on a day and holds as long as this one would have."""
    columns = [column for column in link.model._meta.concrete_fields if not column.primary_key]
    told = {column.attname: getattr(row, column.attname) for column in columns}
    told |= {name: value for name, value in _ANEW.items() if name in told}
    told |= {_column(link, name): value for name, value in link.policy.fresh.items()}
    told |= {f"{link.field}_id": heir, "start": day}
    return link.model(**told)


def balances_fen(link: Link, unit_ids: Sequence[int], before: date) -> dict[int, int]:
    """Return what units had left over, in fen, before a day, as unit id -> fen; negative when more was spent.

    Units without a row are absent.
    """
    policy, column = link.policy, f"{link.field}_id"
    rows = link.of(*unit_ids).filter(**{f"{policy.day}__lt": before}).order_by().values_list(column)
    sums = rows.annotate(
        plus=Sum(policy.amount, filter=Q(**{f"{policy.sign}__in": policy.plus})),
        minus=Sum(policy.amount, filter=Q(**{f"{policy.sign}__in": policy.minus})),
    )
    return {pk: (plus or 0) - (minus or 0) for pk, plus, minus in sums}


def _balance(work: Handover, link: Link) -> None:
    """Let each balance go over by pairs of rows: one hands over, the other takes over, both on the day."""
    _keep(work, link)
    plan, rows = work.going.plan, []
    for unit_id, left in balances_fen(link, plan.predecessors, work.on).items():
        parts = plan.money.get(unit_id) or {work.going.by_itself(link, unit_id): left}
        for destination, fen in parts.items():
            if fen and (heir := work.units[destination]) != unit_id:
                rows += _pair(work, link, unit_id, heir, fen)
    work.journal.make(rows, watch=(f"{link.field}_id", link.policy.amount, link.policy.day))
    work.count(link, "moved", len(rows) // 2)


def _pair(work: Handover, link: Link, giver: int, taker: int, fen: int) -> list[Any]:
    policy = link.policy
    if fen < 0:  # a debt goes the other way
        giver, taker, fen = taker, giver, -fen
    given = {policy.amount: fen, policy.day: work.on, policy.moment: clock.now()}
    return [
        link.model(**{f"{link.field}_id": giver, policy.sign: policy.handed_over, **given}),
        link.model(**{f"{link.field}_id": taker, policy.sign: policy.taken_over, **given}),
    ]


def members_of(unit_id: int, on: date) -> int:
    """Return how many persons belong to a unit on a day or later."""
    return sum(open_rows(link, [unit_id], on).count() for link in of_policy(Carry) if link.policy.person)


def newest(link: Link, unit_ids: Sequence[int], until: date) -> dict[int, dict[Any, int]]:
    """Return the newest numbers of some units until a day, as unit id -> what it counts -> number."""
    policy = link.policy
    rows = link.of(*unit_ids).filter(policy.only, **{f"{policy.day}__lte": until}).order_by(policy.day, "pk")
    found: dict[int, dict[Any, int]] = {}
    for unit_id, number, what in rows.values_list(f"{link.field}_id", policy.amount, policy.per):
        found.setdefault(unit_id, {})[what] = number
    return found


def _add_up(work: Handover, link: Link) -> None:
    """Give each heir the number that the plan says, or else its share of the sum of all."""
    policy, plan = link.policy, work.going.plan
    members = {heir: members_of(work.units[heir], work.on) for heir in plan.heirs} if len(plan.heirs) > 1 else {}
    chosen = plan.counts.get(link.name) or totals(plan, link, work.on, members)
    rows = [
        link.model(
            **{f"{link.field}_id": work.units[heir], policy.amount: number, policy.day: work.on, policy.per: what},
            **policy.fresh,
        )
        for heir, numbers in chosen.items()
        for what, number in numbers.items()
    ]
    work.journal.make(rows, watch=(f"{link.field}_id", policy.amount, policy.day))
    work.count(link, "made", len(rows))


def totals(plan: Plan, link: Link, on: date, members: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return the sums of the newest numbers of all units that take part, divided among the heirs by their members.

    As destination -> what is counted -> number; nothing where nobody goes on or nothing was counted.
    """
    found: dict[str, int] = {}
    for numbers in newest(link, sorted({*plan.predecessors, *plan.existing_heirs}), on).values():
        for what, number in numbers.items():
            found[what] = found.get(what, 0) + number
    weights = {heir: members.get(heir, 0) for heir in plan.heirs}
    told: dict[str, dict[str, int]] = {heir: {} for heir in plan.heirs}
    for what, number in found.items():
        for heir, share in rules.apportioned(number, weights).items():
            told[heir][what] = share
    return {heir: numbers for heir, numbers in told.items() if numbers}


_ACTS: dict[type, Callable[[Handover, Link], None]] = {
    Keep: _keep, Move: _move, Carry: _carry, Balance: _balance,
}  # fmt: skip
