"""The coverage pages: counties with a map, the places of one county or township, host units."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.coverage import queries, rules
from wuyou.coverage.forms import AsOfForm, HostsForm, TownshipsForm
from wuyou.coverage.permissions import P
from wuyou.coverage.polygons import county_rings
from wuyou.kernel import clock
from wuyou.kernel.refusals import NotFound
from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P as OrgsP
from wuyou.platform.charts.drawing import Chart
from wuyou.platform.charts.maps import Area, choropleth, tile_map
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, day, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written

VILLAGE = 5
PAGE_SIZE = 50
_VIEWS = ("counties", "townships", "hosts")


@needs(P.VIEW)
def counties(request: HttpRequest) -> HttpResponse:
    """Show the counties of the city: people, reached, not reached, on a map and as a table."""
    form = AsOfForm(request.GET)
    on = form.day()
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    rows = queries.county_rows(actor, settings.WUYOU_HOME_DIVISION, as_of=on)
    context = {
        "form": form,
        "on": on,
        "office": office,
        "table": _table(_("各县区覆盖情况"), rows, on),
        "total": queries.totals(rows),
        "map": _map(rows, on),
    }
    return _shown(request, "coverage/counties.html", context)


@needs(P.VIEW)
def townships(request: HttpRequest) -> HttpResponse:
    """Show the townships where people are, most people not reached first: all, those with a working group, or those without."""
    form = TownshipsForm(request.GET)
    on = form.day()
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    spread = queries.spread(actor, settings.WUYOU_HOME_DIVISION, as_of=on)
    rows = queries.townships_shown(spread.townships, form.told("show") or "")
    page = Paginator(rows, PAGE_SIZE).get_page(page_asked(request.GET))
    context = {
        "form": form,
        "on": on,
        "office": office,
        "table": _table(_("各乡镇（街道）覆盖情况"), page.object_list, on, spread),
        "total": queries.totals(rows),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个乡镇（街道）")),
    }
    return _shown(request, "coverage/townships.html", context)


@needs(P.VIEW)
def places(request: HttpRequest, code: str) -> HttpResponse:
    """Show the places right below a county or township, those with most people not reached first."""
    form = AsOfForm(request.GET)
    on = form.day()
    division = queries.place(request.actor, code)
    if division.level >= VILLAGE:
        raise NotFound
    rows = queries.place_rows(request.actor, code, as_of=on)
    context = {
        "form": form,
        "on": on,
        "division": division,
        "above": [(d.name, _url(d.code, on)) for d in queries.above(request.actor, division)],
        "table": _table(_("%(place)s各地覆盖情况") % {"place": division.name}, rows, on),
        "total": queries.totals(rows),
    }
    return _shown(request, "coverage/places.html", context)


@needs(P.VIEW)
def hosts(request: HttpRequest) -> HttpResponse:
    """Show the host units with their people and the living groups there."""
    form = HostsForm(request.GET)
    on = form.day()
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    rows = queries.hosts_shown(queries.host_rows(actor, as_of=on), form.told("show") or "")
    page = Paginator(rows, PAGE_SIZE).get_page(page_asked(request.GET))
    context = {
        "form": form,
        "on": on,
        "office": office,
        "table": _host_table(page.object_list, on),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个单位")),
    }
    return _shown(request, "coverage/hosts.html", context)


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page with the other views of the same day and office, and the way to found a group, for those who may."""
    on, office = context["on"], context.get("office")
    may = request.actor.can(OrgsP.FOUND) and on >= clock.today()
    kept = {"on": on.isoformat(), **({"office": str(office.pk)} if office else {})}
    ways = {f"{name}_url": f"{reverse(f'coverage:{name}')}?{urlencode(kept)}" for name in _VIEWS}
    more = {"found_url": reverse("orgs:found") if may else "", "is_past": on < clock.today()}
    return render(request, template, {**context, **ways, **more})


def _table(caption: str, rows: Sequence[queries.PlaceRow], on: date, spread: queries.Spread | None = None) -> Table:
    columns = (
        *([Column(_("县区"), phone="line")] if spread else []),
        Column(_("地方"), phone="name"),
        Column(_("侨界群众"), "number"),
        Column(_("已覆盖"), "number"),
        Column(_("未覆盖"), "number"),
        Column(_("组织"), phone="hide"),
        Column(_("人数来源"), phone="hide"),
        Column(_("办理"), phone="tag"),
    )
    empty = Empty(
        _("这里还没有人数"), _("导入侨情调查表，或由县侨联填报人数后，就能看到哪里有侨界群众、哪里还没有组织。")
    )
    if spread:
        return Table(caption, columns, [[spread.county_of(r), *_row(r, on)] for r in rows], empty)
    total = queries.totals(rows)
    last: list[Written] = [
        _("合计"),
        total.people,
        total.reached,
        total.not_reached,
        _groups(len(total.groups)),
        "",
        "",
    ]
    return Table(caption, columns, [_row(row, on) for row in rows], empty, total=last if rows else ())


def _row(row: queries.PlaceRow, on: date) -> list[Written]:
    reach, division = row.reach, row.division
    name: Written = division.name if division.level >= VILLAGE else Cell(division.name, _url(division.code, on))
    names, number = _("、").join(name for _pk, name in row.groups), len(reach.groups)
    groups = names if number <= len(row.groups) else _("%(names)s等 %(n)d 个") % {"names": names, "n": number}
    return [name, reach.people, reach.reached, reach.not_reached, groups, _source(reach), _suggest(row, on)]


def _suggest(row: queries.PlaceRow, on: date) -> Written:
    if on < clock.today() or not row.reach.not_reached or row.reach.groups:
        return ""
    query = urlencode({"area": row.division.code, "people": row.reach.not_reached})
    return Cell(_("建议新建"), f"{reverse('orgs:found')}?{query}", tone="info")


def _source(reach: rules.Reach) -> str:
    if reach.counted_on is None:
        return _("没有人数")
    word = _("填报") if reach.counted == "declared" else _("登记")
    return f"{word} {day(reach.counted_on)}"


def _groups(number: int) -> str:
    return _("%(n)d 个") % {"n": number}


def _map(rows: Sequence[queries.PlaceRow], on: date) -> Chart:
    areas = [
        Area(
            r.division.code, r.division.name, r.reach.not_reached if r.reach.people else None, _url(r.division.code, on)
        )
        for r in sorted(rows, key=lambda row: row.division.code)
    ]
    title, head = _("各县区未覆盖的侨界群众"), _("县区")
    rings = county_rings(tuple(area.code for area in areas))
    if rings:
        return choropleth(title, areas, rings, head=head)
    return tile_map(title, areas, head=head)


def _url(code: str, on: date) -> str:
    return f"{reverse('coverage:places', args=[code])}?{urlencode({'on': on.isoformat()})}"


def _host_table(rows: Sequence[rules.HostReach], on: date) -> Table:
    columns = (
        Column(_("单位"), phone="name"),
        Column(_("侨界群众"), "number"),
        Column(_("未覆盖"), "number"),
        Column(_("正常活动的组织"), "number"),
        Column(_("办理"), phone="tag"),
    )
    body: list[list[Written]] = []
    for row in rows:
        query = urlencode({"host": row.name, "people": row.not_reached})
        url = f"{reverse('orgs:found')}?{query}"
        suggest = Cell(_("建议新建"), url, tone="info") if row.not_reached and on >= clock.today() else ""
        body.append([row.name, row.people, row.not_reached, len(row.groups), suggest])
    empty = Empty(_("还没有挂靠单位"), _("登记组织时填写挂靠单位后，这里会列出各单位的侨界群众和组织。"))
    return Table(_("各单位覆盖情况"), columns, body, empty)
