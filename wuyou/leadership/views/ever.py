"""A unit's seats and terms, past ones among them, each with the way to set it right."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.leadership import queries
from wuyou.leadership.permissions import P
from wuyou.leadership.views.terms import term_name
from wuyou.orgs import queries as orgs
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import day
from wuyou.platform.tables import Cell, Column, Empty, Table, Written


@needs(P.VIEW)
def ever(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show who holds and who held which post of a unit, and its terms, each with the way to set it right."""
    unit = orgs.unit(request.actor, unit_id)
    may = request.actor.can(P.EDIT, unit.path)
    extensions = queries.extensions(request.actor, unit_id)
    context = {
        "extensions": _extensions_table(extensions, may) if extensions else None,
        "unit": unit,
        "can_edit": may,
        "seats": _seats_table(queries.seats_ever(request.actor, unit_id), may),
        "terms": _terms_table(queries.terms(request.actor, unit_id), may),
    }
    return render(request, "leadership/ever.html", context)


def _seats_table(seats: Sequence[Any], may: bool) -> Table:
    columns = (
        Column(_("职务"), "tag", phone="tag"), Column(_("姓名"), phone="name"),
        Column(_("任职"), "date", phone="line", short=_("任职")), Column(_("任职方式"), phone="line"),
        Column(_("离任"), "date", phone="line", short=_("离任")), Column(_("离任原因"), phone="line"),
        *([Column(_("办理"), phone="line")] if may else []),
    )  # fmt: skip
    empty = Empty(_("还没有登记班子成员"), _("登记任职以后，现任和历任的班子成员都列在这里。"))
    return Table(
        _("班子成员"), columns, [[*_seat_row(seat), *_way("correct_seat", seat, may)] for seat in seats], empty
    )


def _seat_row(seat: Any) -> list[Written]:
    came = _how(seat.came and seat.get_came_display(), seat.came_document)
    went = _how(seat.went and seat.get_went_display(), seat.went_document)
    post = Cell(seat.post.name, tone="neutral" if seat.end else "success")
    return [post, seat.person.name, seat.start, came, seat.end, went]


def _how(word: str, document: str) -> str:
    return " ".join(part for part in (word, document) if part)


def _terms_table(terms: Sequence[Any], may: bool) -> Table:
    columns = (
        Column(_("届次"), phone="name"), Column(_("任期起始"), "date", phone="line", short=_("起")),
        Column(_("换届日期"), "date", phone="line", short=_("换届")),
        *([Column(_("办理"), phone="line"), Column(_("延期"), phone="line")] if may else []),
    )  # fmt: skip
    rows = [
        [_term_cell(term), term.start, term.end, *_way("correct_term", term, may), *_extend(term, may, at == 0)]
        for at, term in enumerate(terms)
    ]
    return Table(
        _("届期"), columns, rows, Empty(_("还没有登记届期"), _("登记换届日期以后，临近换届时会在工作台提醒。"))
    )


def _term_cell(term: Any) -> Cell:
    moved = term.end != term.first_end
    note = _("原定 %(day)s 换届，已批准延期") % {"day": day(term.first_end)} if moved else ""
    return Cell(term_name(term.number), note=note)


def _extend(term: Any, may: bool, newest: bool) -> list[Written]:
    if not may:
        return []
    if not newest or term.end is None:
        return [""]
    return [Cell(_("登记延期"), reverse("leadership:extend", args=[term.pk]))]


def _extensions_table(extensions: Sequence[Any], may: bool) -> Table:
    columns = (
        Column(_("批复文号"), phone="name"), Column(_("届次"), phone="line"),
        Column(_("原换届日期"), "date", phone="line", short=_("原定")),
        Column(_("延长到"), "date", phone="line", short=_("延长到")),
        Column(_("批复日期"), "date", phone="line", short=_("批复")),
        Column(_("延期原因"), phone="line"), *([Column(_("办理"), phone="line")] if may else []),
    )  # fmt: skip
    rows = [
        [e.document, term_name(e.term.number), e.before, e.until, e.approved_on, e.reason, *_back(e, may)]
        for e in extensions
    ]
    return Table(_("延期换届"), columns, rows)


def _back(extension: Any, may: bool) -> list[Written]:
    return [Cell(_("查看或撤回"), reverse("leadership:extension", args=[extension.pk]))] if may else []


def _way(name: str, row: Any, may: bool) -> list[Written]:
    return [Cell(_("更正或撤回"), reverse(f"leadership:{name}", args=[row.pk]))] if may else []
