"""Walking the rows of a batch's files: opened, understood, and read one by one in the order of the kinds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wuyou.intake.kinds import KINDS
from wuyou.intake.planning import RowRef
from wuyou.kernel.reading import Reading, Severity
from wuyou.platform.imports.analysis import Part, analyse
from wuyou.platform.imports.book import Book, open_book
from wuyou.platform.imports.columns import Policy
from wuyou.platform.imports.mapping import How, Match
from wuyou.platform.imports.packed import column_letters
from wuyou.platform.imports.reader import CellLine, ReadRow, TableReader
from wuyou.platform.imports.report import table_report

Edits = Mapping[str, Mapping[str, str]]
"""What the office changed of the mapping: "file/sheet/table" -> {column letters: field, or "" for not stored}."""


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

    def report(self) -> dict[str, Any]:
        """Return the table's report with its counts."""
        return {"key": self.key, **table_report(self.name, self.part, self.counts)}


class Files:
    """The opened files of a batch; a context, as each holds its rows in a temporary file."""

    def __init__(
        self,
        files: Sequence[tuple[str, Path]],
        *,
        only: str | None = None,
        remembered: Mapping[str, Mapping[str, str]] | None = None,
        edits: Edits | None = None,
    ) -> None:
        """Open each (name, path); raises FileRefused for the first that cannot be read."""
        self._stack = ExitStack()
        self.tables: list[Opened] = []
        kinds = [kind.columns for kind in KINDS.values()]
        try:
            for number, (name, path) in enumerate(files):
                book = self._stack.enter_context(open_book(path, name))
                for part in analyse(book, kinds, remembered=remembered, only=only):
                    opened = Opened(number, name, book, part)
                    opened.part = _edited(part, (edits or {}).get(opened.key, {}))
                    self.tables.append(opened)
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> "Files":
        return self

    def __exit__(self, *fault: object) -> None:
        self._stack.close()

    def readable(self, kind: str) -> list[Opened]:
        """Return the tables of one kind from which rows can be taken."""
        return [table for table in self.tables if table.kind == kind and table.part.is_readable]

    @property
    def rows(self) -> int:
        """How many data rows there are in all readable tables."""
        return sum(table.part.table.rows for table in self.tables if table.part.is_readable)


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


def problems(lines: Sequence[CellLine]) -> tuple[int, int]:
    """Return how many lines refuse and how many warn."""
    weights = [line.severity for line in lines]
    return weights.count(Severity.ERROR), weights.count(Severity.WARN)


def _edited(part: Part, edits: Mapping[str, str]) -> Part:
    if not edits or part.mapping.kind is None:
        return part
    known = {column.field: column for column in part.mapping.kind.columns}
    matches = tuple(_chosen(m, known, edits.get(column_letters(m.index))) for m in part.mapping.matches)
    return replace(part, mapping=replace(part.mapping, matches=matches))


def _chosen(match: Match, known: Mapping[str, Any], wanted: str | None) -> Match:
    if wanted is None or wanted == match.field:
        return match
    return replace(match, column=known.get(wanted), confidence=1.0, how=How.CHOSEN)
