"""Setting right what was entered wrongly of a unit's history: its events, and who guided it when."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.digits import whole
from wuyou.kernel.partialdate import PartialDate
from wuyou.orgs import queries as orgs
from wuyou.orgs import services
from wuyou.orgs.correcting_forms import CorrectEventForm, CorrectPlacementForm
from wuyou.orgs.permissions import P
from wuyou.orgs.rules.correcting import days_touched
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import day
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.succession import telling
from wuyou.succession.handover import sums
from wuyou.succession.steps import made


@needs(P.VIEW)
def recorded(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the events of a unit and who guided it when, each with the way to set it right."""
    unit = orgs.unit(request.actor, unit_id)
    may = request.actor.can(P.EDIT, unit.path)
    entry = whole(request.GET.get("moved", ""))
    outcome = orgs.figures_moved(request.actor, unit_id, entry) if entry else {}
    context = {
        "unit": unit,
        "can_edit": may,
        "events": _events_table(orgs.events(request.actor, unit_id), may),
        "placements": _placements_table(orgs.placements_of(request.actor, unit_id), may),
        "figures": telling.figures_table(request.actor, outcome),
    }
    return render(request, "shell/recorded.html", context)


def _events_table(events: Sequence[Any], may: bool) -> Table:
    changes = made.changes_of(events) if may else {}
    columns = (
        Column(_("日期"), "date", phone="line"), Column(_("事项"), phone="name"),
        Column(_("文号"), phone="line", short=_("文号")), Column(_("说明"), phone="line"),
        *([Column(_("办理"), phone="line")] if may else []),
    )  # fmt: skip
    rows: list[list[Written]] = [
        [one.on, one.get_kind_display(), one.document, one.note, *_way("correct_event", one, changes, may)]
        for one in events
    ]
    return Table(_("登记的事项"), columns, rows, Empty(_("还没有登记事项")))


def _placements_table(placements: Sequence[Any], may: bool) -> Table:
    changes = made.changes_of(placements) if may else {}
    columns = (
        Column(_("指导的侨联"), phone="name"), Column(_("从哪天起"), "date", phone="line", short=_("起")),
        Column(_("到哪天止"), "date", phone="line", short=_("止")), Column(_("文号"), phone="line", short=_("文号")),
        *([Column(_("办理"), phone="line")] if may else []),
    )  # fmt: skip
    rows: list[list[Written]] = [
        [one.parent.short_name, one.start or _("不详"), one.end or _("至今"), one.document,
         *_way("correct_placement", one, changes, may)]
        for one in placements
    ]  # fmt: skip
    return Table(_("指导关系"), columns, rows, Empty(_("没有上级侨联")))


def _way(page: str, row: Any, changes: Mapping[Any, int], may: bool) -> list[Written]:
    if not may:
        return []
    if row.pk in changes:
        return [Cell(_("由组织变更办理"), reverse("succession:result", args=[changes[row.pk]]))]
    return [Cell(_("更正或撤回") if page == "correct_event" else _("更正"), reverse(f"shell:{page}", args=[row.pk]))]


@needs(P.EDIT)
@once
def correct_event(request: HttpRequest, event_id: int) -> HttpResponse:
    """Set right the day, document and note of an event, or withdraw it; lead to the change that made it, where one did."""
    found = orgs.unit_event(request.actor, event_id, needs=P.EDIT)
    context = {"row": found, "unit": found.unit, "name": f"{found.get_kind_display()} {day(found.on)}"}
    change = made.changes_of([found]).get(event_id)
    if change is not None and request.method != "POST":
        return render(request, "shell/correct_event.html", {**context, "change": change})
    initial = {name: getattr(found, name) for name in ("on", "document", "note")}
    form = CorrectEventForm(correction_posted(request), initial=initial)
    mine: dict[str, Any] = {"actor": request.actor, "event_id": event_id, "seen": version_seen(request.POST)}
    told = orgs.befallen(found.unit_id)
    others = [one for one in told if one.id != event_id]
    comparing = _Comparing(request.actor, found.unit_id)

    def correct() -> Any:
        after = [*others, *(replace(one, on=form.cleaned_data["on"]) for one in told if one.id == event_id)]
        return comparing.done(days_touched(told, after), partial(services.correct_event, **form.cleaned_data, **mine))

    way_on = set_right(
        request,
        form,
        correct=correct,
        take_back=lambda: comparing.done(days_touched(told, others), partial(services.take_back_event, **mine)),
        told=(_("已保存更正。"), _("已撤回这一项登记。")),
        then=(comparing.page(),) * 2,
    )
    if way_on is not None:
        return redirect(comparing.page())
    return render(request, "shell/correct_event.html", {**context, "form": form, "once": new_key()})


@needs(P.EDIT)
@once
def correct_placement(request: HttpRequest, placement_id: int) -> HttpResponse:
    """Set right since when and until when an office guided a unit; lead to the change that did it, where one did."""
    found = orgs.placement(request.actor, placement_id, needs=P.EDIT)
    context = {"row": found, "unit": found.unit, "name": found.parent.short_name}
    change = made.changes_of([found]).get(placement_id)
    if change is not None and request.method != "POST":
        return render(request, "shell/correct_placement.html", {**context, "change": change})
    initial = {name: getattr(found, name) for name in ("start", "end", "document")}
    form = CorrectPlacementForm(request.POST or None, initial=initial, start=found.start, end=found.end)

    if request.method == "POST" and form.is_valid():
        told = {"end": None, **form.cleaned_data}
        mine: dict[str, Any] = {"placement_id": placement_id, "seen": version_seen(request.POST)}
        comparing = _Comparing(request.actor, found.unit_id)
        act = partial(services.correct_placement, actor=request.actor, **mine, **told)
        days = _moved_days({found.start, found.end} ^ {told["start"], told["end"]})
        if carried_out(form, partial(comparing.done, days, act)) is not None:
            messages.success(request, _("已保存更正。"))
            return redirect(comparing.page())
    return render(request, "shell/correct_placement.html", {**context, "form": form, "once": new_key()})


def _moved_days(days: Iterable[date | None]) -> tuple[str, str]:
    known = sorted(day for day in days if day is not None)
    return (known[0].isoformat(), known[-1].isoformat()) if known else ("", "")


@dataclass(slots=True)
class _Comparing:
    """A correction of a unit and the figures of past year-ends that it moves; `entry` is what the trail notes of them."""

    actor: Actor
    unit_id: int
    entry: int | None = None

    def done(self, days: tuple[str, str], act: Callable[[], Any]) -> Any:
        """Carry the correction out and return what it returns; `days` are those that it can touch, "" as the last = today."""
        if not days[0]:
            return act()
        first = PartialDate.parse(days[0]).first_day()
        last = PartialDate.parse(days[1]).first_day() if days[1] else clock.today()
        before = sums.figures_until(self.actor, first, last)
        done = act()
        moved = sums.changed(before, sums.figures_until(self.actor, first, last))
        if moved:
            self.entry = services.note_figures_moved(actor=self.actor, unit_id=self.unit_id, figures=moved)
        return done

    def page(self) -> str:
        """Return the address of the page after the correction, on which the figures that moved are listed."""
        page = reverse("shell:recorded", args=[self.unit_id])
        return f"{page}?moved={self.entry}" if self.entry is not None else page
