"""The plan of a checked batch, kept sealed until the batch is imported: what was previewed is what is then written.

A plan stands as long as nothing changed on which it hangs: the choices of the office, who imports, the day, and the
registers. Whether they changed tells the audit trail, in which every service leaves an event. Else the rows are planned anew.

Lines of JSON: for each part ["kind", [[file, sheet, row, action, draft …], …]], at last what stands for the whole; the last
bytes say where that line begins.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import SEEK_END
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from wuyou.intake import keeping, queries
from wuyou.intake.batches import Outcome, choices_as_json
from wuyou.intake.kinds import KINDS
from wuyou.intake.planning import Action, Planned, RowRef
from wuyou.intake.reading import Files
from wuyou.intake.registering import Draft
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound
from wuyou.platform import audit, files
from wuyou.platform.models import ImportBatch, StoredFile

_FORM = 1
_TAIL = 20
_WITHOUT_EFFECT = (
    "intake.batch.received", "intake.batch.read", "intake.batch.refused", "intake.batch.checked", "intake.batch.chosen",
    "intake.batch.annotated", "accounts.", "activities.", "assessment.", "funds.", "platform.", "summaries.",
)  # fmt: skip
"""Beginnings of the verbs after which a plan still stands. Any other, also one that is yet to come, makes it fall."""


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a plan stands: the choices and who plans, as a hash, and the last event of the audit trail before."""

    choices: str
    event: int

    @classmethod
    def of(cls, actor: Actor, batch: ImportBatch) -> Self:
        """Return the ground of a plan that is made now."""
        wanted = queries.wanted(batch, all_or_nothing=False)
        told = [
            _FORM, actor.user_id, actor.rights(), batch.kind, batch.mapping,
            choices_as_json(wanted.choices), wanted.remembered, [kept.file.sha256 for kept in keeping.kept_files(batch)],
            settings.WUYOU_HOME_DIVISION, settings.WUYOU_AREA_CODE, clock.today().isoformat(),
        ]  # fmt: skip
        said = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return cls(hashlib.sha256(said.encode()).hexdigest(), audit.last_event())


def can_be_kept(opened: Files) -> bool:
    """Say whether a plan of these files can be written later as it stands: not where rows name what others of them bring."""
    found = [kind for name, kind in KINDS.items() if opened.readable(name)]
    return bool(found) and all(kind.writer is not None for kind in found)


class PlanFile:
    """A plan that is being written; a context, after which `file` is its row, to be saved."""

    def __init__(self, actor: Actor, batch: ImportBatch) -> None:
        self._ground, self._stack = Ground.of(actor, batch), ExitStack()
        self._new = self._stack.enter_context(keeping.writing_plan(actor, batch))
        self.file = self._new.file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._stack.__exit__(kind, fault, at)

    def add(self, kind: str, planned: Sequence[Planned]) -> None:
        """Add planned rows; those from which nothing is written are passed over."""
        rows = [_plain(item) for item in planned if item.data is not None]
        if rows:
            self._line([kind, rows])

    def finish(self, outcome: Outcome) -> None:
        """Add what was found in the whole."""
        at = self._new.size
        self._line({"choices": self._ground.choices, "event": self._ground.event, "outcome": outcome.as_json()})
        self._new.write(f"{at:{_TAIL}d}".encode())

    def _line(self, told: Any) -> None:
        self._new.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


class Plan:
    """A kept plan; a context, as it is read while it is carried out."""

    def __init__(self, file: StoredFile) -> None:
        """Open it. Raises NotFound."""
        self._handle = files.opened(file)
        self._handle.seek(-_TAIL, SEEK_END)
        self._end = int(self._handle.read())
        self._handle.seek(self._end)
        told = json.loads(self._handle.readline())
        self.ground, self._outcome = Ground(told["choices"], told["event"]), told["outcome"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._handle.close()

    def stands(self, actor: Actor, batch: ImportBatch) -> bool:
        """Say whether nothing changed since on which the plan hangs."""
        now = Ground.of(actor, batch)
        return now.choices == self.ground.choices and not audit.anything_since(self.ground.event, but=_WITHOUT_EFFECT)

    def outcome(self) -> Outcome:
        """Return what was found when it was made."""
        return restored(self._outcome)

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return sum(number for counts in self._outcome["counts"].values() for number in counts.values())

    def parts(self) -> Iterator[tuple[str, list[Planned]]]:
        """Yield (kind, planned rows) in their order."""
        self._handle.seek(0)
        while self._handle.tell() < self._end:
            kind, rows = json.loads(self._handle.readline())
            yield kind, [_planned(row) for row in rows]


def standing_plan(actor: Actor, batch: ImportBatch) -> Plan | None:
    """Return the batch's plan if it has one that still stands, None otherwise."""
    file = keeping.plan_of(batch)
    if file is None:
        return None
    try:
        plan = Plan(file)
    except NotFound:
        return None
    if plan.stands(actor, batch):
        return plan
    plan.close()
    return None


def restored(told: Mapping[str, Any]) -> Outcome:
    """Return an outcome from its plain values."""
    return Outcome(
        counts={kind: Counter(counts) for kind, counts in told["counts"].items()},
        tables=told["tables"],
        shown=told["shown"],
        remarks=told["remarks"],
        told_findings=told["findings"],
    )


def _plain(item: Planned) -> list[Any]:
    ref, draft = item.ref, item.data
    return [
        ref.file, ref.sheet, ref.number, item.action.value,
        draft.at, draft.facts, draft.indexes, draft.number, draft.division, draft.group_id, draft.mark,
    ]  # fmt: skip


def _planned(row: Sequence[Any]) -> Planned:
    file, sheet, number, action, *draft = row
    return Planned(RowRef(file, sheet, number), Action(action), "", data=Draft(*draft))
