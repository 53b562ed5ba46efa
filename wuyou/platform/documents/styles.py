"""The styles of the document: few, named as office programs know them, so that an edited draft keeps its look."""

from docx.document import Document as DocxDocument

from wuyou.platform.documents import layout
from wuyou.platform.documents.layout import Face
from wuyou.platform.documents.parts import element, face_xml

_LINE = round(layout.LINE_PT * 20)


def set_styles(docx: DocxDocument) -> None:
    """Replace the styles of a new document by ours.

    Normal is the body: 28.95 pt exactly, no widow control (it would make pages of 21 lines), no automatic blank between
    Chinese and digits (it would break the 28 characters), full justification.
    """
    styles = docx.styles.element
    for child in list(styles):
        styles.remove(child)
    for xml in (_defaults(), _normal(), _CHARACTER, _TABLE, _named("Title", "Title", layout.TITLE, align="center"),
                _named("Subtitle", "Subtitle", layout.SUBTITLE, align="center"),
                _named("Footer", "footer", layout.PAGE_NUMBER)):  # fmt: skip
        styles.append(element(xml))
    for level, face in layout.HEADINGS.items():
        styles.append(element(_named(f"Heading{level}", f"heading {level}", face, outline=level - 1)))


_CHARACTER = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _defaults() -> str:
    face = face_xml(layout.BODY).replace(
        "</w:rPr>", '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )
    return f"<w:docDefaults><w:rPrDefault>{face}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"


def _normal() -> str:
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{_LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f"{face_xml(layout.BODY)}</w:style>"
    )


def _named(identifier: str, name: str, face: Face, *, align: str = "", outline: int | None = None) -> str:
    shape = f'<w:jc w:val="{align}"/>' if align else ""
    shape += f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{shape}</w:pPr>{face_xml(face)}</w:style>'
    )
