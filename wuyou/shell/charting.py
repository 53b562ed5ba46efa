"""The chart of the organisation: who guides whom as solid lines, who leads as dashed ones, host units and areas in words.

A chart is cut into panels that fit a sheet: the offices, then each office's groups, kind by kind. Where there are more groups
than can be read on one page the offices stand alone, each with the number of its groups, and open to their own chart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.platform.asof import AsOf
from wuyou.platform.charts import Chart, Node, org_tree
from wuyou.platform.presentation import Text, quantity
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.shell.words import state_word

MOST = 400
"""Above so many groups a chart folds."""
PANEL = 8
"""So many groups a panel holds at most, each with its lines, so that it fits a sheet across."""

_FIRST, _NEXT = gettext_lazy("%(name)s（%(number)d）"), gettext_lazy("%(name)s（续）")

Ties = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """What begins a sheet of its own: the offices, or one office and its groups in panels."""

    title: str
    panels: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class OrgChart:
    """A chart ready to be shown: its sections and the same as a table; `is_folded` when groups are only counted."""

    sections: tuple[Section, ...]
    table: Table
    offices: int
    groups: int
    is_folded: bool


def org_chart(actor: Actor, day: AsOf, office: int | None) -> OrgChart:
    """Return the chart of all that the actor may see, or of one office and what is under it, on a day."""
    tree = orgs.tree_on(actor, on=day.day, office=office)
    offices = [branch for branch in tree if branch.unit.is_federation]
    groups = [branch for branch in tree if not branch.unit.is_federation]
    folded = len(groups) > MOST
    shown = offices if folded else tree
    ties = orgs.ties_on(actor, [branch.unit.id for branch in shown], on=day.day)
    below = _by_office(groups)
    sections = [*_offices(offices, below, ties, day), *([] if folded else _groups(tree, below, ties, day))]
    return OrgChart(
        tuple(sections), _table(shown, below if folded else {}, ties, day), len(offices), len(groups), folded
    )


def unit_chart(then: orgs.UnitThen, tied: Ties, day: AsOf) -> Chart:
    """Return one unit's own lines: who guides it, who leads it, where it sits, whom it serves."""
    own = _node(then, tied, day, linked=False)
    above = then.parent_name and then.parent_id
    page = day.at(reverse("shell:unit", args=[then.parent_id])) if above and then.parent_in_sight else ""
    roots = [Node(then.parent_name, _("指导单位"), page, [own])] if above else [own]
    return org_tree(_("指导和领导关系"), roots)


def _by_office(groups: Iterable[orgs.Branch]) -> dict[int | None, list[orgs.Branch]]:
    found: dict[int | None, list[orgs.Branch]] = {}
    for branch in groups:
        found.setdefault(branch.above, []).append(branch)
    return found


def _offices(
    offices: Sequence[orgs.Branch],
    below: Mapping[int | None, Sequence[orgs.Branch]],
    ties: Mapping[int, Ties],
    day: AsOf,
) -> Iterator[Section]:
    """Yield the section of the offices: a panel for the topmost ones and each branch under them."""
    if len(offices) < 2:
        return
    under = _by_office(offices)

    def node(branch: orgs.Branch, children: Sequence[Node]) -> Node:
        unit, number = branch.unit, len(below.get(branch.unit.id, ()))
        counted = _("直接指导 %(number)s") % {"number": quantity(number, _("个组织"))} if number else ""
        return Node(unit.short_name, counted, _chart_url(unit.id, day), children, _led(ties.get(unit.id, {})))

    def whole(branch: orgs.Branch) -> Node:
        return node(branch, [whole(each) for each in under.get(branch.unit.id, ())])

    panels: list[Chart] = []
    for top in under.get(None, ()):
        parts = list(_chunks([whole(each) for each in under.get(top.unit.id, ())], 2 * PANEL)) or [[]]
        for at, part in enumerate(parts):
            title = top.unit.short_name if at == 0 else str(_NEXT) % {"name": top.unit.short_name}
            panels.append(org_tree(title, [node(top, part)]))
    yield Section(_("侨联机关"), tuple(panels))


def _groups(
    tree: Sequence[orgs.Branch], below: Mapping[int | None, Sequence[orgs.Branch]], ties: Mapping[int, Ties], day: AsOf
) -> Iterator[Section]:
    """Yield, for each unit that guides groups, its groups kind by kind, in the order of the tree."""
    heads: list[orgs.UnitThen | None] = [*([None] if None in below else []), *(branch.unit for branch in tree)]
    for head in heads:
        mine = below.get(head.id if head else None, ())
        if not mine or (head is not None and not head.is_federation):
            continue
        kinds: dict[str, list[Node]] = {}
        for branch in mine:
            kinds.setdefault(branch.unit.kind_name, []).append(_whole(branch, below, ties, day))
        panels = [
            org_tree(str(words) % {"name": kind, "number": len(nodes)}, _under(head, part, day))
            for kind, nodes in kinds.items()
            for part, words in zip(_chunks(nodes, PANEL), chain([_FIRST], repeat(_NEXT)), strict=False)
        ]
        name = head.short_name if head else _("本组织")
        yield Section(
            _("%(name)s：%(number)s") % {"name": name, "number": quantity(len(mine), _("个组织"))}, tuple(panels)
        )


def _under(head: orgs.UnitThen | None, nodes: Sequence[Node], day: AsOf) -> Sequence[Node]:
    if head is None:
        return nodes
    return [Node(head.short_name, "", day.at(reverse("shell:unit", args=[head.id])), nodes)]


def _whole(
    branch: orgs.Branch, below: Mapping[int | None, Sequence[orgs.Branch]], ties: Mapping[int, Ties], day: AsOf
) -> Node:
    """Return a group with the groups that it guides itself."""
    children = [_whole(each, below, ties, day) for each in below.get(branch.unit.id, ())]
    return _node(branch.unit, ties.get(branch.unit.id, {}), day, children)


def _node(unit: orgs.UnitThen, tied: Ties, day: AsOf, children: Sequence[Node] = (), *, linked: bool = True) -> Node:
    href = day.at(reverse("shell:unit", args=[unit.id])) if linked else ""
    return Node(unit.short_name, _note(unit, tied), href, children, _led(tied))


def _led(tied: Ties) -> list[Text]:
    return [_("领导：%(body)s") % {"body": body} for body in tied.get("led_by", ())]


def _note(unit: orgs.UnitThen, tied: Ties) -> str:
    hosts, areas = tied.get("hosts", ()), tied.get("areas", ())
    joint = _("联合 %(number)d 家单位") % {"number": len(hosts)} if len(hosts) > 1 else ""
    told = (
        "" if unit.state in ("normal", None) else str(state_word(unit.state)),
        joint,
        _("挂靠%(names)s") % {"names": _("、").join(hosts)} if hosts else "",
        _("服务%(names)s") % {"names": _("、").join(areas)} if areas else "",
    )
    return _("；").join(part for part in told if part)


def _chart_url(unit_id: int, day: AsOf) -> str:
    return day.at(f"{reverse('shell:chart')}?office={unit_id}")


def _chunks(nodes: Sequence[Node], size: int) -> Iterator[Sequence[Node]]:
    """Yield the nodes in parts of about the same length, none longer than the size."""
    parts = -(-len(nodes) // size)
    for at in range(parts):
        yield nodes[at * len(nodes) // parts : (at + 1) * len(nodes) // parts]


def _table(
    shown: Sequence[orgs.Branch], below: Mapping[int | None, Sequence[orgs.Branch]], ties: Mapping[int, Ties], day: AsOf
) -> Table:
    """Return the same as a table, in the order of the tree; `below` holds the groups where they are only counted."""
    columns = [
        Column(_("组织"), phone="name"),
        Column(_("指导单位"), phone="line"),
        Column(_("领导单位"), phone="line"),
        Column(_("挂靠单位"), phone="line"),
        Column(_("服务区域"), phone="hide"),
        Column(_("类型"), phone="hide"),
        Column(_("直接指导的组织"), "number", phone="line") if below else Column(_("状态"), "tag", phone="tag"),
    ]
    rows: list[list[Written]] = []
    for unit, _depth, _above in shown:
        tied = ties.get(unit.id, {})
        told = [_("、").join(tied.get(kind, ())) for kind in ("led_by", "hosts", "areas")]
        last: Written = len(below.get(unit.id, ())) if below else state_word(unit.state)
        page = _chart_url(unit.id, day) if below else day.at(reverse("shell:unit", args=[unit.id]))
        rows.append([Cell(unit.short_name, page), unit.parent_name, *told, unit.kind_name, last])
    return Table(_("组织关系表"), columns, rows, Empty(_("这一天还没有组织"), _("请选择晚一些的日期。")))
