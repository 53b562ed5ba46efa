"""Walking the rows of a batch's files: opened, understood, and read one by one in the order of the kinds."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wuyou.intake.findings import HIDDEN_FIELDS
from wuyou.intake.keeping import KeptFile
from wuyou.intake.kinds import KINDS
from wuyou.intake.planning import RowRef
from wuyou.kernel.reading import Reading
from wuyou.platform.imports.analysis import Part, analyse, batch_of
from wuyou.platform.imports.book import Book, open_book
from wuyou.platform.imports.columns import Policy
from wuyou.platform.imports.mapping import How, Mapper, Match, TableMapping
from wuyou.platform.imports.packed import column_letters
from wuyou.platform.imports.reader import CellLine, ReadRow, TableReader
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.report import table_report
from wuyou.platform.imports.sentences import table_sentence

Edits = Mapping[str, Mapping[str, str]]
"""What the office changed: "file/sheet/table" -> {column letters: field, or "" for not stored}.

Under `WHOLE` stands the kind that the whole table is, "" when nothing is to be taken from it.
"""
WHOLE = "*"
Given = Path | KeptFile
"""A file of this machine, or one that a batch keeps."""
LEFT_OUT = "left_out"
_SAMPLES = 3
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")


@dataclass(slots=True)
class Opened:
    """One table of the batch, ready to be read: its file's number and name, its part, and its counts."""

    file: int
    name: str
    book: Book
    part: Part
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the table is called in edits and reports."""
        return f"{self.file}/{self.part.table.sheet}/{self.part.table.number}"

    @property
    def kind(self) -> str:
        """The name of its kind; "summary" or "unknown" when no rows are taken from it."""
        return self.part.mapping.name

    def report(self, *, samples: bool = False) -> dict[str, Any]:
        """Return the table's report with its counts; with `samples`, also some values of each column to recognise it by."""
        report = {"key": self.key, **table_report(self.name, self.part, self.counts)}
        report["sentence"] = table_sentence(self.part.table.form.value)
        if samples:
            for column, found, match in zip(
                report["columns"], self.part.table.columns, self.part.mapping.matches, strict=False
            ):
                column["samples"] = _samples(found.samples, match)
                column["sure"] = match.sure or match.how in (How.CHOSEN, How.REMEMBERED)
        return report


class Files:
    """The opened files of a batch; a context, as each holds its rows in a temporary file.

    `continues` is the number of the batch for which one of the files was given back with its errors marked, "" for none.
    """

    def __init__(
        self,
        files: Sequence[tuple[str, Given]],
        *,
        only: Sequence[str] = (),
        remembered: Mapping[str, Mapping[str, str]] | None = None,
        edits: Edits | None = None,
    ) -> None:
        """Open each (name, file); `only` names the kinds that are taken, () for all.

        Raises FileRefused for the first file that cannot be read; its word `file` names it.
        """
        self._stack = ExitStack()
        self.tables: list[Opened] = []
        self.continues = ""
        self._kinds = [kind.columns for kind in KINDS.values()]
        self._only, self._remembered, self._edits = tuple(only), remembered or {}, edits or {}
        try:
            for number, (name, given) in enumerate(files):
                self._open(number, name, given)
        except BaseException:
            self._stack.close()
            raise

    def _open(self, number: int, name: str, given: Given) -> None:
        try:
            book = self._stack.enter_context(given.book() if isinstance(given, KeptFile) else open_book(given, name))
        except FileRefused as refusal:
            raise FileRefused(refusal.code, **{**refusal.words, "file": name}) from refusal
        parts = analyse(book, self._kinds, remembered=self._remembered)
        if self._only and not any(part.mapping.name in self._only and part.is_readable for part in parts):
            parts = analyse(book, self._kinds, remembered=self._remembered, only=self._only[0])
        self.continues = self.continues or batch_of(book, parts)
        for part in parts:
            opened = Opened(number, name, book, part)
            opened.part = self._edited(part, self._edits.get(opened.key, {}))
            self.tables.append(opened)

    def _edited(self, part: Part, edits: Mapping[str, str]) -> Part:
        kind = edits.get(WHOLE)
        if kind is not None and kind != part.mapping.name:
            part = replace(part, mapping=self._mapped(part, kind))
        return _with_columns(part, edits)

    def _mapped(self, part: Part, kind: str) -> TableMapping:
        if not kind:
            return replace(part.mapping, kind=None, name=LEFT_OUT)
        return Mapper(self._kinds, self._remembered).map(part.table, only=kind)

    def __enter__(self) -> "Files":
        return self

    def __exit__(self, *fault: object) -> None:
        self._stack.close()

    def readable(self, kind: str) -> list[Opened]:
        """Return the tables of one kind from which rows can be taken."""
        return [table for table in self.tables if table.kind == kind and self._taken(table)]

    def _taken(self, table: Opened) -> bool:
        """Tell whether rows are taken from a table: a list of a known kind, of the chosen kinds or chosen by itself."""
        chosen = not self._only or table.kind in self._only or WHOLE in self._edits.get(table.key, {})
        return chosen and table.part.is_readable

    @property
    def rows(self) -> int:
        """How many data rows there are in all readable tables."""
        return sum(table.part.table.rows for table in self.tables if self._taken(table))


def rows_of(
    table: Opened,
    settings: Mapping[str, Any],
    kept: frozenset[str],
    *,
    year: int | None = None,
    said: Callable[[Iterator[CellLine]], None] | None = None,
) -> Iterator[tuple[RowRef, dict[str, Reading[Any]], ReadRow]]:
    """Yield each data row with its readings; columns under a purpose that was not confirmed are left out.

    `said` is given the lines of each row, and at the end those of the printed sums.
    """
    reader = TableReader(
        table.book, table.part.sheet, table.part.table, table.part.mapping, settings=settings, year=year
    )
    guarded = {m.field for m in table.part.mapping.matches if m.policy is Policy.ASK_PURPOSE} - kept
    for row in reader.rows():
        if said:
            said(reader.lines(row))
        readings = {n: r for n, r in row.readings.items() if n not in guarded} if guarded else row.readings
        yield RowRef(table.file, table.part.sheet.name, row.number), readings, row
    if said:
        said(iter(reader.sum_lines()))
    table.counts.update(reader.counts)


def _with_columns(part: Part, edits: Mapping[str, str]) -> Part:
    if not edits or part.mapping.kind is None:
        return part
    known = {column.field: column for column in part.mapping.kind.columns}
    matches = tuple(_chosen(m, known, edits.get(column_letters(m.index))) for m in part.mapping.matches)
    return replace(part, mapping=replace(part.mapping, matches=matches))


def _samples(texts: Sequence[str], match: Match) -> list[str]:
    """Return some of a column's values to recognise it by; none of what may not be kept or must not be seen."""
    if match.policy in (Policy.REFUSE, Policy.ASK_PURPOSE) or match.field in HIDDEN_FIELDS:
        return []
    different = dict.fromkeys(" ".join(text.split())[:24] for text in texts if text.strip())
    return [masked_digits(text) for text in list(different)[:_SAMPLES]]


def masked_digits(text: str) -> str:
    """Return a text with long numbers hidden but for their ends: a column nobody recognised may hold anything."""
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****{found[0][-2:]}", text)


def _chosen(match: Match, known: Mapping[str, Any], wanted: str | None) -> Match:
    if wanted is None or wanted == match.field:
        return match
    return replace(match, column=known.get(wanted), confidence=1.0, how=How.CHOSEN)
