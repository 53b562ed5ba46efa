"""Pages on which a seat is taken, left and set right."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.leadership import queries, services
from wuyou.leadership.forms import CorrectSeatForm, LeaveForm, SeatForm
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.people import queries as people
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
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
            start=told["start"], came=told["came"], came_document=told["came_document"],
        )  # fmt: skip
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记任职。"))
            return redirect("shell:unit", unit_id)
    return render(request, "leadership/seat.html", {"form": form, "unit": unit, "once": new_key()})


@needs(P.EDIT)
@once
def leave(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Note that somebody no longer holds a post from a day on."""
    found = queries.seat(request.actor, seat_id, needs=P.EDIT)
    form = LeaveForm(request.POST or None, initial={"on": request.GET.get("on") or clock.today()})
    if request.method == "POST" and form.is_valid():
        act = partial(services.leave_seat, actor=request.actor, seat_id=seat_id, **form.cleaned_data)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记离任，任职记录保留。"))
            return redirect("shell:unit", found.unit_id)
    return render(
        request, "leadership/leave.html", {"form": form, "seat": found, "unit": found.unit, "once": new_key()}
    )


@needs(P.EDIT)
def candidates(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Answer the person picker while somebody types."""
    orgs.unit(request.actor, unit_id, needs=P.EDIT)

    def find(typed: str) -> list[Candidate]:
        return [Candidate(str(p.pk), p.name, p.keeper.short_name) for p in people.named(request.actor, typed)]

    return picker_answer(request, find)


@needs(P.EDIT)
@once
def correct_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Set right which post somebody holds from when until when, or take the seat back."""
    found = queries.seat(request.actor, seat_id, needs=P.EDIT)
    form = CorrectSeatForm(correction_posted(request), seat=found)
    mine: dict[str, Any] = {"actor": request.actor, "seat_id": seat_id, "seen": version_seen(request.POST)}

    def correct() -> Any:
        told = dict(form.cleaned_data)
        return services.correct_seat(post_code=told.pop("post"), **told, **mine)

    way_on = set_right(
        request,
        form,
        correct=correct,
        take_back=lambda: services.take_back_seat(**mine),
        told=(_("已保存更正。"), _("已撤回这条任职登记。")),
        then=(reverse("leadership:ever", args=[found.unit_id]),) * 2,
    )
    context = {"form": form, "row": found, "unit": found.unit, "name": found.person.name, "once": new_key()}
    return way_on or render(request, "leadership/correct_seat.html", context)
