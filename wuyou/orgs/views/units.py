"""Pages on which a unit is founded, revised, and what befell it is recorded."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel.digits import whole
from wuyou.orgs import advising, queries, services
from wuyou.orgs.forms import CorrectVenueForm, EditForm, EventForm, FoundForm, LinksForm, VenueForm
from wuyou.orgs.permissions import P
from wuyou.places import queries as places
from wuyou.places.picking import find_area, name_of_area
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.widgets import picker_answer


@needs(P.FOUND)
@once
def found(request: HttpRequest) -> HttpResponse:
    """Found a group; a gap of the coverage table brings its place or host unit along."""
    given: dict[str, Any] = {"actor": request.actor, "find_area": find_area, "name_of_area": name_of_area}
    advice = advising.of_form(_people(request))
    initial = {"area": request.GET.get("area", ""), "hosts": request.GET.get("host", "")}
    initial["form"] = advice.code if advice else ""
    form = FoundForm(request.POST or None, initial=initial, **given)
    if request.method == "POST" and form.is_valid():
        unit = carried_out(form, lambda: _found(request, form))
        if unit is not None:
            messages.success(request, _("已登记新建的组织，按成立时间计入当年新建。接下来请登记班子和阵地。"))
            return redirect(_page(unit.pk))
    return render(request, "orgs/found.html", {"form": form, "advice": advice, "once": new_key()})


def _people(request: HttpRequest) -> int | None:
    """Return how many people there are at the place for which a group is founded, as the coverage table brought it along."""
    return whole(request.GET.get("people", ""), longest=7)


def _found(request: HttpRequest, form: FoundForm) -> Any:
    told = form.cleaned_data
    area = places.division(told["area"]) if told["area"] else None
    parent = queries.unit(request.actor, int(told["parent"]))
    county = places.county_of(area) if area else None
    new = form.command(county_id=county.pk if county else parent.county_id, area_ids=(area.pk,) if area else ())
    return services.found_unit(actor=request.actor, parent_id=parent.pk, new=new)


@needs(P.FOUND)
def area_candidates(request: HttpRequest) -> HttpResponse:
    """Answer the area picker while somebody types."""
    return picker_answer(request, find_area)


@needs(P.EDIT)
@once
def edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Revise what stands on a unit itself."""
    unit = queries.unit(request.actor, unit_id, needs=P.EDIT)
    initial = {
        "full_name": unit.full_name, "short_name": unit.short_name, "kind": unit.kind.code,
        "form": unit.form.code if unit.form else "", "founded": unit.founded, "approval_number": unit.approval_number,
        "county": unit.county.code if unit.county else "",
        "study_rules": {True: "yes", False: "no"}.get(unit.has_study_rules, ""),
    }  # fmt: skip
    counties = places.counties(settings.WUYOU_HOME_DIVISION)
    if unit.county is not None and unit.county not in counties:
        counties = [*counties, unit.county]
    form = EditForm(request.POST or None, initial=initial, counties=counties)
    if request.method == "POST" and form.is_valid():
        seen = version_seen(request.POST)
        changes = form.changes()
        act = partial(services.revise_unit, actor=request.actor, unit_id=unit_id, seen=seen, changes=changes)
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存组织资料。"))
            return redirect(_page(unit_id))
    return _shown(request, "orgs/edit.html", form, unit)


@needs(P.EDIT)
@once
def links(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Change which bodies lead a unit, where it sits and whom it serves, from a day on."""
    unit = queries.unit(request.actor, unit_id, needs=P.EDIT)
    given: dict[str, Any] = {"find_area": find_area, "name_of_area": name_of_area}
    form = LinksForm(request.POST or None, ties=queries.ties(request.actor, unit_id), **given)
    if request.method == "POST" and form.is_valid() and "more" not in request.POST:
        told = form.cleaned_data
        areas = tuple(area.pk for code in form.codes() if (area := places.division(code)) is not None)
        wanted = services.Links(told["led_by"], told["hosts"], areas)
        act = partial(
            services.link_unit,
            actor=request.actor,
            unit_id=unit_id,
            links=wanted,
            on=told["on"],
            seen=version_seen(request.POST),
        )
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存。以前的关系保留在沿革里。"))
            return redirect(_page(unit_id))
    return _shown(request, "orgs/links.html", form, unit)


@needs(P.EDIT)
@once
def event(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Record what befell a unit."""
    unit = queries.unit(request.actor, unit_id, needs=P.EDIT)
    told = {name: request.GET.get(name, "") for name in ("kind", "on")}
    form = EventForm(request.POST or None, initial=told, is_dissolved=unit.state == "dissolved")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if carried_out(form, partial(services.record_event, actor=request.actor, unit_id=unit_id, **told)) is not None:
            messages.success(request, _("已登记，年度统计按这个日期计入。"))
            return redirect(_page(unit_id))
    return _shown(request, "orgs/event.html", form, unit)


@needs(P.EDIT_VENUE)
@once
def venue(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Register where a unit's people meet."""
    unit = queries.unit(request.actor, unit_id, needs=P.EDIT_VENUE)
    form = VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.command()
        act = partial(services.register_venue, actor=request.actor, unit_id=unit_id, facts=facts)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记阵地。"))
            return redirect(_page(unit_id))
    return _shown(request, "orgs/venue.html", form, unit)


@needs(P.EDIT_VENUE)
@once
def venue_edit(request: HttpRequest, venue_id: int) -> HttpResponse:
    """Set right what is told of a venue, or note that it is no longer used."""
    found = queries.venue(request.actor, venue_id, needs=P.EDIT_VENUE)
    form = CorrectVenueForm(request.POST or None, venue=found)
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.correct_venue,
            actor=request.actor,
            unit_id=found.unit_id,
            venue_id=venue_id,
            changes=form.changes(),
            seen=version_seen(request.POST),
        )
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存阵地资料。"))
            return redirect(_page(found.unit_id))
    return _shown(request, "orgs/venue.html", form, found.unit, venue=found)


def _shown(request: HttpRequest, template: str, form: Any, unit: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, "unit": unit, "once": new_key(), **more})


def _page(unit_id: int) -> str:
    return reverse("shell:unit", args=[unit_id])
