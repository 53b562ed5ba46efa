"""Which units take part in a change: the old ones, and those that go on from them."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel.digits import whole
from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P as OrgsP
from wuyou.places import queries as places
from wuyou.places.picking import find_area, name_of_area
from wuyou.platform.forming import carried_out
from wuyou.platform.once import new_key
from wuyou.succession import queries
from wuyou.succession.drafts import Draft, editing
from wuyou.succession.forms import HeirForm, UnitPickForm
from wuyou.succession.plan import NewHeir, Plan, unit_word
from wuyou.succession.views.drafting import TO_THE_LIST, of_draft, page, save

SEVERAL_OLD = ("merge", "reorganise")
FEW = 10
"""Up to so many old units are listed one by one; of more the first ones, and the way to all of them."""
ONE_HEIR = ("merge",)


@of_draft
def parties(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show which units take part, and let some be added and left out; each press is saved at once."""
    if not _has_parties(draft):
        return redirect(TO_THE_LIST, draft.change.pk)
    adding = request.POST.get("add", "")
    forms = _pick_forms(request, draft, adding)
    if request.method == "POST":
        form = forms.get(adding)
        plan = _pressed(request, draft, form)
        if plan is not None and _kept(request, draft, form, plan):
            return redirect("succession:parties", draft.change.pk)
    kind = draft.change.kind
    context: dict[str, Any] = {
        **{f"{name}_form": form for name, form in forms.items()},
        "more_old": kind in SEVERAL_OLD,
        "page_errors": any(form.errors for form in forms.values()),
        "several": kind not in ONE_HEIR,
        "number": len(draft.old_units),
        "old": [(unit, unit.pk != draft.change.unit_id) for unit in draft.old_units[:FEW]],
        "heirs": _heirs(draft),
        "stay": [(unit_word(unit.pk), unit) for unit in _may_stay(draft)],
        "few": FEW,
        "once": new_key(),
    }
    return page(request, "parties", draft, **context)


def _kept(request: HttpRequest, draft: Draft, form: UnitPickForm | None, plan: Plan) -> bool:
    """Save the plan; say whether it was, else why not stands at the form."""
    kept = partial(save, request, draft, plan)
    return (carried_out(form, kept) if form is not None else kept()) is not None


def _has_parties(draft: Draft) -> bool:
    return draft.change.kind in ("merge", "split", "reorganise", "dissolve")


def _pick_forms(request: HttpRequest, draft: Draft, adding: str) -> dict[str, UnitPickForm]:
    """Return the forms that ask for one unit, by what it is to be: an old one, an heir, an old one that goes on."""
    plan, like = draft.plan, draft.change.unit
    units = queries.candidates(request.actor, like, {*plan.predecessors, *plan.existing_heirs})
    offered = {"old": units, "heir": units, "stay": {str(unit.pk): unit.short_name for unit in _may_stay(draft)}}
    return {
        name: UnitPickForm(request.POST if adding == name else None, units=those, auto_id=f"{name}_%s")
        for name, those in offered.items()
    }


def _may_stay(draft: Draft) -> list[Any]:
    """Return the old units that may themselves go on and are no heirs yet."""
    if draft.change.kind not in ("merge", "split", "reorganise"):
        return []
    if draft.change.kind == "reorganise" and len(draft.old_units) == 1:
        return []
    return [unit for unit in draft.old_units if unit_word(unit.pk) not in draft.plan.heirs]


def _heirs(draft: Draft) -> list[dict[str, Any]]:
    found = []
    for word, name in draft.heir_names.items():
        place = editing.founded_place(draft.plan, word)
        way = f"{reverse('succession:heir', args=[draft.change.pk])}?n={place}" if place is not None else ""
        stays = place is None and int(word[1:]) in draft.plan.predecessors
        found.append({"word": word, "name": name, "edit": way, "is_new": place is not None, "stays": stays})
    return found


def _pressed(request: HttpRequest, draft: Draft, form: UnitPickForm | None) -> Plan | None:
    """Return the plan after what was pressed; None when that needs mending first."""
    plan, posted, only = draft.plan, request.POST, draft.change.kind in ONE_HEIR
    if form is not None:
        if not form.is_valid():
            return None
        unit_id = int(form.cleaned_data["unit"])
        return (
            editing.with_units(plan, [unit_id])
            if posted["add"] == "old"
            else editing.with_heir(plan, unit_id, only=only)
        )
    if (dropped := whole(posted.get("drop_old", ""))) is not None and dropped != draft.change.unit_id:
        return editing.without_units(plan, [dropped])
    if posted.get("drop_heir") in plan.heirs:
        return editing.without_heir(plan, posted["drop_heir"])
    stays = posted.get("stay", "")
    if stays in {unit_word(unit.pk) for unit in _may_stay(draft)}:
        return editing.with_heir(plan, int(stays[1:]), only=only)
    if posted.get("main") in plan.heirs:
        return editing.main_first(plan, posted["main"])
    return None


@of_draft
def heir(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask about a unit that the change founds; `?n=` names one that was told already."""
    place = whole(request.GET.get("n", ""), longest=3)
    if not _has_parties(draft) or (place is not None and place >= len(draft.plan.founded)):
        return redirect(TO_THE_LIST, draft.change.pk)
    present = draft.plan.founded[place] if place is not None else None
    form = _heir_form(request, draft, present)
    if (
        request.method == "POST"
        and form.is_valid()
        and "more" not in request.POST
        and _name_is_free(form, draft, place)
    ):
        areas = tuple(area.pk for code in form.area_codes() if (area := places.division(code)) is not None)
        told = form.heir(areas)
        if place is not None:
            plan = editing.with_revised_heir(draft.plan, place, told)
        else:
            plan = editing.with_new_heir(draft.plan, told, only=draft.change.kind in ONE_HEIR)
        save(request, draft, plan)
        messages.success(request, _("已记下新组织，办理时才登记。"))
        return redirect("succession:parties", draft.change.pk)
    return page(request, "heir", draft, form=form, place=place, once=new_key())


def _name_is_free(form: HeirForm, draft: Draft, place: int | None) -> bool:
    """Say at once when a living unit that goes on, or another new one of this change, bears the name."""
    name = form.cleaned_data["full_name"].strip()
    others = [heir.full_name for n, heir in enumerate(draft.plan.founded) if n != place]
    if name in others:
        form.add_error("full_name", _("另一个新组织已经用了这个全称，没有保存；请改用不同的名称。"))
    elif orgs.name_taken(name, besides=draft.plan.closing):
        form.add_error("full_name", _("已有同名的组织，没有保存；请核对全称，或改选“由现有组织承接”。"))
    return form.is_valid()


def _heir_form(request: HttpRequest, draft: Draft, present: NewHeir | None) -> HeirForm:
    like = draft.change.unit
    first = draft.old_units[0] if draft.old_units else like
    offices = {str(office.pk): office.short_name for office in orgs.federations(request.actor, OrgsP.FOUND)}
    counties = places.counties(settings.WUYOU_HOME_DIVISION)
    if first.county is not None and first.county not in counties:
        counties = [*counties, first.county]
    told = present or NewHeir(
        kind=first.kind.code,
        form=first.form.code if first.form else "",
        parent_id=first.parent_id,
        county_id=first.county_id,
    )
    codes = places.codes_of(told.area_ids)
    initial = {
        "full_name": told.full_name, "short_name": told.short_name, "kind": told.kind, "form": told.form,
        "parent": str(told.parent_id or ""), "county": told.county_id, "hosts": "\n".join(told.hosts),
        "led_by": "\n".join(told.led_by),
        **{("area" if n == 0 else f"area_{n + 1}"): code for n, code in enumerate(codes)},
    }  # fmt: skip
    return HeirForm(
        request.POST or None, initial=initial, level=first.kind.level, counties=counties, offices=offices,
        find_area=find_area, name_of_area=name_of_area, areas=len(codes),
    )  # fmt: skip
