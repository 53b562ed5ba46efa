"""Walking down a sheet: where tables begin and end, and what each row is."""

import re
from collections import deque
from collections.abc import Iterator, Sequence

from wuyou.kernel.hanzi import fold
from wuyou.platform.imports.book import Book, Sheet
from wuyou.platform.imports.headers import Header, HeaderFinder, filled_columns
from wuyou.platform.imports.packed import Row, colour_of, is_filled, text_of
from wuyou.platform.imports.tables import FoundColumn, FoundTable, Skip, TableForm
from wuyou.platform.imports.words import Vocabulary, is_label, shape

_WINDOW = 120
_GAP_ENDS_TABLE = 40
"""So many blank rows in a sequence end a table: what follows is something else."""
_FULL_STATISTICS = 3000
_MOST_SAMPLES = 300

_TOTAL_SIGN = re.compile(r"[计数]|全.$|汇总$|total|sum", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:.{0,12}?)(?P<word>小计|本页计|本页合计|合计|总计|共计|累计|总数|总合计|(?<![^\s])全[省市县区镇乡州](?=$)|汇总(?=$))(?:[:：(（共计\d为].*)?"
    r"|(?P<english>(?:grand|sub-?)?total|sum)\s*[:：]?.*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:备?注|说明|附注|附|填表说明|填报说明|填写说明|注意|提示|※|\*|note|remark)\s*\d*\s*[:：.、\s※*]", re.IGNORECASE
)
_SIGNATURE = re.compile(
    r"(?:.{0,8}(?:填表|制表|审核|审批|复核|经办|填报|统计|录入|负责|主管|分管|签字|签名|签章|盖章|核对|校对|考核组|被考核|联系|报送)"
    r".{0,8}|(?:单位|部门|日期|时间|电话).{0,6})[:：].*"
)
_EXAMPLE = re.compile(r"(?:填写)?(?:示例|样例|范例|举例|例)\s*\d?\s*[:：]?")


class _Ahead:
    """An iterator of rows that can be looked into."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._held: deque[Row] = deque()

    def look(self, count: int) -> list[Row]:
        while len(self._held) < count and (row := next(self._rows, None)) is not None:
            self._held.append(row)
        return [self._held[place] for place in range(min(count, len(self._held)))]

    def take(self) -> Row | None:
        return self._held.popleft() if self._held else next(self._rows, None)


def _within(rows: Iterator[Row], first: int, last: int) -> Iterator[Row]:
    """Yield the rows with only the columns first..last kept, blank ones left out."""
    for row in rows:
        cells = [cell if first <= column <= last else None for column, cell in enumerate(row.cells[: last + 1])]
        if any(map(is_filled, cells)):
            yield Row(row.number, row.hidden, cells)


class SheetWalk:
    """Finds the tables of one sheet, from top to bottom in one pass."""

    def __init__(self, book: Book, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self._book, self._sheet, self._vocabulary = book, sheet, vocabulary
        self._tables: list[FoundTable] = []

    def tables(self) -> list[FoundTable]:
        """Return the tables in the order in which they begin; two that stand side by side are two."""
        rows = (row for row in self._book.rows(self._sheet) if any(map(is_filled, row.cells)))
        self._walk(_Ahead(rows))
        for split in self._side_by_side():
            self._tables = []
            for first, last in split:
                self._walk(_Ahead(_within(self._book.rows(self._sheet), first, last)))
        for number, table in enumerate(self._tables, 1):
            table.number = number
        return self._tables

    def _side_by_side(self) -> list[list[tuple[int, int]]]:
        """Return the column ranges of tables side by side: an empty column between two runs of like headers."""
        lists = [table for table in self._tables if table.form is TableForm.LIST and table.has_header]
        if len(lists) != 1:
            return []
        runs: list[list[FoundColumn]] = []
        for column in lists[0].columns:
            if runs and column.index == runs[-1][-1].index + 1:
                runs[-1].append(column)
            else:
                runs.append([column])
        if len(runs) < 2 or any(len(run) < 2 for run in runs):
            return []
        words = [{column.header for column in run} for run in runs]
        if not any(len(words[0] & other) >= max(2, len(words[0]) / 2) for other in words[1:]):
            return []
        return [[(run[0].index, run[-1].index) for run in runs]]

    def _walk(self, ahead: _Ahead) -> None:
        title: list[str] = []
        while window := ahead.look(_WINDOW):
            finder = HeaderFinder(window, self._sheet.merged, self._vocabulary)
            if self._is_form(window):
                self._take_rest(ahead, TableForm.FORM, title)
                return
            header = finder.find()
            is_list = header is not None or self._is_headless(window)
            if not is_list and (len(window) < _WINDOW or all(len(filled_columns(row)) < 2 for row in window)):
                self._take_rest(ahead, TableForm.TEXT, title)
                return
            title = self._take_table(ahead, window, header, title)

    def _is_form(self, window: Sequence[Row]) -> bool:
        """Tell whether known words stand beside their values, scattered over rows, and never as a header row."""
        if len(window) > 60:
            return False
        labels = [self._labels_beside_values(row) for row in window]
        with_labels = [columns for columns in labels if columns]
        total = sum(map(len, with_labels))
        if len(with_labels) < 3 or total < 5 or max(map(len, with_labels)) > max(0.4 * total, 4):
            return False
        words = [text_of(row.cells[c]).strip() for row, columns in zip(window, labels, strict=True) for c in columns]
        if len(set(words)) < 0.75 * len(words):
            return False  # 组长 in every row is a value of a list
        # in a form labels stand under labels
        return max(sum(column in columns for columns in labels) for column in range(200)) >= 0.5 * len(with_labels)

    def _labels_beside_values(self, row: Row) -> list[int]:
        """Return the columns of known words in the row when most of them have a value to their right, else none."""
        filled = filled_columns(row)
        texts = {column: text_of(row.cells[column]).strip() for column in filled}
        labels = [c for c in filled if self._vocabulary.knows(texts[c]) >= 0.8 and total_word(texts[c]) is None]
        beside = [column for column in labels if any(c not in labels for c in filled if column < c <= column + 3)]
        return labels if len(beside) >= 0.5 * len(labels) and len(labels) <= 0.5 * len(filled) + 1 else []

    def _is_headless(self, window: Sequence[Row]) -> bool:
        """Tell whether the rows look like a list although nothing heads them: like cells under like cells."""
        widths = [len(filled_columns(row)) for row in window]
        wide = [row for row, width in zip(window, widths, strict=True) if width >= 3]
        if len(wide) < 2 or len(wide) < 0.6 * len(window):
            return False
        columns = {column for row in wide for column in filled_columns(row)}
        alike = 0
        for column in columns:
            shapes = [shape(text_of(row.cells[column])) for row in wide if column < len(row.cells)]
            shapes = [found for found in shapes if found]
            alike += bool(shapes) and max(map(shapes.count, set(shapes))) >= 0.7 * len(shapes)
        return alike >= 0.6 * len(columns)

    def _take_rest(self, ahead: _Ahead, form: TableForm, title: list[str]) -> None:
        """Take all remaining rows as something that is no list."""
        table = FoundTable(self._sheet.name, 0, form)
        texts = list(title)
        while row := ahead.take():
            table.first_row = table.first_row or row.number
            table.last_row = row.number
            if len(texts) < 8:
                texts.append(" ".join(text_of(row.cells[column]).strip() for column in filled_columns(row)))
        table.title = "\n".join(texts)
        if table.first_row and (form is TableForm.FORM or not self._tables):
            self._tables.append(table)
        elif self._tables:
            self._tables[-1].notes.extend(texts)

    def _take_table(self, ahead: _Ahead, window: Sequence[Row], header: Header | None, title: list[str]) -> list[str]:
        """Take one table off the rows; returns the title lines of the next that were met on the way."""
        table = FoundTable(self._sheet.name, 0)
        first = header.first if header else self._first_wide(window)
        for row in window[:first]:
            ahead.take()
            title = [*title, " ".join(text_of(row.cells[column]).strip() for column in filled_columns(row))]
        table.title = "\n".join(title)
        if header is not None:
            table.header_first, table.header_last = window[header.first].number, window[header.last].number
            for _ in range(header.first, header.last + 1):
                ahead.take()
        body = _Body(table, header, self._sheet, self._vocabulary, window)
        next_title = body.take(ahead)
        self._tables.append(table)
        return next_title

    @staticmethod
    def _first_wide(window: Sequence[Row]) -> int:
        widest = max(len(filled_columns(row)) for row in window)
        return next(place for place, row in enumerate(window) if len(filled_columns(row)) >= 0.5 * widest)


class _Body:
    """The rows under one header, each told what it is."""

    def __init__(
        self, table: FoundTable, header: Header | None, sheet: Sheet, vocabulary: Vocabulary, window: Sequence[Row]
    ) -> None:
        self._table, self._sheet, self._vocabulary, self._header = table, sheet, vocabulary, header
        self._words = frozenset().union(*header.levels) if header else frozenset()
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
        # row, text, and whether it stands in a merged line or beside the table: such a line never signs
        self._lone: list[tuple[int, str, bool]] = []
        self._blanks: list[int] = []
        self._seen = table.header_last

    @staticmethod
    def _unheaded(below: Sequence[Row], headed: set[int]) -> set[int]:
        """Return columns without a header word that a fair part of the rows fill."""
        rows = [filled_columns(row) for row in below[:40]]
        rows = [columns for columns in rows if len(columns) >= 2]
        found = {column for columns in rows for column in columns} - headed
        return {column for column in found if sum(column in columns for columns in rows) >= 0.2 * len(rows)}

    def take(self, ahead: _Ahead) -> list[str]:
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

    def _is_end(self, row: Row, filled: Sequence[int], ahead: _Ahead) -> bool:
        """Tell whether another table begins here: after a long gap, or where a new header stands."""
        gap = row.number - self._seen
        if gap > _GAP_ENDS_TABLE:
            return True
        if len(filled) < 3 or not isinstance(row.cells[filled[0]], str | list):
            return False
        texts = [text_of(row.cells[column]).strip() for column in filled]
        if not all(map(is_label, texts)) or self._repeats_header(texts):
            return False
        known = sum(self._vocabulary.knows(text) == 1.0 for text in texts)
        apart = gap > 1 or bool(self._lone) or self._contradicts(filled)
        if known < max(2, 0.5 * len(texts)) and not apart:
            return False
        header = HeaderFinder(ahead.look(40), self._sheet.merged, self._vocabulary).find(within=1)
        if header is None or self._repeats_header(list(header.words.values())):
            return False
        return header.score >= (0.5 if apart else 0.9)

    def _contradicts(self, filled: Sequence[int]) -> bool:
        """Tell whether label words stand in at least two columns that hold numbers or dates so far."""
        found = 0
        for column in filled:
            samples = self._columns[column].samples[:20] if column in self._columns else []
            found += bool(samples) and sum(shape(text) in "ndi" for text in samples) >= 0.8 * len(samples)
        return found >= 2

    def _repeats_header(self, texts: Sequence[str]) -> bool:
        return bool(self._words) and sum(text in self._words for text in texts) >= 0.8 * len(texts)

    def _see(self, row: Row, filled: Sequence[int]) -> None:
        """Tell what the row is and note it."""
        if self._table.rows and row.number > self._seen + 1:
            self._blanks.extend(range(self._seen + 1, row.number))
        self._seen = row.number
        own = [column for column in filled if column in self._columns]
        if not own:
            self._lone.append((row.number, " ".join(map(text_of, row.cells)).strip(), True))
            return
        text = text_of(row.cells[own[0]]).strip()
        if len(own) == 1:
            self._see_single(row, own[0], text)
        elif (reason := self._reason(row, own, text)) is None:
            self._take_data(row, own)
        else:
            self._settle_lone()
            self._table.skipped[row.number] = reason

    def _see_single(self, row: Row, column: int, text: str) -> None:
        """A row with one cell: a total, a serial number without anything, a value of the column, or a line of text."""
        wide = (row.number, column) in self._wide
        samples = self._columns[column].samples
        if shape(text) in ("n", "d", "i") and not wide:
            if column == self._table.columns[0].index:
                self._blanks.append(row.number)
            else:
                self._take_data(row, [column])
        elif re.fullmatch(r"小计|合计|总计|共计", re.sub(r"\s", "", text)):
            self._table.skipped[row.number] = Skip.SUBTOTAL if text.startswith("小") else Skip.TOTAL
        elif not wide and samples and self._belongs(text, samples):
            self._take_data(row, [column])
        else:
            self._lone.append((row.number, text, wide))

    @staticmethod
    def _belongs(text: str, samples: Sequence[str]) -> bool:
        """Tell whether a lone text looks like the column's other values: short words where short words stand."""
        texts = [sample for sample in samples[:60] if shape(sample) == "t"]
        if len(texts) < 0.6 * min(len(samples), 60) or _NOTE.match(text) or _SIGNATURE.fullmatch(text):
            return False
        longest = max(map(len, texts), default=0)
        return text in samples or (len(text) <= min(longest, 4) and not re.match(r"[一二三四五六七八九十]+[、.]", text))

    def _reason(self, row: Row, filled: Sequence[int], text: str) -> Skip | None:
        """Return why a row of several cells is no data, None when it is."""
        if shape(text) in ("n", "d", "i") and len(filled) > 2:
            if self._table.rows == 0 and self._is_numbering(row, filled):
                return Skip.REPEAT_HEADER
            if len(filled) > 6:
                return None
        texts = [text_of(row.cells[column]).strip() for column in filled]
        for found in texts[:3]:
            if (reason := total_word(found)) is not None:
                return reason
        if self._repeats_header(texts):
            return Skip.REPEAT_HEADER
        if len(filled) <= 8 and sum(bool(_SIGNATURE.fullmatch(fold(found))) for found in texts) >= 0.5 * len(texts):
            return Skip.SIGNATURE
        if _EXAMPLE.fullmatch(texts[0]):
            return Skip.NOTE
        if _NOTE.match(texts[0] + " ") and len(filled) <= 2 and len(texts[-1]) > 12:
            return Skip.NOTE
        return None

    @staticmethod
    def _is_numbering(row: Row, filled: Sequence[int]) -> bool:
        """Tell whether the row under the header only numbers the columns (栏次 1 2 3 …)."""
        numbers = [text_of(row.cells[column]).strip(" ()（）") for column in filled]
        return len(numbers) >= 4 and numbers == [str(place) for place in range(1, len(numbers) + 1)]

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
            if len(column.samples) < _MOST_SAMPLES and (table.rows < 150 or table.rows % 7 == 0):
                column.samples.append(text_of(cell))

    def _settle_lone(self) -> None:
        """Say what the lone lines before this row are: sections when data follow, notes when they read like notes."""
        for number, text, _ in self._lone:
            if _NOTE.match(text + " ") or len(text) > 40:
                self._table.skipped[number] = Skip.NOTE
                self._table.notes.append(text)
            elif (total := total_word(text)) is not None:
                self._table.skipped[number] = total
            else:
                self._table.skipped[number] = Skip.SECTION
        self._lone = []

    def _finish(self, *, at_end: bool) -> list[str]:
        """Close the table: lines after the last row are notes or signatures, gaps between rows are blank rows."""
        table = self._table
        next_title = []
        for number, text, wide in self._lone:
            if not wide and _SIGNATURE.fullmatch(fold(text)) and not _NOTE.match(text + " "):
                table.skipped[number] = Skip.SIGNATURE
            elif at_end or _NOTE.match(text + " ") or total_word(text) is not None:
                table.skipped[number] = Skip.NOTE
                table.notes.append(text)
            else:
                next_title.append(text)
        return next_title


def total_word(text: str) -> Skip | None:
    """Return whether the text says that its row prints a total or a subtotal, None when it does not."""
    if len(text) > 40 or not _TOTAL_SIGN.search(text):
        return None
    found = _TOTAL.fullmatch("".join(fold(text).split()))
    if found is None:
        return None
    word = (found.group("word") or found.group("english") or "").lower()
    return Skip.SUBTOTAL if word.startswith(("小", "本页", "sub")) else Skip.TOTAL


def find_tables(book: Book, sheet: Sheet, vocabulary: Vocabulary) -> list[FoundTable]:
    """Return the tables of a sheet in the order in which they begin; an empty list for an empty sheet."""
    return SheetWalk(book, sheet, vocabulary).tables()
