"""Pages on which a term is noted and set right."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.leadership import queries, services
from wuyou.leadership.forms import TermForm
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs


@needs(P.EDIT)
@once
def term(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Note a unit's term."""
    unit = orgs.unit(request.actor, unit_id, needs=P.EDIT)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(services.note_term, actor=request.actor, unit_id=unit_id, **form.cleaned_data)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记届期。"))
            return redirect("shell:unit", unit_id)
    return render(request, "leadership/term.html", {"form": form, "unit": unit, "once": new_key()})


def term_name(term: Any) -> str:
    """Return what a term is called: 第 3 届."""
    return _("第 %(number)d 届") % {"number": term.number} if term.number else _("届次不详")


@needs(P.EDIT)
@once
def correct_term(request: HttpRequest, term_id: int) -> HttpResponse:
    """Set right the number and the days of a term, or take it back."""
    found = queries.term(request.actor, term_id, needs=P.EDIT)
    initial = {"number": found.number, "start": found.start, "end": found.end}
    form = TermForm(correction_posted(request), initial=initial)
    mine: dict[str, Any] = {"actor": request.actor, "term_id": term_id, "seen": version_seen(request.POST)}
    way_on = set_right(
        request,
        form,
        correct=lambda: services.correct_term(**form.cleaned_data, **mine),
        take_back=lambda: services.take_back_term(**mine),
        told=(_("已保存更正。"), _("已撤回这一届的登记。")),
        then=(reverse("leadership:ever", args=[found.unit_id]),) * 2,
    )
    context = {"form": form, "row": found, "unit": found.unit, "name": term_name(found), "once": new_key()}
    return way_on or render(request, "leadership/correct_term.html", context)
