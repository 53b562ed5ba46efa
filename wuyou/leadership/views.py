"""Pages of seats and terms: how the groups are staffed, who took a seat in a year, a unit's seats and terms, and the forms."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.leadership import figures, queries, services
from wuyou.leadership.forms import AppointedForm, CorrectSeatForm, LeaveForm, SeatForm, StaffingForm, TermForm
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.orgs.figures import living
from wuyou.people import queries as people
from wuyou.platform.figures import Asked
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.platform.widgets import Candidate, picker_answer


@needs(P.VIEW)
def staffing(request: HttpRequest) -> HttpResponse:
    """List how many seats each group should have, has, and lacks on a day; and when its term ends."""
    form = StaffingForm(request.GET)
    on = form.day()
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    asked = Asked(actor, on.year, on)
    told = figures.living_staffing(asked)
    known = [staffing for staffing in told.values() if staffing.required is not None]
    rows = [unit for unit in asked.read(living) if not form.only_vacant() or told[unit.id].vacant]
    page = Paginator(rows, orgs.PAGE_SIZE).get_page(page_asked(request.GET))
    context = {
        "form": form,
        "on": on,
        "office": office,
        "required": sum(staffing.required or 0 for staffing in known),
        "filled": sum(staffing.filled for staffing in known),
        "vacant": sum(staffing.vacant for staffing in known),
        "table": _staffing_table([(unit, told[unit.id]) for unit in page.object_list]),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个")),
    }
    return render(request, "leadership/staffing.html", context)


@needs(P.VIEW)
def appointed(request: HttpRequest) -> HttpResponse:
    """List who took a seat of a group in a year, until a day of it."""
    form = AppointedForm(request.GET)
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    found = queries.seats_begun(actor, form.during())
    page = Paginator(found, orgs.PAGE_SIZE).get_page(page_asked(request.GET))
    columns = (
        Column(_("任职日期"), "date", phone="line"),
        Column(_("姓名"), phone="name"),
        Column(_("职务"), "tag", phone="tag"),
        Column(_("组织"), phone="line"),
    )
    rows = [[s.start, s.person.name, Cell(s.post.name, tone="neutral"), _link(s.unit)] for s in page.object_list]
    empty = Empty(_("这段时间没有人新任职"), _("在组织页面登记任职后，会列在这里。"))
    context = {
        "form": form,
        "office": office,
        "last": form.last_day(),
        "table": Table(_("新任职名单"), columns, rows, empty),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("人次")),
    }
    return render(request, "leadership/appointed.html", context)


def _staffing_table(rows: Sequence[tuple[Any, Any]]) -> Table:
    columns = (
        Column(_("县区"), phone="line"),
        Column(_("组织"), phone="name"),
        Column(_("应配"), "number"),
        Column(_("已配"), "number"),
        Column(_("空缺"), "number"),
        Column(_("换届日期"), "date", phone="line", short=_("换届")),
    )
    body = []
    for unit, told in rows:
        known = told.required is not None
        numbers = [told.required, told.filled, told.vacant] if known else [None, None, None]
        body.append([unit.county, Cell(unit.short_name, _unit_url(unit.id)), *numbers, told.term_end])
    empty = Empty(_("没有符合条件的组织"), _("登记组织以后，这里按组织形式列出应配和已配的班子职数。"))
    return Table(_("班子配备情况"), columns, body, empty)


def _link(unit: Any) -> Cell:
    return Cell(unit.short_name, _unit_url(unit.pk))


def _unit_url(unit_id: int) -> str:
    return reverse("shell:unit", args=[unit_id])


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
@once
def leave(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Note that somebody no longer holds a post from a day on."""
    found = queries.seat(request.actor, seat_id, needs=P.EDIT)
    form = LeaveForm(request.POST or None, initial={"on": request.GET.get("on") or clock.today()})
    if request.method == "POST" and form.is_valid():
        act = partial(services.leave_seat, actor=request.actor, seat_id=seat_id, on=form.cleaned_data["on"])
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


@needs(P.VIEW)
def ever(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show who holds and who held which post of a unit, and its terms, each with the way to set it right."""
    unit = orgs.unit(request.actor, unit_id)
    may = request.actor.can(P.EDIT, unit.path)
    context = {
        "unit": unit,
        "can_edit": may,
        "seats": _seats_table(queries.seats_ever(request.actor, unit_id), may),
        "terms": _terms_table(queries.terms(request.actor, unit_id), may),
    }
    return render(request, "leadership/ever.html", context)


def _seats_table(seats: Sequence[Any], may: bool) -> Table:
    columns = (
        Column(_("职务"), "tag", phone="tag"), Column(_("姓名"), phone="name"),
        Column(_("任职"), "date", phone="line", short=_("任职")), Column(_("离任"), "date", phone="line", short=_("离任")),
        *([Column(_("办理"), phone="line")] if may else []),
    )  # fmt: skip
    empty = Empty(_("还没有登记班子成员"), _("登记任职以后，现任和历任的班子成员都列在这里。"))
    return Table(
        _("班子成员"), columns, [[*_seat_row(seat), *_way("correct_seat", seat, may)] for seat in seats], empty
    )


def _seat_row(seat: Any) -> list[Written]:
    return [Cell(seat.post.name, tone="neutral" if seat.end else "success"), seat.person.name, seat.start, seat.end]


def _terms_table(terms: Sequence[Any], may: bool) -> Table:
    columns = (
        Column(_("届次"), phone="name"), Column(_("任期起始"), "date", phone="line", short=_("起")),
        Column(_("换届日期"), "date", phone="line", short=_("换届")), *([Column(_("办理"), phone="line")] if may else []),
    )  # fmt: skip
    rows = [[_term_name(term), term.start, term.end, *_way("correct_term", term, may)] for term in terms]
    return Table(
        _("届期"), columns, rows, Empty(_("还没有登记届期"), _("登记换届日期以后，临近换届时会在工作台提醒。"))
    )


def _term_name(term: Any) -> str:
    return _("第 %(number)d 届") % {"number": term.number} if term.number else _("届次不详")


def _way(name: str, row: Any, may: bool) -> list[Written]:
    return [Cell(_("更正或撤回"), reverse(f"leadership:{name}", args=[row.pk]))] if may else []


@needs(P.EDIT)
@once
def correct_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Set right which post somebody holds from when until when, or take the seat back."""
    found = queries.seat(request.actor, seat_id, needs=P.EDIT)
    form = CorrectSeatForm(correction_posted(request), seat=found)
    mine: dict[str, Any] = {"actor": request.actor, "seat_id": seat_id, "seen": version_seen(request.POST)}

    def correct() -> Any:
        days = form.cleaned_data
        return services.correct_seat(post_code=days["post"], start=days["start"], end=days["end"], **mine)

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
    context = {"form": form, "row": found, "unit": found.unit, "name": _term_name(found), "once": new_key()}
    return way_on or render(request, "leadership/correct_term.html", context)
