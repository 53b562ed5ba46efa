"""A plan's numbers as a table: read as offices write it, and going out so that it can come back."""

from typing import Any

import pytest

from wuyou.orgs.rules.target_sheet import Words, read_sheet
from wuyou.orgs.rules.targets import Spot, Years

QILIN, HUIZE, FARM, SCHOOL = 1, 2, 7, 8
WORDS = Words(
    offices={"麒麟区侨联": QILIN, "麒麟区": QILIN, "会泽县侨联": HUIZE},
    kinds={"华侨农场": FARM, "中小学": SCHOOL},
    events={"新建": "establish", "重组": "reorganise", "恢复": "restore"},
    years=Years(2025, 2027),
)
HEAD = ["侨联", "组织类型", "事项", "2025年", "2026年", "2027年"]


def spot(office: int, year: int, event: str = "establish", kind: int | None = None) -> Spot:
    return Spot(office, kind, year, event)


def read(*rows: list[str], head: list[str] | None = None) -> tuple[dict[Spot, int | None], list[str]]:
    found = read_sheet([head or HEAD, *rows], WORDS)
    return found.numbers, [str(problem) for problem in found.problems]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("4", 4),
        ("0", 0),
        (" 12 ", 12),
        ("３", 3),
        ("5个", 5),
        ("", None),
        ("—", None),
        ("无", None),
        ("未定计划", None),
    ],
)
def test_what_a_cell_says(cell: str, number: int | None) -> None:
    told = {spot(QILIN, 2025): number, spot(QILIN, 2026): None, spot(QILIN, 2027): None}
    assert read(["麒麟区侨联", "全部", "新建", cell, "", ""]) == (told, [])


@pytest.mark.parametrize("cell", ["-1", "1.5", "10000", "约3", "三", "3+2"])
def test_what_is_no_number_is_said_and_the_rest_is_read(cell: str) -> None:
    numbers, problems = read(["麒麟区侨联", "", "新建", cell, "2", "3"])
    assert numbers == {spot(QILIN, 2026): 2, spot(QILIN, 2027): 3}
    assert problems == [f"第 2 行 2025 年：“{cell}”不是 0 到 9999 之间的整数，没有读入；请改正。"]


def test_a_kind_an_office_of_the_row_above_and_totals() -> None:
    numbers, problems = read(
        ["麒麟区", "全部", "新建", "4", "", ""],
        ["", "华侨农场", "新建", "1", "", ""],
        ["", "", "恢复", "2", "", ""],
        ["", "", "", "", "", ""],
        ["合计", "", "新建", "9", "", ""],
        ["", "", "恢复", "9", "", ""],
    )
    assert {at: number for at, number in numbers.items() if number is not None} == {
        spot(QILIN, 2025): 4,
        spot(QILIN, 2025, kind=FARM): 1,
        spot(QILIN, 2025, "restore"): 2,
    }
    assert problems == []


def test_a_table_whose_heads_name_the_events() -> None:
    head = ["县区", "2025年新建", "2025年重组", "2026新建"]
    assert read(["麒麟区", "3", "1", "2"], head=head) == (
        {spot(QILIN, 2025): 3, spot(QILIN, 2025, "reorganise"): 1, spot(QILIN, 2026): 2},
        [],
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ["昆明市侨联", "", "新建", "1", "", ""],
            "第 2 行：计划里没有叫“昆明市侨联”的侨联，这一行没有读入；请核对名称。",
        ),
        (["麒麟区侨联", "商会", "新建", "1", "", ""], "第 2 行：没有叫“商会”的组织类型，这一行没有读入；请核对名称。"),
        (["麒麟区侨联", "", "停滞", "1", "", ""], "第 2 行：事项要写新建、重组或恢复，“停滞”没有读入；请改正。"),
        (["", "", "新建", "1", "", ""], "第 2 行：计划里没有叫“”的侨联，这一行没有读入；请核对名称。"),
    ],
)
def test_a_row_that_is_not_understood(row: list[str], sentence: str) -> None:
    good = ["会泽县侨联", "", "新建", "2", "2", "2"]
    numbers, problems = read(row, good)
    assert (set(numbers.values()), len(numbers), problems) == ({2}, 3, [sentence])


def test_the_same_place_twice_and_a_year_outside_of_the_plan() -> None:
    row = ["麒麟区侨联", "", "新建", "1", "1"]
    numbers, problems = read(row, row, head=["侨联", "组织类型", "事项", "2027年", "2028年"])
    assert numbers == {spot(QILIN, 2027): 1}
    assert problems == [
        "2028 年不在计划的年度之内，这一列没有读入；请核对，或先修改计划的年度。",
        "第 3 行 2027 年：同一个侨联、类型和事项前面已经有了，没有读入；请只留一行。",
    ]


@pytest.mark.parametrize(
    "rows", [[], [["麒麟区侨联", "", "新建", "1"]], [["侨联", "事项", "计划数"]], [["事项", "2025年"]]]
)
def test_without_a_head_nothing_is_read(rows: list[list[str]]) -> None:
    found = read_sheet(rows, WORDS)
    told = "没有找到表头；表里要有“侨联”“事项”和各年度的列，请连同表头一起复制，或先导出现在的表再改。"
    assert (found.numbers, [str(problem) for problem in found.problems]) == ({}, [told])


def test_a_title_may_stand_above_the_heads() -> None:
    title: list[Any] = ["麒麟区侨联 2025年目标计划表", "", "", "", "", ""]
    found = read_sheet([title, HEAD, ["麒麟区侨联", "", "新建", "1", "2", "3"]], WORDS)
    assert [*found.numbers.values()] == [1, 2, 3]
