"""Write an `OfficialDocument` as .docx in the layout of GB/T 9704-2012.

What it takes, found by rendering and looking: exact line spacing and a grid of *lines* (a grid of lines and characters
makes LibreOffice space letters out); a quarter point taken off each character, so that 28 fit; indents in characters;
the East Asian font named on every run, with the hint without which curly quotes fall to a Latin font; no widow control,
which would leave pages of 21 lines. Numbers of headings are plain text, as automatic ones get lost between programs.
"""

import io
from datetime import date, datetime, time
from itertools import count

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from wuyou.platform.documents import layout, parts
from wuyou.platform.documents.content import (
    Align,
    Appendix,
    Block,
    Figure,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    TableRow,
)
from wuyou.platform.documents.layout import Face
from wuyou.platform.documents.numbering import Counter
from wuyou.platform.documents.secrecy import may_be_written
