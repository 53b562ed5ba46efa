"""Forms: sheets on which words stand beside their values, one record a form, or one record a column of a turned list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wuyou.platform.imports.book import Book, Sheet
from wuyou.platform.imports.headers import filled_columns
from wuyou.platform.imports.packed import Packed, Row, column_letters, text_of
from wuyou.platform.imports.rowwords import is_note, is_signature, total_word
from wuyou.platform.imports.tables import FoundColumn, FoundTable, Place, TableForm
from wuyou.platform.imports.words import Vocabulary, is_label, plain_header

_MOST_ROWS = 60
_REACH = 3
"""A value stands at most so many columns to the right of its word."""


@dataclass(slots=True)
class _Line:
    """A row of a form: its words by column, and the columns in which values stand."""

    row: Row
    labels: list[int]
    filled: list[int]


class FormFinder:
    """Tells whether rows are forms, and which value belongs to which word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def is_form(self, window: Sequence[Row]) -> bool:
        """Tell whether known words stand beside their values, scattered over rows, and never as a header row."""
        lines = [line for row in window if (line := self._line(row)).labels]
        total = sum(len(line.labels) for line in lines)
        if len(lines) < 0.5 * sum(len(filled_columns(row)) > 1 for row in window):
            return False
        if len(lines) < 3 or total < 5 or max(len(line.labels) for line in lines) > max(0.4 * total, 4):
            return False
        words = [_word(line, column) for line in lines for column in line.labels]
        times = _times(words)
        if len(window) > _MOST_ROWS * min(times, 2) or (times == 1 and len(set(words)) < 0.75 * len(words)):
            return False  # 组长 in every row is a value of a list
        # in a form words stand under words
        return max(sum(column in line.labels for line in lines) for column in range(200)) >= 0.5 * len(lines)

    def _line(self, row: Row) -> _Line:
        """Return the row with its known words when most of them have a value to their right, else without any."""
        filled = filled_columns(row)
        texts = {column: text_of(row.cells[column]).strip() for column in filled}
        labels = [c for c in filled if self._vocabulary.knows(texts[c]) >= 0.8 and total_word(texts[c]) is None]
        beside = [c for c in labels if any(other not in labels for other in filled if c < other <= c + _REACH)]
        is_one = len(beside) >= 0.5 * len(labels) and len(labels) <= 0.5 * len(filled) + 1
        is_one = is_one and (3 * len(labels) >= len(filled) or labels == filled[:1])
        return _Line(row, labels if is_one else [], filled)

    def read(self, rows: Sequence[Row], table: FoundTable) -> None:
        """Fill the table with a column for each word and a record for each form; `rows` are all rows of the sheet."""
        table.form = TableForm.FORM
        lines = [self._line(row) for row in rows]
        standing = _standing(lines)
        for line in lines:
            line.labels = [column for column in line.labels if column in standing]  # 侨眷 may be a value as well
        self._take_unknown(lines, standing)
        turned = _is_turned(lines)
        columns: dict[str, FoundColumn] = {}
        for word, places in _values(lines, turned=turned):
            key = plain_header(word) or word
            column = columns.setdefault(key, FoundColumn(len(columns), word))
            _add(table, column, places, turned=turned)
        table.columns = list(columns.values())
        table.rows = len(table.records)
        first = next((place for place, line in enumerate(lines) if line.labels), len(lines))
        said = [" ".join(text_of(line.row.cells[c]).strip() for c in line.filled) for line in lines if not line.labels]
        table.title = "\n".join([*([table.title] if table.title else []), *said[:first]])
        table.notes = said[first:]

    @staticmethod
    def _take_unknown(lines: Sequence[_Line], standing: set[int]) -> None:
        """Take words never seen before that stand where the known words stand, with a value beside them."""
        for line in lines:
            for place, column in enumerate(line.filled):
                text = text_of(line.row.cells[column]).strip()
                beside = place + 1 < len(line.filled) and line.filled[place + 1] <= column + _REACH
                open_word = column in standing and column not in line.labels and is_label(text.rstrip(":："))
                if open_word and beside and not is_signature(text) and not is_note(text):
                    line.labels.append(column)
            line.labels.sort()


def _standing(lines: Sequence[_Line]) -> set[int]:
    """Return the columns in which words stand rather than values."""
    told = [line for line in lines if line.labels]
    columns = {column for line in told for column in line.labels}
    return {
        column
        for column in columns
        if sum(column in line.labels for line in told) >= 0.6 * sum(column in line.filled for line in told)
    }


def _word(line: _Line, column: int) -> str:
    return plain_header(text_of(line.row.cells[column]))


def _times(words: Sequence[str]) -> int:
    """Return how many times over the words are one and the same run: so many forms stand below each other."""
    size = len(words)
    for run in range(3, size // 2 + 1):
        if size % run == 0 and list(words) == list(words[:run]) * (size // run):
            return size // run
    return 1


def _is_turned(lines: Sequence[_Line]) -> bool:
    """Tell whether the words stand in one column only and most have several values: a list turned on its side."""
    told = [line for line in lines if line.labels]
    if len({column for line in told for column in line.labels}) != 1:
        return False
    return sum(len(line.filled) > len(line.labels) + 1 for line in told) >= 0.6 * len(told)


def _values(lines: Sequence[_Line], *, turned: bool) -> Iterator[tuple[str, list[tuple[Place, Packed]]]]:
    """Yield each word with the places and contents of its values: one, none, or in a turned list several."""
    for line in lines:
        for place, column in enumerate(line.labels):
            end = line.labels[place + 1] if place + 1 < len(line.labels) else len(line.row.cells)
            found = [other for other in line.filled if column < other < end]
            values: list[tuple[Place, Packed]] = [
                (Place(line.row.number, other, column + 1 if turned else 0), line.row.cells[other])
                for other in (found if turned else found[:1])
            ]
            yield text_of(line.row.cells[column]).strip().rstrip(":："), values


def _add(table: FoundTable, column: FoundColumn, values: Sequence[tuple[Place, Packed]], *, turned: bool) -> None:
    """Add a word's values to the records; a word that the form at hand has already begins the next form."""
    if turned:
        for place, packed in values:
            at = place.column - place.first
            while len(table.records) <= at:
                table.records.append({})
            _note(table, at, column, place, packed)
        return
    if not table.records or column.index in table.records[-1]:
        table.records.append({})
    table.records[-1].setdefault(column.index, None)
    for place, packed in values:
        _note(table, len(table.records) - 1, column, place, packed)


def _note(table: FoundTable, at: int, column: FoundColumn, place: Place, packed: Packed) -> None:
    table.records[at][column.index] = place
    column.filled += 1
    column.samples.append(text_of(packed))
    table.first_row = min(table.first_row or place.row, place.row)
    table.last_row = max(table.last_row, place.row)


def form_rows(book: Book, sheet: Sheet, table: FoundTable) -> Iterator[Row]:
    """Yield a row for each filled-in form, its cells in the order of the table's columns.

    The row's number is that of the form's first value; in a turned list, whose values share rows, the column's (B is 2).
    """
    wanted = {place.row for record in table.records for place in record.values() if place is not None}
    rows = {row.number: row for row in book.rows(sheet) if row.number in wanted}
    for record in table.records:
        places = {index: place for index, place in record.items() if place is not None}
        if places:
            cells = [rows[places[c.index].row].cells[places[c.index].column] if c.index in places else None
                     for c in table.columns]  # fmt: skip
            yield Row(_number(places.values()), rows[next(iter(places.values())).row].hidden, cells)


def _number(places: Iterable[Place]) -> int:
    first = next(iter(places))
    return first.column + 1 if first.first else first.row


def where_of(table: FoundTable, index: int, number: int) -> str:
    """Return the address of a cell ("K17"); of a form the real one of the value in its numbered record."""
    if table.form is not TableForm.FORM:
        return f"{column_letters(index)}{number}"
    for record in table.records:
        places = [place for place in record.values() if place is not None]
        if places and _number(places) == number:
            place = record.get(index) or places[0]
            return f"{column_letters(place.column)}{place.row}"
    return f"{column_letters(index)}{number}"
