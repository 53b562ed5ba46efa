"""Lines over time, each named at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from wuyou.platform.charts.drawing import (
    NARROW,
    SERIES,
    Chart,
    Svg,
    canvas,
    ceiling,
    em,
    ems,
    figure,
    mark,
    node,
    pct,
)
from wuyou.platform.presentation import PEOPLE, Text, thousands
from wuyou.platform.tables import Cell, Column, Table

_HEIGHT = 11.0  # ems from the top line to the axis
_TOP = 0.8
NO_BREAKS: Mapping[int, Text] = {}


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value for each moment, None where there is none; `hrefs` open what was counted at each moment."""

    name: Text
    values: Sequence[float | None]
    hrefs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Plot:
    """The field inside the axes, as shares of the width, and the value of its top."""

    left: float
    right: float
    top: float
    moments: int

    def x(self, at: int) -> float:
        return self.left + (self.right - self.left) * (at / max(1, self.moments - 1))

    def y(self, value: float) -> float:
        return _TOP + _HEIGHT * (1 - value / self.top)


def lines(
    title: Text,
    moments: Sequence[Text],
    series: Sequence[Series],
    *,
    unit: Text = PEOPLE,
    note: Text = "",
    breaks: Mapping[int, Text] = NO_BREAKS,
) -> Chart:
    """Return lines from zero upwards; missing values leave a gap.

    `breaks` says at which moments what is counted changed, and why: a dashed upright line there.

    Raises: ValueError for more series than the palette keeps apart, a negative value, or a line of another length.
    """
    if len(series) > SERIES or any(len(one.values) != len(moments) for one in series):
        raise ValueError(f"a line chart has {SERIES} lines at most, with a value for each moment")
    known = [value for one in series for value in one.values if value is not None]
    if any(value < 0 for value in known):
        raise ValueError("lines show amounts, and an amount is not negative")
    top = ceiling(max(known, default=0))
    named = 1 < len(series) <= 3 and max(ems(one.name) for one in series) <= 5
    right = max(ems(one.name) for one in series) + 2 if named else ems(moments[-1] if moments else "") / 2
    plot = _Plot((ems(thousands(top)) + 0.6) / NARROW, 1 - right / NARROW, top, len(moments))
    desc = _("；").join(f"{one.name}{_('：')}{_sentence(moments, one, unit)}" for one in series)
    root = canvas("lines", title, desc, height=_TOP + _HEIGHT + 2, linked=False)
    _grid(root, plot)
    _moments(root, plot, moments)
    for at, words in breaks.items():
        spot = mark(root, f"{moments[at]} {words}")
        node(spot, "line", class_="second", x1=pct(plot.x(at)), x2=pct(plot.x(at)), y1=em(_TOP), y2=em(_TOP + _HEIGHT))
    for number, one in enumerate(series, 1):
        _line(root, plot, number, one, moments, unit)
    if named:
        _names(root, plot, series)
    keys = [] if named or len(series) < 2 else [(f"c{at}", one.name) for at, one in enumerate(series, 1)]
    return Chart(title, Svg(root), _table(title, moments, series), keys, note)


def _sentence(moments: Sequence[Text], one: Series, unit: Text) -> str:
    return _("，").join(f"{moment} {figure(value, unit)}" for moment, value in zip(moments, one.values, strict=True))


def _grid(root: ET.Element, plot: _Plot) -> None:
    for value in (0, plot.top / 2, plot.top):
        height = em(plot.y(value))
        node(
            root,
            "line",
            class_="grid" if value else "axis",
            x1=pct(plot.left),
            x2=pct(plot.right),
            y1=height,
            y2=height,
        )
        place = {"x": pct(plot.left), "dx": "-0.4em", "y": height, "text_anchor": "end"}
        node(root, "text", thousands(value), class_="t2", dy="0.35em", **place)


def _moments(root: ET.Element, plot: _Plot, moments: Sequence[Text]) -> None:
    widest = max(map(ems, moments), default=1) + 0.8
    room = max(1, int((plot.right - plot.left) * NARROW / widest))
    every = ceil(len(moments) / room) if moments else 1
    for at, moment in enumerate(moments):
        if at % every == 0:
            place = {"x": pct(plot.x(at)), "y": em(_TOP + _HEIGHT + 1.2), "text_anchor": "middle"}
            node(root, "text", moment, class_="t2", dy="0.35em", **place)


def _line(root: ET.Element, plot: _Plot, number: int, one: Series, moments: Sequence[Text], unit: Text) -> None:
    group = node(root, "g", class_=f"c{number}")
    for at, (before, after) in enumerate(zip(one.values, one.values[1:], strict=False)):
        if before is not None and after is not None:
            ends = {"x1": pct(plot.x(at)), "y1": em(plot.y(before)), "x2": pct(plot.x(at + 1)), "y2": em(plot.y(after))}
            node(group, "line", class_="ln", **ends)
    for at, value in enumerate(one.values):
        if value is not None:
            spot = mark(group, f"{one.name} {moments[at]} {figure(value, unit)}")
            node(spot, "circle", cx=pct(plot.x(at)), cy=em(plot.y(value)), r="0.25em")


def _names(root: ET.Element, plot: _Plot, series: Sequence[Series]) -> None:
    """Write each name at its line's end, moved apart where ends lie too close."""
    ends = [next((value for value in reversed(one.values) if value is not None), 0.0) for one in series]
    lowest = -1.0
    for at in sorted(range(len(series)), key=lambda at: plot.y(ends[at])):
        height = max(plot.y(ends[at]), lowest + 1.4)
        lowest = height
        text = node(root, "text", x=pct(plot.right), dx="0.4em", y=em(height), dy="0.35em")
        node(text, "tspan", "●", class_=f"c{at + 1}")
        node(text, "tspan", f" {series[at].name}")


def _table(title: Text, moments: Sequence[Text], series: Sequence[Series]) -> Table:
    columns = [Column(_("时间"), phone="name"), *(Column(one.name, "number") for one in series)]
    rows = [
        [moment, *(Cell(one.values[at], one.hrefs[at] if one.hrefs else "") for one in series)]
        for at, moment in enumerate(moments)
    ]
    return Table(title, columns, rows)
