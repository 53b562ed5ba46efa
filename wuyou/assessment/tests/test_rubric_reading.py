"""Whole scoring tables: blocks, totals, caps, grades, filled forms; invented tables beside the sample."""

import json
from decimal import Decimal

import pytest

from wuyou.assessment.columns import RUBRIC
from wuyou.assessment.rubric_draft import RubricRow
from wuyou.assessment.rubric_notes import grades_of, joined, mandatory_rule, maximum_of, weights_of
from wuyou.assessment.rubric_reading import read_rubric, rubric_json
from wuyou.assessment.rubric_sheet import read_rubric_part
from wuyou.platform.imports.analysis import analyse
from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.columns import Around, Cell
from wuyou.platform.tests.beside import SAMPLES


def rows_of(*lines, first=4):
    """Rows from tuples (kind, block, item, points, standard, self, review), None where a cell is empty."""
    names = ("block", "item", "points", "standard", "self_score", "review_score")
    return [
        RubricRow(number, line[0], {
            name: Cell(f"{letter}{number}", str(value), value)
            for letter, name, value in zip("BCDEGH", names, line[1:], strict=False) if value is not None
        })
        for number, line in enumerate(lines, start=first)
    ]  # fmt: skip


TABLE = rows_of(
    ("item", "一、基础工作(60分)", "▲组织健全", 30, "组织健全得30分,否则不得分。", 30, 0),
    ("item", None, "开展活动", 30, "全年4次以上得30分,2次以上得15分,2次以下不得分。", "30分", 35),
    ("subtotal", None, None, 60, None, 60, 35),
    ("item", "二、创新工作\n(40分)", "特色做法", 40, "由考核组综合评定。", 20, 20),
    ("item", "三、加分项", "受表彰", 5, "省级加5分、市级加3分,取最高分。", 5, 5),
    ("item", None, "信息采用", 5, "采用1条加1分,最高5分。", 5, 5),
    ("item", "四、一票否决", "违纪违法", "一票否决", "有违纪违法的不得评优。", None, None),
    ("total", None, None, "100+5", None, 90, 66),
)
NOTES = [
    "注:1.▲为必备项,未达到的不得评为优秀;2.加分最高不超过5分;3.总分85分及以上为优秀,60-85分为合格,60分以下为不合格。"
]


def test_blocks_items_and_roles():
    draft = read_rubric(TABLE, notes=NOTES).draft
    assert [(b.name, b.points, b.role, b.sum_of_items) for b in draft.blocks] == [
        ("一、基础工作", 60, "scored", 60),
        ("二、创新工作", 40, "scored", 40),
        ("三、加分项", 10, "bonus", 10),
        ("四、一票否决", None, "veto", 0),
    ]
    assert [item.name for item in draft.items] == ["组织健全", "开展活动", "特色做法", "受表彰", "信息采用"]
    assert [item.mandatory for item in draft.items] == [True, False, False, False, False]


def test_totals_caps_grades_and_the_rule_for_what_is_mandatory():
    draft = read_rubric(TABLE, notes=NOTES).draft
    assert (draft.total, draft.bonus_cap, draft.maximum) == (100, 5, 105)
    assert draft.grades == ((85, "优秀"), (60, "合格"), (0, "不合格"))
    assert draft.mandatory_rule == "▲项未达到的,不得评为优秀"


def test_a_filled_form_is_added_up_again():
    reading = read_rubric(TABLE, title="考核表\n被考核组织:云台教育局联络组   日期:", notes=NOTES, sheet="样表")
    filled = reading.filled
    assert filled.group == "云台教育局联络组"
    assert (filled.limited["self"].final, filled.as_typed["review"].final) == (Decimal(85), Decimal(60))
    assert (filled.limited["review"].final, filled.mandatory_failed, filled.grade) == (55, ("组织健全",), "不合格")
    assert [(f.where, f.value, f.finding.code) for f in reading.findings] == [
        ("H5", "", "score_above_points"),
        ("G11", "85", "sum_mismatch"),
        ("H11", "55", "sum_mismatch"),
    ]


def test_a_blank_form_has_no_filled_part_and_says_nothing():
    blank = [RubricRow(r.row, r.kind, {n: c for n, c in r.cells.items() if "score" not in n}) for r in TABLE]
    reading = read_rubric(blank, notes=NOTES)
    assert (reading.filled, reading.findings) == (None, ())


def test_a_total_of_100_plus_30_tells_which_block_is_extra():
    table = rows_of(
        ("item", "基础工作", "甲", 100, "酌情", None, None),
        ("item", "创新工作", "乙", 30, "酌情", None, None),
        ("total", None, None, "100+30", None, None, None),
    )
    draft = read_rubric(table).draft
    assert [(b.name, b.role) for b in draft.blocks] == [("基础工作", "scored"), ("创新工作", "bonus")]
    assert (draft.total, draft.bonus_cap, draft.maximum) == (100, 30, 130)


def test_points_of_a_block_that_are_not_the_sum_of_its_items_are_questioned():
    table = rows_of(
        ("item", "一、组织(20分)", "甲", 10, "齐全得10分", None, None),
        ("item", None, "乙", 8, "齐全得8分", None, None),
        ("subtotal", None, None, 21, None, None, None),
    )
    assert [(f.where, f.value) for f in read_rubric(table).findings] == [("D6", "18"), ("B4", "18")]


def test_a_table_without_a_total_of_hundred():
    """T2: 1,000 points and 30 extra, yet no more than 1,000 in the end; T5: shares of 60 and 40 %."""
    words = joined(["1.附加分30分,最终得分不超过1000分;2.平时考核占60%,实地考核占40%。"])
    assert maximum_of(Decimal(1000), Decimal(30), words)[0] == 1000
    assert weights_of(words) == (("平时考核", 60), ("实地考核", 40))


@pytest.mark.parametrize(
    ("notes", "grades"),
    [
        ("90-100分为优秀,80-90分为良好,80分以下为一般", [(90, "优秀"), (80, "良好"), (0, "一般")]),
        (
            "优秀:90分以上,良好:80-89分,合格:60-79分,不合格:60分以下",
            [(90, "优秀"), (80, "良好"), (60, "合格"), (0, "不合格")],
        ),
        ("950分以上为5A,901分以上为4A", [(950, "5A"), (901, "4A")]),
        ("注:1.考核结果报市侨联", []),
        ("1.★为必备项;2.90分及以上为优秀,60分以下为不合格", [(90, "优秀"), (0, "不合格")]),
    ],
)
def test_grades_in_the_remarks(notes, grades):
    assert grades_of(joined([notes])) == tuple(grades)


@pytest.mark.parametrize(
    ("notes", "rule"),
    [
        ("★为必备项,未达到的不得评为优秀", "★项未达到的,不得评为优秀"),
        ("必备条件有一项未达到的,不得评为先进", "必备项未达到的,不得评为先进"),
        ("各单位按时上报", ""),
    ],
)
def test_the_rule_for_mandatory_items(notes, rule):
    assert mandatory_rule(joined([notes])) == rule


def test_a_score_above_its_points_is_refused_in_its_cell():
    column = next(column for column in RUBRIC.columns if column.field == "self_score")
    around = Around("", row={"points": Cell("D8", "8", 8)})
    assert column.read(Cell("G8", "9", 9), around).findings[0].code == "score_above_points"
    assert column.read(Cell("G8", "8分", "8分"), around).text == "8"


@pytest.mark.samples
def test_the_sample_workbook_gives_its_true_scheme():
    path = SAMPLES / "2025年度考核评分表.xlsx"
    truth = json.loads((SAMPLES / "truth_rubric.json").read_text(encoding="utf-8"))
    for form in truth["filled"]:
        del form["group"]
    with open_book(path) as book:
        readings = [read_rubric_part(book, part) for part in analyse(book, [RUBRIC])]
    assert rubric_json(path.name, readings) == truth
    assert [(f.where, f.value, f.finding.code) for r in readings for f in r.findings] == [
        ("G8", "", "score_above_points"), ("H31", "85.5", "sum_mismatch"),
        ("G8", "", "score_above_points"), ("H31", "109.5", "sum_mismatch"),
    ]  # fmt: skip
