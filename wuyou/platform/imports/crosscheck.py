"""A printed overview (汇总) against the tables that it sums up: rows counted and numbers added again, sheet by sheet."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from wuyou.kernel.hanzi import fold
from wuyou.kernel.reading import warn
from wuyou.platform.imports.analysis import Part
from wuyou.platform.imports.book import Book
from wuyou.platform.imports.columns import ImportKind
from wuyou.platform.imports.headerscore import header_score
from wuyou.platform.imports.packed import Row, column_letters, is_filled, text_of
from wuyou.platform.imports.reader import CellLine, ReadRow
from wuyou.platform.imports.sums import number_in
from wuyou.platform.imports.tables import FoundTable, Skip
from wuyou.platform.imports.words import plain_header, shape

_COUNT_OF_ROWS = re.compile(r"(?:组织|基层|登记|总)(?:总|个)?数$|^(?:个数|总数|数量)$")
_ALIKE_FROM = 0.75


@dataclass
class Tally:
    """What one read table adds up to: its rows, and the sum of each numeric field that has no refused cell."""

    sheet: str
    kind: ImportKind
    rows: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def add(self, row: ReadRow) -> None:
        """Add a data row."""
        self.rows += 1
        for name, reading in row.readings.items():
            if reading.refused:
                self.unknown.add(name)
            elif reading.value is not None and (number := number_in(reading)) is not None:
                self.sums[name] = self.sums.get(name, Decimal(0)) + number

    def expected(self, header: str) -> Decimal | None:
        """Return what a column with this header should say of the table; None when that cannot be told."""
        scored = [(header_score(header, column)[0], column.field) for column in self.kind.columns]
        alike, name = max(scored, default=(0.0, ""))
        if alike >= _ALIKE_FROM and name in self.sums:
            if name in self.unknown:
                return None
            return self.sums[name] / (10_000 if "万元" in fold(header) else 1)
        return Decimal(self.rows) if _COUNT_OF_ROWS.search(plain_header(header)) else None


def overview_lines(book: Book, part: Part, tallies: Mapping[str, Tally]) -> Iterator[CellLine]:
    """Yield a line for each number of an overview that differs from the table of that sheet, or from its own column.

    `tallies` are those of the same file, by sheet name; a row belongs to the sheet that its first words name.
    """
    table = part.table
    sums: dict[int, Decimal] = {}
    for row in book.rows(part.sheet):
        if table.is_data(row.number):
            for column, number in _numbers(row, table).items():
                sums[column] = sums.get(column, Decimal(0)) + number
            yield from _against_tables(book, part, row, tallies)
        elif table.skipped.get(row.number) is Skip.TOTAL:
            for column, number in _numbers(row, table).items():
                if column in sums and number != sums[column]:
                    yield _line(book, part, row, column, sums[column])


def _numbers(row: Row, table: FoundTable) -> dict[int, Decimal]:
    """Return the numbers of a row by column; the serial number is none of them."""
    found = {}
    for column in table.columns:
        packed = row.cells[column.index] if column.index < len(row.cells) else None
        if is_filled(packed) and plain_header(column.header) not in ("序号", "编号"):
            # a cell that holds words is no number, and no fault here
            with contextlib.suppress(InvalidOperation):
                found[column.index] = Decimal(fold(text_of(packed)).replace(",", "").strip())
    return found


def _against_tables(book: Book, part: Part, row: Row, tallies: Mapping[str, Tally]) -> Iterator[CellLine]:
    named = next((text_of(cell).strip() for cell in row.cells if is_filled(cell) and shape(text_of(cell)) == "t"), "")
    tally = tallies.get(named)
    if tally is None:
        return
    for column, number in _numbers(row, part.table).items():
        header = next(found.header for found in part.table.columns if found.index == column)
        expected = tally.expected(header)
        if expected is not None and expected != number:
            yield _line(book, part, row, column, expected)


def _line(book: Book, part: Part, row: Row, column: int, right: Decimal) -> CellLine:
    shown = text_of(row.cells[column])
    text = f"{right.normalize():f}"
    finding = warn("sum_mismatch", printed=shown, sum=text)
    return CellLine(book.name, part.sheet.name, f"{column_letters(column)}{row.number}", "sum", shown, text, (finding,))
