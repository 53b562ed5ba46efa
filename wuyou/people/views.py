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
from wuyou.people import queries, services
from wuyou.people.forms import CountForm, PersonForm, PersonQueryForm, at_groups
from wuyou.people.permissions import P
from wuyou.places import queries as places
from wuyou.places.picking import find_area, name_of_area
from wuyou.platform.forming import carried_out
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
        "table": _table(request, page.persons),
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
        "groups": queries.groups_of(request.actor, person_id),
    }
    return render(request, "people/person.html", context)


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


def _table(request: HttpRequest, rows: Any) -> Table:
    columns = (
        Column(_("姓名"), phone="name"),
        Column(_("侨情类别"), "tag", phone="tag"),
        Column(_("所在地"), phone="line"),
        Column(_("电话"), phone="line"),
        Column(_("登记单位"), phone="hide"),
    )
    empty = Empty(
        _("还没有登记成员"),
        _("导入侨情调查表，或逐个登记；登记前要告知用途并取得本人同意。"),
        reverse("people:register"),
        _("登记成员"),
    )
    return Table(_("成员列表"), columns, [_row(p, request) for p in rows], empty)


def _row(p: Any, request: HttpRequest) -> list[Written]:
    may = request.actor.can(P.READ_CONTACT, p.keeper.path)
    where = p.division.name if p.division else ""
    phone = masked_phone(p.phone) if may and p.phone else ""
    return [Cell(p.name, reverse("people:person", args=[p.pk])), p.category, where, phone, p.keeper.short_name]
