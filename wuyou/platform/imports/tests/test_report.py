import csv
import io
import json

from wuyou.platform.imports.report import CellsFile, table_report
from wuyou.platform.imports.tests.samples import understood, workbook


def test_report_tells_what_scripts_read(tmp_path):
    rows = [["库存表"], ["名称", "件数", "颜色", "电话"], ["桌", 1, "红", "19900000001"], ["合计", 1]]
    path = workbook(tmp_path / "库.xlsx", rows, sheet="一", merged=["A1:D1"])
    ((part, reader, _),) = understood(path)
    report = json.loads(json.dumps(table_report("库.xlsx", part, reader.counts), ensure_ascii=False))
    assert {key: report[key] for key in ("kind", "header_rows", "first_data_row", "last_data_row", "data_rows")} == {
        "kind": "things", "header_rows": [2, 2], "first_data_row": 3, "last_data_row": 3, "data_rows": 1,
    }  # fmt: skip
    assert report["skipped_rows"] == [{"row": 4, "reason": "total"}]
    assert [(c["column"], c["field"], c["policy"], c["confidence"]) for c in report["columns"]] == [
        ("A", "name", "store", 1.0), ("B", "count", "store", 1.0), ("C", "", "ignore", 0.0), ("D", "phone", "ask_purpose", 1.0),
    ]  # fmt: skip
    assert (report["stored"], report["asked"], report["refused"], report["ignored"]) == (["A", "B"], ["D"], [], ["C"])
    assert report["columns"][0]["reason"] == "表头就是“名称”"
    assert report["counts"] == {"rows": 1, "clean": 1, "warned": 0, "refused": 0}


def test_cells_have_one_line_each_with_breaks_written_out(tmp_path):
    rows = [["名称", "数量", "备注"], ["桌", "3人", "一\n二 "], ["", "2", "x"], ["凳", "1", "y"]]
    path = workbook(tmp_path / "库.xlsx", rows)
    ((_, reader, read),) = understood(path)
    out = io.StringIO()
    cells = CellsFile(out)
    for row in read:
        cells.write(reader.lines(row))
    assert list(csv.reader(io.StringIO(out.getvalue()))) == [
        ["file", "sheet", "cell", "field", "raw", "value", "severity", "code"],
        ["库.xlsx", "表", "B2", "count", "3人", "3", "ok", ""],
        ["库.xlsx", "表", "C2", "note", "一\\n二 ", "一\\n二", "ok", ""],
        ["库.xlsx", "表", "A3", "name", "", "", "error", "required_missing"],
    ]
