"""Pages on which seats and terms are noted."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.leadership import services
from wuyou.leadership.forms import SeatForm, TermForm
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.people import queries as people
from wuyou.platform.forming import carried_out
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.widgets import Candidate, picker_answer


@needs(P.EDIT)
@once
def seat(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Note who takes a post of a unit."""
    unit = orgs.unit(request.actor, unit_id, needs=P.EDIT)
    search = reverse("leadership:candidates", args=[unit_id])
    initial = {"post": request.GET.get("post", "")}
    form = SeatForm(request.POST or None, initial=initial, actor=request.actor, unit_id=unit_id, search_url=search)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        act = partial(
            services.seat_named, actor=request.actor, unit_id=unit_id, post_code=told["post"],
            person_id=int(told["person"]) if told["person"] else None, name=told["name"], phone=told["phone"],
            start=told["start"],
        )  # fmt: skip
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记任职。"))
            return redirect("shell:unit", unit_id)
    return render(request, "leadership/seat.html", {"form": form, "unit": unit, "once": new_key()})


@needs(P.EDIT)
def candidates(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Answer the person picker while somebody types."""
    orgs.unit(request.actor, unit_id, needs=P.EDIT)

    def find(typed: str) -> list[Candidate]:
        return [Candidate(str(p.pk), p.name, p.keeper.short_name) for p in people.named(request.actor, typed)]

    return picker_answer(request, find)


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
