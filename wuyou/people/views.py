"""Pages of persons: the list, one person, registration, declared counts."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P as OrgsP
from wuyou.people import queries, services
from wuyou.people.forms import CountForm, JoinForm, LeaveForm, PersonForm, PersonQueryForm, RevisePersonForm, at_groups
from wuyou.people.permissions import P
from wuyou.places import queries as places
from wuyou.places.picking import find_area, name_of_area
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, masked_phone
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.platform.widgets import picker_answer


@needs(P.VIEW)
def persons(request: HttpRequest) -> HttpResponse:
    """List the persons the actor may see, by pinyin; telephones stay masked."""
    form = PersonQueryForm(request.GET)
    unit = request.GET.get("unit", "")
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    by = at_groups(form.narrowed(unit, request.GET.get("page", "")), form, actor)
    page = queries.person_page(actor, by)
    context = {
        "form": form,
        "office": office,
        "by": by,
        "number": queries.person_count(actor, by) if by.on else None,
        "table": _table(request, page.persons, by.departed),
        "pages": Pages(before="", after=page.next_mark),
        "unit": orgs.unit(request.actor, by.unit) if by.unit else None,
        "can_register": request.actor.can(P.REGISTER),
    }
    return render(request, "people/list.html", context)


@needs(P.VIEW)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show one person: what the actor may see of what is held."""
    found = queries.person(request.actor, person_id)
    context = {
        "person": found,
        "shown": queries.shown(found, request.actor),
        "groups": _groups_table(request, queries.groups_of(request.actor, person_id)),
        "can_edit": queries.may(request.actor, P.REGISTER, found),
    }
    return render(request, "people/person.html", context)


@needs(P.REGISTER)
@once
def edit(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change what is held of a person; telephone and identity number stay as they are unless typed anew."""
    found = queries.person(request.actor, person_id, needs=P.REGISTER)
    given: dict[str, Any] = {"actor": request.actor, "find_area": find_area, "name_of_area": name_of_area}
    form = RevisePersonForm(request.POST or None, person=found, **given)
    if request.method == "POST" and form.is_valid():
        changes, seen = form.changes(places.division), version_seen(request.POST)
        if not changes:
            messages.info(request, _("没有改动。"))
            return redirect("people:person", person_id)
        act = partial(services.revise_person, actor=request.actor, person_id=person_id, seen=seen, changes=changes)
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存成员资料。"))
            return redirect("people:person", person_id)
    context = {"form": form, "person": found, "once": new_key(), "separate": queries.takes_sensitive(found)}
    context["sensitive"] = queries.may(request.actor, P.READ_SENSITIVE, found)
    return render(request, "people/edit.html", context)


@needs(P.REGISTER)
@once
def join(request: HttpRequest, person_id: int) -> HttpResponse:
    """Note that a person belongs to a group from a day on."""
    found = queries.person(request.actor, person_id, needs=P.REGISTER)
    form = JoinForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        unit_id, start = int(form.cleaned_data["unit"]), form.cleaned_data["start"]
        act = partial(services.join_group, actor=request.actor, person_id=person_id, unit_id=unit_id, start=start)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记参加的组织。"))
            return redirect("people:person", person_id)
    return render(request, "people/join.html", {"form": form, "person": found, "once": new_key()})


@needs(P.REGISTER)
@once
def leave(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """Note that a person no longer belongs to a group from a day on."""
    found = queries.affiliation(request.actor, affiliation_id, needs=P.REGISTER)
    form = LeaveForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        act = partial(services.leave_group, actor=request.actor, affiliation_id=affiliation_id, on=told["on"])
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记退出，以前的记录保留。"))
            still = queries.name_of(request.actor, found.person_id)
            return redirect("people:person", found.person_id) if still else redirect("people:list")
    context = {"form": form, "belonging": found, "person": found.person, "once": new_key()}
    return render(request, "people/leave.html", context)


@needs(P.REGISTER)
@once
def register(request: HttpRequest) -> HttpResponse:
    """Register a person with five questions and one consent."""
    given: dict[str, Any] = {"actor": request.actor, "find_area": find_area, "name_of_area": name_of_area}
    form = PersonForm(request.POST or None, initial={"unit": request.GET.get("unit", "")}, **given)
    if request.method == "POST" and form.is_valid():
        person = carried_out(form, partial(_register, request, form.cleaned_data))
        if person is not None:
            messages.success(request, _("已登记 %(name)s。") % {"name": person.name})
            return redirect("people:person", person.pk)
    return render(request, "people/register.html", {"form": form, "once": new_key()})


def _register(request: HttpRequest, told: dict[str, Any]) -> Any:
    area = places.division(told["area"]) if told["area"] else None
    group = int(told["unit"]) if told["unit"] else None
    facts = {
        "name": told["name"], "category": told["category"], "phone": told["phone"], "agreed": True,
        "division_id": area.pk if area else None,
    }  # fmt: skip
    purpose = str(PersonForm.base_fields["agreed"].purpose)
    basis = services.note_basis(actor=request.actor, ground="consent", purpose=purpose)
    keeper = group or request.actor.home_unit_id
    new = services.NewPerson(keeper, basis.pk, facts, (group,) if group else ())
    return services.register_person(actor=request.actor, new=new)


@needs(P.DECLARE)
@once
def count(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Declare how many people a unit has."""
    unit = orgs.unit(request.actor, unit_id, needs=P.DECLARE)
    form = CountForm(request.POST or None, initial={"counted_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        act = partial(services.declare_count, actor=request.actor, unit_id=unit_id, **form.cleaned_data)
        if carried_out(form, act) is not None:
            messages.success(request, _("已填报人数。"))
            return redirect("shell:unit", unit_id)
    return render(request, "people/count.html", {"form": form, "unit": unit, "once": new_key()})


@needs(P.REGISTER)
def area_candidates(request: HttpRequest) -> HttpResponse:
    """Answer the area picker while somebody types."""
    return picker_answer(request, find_area)


def _table(request: HttpRequest, rows: Any, departed: bool) -> Table:
    columns = (
        Column(_("姓名"), phone="name"),
        Column(_("侨情类别"), "tag", phone="tag"),
        Column(_("所在地"), phone="line"),
        Column(_("迁出或去世"), "date", phone="line", short=_("迁出或去世"))
        if departed
        else Column(_("电话"), phone="line"),
        Column(_("登记单位"), phone="hide"),
    )
    empty = Empty(
        _("还没有登记成员"),
        _("导入侨情调查表，或逐个登记；登记前要告知用途并取得本人同意。"),
        reverse("people:register"),
        _("登记成员"),
    )
    if departed:
        empty = Empty(_("没有登记迁出或去世的人"), _("在成员页面可以登记迁出或去世；登记以后列在这里。"))
    return Table(_("成员列表"), columns, [_row(p, request, departed) for p in rows], empty)


def _groups_table(request: HttpRequest, rows: Any) -> Table:
    """Return the groups of a person; those of other units are named and lead nowhere."""
    columns = (
        Column(_("组织"), phone="name"),
        Column(_("参加"), "date", phone="line", short=_("参加")),
        Column(_("退出"), "date", phone="line", short=_("退出")),
        Column(_("办理"), phone="line"),
    )
    body: list[list[Written]] = []
    for row in rows:
        mine = request.actor.can(OrgsP.VIEW, row.unit.path)
        open_to = row.end is None and request.actor.can(P.REGISTER, row.unit.path)
        done = Cell(_("登记退出"), reverse("people:leave", args=[row.pk])) if open_to else ""
        unit = Cell(row.unit.short_name, reverse("shell:unit", args=[row.unit_id]) if mine else "")
        body.append([unit, row.start, row.end, done])
    return Table(_("参加的组织"), columns, body, Empty(_("还没有参加组织")))


def _row(p: Any, request: HttpRequest, departed: bool) -> list[Written]:
    may = request.actor.can(P.READ_CONTACT, p.keeper.path)
    where = p.division.name if p.division else ""
    phone = masked_phone(p.phone) if may and p.phone else ""
    name = Cell(p.name, reverse("people:person", args=[p.pk]))
    return [name, p.category, where, p.left_on if departed else phone, p.keeper.short_name]
