"""Tables as .xlsx: for people who go on working with them, and for printing.

Text cells are typed as text, so a spreadsheet shows them as they are; a text that would be a formula if typed is also
marked as quoted, so that it stays text when somebody edits the cell. Rows go to disk as they come.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wuyou.kernel.clock import CHINA
from wuyou.platform.exports.guard import is_dangerous, printable
from wuyou.platform.exports.tables import ExportColumn, Kind, Row, Watermark, shown

ROWS_A_SHEET = 1_000_000
TEXT_LIMIT = 32_767
_CUT_NOTICE = "……（文字过长，后文未列出，请在系统中查看）"
_WIDEST = 48
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_A4 = 9


def write_xlsx(
    target: Path | BinaryIO,
    label: Any,
    columns: tuple[ExportColumn, ...],
    rows: Iterable[Row],
    watermark: Watermark | None = None,
    *,
    rows_a_sheet: int = ROWS_A_SHEET,
) -> int:
    """Write the table and return the number of its rows; past `rows_a_sheet` it goes on on a further sheet.

    A file that could not be finished is removed. Raises: ValueError, when a row has not as many values as there are
    columns; whatever `rows` raises.
    """
    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    if isinstance(target, Path):
        options["tmpdir"] = str(target.parent)
    try:
        with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options) as book:
            book.set_properties({"title": str(label), "author": watermark.unit if watermark else ""})
            return _write_sheets(book, str(label), columns, rows, watermark, rows_a_sheet)
    except BaseException:
        # The library finishes the file even then; half a table must not lie about as if it were the whole.
        if isinstance(target, Path):
            target.unlink(missing_ok=True)
        raise


def _write_sheets(
    book: xlsxwriter.Workbook,
    label: str,
    columns: tuple[ExportColumn, ...],
    rows: Iterable[Row],
    watermark: Watermark | None,
    rows_a_sheet: int,
) -> int:
    """Write sheet after sheet and return the number of rows."""
    looks, written = _Looks(book), 0
    sheet = _Sheet(book, looks, label, 1, columns, watermark)
    for row in rows:
        if sheet.rows == rows_a_sheet:
            sheet.close()
            sheet = _Sheet(book, looks, label, sheet.number + 1, columns, watermark)
        sheet.write(row)
        written += 1
    sheet.close()
    return written


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        book.formats[0].set_font_name("宋体")
        self.text = book.add_format({**font, "num_format": "@", "text_wrap": True})
        self.quoted = book.add_format({**font, "num_format": "@", "text_wrap": True, "quote_prefix": True})
        self.whole = book.add_format({**font, "num_format": "0"})
        self.money = book.add_format({**font, "num_format": "#,##0.00"})
        self.day = book.add_format({**font, "num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({**font, "num_format": "yyyy-mm-dd hh:mm"})
        self.note = book.add_format({**font, "font_color": "#595959"})
        self.head = book.add_format(
            {**font, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7EDF3", "bottom": 1}
        )


class _Sheet:
    """One sheet being written: the watermark, the heads, then rows as they come."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        looks: _Looks,
        label: str,
        number: int,
        columns: tuple[ExportColumn, ...],
        watermark: Watermark | None,
    ) -> None:
        self.number, self.rows = number, 0
        self._columns, self._looks = columns, looks
        self._sheet: Worksheet = book.add_worksheet(sheet_name(label, number))
        self._head = 0 if watermark is None else 1
        if watermark is not None:
            _write_text(self._sheet, 0, 0, watermark.line(), looks.note, looks.note)
        self._widths = [_width(str(column.label)) + 2 for column in columns]
        for place, column in enumerate(columns):
            _write_text(self._sheet, self._head, place, str(column.label), looks.head, looks.head)
        self._writers = [_writer(self._sheet, column.kind, looks) for column in columns]
        self._set_print()

    def write(self, row: Row) -> None:
        """Write the next row."""
        self.rows += 1
        line, widths = self._head + self.rows, self._widths
        for place, (value, write) in enumerate(zip(row, self._writers, strict=True)):
            if value is not None:
                widths[place] = max(widths[place], write(line, place, value))

    def close(self) -> None:
        """Set what is known only at the end: the widths of the columns, and the filter over the rows."""
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, column.width or min(self._widths[place] + 1, _WIDEST))
        self._sheet.autofilter(self._head, 0, self._head + self.rows, len(self._columns) - 1)

    def _set_print(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes(self._head + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.repeat_rows(0, self._head)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")


Write = Callable[[int, int, Any], int]


def _writer(sheet: Worksheet, kind: Kind, looks: _Looks) -> Write:
    """Return what writes a value of that kind and tells how wide it came out; a text stays text in any column."""

    def text(line: int, place: int, value: Any) -> int:
        return _write_text(sheet, line, place, shown(value, kind), looks.text, looks.quoted)

    def whole(line: int, place: int, value: Any) -> int:
        if type(value) is not int or abs(value) >= 10**15:
            return text(line, place, value)
        sheet.write_number(line, place, value, looks.whole)
        return len(str(value))

    def money(line: int, place: int, value: Any) -> int:
        if type(value) is not int or abs(value) >= 10**15:
            return text(line, place, value)
        sheet.write_number(line, place, value / 100, looks.money)
        return len(f"{value // 100:,}") + 3

    def day(line: int, place: int, value: Any) -> int:
        if isinstance(value, datetime) or not isinstance(value, date) or value < _FIRST_DAY_OF_EXCEL:
            return text(line, place, value)
        sheet.write_datetime(line, place, value, looks.day)
        return 10

    def moment(line: int, place: int, value: Any) -> int:
        if not isinstance(value, datetime) or value.date() < _FIRST_DAY_OF_EXCEL:
            return text(line, place, value)
        sheet.write_datetime(line, place, value.astimezone(CHINA).replace(tzinfo=None), looks.moment)
        return 16

    return {Kind.WHOLE: whole, Kind.MONEY: money, Kind.DAY: day, Kind.MOMENT: moment}.get(kind, text)


def _write_text(sheet: Worksheet, line: int, place: int, text: str, look: Format, quoted: Format) -> int:
    text = fitting(printable(text).replace("\r\n", "\n").replace("\r", "\n"))
    if text:
        sheet.write_string(line, place, text, quoted if is_dangerous(text) else look)
    return _width(text)


def fitting(text: str) -> str:
    """Return the text, or as much of it as a cell holds, with a notice that the rest is missing.

    Excel counts a rare character (beyond the basic plane) as two.
    """
    if len(text) <= TEXT_LIMIT // 2 or len(text.encode("utf-16-le")) <= TEXT_LIMIT * 2:
        return text
    room = (TEXT_LIMIT - len(_CUT_NOTICE)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT_NOTICE


def sheet_name(label: str, number: int) -> str:
    """Return a name that Excel takes for the sheet: at most 31 signs, none of []:*?/\\, from the second on numbered."""
    ending = f"（{number}）" if number > 1 else ""
    name = _NOT_IN_A_SHEET_NAME.sub("", label).strip("' ")[: 31 - len(ending)]
    return (name or "Sheet") + ending


def _width(text: str) -> int:
    """Return the width of the widest line in half-width signs; a Chinese character takes two."""
    if len(text) >= _WIDEST:
        return _WIDEST
    if text.isascii():
        return len(text) if "\n" not in text else max(map(len, text.split("\n")))
    return max(len(line) + sum(sign > "\u2e7f" for sign in line) for line in text.split("\n"))
