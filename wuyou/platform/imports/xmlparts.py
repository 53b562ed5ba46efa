"""Reading one XML part of a workbook as a stream, with nothing that a hostile part could use.

Document types, entities and processing beyond plain elements are refused: no part of an .xlsx has them.
Plain Python; runs in the child process.
Source: ECMA-376 part 2, 8.1.4 (a part shall not contain a document type declaration).
"""

import re
import zipfile
import zlib
from collections.abc import Mapping
from pyexpat import ExpatError, ParserCreate, XMLParserType
from typing import TypeAlias

from wuyou.platform.imports.refusal import FileRefused

Attributes: TypeAlias = Mapping[str, str]
_CHUNK = 1 << 17
BROKEN = (ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError)
"""What reading a damaged part can raise; each means "the file is broken" to the clerk.

NotImplementedError is what `zipfile` raises for a compression that it does not know.
"""


MOST_TEXT = 32_767
"""Excel's own limit of characters in a cell."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def clean_text(text: str) -> str:
    """Return a cell's text with Excel's escapes undone; line breaks stay as they were typed.

    Raises: FileRefused when it is longer than a cell can be.
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: _character(int(m.group(1), 16)), text)
    if len(text) > MOST_TEXT:
        raise FileRefused("cell_too_long", most=str(MOST_TEXT))
    return text


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


class Elements:
    """Handlers of one part; names come without their prefix. `wanted_text` collects the text inside elements."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, piece: str) -> None:
        """Take a piece of text."""


def _forbidden(*_: object) -> int:
    raise FileRefused("file_xml_forbidden")


def safe_parser() -> XMLParserType:
    """Return a parser that refuses document types and entities."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _forbidden
    parser.EntityDeclHandler = _forbidden
    parser.ExternalEntityRefHandler = _forbidden
    return parser


def read_part(folder: zipfile.ZipFile, name: str, elements: Elements) -> None:
    """Read a whole part through the handlers.

    Raises: FileRefused for document types, or when the part is broken or missing.
    """
    parser = safe_parser()
    parser.StartElementHandler = lambda tag, attributes: elements.start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: elements.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = elements.text
    try:
        with folder.open(name) as handle:
            while piece := handle.read(_CHUNK):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except BROKEN as fault:
        raise FileRefused("file_broken") from fault
