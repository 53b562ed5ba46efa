"""Reading the data rows of a table: every cell through its column's reader, then the row as a whole, then the sums.

Rows come one by one; nothing is kept but what a later row may refer to (the last value of each column, for 同上) and
what tells repeated entries and printed sums.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wuyou.kernel.hanzi import squeeze
from wuyou.kernel.numberindex import NumberIndex
from wuyou.kernel.reading import Finding, Reading, Severity, empty, note, refused, warn
from wuyou.platform.imports.book import Area, Book, Sheet
from wuyou.platform.imports.codes import codes_in, decoded
from wuyou.platform.imports.columns import Around, Cell, Column, Policy
from wuyou.platform.imports.formsheet import form_rows, where_of
from wuyou.platform.imports.mapping import TableMapping
from wuyou.platform.imports.marks import is_own_ground
from wuyou.platform.imports.packed import Packed, Row, colour_of, column_letters, is_filled, text_of, unpack
from wuyou.platform.imports.sums import Sums
from wuyou.platform.imports.tables import FoundTable, Skip, TableForm
from wuyou.platform.imports.ticks import joined

_SAME_AS_ABOVE = frozenset(("同上", "〃", "同前", "″", '"', "''", "“", "”", "同上行", "同上格", "同上一行", "上同", "ditto",
                            "same", "sameasabove", "↑", "々"))  # fmt: skip
_MOST_KNOWN = 1_500
_BITS = (1 << 60) - 1
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_BARE_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line of the cells report: a cell whose taken value differs from what it shows, or that is spoken about."""

    file: str
    sheet: str
    where: str
    field: str
    raw: str
    value: str
    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> Severity:
        """The weight of the heaviest finding."""
        return Reading(None, "", self.findings).severity


@dataclass(slots=True)
class ReadRow:
    """A data row as it was understood: its readings by field, the cells as packed, and what is said of the whole row.

    `apart` holds by column what each said of a field that several columns feed; its reading is what they say together.
    """

    number: int
    readings: dict[str, Reading[Any]]
    cells: Sequence[Packed]
    filled: Mapping[int, Packed] = field(default_factory=dict)
    apart: Mapping[int, Reading[Any]] = field(default_factory=dict)
    lines: list[CellLine] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        """The weight of the heaviest finding in the row."""
        worst = Severity.OK
        for reading in self.readings.values():
            if reading.findings and (severity := reading.severity) is not Severity.OK:
                if severity is Severity.ERROR:
                    return severity
                worst = severity
        return Severity.WARN if self.lines else worst


def year_of(table: FoundTable, sheet: str, file: str) -> int | None:
    """Return the year that the table speaks of by its title, its sheet's or its file's name; None when none is said."""
    for text in (table.title, sheet, file):
        if found := _YEAR.search(text):
            return int(found.group(1))
    found = _BARE_YEAR.search(f"{sheet} {file}")
    return int(found.group(1)) if found else None


class _RowCells(Mapping[str, Cell]):
    """The cells of the row being read, by field name, made only when a reader asks; remembers that one asked."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self.row = Row(0, hidden=False, cells=())
        self.filled: Mapping[int, Packed] = {}
        self.asked = False

    def __getitem__(self, name: str) -> Cell:
        self.asked = True
        index = self._places[name]
        where = f"{column_letters(index)}{self.row.number}"
        if index in self.filled:
            return unpack(self.filled[index], where, merged=True)
        return unpack(self.row.cells[index] if index < len(self.row.cells) else None, where)

    def __iter__(self) -> Iterator[str]:
        self.asked = True
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _ColumnReader:
    """Reads the cells of one column, each distinct text once unless the answer hangs on the rest of the row."""

    def __init__(self, column: Column, index: int, around: Around, row: _RowCells) -> None:
        self.column, self.index, self.letters = column, index, column_letters(index)
        self.name = column.field
        self._around, self._row = around, row
        self._codes = codes_in(around.header)
        self._known: dict[Packed | tuple[Any, ...], Reading[Any]] = {}
        self._since = 0
        self._remembers = True
        self._above: Reading[Any] | None = None

    def read(self, packed: Packed, number: int, *, merged: bool) -> Reading[Any]:
        """Return the reading of a cell; keeps it as what 同上 in the next row means."""
        key: Any = tuple(packed) if isinstance(packed, list) else packed
        reading = self._known.get(key) if self._remembers and not merged else None
        if reading is None:
            reading = self._fresh(packed, key, number, merged=merged)
        if reading.text or reading.findings:
            self._above = reading
        return reading

    def _fresh(self, packed: Packed, key: Any, number: int, *, merged: bool) -> Reading[Any]:
        if isinstance(packed, str) and len(packed) < 12 and squeeze(packed).lower() in _SAME_AS_ABOVE:
            return self._same_as_above()
        cell = unpack(packed, f"{self.letters}{number}", merged=merged)
        self._row.asked = False
        reading = self._of(cell)
        plain = not isinstance(packed, list) or len(packed) == 3
        if self._remembers and plain and not merged and not self._row.asked:
            self._remember(key, reading, number)
        return reading

    def _remember(self, key: Any, reading: Reading[Any], number: int) -> None:
        """Keep the reading for the next equal text; a column of ever new texts is not remembered any more."""
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
            self._remembers = number - self._since > 3 * _MOST_KNOWN
            self._since = number
        self._known[key] = reading

    def _of(self, cell: Cell) -> Reading[Any]:
        if cell.error:
            return refused("excel_error_value", shown=cell.text)
        if cell.formula and not cell.text and cell.raw is None:
            return refused("formula_without_result")
        if self._codes:
            told = decoded(cell, self._codes)
            if told is None:
                return refused("not_in_list", word=cell.text)
            cell = told
        reading = self.column.read(cell, self._around)
        if self.column.required and not reading.text and not reading.findings:
            return refused("required_missing", field=str(self.column.label))
        return reading

    def _same_as_above(self) -> Reading[Any]:
        above = self._above
        if above is None:
            return refused("same_as_above_nothing")
        if above.refused:
            return above
        return Reading(above.value, above.text, (note("same_as_above"),))


class TableReader:
    """Reads one mapped table. Walk `rows()` to the end, then `sum_lines()` tells the printed sums that are wrong."""

    def __init__(
        self,
        book: Book,
        sheet: Sheet,
        table: FoundTable,
        mapping: TableMapping,
        *,
        settings: Mapping[str, Any] | None = None,
        year: int | None = None,
    ) -> None:
        self.table, self.mapping = table, mapping
        self._book, self._sheet = book, sheet
        self._year = year if year is not None else year_of(table, sheet.name, book.name)
        taken = [
            (match.column, match.index, match.header)
            for match in mapping.matches
            if match.column is not None and match.policy in (Policy.STORE, Policy.ASK_PURPOSE)
        ]
        self._view = _RowCells({column.field: index for column, index, _ in reversed(taken)})
        self._around = Around(
            "", table.title, sheet.name, book.name, self._year, self._view, settings if settings is not None else {}
        )
        self._readers = [
            _ColumnReader(column, index, replace(self._around, header=header), self._view)
            for column, index, header in taken
        ]
        self._places = {reader.name: reader.index for reader in reversed(self._readers)}
        self._shared = len(self._places) < len(self._readers)
        self._merges = self._vertical_merges()
        self._sums = Sums(table, self._places, mapping.kind.cap if mapping.kind else None)
        self._seen = NumberIndex()
        self._identity = self._identity_fields()
        self._telling = self._telling_colours()
        self.counts = {"rows": 0, "clean": 0, "warned": 0, "refused": 0}

    def _vertical_merges(self) -> list[Area]:
        """Return the merged areas of several data rows, by their top row, last first."""
        table = self.table
        return sorted(
            (a for a in self._sheet.merged if a.bottom > a.top and a.bottom >= table.first_row and a.top <= table.last_row),
            key=lambda area: -area.top,
        )  # fmt: skip

    def _identity_fields(self) -> tuple[str, ...]:
        """Return the fields by which a repeated entry is told: the kind's own, else all but the serial number."""
        kind = self.mapping.kind
        own = [name for name in (kind.identity if kind else ()) if name in self._places]
        if kind and kind.identity and len(own) == len(kind.identity):
            return tuple(own)
        return tuple(name for name in self._places if name != "seq")

    def _telling_colours(self) -> dict[int, frozenset[str]]:
        """Return by column the colours that only few of its cells have, and so may mean something."""
        few = {}
        for column in self.table.columns:
            rare = {colour for colour, count in column.colours.items()
                    if count < 0.3 * max(column.filled, 1) and not is_own_ground(colour)}  # fmt: skip
            if rare:
                few[column.index] = frozenset(rare)
        return few

    def rows(self) -> Iterator[ReadRow]:
        """Yield the data rows in order, each read completely."""
        table = self.table
        if not table.rows:
            return
        open_areas: dict[int, tuple[Area, Packed]] = {}
        if table.form is TableForm.FORM:
            yield from (self._read_row(row, {}) for row in form_rows(self._book, self._sheet, table))
            return
        for row in self._book.rows(self._sheet):
            if row.number > max(table.last_row, max(table.skipped, default=0)):
                break
            reason = table.skipped.get(row.number)
            if reason in (Skip.TOTAL, Skip.SUBTOTAL):
                self._read_total(row, reason)
            if reason is not None or not table.first_row <= row.number <= table.last_row:
                continue
            filled = self._filled_by_merging(row, open_areas) if self._merges or open_areas else {}
            yield self._read_row(row, filled)

    def _filled_by_merging(self, row: Row, open_areas: dict[int, tuple[Area, Packed]]) -> dict[int, Packed]:
        """Return by column what merged areas that began above put into this row."""
        while self._merges and self._merges[-1].top <= row.number:
            area = self._merges.pop()
            packed = row.cells[area.left] if area.top == row.number and area.left < len(row.cells) else None
            if is_filled(packed):
                open_areas[area.left] = (area, packed)
        for column in [column for column, (area, _) in open_areas.items() if area.bottom < row.number]:
            del open_areas[column]
        return {
            column: packed
            for column, (area, packed) in open_areas.items()
            if area.top < row.number and not (column < len(row.cells) and is_filled(row.cells[column]))
        }

    def _read_row(self, row: Row, filled: Mapping[int, Packed]) -> ReadRow:
        view, cells, number = self._view, row.cells, row.number
        view.row, view.filled = row, filled
        width = len(cells)
        readings: dict[str, Reading[Any]] = {}
        apart: dict[int, Reading[Any]] = {}
        for reader in self._readers:
            index, name = reader.index, reader.name
            if index in filled:
                reading = reader.read(filled[index], number, merged=True)
            else:
                reading = reader.read(cells[index] if index < width else None, number, merged=False)
            if self._shared:
                apart[index] = reading
                reading = joined(readings[name], reading) if name in readings else reading
            readings[name] = reading
        kind = self.mapping.kind
        if kind is not None and kind.check_row is not None:
            readings.update(kind.check_row(readings, self._around))
        found = ReadRow(number, readings, cells, filled, apart)
        self._sums.add(readings)
        self._say_colour(found)
        self._say_repeated(found)
        self._count(found)
        return found

    def _count(self, row: ReadRow) -> None:
        self.counts["rows"] += 1
        severity = row.severity
        name = {Severity.OK: "clean", Severity.WARN: "warned", Severity.ERROR: "refused"}[severity]
        self.counts[name] += 1

    def _line(self, where: str, name: str, raw: str, value: str, *findings: Finding) -> CellLine:
        return CellLine(self._book.name, self._sheet.name, where, name, raw, value, findings)

    def _say_colour(self, row: ReadRow) -> None:
        """Warn once a row where the colour or strike of a cell, unusual in its column, may mean something."""
        for column, rare in self._telling.items():
            packed = row.cells[column] if column < len(row.cells) else None
            if isinstance(packed, list) and colour_of(packed) in rare:
                remark = next(
                    (text for text in self.table.notes if re.search(r"[红黄蓝绿紫橙灰]色?|颜色|底色|删除线", text)), ""
                )
                finding = warn("meaning_in_colour", note=remark, shown=text_of(packed))
                row.lines.append(
                    self._line(f"{column_letters(column)}{row.number}", "colour", text_of(packed), "", finding)
                )
                return

    def _say_repeated(self, row: ReadRow) -> None:
        """Warn when all that identifies the entry was read in an earlier row of the table."""
        texts = [row.readings[name].text for name in self._identity]
        if len(texts) < 2 or sum(map(bool, texts)) < max(2, len(texts) / 2):
            return
        mark = hash(tuple(texts)) & _BITS or 1
        first = next(self._seen.find(mark), None)
        if first is None:
            self._seen.add(mark, row.number)
        else:
            where = where_of(self.table, self.table.columns[0].index, row.number)
            finding = warn("duplicate_row", row=str(first))
            row.lines.append(self._line(where, "row", "", str(first), finding))

    def _read_total(self, row: Row, reason: Skip) -> None:
        """Read a printed sum with the same readers, so that 万元 and 元 are one thing."""
        printed: dict[str, Reading[Any]] = {}
        for reader in self._readers:
            packed = row.cells[reader.index] if reader.index < len(row.cells) else None
            if is_filled(packed):
                cell = unpack(packed, f"{reader.letters}{row.number}")
                # "100+10" tells two sums in one cell: no reader of single values knows what to make of it
                silent = cell.error or "+" in cell.text
                printed[reader.name] = empty() if silent else reader.column.read(cell, self._around)
        texts = {column: text_of(packed) for column, packed in enumerate(row.cells) if is_filled(packed)}
        self._sums.close(row.number, reason, printed, texts)

    def sum_lines(self) -> list[CellLine]:
        """Return a line for each printed sum that differs from its parts; call after the last row."""
        return [
            self._line(
                f"{column_letters(column)}{row}", name, shown, right, warn("sum_mismatch", printed=said, sum=right)
            )
            for row, column, name, shown, said, right in self._sums.wrong()
        ]

    def lines(self, row: ReadRow) -> Iterator[CellLine]:
        """Yield the cell lines of a row: differing, warned and refused cells, then what is said of the whole row."""
        cells, is_plain = row.cells, not row.filled and not row.apart
        for reader in self._readers:
            packed = cells[reader.index] if reader.index < len(cells) else None
            reading = row.readings[reader.name]
            if is_plain and not reading.findings and reading.text == (packed or ""):
                continue  # nearly every cell: taken as it shows
            reading = self._said_in(row, reader)
            shown = "" if reader.index in row.filled else text_of(packed)
            computed = isinstance(packed, list) and len(packed) > 3 and packed[3]
            if reading.text != shown or computed or reading.severity is not Severity.OK:
                where = where_of(self.table, reader.index, row.number)
                yield self._line(where, reader.name, shown, reading.text, *reading.findings)
        yield from row.lines

    @staticmethod
    def _said_in(row: ReadRow, reader: _ColumnReader) -> Reading[Any]:
        """Return what is said of the reader's own cell; a whole row's contradiction is said at each of its columns."""
        whole, own = row.readings[reader.name], row.apart.get(reader.index)
        if own is None or (own.value is not None and whole.refused):
            return whole
        return own
