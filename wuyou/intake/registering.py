"""Planned persons written below the ORM: new ones, and what changes of known ones, some rows at a time."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from wuyou.intake.planning import Action, Choices, Planned, Stored
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.people import bulk
from wuyou.people import services as people
from wuyou.people.permissions import P
from wuyou.platform import audit
from wuyou.platform.keys import keys

KIND = "people.person"
_NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class Draft:
    """What is to be written of a person: one of the batch by his position in it, or one stored before by his number.

    `number` is 0 for the batch's own; `division` is where somebody known lives as far as known now, 0 when it is not.
    """

    at: int
    facts: dict[str, Any]
    indexes: dict[str, str] = field(default_factory=dict)
    number: int = 0
    division: int = 0
    group_id: int | None = None
    mark: str = ""


class Registrar:
    """Stores what was planned, in its order, inside the batch's transaction. `source` is what the dated counts name."""

    source = "侨情人员名单"

    def __init__(self, actor: Actor, choices: Choices, batch_id: UUID) -> None:
        """Begin a batch. Raises: NotFound, Forbidden."""
        self.actor, self.choices, self.batch = actor, choices, batch_id
        self.keeper = orgs.unit(actor, choices.unit_id, needs=P.REGISTER)
        self._numbers = array("Q")
        self._touched_divisions: set[int] = set()
        self._changed: set[int] = set()
        self._new = 0

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Write new and changed persons; return what each row became, one change a person for the whole batch."""
        drafts = [(item, item.data) for item in planned if isinstance(item.data, Draft)]
        if not drafts:
            return []
        fresh: dict[int, bulk.NewRow] = {}
        changes: dict[int, bulk.Change] = {}
        for item, draft in drafts:
            if item.action is Action.NEW:
                fresh[draft.at] = bulk.NewRow(dict(draft.facts), dict(draft.indexes), draft.group_id, draft.mark)
            elif draft.at in fresh:
                _add_to(fresh[draft.at], draft)
            else:
                self._add_change(changes, draft)
        self._insert(fresh)
        written = bulk.update_persons(
            actor=self.actor, basis=self._basis, batch=self.batch, changes=list(changes.values())
        )
        found = {change.person_id: w for change, w in zip(changes.values(), written, strict=True)}
        self._touched_divisions |= {
            place for _, d in drafts for place in (d.facts.get("division_id"), d.division) if place
        }
        return [self._stored(item, draft, found) for item, draft in drafts]  # takes each change out of `found` once

    def close(self) -> None:
        """Count the places where persons came, went or changed, and record the batch's one event."""
        if not self._new and not self._changed:
            return
        on = self.choices.counted_on or clock.today()
        bulk.count_again(self._touched_divisions, on, source=self.source, batch=self.batch)
        audit.record(
            self.actor, "people.persons.imported", self.keeper, path=self.keeper.path, batch=str(self.batch),
            new=self._new, changed=len(self._changed),
        )  # fmt: skip

    @cached_property
    def _basis(self) -> Any:
        return people.note_basis(actor=self.actor, ground=self.choices.ground, purpose=self.choices.purpose)

    def _insert(self, fresh: Mapping[int, bulk.NewRow]) -> None:
        numbers = bulk.insert_persons(
            actor=self.actor, keeper_id=self.keeper.pk, basis=self._basis, batch=self.batch, rows=list(fresh.values())
        )
        missing = max(fresh, default=-1) + 1 - len(self._numbers)
        self._numbers.extend([0] * max(0, missing))
        for at, number in zip(fresh, numbers, strict=True):
            self._numbers[at] = number

    def _number(self, draft: Draft) -> int:
        return draft.number or self._numbers[draft.at]

    def _add_change(self, changes: dict[int, bulk.Change], draft: Draft) -> None:
        number = self._number(draft)
        again = not draft.number or number in self._changed
        change = changes.setdefault(number, bulk.Change(number, {}, again=again))
        change.facts |= draft.facts
        change.group_id = change.group_id or draft.group_id
        change.mark = draft.mark

    def _stored(self, item: Planned, draft: Draft, written: dict[int, bulk.Written]) -> Stored:
        """Return what a row became. What was there before stands with the first of the rows that changed it together."""
        number = self._number(draft)
        if item.action is Action.NEW:
            self._new += 1
            return Stored(item.ref, KIND, number, Action.NEW, _NOTHING)
        if not draft.number:
            return Stored(item.ref, KIND, number, Action.UNCHANGED, _NOTHING)
        change = written.pop(number, None)
        if change is None:
            return Stored(item.ref, KIND, number, Action.UNCHANGED, _NOTHING)
        self._changed.add(number)
        self._touched_divisions |= {change.before.get("division_id") or 0} - {0}
        return Stored(item.ref, KIND, number, Action.CHANGED, change.before, change.version)


def _add_to(row: bulk.NewRow, draft: Draft) -> None:
    """Add what a later row says to a person who is about to be stored."""
    row.facts |= draft.facts
    row.indexes |= bulk.blind_indexes(draft.facts, keys())
    row.group_id = row.group_id or draft.group_id
    row.mark = f"{row.mark} {draft.mark}"[-bulk.MARKS_LENGTH :].strip()
