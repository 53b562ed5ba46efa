"""Maps of areas: by their boundaries where the operator has them, else as tiles; the figure is written in each area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, radians, sqrt
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from wuyou.platform.charts.drawing import (
    Chart,
    Svg,
    bounds,
    canvas,
    counted,
    described,
    em,
    figure,
    mark,
    node,
    pct,
    shade,
    shade_keys,
)
from wuyou.platform.presentation import PEOPLE, Text, thousands
from wuyou.platform.tables import Cell, Column, Table

Point = tuple[float, float]
Ring = Sequence[Point]

_TILE = 4.6  # height of a tile in ems
_RATIOS = {"r43": (400.0, 300.0), "r11": (400.0, 400.0), "r34": (300.0, 400.0)}
_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its code as text, its name, its figure (None without data), and what opens it."""

    code: str
    name: Text
    value: float | None
    href: str = ""


def tile_layout(codes: Sequence[str], columns: int | None = None) -> dict[str, tuple[int, int]]:
    """Return a column and a row for each code, row by row in the order given, so that the same list lies the same way.

    Four columns at most, since a phone has no room for more.
    """
    wide = columns or min(4, max(1, ceil(sqrt(len(codes)))))
    return {code: (at % wide, at // wide) for at, code in enumerate(codes)}


def tile_map(
    title: Text,
    areas: Sequence[Area],
    *,
    layout: Mapping[str, tuple[int, int]] | None = None,
    unit: Text = PEOPLE,
    head: Text = "",
    note: Text = "",
) -> Chart:
    """Return one tile for each area with its name and figure.

    `layout` gives column and row by code (from 0); without it areas lie in the order given.
    """
    cells = layout or tile_layout([area.code for area in areas])
    wide = max((column for column, _row in cells.values()), default=0) + 1
    deep = max((row for _column, row in cells.values()), default=0) + 1
    ends = bounds([area.value for area in areas if area.value is not None])
    linked = any(area.href for area in areas)
    root = canvas("map tiles", title, _desc(areas, unit), height=deep * _TILE, linked=linked)
    for area in areas:
        column, row = cells[area.code]
        css = shade(area.value, ends)
        group = mark(root, f"{area.name} {figure(area.value, unit)}", area.href)
        place = {"x": pct(column / wide), "y": em(row * _TILE), "width": pct(1 / wide), "height": em(_TILE)}
        node(group, "rect", class_=f"shape {css}", **place)
        _name(group, area, (column + 0.5) / wide, em(row * _TILE + _TILE / 2), "onf" if css in ("h4", "h5") else "")
    return _chart(title, areas, root, ends, unit, head, note)


def choropleth(
    title: Text,
    areas: Sequence[Area],
    rings: Mapping[str, Sequence[Ring]],
    *,
    unit: Text = PEOPLE,
    head: Text = "",
    note: Text = "",
) -> Chart:
    """Return a map by boundaries: `rings` gives by code the closed lines of (longitude, latitude) in degrees.

    An area without boundaries is left to the table. Names and figures are written at each area's centre.
    """
    drawn = [area for area in areas if rings.get(area.code)]
    ratio, project = _projection([point for area in drawn for ring in rings[area.code] for point in ring])
    width, height = _RATIOS[ratio]
    ends = bounds([area.value for area in areas if area.value is not None])
    linked = any(area.href for area in drawn)
    root = canvas(f"map {ratio}", title, _desc(areas, unit), height=None, linked=linked)
    ground = node(root, "svg", width="100%", height="100%", viewBox=f"0 0 {width:g} {height:g}")
    labels = node(root, "g", pointer_events="none", aria_hidden="true")
    for area in drawn:
        lines = [[project(point) for point in ring] for ring in rings[area.code]]
        group = mark(ground, f"{area.name} {figure(area.value, unit)}", area.href)
        path = "".join(_path(line) for line in lines)
        css = shade(area.value, ends)
        node(group, "path", class_=f"shape {css}", d=path, fill_rule="evenodd")
        x, y = _centre(max(lines, key=lambda line: abs(_doubled(line))))
        _name(labels, area, x / width, pct(y / height), "halo onf" if css in ("h4", "h5") else "halo")
    return _chart(title, areas, root, ends, unit, head, note)


def _desc(areas: Sequence[Area], unit: Text) -> str:
    return described({str(area.name): figure(area.value, unit) for area in areas})


def _name(parent: ET.Element, area: Area, x: float, y: str, css: str) -> None:
    value = figure(None, "") if area.value is None else thousands(area.value)
    place = {"x": pct(x), "y": y, "text_anchor": "middle", "class_": css}
    node(parent, "text", area.name, dy="-0.25em", **place)
    node(parent, "text", value, dy="1em", **place)


def _chart(
    title: Text, areas: Sequence[Area], root: ET.Element, ends: Sequence[float], unit: Text, head: Text, note: Text
) -> Chart:
    columns = [Column(head or _("地方"), phone="name"), Column(counted(unit), "number", phone="tag")]
    rows = [[area.name, Cell(thousands(area.value) or figure(None, ""), area.href)] for area in areas]
    keys = shade_keys([area.value for area in areas], ends, unit)
    return Chart(title, Svg(root), Table(title, columns, rows), keys, note)


class _Projection:
    """Degrees onto a sheet of one of three shapes, so that lengths keep their proportion at the area's own latitude."""

    def __init__(self, points: Sequence[Point], size: Point) -> None:
        self.middle = cos(radians(sum(y for _x, y in points) / len(points)))
        xs, ys = [x * self.middle for x, _y in points], [y for _x, y in points]
        across, along = max(xs) - min(xs) or 1e-6, max(ys) - min(ys) or 1e-6
        self.scale = min((size[0] - 2 * _MARGIN) / across, (size[1] - 2 * _MARGIN) / along)
        self.left = min(xs) - (size[0] / self.scale - across) / 2
        self.upper = max(ys) + (size[1] / self.scale - along) / 2

    def __call__(self, point: Point) -> Point:
        return (point[0] * self.middle - self.left) * self.scale, (self.upper - point[1]) * self.scale


def _projection(points: Sequence[Point]) -> tuple[str, _Projection]:
    """Return the sheet that wastes least and the projection onto it."""
    if not points:
        points = [(0.0, 0.0)]
    fits = {ratio: _Projection(points, size) for ratio, size in _RATIOS.items()}
    # the scale per root of the sheet's area tells how much of the sheet is used
    best = max(fits, key=lambda ratio: fits[ratio].scale / sqrt(_RATIOS[ratio][0] * _RATIOS[ratio][1]))
    return best, fits[best]


def _path(line: Sequence[Point]) -> str:
    """Return the path of a closed line, without points that the eye cannot tell from the one before."""
    kept: list[Point] = []
    for point in line:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 1:
            kept.append(point)
    if len(kept) < 3:
        kept = list(line)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def _doubled(line: Sequence[Point]) -> float:
    """Return twice the signed area of a closed line."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(line, [*line[1:], line[0]], strict=True))


def _centre(line: Sequence[Point]) -> Point:
    """Return the centre of mass of a closed line; the mean of its points when it encloses nothing."""
    doubled = _doubled(line)
    if abs(doubled) < 1e-9:
        return sum(x for x, _y in line) / len(line), sum(y for _x, y in line) / len(line)
    x = y = 0.0
    for (x1, y1), (x2, y2) in zip(line, [*line[1:], line[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (3 * doubled), y / (3 * doubled)
