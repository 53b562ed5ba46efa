"""The chart of the organisation: who guides whom as solid lines, who leads as dashed ones, host units and areas in words.

A chart is cut into panels that fit a sheet: the offices, then each office's groups, kind by kind. Where there are more groups
than can be read on one page the offices stand alone, each with the number of its groups by form, and open to their own chart.
"""

from collections import Counter
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
OFFICES, FOLDED = 10, 6
"""So many offices it holds, and so many where each tells of its groups by form."""

MOST_SHEETS = 20
"""Above so many offices with groups those with a few share their sheets."""

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
    sections = [
        *_offices(offices, below, ties, day, folded=folded),
        *([] if folded else _groups(tree, below, ties, day)),
    ]
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
    *,
    folded: bool,
) -> Iterator[Section]:
    """Yield the section of the offices: a panel for what fits one, else for each office that guides others."""
    if len(offices) < 2:
        return
    under, most = _by_office(offices), FOLDED if folded else OFFICES

    def node(branch: orgs.Branch, children: Sequence[Node]) -> Node:
        unit, mine = branch.unit, below.get(branch.unit.id, ())
        counted = (_by_form(mine) if folded else _directly(len(mine))) if mine else ""
        return Node(unit.short_name, counted, _chart_url(unit.id, day), children, _led(ties.get(unit.id, {})))

    def whole(branch: orgs.Branch) -> Node:
        return node(branch, [whole(each) for each in under.get(branch.unit.id, ())])

    def panels(top: orgs.Branch) -> Iterator[Chart]:
        mine = under.get(top.unit.id, ())
        deep = any(each.unit.id in under for each in mine) and _number(mine, under) > most
        nodes = [node(each, []) if deep else whole(each) for each in mine]
        for at, part in enumerate(list(_chunks(nodes, most)) or [[]]):
            title = top.unit.short_name if at == 0 else str(_NEXT) % {"name": top.unit.short_name}
            yield org_tree(title, [node(top, part)])
        for each in mine if deep else ():
            if each.unit.id in under:
                yield from panels(each)

    yield Section(_("侨联机关"), tuple(panel for top in under.get(None, ()) for panel in panels(top)))


def _number(branches: Iterable[orgs.Branch], under: Mapping[int | None, Sequence[orgs.Branch]]) -> int:
    """Return how many offices these are with all under them."""
    return sum(1 + _number(under.get(branch.unit.id, ()), under) for branch in branches)


def _directly(number: int) -> str:
    return _("直接指导 %(number)s") % {"number": quantity(number, _("个组织"))}


def _by_form(groups: Iterable[orgs.Branch]) -> str:
    """Return how many groups of each form there are: 侨联小组 120 · 联络组 8, the most common form first."""
    found = Counter(branch.unit.form_name or _("未定形式") for branch in groups)
    return " · ".join(f"{form} {number}" for form, number in found.most_common())


def _groups(
    tree: Sequence[orgs.Branch], below: Mapping[int | None, Sequence[orgs.Branch]], ties: Mapping[int, Ties], day: AsOf
) -> Iterator[Section]:
    """Yield, for each unit that guides groups, its groups kind by kind, in the order of the tree.

    Where many offices guide a few groups each, those of one office above share a section, and so their sheets.
    """
    heads: list[orgs.Branch | None] = [*([None] if None in below else []), *tree]
    heads = [head for head in heads if below.get(head.unit.id if head else None) and _is_head(head)]
    gathers = len(heads) > MOST_SHEETS
    together: dict[int | None, list[Chart]] = {}
    for head in heads:
        mine = below[head.unit.id if head else None]
        if gathers and head is not None and len(mine) <= PANEL:
            together.setdefault(head.above, []).append(_small(head.unit, mine, below, ties, day))
            continue
        unit = head.unit if head else None
        name = unit.short_name if unit else _("本组织")
        title = _("%(name)s：%(number)s") % {"name": name, "number": quantity(len(mine), _("个组织"))}
        yield Section(title, tuple(_by_kind(unit, mine, below, ties, day)))
    names = {branch.unit.id: branch.unit.short_name for branch in tree}
    for above, panels in together.items():
        title = _("%(name)s所属侨联的组织") % {"name": names[above]} if above else _("各侨联的组织")
        yield Section(title, tuple(panels))


def _is_head(head: orgs.Branch | None) -> bool:
    return head is None or head.unit.is_federation


def _small(
    head: orgs.UnitThen,
    mine: Sequence[orgs.Branch],
    below: Mapping[int | None, Sequence[orgs.Branch]],
    ties: Mapping[int, Ties],
    day: AsOf,
) -> Chart:
    """Return the panel of an office with a few groups of whatever kind."""
    title = str(_FIRST) % {"name": head.short_name, "number": len(mine)}
    return org_tree(title, _under(head, [_whole(branch, below, ties, day) for branch in mine], day))


def _by_kind(
    head: orgs.UnitThen | None,
    mine: Sequence[orgs.Branch],
    below: Mapping[int | None, Sequence[orgs.Branch]],
    ties: Mapping[int, Ties],
    day: AsOf,
) -> Iterator[Chart]:
    kinds: dict[str, list[Node]] = {}
    for branch in mine:
        kinds.setdefault(branch.unit.kind_name, []).append(_whole(branch, below, ties, day))
    for kind, nodes in kinds.items():
        for part, words in zip(_chunks(nodes, PANEL), chain([_FIRST], repeat(_NEXT)), strict=False):
            yield org_tree(str(words) % {"name": kind, "number": len(nodes)}, _under(head, part, day))


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
