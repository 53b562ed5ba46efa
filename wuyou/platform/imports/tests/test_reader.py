"""Rows as the machine reads them, with a small kind of table of the tests' own."""

from wuyou.kernel.reading import Severity
from wuyou.platform.imports.tests.samples import THINGS, understood, workbook

HEAD = ["序号", "名称", "数量", "费用", "备注"]


def only(path, **options):
    ((part, reader, rows),) = understood(path, **options)
    return part, reader, rows


def codes(lines):
    return [(line.where, line.field, line.value, [finding.code for finding in line.findings]) for line in lines]


def make(tmp_path, body, **options):
    return only(workbook(tmp_path / "2025年物品.xlsx", [HEAD, *body], **options))


FILL = [[n, f"物{'甲乙丙丁戊己庚辛'[n % 8]}", 10 + n, 100 * n, None] for n in range(1, 9)]


def test_same_as_above_takes_the_last_value_of_the_column(tmp_path):
    _, reader, rows = make(
        tmp_path, [[1, "桌", 1, 100, "同上"], [2, "椅", 2, 200, "旧"], [3, "同上", "〃", 300, "同 上"], *FILL]
    )
    assert [row.readings["note"].text for row in rows[:3]] == ["", "旧", "旧"]
    assert (rows[2].readings["name"].text, rows[2].readings["count"].value) == ("椅", 2.0)
    assert codes(reader.lines(rows[0])) == [("E2", "note", "", ["same_as_above_nothing"])]
    assert codes(reader.lines(rows[2])) == [
        ("B4", "name", "椅", ["same_as_above"]), ("C4", "count", "2", ["same_as_above"]), ("E4", "note", "旧", ["same_as_above"]),
    ]  # fmt: skip


def test_merged_area_fills_its_rows(tmp_path):
    _, reader, rows = make(
        tmp_path, [[1, "桌", 1, 100, "库房"], [2, "椅", 2, 200], [3, "凳", 3, 300], *FILL], merged=["E2:E4"]
    )
    assert [row.readings["note"].text for row in rows[:4]] == ["库房", "库房", "库房", ""]
    assert codes(reader.lines(rows[1])) == [("E3", "note", "库房", [])]


def test_error_value_and_formula_and_missing_name(tmp_path):
    body = [[1, ("=1/0", "#DIV/0!"), 1, 100], [2, None, 2, ("=100+100", 200)], *FILL]
    _, reader, rows = make(tmp_path, body)
    assert codes(reader.lines(rows[0])) == [("B2", "name", "", ["excel_error_value"])]
    assert codes(reader.lines(rows[1])) == [("B3", "name", "", ["required_missing"]), ("D3", "cost", "200", [])]


def test_reading_that_depends_on_the_row_is_not_remembered(tmp_path):
    _, _, rows = make(tmp_path, [[1, "桌", 1, 500], [2, "贵", 1, 500], [3, "凳", 1, 500], *FILL])
    assert [row.readings["cost"].severity for row in rows[:3]] == [Severity.OK, Severity.WARN, Severity.OK]


def test_rare_colour_is_warned_once_a_row(tmp_path):
    body = [[n, f"物{n}号", n, 100] for n in range(1, 12)]
    body = [[n, "甲乙丙丁戊己庚辛壬癸子"[n - 1], n, 100] for n in range(1, 12)]
    _, reader, rows = make(tmp_path, body, formats={"B3": {"font_color": "red"}, "C3": {"bg_color": "yellow"}})
    assert codes(reader.lines(rows[1])) == [("B3", "colour", "", ["meaning_in_colour"])]
    assert [codes(reader.lines(row)) for row in rows[2:4]] == [[], []]


def test_repeated_entry_is_warned_at_the_second(tmp_path):
    _, reader, rows = make(tmp_path, [[1, "桌", 1, 100], [2, "椅", 1, 100], [3, "桌", 1, 100], *FILL])
    assert codes(reader.lines(rows[2])) == [("A4", "row", "2", ["duplicate_row"])]


def test_printed_sums_are_added_up_again(tmp_path):
    body = [*FILL[:4], ["小计", None, 50, 1001], *FILL[4:], ["小计", None, 66, 2600], ["合计", None, 116, 3600]]
    _, reader, rows = make(tmp_path, body)
    assert len(rows) == 8
    assert codes(reader.sum_lines()) == [("D6", "cost", "1000", ["sum_mismatch"])]


def test_sum_with_a_refused_part_is_not_judged(tmp_path):
    _, reader, _ = make(tmp_path, [*FILL[:4], [9, "箱", 5, "很多"], ["合计", None, 55, 7777]])
    assert codes(reader.sum_lines()) == []


def test_counts_by_severity(tmp_path):
    _, reader, _ = make(tmp_path, [[1, "桌", "x", 100], [2, "贵", 1, 100], *FILL])
    assert reader.counts == {"rows": 10, "clean": 8, "warned": 1, "refused": 1}


def test_column_without_a_purpose_is_never_read(tmp_path):
    rows = [["名称", "数量", "保密级别", "颜色"], *[[f"物{n}", n, "绝密", "红"] for n in "甲乙丙丁戊己"]]
    rows = [["名称", "数量", "保密级别", "颜色"], *[[f"物{n}", 7, "绝密", "红"] for n in "甲乙丙丁戊己"]]
    part, _, read = only(workbook(tmp_path / "a.xlsx", rows))
    assert {m.header: (m.field, m.policy.value) for m in part.mapping.matches} == {
        "名称": ("name", "store"), "数量": ("count", "store"), "保密级别": ("secret", "refuse"), "颜色": ("", "ignore"),
    }  # fmt: skip
    assert set(read[0].readings) == {"name", "count"}


def test_kind_chosen_by_the_user_is_kept(tmp_path):
    rows = [["甲", "乙"], *[[f"物{n}", "库"] for n in "甲乙丙丁戊己"]]
    path = workbook(tmp_path / "a.xlsx", rows)
    ((part, _, _),) = understood(path)
    ((chosen, _, _),) = understood(path, only=THINGS.name)
    assert (part.mapping.name, chosen.mapping.name) == ("unknown", "things")
