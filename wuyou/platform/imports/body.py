"""The rows under one header: which are data, and what the others are."""

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from wuyou.platform.imports.book import Sheet
from wuyou.platform.imports.headers import Header, HeaderFinder, filled_columns
from wuyou.platform.imports.packed import Row, colour_of, text_of
from wuyou.platform.imports.rowwords import (
    adds_up,
    are_signatures,
    is_example,
    is_instruction,
    is_note,
    is_numbering,
    is_signature,
    number_of,
    total_word,
)
from wuyou.platform.imports.tables import FoundColumn, FoundTable, Skip
from wuyou.platform.imports.words import Vocabulary, is_label, plain_header, shape

_GAP_ENDS_TABLE = 40
"""So many blank rows in a sequence end a table: what follows is something else."""
_FULL_STATISTICS = 3000
_MOST_SAMPLES = 300
_KNOWN_WHOLE = 150
_MOST_STRAY = 3
"""A row of more cells than this does not stand under a table by chance."""


class _Lone(NamedTuple):
    """A line that stands alone: its row, its text, whether it stands in a merged line or beside the table (then it never
    signs), and its columns when it may be a row of the table after all, should more rows follow.
    """

    row: Row
    text: str
    apart: bool
    columns: Sequence[int] = ()


class Ahead(Protocol):
    """Rows that can be looked into before they are taken."""

    def look(self, count: int) -> list[Row]:
        """Return the next rows without taking them."""

    def take(self) -> Row | None:
        """Return the next row, None after the last."""


class Body:
    """The rows under one header, each told what it is."""

    def __init__(
        self, table: FoundTable, header: Header | None, sheet: Sheet, vocabulary: Vocabulary, window: Sequence[Row]
    ) -> None:
        self._table, self._sheet, self._vocabulary, self._header = table, sheet, vocabulary, header
        self._words = frozenset(map(plain_header, frozenset().union(*header.levels))) if header else frozenset()
        below = window[header.last + 1 if header else 0 :]
        columns = set(header.words if header else ())
        columns.update(self._unheaded(below, columns))
        for column in sorted(columns):
            words = header.words.get(column, "") if header else ""
            table.columns.append(FoundColumn(column, words, column in sheet.hidden_columns))
        self._columns = {column.index: column for column in table.columns}
        self._wide = {
            (area.top, area.left) for area in sheet.merged if area.right > area.left and area.bottom == area.top
        }
        self._lone: list[_Lone] = []
        self._blanks: list[int] = []
        self._seen = table.header_last

    @staticmethod
    def _unheaded(below: Sequence[Row], headed: set[int]) -> set[int]:
        """Return columns without a header word that a fair part of the rows fill."""
        rows = [filled_columns(row) for row in below[:40]]
        rows = [columns for columns in rows if len(columns) >= 2]
        found = {column for columns in rows for column in columns} - headed
        return {column for column in found if sum(column in columns for columns in rows) >= 0.2 * len(rows)}

    def take(self, ahead: Ahead) -> list[str]:
        """Take rows until the table ends; returns the lines that belong to what comes after."""
        while True:
            row = next(iter(ahead.look(1)), None)
            if row is None:
                break
            filled = filled_columns(row)
            if self._seen and self._is_end(row, filled, ahead):
                break
            ahead.take()
            self._see(row, filled)
        return self._finish(at_end=row is None)

    def _is_end(self, row: Row, filled: Sequence[int], ahead: Ahead) -> bool:
        """Tell whether another table begins here: after a long gap, or where a new header stands."""
        gap = row.number - self._seen
        if gap > _GAP_ENDS_TABLE:
            return True
        if len(filled) < 3 or not isinstance(row.cells[filled[0]], str | list):
            return False
        texts = [text_of(row.cells[column]).strip() for column in filled]
        if not all(map(is_label, texts)):
            return False
        if self._repeats_header(texts):
            return self._has_other_title()
        known = sum(self._vocabulary.knows(text) == 1.0 for text in texts)
        apart = gap > 1 or bool(self._lone) or self._contradicts(filled)
        if known < max(2, 0.5 * len(texts)) and not apart:
            return False
        header = HeaderFinder(ahead.look(40), self._sheet.merged, self._vocabulary).find(within=1)
        if header is None or self._repeats_header(list(header.words.values())):
            return False
        return header.score >= (0.5 if apart else 0.9)

    def _has_other_title(self) -> bool:
        """Tell whether a title of its own stands over the same header words, behind a blank row: then a table begins."""
        last = max((self._table.last_row, *self._table.skipped), default=0)
        if not self._lone or self._lone[0].row.number <= last + 1 or not self._table.rows:
            return False
        text = self._lone[-1].text
        return total_word(text) is None and not is_note(text) and text not in self._table.title

    def _contradicts(self, filled: Sequence[int]) -> bool:
        """Tell whether label words stand in at least two columns that hold numbers or dates so far."""
        found = 0
        for column in filled:
            samples = self._columns[column].samples[:20] if column in self._columns else []
            found += bool(samples) and sum(shape(text) in "ndi" for text in samples) >= 0.8 * len(samples)
        return found >= 2

    def _repeats_header(self, texts: Sequence[str]) -> bool:
        return bool(self._words) and sum(plain_header(text) in self._words for text in texts) >= 0.8 * len(texts)

    def _see(self, row: Row, filled: Sequence[int]) -> None:
        """Tell what the row is and note it."""
        if self._table.rows and row.number > self._seen + 1:
            self._blanks.extend(range(self._seen + 1, row.number))
        self._seen = row.number
        own = [column for column in filled if column in self._columns]
        if not own:
            self._lone.append(_Lone(row, " ".join(map(text_of, row.cells)).strip(), True))
            return
        text = text_of(row.cells[own[0]]).strip()
        if len(own) == 1:
            self._see_single(row, own[0], text)
        elif (reason := self._reason(row, own, text)) is None and self._is_stray(row, own):
            self._lone.append(_Lone(row, " ".join(text_of(row.cells[c]).strip() for c in own), False, own))
        elif reason is None:
            self._take_data(row, own)
        else:
            self._settle_lone()
            self._table.skipped[row.number] = reason

    def _see_single(self, row: Row, column: int, text: str) -> None:
        """A row with one cell: a total, a serial number without anything, a value of the column, or a line of text."""
        wide = (row.number, column) in self._wide
        samples = self._columns[column].samples
        if shape(text) in ("n", "d", "i") and not wide:
            if column == self._table.columns[0].index and shape(text) != "d":
                self._blanks.append(row.number)
            else:
                self._lone.append(_Lone(row, text, False, [column]))
        elif len(text) <= 8 and text.isalpha() and (total := total_word(text)) is not None:
            self._table.skipped[row.number] = total
        elif wide or not samples or not self._belongs(text, samples):
            self._lone.append(_Lone(row, text, wide))
        elif self._columns[column].filled >= 0.6 * self._table.rows:
            self._take_data(row, [column])
        else:
            self._lone.append(_Lone(row, text, False, [column]))

    @staticmethod
    def _belongs(text: str, samples: Sequence[str]) -> bool:
        """Tell whether a lone text looks like the column's other values: short words where short words stand."""
        texts = [sample for sample in samples[:60] if shape(sample) == "t"]
        if len(texts) < 0.6 * min(len(samples), 60) or is_note(text) or is_signature(text):
            return False
        longest = max(map(len, texts), default=0)
        return text in samples or (len(text) <= min(longest, 4) and not re.match(r"[一二三四五六七八九十]+[、.]", text))

    def _reason(self, row: Row, filled: Sequence[int], text: str) -> Skip | None:
        """Return why a row of several cells is no data, None when it is."""
        texts = [text_of(row.cells[column]).strip() for column in filled]
        if self._table.rows == 0 and is_numbering(texts):
            return Skip.REPEAT_HEADER
        if self._table.rows == 0 and is_instruction(texts):
            return Skip.NOTE
        if shape(text) in ("n", "d", "i") and len(filled) > 6:
            return None
        if len(filled) <= 8 and are_signatures(texts):
            return Skip.SIGNATURE
        if (reason := self._total(texts, filled)) is not None:
            return reason
        if self._repeats_header(texts):
            return Skip.REPEAT_HEADER
        if is_example(texts[0]) or (self._table.rows == 0 and any(is_example(text_of(cell)) for cell in row.cells)):
            return Skip.NOTE
        if is_note(texts[0]) and len(filled) <= 2 and len(texts[-1]) > 12:
            return Skip.NOTE
        return None

    def _total(self, texts: Sequence[str], filled: Sequence[int]) -> Skip | None:
        """Return which sum the row prints: by a word that is known, or by where an unknown one stands."""
        joined = texts[0] + texts[1] if len(texts[0]) == len(texts[1]) == 1 else ""  # 合 | 计
        for found in (joined, *texts[:3]):
            if (reason := total_word(found)) is not None:
                return reason
        if not self._leaves_out(filled) or (shape(texts[0]) != "t" and len(filled) < 2):
            return None
        is_headed = shape(texts[0]) == "t" and adds_up(texts[0]) and self._is_strange(filled[0])
        if not is_headed and not self._adds(texts, filled):
            return None
        return Skip.SUBTOTAL if "小" in texts[0] else Skip.TOTAL

    def _leaves_out(self, filled: Sequence[int]) -> bool:
        """Tell whether the row leaves most of those columns blank that nearly every row before it fills."""
        rows = min(self._table.rows, _FULL_STATISTICS)
        usual = [column for column in self._columns.values() if rows >= 2 and column.filled >= 0.8 * rows]
        return len(usual) >= 3 and sum(column.index in filled for column in usual) <= 0.5 * len(usual)

    def _is_stray(self, row: Row, filled: Sequence[int]) -> bool:
        """Tell whether a few cells look like nothing that stands above them: an office's name and a date, as at an end."""
        if len(filled) > _MOST_STRAY or not self._leaves_out(filled):
            return False
        for column in filled:
            samples = self._columns[column].samples[:60]
            shapes = [shape(sample) for sample in samples]
            text = text_of(row.cells[column]).strip()
            if text in samples or (shape(text) != "t" and shapes.count(shape(text)) >= 0.3 * len(shapes) > 0):
                return False
            if (
                shapes
                and shape(text) == "t"
                and shapes.count("t") >= 0.6 * len(shapes)
                and self._belongs(text, samples)
            ):
                return False
        return True

    def _adds(self, texts: Sequence[str], filled: Sequence[int]) -> bool:
        """Tell whether the row's numbers are the sums of their columns; only in a list short enough to be known whole."""
        if not 2 <= self._table.rows < _KNOWN_WHOLE:
            return False
        pairs = [(number_of(text), column) for text, column in zip(texts, filled, strict=True)]
        numbers = [(number, column) for number, column in pairs if number]
        return bool(numbers) and all(
            number == sum(number_of(sample) or 0 for sample in self._columns[column].samples)
            for number, column in numbers
        )

    def _is_strange(self, column: int) -> bool:
        """Tell whether words stand where the column holds numbers or nothing, so that they head the row."""
        samples = self._columns[column].samples[:60]
        return sum(shape(sample) == "t" for sample in samples) <= 0.2 * len(samples)

    def _take_data(self, row: Row, filled: Sequence[int]) -> None:
        table = self._table
        self._settle_lone()
        table.skipped.update(dict.fromkeys(self._blanks, Skip.BLANK))
        self._blanks.clear()
        table.first_row = table.first_row or row.number
        table.last_row = row.number
        table.rows += 1
        table.hidden_rows += row.hidden
        if table.rows > _FULL_STATISTICS and table.rows % 10:
            return
        for index in filled:
            column = self._columns[index]
            cell = row.cells[index]
            column.filled += 1
            if isinstance(cell, list) and (colour := colour_of(cell)):
                column.colours[colour] += 1
            if len(column.samples) < _MOST_SAMPLES and (table.rows < _KNOWN_WHOLE or table.rows % 7 == 0):
                column.samples.append(text_of(cell))

    def _settle_lone(self) -> None:
        """Say what the lone lines before this row are: sections when data follow, notes when they read like notes."""
        lone, self._lone = self._lone, []
        for row, text, _, columns in lone:
            number = row.number
            if columns:
                self._take_data(row, columns)
            elif is_note(text) or len(text) > 40:
                self._table.skipped[number] = Skip.NOTE
                self._table.notes.append(text)
            elif (total := total_word(text)) is not None:
                self._table.skipped[number] = total
            else:
                self._table.skipped[number] = Skip.SECTION

    def _take_numbers_at_end(self) -> None:
        """Take rows that hold a lone number as they are: the sum of its column without a word, or a row all the same."""
        while self._lone and self._lone[0].columns and all(shape(word) in "ni" for word in self._lone[0].text.split()):
            row, text, _, columns = self._lone.pop(0)
            if self._leaves_out(columns) and self._adds(text.split(), columns):
                self._table.skipped[row.number] = Skip.TOTAL
            else:
                rest, self._lone = self._lone, []
                self._take_data(row, columns)
                self._lone = rest

    def _finish(self, *, at_end: bool) -> list[str]:
        """Close the table: lines after the last row are notes or signatures, gaps between rows are blank rows."""
        table = self._table
        next_title = []
        self._take_numbers_at_end()
        for row, text, apart, columns in self._lone:
            number = row.number
            is_dated = bool(columns) and any(shape(word) == "d" for word in text.split())
            if is_dated or (not apart and is_signature(text) and not is_note(text)):
                table.skipped[number] = Skip.SIGNATURE
            elif at_end or is_note(text) or total_word(text) is not None:
                table.skipped[number] = Skip.NOTE
                table.notes.append(text)
            else:
                next_title.append(text)
        return next_title
