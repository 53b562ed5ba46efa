"""The structure of the written .docx, read back: every measure of the standard."""

import io
from datetime import date

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from wuyou.kernel.refusals import Refused
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

TABLE = Table(
    (TableColumn("序号", 1, Align.CENTRE), TableColumn("名称", 3), TableColumn("数值", 2, Align.RIGHT)),
    (TableRow(("1", "小组总数", "120个"), "figure_1"), TableRow(("2", "活动次数", "36次"), "figure_2")),
)
BLOCKS = (
    Paragraph(("现将情况总结如下。",)),
    Heading(1, "基本情况"),
    Paragraph(("共有小组", Figure("120", "figure_1", "小组总数：120个"), "个，做到“组织起来”。")),
    Heading(1, "主要做法"),
    Heading(2, "总体要求"),
    Heading(3, "指导思想。", ("坚持服务。",)),
    Heading(3, "工作原则。", ("先建立、后完善。",)),
    Heading(2, "具体做法"),
    Heading(3, "组建。", ("新建",)),
    Heading(4, "摸底。", ("逐村走访。",)),
)


def document(**overrides) -> OfficialDocument:
    fields = {
        "title": ("夯实基础强化服务", "不断增强基层活力"),
        "subtitle": "某市工作总结",
        "blocks": BLOCKS,
        "signed_by": "某市联合会",
        "dated": date(2025, 12, 5),
        "appendices": (Appendix("数据一览", (TABLE,)),),
    }
    return OfficialDocument(**{**fields, **overrides})


def read(**overrides) -> DocxDocument:
    return docx.Document(io.BytesIO(writer.written(document(**overrides))))


def texts(read_back: DocxDocument) -> list[str]:
    return ["".join(part.text or "" for part in p._p.iter(qn("w:t"))) for p in read_back.paragraphs]


def paragraph_of(read_back: DocxDocument, start: str) -> DocxParagraph:
    (found,) = [p for p, text in zip(read_back.paragraphs, texts(read_back), strict=True) if text.startswith(start)]
    return found


def test_paragraphs_stand_in_the_order_of_the_standard():
    assert texts(read()) == [
        "夯实基础强化服务", "不断增强基层活力", "——某市工作总结", "", "现将情况总结如下。",
        "一、基本情况", "共有小组120个，做到“组织起来”。",
        "二、主要做法", "（一）总体要求", "1.指导思想。坚持服务。", "2.工作原则。先建立、后完善。",
        "（二）具体做法", "1.组建。新建", "（1）摸底。逐村走访。",
        "", "附件：数据一览", "", "", "某市联合会", "2025年12月5日", "附件", "", "数据一览", "", "",
    ]  # fmt: skip


def test_page_is_a4_with_the_margins_of_the_standard():
    section = read().sections[0]
    measured = [section.page_width, section.page_height, section.top_margin, section.bottom_margin,
                section.left_margin, section.right_margin]  # fmt: skip
    assert [round(length.mm, 1) for length in measured] == [210, 297, 37, 35, 28, 26]


def test_grid_is_of_lines_only():
    grid = read().sections[0]._sectPr.find(qn("w:docGrid"))
    assert {name.split("}")[1]: value for name, value in grid.attrib.items()} == {"type": "lines", "linePitch": "579"}


def test_body_line_is_28_95_points_exactly_and_first_line_two_characters_in():
    shape = paragraph_of(read(), "现将").paragraph_format
    assert (shape.line_spacing.pt, shape.line_spacing_rule.name) == (28.95, "EXACTLY")
    indent = paragraph_of(read(), "现将")._p.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


FACES = [
    ("夯实基础", "方正小标宋简体", 22.0, None),
    ("——某市", "楷体_GB2312", 16.0, None),
    ("现将", "仿宋_GB2312", 16.0, -0.25),
    ("一、基本", "黑体", 16.0, -0.25),
    ("（一）", "楷体_GB2312", 16.0, -0.25),
    ("1.指导思想", "仿宋_GB2312", 16.0, -0.25),
    ("（1）", "仿宋_GB2312", 16.0, -0.25),
    ("2025年", "仿宋_GB2312", 16.0, -0.25),
]


@pytest.mark.parametrize(("start", "font", "size", "tracking"), FACES)
def test_face_of_each_part(start, font, size, tracking):
    run = paragraph_of(read(), start).runs[0]
    spacing = run._r.rPr.find(qn("w:spacing"))
    assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert (run.font.name, run.font.size.pt) == (font, size)
    assert (None if spacing is None else int(spacing.get(qn("w:val"))) / 20) == tracking


def test_every_run_names_its_east_asian_font_and_the_hint_for_curly_quotes():
    read_back = read()
    parts = [
        read_back.element.body,
        read_back.sections[0].footer._element,
        read_back.sections[0].even_page_footer._element,
    ]
    runs = [run for part in parts for run in part.iter(qn("w:r"))]
    assert {run.rPr.rFonts.get(qn("w:hint")) for run in runs} == {"eastAsia"}
    assert None not in {run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}


def test_page_number_is_right_on_odd_and_left_on_even_pages():
    read_back = read()
    section = read_back.sections[0]
    assert read_back.settings.odd_and_even_pages_header_footer is True
    for footer, side, indent in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert paragraph.alignment == side
        assert [i.text for i in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]
        assert {(run.font.name, run.font.size.pt) for run in paragraph.runs} == {("宋体", 14.0)}
        assert abs(int(paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{indent}"))) - 280) <= 1


def test_headings_make_the_outline_of_the_document():
    named = [(p.style.name, "".join(p.text)) for p in read().paragraphs if p.style.name.lower().startswith("heading")]
    assert named == [
        ("Heading 1", "一、基本情况"), ("Heading 1", "二、主要做法"), ("Heading 2", "（一）总体要求"),
        ("Heading 3", "1.指导思想。坚持服务。"), ("Heading 3", "2.工作原则。先建立、后完善。"),
        ("Heading 2", "（二）具体做法"), ("Heading 3", "1.组建。新建"), ("Heading 4", "（1）摸底。逐村走访。"),
    ]  # fmt: skip


def test_figure_leads_to_its_row_in_the_appendix():
    body = read().element.body
    (link,) = body.iter(qn("w:hyperlink"))
    marks = {mark.get(qn("w:name")): mark for mark in body.iter(qn("w:bookmarkStart"))}
    assert (link.get(qn("w:anchor")), link.get(qn("w:tooltip"))) == ("figure_1", "小组总数：120个")
    assert list(marks) == ["figure_1", "figure_2"]
    assert len({mark.get(qn("w:id")) for mark in marks.values()}) == 2


def test_appendix_begins_a_page_and_its_table_repeats_its_head():
    read_back = read()
    (mark,) = [p for p in read_back.paragraphs if p.text == "附件"]
    assert mark.paragraph_format.page_break_before is True
    (table,) = read_back.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "名称", "数值"], ["1", "小组总数", "120个"], ["2", "活动次数", "36次"],
    ]  # fmt: skip
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert sum(round(column.width.mm, 1) for column in table.columns) == pytest.approx(156, abs=0.2)


def test_several_appendices_are_numbered_in_the_note_and_on_their_pages():
    read_back = read(appendices=(Appendix("甲表", (TABLE,)), Appendix("乙表", (Paragraph(("无",)),))))
    said = texts(read_back)
    assert [text for text in said if text.startswith(("附件", "2.乙"))] == ["附件：1.甲表", "2.乙表", "附件1", "附件2"]


SIGNATURES = [
    # name, sealed, indent of the name, indent of the date, in characters from the right
    ("某市联合会", True, 4.75, 4.0),  # date 6.5 wide, name 5: centred over it
    ("某市某某某某联合会办公室", True, 1.25, 4.0),
    ("某某某某某某某某某某某某某某某某联合会", True, 0.0, 6.25),
    ("某市某某某某联合会", False, 2.0, 2.5),
    ("某市联合会", False, 5.5, 2.0),
]


@pytest.mark.parametrize(("name", "sealed", "name_indent", "day_indent"), SIGNATURES)
def test_signature_and_date_stand_as_the_standard_says(name, sealed, name_indent, day_indent):
    read_back = read(signed_by=name, sealed=sealed)
    indents = []
    for start in (name, "2025年12月5日"):
        written = paragraph_of(read_back, start)._p.pPr.find(qn("w:ind"))
        indents.append(0.0 if written is None else int(written.get(qn("w:rightChars"))) / 100)
    assert indents == [name_indent, day_indent]


def test_signature_is_never_alone_on_a_page():
    read_back = read(blocks=(Heading(1, "打算"), Paragraph(("继续努力。",))))
    said = texts(read_back)
    first, last = said.index("继续努力。"), said.index("2025年12月5日")
    kept = [p.paragraph_format.keep_with_next for p in read_back.paragraphs[first:last]]
    assert kept == [True] * (last - first)


def test_long_last_paragraph_may_break_before_the_signature():
    read_back = read(blocks=(Paragraph(("继续努力。" * 30,)),))
    assert paragraph_of(read_back, "继续努力。").paragraph_format.keep_with_next is None


def test_number_gets_hexagonal_brackets_and_stands_under_the_red_line():
    read_back = read(letterhead="某市联合会文件", number="某联发[2025]第017号")
    assert texts(read_back)[:6] == ["某市联合会文件", "", "", "某联发〔2025〕17号", "", ""]
    letterhead, number = read_back.paragraphs[0], read_back.paragraphs[3]
    assert str(letterhead.runs[0].font.color.rgb) == "FF0000"
    assert number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:color")) == "FF0000"


@pytest.mark.parametrize("letterhead", ["", "某市联合会文件"])
def test_signer_of_an_upward_document_stands_at_the_right_of_its_number(letterhead):
    number = paragraph_of(read(letterhead=letterhead, number="某联发[2025]17号", signer="某某"), "某联发")
    assert number.text == "某联发〔2025〕17号\t签发人：某某"
    assert number._p.pPr.find(qn("w:ind")).get(qn("w:leftChars")) == "100"
    tab = number._p.pPr.find(qn("w:tabs")).find(qn("w:tab"))
    assert (tab.get(qn("w:val")), tab.get(qn("w:pos"))) == ("right", "8529")


def test_day_left_blank_and_note_close_the_document():
    said = texts(read(appendices=(), dated=None, undated="____年__月__日", note="联系人：某某"))
    assert said[-3:] == ["某市联合会", "____年__月__日", "（联系人：某某）"]


def test_addressee_ends_with_a_colon_and_is_not_indented():
    read_back = read(addressee="各县（市、区）联合会")
    found = paragraph_of(read_back, "各县")
    assert found.text == "各县（市、区）联合会："
    assert found._p.pPr.find(qn("w:ind")) is None


def test_text_that_a_file_cannot_hold_is_left_out():
    read_back = read(blocks=(Paragraph(("甲\x00乙\x0b丙\n丁<戊>&\ud800",)),))
    assert paragraph_of(read_back, "甲").text == "甲乙丙 丁<戊>&"


def test_document_with_a_mark_of_secrecy_is_refused_and_the_reason_says_what_to_do():
    with pytest.raises(Refused) as refused:
        writer.written(document(title=("关于某事的报告（机密★5年）",)))
    assert [str(reason) for reason in refused.value.reasons] == [
        "标题“关于某事的报告（机密★5年）”带有密级字样“机密”。本系统不处理国家秘密，文稿没有生成，已录入的内容没有丢失。"
        "如确属国家秘密，请立即从本系统删除并按保密规定办理；如只是一般提到，请换一种说法。"
    ]


def test_same_document_is_written_as_the_same_text_twice():
    assert texts(read()) == texts(read())
    assert read().core_properties.author == "某市联合会"
