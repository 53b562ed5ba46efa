"""Reading the sheets of an .xlsx as a stream of rows with what people see in them. Runs in the child process.

Own reader, not a library: the fast one shows error values as empty cells and can abort the process on a hostile file;
the other one needs ten times the time. Values are the stored ones; no formula is ever computed.
Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.7 (comments); measured in design/8 §11.15.
"""

import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import IO

from wuyou.platform.imports.files import open_workbook_zip
from wuyou.platform.imports.marks import MARKER
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sheetpart import Emit, SheetReader, encode
from wuyou.platform.imports.styles import StyleReader, type_colour
from wuyou.platform.imports.xmlparts import Attributes, Elements, clean_text, read_part


@dataclass
class _SheetPart:
    name: str
    state: str
    part: str = ""
    comments: dict[str, str] = field(default_factory=dict)


class _Index(Elements):
    """workbook.xml: the sheets in their order, the calendar that day numbers count from, and outside links."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), link))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "externalReference":
            raise FileRefused("file_links_outside")


class _Links(Elements):
    """A .rels part: target and type by id."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (attributes.get("Target", ""), kind)


class _Strings(Elements):
    """sharedStrings.xml: texts by number, and the colour of those whose runs are all of one unusual colour."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.colours: dict[int, str] = {}
        self._pieces: list[str] = []
        self._in_text = self._in_sound = False
        self._run_colours: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._pieces, self._run_colours = [], []
        elif name == "t":
            self._in_text = not self._in_sound
        elif name == "rPh":
            self._in_sound = True
        elif name == "r":
            self._run_colours.append("")
        elif name == "color" and self._run_colours:
            self._run_colours[-1] = type_colour(attributes)

    def text(self, piece: str) -> None:
        if self._in_text:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_sound = False
        elif name == "si":
            colours = set(self._run_colours)
            if len(colours) == 1 and (colour := colours.pop()):
                self.colours[len(self.texts)] = colour
            self.texts.append(clean_text("".join(self._pieces)))


class _Comments(Elements):
    """A comments part: the remark by cell name."""

    def __init__(self) -> None:
        super().__init__()
        self.remarks: dict[str, str] = {}
        self._cell = ""
        self._in_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "comment":
            self._cell = attributes.get("ref", "")
        self._in_text = name == "t"

    def text(self, piece: str) -> None:
        if self._in_text and self._cell:
            self.remarks[self._cell] = self.remarks.get(self._cell, "") + piece

    def end(self, name: str) -> None:
        self._in_text = False


def read_workbook(given: IO[bytes], emit: Emit) -> None:
    """Emit ["book", …], then each sheet with its rows (see `child`).

    Raises: FileRefused.
    """
    folder = open_workbook_zip(given)
    index, sheets = _index(folder)
    strings = _Strings()
    if (part := _part_named(folder, "sharedstrings.xml")) is not None:
        read_part(folder, part, strings)
    styles = StyleReader()
    if (part := _part_named(folder, "styles.xml")) is not None:
        read_part(folder, part, styles)
    emit(encode(["book", _marker(folder)]))
    for sheet in sheets:
        if sheet.part:
            reader = SheetReader(
                sheet.name,
                sheet.state,
                strings=strings.texts,
                string_colours=strings.colours,
                styles=styles.styles,
                remarks=sheet.comments,
                is_1904=index.is_1904,
                emit=emit,
            )
            reader.read(folder, sheet.part)


def _part_named(folder: zipfile.ZipFile, tail: str) -> str | None:
    return next((name for name in folder.namelist() if name.lower().endswith("xl/" + tail)), None)


def _index(folder: zipfile.ZipFile) -> tuple[_Index, list[_SheetPart]]:
    """Read which sheets there are, in which part each is, and the remarks pinned to its cells."""
    part = _part_named(folder, "workbook.xml")
    if part is None:
        raise FileRefused("file_broken")
    index = _Index()
    read_part(folder, part, index)
    targets = _links(folder, part)
    sheets = []
    for name, state, link in index.sheets:
        target, kind = targets.get(link, ("", ""))
        sheet = _SheetPart(name, state, target if kind == "worksheet" and target in folder.namelist() else "")
        if sheet.part:
            for remark_part, remark_kind in _links(folder, sheet.part).values():
                if remark_kind == "comments" and remark_part in folder.namelist():
                    remarks = _Comments()
                    read_part(folder, remark_part, remarks)
                    sheet.comments.update(remarks.remarks)
        sheets.append(sheet)
    return index, sheets


def _links(folder: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that a part points to, by id: (name inside the folder, kind)."""
    home, _, name = part.rpartition("/")
    rels = f"{home}/_rels/{name}.rels"
    if rels not in folder.namelist():
        return {}
    links = _Links()
    read_part(folder, rels, links)
    return {
        key: (posixpath.normpath(posixpath.join("/" + home, target)).lstrip("/"), kind)
        for key, (target, kind) in links.targets.items()
    }


class _Properties(Elements):
    """docProps/custom.xml: the text properties by name."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "property":
            self._name = attributes.get("name", "")

    def text(self, piece: str) -> None:
        if self._name and piece.strip():
            self.values[self._name] = self.values.get(self._name, "") + piece

    def end(self, name: str) -> None:
        if name == "property":
            self._name = ""


def _marker(folder: zipfile.ZipFile) -> str:
    """Return the batch that this workbook was given back for, "" when it never was."""
    if "docProps/custom.xml" not in folder.namelist():
        return ""
    properties = _Properties()
    read_part(folder, "docProps/custom.xml", properties)
    return properties.values.get(MARKER, "")[:64]
