"""The small pieces of WordprocessingML of which the writer builds a page: runs, paragraph shapes, fields, marks.

Built as XML because the library has no words for indents in characters, the East Asian font or its hint, and because
the order of elements is part of the format.
"""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from wuyou.platform.documents import layout
from wuyou.platform.documents.content import Align
from wuyou.platform.documents.layout import Face
from wuyou.platform.exports.guard import printable

_BREAKS = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands.

    Indents are in characters of the body; `hanging` is how far the first line sticks out. Off the grid stands what is
    higher or lower than a line of the body: LibreOffice would give it the next whole number of grid lines. What follows a
    tab ends so many characters before the right margin as `tab_right` says (None = no tab).
    """

    style: str = ""
    align: Align | None = None
    first_line: float = 0
    hanging: float = 0
    left: float = 0
    right: float = 0
    line_pt: float = layout.LINE_PT
    before_mm: float = 0
    on_grid: bool = True
    keep_next: bool = False
    new_page: bool = False
    red_line_under: bool = False
    tab_right: float | None = None


def element(xml: str) -> BaseOxmlElement:
    """Return the element that the XML writes, in which the prefix w is known."""
    at = re.search(r"[\s/>]", xml)
    assert at is not None, xml
    return parse_xml(f"{xml[: at.start()]} {nsdecls('w')}{xml[at.start() :]}")


def clean(text: str) -> str:
    """Return the text without characters that a document cannot hold; line breaks and tabs become one blank."""
    return _BREAKS.sub(" ", printable(text))


def face_xml(face: Face) -> str:
    """Return the run properties of a face.

    The hint makes signs that both scripts own (curly quotes, dashes, the ellipsis) take the East Asian font.
    """
    font = quoteattr(face.font)
    tracking = f'<w:spacing w:val="{face.tracking_twips}"/>' if face.tracking_twips else ""
    size = round(face.size_pt * 2)
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>'
        f'<w:color w:val="{face.colour}"/>{tracking}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def run_xml(text: str, face: Face) -> str:
    """Return a run of text."""
    return f'<w:r>{face_xml(face)}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


TAB = "<w:r><w:tab/></w:r>"


def link_xml(text: str, face: Face, *, anchor: str, tip: str) -> str:
    """Return a run that leads to a mark of the same document and looks like the text around it."""
    tooltip = f" w:tooltip={quoteattr(clean(tip))}" if tip else ""
    return f'<w:hyperlink w:anchor={quoteattr(anchor)}{tooltip} w:history="1">{run_xml(text, face)}</w:hyperlink>'


def page_field_xml(face: Face) -> str:
    """Return the field that prints the number of the page."""
    kinds = ['<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
             '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>']  # fmt: skip
    return "".join(f"<w:r>{face_xml(face)}{kind}</w:r>" for kind in kinds)


def bookmarked(xml: str, anchor: str, number: int) -> str:
    """Return the XML between the two ends of a mark; `number` is unique within the document."""
    start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(anchor)}/>'
    return f'{start}{xml}<w:bookmarkEnd w:id="{number}"/>'


def paragraph_xml(shape: Shape, runs: str) -> str:
    """Return a paragraph of that shape."""
    return f"<w:p>{_shape_xml(shape)}{runs}</w:p>"


def _shape_xml(shape: Shape) -> str:
    before = round(shape.before_mm / 25.4 * 1440)
    return "".join(
        (
            "<w:pPr>",
            f"<w:pStyle w:val={quoteattr(shape.style)}/>" if shape.style else "",
            "<w:keepNext/>" if shape.keep_next else "",
            "<w:pageBreakBefore/>" if shape.new_page else "",
            f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{layout.RED}"/></w:pBdr>'
            if shape.red_line_under
            else "",
            _tab_xml(shape.tab_right),
            "" if shape.on_grid else '<w:snapToGrid w:val="0"/>',
            f'<w:spacing w:before="{before}" w:after="0" w:line="{round(shape.line_pt * 20)}" w:lineRule="exact"/>',
            _indent_xml(shape),
            f'<w:jc w:val="{shape.align.value}"/>' if shape.align else "",
            "</w:pPr>",
        )
    )


def _tab_xml(before_margin: float | None) -> str:
    if before_margin is None:
        return ""
    position = layout.TEXT_WIDTH_MM / 25.4 * 1440 - before_margin * layout.CHARACTER_PT * 20
    return f'<w:tabs><w:tab w:val="right" w:pos="{round(position)}"/></w:tabs>'


def _indent_xml(shape: Shape) -> str:
    """Return the indents in hundredths of a character, each beside its length for programs that know only lengths."""
    sides = [("left", "leftChars", shape.left), ("right", "rightChars", shape.right),
             ("firstLine", "firstLineChars", shape.first_line), ("hanging", "hangingChars", shape.hanging)]  # fmt: skip
    written = " ".join(
        f'w:{chars}="{round(amount * 100)}" w:{length}="{round(amount * layout.CHARACTER_PT * 20)}"'
        for length, chars, amount in sides
        if amount
    )
    return f"<w:ind {written}/>" if written else ""


def set_child(parent: BaseOxmlElement, child: BaseOxmlElement) -> None:
    """Put the child where a child of the same name stands, else at the end."""
    old = parent.find(child.tag)
    if old is None:
        parent.append(child)
    else:
        parent.replace(old, child)


def attribute(name: str) -> str:
    """Return the full name of an attribute or element of the w namespace."""
    return qn(f"w:{name}")
