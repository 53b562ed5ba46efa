"""The styles part of a workbook: which number format and which telling colour each cell style has. Child process."""

from dataclasses import dataclass

from wuyou.platform.imports.formats import GENERAL, NumberFormat, number_format
from wuyou.platform.imports.xmlparts import Attributes, Elements

_INDEXED = {"2": "FF0000", "3": "00FF00", "4": "0000FF", "5": "FFFF00", "6": "FF00FF", "7": "00FFFF",
            "10": "FF0000", "11": "00FF00", "12": "0000FF", "13": "FFFF00", "14": "FF00FF", "15": "00FFFF",
            "16": "800000", "17": "008000", "18": "000080", "52": "FF9900", "53": "FF6600"}  # fmt: skip
_USUAL_INDEXED = {"0", "8", "63", "64", "65", "1", "9"}


@dataclass(frozen=True, slots=True)
class Style:
    """What of a cell style tells something: its number format, and a colour or strike that is not the usual one."""

    form: NumberFormat = GENERAL
    colour: str = ""


def type_colour(attributes: Attributes) -> str:
    """Return the colour of a <color> element as RRGGBB, "" for the usual black, white or automatic."""
    if "rgb" in attributes:
        rgb = attributes["rgb"][-6:].upper()
        return "" if rgb in ("000000", "FFFFFF") else rgb
    if "indexed" in attributes:
        index = attributes["indexed"]
        return "" if index in _USUAL_INDEXED else _INDEXED.get(index, "indexed" + index)
    theme = attributes.get("theme", "1")
    return "" if theme in ("0", "1", "2", "3") else "theme" + theme


class StyleReader(Elements):
    """Collects the cell styles while the styles part is read; `styles[n]` belongs to s="n"."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[Style] = []
        self._codes: dict[int, str] = {}
        self._fonts: list[str] = []
        self._fills: list[str] = []
        self._section = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Note formats, fonts, grounds and cell styles in the order of the part."""
        if name in ("fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs", "numFmts", "cellStyles", "borders"):
            self._section = name
        elif name == "numFmt" and self._section == "numFmts":
            self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif self._section == "fonts":
            self._font(name, attributes)
        elif self._section == "fills":
            self._fill(name, attributes)
        elif name == "xf" and self._section == "cellXfs":
            self.styles.append(self._style(attributes))

    def _font(self, name: str, attributes: Attributes) -> None:
        if name == "font":
            self._fonts.append("")
        elif name == "color" and not self._fonts[-1]:
            self._fonts[-1] = type_colour(attributes)
        elif name == "strike" and attributes.get("val", "1") not in ("0", "false"):
            self._fonts[-1] = "strike"

    def _fill(self, name: str, attributes: Attributes) -> None:
        if name == "fill":
            self._fills.append("")
        elif name == "fgColor" and (colour := type_colour(attributes)):
            self._fills[-1] = "ground:" + colour

    def _style(self, attributes: Attributes) -> Style:
        number = int(attributes.get("numFmtId", "0"))
        colour = _at(self._fonts, attributes.get("fontId")) or _at(self._fills, attributes.get("fillId"))
        return Style(number_format(number, self._codes.get(number)), colour)


def _at(names: list[str], index: str | None) -> str:
    return names[int(index)] if index is not None and int(index) < len(names) else ""
