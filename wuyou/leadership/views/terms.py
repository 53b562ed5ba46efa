"""Pages on which a term is noted, set right and extended; and what the office sets about terms and ages."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.leadership import queries, services
from wuyou.leadership.forms import ExtensionForm, MeasuresForm, TermForm
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P as OrgsP
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs


@needs(P.EDIT)
@once
def term(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Note a unit's term."""
    unit = orgs.unit(request.actor, unit_id, needs=P.EDIT)
    last = next(iter(queries.terms(request.actor, unit_id)), None)
    initial = {"number": last.number + 1 if last and last.number else None}
    form = TermForm(request.POST or None, initial=initial, years=queries.measures().term_years)
    if request.method == "POST" and form.is_valid():
        act = partial(services.note_term, actor=request.actor, unit_id=unit_id, **form.cleaned_data)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记届期。"))
            return redirect("shell:unit", unit_id)
    return render(request, "leadership/term.html", {"form": form, "unit": unit, "last": last, "once": new_key()})


def term_name(number: int | None) -> str:
    """Return what a term is called: 第 3 届."""
    return _("第 %(number)d 届") % {"number": number} if number else _("届次不详")


@needs(P.EDIT)
@once
def correct_term(request: HttpRequest, term_id: int) -> HttpResponse:
    """Set right the number and the days of a term, or take it back."""
    found = queries.term(request.actor, term_id, needs=P.EDIT)
    initial = {"number": found.number, "start": found.start, "end": found.end}
    form = TermForm(correction_posted(request), initial=initial, years=queries.measures().term_years)
    mine: dict[str, Any] = {"actor": request.actor, "term_id": term_id, "seen": version_seen(request.POST)}
    way_on = set_right(
        request,
        form,
        correct=lambda: services.correct_term(**form.cleaned_data, **mine),
        take_back=lambda: services.take_back_term(**mine),
        told=(_("已保存更正。"), _("已撤回这一届的登记。")),
        then=(reverse("leadership:ever", args=[found.unit_id]),) * 2,
    )
    context = {"form": form, "row": found, "unit": found.unit, "name": term_name(found.number), "once": new_key()}
    return way_on or render(request, "leadership/correct_term.html", context)


@needs(P.EDIT)
@once
def extend(request: HttpRequest, term_id: int) -> HttpResponse:
    """Note that a term was approved to last longer."""
    found = queries.term(request.actor, term_id, needs=P.EDIT)
    form = ExtensionForm(request.POST or None, initial={"approved_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        act = partial(services.extend_term, actor=request.actor, term_id=term_id, **form.cleaned_data)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记延期，换届日期按批复顺延。"))
            return redirect("leadership:ever", found.unit_id)
    context = {
        "form": form,
        "unit": found.unit,
        "name": term_name(found.number),
        "end": queries.end_in_force(term_id),
        "once": new_key(),
    }
    return render(request, "leadership/extend.html", context)


@needs(P.EDIT)
@once
def extension(request: HttpRequest, extension_id: int) -> HttpResponse:
    """Show by what a term was extended, and take that back when it was noted by mistake."""
    found = queries.extension(request.actor, extension_id, needs=P.EDIT)
    if request.method == "POST":
        seen = version_seen(request.POST)
        services.take_back_extension(actor=request.actor, extension_id=extension_id, seen=seen)
        messages.success(request, _("已撤回延期登记，换届日期恢复为延期以前的日期。"))
        return redirect("leadership:ever", found.term.unit_id)
    context = {
        "row": found,
        "unit": found.term.unit,
        "name": term_name(found.term.number),
        "once": new_key(),
    }
    return render(request, "leadership/extension.html", context)


@needs(OrgsP.EDIT_TABLES, everywhere=True)
@once
def measures(request: HttpRequest) -> HttpResponse:
    """Set how long a term lasts, how many in a row are many, until which age somebody counts as young."""
    held = queries.measures()
    form = MeasuresForm(request.POST or None, initial={name: getattr(held, name) for name in MeasuresForm.base_fields})
    if request.method == "POST" and form.is_valid():
        seen = version_seen(request.POST)
        act = partial(services.set_measures, actor=request.actor, seen=seen, **form.cleaned_data)
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存，马上按新的口径计算。"))
            return redirect("shell:settings")
    return render(request, "leadership/measures.html", {"form": form, "row": held, "once": new_key()})
