"""The pencil of all charts: elements whose text is escaped by the XML writer, and rough widths of written words."""

import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from wuyou.platform.presentation import Text, counting_word, quantity, thousands
from wuyou.platform.tables import Table

NARROW = 16.8  # ems of chart text that fit side by side in the narrowest place: 390 px wide, large mode, inside a card
SERIES = 6  # colours of the palette that stay apart for every kind of colour sight
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINK = re.compile(r"[/?#](?!/)")


@dataclass(frozen=True, slots=True)
class Svg:
    """A finished drawing. Django shows it unescaped because it was written by an XML writer, not by joining text."""

    root: ET.Element

    def __str__(self) -> str:
        return ET.tostring(self.root, encoding="unicode")

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, the same figures as a table, and the words around them.

    `keys` explain colours as (class, words); `note` stands under the drawing.
    """

    title: Text
    svg: Svg
    table: Table
    keys: Sequence[tuple[str, Text]] = ()
    note: Text = ""


def ems(text: Text) -> float:
    """Return about how many ems a text is wide: Chinese letters one each, others a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.58 for letter in str(text))


def pct(share: float) -> str:
    """Return a share of the width (0 to 1) as an SVG length."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def em(length: float) -> str:
    """Return a length in ems as an SVG length."""
    return f"{length:.2f}".rstrip("0").rstrip(".") + "em"


def node(parent: ET.Element, name: str, text: Text = "", **attributes: Text | float) -> ET.Element:
    """Add an element; `_` in an attribute's name stands for `-`, `class_` for `class`."""
    named = {key.rstrip("_").replace("_", "-"): _clean(value) for key, value in attributes.items() if value != ""}
    child = ET.SubElement(parent, name, named)
    if text:
        child.text = _clean(text)
    return child


def _clean(value: Text | float) -> str:
    return _UNPRINTABLE.sub("", str(value))


def canvas(kind: str, title: Text, desc: Text, *, height: float | None, linked: bool) -> ET.Element:
    """Return an empty drawing with its name and description for those who do not see it.

    `height` in ems; None when the sheet sets a ratio. A drawing with links is a group, since an image hides them.
    """
    key = f"{kind.split(maxsplit=1)[0]}-{zlib.crc32(f'{kind}{title}{desc}'.encode()):08x}"
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": f"svg {kind}",
        "role": "group" if linked else "img",
        "aria-labelledby": f"{key}-t {key}-d" if desc else f"{key}-t",
    }
    if height is not None:
        attributes["height"] = em(height)
    root = ET.Element("svg", attributes)
    node(root, "title", title, id=f"{key}-t")
    if desc:
        node(root, "desc", desc, id=f"{key}-d")
    return root


def mark(parent: ET.Element, words: Text, href: str = "") -> ET.Element:
    """Add the group of one figure: a link with an accessible name when there is an address, else a titled group.

    Raises: ValueError for an address that does not stay in this house.
    """
    if href and not _LINK.match(href):
        raise ValueError(f"a chart only links within the house, not to {href!r}")
    if href:
        return node(parent, "a", href=href, aria_label=words, data_tip=words)
    group = node(parent, "g", data_tip=words)
    node(group, "title", words)
    return group


def figure(value: float | None, unit: Text) -> str:
    """Return a figure with its unit in words; 无数据 for None."""
    return _("无数据") if value is None else quantity(value, unit)


def counted(unit: Text) -> str:
    """Return the head of a column of figures."""
    return _("数量（%(unit)s）") % {"unit": counting_word(unit)} if unit else _("数量")


def ceiling(value: float) -> float:
    """Return the round number at or above a value where an axis may end: 1, 2, 2.5 or 5 times a power of ten."""
    if value <= 0:
        return 1
    power = 10.0 ** floor(log10(value))
    return float(next(step * power for step in (1, 2, 2.5, 5, 10) if value <= step * power * (1 + 1e-9)))


def bounds(values: Sequence[float], classes: int = 5) -> list[float]:
    """Return the round upper ends of equal classes from zero to the greatest value, ascending."""
    top = max(values, default=0)
    if top <= 0:
        return []
    width = top / classes
    power = 10.0 ** floor(log10(width))
    step = next(by * power for by in (1, 2, 2.5, 3, 4, 5, 10) if width <= by * power * (1 + 1e-9))
    if all(value == int(value) for value in values):
        step = max(1.0, float(ceil(step)))
    return [step * at for at in range(1, ceil(top / step - 1e-9) + 1)]


def shade(value: float | None, ends: Sequence[float]) -> str:
    """Return the class of a value: hx without data, h0 for nothing, h1 to h5 by the ends of the classes."""
    if value is None:
        return "hx"
    if value <= 0:
        return "h0"
    return f"h{next((at for at, end in enumerate(ends, 1) if value <= end), len(ends))}"


def shade_keys(values: Sequence[float | None], ends: Sequence[float], unit: Text) -> list[tuple[str, Text]]:
    """Return what the shades in use mean, from light to dark."""
    known = [value for value in values if value is not None]
    keys: list[tuple[str, Text]] = [("h0", figure(0, unit))] if any(value <= 0 for value in known) else []
    whole = all(value == int(value) for value in known)
    low = 0.0
    for at, end in enumerate(ends, 1):
        first = low + 1 if whole else low
        keys.append((f"h{at}", figure(end, unit) if first == end else f"{thousands(first)}–{figure(end, unit)}"))
        low = end
    if len(known) < len(values):
        keys.append(("hx", figure(None, "")))
    return keys


def described(pairs: Mapping[str, str]) -> str:
    """Return all figures in one sentence, for the description of a drawing."""
    return _("；").join(f"{name} {value}" for name, value in pairs.items())
