"""What a checked row would become: new, changed, unchanged or not taken; said before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from django.apps import apps

from wuyou.kernel.actor import Actor
from wuyou.kernel.reading import Reading, Severity
from wuyou.kernel.sayings import Saying
from wuyou.orgs.naming import GroupRow
from wuyou.platform.imports.sentences import saying


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


Difference = tuple[str | Saying, str | Saying, str | Saying]
"""What changes: the label, before, after. Texts of the workbook and of the register are as they are, ours are sayings."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of one row.

    `label` is what the record is called; `differences` are (label, before, after) of a changed one; `why` tells why a
    rejected one is not taken. `doubt` is what a human should look at although the row is taken (a possible double).
    `data` is the intake's own.
    """

    ref: RowRef
    action: Action
    label: str
    record_id: int | None = None
    differences: tuple[Difference, ...] = ()
    why: str | Saying | tuple[str | Saying, ...] = ""
    data: Any = None
    doubt: Saying | None = None


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
    where they say none, `counted_on` the day the counts are of. With `all_or_nothing` one row that cannot be taken keeps
    all others back; with `over_edits` a table also overwrites what somebody changed by hand since the last import.
    """

    unit_id: int
    ground: str = ""
    purpose: str = ""
    kept: frozenset[str] = frozenset()
    year: int | None = None
    counted_on: date | None = None
    all_or_nothing: bool = False
    over_edits: bool = False


class Writer(Protocol):
    """How planned rows of one kind are stored. Made once per batch."""

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Write new and changed rows, in order, inside the batch's transaction; return what they became."""

    def close(self) -> None:
        """Do what is done once after the last row (counts), inside the batch's transaction."""


class Intake(Writer, Protocol):
    """How the rows of one kind become records. Made once per batch; `plan` may be asked again without writing."""

    def __init__(self, actor: Actor, choices: Choices, batch_id: UUID) -> None:
        """Prepare what matching needs."""

    def plan(self, ref: RowRef, readings: Mapping[str, Reading[Any]]) -> Planned:
        """Return what the row would become; two rows of one record in a batch: the second is unchanged or changed."""


@runtime_checkable
class Foreseeing(Protocol):
    """An intake that looks things up for many rows at once."""

    def foresee(self, rows: Sequence[tuple[RowRef, Mapping[str, Reading[Any]]]]) -> None:
        """Look up what planning these rows will need; they are planned next, in this order."""


@runtime_checkable
class Expecting(Protocol):
    """An intake whose rows may name groups that the batch itself is about to register."""

    def expect(self, groups: Sequence[GroupRow]) -> None:
        """Note groups that are planned, not yet stored; their ids are negative."""


@runtime_checkable
class Remarking(Protocol):
    """An intake that has something to say of the batch as a whole."""

    def remarks(self) -> list[Saying]:
        """Return what there is to say in the preview, after all rows were planned."""


def value(readings: Mapping[str, Reading[Any]], name: str) -> Any:
    """Return a field's value; None when it is absent, empty or refused."""
    reading = readings.get(name)
    return None if reading is None or reading.refused else reading.value


def text(readings: Mapping[str, Reading[Any]], name: str, limit: int = 0) -> str:
    """Return a field's canonical text, cut at the limit; "" when it is absent, empty or refused."""
    reading = readings.get(name)
    found = "" if reading is None or reading.refused else reading.text
    return found[:limit] if limit else found


def reason_of(readings: Mapping[str, Reading[Any]], name: str, otherwise: str) -> str | Saying:
    """Return why a field's cell was not taken, as its reading says; `otherwise` when nothing was said of it."""
    reading = readings.get(name)
    found = [f for f in reading.findings if f.severity is Severity.ERROR] if reading is not None else []
    return saying(found[0]) if found else otherwise


def replaced_yearly(ref: RowRef, kind: str, unit_id: int, year: int) -> list[Stored]:
    """Return what a unit declared for a year before, as a changed record for the way back; [] when it declared nothing."""
    model = apps.get_model(kind)
    row = model._base_manager.filter(unit=unit_id, year=year).first()
    if row is None:
        return []
    names = [f.attname for f in model._meta.local_fields if f.attname not in ("id", "unit_id", "year")]
    before = {name: plain(getattr(row, name)) for name in names}
    return [Stored(ref, kind, row.pk, Action.CHANGED, before)]


def plain(value: Any) -> Any:
    """Return a field's value as JSON can hold it."""
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def compared(
    before: Mapping[str, Any], wanted: Mapping[str, Any], labels: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return what differs, as (label, before, after); an empty wanted value never wipes out a known one."""
    return [
        (labels.get(name, name), str(before.get(name) or ""), str(new))
        for name, new in wanted.items()
        if new not in (None, "", ()) and before.get(name) != new
    ]
