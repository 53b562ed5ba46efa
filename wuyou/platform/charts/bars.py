"""Horizontal bars, plain and stacked, each with its figure written at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from wuyou.platform.charts.drawing import (
    NARROW,
    SERIES,
    Chart,
    Svg,
    canvas,
    counted,
    described,
    em,
    ems,
    figure,
    mark,
    node,
    pct,
)
from wuyou.platform.presentation import PEOPLE, Text, thousands
from wuyou.platform.tables import Cell, Column, Table

_DARK = {1, 2, 6}  # palette colours on which white text reads well; dark text goes on the others
_BAR = 1.1  # height of a bar in ems
_LEAST = 4.0  # ems a bar needs to tell anything


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; None means that there is no data, which is not nothing."""

    label: Text
    value: float | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """One stacked bar: a value for each series."""

    label: Text
    values: Sequence[float]
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Lay:
    """Where the parts of each row lie: `start` and `length` of the longest bar as shares of the width, rest in ems."""

    beside: bool
    start: float
    length: float
    row: float

    def middle(self, at: int) -> float:
        return self.row * at + (self.row / 2 if self.beside else self.row - 1.1)


def _lay(labels: Sequence[Text], written: Sequence[Text], linked: bool) -> _Lay:
    """Put labels beside the bars where the narrowest screen has room for both, else above them."""
    label = max(map(ems, labels), default=0) + 0.6
    value = max(map(ems, written), default=0) + 0.8
    least = 3.0 if linked else 0.0  # a finger needs 44 px
    if label + value + _LEAST <= NARROW:
        return _Lay(True, label / NARROW, 1 - (label + value) / NARROW, max(2.0, least))
    return _Lay(False, 0.0, max(0.1, 1 - value / NARROW), max(3.3, least))


def _row(root: ET.Element, lay: _Lay, at: int, label: Text, words: str, href: str) -> ET.Element:
    group = mark(root, words, href)
    if href:
        node(group, "rect", class_="hit", x="0", y=em(lay.row * at), width="100%", height=em(lay.row))
    if lay.beside:
        place = {"x": pct(lay.start), "dx": "-0.6em", "y": em(lay.middle(at)), "text_anchor": "end"}
    else:
        place = {"x": "0", "y": em(lay.row * at + 0.9)}
    node(group, "text", label, dy="0.35em", **place)
    return group


def _bar(group: ET.Element, lay: _Lay, at: int, css: str, start: float, length: float) -> None:
    place = {"x": pct(start), "y": em(lay.middle(at) - _BAR / 2), "width": pct(length), "height": em(_BAR)}
    node(group, "rect", class_=css, **place)


def _end(group: ET.Element, lay: _Lay, at: int, share: float, written: str) -> None:
    node(group, "text", written, x=pct(share), dx="0.4em", y=em(lay.middle(at)), dy="0.35em", class_="t2")


def _axis(root: ET.Element, lay: _Lay, rows: int) -> None:
    if lay.beside:
        node(root, "line", class_="axis", x1=pct(lay.start), x2=pct(lay.start), y1="0", y2=em(lay.row * rows))


def bars(title: Text, items: Sequence[Bar], *, unit: Text = PEOPLE, head: Text = "", note: Text = "") -> Chart:
    """Return horizontal bars in the order given; `head` is the table's head for the labels.

    Raises: ValueError for a negative value.
    """
    if any(item.value is not None and item.value < 0 for item in items):
        raise ValueError("bars show amounts, and an amount is not negative")
    written = [figure(item.value, unit) for item in items]
    linked = any(item.href for item in items)
    lay = _lay([item.label for item in items], written, linked)
    top = max((item.value or 0 for item in items), default=0) or 1
    desc = described({str(item.label): words for item, words in zip(items, written, strict=True)})
    root = canvas("bars", title, desc, height=lay.row * len(items), linked=linked)
    for at, (item, words) in enumerate(zip(items, written, strict=True)):
        group = _row(root, lay, at, item.label, f"{item.label} {words}", item.href)
        length = lay.length * (item.value or 0) / top
        if length:
            _bar(group, lay, at, "c1 shape", lay.start, length)
        _end(group, lay, at, lay.start + length, words)
    _axis(root, lay, len(items))
    columns = [Column(head or _("名称"), phone="name"), Column(counted(unit), "number", phone="tag")]
    rows = [[item.label, _linked(item.value, item.href)] for item in items]
    return Chart(title, Svg(root), Table(title, columns, rows), note=note)


def _linked(value: float | None, href: str) -> Cell:
    return Cell(figure(None, "") if value is None else thousands(value), href if value is not None else "")


def stacked(
    title: Text,
    series: Sequence[Text],
    items: Sequence[Stack],
    *,
    unit: Text = PEOPLE,
    head: Text = "",
    note: Text = "",
) -> Chart:
    """Return stacked bars in the order given, the whole written at the end, parts written inside where they fit.

    Raises: ValueError for more series than the palette keeps apart, a negative value, or a row that does not fit.
    """
    if len(series) > SERIES or any(len(item.values) != len(series) for item in items):
        raise ValueError(f"a stacked chart has {SERIES} series at most and a value for each of them")
    if any(value < 0 for item in items for value in item.values):
        raise ValueError("bars show amounts, and an amount is not negative")
    whole = [sum(item.values) for item in items]
    written = [figure(total, unit) for total in whole]
    linked = any(item.href for item in items)
    lay = _lay([item.label for item in items], written, linked)
    scale = lay.length / (max(whole, default=0) or 1)
    sentences = [_parts(series, item, unit) for item in items]
    desc = described({str(item.label): words for item, words in zip(items, sentences, strict=True)})
    root = canvas("stack", title, desc, height=lay.row * len(items), linked=linked)
    for at, item in enumerate(items):
        group = _row(root, lay, at, item.label, f"{item.label} {sentences[at]}", item.href)
        start = lay.start
        for number, value in enumerate(item.values, 1):
            _segment(group, lay, at, number, start, scale * value, value)
            start += scale * value
        _end(group, lay, at, start, written[at])
    _axis(root, lay, len(items))
    keys = [(f"c{number}", name) for number, name in enumerate(series, 1)]
    columns = [Column(head or _("名称"), phone="name"), *(Column(name, "number") for name in series)]
    columns.append(Column(_("合计"), "number"))
    rows = [[item.label, *item.values, Cell(total, item.href)] for item, total in zip(items, whole, strict=True)]
    return Chart(title, Svg(root), Table(title, columns, rows), keys, note)


def _parts(series: Sequence[Text], item: Stack, unit: Text) -> str:
    return _("，").join(f"{name} {figure(value, unit)}" for name, value in zip(series, item.values, strict=True))


def _segment(group: ET.Element, lay: _Lay, at: int, number: int, start: float, length: float, value: float) -> None:
    if not length:
        return
    _bar(group, lay, at, f"c{number} shape", start, length)
    text = thousands(value)
    if ems(text) + 0.6 <= length * NARROW:
        css = "onf" if number in _DARK else ""
        middle = {"x": pct(start + length / 2), "y": em(lay.middle(at)), "text_anchor": "middle"}
        node(group, "text", text, class_=css, dy="0.35em", **middle)
