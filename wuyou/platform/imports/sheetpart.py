"""Streaming one sheet of an .xlsx: rows with what people see in their cells, and at the end its merged areas.

Child process. Rows written in the plain way that all spreadsheet programs use are read by one regular expression that
must find nothing else in it; any other row (formulas, rich texts, escapes, comments in the XML, foreign prefixes) goes
through the XML parser, as does everything before and after the rows. On 100,000 rows of 25 columns this takes a
quarter of the parser's time and understands the same.
"""

import json
import re
import zipfile
from collections.abc import Callable
from math import isfinite
from typing import Any

from wuyou.platform.imports.formats import GENERAL, plain_number, shown_date, shown_number
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.styles import Style
from wuyou.platform.imports.xmlparts import BROKEN, Attributes, clean_text, safe_parser

MOST_ROWS = 150_000
MOST_COLUMNS = 200
MOST_MERGED = 100_000
_CHUNK = 1 << 18
_MOST_KNOWN = 20_000

Emit = Callable[[str], None]
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

_DDE = re.compile(r"\|\s*'?[^!']*'?\s*!")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ROW = re.compile(r'<row r="(\d{1,7})"([^>]*)>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,6})")?(?: t="([nsbe]|str|inlineStr)")?'
    r'(?:/>|></c>|><v>([^<&\r]*)</v></c>|><is><t(?: xml:space="preserve")?>([^<&\r]*)</t></is></c>)|(<)'
)
"""A cell in the plain way, with its text in the cell or in the table of texts; a group of its own catches any other tag."""
_PLAIN = Style()


class SheetReader:
    """Streams one sheet as JSON lines: ["sheet", …], its rows, ["end", merged areas]."""

    def __init__(
        self,
        name: str,
        state: str,
        *,
        strings: list[str],
        string_colours: dict[int, str],
        styles: list[Style],
        remarks: dict[str, str],
        is_1904: bool,
        emit: Emit,
    ) -> None:
        self._name, self._state, self._emit = name, state, emit
        self._strings, self._string_colours, self._remarks = strings, string_colours, remarks
        self._styles, self._is_1904 = styles, is_1904
        self._fragments: dict[tuple[str, str, str], str] = {}
        self._columns: dict[str, int] = {}
        self._hidden_columns: list[int] = []
        self._merged: list[list[int]] = []
        self._announced = False
        self._row_number = 0
        self._row_hidden = False
        self._cells: list[str] = []
        self._cell: Attributes = {}
        self._cell_index = -1
        self._formula: list[str] | None = None
        # A remark or a coloured string hangs on one cell, not on its text: then nothing may be read by text alone.
        self._by_text = not remarks and not string_colours

    def read(self, folder: zipfile.ZipFile, part: str) -> None:
        """Emit the sheet.

        Raises: FileRefused when it is broken, too wide, too long, or asks other programs for data.
        """
        try:
            self._read(folder, part)
        except BROKEN as fault:
            raise FileRefused("file_broken") from fault
        self._announce()
        self._emit(encode(["end", self._merged]))

    def _read(self, folder: zipfile.ZipFile, part: str) -> None:
        parser = safe_parser()
        self._bind_when_prefix_is_known(parser)
        with folder.open(part) as handle:
            rest = b""
            while piece := handle.read(_CHUNK):
                rest += piece
                at = rest.rfind(b"</row>")
                if at < 0:
                    if len(rest) > 16 * _CHUNK:
                        parser.Parse(rest, False)
                        rest = b""
                    continue
                self._read_rows(parser, rest[: at + 6])
                rest = rest[at + 6 :]
            parser.Parse(rest, True)

    def _read_rows(self, parser: Any, block: bytes) -> None:
        """Read a block that ends with the end of a row: plain rows directly, anything else by the parser."""
        for row in block.split(b"</row>")[:-1]:
            if not row.startswith(b"<row r=") or not self._read_plain_row(row.decode("utf-8", "replace")):
                parser.Parse(row + b"</row>", False)

    def _read_plain_row(self, row: str) -> bool:
        """Read a row in the plain form; False (and nothing done) when it is not."""
        head = _ROW.match(row)
        if head is None:
            return False
        found = _CELL.findall(row, head.end())
        if any(other for *_, other in found):
            return False
        self._announce()
        self._row_number = int(head.group(1))
        self._row_hidden = 'hidden="1"' in head.group(2)
        cells = self._cells = []
        known, columns = self._fragments, self._columns
        for letters, style, kind, value, inside, _ in found:
            stored = value or inside
            if not stored:
                if self._remarks:
                    self._put(self._column(letters), self._fragment(style, kind, "", letters), letters)
                continue
            fragment = known.get((style, kind, stored))
            if fragment is None:
                fragment = self._fragment(style, kind, stored, letters)
            index = columns.get(letters)
            if index is None:
                index = self._column(letters)
            if index == len(cells) and index < MOST_COLUMNS:
                cells.append(fragment)
            else:
                self._put(index, fragment, letters)
        self._end_row()
        return True

    def _fragment(self, style: str, kind: str, stored: str, letters: str) -> str:
        """Return a cell as JSON, remembered by its text where nothing else hangs on the cell."""
        fragment = self._packed(style, kind or "n", stored, f"{letters}{self._row_number}", formula=False)
        if self._by_text:
            if len(self._fragments) > _MOST_KNOWN:
                self._fragments.clear()
            self._fragments[(style, kind, stored)] = fragment
        return fragment

    def _put(self, index: int, fragment: str, letters: str) -> None:
        if fragment == "null":
            return
        if index >= MOST_COLUMNS or self._row_number > MOST_ROWS or index < 0:
            raise FileRefused("sheet_too_big", sheet=self._name, cell=f"{letters}{self._row_number}",
                              rows=str(MOST_ROWS), columns=str(MOST_COLUMNS))  # fmt: skip
        cells = self._cells
        if index < len(cells):
            cells[index] = fragment
        else:
            cells.extend(["null"] * (index - len(cells)))
            cells.append(fragment)

    def _column(self, letters: str) -> int:
        index = self._columns.get(letters)
        if index is None:
            index = 0
            for letter in letters:
                index = index * 26 + ord(letter) - 64
            index -= 1
            self._columns[letters] = index
        return index

    def _bind_when_prefix_is_known(self, parser: Any) -> None:
        def first(tag: str, attributes: Attributes) -> None:
            prefix, colon, _ = tag.rpartition(":")
            self._bind(parser, prefix + colon)

        parser.StartElementHandler = first

    def _bind(self, parser: Any, prefix: str) -> None:
        """Set the handlers for the sheet's own prefix (nearly always none)."""
        pieces: list[str] = []
        text_tags = {prefix + "v", prefix + "t"}
        formula_tag, sound_tag = prefix + "f", prefix + "rPh"
        on_start: dict[str, Callable[[Attributes], None]] = {
            prefix + "row": self._start_row,
            prefix + "col": self._hide_columns,
            prefix + "mergeCell": self._merge,
        }
        sounding = False

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal sounding
            if tag == prefix + "c":
                self._cell, self._formula = attributes, None
                pieces.clear()
            elif tag in text_tags:
                parser.CharacterDataHandler = None if sounding else pieces.append
            elif tag == formula_tag:
                self._formula = []
                parser.CharacterDataHandler = self._formula.append
            elif tag == sound_tag:
                sounding = True
            elif tag in on_start:
                on_start[tag](attributes)

        def end(tag: str) -> None:
            nonlocal sounding
            if tag == prefix + "c":
                self._end_cell("".join(pieces))
            elif tag == prefix + "row":
                self._end_row()
            elif tag == sound_tag:
                sounding = False
            elif tag in text_tags or tag == formula_tag:
                parser.CharacterDataHandler = None

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    def _hide_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self._hidden_columns.extend(range(first - 1, min(last, MOST_COLUMNS)))

    def _merge(self, attributes: Attributes) -> None:
        area = _AREA.fullmatch(attributes.get("ref", ""))
        if area is not None and len(self._merged) < MOST_MERGED:
            left, top, right, bottom = area.groups()
            self._merged.append([int(top), self._column(left), int(bottom), self._column(right)])

    def _announce(self) -> None:
        if not self._announced:
            self._announced = True
            self._emit(encode(["sheet", self._name, self._state, self._hidden_columns]))

    def _start_row(self, attributes: Attributes) -> None:
        self._announce()
        self._row_number = int(attributes["r"]) if "r" in attributes else self._row_number + 1
        self._row_hidden = attributes.get("hidden") in ("1", "true")
        self._cells = []
        self._cell_index = -1

    def _end_cell(self, stored: str) -> None:
        """Put the cell that has just ended into the row; styled empty cells leave nothing."""
        where = self._cell.get("r", "")
        letters = where.rstrip("0123456789")
        index = self._column(letters) if letters else self._cell_index + 1
        self._cell_index = index
        if self._formula is not None and _DDE.search("".join(self._formula)):
            raise FileRefused("file_has_dde", sheet=self._name, cell=where)
        kind = self._cell.get("t", "n")
        fragment = self._packed(self._cell.get("s", ""), kind, stored, where, formula=self._formula is not None)
        self._put(index, fragment, letters or "?")

    def _end_row(self) -> None:
        if self._cells:
            self._emit(f"[{self._row_number},{int(self._row_hidden)},[{','.join(self._cells)}]]")

    def _packed(self, style: str, kind: str, stored: str, where: str, *, formula: bool) -> str:
        """Return the cell as JSON in the form of `packed`, "null" when it is empty."""
        number = int(style) if style else 0
        look = self._styles[number] if number < len(self._styles) else _PLAIN
        remark, colour = self._remarks.get(where, ""), look.colour
        text: str | float | None
        if kind == "s" and stored:
            text = self._strings[int(stored)]
            colour = self._string_colours.get(int(stored)) or colour
            letter, raw = "s", None
        elif not stored:
            letter, text, raw = ("v" if formula and kind != "str" else "s"), "", None
            if letter == "s" and not remark:
                return "null"
        else:
            text, letter, raw = shown_value(kind, stored, look, is_1904=self._is_1904)
        if formula or remark or colour:
            return encode([text, letter, raw, formula, remark, colour])
        if letter == "s":
            return encode(text) if text else "null"
        return encode(raw) if letter == "n" and look.form is GENERAL else encode([text, letter, raw])


def shown_value(kind: str, stored: str, look: Style, *, is_1904: bool) -> tuple[str, str, Any]:
    """Return (shown text, kind letter of `packed`, raw) of a stored value that is no shared string."""
    if kind == "b":
        return ("TRUE" if stored == "1" else "FALSE"), "b", stored == "1"
    if kind == "e":
        return stored, "e", None
    if kind == "d":
        return stored, ("m" if "T" in stored else "d"), stored.rstrip("Z")
    if kind != "n":
        return clean_text(stored), "s", None
    try:
        value: float = int(stored) if stored.lstrip("-").isdigit() else float(stored)
    except ValueError:
        return stored, "s", None
    if not isfinite(value):
        return stored, "s", None
    if look.form is GENERAL:
        return plain_number(value), "n", value
    if look.form.date and (shown := shown_date(value, look.form, is_1904=is_1904)) is not None:
        return shown
    return shown_number(value, look.form), "n", value
