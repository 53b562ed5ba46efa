"""班子与换届: one row for each unit of an office with what is to be seen of its leadership."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wuyou.kernel import clock
from wuyou.leadership import queries
from wuyou.leadership.forms import OutlookForm
from wuyou.leadership.permissions import P
from wuyou.leadership.rules import Reminder
from wuyou.orgs import queries as orgs
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, Text, day, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written

NEAR: dict[Reminder, Text] = {
    Reminder.OVERDUE: gettext_lazy("超期"),
    Reminder.THREE_MONTHS: gettext_lazy("快到期"),
    Reminder.SIX_MONTHS: gettext_lazy("半年内换届"),
    Reminder.NONE: "",
}


@needs(P.VIEW)
def outlook(request: HttpRequest) -> HttpResponse:
    """List each unit with its term, posts that nobody holds, long tenures and several posts in one hand."""
    form = OutlookForm(request.GET)
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    every = queries.outlooks(actor, on=clock.today())
    page = Paginator([row for row in every if form.leaves(row)], orgs.PAGE_SIZE).get_page(page_asked(request.GET))
    nears = [row.near for row in every]
    context = {
        "form": form,
        "office": office,
        "today": clock.today(),
        "measures": queries.measures(),
        "overdue": nears.count(Reminder.OVERDUE),
        "soon": nears.count(Reminder.THREE_MONTHS) + nears.count(Reminder.SIX_MONTHS),
        "vacant": sum(bool(row.vacancies) for row in every),
        "number": len(every),
        "table": _table(request.actor, page.object_list),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个")),
    }
    return render(request, "leadership/outlook.html", context)


def _table(actor: Any, rows: Sequence[Any]) -> Table:
    columns = (
        Column(_("组织"), phone="name"),
        Column(_("换届"), "tag", phone="tag"),
        Column(_("县区"), phone="line"),
        Column(_("换届日期"), "date", phone="line", short=_("换届")),
        Column(_("空缺"), phone="line", short=_("空缺")),
        Column(_("任职情况"), phone="line"),
        *([Column(_("办理"), phone="line")] if actor.can(P.EDIT) else []),
    )
    empty = Empty(_("没有符合条件的组织"), _("换一个条件再查。"), reverse("leadership:outlook"), _("查看全部组织"))
    return Table(_("班子与换届"), columns, [[*_row(row), *_way(actor, row)] for row in rows], empty)


def _row(row: Any) -> list[Written]:
    unit, end = row.unit, row.term.end if row.term else None
    return [
        Cell(unit.short_name, reverse("shell:unit", args=[unit.pk])),
        str(NEAR[row.near]) if end else Cell(_("未登记"), tone="neutral"),
        unit.county.name if unit.county else "",
        end,
        _("；").join(_vacancy(one) for one in row.vacancies),
        _("；").join(_tenures(row)),
    ]


def _way(actor: Any, row: Any) -> list[Written]:
    """Return the way to note the new term, for a unit whose term is due or not known."""
    if not actor.can(P.EDIT):
        return []
    due = (row.near is not Reminder.NONE or row.term is None) and actor.can(P.EDIT, row.unit.path)
    return [Cell(_("登记换届"), reverse("leadership:term", args=[row.unit.pk])) if due else ""]


def _vacancy(one: Any) -> str:
    if one.since is None:
        words = ngettext("%(post)s %(n)d 人（未登记过）", "%(post)s %(n)d 人（未登记过）", one.number)
        return words % {"post": one.post, "n": one.number}
    words = ngettext("%(post)s %(n)d 人（%(since)s 起）", "%(post)s %(n)d 人（%(since)s 起）", one.number)
    return words % {"post": one.post, "n": one.number, "since": day(one.since)}


def _tenures(row: Any) -> list[str]:
    found = [_("%(name)s届满留任") % {"name": name} for name in row.stayed]
    for one in row.long:
        words = ngettext("%(name)s任%(post)s连续第 %(n)d 届", "%(name)s任%(post)s连续第 %(n)d 届", one.terms)
        found.append(words % {"name": one.name, "post": one.post, "n": one.terms})
    for one in row.concurrent:
        found.append(_("%(name)s兼任：%(posts)s") % {"name": one.name, "posts": _("、").join(one.others)})
    return found
