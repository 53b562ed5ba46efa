"""Small kinds of table and files for the tests of the machine; they know nothing of the real registers."""

import re
from datetime import date

import xlsxwriter

from wuyou.kernel.reading import empty, refused, taken, warn
from wuyou.platform.imports.analysis import analyse
from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.columns import Column, ImportKind, Policy
from wuyou.platform.imports.reader import TableReader


def text(cell, around):
    found = cell.text.strip()
    return taken(found, found) if found else empty()


def number(cell, around):
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[人元]?", cell.text.strip())
    if not cell.text.strip():
        return empty()
    if found is None:
        return refused("amount_unclear")
    return taken(float(found[1]), found[1])


def price(cell, around):
    """The sum of a cost in yuan; warned when the row's name is 贵."""
    reading = number(cell, around)
    if around.row["name"].text == "贵" and not reading.refused:
        return taken(reading.value, reading.text, warn("unit_suspect"))
    return reading


def share_of(pattern):
    return lambda samples: sum(bool(re.fullmatch(pattern, text.strip())) for text in samples) / len(samples)


THINGS = ImportKind(
    name="things",
    label="物品",
    columns=(
        Column("seq", "序号", ("编号",), number),
        Column("name", "名称", ("品名", "物品名称"), text, share_of(r"[\u4e00-\u9fff]{1,6}"), required=True),
        Column("count", "数量", ("件数", "个数"), number, share_of(r"\d{1,4}[人元]?")),
        Column("cost", "费用", ("金额", "费用(元)"), price, share_of(r"\d{2,6}元?")),
        Column("owner", "保管人", ("负责人",), text),
        Column("secret", "密级", ("密",), text, policy=Policy.REFUSE, stems=("保密",)),
        Column("phone", "电话", ("手机",), text, share_of(r"1990000\d{4}"), Policy.ASK_PURPOSE, "联系"),
        Column("note", "备注", ("说明",), text),
    ),
)


def workbook(path, rows, *, sheet="表", merged=(), formats=None, comments=None, hidden=()):
    """Write an .xlsx; `formats` by cell name are xlsxwriter formats, a str that begins with "=" is a formula."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for area in merged:
        page.merge_range(area, "")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            name = f"{chr(65 + column)}{row + 1}"
            form = book.add_format(formats[name]) if formats and name in formats else None
            if isinstance(value, date):
                page.write_datetime(row, column, value, form or day)
            elif isinstance(value, int | float):
                page.write_number(row, column, value, form)
            elif isinstance(value, tuple):
                page.write_formula(row, column, value[0], form, value[1])
            elif value is not None:
                page.write_string(row, column, value, form)
    for name, remark in (comments or {}).items():
        page.write_comment(name, remark)
    for columns in hidden:
        page.set_column(columns, None, None, {"hidden": True})
    book.close()
    return path


def understood(path, kinds=(THINGS,), **options):
    """Return [(part, reader, rows)] of a file, everything read."""
    found = []
    with open_book(path) as book:
        for part in analyse(book, kinds, **options):
            reader = TableReader(book, part.sheet, part.table, part.mapping) if part.is_readable else None
            found.append((part, reader, list(reader.rows()) if reader else []))
    return found


def as_file(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return path
