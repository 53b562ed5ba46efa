"""Where each open row of the old units goes: as chosen, else as the person it is about goes, else as its table says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from wuyou.platform.handover import Carry, Fate, Move
from wuyou.succession.handover.links import Link
from wuyou.succession.plan import OVER, Plan, unit_word


class Persons(Protocol):
    """Says to which destination each of some persons goes, as person id -> destination; who is absent follows the unit."""

    def __call__(self, person_ids: Sequence[int]) -> Mapping[int, str]:
        """Return the destinations of persons who belong to an old unit or are kept by it."""


@dataclass(frozen=True)
class Destinations:
    """Answers for one plan, were it carried out on a day. `office` is where goes what must have an owner when nobody goes on."""

    plan: Plan
    on: date
    office: str
    persons: Persons

    def by_itself(self, link: Link, unit_id: int) -> str:
        """Return where a row of an old unit goes when nobody chose: a unit that goes on keeps what is its own."""
        if unit_id not in self._closing:
            return unit_word(unit_id)
        fate = link.policy.fate if isinstance(link.policy, Carry) else Fate.SUCCESSOR
        if fate == Fate.OVER or (fate == Fate.SAME and not self.is_one_to_one):
            return OVER
        return self.plan.main or (OVER if isinstance(link.policy, Carry) else self.office)

    @cached_property
    def _closing(self) -> frozenset[int]:
        return frozenset(self.plan.closing)

    @cached_property
    def _homes(self) -> dict[str, dict[int, str]]:
        return {}

    def _homes_of(self, link: Link) -> dict[int, str]:
        """Return where the rows of each old unit go by themselves, asked once for each table."""
        if link.name not in self._homes:
            self._homes[link.name] = {pk: self.by_itself(link, pk) for pk in self.plan.predecessors}
        return self._homes[link.name]

    @property
    def is_one_to_one(self) -> bool:
        """Whether one unit goes on as one other."""
        return len(self.plan.predecessors) == len(self.plan.heirs) == 1

    def of_rows(self, link: Link, rows: Sequence[Any]) -> list[str]:
        """Return the destination of each of some rows of the old units, in their order."""
        chosen, column = self.plan.rows.get(link.name, {}), f"{link.field}_id"
        home = self._homes_of(link)
        person = link.policy.person if isinstance(link.policy, (Carry, Move)) else ""
        if not person:
            return [chosen.get(row.pk) or self._late(row, home[getattr(row, column)]) for row in rows]
        about = "pk" if person == "pk" else link.model._meta.get_field(person).attname
        ids = [getattr(row, about) for row in rows]
        going = self.persons(ids)
        return [
            chosen.get(row.pk) or going.get(pk) or home[getattr(row, column)] for row, pk in zip(rows, ids, strict=True)
        ]

    def _late(self, row: Any, home: str) -> str:
        """Return where a row goes by itself; one that began only when its unit had closed is the successor's, told late."""
        start = getattr(row, "start", None) if home == OVER else None
        return self.plan.main or OVER if start is not None and start >= self.on else home
