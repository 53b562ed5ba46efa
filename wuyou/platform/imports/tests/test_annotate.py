"""The file that goes back: marked where it is wrong, and known again when it returns."""

import csv

import openpyxl
import pytest

from wuyou.platform.imports.analysis import analyse, batch_of
from wuyou.platform.imports.annotate import annotate_text, annotate_workbook, problem_lines
from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.reader import TableReader
from wuyou.platform.imports.tests.samples import THINGS, workbook

ROWS = [["名称", "数量", "备注"], ["桌", "很多", "=联系人不在"], ["", 2, "+86"], ["凳", 1, None], ["柜", 1, None]]


def read(path):
    """Return the batch that the file says it continues, its parts and all cell lines."""
    with open_book(path) as book:
        parts, lines = analyse(book, (THINGS,)), []
        for part in parts:
            reader = TableReader(book, part.sheet, part.table, part.mapping)
            for row in reader.rows():
                lines += reader.lines(row)
        return batch_of(book, parts), parts, lines


def facts(lines):
    return [(line.sheet, line.where, line.raw, line.value, line.findings) for line in lines]


@pytest.fixture
def original(tmp_path):
    return workbook(tmp_path / "库.xlsx", ROWS, comments={"A3": "自己的批注"})


def test_workbook_comes_back_marked(tmp_path, original):
    _, _, lines = read(original)
    out = tmp_path / "回.xlsx"
    annotate_workbook(original, problem_lines(lines), "17", out)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["错误清单", "表"]
    assert [[cell.value for cell in row] for row in book["错误清单"].iter_rows(min_row=2, max_col=4)] == [
        ["表", "B2", "很多", "错误"], ["表", "A3", None, "错误"],
    ]  # fmt: skip
    sheet = book["表"]
    assert [sheet[name].fill.fgColor.rgb for name in ("B2", "A3", "B3")] == ["FFFFC9C7", "FFFFC9C7", "00000000"]
    assert sheet["A3"].comment.text.startswith("自己的批注\n———\n必填项“名称”空着")
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=联系人不在", "s")


def test_marked_workbook_is_the_continuation_and_reads_the_same(tmp_path, original):
    _, _, lines = read(original)
    out = tmp_path / "回.xlsx"
    annotate_workbook(original, problem_lines(lines), "17", out)
    batch, parts, again = read(out)
    assert (batch, [part.table.sheet for part in parts]) == ("17", ["表"])
    assert facts(again) == facts(lines)


def test_marks_of_an_earlier_round_are_taken_away(tmp_path, original):
    _, _, lines = read(original)
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    annotate_workbook(original, problem_lines(lines), "17", first)
    annotate_workbook(first, [], "17", second)
    book = openpyxl.load_workbook(second)
    assert book.sheetnames == ["错误清单", "表"]
    assert book["错误清单"].max_row == 1
    assert book["表"]["B2"].fill.fgColor.rgb == "00000000"
    assert book["表"]["B2"].comment is None


def test_text_table_gets_a_column(tmp_path):
    path, out, second = tmp_path / "库.csv", tmp_path / "回.csv", tmp_path / "再.csv"
    path.write_text("名称;数量;备注\n桌;很多;=1+1\n;2;\n凳;1;\n", encoding="gb18030")
    _, _, lines = read(path)
    with open_book(path) as book:
        annotate_text(book, problem_lines(lines), "9", 1, out)
    with out.open(encoding="utf-8-sig", newline="") as handle:
        written = list(csv.reader(handle))
    assert written[0] == ["名称", "数量", "备注", "导入问题(五有批次 9)"]
    assert written[1] == ["桌", "很多", "'=1+1", "B2：看不懂这个数；请只写数字，单位写在表头。"]
    assert written[3] == ["凳", "1", "", ""]
    batch, _, again = read(out)
    assert batch == "9"
    assert [fact[1:] for fact in facts(again)] == [fact[1:] for fact in facts(lines)]
    with open_book(out) as book:
        annotate_text(book, [], "9", 1, second)
    assert second.read_text(encoding="utf-8-sig").splitlines()[0] == "名称,数量,备注,导入问题(五有批次 9)"
