"""The tree of organisations, read from top to bottom as one reads a list; long names are wrapped, never cut."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from wuyou.platform.charts.drawing import NARROW, Chart, Svg, canvas, em, ems, mark, node
from wuyou.platform.presentation import Text
from wuyou.platform.tables import Cell, Column, Table, Written

_PARTS = re.compile(r"[0-9]{1,8}|[A-Za-z]{1,12}|.", re.DOTALL)
"""What stays on one line: a number, a word of no great length, else each letter by itself."""
_STEP = 1.2  # ems by which each level moves in
_LINE = 1.5  # ems between two lines of one name
_DASH = 2.0  # ems that the dashed line of the second line takes before its words


@dataclass(frozen=True, slots=True)
class Node:
    """One organisation and those under it; `second` are the bodies of its other line, drawn dashed at its side."""

    label: Text
    note: Text = ""
    href: str = ""
    children: Sequence["Node"] = field(default=())
    second: Sequence[Text] = field(default=())


@dataclass(frozen=True, slots=True)
class _Placed:
    node: Node
    depth: int
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    second: tuple[tuple[str, bool], ...]  # the lines of the other line's bodies, and whether a body begins there
    top: float
    parent: int

    def height(self, linked: bool) -> float:
        """Return the ems this takes; a finger needs 44 px."""
        written = len(self.lines) + len(self.notes) + len(self.second)
        return max(3.0 if linked else 2.0, written * _LINE + 0.6)


def org_tree(title: Text, roots: Sequence[Node], *, note: Text = "") -> Chart:
    """Return the tree with its lines; the table gives each organisation its level."""
    linked = any(item.href for item, _depth, _parent in _walk(roots))
    placed, height = _place(roots, linked)
    desc = _("；").join(f"{'　' * item.depth}{item.node.label}" for item in placed)
    root = canvas("otree", title, desc, height=height, linked=linked)
    for item in placed:
        if item.parent >= 0:
            _branch(root, placed[item.parent], item)
    for item in placed:
        _write(root, item)
    columns = [Column(_("组织"), phone="name"), Column(_("层级"), "number"), Column(_("说明"))]
    rows: list[list[Written]] = [
        [Cell(item.node.label, item.node.href), item.depth + 1, _words(item.node)] for item in placed
    ]
    return Chart(title, Svg(root), Table(title, columns, rows), note=note)


def _walk(nodes: Sequence[Node], depth: int = 0, parent: int = -1, count: int = 0) -> Iterator[tuple[Node, int, int]]:
    """Yield each node with its depth and the place of its parent in this same order."""
    for item in nodes:
        mine = count
        yield item, depth, parent
        count += 1
        for below in _walk(item.children, depth + 1, mine, count):
            yield below
            count += 1


def _place(roots: Sequence[Node], linked: bool) -> tuple[list[_Placed], float]:
    placed: list[_Placed] = []
    top = 0.0
    for item, depth, parent in _walk(roots):
        room = NARROW - depth * _STEP - 1
        bodies = (_wrapped(str(body), room - _DASH) for body in item.second)
        second = tuple((line, at == 0) for body in bodies for at, line in enumerate(body))
        one = _Placed(item, depth, _wrapped(str(item.label), room), _wrapped(str(item.note), room), second, top, parent)
        placed.append(one)
        top += one.height(linked)
    return placed, top


def _words(item: Node) -> str:
    return _("；").join(str(part) for part in (item.note, *item.second) if part)


def _wrapped(text: str, width: float) -> tuple[str, ...]:
    lines = [""]
    for part in _PARTS.findall(text):
        if ems(lines[-1] + part) > max(width, 4):
            lines.append("")
        lines[-1] += part
    return tuple(line.strip() for line in lines if line.strip())


def _branch(root: ET.Element, above: _Placed, item: _Placed) -> None:
    x, y = em(above.depth * _STEP + 0.3), em(item.top + 1)
    node(root, "line", class_="axis", x1=x, x2=x, y1=em(above.top + 1.6), y2=y)
    node(root, "line", class_="axis", x1=x, x2=em(item.depth * _STEP + 0.1), y1=y, y2=y)


def _write(root: ET.Element, item: _Placed) -> None:
    words = f"{item.node.label} {_words(item.node)}".strip()
    group = mark(root, words, item.node.href)
    x = item.depth * _STEP
    if item.node.href:
        node(group, "rect", class_="hit", x=em(x), y=em(item.top - 0.2), width="70%", height=em(item.height(True)))
    node(group, "circle", class_="c1 dot", cx=em(x + 0.3), cy=em(item.top + 1), r="0.3em")
    for at, line in enumerate([*item.lines, *item.notes]):
        css = "" if at < len(item.lines) else "t2"
        node(group, "text", line, class_=css, x=em(x + 1), y=em(item.top + 1 + at * _LINE), dy="0.35em")
    below = len(item.lines) + len(item.notes)
    for at, (line, begins) in enumerate(item.second):
        y = em(item.top + 1 + (below + at) * _LINE)
        if begins:
            node(group, "line", class_="second", x1=em(x + 1), x2=em(x + 0.7 + _DASH), y1=y, y2=y)
        node(group, "text", line, class_="t2", x=em(x + 1 + _DASH), y=y, dy="0.35em")
