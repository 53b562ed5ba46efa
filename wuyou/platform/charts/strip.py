"""The heat strip: rows of months, the figure written in each field, darker where there is more."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.platform.charts.drawing import (
    NARROW,
    Chart,
    Svg,
    bounds,
    canvas,
    em,
    ems,
    figure,
    mark,
    node,
    pct,
    shade,
    shade_keys,
)
from wuyou.platform.presentation import Text, thousands
from wuyou.platform.tables import Cell, Column, Table

_FIELD = 2.0  # height of a field in ems
_ROW = _FIELD + 2.2  # a field with the label above it

TIMES = gettext_lazy("次")


@dataclass(frozen=True, slots=True)
class Strip:
    """One row: a value for each column, None where there is no data."""

    label: Text
    values: Sequence[float | None]
    hrefs: Sequence[str] = ()


def heat_strip(
    title: Text,
    columns: Sequence[Text],
    strips: Sequence[Strip],
    *,
    unit: Text = TIMES,
    head: Text = "",
    note: Text = "",
) -> Chart:
    """Return rows of shaded fields, labels above each row; figures are written where the narrowest screen has room.

    Raises: ValueError when a row does not fit the columns.
    """
    if any(len(strip.values) != len(columns) for strip in strips):
        raise ValueError("each row of a heat strip has a value for each column")
    values = [value for strip in strips for value in strip.values]
    ends = bounds([value for value in values if value is not None])
    width = 1 / max(1, len(columns))
    every = max(1, -(-int(max(map(ems, columns), default=1) * 10 + 4) * len(columns) // int(NARROW * 10)))
    desc = _("；").join(f"{strip.label}{_('：')}{_sentence(columns, strip, unit)}" for strip in strips)
    root = canvas("strip", title, desc, height=1.6 + len(strips) * _ROW, linked=False)
    for at, column in enumerate(columns):
        if at % every == 0:
            node(
                root,
                "text",
                column,
                class_="t2",
                x=pct((at + 0.5) * width),
                y="0.8em",
                dy="0.35em",
                text_anchor="middle",
            )
    for row, strip in enumerate(strips):
        top = 1.6 + row * _ROW
        node(root, "text", strip.label, x="0", y=em(top + 1.2), dy="0.35em")
        for at, value in enumerate(strip.values):
            group = mark(root, f"{strip.label} {columns[at]} {figure(value, unit)}")
            css, text = shade(value, ends), thousands(value)
            place = {"x": pct(at * width), "y": em(top + 2), "width": pct(width), "height": em(_FIELD)}
            node(group, "rect", class_=f"shape {css}", **place)
            if text and ems(text) <= width * NARROW:
                middle = {"x": pct((at + 0.5) * width), "y": em(top + 2 + _FIELD / 2), "text_anchor": "middle"}
                node(group, "text", text, class_="onf" if css in ("h4", "h5") else "", dy="0.35em", **middle)
    return Chart(title, Svg(root), _table(title, columns, strips, head), shade_keys(values, ends, unit), note)


def _sentence(columns: Sequence[Text], strip: Strip, unit: Text) -> str:
    return _("，").join(f"{column} {figure(value, unit)}" for column, value in zip(columns, strip.values, strict=True))


def _table(title: Text, columns: Sequence[Text], strips: Sequence[Strip], head: Text) -> Table:
    heads = [Column(head or _("名称"), phone="name"), *(Column(column, "number") for column in columns)]
    rows = [
        [strip.label, *(Cell(value, strip.hrefs[at] if strip.hrefs else "") for at, value in enumerate(strip.values))]
        for strip in strips
    ]
    return Table(title, heads, rows)
