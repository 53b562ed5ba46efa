"""The user's own file back, with what is wrong marked where it stands: mend it there and upload it again.

A workbook gets red cells, a comment for each, and a sheet 错误清单 in front; a text table gets a column at its right.
The file carries the number of its batch, so that its return is known to be the continuation. Marks of an earlier round
are taken away first.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import IO, Literal, Protocol

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wuyou.kernel.reading import Severity
from wuyou.platform.imports.book import Book
from wuyou.platform.imports.marks import AUTHOR, GROUNDS, LIST_SHEET, MARKER, is_own_header, text_column_header
from wuyou.platform.imports.packed import text_of
from wuyou.platform.imports.reader import CellLine
from wuyou.platform.imports.sentences import sentence

MOST_CELLS = 400_000
"""Above this a workbook is not marked in place: opening it whole would need half a gigabyte."""
_WORDS_OF_WEIGHT = {Severity.ERROR: "错误", Severity.WARN: "提醒"}
_GUARDED = re.compile(r"[=+\-@\t\r]")


def problem_lines(lines: Iterable[CellLine]) -> list[CellLine]:
    """Return the lines that a person must look at: refused and warned cells, refused ones first."""
    found = [line for line in lines if line.severity is not Severity.OK]
    return sorted(found, key=lambda line: line.severity is not Severity.ERROR)


class Readable(Protocol):
    """What opens for reading: a path, or a file that is kept sealed."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Return the bytes, to be read from any place."""


def annotate_workbook(given: Readable, lines: Sequence[CellLine], batch: str, out: Path | IO[bytes]) -> None:
    """Write the workbook to `out` with the lines marked in it, carrying the batch's number."""
    with given.open("rb") as handle:  # a kept file has no extension, by which openpyxl would go
        book = openpyxl.load_workbook(handle)
    _clear(book)
    by_cell: dict[tuple[str, str], list[CellLine]] = defaultdict(list)
    for line in lines:
        by_cell[(line.sheet, line.where)].append(line)
    for (sheet, where), found in by_cell.items():
        if sheet in book.sheetnames:
            _mark(book[sheet], where, found)
    _list_sheet(book, lines)
    for name in [prop.name for prop in book.custom_doc_props.props if prop.name == MARKER]:
        del book.custom_doc_props[name]
    book.custom_doc_props.append(StringProperty(name=MARKER, value=batch))
    book.save(out)


def _clear(book: Workbook) -> None:
    """Take away what an earlier round has marked."""
    if LIST_SHEET in book.sheetnames and any(prop.name == MARKER for prop in book.custom_doc_props.props):
        del book[LIST_SHEET]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell):
                    continue
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                if cell.has_style and cell.fill.fgColor.rgb in {f"FF{ground}" for ground in GROUNDS.values()}:
                    cell.fill = PatternFill()


def _mark(sheet: Worksheet, where: str, lines: Sequence[CellLine]) -> None:
    """Colour the cell and pin what is said to it; a remark of the user's own stays above ours."""
    cell = sheet[where]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    worst = Severity.ERROR if any(line.severity is Severity.ERROR for line in lines) else Severity.WARN
    cell.fill = PatternFill("solid", fgColor=f"FF{GROUNDS[worst]}")
    said = "\n".join(dict.fromkeys(_said(line) for line in lines))
    own = f"{cell.comment.text}\n———\n" if cell.comment is not None else ""
    cell.comment = Comment(own + said, AUTHOR, width=320, height=40 + 36 * said.count("\n") + len(said))


def _said(line: CellLine) -> str:
    """Return the sentences of the line's heaviest findings."""
    return "".join(sentence(finding) for finding in line.findings if finding.severity is line.severity)


def _list_sheet(book: Workbook, lines: Sequence[CellLine]) -> None:
    """Put the list of all problems in front, each with a link to its cell."""
    sheet = book.create_sheet(LIST_SHEET, 0)
    sheet.append([_("工作表"), _("单元格"), _("原内容"), _("程度"), _("问题和办法")])
    bold = copy(sheet["A1"].font)
    for number, line in enumerate(lines, 2):
        values = (line.sheet, line.where, line.raw, _(_WORDS_OF_WEIGHT[line.severity]), _said(line))
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column, value)
            cell.data_type = "s"  # what a user typed is never a formula here
        quoted = line.sheet.replace("'", "''")
        sheet.cell(number, 2).hyperlink = f"#'{quoted}'!{line.where}"
    for cell in sheet[1]:
        cell.font = Font(name=bold.name, size=bold.size, bold=True)
    for letters, width in zip("ABCDE", (18, 10, 28, 8, 80), strict=True):
        sheet.column_dimensions[letters].width = width
    sheet.freeze_panes = "A2"
    book.active = 0


def annotate_text(book: Book, lines: Iterable[CellLine], batch: str, header_row: int, out: Path | IO[bytes]) -> None:
    """Write a text table with one more column that tells the problems of each row.

    `header_row` is the row of the table's header, 0 when there is none (then the first row gets the column's name).
    UTF-8 with a mark, so that Excel shows it right; what could run as a formula is made harmless with an apostrophe,
    which reading takes off again.
    """
    said: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        row = re.search(r"\d+$", line.where)
        said[int(row.group()) if row else 0].append(f"{line.where}：{_said(line)}")
    sheet = book.sheets[0]
    rows = {row.number: [text_of(cell) for cell in row.cells] for row in book.rows(sheet)}
    old = {place for row in rows.values() for place, text in enumerate(row) if is_own_header(text)}
    width = max((len(row) for row in rows.values()), default=0)
    with _text_into(out) as handle:
        writer = csv.writer(handle)
        for number in range(1, max(rows, default=0) + 1):
            texts = rows.get(number, [])
            texts = [text for place, text in enumerate(texts + [""] * (width - len(texts))) if place not in old]
            last = text_column_header(batch) if number == max(header_row, 1) else " ".join(said.get(number, ()))
            writer.writerow([_harmless(text) for text in texts] + [last])


@contextmanager
def _text_into(out: Path | IO[bytes]) -> Iterator[IO[str]]:
    """Yield where text is written; an open file stays open."""
    if isinstance(out, Path):
        with out.open("w", encoding="utf-8-sig", newline="") as handle:
            yield handle
        return
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    yield text
    text.detach()


def _harmless(text: str) -> str:
    return "'" + text if _GUARDED.match(text) else text


def cells_of(book: Book) -> int:
    """Return how many cells the file fills, to tell whether it can be marked in place."""
    return sum(sum(cell is not None for cell in row.cells) for sheet in book.sheets for row in book.rows(sheet))


def mark(
    book: Book, given: Readable, lines: Sequence[CellLine], batch: str, header_row: int, out: Path | IO[bytes]
) -> None:
    """Write the marked file for a workbook or a text table, whichever the original is."""
    with given.open("rb") as handle:
        is_workbook = handle.read(2) == b"PK"
    if is_workbook:
        annotate_workbook(given, lines, batch, out)
    else:
        annotate_text(book, lines, batch, header_row, out)
