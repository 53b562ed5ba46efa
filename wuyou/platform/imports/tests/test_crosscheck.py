"""An overview sheet is compared with the sheets that it sums up."""

import xlsxwriter

from wuyou.platform.imports.analysis import analyse
from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.crosscheck import Tally, overview_lines
from wuyou.platform.imports.mapping import SUMMARY
from wuyou.platform.imports.reader import TableReader
from wuyou.platform.imports.tests.samples import THINGS


def make(path, overview, *, broken=False):
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("汇总")
    for number, row in enumerate(overview):
        page.write_row(number, 0, row)
    for name in ("东库", "西库"):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["名称", "件数", "费用", "负责人"])
        for number, thing in enumerate("桌椅凳柜", 1):
            page.write_row(number, 0, [thing, "很多" if broken and thing == "凳" else number, 10_000 * number, "张三"])
    book.close()
    return path


def lines_of(path):
    with open_book(path) as book:
        parts, tallies = analyse(book, (THINGS,)), {}
        for part in parts:
            if part.is_readable:
                tally = tallies.setdefault(part.sheet.name, Tally(part.sheet.name, THINGS))
                for row in TableReader(book, part.sheet, part.table, part.mapping).rows():
                    tally.add(row)
        (overview,) = [part for part in parts if part.mapping.name == SUMMARY]
        return [(line.where, line.raw, line.value) for line in overview_lines(book, overview, tallies)]


HEAD = ["仓库", "总数", "件数", "费用(万元)", "损坏"]


def test_right_overview_raises_nothing(tmp_path):
    rows = [HEAD, ["东库", 4, 10, 10, 1], ["西库", 4, 10, 10, 0], ["合计", 8, 20, 20, 1]]
    assert lines_of(make(tmp_path / "a.xlsx", rows)) == []


def test_wrong_numbers_are_told_with_the_right_ones(tmp_path):
    rows = [HEAD, ["东库", 5, 10, 10.5, 1], ["西库", 4, 11, 10, 0], ["合计", 9, 20, 20.5, 1]]
    assert lines_of(make(tmp_path / "a.xlsx", rows)) == [
        ("B2", "5", "4"), ("D2", "10.5", "10"), ("C3", "11", "10"), ("C4", "20", "21"),
    ]  # fmt: skip


def test_sum_with_a_refused_part_is_not_judged(tmp_path):
    rows = [HEAD, ["东库", 4, 99, 10, 1], ["西库", 4, 99, 10, 0], ["合计", 8, 198, 20, 1]]
    assert lines_of(make(tmp_path / "a.xlsx", rows, broken=True)) == []
