"""The summary on paper: numbers in place, and behind it exactly the figures used."""

import io
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.refusals import Refused
from wuyou.platform.documents import writer
from wuyou.platform.documents.content import Figure, Heading, Paragraph
from wuyou.platform.tests.tools import converted, pdf_pages
from wuyou.summaries.figures import names_in, token
from wuyou.summaries.paper import document
from wuyou.summaries.rules import drafted, subtitle_of
from wuyou.summaries.tests.samples import AS_OF, SETTING, make_figures

BODY = "截至⟦as_of⟧，共⟦orgs.total⟧个。\n一、做法\n收入⟦funds.received⟧元，共⟦orgs.total⟧个。"


def make_document(body=BODY, figures=None, **overrides):
    fields = {"title": "强基础 增活力", "subtitle": "某市侨联工作总结", "as_of": AS_OF, "signed_by": "某市侨联",
              "dated": date(2026, 1, 5)}  # fmt: skip
    return document(body=body, figures=figures or make_figures(1234), **{**fields, **overrides})


def appendix_rows(paper) -> list[tuple[str, ...]]:
    return [row.cells for appendix in paper.appendices for table in appendix.blocks for row in table.rows]


def test_text_becomes_headings_and_paragraphs_with_figures():
    paper = make_document()
    assert paper.title == ("强基础", "增活力")
    assert paper.blocks == (
        Paragraph(
            (
                "截至",
                "2025年12月31日",
                "，共",
                Figure("1234", "figure_1", "基层组织总数：1234个（截至2025年12月31日）"),
                "个。",
            )
        ),
        Heading(1, "做法"),
        Paragraph(
            (
                "收入",
                Figure("12.34", "figure_2", "年内经费收入：12.34元（2025年1月1日至12月31日）"),
                "元，共",
                Figure("1234", "figure_1", "基层组织总数：1234个（截至2025年12月31日）"),
                "个。",
            )
        ),
    )


def test_appendix_says_name_count_days_and_definition():
    assert appendix_rows(make_document()) == [
        ("1", "基层组织总数", "1234个", "截至2025年12月31日",
         "截至统计日期已成立、未撤销的侨联基层组织数，含停滞和待重组的，不含县级以上侨联"),
        ("2", "年内经费收入", "12.34元", "2025年1月1日至12月31日", "年内登记的经费收入之和，含县级以上侨联登记的"),
    ]  # fmt: skip


@given(st.lists(st.sampled_from(sorted(make_figures())), max_size=12))
def test_appendix_lists_exactly_the_figures_used(names):
    figures = make_figures()
    paper = make_document("\n".join(f"文{token(name)}个" for name in names), figures)
    assert [cells[1] for cells in appendix_rows(paper)] == [figures[name].word.label for name in dict.fromkeys(names)]


def test_summary_without_a_figure_has_no_appendix():
    assert make_document("只有文字。").appendices == ()


def test_written_summary_holds_each_number_and_its_row():
    figures = make_figures(7)
    body = drafted(SETTING, figures)
    paper = make_document(body, figures, subtitle=subtitle_of(SETTING), number="某侨联[2026]第3号")
    read = docx.Document(io.BytesIO(writer.written(paper)))
    (table,) = read.tables
    labels = [row.cells[1].text for row in table.rows[1:]]
    assert labels == [figures[name].word.label for name in names_in(body)]
    anchors = {link.get(qn("w:anchor")) for link in read.element.body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in read.element.body.iter(qn("w:bookmarkStart"))}
    assert anchors == marks
    assert len(marks) == len(labels)
    assert read.paragraphs[0].text == "某侨联〔2026〕3号"


@pytest.mark.parametrize(
    "overrides",
    [
        {"title": "机密 工作总结"},
        {"subtitle": "（秘密）工作总结"},
        {"number": "机密〔2026〕1号"},
        {"body": "一、绝密事项\n文。"},
    ],
)
def test_mark_of_secrecy_is_refused(overrides):
    with pytest.raises(Refused, match="密级字样"):
        writer.written(make_document(**overrides))


def test_printed_summary_reads_as_the_outline(tmp_path):
    source = tmp_path / "summary.docx"
    figures = make_figures(7)
    source.write_bytes(writer.written(make_document(drafted(SETTING, figures), figures)))
    pages = pdf_pages(converted(source, "pdf", folder=tmp_path))
    lines = [line for page in pages for line in page]
    assert lines[:3] == ["强基础", "增活力", "——某市侨联工作总结"]
    assert [line for line in lines if line.endswith(("特点", "成效", "问题", "打算"))] == [
        "一、基本情况及特点", "二、主要做法及成效", "（三）取得的成效", "三、存在问题", "四、下一步打算",
    ]  # fmt: skip
    assert lines.count("附件") == 1
