"""Somebody moved away or died: what that ends is said, the posts he holds still are named, and it can be taken back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.leadership import queries as leadership
from wuyou.leadership.permissions import P as LeadershipP
from wuyou.orgs.permissions import P as OrgsP
from wuyou.people import queries, services
from wuyou.people.forms import DepartureForm
from wuyou.people.permissions import P
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.tables import Cell, Column, Empty, Table


@needs(P.REGISTER)
@once
def depart(request: HttpRequest, person_id: int) -> HttpResponse:
    """Note that a person moved away or died, set the day right, or take it back."""
    found = queries.person(request.actor, person_id, needs=P.REGISTER)
    takes_back = request.method == "POST" and "take_back" in request.POST
    form = DepartureForm(None if takes_back else request.POST or None, initial={"on": found.left_on})
    told: dict[str, Any] = {"actor": request.actor, "person_id": person_id, "seen": version_seen(request.POST)}
    if takes_back:
        services.take_back_departure(**told)
        messages.success(request, _("已撤回，重新计入在册人数和参加的组织。"))
        return redirect("people:person", person_id)
    seats = leadership.seats_of(request.actor, person_id)
    if request.method == "POST" and form.is_valid():
        act = partial(services.note_departure, on=form.cleaned_data["on"], **told)
        if carried_out(form, act) is not None:
            messages.success(request, _("已登记迁出或去世。资料保留；如登记有误，可以撤回。"))
            return redirect("shell:depart" if seats else "people:person", person_id)
    present = [row.unit.short_name for row in queries.groups_of(request.actor, person_id) if row.end is None]
    context = {
        "form": form,
        "person": found,
        "groups": _("、").join(present),
        "number": len(seats),
        "seats": _seats(request, seats, found.left_on),
        "once": new_key(),
    }
    return render(request, "shell/depart.html", context)


def _seats(request: HttpRequest, seats: list[Any], left: Any) -> Table:
    """Return the posts that somebody holds still, each with the way to end it, where that is the actor's to do."""
    rows = []
    for seat in seats:
        day = f"?on={left.isoformat()}" if left and (seat.start is None or seat.start < left) else ""
        mine = request.actor.can(OrgsP.VIEW, seat.unit.path)
        may = request.actor.can(LeadershipP.EDIT, seat.unit.path)
        unit = Cell(seat.unit.short_name, reverse("shell:unit", args=[seat.unit_id]) if mine else "")
        way = (
            Cell(_("登记离任"), reverse("leadership:leave", args=[seat.pk]) + day)
            if may
            else _("由该组织的上级侨联办理")
        )
        rows.append([Cell(seat.post.name), unit, seat.start, way])
    columns = (
        Column(_("职务"), phone="name"), Column(_("组织"), phone="line"),
        Column(_("任职"), "date", phone="line", short=_("任职")), Column(_("办理"), phone="line"),
    )  # fmt: skip
    return Table(_("还担任的职务"), columns, rows, Empty(_("没有担任职务")))
