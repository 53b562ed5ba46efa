"""The list and the tree of units, of today or as they were on a day."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.activities import queries as activities
from wuyou.kernel import clock
from wuyou.leadership import queries as leadership
from wuyou.orgs import queries as orgs
from wuyou.orgs.forms import UnitQueryForm
from wuyou.orgs.permissions import P
from wuyou.people import queries as people
from wuyou.places import queries as places
from wuyou.platform.asof import AsOf, as_of
from wuyou.platform.figures import units_behind
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.shell.words import state_word


@needs(P.VIEW)
def units(request: HttpRequest) -> HttpResponse:
    """List the units below the actor as they are, or were on a day: kind, state, people, last activity."""
    form = UnitQueryForm(request.GET, counties=places.counties(settings.WUYOU_HOME_DIVISION))
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    behind = units_behind(actor, request.GET)
    by, day = form.narrowed(), as_of(request.GET)
    if behind:
        by = replace(by, only=tuple(behind.units), include_dissolved=True)
        day = AsOf(min(behind.asked.as_of, clock.today()))
    page: Any
    if day.is_past:
        under = None if behind or office is None else office.pk
        found = orgs.listed_on(request.actor, by, on=day.day, office=under)
        page = Paginator(found, orgs.PAGE_SIZE).get_page(page_asked(request.GET))
    else:
        page = orgs.unit_page(actor, by, page_asked(request.GET))
    shown = [unit if day.is_past else orgs.as_it_stands(actor, unit) for unit in page.object_list]
    context = {
        "form": form,
        "office": office,
        "behind": behind,
        "day": day,
        "table": _table(request.actor, shown, day, by.text),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个组织")),
        "can_found": request.actor.can(P.FOUND) and not day.is_past,
        "tree_url": day.at(reverse("shell:tree")),
        "chart_url": day.at(reverse("shell:chart")),
    }
    return render(request, "shell/units.html", context)


@needs(P.VIEW)
def tree(request: HttpRequest) -> HttpResponse:
    """Show federations with their groups as a tree, as it is or was on a day."""
    day = as_of(request.GET)
    rows = orgs.tree_on(request.actor, on=day.day)
    nodes: dict[int, dict[str, Any]] = {}
    tops: list[dict[str, Any]] = []
    for unit, _depth, above in rows:
        node: dict[str, Any] = {
            "label": unit.short_name,
            "href": day.at(reverse("shell:unit", args=[unit.id])),
            "note": unit.kind_name,
            "state": "" if unit.state == "normal" else state_word(unit.state),
            "children": [],
            "opened": unit.is_federation and above is None,
        }
        nodes[unit.id] = node
        (tops if above is None else nodes[above]["children"]).append(node)
    context = {"nodes": tops, "number": len(rows), "day": day, "list_url": day.at(reverse("shell:units"))}
    context["chart_url"] = day.at(reverse("shell:chart"))
    return render(request, "shell/tree.html", context)


def _table(actor: Any, rows: list[orgs.UnitThen], day: AsOf, word: str) -> Table:
    """Return the table of the day; a unit that is found by a former name says so."""
    ids = [u.id for u in rows]
    leaders = leadership.leaders_by_unit(actor, ids, on=day.day)
    last = activities.last_days(actor, ids, until=day.day if day.is_past else None)
    numbers = people.member_numbers(actor, ids, on=day.day if day.is_past else None)
    once = orgs.once_called(actor, word, until=day.day)
    columns = (
        Column(_("县区"), phone="line"),
        Column(_("组织"), phone="name"),
        Column(_("类型"), phone="line"),
        Column(_("负责人"), phone="hide"),
        Column(_("成员"), "number", phone="line"),
        Column(_("状态"), "tag", phone="tag"),
        Column(_("最近活动"), "date", phone="hide"),
    )
    body: list[list[Written]] = [
        [u.county, Cell(_named(u, word, once), day.at(reverse("shell:unit", args=[u.id]))), u.kind_name,
         leaders.get(u.id, ""), numbers.get(u.id), state_word(u.state), last.get(u.id)]
        for u in rows
    ]  # fmt: skip
    empty = Empty(
        _("没有符合条件的组织"),
        _("这一天的组织里没有符合条件的。") if day.is_past else _("换一个条件再查，或导入本单位的基层组织台账。"),
        day.at(reverse("shell:units")),
        _("查看全部组织"),
    )
    return Table(_("组织列表"), columns, body, empty)


def _named(unit: orgs.UnitThen, word: str, once: dict[int, str]) -> str:
    if unit.id not in once or unit.is_called(word.strip().lower()):
        return unit.short_name
    return _("%(name)s（原名 %(once)s）") % {"name": unit.short_name, "once": once[unit.id]}
