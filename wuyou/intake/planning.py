"""What a checked row would become: new, changed, unchanged or not taken; said before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from wuyou.kernel.actor import Actor
from wuyou.kernel.reading import Reading


class Action(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a row stands: the number of its file in the batch (from 0), the sheet's name, Excel's row number."""

    file: int
    sheet: str
    number: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of one row.

    `label` is what the record is called; `differences` are (label, before, after) of a changed one; `why` tells why a
    rejected one is not taken. `data` is the intake's own.
    """

    ref: RowRef
    action: Action
    label: str
    record_id: int | None = None
    differences: tuple[tuple[str, str, str], ...] = ()
    why: str = ""
    data: Any = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What a row became: the record, and the previous values of what was changed (for the way back)."""

    ref: RowRef
    object_kind: str
    object_id: int
    action: Action
    before: Mapping[str, Any] = field(default_factory=dict)
    after_version: int = 1


@dataclass(frozen=True, slots=True)
class Choices:
    """What the office chose for a batch.

    `unit_id` is the office that registers, `ground` and `purpose` the basis for personal data ("" = no person may be
    registered), `kept` the fields under `ASK_PURPOSE` for which the purpose was confirmed, `year` the year of the files
    where they say none, `counted_on` the day the counts are of.
    """

    unit_id: int
    ground: str = ""
    purpose: str = ""
    kept: frozenset[str] = frozenset()
    year: int | None = None
    counted_on: date | None = None


class Intake(Protocol):
    """How the rows of one kind become records. Made once per batch; `plan` may be asked again without writing."""

    def __init__(self, actor: Actor, choices: Choices, batch_id: UUID) -> None:
        """Prepare what matching needs."""

    def plan(self, ref: RowRef, readings: Mapping[str, Reading[Any]]) -> Planned:
        """Return what the row would become; two rows of one record in a batch: the second is unchanged or changed."""

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Write new and changed rows, in order, inside the batch's transaction; return what they became."""

    def close(self) -> None:
        """Do what is done once after the last row (counts), inside the batch's transaction."""


def value(readings: Mapping[str, Reading[Any]], name: str) -> Any:
    """Return a field's value; None when it is absent, empty or refused."""
    reading = readings.get(name)
    return None if reading is None or reading.refused else reading.value


def text(readings: Mapping[str, Reading[Any]], name: str, limit: int = 0) -> str:
    """Return a field's canonical text, cut at the limit; "" when it is absent, empty or refused."""
    reading = readings.get(name)
    found = "" if reading is None or reading.refused else reading.text
    return found[:limit] if limit else found


def compared(
    before: Mapping[str, Any], wanted: Mapping[str, Any], labels: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return what differs, as (label, before, after); an empty wanted value never wipes out a known one."""
    return [
        (labels.get(name, name), str(before.get(name) or ""), str(new))
        for name, new in wanted.items()
        if new not in (None, "", ()) and before.get(name) != new
    ]
