"""The list behind the yearly headline: what befell groups in a year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.orgs.event_forms import HEADLINE, EventQueryForm
from wuyou.orgs.permissions import P
from wuyou.platform.permissions import needs
from wuyou.platform.tables import Cell, Column, Empty, Table, Written


@needs(P.VIEW)
def events(request: HttpRequest) -> HttpResponse:
    """List the events of a year that count, one line a unit and kind: the newest, as the year's number counts them."""
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    form = EventQueryForm(request.GET, actor=actor)
    by = form.narrowed()
    found = orgs.narrowed_events(actor, by)
    told = [one for one in found if orgs.may_open(request.actor, one)]
    context = {
        "form": form,
        "table": _table(told),
        "year": by.since or by.year,
        "last": by.last,
        "office": office,
        "word": orgs.event_words()[by.kinds[0]] if len(by.kinds) == 1 else HEADLINE,
        "number": len(found),
        "elsewhere": len(found) - len(told),
        "can_see_targets": request.actor.can(P.VIEW_TARGETS),
        "today": clock.today(),
    }
    return render(request, "shell/events.html", context)


def _table(found: list[orgs.Counted]) -> Table:
    names = orgs.short_names({guide for one in found for guide in one.guides[1:2]})
    columns = (
        Column(_("日期"), "date", phone="line"),
        Column(_("组织"), phone="name"),
        Column(_("当时指导的侨联"), phone="line"),
        Column(_("组织类型"), phone="hide"),
        Column(_("事项"), "tag", phone="tag"),
        Column(_("文号"), phone="hide"),
    )
    rows = [_row(one, names) for one in found]
    return Table(_("组织事项"), columns, rows, Empty(_("这一年没有登记这类事项")))


def _row(one: orgs.Counted, names: dict[int, str]) -> list[Written]:
    event: Any = one.event
    unit = Cell(event.unit.short_name, reverse("shell:unit", args=[event.unit_id]))
    guide = next((names[guide] for guide in one.guides[1:2]), "")
    return [event.on, unit, guide, one.kind.name, event.get_kind_display(), event.document]
