"""Write an `OfficialDocument` as .docx in the layout of GB/T 9704-2012.

What it takes, found by rendering and looking: exact line spacing and a grid of *lines* (a grid of lines and characters
makes LibreOffice space letters out); a quarter point taken off each character, so that 28 fit; indents in characters;
the East Asian font named on every run, with the hint without which curly quotes fall to a Latin font; no widow control,
which would leave pages of 21 lines. Numbers of headings are plain text, as automatic ones get lost between programs.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import count

from docx import Document
from docx.document import Document as DocxDocument
from docx.section import Section, _Footer
from docx.shared import Mm

from wuyou.kernel.clock import CHINA
from wuyou.kernel.docnumber import read_document_number
from wuyou.platform.documents import layout
from wuyou.platform.documents.content import (
    Align,
    Appendix,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    TableRow,
)
from wuyou.platform.documents.layout import Face
from wuyou.platform.documents.lines import balanced, width
from wuyou.platform.documents.numbering import Counter
from wuyou.platform.documents.parts import (
    TAB,
    Shape,
    bookmarked,
    element,
    link_xml,
    page_field_xml,
    paragraph_xml,
    run_xml,
    set_child,
)
from wuyou.platform.documents.secrecy import may_be_written
from wuyou.platform.documents.styles import set_styles

MOST_IN_PROPERTY = 255
"""So many characters the library takes for a property of the file; what the page shows is not cut."""
_BLANK = paragraph_xml(Shape(), "")
# Word wants a paragraph behind a table, and makes one of two tables that touch; it shall not cost a line.
_AFTER_TABLE = paragraph_xml(Shape(line_pt=1, on_grid=False), "")
_KEPT_BLANK = paragraph_xml(Shape(keep_next=True), "")


def written(document: OfficialDocument) -> bytes:
    """Return the document as the bytes of a .docx file.

    Raises: Refused, when a title, heading or number carries a mark of secrecy.
    Source: GB/T 9704-2012.
    """
    may_be_written(document).or_refuse()
    docx = Document()
    set_styles(docx)
    _set_settings(docx)
    _set_page(docx.sections[0])
    _set_properties(docx, document)
    body, end = docx.element.body, docx.element.body.sectPr
    for xml in _Writing().parts(document):
        piece = element(xml)
        if end is None:
            body.append(piece)
        else:
            end.addprevious(piece)
    target = io.BytesIO()
    docx.save(target)
    return target.getvalue()


class _Writing:
    """One document being written: what must be counted through it (headings, marks)."""

    def __init__(self) -> None:
        self._mark_numbers = count(1)

    def parts(self, document: OfficialDocument) -> Iterator[str]:
        yield from _head(document)
        yield from _title(document.title, document.subtitle)
        yield _BLANK
        if document.addressee:
            yield paragraph_xml(Shape(), run_xml(document.addressee.rstrip("：:") + "：", layout.BODY))
        yield from self._blocks(document.blocks, closed=bool(document.signed_by or document.dated or document.undated))
        yield from _appendix_note([appendix.title for appendix in document.appendices])
        yield from _signature(document)
        if document.note:
            yield paragraph_xml(Shape(left=2), run_xml(f"（{document.note}）", layout.BODY))
        for number, appendix in enumerate(document.appendices, 1):
            yield from self._appendix(appendix, number if len(document.appendices) > 1 else None)

    def _appendix(self, appendix: Appendix, number: int | None) -> Iterator[str]:
        mark = f"附件{number or ''}"
        yield paragraph_xml(Shape(new_page=True), run_xml(mark, layout.APPENDIX_MARK))
        yield _BLANK
        yield from _title((appendix.title,), "")
        yield _BLANK
        yield from self._blocks(appendix.blocks)

    def _blocks(self, blocks: tuple[Block, ...], *, closed: bool = False) -> Iterator[str]:
        """Yield the blocks; `closed` keeps a last paragraph of up to four lines on the page of the signature.

        Not a longer one: LibreOffice would move it whole and leave the page before it half empty.
        """
        counter = Counter()
        for place, block in enumerate(blocks, 1):
            if isinstance(block, Heading):
                yield _heading(block, counter.next(block.level))
            elif isinstance(block, Paragraph):
                length = sum(width(run if isinstance(run, str) else run.text) for run in block.runs)
                short = length <= 4 * layout.CHARACTERS_A_LINE
                shape = Shape(first_line=2, keep_next=closed and short and place == len(blocks))
                yield paragraph_xml(shape, _runs(block.runs, layout.BODY))
            else:
                yield self._table(block)
                yield _AFTER_TABLE

    def _table(self, table: Table) -> str:
        total = sum(column.share for column in table.columns)
        text_width = layout.TEXT_WIDTH_MM / 25.4 * 1440
        widths = [round(column.share / total * text_width) for column in table.columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
        head = _row(TableRow(tuple(c.head for c in table.columns)), widths, [Align.CENTRE] * len(widths), head=True)
        aligns = [column.align for column in table.columns]
        rows = "".join(self._marked(_row(row, widths, aligns), row.anchor) for row in table.rows)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>'
        )

    def _marked(self, row: str, anchor: str) -> str:
        """Return the row with its mark around the text of the first cell, where every program finds it."""
        if not anchor:
            return row
        before, between, after = row.partition("<w:r>")
        text, closing, rest = (between + after).partition("</w:r>")
        return before + bookmarked(text + closing, anchor, next(self._mark_numbers)) + rest


def _head(document: OfficialDocument) -> Iterator[str]:
    """Yield the red line of the issuing office, the number and the rule under it; without letterhead the number alone."""
    number = read_document_number(document.number).text
    if document.letterhead:
        fitting = layout.TEXT_WIDTH_MM / 25.4 * 72 / (len(document.letterhead) + 0.5)
        size = min(layout.LETTERHEAD.size_pt, int(fitting))
        face = Face(layout.LETTERHEAD.font, size, colour=layout.RED)
        shape = Shape(align=Align.CENTRE, line_pt=size * 1.3, on_grid=False, before_mm=layout.LETTERHEAD_DROP_MM)
        yield paragraph_xml(shape, run_xml(document.letterhead, face))
        yield from (_BLANK, _BLANK)
        yield _number(number, document.signer, red_line_under=True)
        yield from (_BLANK, _BLANK)
    elif number:
        yield _number(number, document.signer, red_line_under=False)
        yield _BLANK


def _number(number: str, signer: str, *, red_line_under: bool) -> str:
    """Return the line of the number: in the middle, or left with who answers for the document at the right.

    Source: GB/T 9704-2012, number and signer of a document to an office above: each one character from its margin.
    """
    if not signer:
        return paragraph_xml(Shape(align=Align.CENTRE, red_line_under=red_line_under), run_xml(number, layout.BODY))
    shape = Shape(left=1, tab_right=1, red_line_under=red_line_under)
    signed = run_xml("签发人：", layout.BODY) + run_xml(signer, layout.SIGNER)
    return paragraph_xml(shape, run_xml(number, layout.BODY) + TAB + signed)


def _title(lines: tuple[str, ...], subtitle: str) -> Iterator[str]:
    shape = Shape(style="Title", align=Align.CENTRE, on_grid=False, keep_next=True)
    for given in lines:
        for line in balanced(given, layout.TITLE_CHARACTERS_A_LINE):
            yield paragraph_xml(shape, run_xml(line, layout.TITLE))
    if subtitle:
        shape = Shape(style="Subtitle", align=Align.CENTRE, keep_next=True)
        yield paragraph_xml(shape, run_xml("——" + subtitle.lstrip("—－- "), layout.SUBTITLE))


def _heading(heading: Heading, number: str) -> str:
    face = layout.HEADINGS[heading.level]
    shape = Shape(style=f"Heading{heading.level}", first_line=2, keep_next=not heading.runs)
    return paragraph_xml(shape, run_xml(number + heading.text, face) + _runs(heading.runs, layout.BODY))


def _runs(runs: tuple[Run, ...], face: Face) -> str:
    return "".join(
        run_xml(run, face) if isinstance(run, str) else link_xml(run.text, face, anchor=run.anchor, tip=run.tip)
        for run in runs
    )


def _appendix_note(titles: list[str]) -> Iterator[str]:
    """Yield the note that announces the appendices: a blank line, two characters in, no full stop at the end."""
    if not titles:
        return
    yield _KEPT_BLANK
    if len(titles) == 1:
        yield paragraph_xml(Shape(left=5, hanging=3, keep_next=True), run_xml(f"附件：{titles[0]}", layout.BODY))
        return
    for number, title in enumerate(titles, 1):
        shape = Shape(left=6, hanging=4 if number == 1 else 1, keep_next=True)
        yield paragraph_xml(shape, run_xml(f"{'附件：' if number == 1 else ''}{number}.{title}", layout.BODY))


def _signature(document: OfficialDocument) -> Iterator[str]:
    """Yield the signature and the date, kept together and with the line before them.

    Sealed: the date four characters from the right, the name centred over it, two lines free above for the seal.
    Unsealed: the name two characters from the right, the date begins two characters right of the name's beginning.
    Source: GB/T 9704-2012, name of the issuing office, date and seal.
    """
    signed_by, dated = document.signed_by, document.dated
    day = f"{dated.year}年{dated.month}月{dated.day}日" if dated else document.undated
    if not (signed_by or day):
        return
    name_right, day_right = _signature_indents(width(signed_by), width(day), sealed=document.sealed)
    for _ in range(2 if document.sealed else 1):
        yield _KEPT_BLANK
    if signed_by:
        shape = Shape(align=Align.RIGHT, right=name_right, keep_next=bool(day))
        yield paragraph_xml(shape, run_xml(signed_by, layout.BODY))
    if day:
        yield paragraph_xml(Shape(align=Align.RIGHT, right=day_right), run_xml(day, layout.BODY))


def _signature_indents(name: float, day: float, *, sealed: bool) -> tuple[float, float]:
    """Return how many characters the name and the date stand from the right margin, given their widths."""
    if not day:
        return (4 if sealed else 2), 0
    if sealed:
        name_right = max(0.0, 4 + (day - name) / 2)
        return name_right, (4 if name_right else (name - day) / 2)
    day_right = name - day
    return (2, day_right) if day_right >= 2 else (4 - day_right, 2)


def _row(row: TableRow, widths: list[int], aligns: list[Align], *, head: bool = False) -> str:
    face = layout.TABLE_HEAD if head else layout.TABLE_CELL
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph_xml(Shape(align=align, line_pt=layout.TABLE_LINE_PT, on_grid=False), run_xml(text, face))}</w:tc>"
        for text, width, align in zip(row.cells, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH_MM), Mm(layout.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(layout.MARGIN_TOP_MM), Mm(layout.MARGIN_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.MARGIN_LEFT_MM), Mm(layout.MARGIN_RIGHT_MM)
    section.footer_distance = Mm(layout.FOOTER_FROM_PAGE_END_MM)
    grid = element(f'<w:docGrid w:type="lines" w:linePitch="{layout.GRID_LINE_TWIPS}"/>')
    set_child(section._sectPr, grid)
    _page_number(section.footer, Align.RIGHT)
    _page_number(section.even_page_footer, Align.LEFT)


def _page_number(footer: _Footer, side: Align) -> None:
    """Write — 1 — one character from the outer edge: right on odd pages, left on even ones."""
    footer.is_linked_to_previous = False
    indent = layout.PAGE_NUMBER_PT / layout.CHARACTER_PT
    shape = Shape(
        style="Footer",
        align=side,
        line_pt=layout.PAGE_NUMBER_PT,
        on_grid=False,
        left=indent if side is Align.LEFT else 0,
        right=indent if side is Align.RIGHT else 0,
    )
    face = layout.PAGE_NUMBER
    runs = run_xml("— ", face) + page_field_xml(face) + run_xml(" —", face)
    old = footer.paragraphs[0]._p
    old.getparent().replace(old, element(paragraph_xml(shape, runs)))


def _set_settings(docx: DocxDocument) -> None:
    docx.settings.odd_and_even_pages_header_footer = True
    settings = docx.settings.element
    set_child(settings, element('<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'))
    for compat in settings.iter(f"{{{settings.nsmap['w']}}}compatSetting"):
        if compat.get(f"{{{settings.nsmap['w']}}}name") == "compatibilityMode":
            compat.set(f"{{{settings.nsmap['w']}}}val", "15")


def _set_properties(docx: DocxDocument, document: OfficialDocument) -> None:
    properties = docx.core_properties
    properties.title = "".join(document.title)[:MOST_IN_PROPERTY]
    properties.author = properties.last_modified_by = document.signed_by[:MOST_IN_PROPERTY]
    properties.comments, properties.language = "", "zh-CN"
    moment = datetime.combine(document.dated or date(2000, 1, 1), time(0), CHINA)
    properties.created = properties.modified = moment
