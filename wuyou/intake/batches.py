"""One batch from upload to undo: receive, read, check, commit, undo. Each step can be run again without harm."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from wuyou.assessment import rubric_again
from wuyou.assessment import services as assessment
from wuyou.assessment.rubric_reading import rubric_json
from wuyou.assessment.rubric_sheet import read_rubric_part
from wuyou.intake.findings import Tally
from wuyou.intake.kinds import FAMILIES, KINDS, field_labels, prepared
from wuyou.intake.planning import Action, Choices, Expecting, Foreseeing, Planned, Remarking, RowRef, Stored
from wuyou.intake.reading import Edits, Files, Given, Opened, rows_of
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.reading import Reading
from wuyou.kernel.refusals import Forbidden, Reason, Refused
from wuyou.kernel.sayings import Saying, kept
from wuyou.orgs.naming import GroupRow
from wuyou.platform.imports.reader import CellLine

CHUNK = 1000
MOST_SHOWN = {Action.NEW: 100, Action.CHANGED: 200, Action.UNCHANGED: 20, Action.REJECTED: 300}
MOST_DOUBTFUL = 200

AHEAD = 500
"""For so many rows at once is looked up whom they may mean."""
Row = tuple[RowRef, Mapping[str, Reading[Any]]]
Told = Callable[[int, int, str], None]


@dataclass(slots=True)
class Outcome:
    """What a pass over a batch found: counts by kind and action, the reports of all tables, and some rows to show.

    `shown` holds at most `MOST_SHOWN` rows of each kind and action as plain values for the preview; `remarks` are
    sentences on the whole batch.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    tables: list[dict[str, Any]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    findings: Tally = field(default_factory=Tally)
    told_findings: list[dict[str, Any]] | None = None
    """The findings as plain values, in an outcome that was kept."""
    stored: int = 0
    remarks: list[Saying] = field(default_factory=list)
    doubtful: int = 0

    def note(self, kind: str, planned: Planned, file: str) -> None:
        """Count a planned row, and keep it to show."""
        counts = self.counts.setdefault(kind, Counter())
        counts[planned.action] += 1
        self.doubtful += planned.doubt is not None
        is_doubtful = planned.doubt is not None and self.doubtful <= MOST_DOUBTFUL
        if is_doubtful or counts[planned.action] <= MOST_SHOWN[planned.action]:
            self.shown.append(
                {
                    "kind": kind, "file": file, "sheet": planned.ref.sheet, "row": planned.ref.number,
                    "action": planned.action.value, "label": planned.label, "why": kept(planned.why),
                    "doubt": "" if planned.doubt is None else kept(planned.doubt),
                    "differences": kept([list(difference) for difference in planned.differences]),
                }
            )  # fmt: skip

    @property
    def rejected(self) -> int:
        """How many rows are not taken."""
        return sum(counts[Action.REJECTED] for counts in self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """Return everything but the stored rows as plain values."""
        return {
            "tables": self.tables,
            "counts": {kind: {a.value: counts[a] for a in Action} for kind, counts in self.counts.items()},
            "findings": self.told_findings or self.findings.as_json(field_labels()),
            "remarks": kept(self.remarks),
            "shown": self.shown,
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a pass works on: the batch's id, its files, the chosen kind ("" = tell by the table), edits and choices."""

    batch: UUID
    files: Sequence[tuple[str, Given]]
    choices: Choices
    kind: str = ""
    edits: Edits = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def opened(self) -> Files:
        """Open the files. Raises FileRefused."""
        return Files(self.files, only=FAMILIES.get(self.kind, ()), remembered=self.remembered, edits=self.edits)


def looked_at(wanted: Wanted) -> dict[str, Any]:
    """Return what the files hold, table by table with some samples of each column, without reading their rows.

    Raises FileRefused.
    """
    with wanted.opened() as files:
        return {"tables": [table.report(samples=True) for table in files.tables], "continues": files.continues}


def run(
    actor: Actor,
    wanted: Wanted,
    *,
    write: bool,
    told: Told | None = None,
    said: Callable[[list[CellLine]], None] | None = None,
    keep: Callable[[list[Stored]], None] | None = None,
) -> Outcome:
    """Read every row, plan it and, with `write`, store it; the caller holds the transaction when writing.

    `said` is given the cell lines as they come, `keep` what was stored, some rows at a time. Raises FileRefused,
    Forbidden, Refused (a purpose is missing).
    """
    with wanted.opened() as files:
        return run_over(files, actor, wanted, write=write, told=told, said=said, keep=keep)


def run_over(
    files: Files,
    actor: Actor,
    wanted: Wanted,
    *,
    write: bool,
    told: Told | None = None,
    said: Callable[[list[CellLine]], None] | None = None,
    keep: Callable[[list[Stored]], None] | None = None,
    note: Callable[[str, Sequence[Planned]], None] | None = None,
) -> Outcome:
    """Do what `run` does with files that are open; `note` is given the kind and the rows that were planned, some at a time."""
    outcome = Outcome()
    passing = _Pass(actor, wanted, outcome, files.rows, write=write, told=told, said=said, keep=keep, note=note)
    for name in KINDS:
        if tables := files.readable(name):
            allowed_or_refuse(actor, name, wanted.choices, write=write)
            passing.kind(name, tables)
    outcome.tables = [table.report() for table in files.tables]
    if write:
        whole_or_refuse(outcome, wanted.choices)
    return outcome


def allowed_or_refuse(actor: Actor, kind: str, choices: Choices, *, write: bool) -> None:
    """Raise Forbidden when the actor may not bring in a kind; Refused when persons are to be written without a purpose."""
    if not KINDS[kind].allowed(actor):
        raise Forbidden(KINDS[kind].needs)
    if KINDS[kind].personal and write and (not choices.ground or not choices.purpose.strip()):
        raise Refused(Reason("登记个人信息前，请先选择依据并写明用途；表格还没有导入，可以补上后继续。", "purpose"))


def whole_or_refuse(outcome: Outcome, choices: Choices) -> None:
    """Raise Refused when a row cannot be taken and all or nothing was chosen."""
    if choices.all_or_nothing and outcome.rejected:
        raise Refused(
            Reason(
                "有 {rows} 行不能导入；已选择“全部合格才导入”，所以一行都没有导入。请改正这些行后重新上传。",
                words={"rows": outcome.rejected},
            )
        )


class _Pass:
    """One walk over all tables of a batch."""

    def __init__(
        self,
        actor: Actor,
        wanted: Wanted,
        outcome: Outcome,
        total: int,
        *,
        write: bool,
        told: Any,
        said: Any,
        keep: Any,
        note: Any,
    ) -> None:
        self.actor, self.wanted, self.write, self.outcome = actor, wanted, write, outcome
        self.total, self.told, self.said, self.keep, self.note = total, told, said, keep, note
        self.done = 0
        self.new_groups: list[GroupRow] = []

    def kind(self, name: str, tables: Sequence[Opened]) -> None:
        """Take all tables of one kind."""
        if name == "rubric":
            self._rubric(tables)
            return
        settings = prepared(self.actor, tuple(self.new_groups))
        make = KINDS[name].intake
        assert make is not None  # only the rubric has none, and it was taken above
        intake = make(self.actor, self.wanted.choices, self.wanted.batch)
        if isinstance(intake, Expecting):
            intake.expect(self.new_groups)
        for table in tables:
            counts = Counter[str]()
            for chunk in _chunks(self._planned(intake, table, settings, counts)):
                if self.note:
                    self.note(name, chunk)
                if self.write:
                    self._keep(intake.store(chunk))
            table.counts.update({action.value: counts[action.value] for action in Action})
        if isinstance(intake, Remarking):
            self.outcome.remarks += intake.remarks()
        if self.write:
            intake.close()

    def _keep(self, stored: list[Stored]) -> None:
        self.outcome.stored += len(stored)
        if self.keep:
            self.keep(stored)

    def _planned(
        self, intake: Any, table: Opened, settings: Mapping[str, Any], counts: Counter[str]
    ) -> Iterator[Planned]:
        choices = self.wanted.choices
        rows = rows_of(table, settings, choices.kept, year=choices.year, said=self._say)
        for ref, readings in _foreseen(intake, ((ref, readings) for ref, readings, _row in rows)):
            planned: Planned = intake.plan(ref, readings)
            counts[planned.action.value] += 1
            self.outcome.note(table.kind, planned, table.name)
            if table.kind == "organisations" and planned.action is Action.NEW and not self.write:
                self._remember_group(planned)
            self.done += 1
            if self.told:
                self.told(self.done, self.total, table.name)
            yield planned

    def _remember_group(self, planned: Planned) -> None:
        ledger = planned.data
        short, county = ledger.unit["short_name"], ledger.county.name if ledger.county else ""
        self.new_groups.append(GroupRow(-len(self.new_groups) - 1, planned.label, short, ledger.hosts, county))

    def _rubric(self, tables: Sequence[Opened]) -> None:
        for file in dict.fromkeys(table.file for table in tables):
            mine = [table for table in tables if table.file == file]
            readings = [read_rubric_part(table.book, table.part) for table in mine]
            for table, reading in zip(mine, readings, strict=True):
                self._say(
                    CellLine(table.name, table.part.sheet.name, f.where, f.field, "", f.value, (f.finding,))
                    for f in reading.findings
                )
            content = rubric_json(mine[0].name, readings)
            ref = RowRef(file, mine[0].part.sheet.name, mine[0].part.table.first_row)
            counts = self.outcome.counts.setdefault("rubric", Counter())
            if self.write:
                version = assessment.store_rubric_draft(actor=self.actor, content=content, batch=self.wanted.batch)
                new = version.source_batch == self.wanted.batch
                counts[Action.NEW if new else Action.UNCHANGED] += 1
                if new:
                    self._keep([Stored(ref, "assessment.schemeversion", version.pk, Action.NEW)])
            else:
                counts[Action.UNCHANGED if rubric_again.is_stored(content) else Action.NEW] += 1
            self.done += sum(table.part.table.rows for table in mine)

    def _say(self, lines: Any) -> None:
        found = list(lines)
        self.outcome.findings.add(found)
        if self.said:
            self.said(found)


def _foreseen(intake: Any, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows one by one, after what planning them needs was looked up for some of them at once."""
    if not isinstance(intake, Foreseeing):
        yield from rows
        return
    while some := list(islice(rows, AHEAD)):
        intake.foresee(some)
        yield from some


def _chunks(planned: Iterator[Planned]) -> Iterator[list[Planned]]:
    chunk: list[Planned] = []
    for item in planned:
        chunk.append(item)
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def choices_from(stored: Mapping[str, Any]) -> Choices:
    """Return the choices kept with a batch."""
    day = stored.get("counted_on")
    return Choices(
        unit_id=int(stored["unit_id"]),
        ground=str(stored.get("ground", "")),
        purpose=str(stored.get("purpose", "")),
        kept=frozenset(stored.get("kept", ())),
        year=int(stored["year"]) if stored.get("year") else None,
        counted_on=date.fromisoformat(day) if day else None,
        all_or_nothing=bool(stored.get("all_or_nothing")),
        over_edits=bool(stored.get("over_edits")),
    )


def choices_as_json(choices: Choices) -> dict[str, Any]:
    """Return choices as plain values, to be kept with the batch."""
    return {
        "unit_id": choices.unit_id,
        "ground": choices.ground,
        "purpose": choices.purpose,
        "kept": sorted(choices.kept),
        "year": choices.year,
        "counted_on": (choices.counted_on or clock.today()).isoformat(),
        "all_or_nothing": choices.all_or_nothing,
        "over_edits": choices.over_edits,
    }
