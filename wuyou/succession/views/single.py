"""What every change is asked, its day and document, and what a unit that stays itself is to become."""

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.places import queries as places
from wuyou.platform.once import new_key
from wuyou.platform.presentation import said
from wuyou.succession import queries, rules
from wuyou.succession.drafts import Draft
from wuyou.succession.drafts import facts as unit_facts
from wuyou.succession.forms import BasicsForm, FactsForm
from wuyou.succession.services.drafting import Told
from wuyou.succession.views.drafting import TO_THE_LIST, of_draft, page, save


@of_draft
def basics(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask from when on and by which document, and when old seals were handed back."""
    told = draft.change
    initial = {"on": told.on, "document": told.document, "shares_document": told.shares_document, "note": told.note}
    initial |= {f"seal_{pk}": day for pk, day in draft.plan.seals.items()}
    form = BasicsForm(request.POST or None, initial=initial, sealed=_sealed(draft))
    if request.method == "POST" and form.is_valid() and _fits(form, draft):
        wanted = form.cleaned_data
        facts = Told(wanted["on"], wanted["document"], wanted["shares_document"], wanted["note"])
        save(request, draft, replace(draft.plan, seals=form.seals()), told=facts)
        messages.success(request, _("已保存基本情况。"))
        return redirect(TO_THE_LIST, draft.change.pk)
    return page(request, "basics", draft, form=form, once=new_key())


def _sealed(draft: Draft) -> dict[int, str]:
    """Return the units whose old seal goes back: those that close, and one that is called otherwise.

    Source: design 3 §2.2: on abolition or renaming a seal goes back to who issued it.
    """
    renamed = (draft.is_alone and "full_name" in draft.plan.facts) or draft.change.kind == "rename"
    units = draft.old_units if renamed else [] if draft.is_alone else draft.closing
    return {unit.pk: unit.short_name for unit in units}


def _fits(form: BasicsForm, draft: Draft) -> bool:
    """Say at once what is known to be against the day and the number; a day to come may be noted beforehand."""
    told = form.cleaned_data
    sides = queries.sides(draft.old_units, None)
    day = rules.day_allowed(min(told["on"], clock.today()), clock.today(), sides)
    used = queries.document_used_by(told["document"], draft.change.pk)
    number = rules.document_allowed(told["document"], used_by=used, shared=told["shares_document"])
    for reason in (*day.reasons, *number.reasons):
        form.add_error(reason.field, said(reason.saying))
    return form.is_valid()


@of_draft
def facts(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask what a unit that stays itself is to be called and to be."""
    kind = draft.change.kind
    if not draft.is_alone or kind not in FactsForm.ASKED or not draft.old_units:
        return redirect(TO_THE_LIST, draft.change.pk)
    unit = draft.old_units[0]
    held = unit_facts.present(unit)
    wanted = {**held, **draft.plan.facts}
    initial = {**wanted, "county": wanted["county_id"], **{k: "\n".join(wanted[k]) for k in ("hosts", "led_by")}}
    counties = places.counties(settings.WUYOU_HOME_DIVISION)
    if unit.county is not None and unit.county not in counties:
        counties = [*counties, unit.county]
    form = FactsForm(request.POST or None, initial=initial, change=kind, level=unit.kind.level, counties=counties)
    if request.method == "POST" and form.is_valid():
        told = unit_facts.differing(unit, form.facts())
        if told or kind in ("restore", "reorganise"):
            save(request, draft, replace(draft.plan, facts=told))
            messages.success(request, _("已保存。"))
            return redirect(TO_THE_LIST, draft.change.pk)
        form.add_error(None, _("填写的与现在一样，没有保存；请填写改成什么。"))
    return page(request, "facts", draft, form=form, held=held, once=new_key())
