"""What LibreOffice makes of an exported table: no formula, and every value as it was."""

from pathlib import Path

import pytest

from wuyou.platform.exports.commas import csv_chunks
from wuyou.platform.exports.tables import ExportColumn, Kind
from wuyou.platform.exports.workbook import write_xlsx
from wuyou.platform.tests.test_exports import COLUMNS, PAYLOADS, ROWS
from wuyou.platform.tests.tools import converted, pdf_pages

TEXTS = (ExportColumn("甲"), ExportColumn("乙"))


def opened(source: Path, folder: Path) -> str:
    return converted(source, "fods", folder=folder).read_text()


def test_unguarded_csv_would_be_a_formula(tmp_path):
    """The control: without it the two tests below would prove nothing."""
    source = tmp_path / "bare.csv"
    source.write_text("甲\n=1+1\n")
    assert "table:formula" in opened(source, tmp_path)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_payload_becomes_a_formula(kind, tmp_path):
    source = tmp_path / f"table.{kind}"
    rows = [(text, "甲") for text in PAYLOADS]
    if kind == "csv":
        source.write_bytes(b"".join(csv_chunks(TEXTS, rows)))
    else:
        write_xlsx(source, "名册", TEXTS, rows)
    said = opened(source, tmp_path)
    assert "table:formula" not in said
    assert said.count("<text:p>甲</text:p>") == len(PAYLOADS) + 1


def test_values_of_a_workbook_are_read_as_they_were_meant(tmp_path):
    source = tmp_path / "table.xlsx"
    write_xlsx(source, "名册", COLUMNS, ROWS)
    text = converted(
        source, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", folder=tmp_path
    ).read_text()
    assert text.splitlines() == [
        "姓名,身份证号,人数,金额（元）,日期,登记时间,共用",
        "张三,530399199001010015,12,12345.67,2025-03-01,2025-03-01 09:05:00,是",
        "李四,0874,0,-0.05,1898-05-04,,否",
        ",,,,,,",
        "王五,001,约20,不详,2025年3月,上午,",
    ]


def test_printed_pages_repeat_the_head_and_count_themselves(tmp_path):
    source = tmp_path / "table.xlsx"
    write_xlsx(source, "名册", (ExportColumn("号", Kind.WHOLE), ExportColumn("姓名")), [(n, "张三") for n in range(80)])
    pages = pdf_pages(converted(source, "pdf", folder=tmp_path))
    assert len(pages) >= 2
    assert {lines[0].replace(" ", "") for lines in pages} == {"号姓名"}
    assert [lines[-1].replace(" ", "") for lines in pages] == [
        f"第{number}页，共{len(pages)}页" for number in range(1, len(pages) + 1)
    ]
