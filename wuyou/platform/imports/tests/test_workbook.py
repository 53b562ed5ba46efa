"""Reading .xlsx: compared with openpyxl cell by cell, and the things that openpyxl does not tell."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import Font

from wuyou.platform.imports.book import Area, open_book
from wuyou.platform.imports.packed import Row, colour_of, column_index, column_letters, text_of, unpack
from wuyou.platform.imports.tests.samples import as_file, workbook


def cells_of(path, sheet=0):
    with open_book(path) as book:
        return {
            f"{column_letters(index)}{row.number}": unpack(cell, f"{column_letters(index)}{row.number}")
            for row in book.rows(book.sheets[sheet])
            for index, cell in enumerate(row.cells)
            if cell is not None
        }


def test_values_are_those_that_openpyxl_reads(tmp_path):
    rows = [
        ["姓名", "数"],
        ["张 三", 3],
        ["李四\n五", 2.5],
        [" 空格 ", date(2020, 2, 29)],
        ["=像公式", True],
        ["<&>\"'", 1e15],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, formats={"B2": {"num_format": "0.00"}})
    found = cells_of(path)
    for row in openpyxl.load_workbook(path, data_only=True).active.iter_rows():
        for cell in row:
            value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
            assert found[cell.coordinate].raw == value
    assert (found["B2"].text, found["B3"].text, found["B4"].text, found["B6"].text) == (
        "3.00", "2.5", "2020-02-29", "1000000000000000",
    )  # fmt: skip


def test_inline_strings_and_escapes_and_line_breaks(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["一_x000D_\n二", "三_x005F_x000D_", "四"])
    book.active["C1"].font = Font(color="FFFF0000")
    book.active["D1"].font = Font(strike=True)
    book.active["D1"] = "去世"
    out = io.BytesIO()
    book.save(out)
    found = cells_of(as_file(tmp_path, "a.xlsx", out.getvalue()))
    assert [found[name].text for name in ("A1", "B1", "C1")] == ["一\n二", "三_x000D_", "四"]
    assert [found[name].colour for name in ("A1", "C1", "D1")] == ["", "FF0000", "strike"]


def test_errors_formulas_comments_and_hidden_columns_are_told(tmp_path):
    rows = [["甲", ("=1/0", "#DIV/0!"), ("=A1", "甲")], ["乙", ("=2", 2), None]]
    path = workbook(tmp_path / "a.xlsx", rows, comments={"A2": "本人不在家"}, hidden=["B:B"])
    found = cells_of(path)
    assert (found["B1"].error, found["B1"].text) == (True, "#DIV/0!")
    assert (found["C1"].formula, found["C1"].text, found["B2"].raw) == (True, "甲", 2)
    assert found["A2"].comment.endswith("本人不在家")
    with open_book(path) as book:
        assert book.sheets[0].hidden_columns == {1}


def test_formula_without_a_stored_result_is_told_apart_from_an_empty_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.active["B1"] = "乙"
    out = io.BytesIO()
    book.save(out)
    found = cells_of(as_file(tmp_path, "a.xlsx", out.getvalue()))
    assert (found["A1"].text, found["A1"].raw, found["A1"].formula) == ("", None, True)


def test_merged_areas_and_states_of_sheets(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙"], ["丙", "丁"]], merged=["A1:A2", "B1:C1"])
    with open_book(path) as book:
        (sheet,) = book.sheets
        assert sorted(sheet.merged, key=lambda area: area.left) == [Area(1, 0, 2, 0), Area(1, 1, 1, 2)]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_rows_without_references_and_with_a_namespace_prefix(tmp_path, prefix):
    uri = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    body = "<worksheet {n}><sheetData><row><c t='str'><v>甲</v></c><c><v>2</v></c></row>"
    body += "<row><c/><c><v>3</v></c></row></sheetData></worksheet>"
    body = body.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}").replace("{n}", f'{name}="{uri}"')
    source = io.BytesIO()
    openpyxl.Workbook().save(source)
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, body if part.endswith("sheet1.xml") else old.read(part))
    with open_book(as_file(tmp_path, "a.xlsx", out.getvalue())) as book:
        assert list(book.rows(book.sheets[0])) == [Row(1, False, ["甲", 2]), Row(2, False, [None, 3])]


def test_plain_rows_and_parsed_rows_are_understood_alike(tmp_path):
    """A comment inside the XML sends a row through the parser instead of the quick way."""
    rows = [[f"文{n}", n, n / 4, date(2020, 1, 1 + n % 28), None, f"尾{n}"] for n in range(60)]
    plain = workbook(tmp_path / "plain.xlsx", rows)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data.replace(b"</c></row>", b"</c><!-- x --></row>") if "sheet1" in part else data)
    with open_book(plain) as one, open_book(as_file(tmp_path, "parsed.xlsx", out.getvalue())) as other:
        assert list(one.rows(one.sheets[0])) == list(other.rows(other.sheets[0]))


def test_several_walks_over_the_rows_do_not_disturb_each_other(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [[n] for n in range(5)])
    with open_book(path) as book:
        one, other = book.rows(book.sheets[0]), book.rows(book.sheets[0])
        assert [next(one).number, next(other).number, next(one).number] == [1, 1, 2]


def test_columns_are_named_as_excel_does():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_index(letters) for letters in ("A", "Z", "AA", "ZZ", "AAA")] == [0, 25, 26, 701, 702]


def test_text_and_colour_of_packed_cells():
    assert [text_of(cell) for cell in (None, "甲", 3, 2.5, ["3.00", "n", 3])] == ["", "甲", "3", "2.5", "3.00"]
    assert [colour_of(cell) for cell in (None, "甲", ["x", "s", None, False, "", "FF0000"])] == ["", "", "FF0000"]
