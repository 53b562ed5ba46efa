"""The page as LibreOffice prints it: lines, characters, page numbers, the appendix."""

import itertools
import re
from datetime import date
from pathlib import Path

import pytest

from wuyou.platform.documents import writer
from wuyou.platform.documents.content import (
    Align,
    Appendix,
    Figure,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
)
from wuyou.platform.tests.tools import converted, pdf_pages, pdf_words

POINTS_A_MM = 72 / 25.4
# 28 characters; a curly quote that fell to a Latin font would be half as wide and let more than 28 into a line.
LINE = "基层组织建设“组织”推进做到“哪里有人就建到哪”工作有力"
PAGE_NUMBER = re.compile(r"[—―] ?(\d+) ?[—―]")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> Path:
    """Three pages of running text without a full stop, then an appendix of 90 rows."""
    folder = tmp_path_factory.mktemp("paper")
    rows = tuple(TableRow((f"{n}", f"第{n}项", f"{n * 7}个", "截至时点仍在册的数目"), f"row_{n}") for n in range(1, 91))
    columns = (TableColumn("序号", 2, Align.CENTRE), TableColumn("名称", 4), TableColumn("数值", 3, Align.RIGHT),
               TableColumn("口径", 7))  # fmt: skip
    document = OfficialDocument(
        title=("夯实基础强化服务", "不断增强基层组织活力"),
        subtitle="某市基层组织建设工作总结",
        blocks=(
            Paragraph(
                ("为做好“组织起来、活跃起来”各项工作，截至2025年12月31日共有小组", Figure("120", "row_1"), "个。")
            ),
            Heading(1, "基本情况"),
            Paragraph((LINE * 45,)),
        ),
        signed_by="某市某某某某联合会",
        dated=date(2025, 12, 31),
        appendices=(Appendix("数据一览", (Table(columns, rows),)),),
    )
    source = folder / "paper.docx"
    source.write_bytes(writer.written(document))
    return converted(source, "pdf", folder=folder)


def test_full_page_has_22_lines_of_28_characters(pdf):
    pages = pdf_pages(pdf)
    second = pages[1]
    assert [len(line) for line in second[:22]] == [28] * 22
    assert PAGE_NUMBER.fullmatch(second[22])
    assert len(second) == 23


def test_first_line_is_indented_by_two_characters(pdf):
    first_page = pdf_words(pdf)[0]
    (left,) = [left for left, _, _, said in first_page if said.startswith("为做好")]
    assert left / POINTS_A_MM == pytest.approx(28 + 2 * 15.75 / POINTS_A_MM, abs=0.7)


def test_lines_stand_28_95_points_apart(pdf):
    tops = sorted(top for _, top, _, said in pdf_words(pdf)[1] if len(said) >= 27)
    apart = [round(lower - upper, 1) for upper, lower in itertools.pairwise(tops)]
    assert set(apart) <= {28.9, 29.0}


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(pdf):
    pages = pdf_pages(pdf)
    assert [int(PAGE_NUMBER.fullmatch(lines[-1])[1]) for lines in pages] == list(range(1, len(pages) + 1))
    for number, words in enumerate(pdf_words(pdf), 1):
        lowest = max(top for _, top, _, _ in words)
        line = [word for word in words if word[1] > lowest - 3]
        left, right = min(word[0] for word in line) / POINTS_A_MM, max(word[2] for word in line) / POINTS_A_MM
        if number % 2:
            assert right == pytest.approx(210 - 26 - 14 / POINTS_A_MM, abs=1)
        else:
            assert left == pytest.approx(28 + 14 / POINTS_A_MM, abs=1)
        assert lowest / POINTS_A_MM == pytest.approx(297 - 35 + 7 - 2.5, abs=2)


def test_page_number_is_the_only_thing_under_the_text_area(pdf):
    for words in pdf_words(pdf):
        lowest = max(top for _, top, _, _ in words)
        assert max(top for _, top, _, _ in words if top < lowest - 3) / POINTS_A_MM < 297 - 35


def test_head_of_the_table_repeats_on_every_page_of_the_appendix(pdf):
    pages = pdf_pages(pdf)
    first = next(n for n, lines in enumerate(pages) if lines[0] == "附件")
    assert len(pages) - first >= 3
    for lines in pages[first:]:
        assert [line.split() for line in lines if line.startswith("序号")] == [["序号", "名称", "数值", "口径"]]
