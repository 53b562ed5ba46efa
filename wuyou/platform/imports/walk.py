"""Walking down a sheet: where tables begin and end, and what each row is."""

from collections import deque
from collections.abc import Iterator, Sequence

from wuyou.platform.imports.body import Body
from wuyou.platform.imports.book import Book, Sheet
from wuyou.platform.imports.formsheet import FormFinder
from wuyou.platform.imports.headers import Header, HeaderFinder, filled_columns
from wuyou.platform.imports.packed import Row, is_filled, text_of
from wuyou.platform.imports.tables import FoundColumn, FoundTable, TableForm
from wuyou.platform.imports.words import Vocabulary, shape

_WINDOW = 120


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


def _end_apart(runs: Sequence[Sequence[FoundColumn]]) -> bool:
    """Tell whether runs of columns of their own end at different rows: then they are lists, not parts of one."""
    depths = [max(column.filled for column in run) for run in runs]
    return min(map(len, runs)) >= 3 and max(depths) - min(depths) >= max(2, 0.1 * max(depths))


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
        alike = any(len(words[0] & other) >= max(2, len(words[0]) / 2) for other in words[1:])
        return [[(run[0].index, run[-1].index) for run in runs]] if alike or _end_apart(runs) else []

    def _walk(self, ahead: _Ahead) -> None:
        title: list[str] = []
        while window := ahead.look(_WINDOW):
            finder = HeaderFinder(window, self._sheet.merged, self._vocabulary)
            forms = FormFinder(self._vocabulary)
            if forms.is_form(window):
                self._take_forms(ahead, forms, title)
                return
            header = finder.find()
            is_list = header is not None or self._is_headless(window)
            if not is_list and (len(window) < _WINDOW or all(len(filled_columns(row)) < 2 for row in window)):
                self._take_text(ahead, title)
                return
            title = self._take_table(ahead, window, header, title)

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

    def _take_forms(self, ahead: _Ahead, forms: FormFinder, title: list[str]) -> None:
        """Take all remaining rows as forms: one table with a record for each."""
        table = FoundTable(self._sheet.name, 0, title="\n".join(title))
        rows = []
        while row := ahead.take():
            rows.append(row)
        forms.read(rows, table)
        self._tables.append(table)

    def _take_text(self, ahead: _Ahead, title: list[str]) -> None:
        """Take all remaining rows as text: a table of its own only where nothing else stands on the sheet."""
        table = FoundTable(self._sheet.name, 0, TableForm.TEXT)
        texts = list(title)
        while row := ahead.take():
            table.first_row = table.first_row or row.number
            table.last_row = row.number
            if len(texts) < 8:
                texts.append(" ".join(text_of(row.cells[column]).strip() for column in filled_columns(row)))
        table.title = "\n".join(texts)
        if table.first_row and not self._tables:
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
        body = Body(table, header, self._sheet, self._vocabulary, window)
        next_title = body.take(ahead)
        self._tables.append(table)
        return next_title

    @staticmethod
    def _first_wide(window: Sequence[Row]) -> int:
        widest = max(len(filled_columns(row)) for row in window)
        return next(place for place, row in enumerate(window) if len(filled_columns(row)) >= 0.5 * widest)


def find_tables(book: Book, sheet: Sheet, vocabulary: Vocabulary) -> list[FoundTable]:
    """Return the tables of a sheet in the order in which they begin; an empty list for an empty sheet."""
    return SheetWalk(book, sheet, vocabulary).tables()
