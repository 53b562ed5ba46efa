"""Lists of the units of an office: how they are staffed, who took a seat in a year."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.leadership import figures, queries
from wuyou.leadership.forms import AppointedForm, StaffingForm
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.orgs.figures import living
from wuyou.platform.figures import Asked
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table


@needs(P.VIEW)
def staffing(request: HttpRequest) -> HttpResponse:
    """List how many seats each group should have, has, and lacks on a day; and when its term ends."""
    form = StaffingForm(request.GET)
    on = form.day()
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    asked = Asked(actor, on.year, on)
    told = figures.living_staffing(asked)
    known = [staffing for staffing in told.values() if staffing.required is not None]
    rows = [unit for unit in asked.read(living) if not form.only_vacant() or told[unit.id].vacant]
    page = Paginator(rows, orgs.PAGE_SIZE).get_page(page_asked(request.GET))
    context = {
        "form": form,
        "on": on,
        "office": office,
        "required": sum(staffing.required or 0 for staffing in known),
        "filled": sum(staffing.filled for staffing in known),
        "vacant": sum(staffing.vacant for staffing in known),
        "table": _staffing_table([(unit, told[unit.id]) for unit in page.object_list]),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个")),
    }
    return render(request, "leadership/staffing.html", context)


@needs(P.VIEW)
def appointed(request: HttpRequest) -> HttpResponse:
    """List who took a seat of a group in a year, until a day of it."""
    form = AppointedForm(request.GET)
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    found = queries.seats_begun(actor, form.during())
    page = Paginator(found, orgs.PAGE_SIZE).get_page(page_asked(request.GET))
    columns = (
        Column(_("任职日期"), "date", phone="line"),
        Column(_("姓名"), phone="name"),
        Column(_("职务"), "tag", phone="tag"),
        Column(_("组织"), phone="line"),
    )
    rows = [[s.start, s.person.name, Cell(s.post.name, tone="neutral"), _link(s.unit)] for s in page.object_list]
    empty = Empty(_("这段时间没有人新任职"), _("在组织页面登记任职后，会列在这里。"))
    context = {
        "form": form,
        "office": office,
        "last": form.last_day(),
        "table": Table(_("新任职名单"), columns, rows, empty),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("人次")),
    }
    return render(request, "leadership/appointed.html", context)


def _staffing_table(rows: Sequence[tuple[Any, Any]]) -> Table:
    columns = (
        Column(_("县区"), phone="line"),
        Column(_("组织"), phone="name"),
        Column(_("应配"), "number"),
        Column(_("已配"), "number"),
        Column(_("空缺"), "number"),
        Column(_("换届日期"), "date", phone="line", short=_("换届")),
    )
    body = []
    for unit, told in rows:
        known = told.required is not None
        numbers = [told.required, told.filled, told.vacant] if known else [None, None, None]
        body.append([unit.county, Cell(unit.short_name, _unit_url(unit.id)), *numbers, told.term_end])
    empty = Empty(_("没有符合条件的组织"), _("登记组织以后，这里列出应配和已配的班子职数。"))
    return Table(_("班子配备情况"), columns, body, empty)


def _link(unit: Any) -> Cell:
    return Cell(unit.short_name, _unit_url(unit.pk))


def _unit_url(unit_id: int) -> str:
    return reverse("shell:unit", args=[unit_id])
