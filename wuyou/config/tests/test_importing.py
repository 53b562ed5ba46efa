"""`wuyou import` and `wuyou undo-import`: what they print, write and refuse."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from wuyou.activities.models import Activity
from wuyou.config import cli, commands
from wuyou.demo.small import GOOD
from wuyou.intake.tests.offices import workbook
from wuyou.people.models import Person
from wuyou.platform.models import ImportBatch

HEAD = ("序号", "日期", "基层组织", "类型", "主题", "参加人数")
MEETING = (1, "2025-03-04", GOOD, "学习", "学习《归侨侨眷权益保护法》", "约12")
UNKNOWN = (2, "2025-03-05", "天上街道老干部支部", "学习", "读书会", 9)


@pytest.fixture
def sheet(small: Any, tmp_path: Path) -> Path:
    path = tmp_path / "会议活动记录.xlsx"
    path.write_bytes(workbook(HEAD, MEETING, UNKNOWN, sheet="记录"))
    return path


def wuyou(*words: Any) -> int:
    """Run one command in this process and return its exit code."""
    return commands.run(cli._parser().parse_args([str(word) for word in words]))


def test_without_yes_nothing_is_written(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (Activity.objects.count(), ImportBatch.objects.count())
    assert wuyou("import", "activities", sheet) == 0
    said = capsys.readouterr().out
    assert (Activity.objects.count(), ImportBatch.objects.count()) == before
    assert "未导入 1 行：组织名册里没有“天上街道老干部支部”；请先登记该组织，或改正名称。" in said
    assert "提醒 1 格（参加人数，如 记录 F2）：数字前有“约”，已按写出的数保存；请核对。" in said
    assert "以上是预览，什么都没有写入；确认后加 --yes 再执行一次。" in said


def test_yes_stores_the_good_rows_and_undo_takes_them_back(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Activity.objects.count()
    assert wuyou("import", "auto", sheet, "--yes") == 0
    batch = ImportBatch.objects.get()
    assert f"撤销：wuyou undo-import {batch.pk}" in capsys.readouterr().out
    assert Activity.objects.count() == before + 1
    assert wuyou("undo-import", batch.pk) == 0
    assert capsys.readouterr().out == "已撤销，收回 1 条记录。\n"
    assert Activity.objects.count() == before


def test_report_cells_and_marked_workbook_have_the_documented_forms(sheet: Path, tmp_path: Path) -> None:
    report, cells, folder = tmp_path / "out.json", tmp_path / "cells.csv", tmp_path / "marked"
    assert (
        wuyou("import", "activities", sheet, "--yes", "--report", report, "--cells", cells, "--annotated", folder) == 0
    )
    told = json.loads(report.read_text(encoding="utf-8"))
    assert sorted(told) == ["batch", "committed", "counts", "findings", "remarks", "shown", "tables"]
    assert told["counts"] == {"activities": {"new": 1, "changed": 0, "unchanged": 0, "rejected": 1}}
    table = told["tables"][0]
    assert (table["header_rows"], table["first_data_row"], table["last_data_row"], table["stored"]) == (
        [1, 1],
        2,
        3,
        list("ABCDEF"),
    )
    assert table["counts"] == {
        "rows": 2, "clean": 0, "warned": 1, "refused": 1, "new": 1, "changed": 0, "unchanged": 0, "rejected": 1,
    }  # fmt: skip
    with cells.open(encoding="utf-8", newline="") as handle:
        lines = {
            line["cell"]: (line["field"], line["value"], line["severity"], line["code"])
            for line in csv.DictReader(handle)
        }
    assert lines["F2"] == ("present", "12", "warn", "amount_approximate")
    assert lines["C3"] == ("group", "", "error", "group_unknown")
    assert load_workbook(folder / sheet.name).sheetnames == ["错误清单", "记录"]


REFUSED = (
    (("import", "activities", "没有这个文件.xlsx"), "没有找到文件 没有这个文件.xlsx，什么都没有导入；请核对路径。"),
    (("undo-import", "不是编号"), "批次编号不对，什么都没有改动；请使用导入时打印的编号。"),
    (("undo-import", "00000000-0000-0000-0000-000000000000"), "没有找到，或没有权限。"),
)


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_a_refusal_is_one_sentence_and_exit_code_1(
    small: Any, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    assert (wuyou(*words), capsys.readouterr().err.strip()) == (1, sentence)


def test_an_unreadable_file_is_named(small: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "说明.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert wuyou("import", "auto", path, "--yes") == 1
    assert capsys.readouterr().err.strip() == "说明.pdf：这是 PDF 文件，没有导入；请上传原来的 .xlsx 或 .csv 表格。"


def test_all_or_nothing_takes_nothing(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Activity.objects.count()
    assert wuyou("import", "activities", sheet, "--yes", "--all-or-nothing") == 1
    assert "有 1 行不能导入" in capsys.readouterr().err
    assert Activity.objects.count() == before


def test_persons_are_registered_on_the_ground_and_purpose_of_the_command(small: Any, tmp_path: Path) -> None:
    path = tmp_path / "侨情表.xlsx"
    path.write_bytes(
        workbook(("姓名", "性别", "侨情类别", "现住址"), ("罗秀琼", "女", "侨眷", "麒麟区文华街道"), sheet="摸底")
    )
    assert wuyou("import", "persons", path, "--yes", "--purpose", "摸底", "--ground", "legal_duty") == 0
    basis = Person.objects.get(name="罗秀琼").basis
    assert (basis.ground, basis.purpose) == ("legal_duty", "摸底")
