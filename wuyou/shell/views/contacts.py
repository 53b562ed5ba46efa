"""联系领导: which leader is responsible for which groups, and on which days he took part in what they did. No ranking."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.activities import queries as activities
from wuyou.kernel import clock, period
from wuyou.leadership import queries as leadership
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import day
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.platform.widgets import PlainForm


class YearForm(PlainForm):
    """The year whose activities are counted, this one unless told."""

    year = forms.IntegerField(label=gettext_lazy("年度"), required=False, min_value=1950, max_value=2200)

    def told(self) -> int:
        """Return the year asked for."""
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get("year") or clock.today().year


@needs(P.VIEW)
def contacts(request: HttpRequest) -> HttpResponse:
    """List who is responsible for which group, with the days on which the group's records name him; by name, unranked."""
    form = YearForm(request.GET)
    year = form.told()
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    found = leadership.contacts_during(actor, period.year(year))
    posts = leadership.office_posts({one.person_id for one in found}, on=clock.today())
    days = activities.named_days(actor, {(one.unit_id, one.person.name) for one in found}, period.year(year))
    context = {
        "form": form,
        "office": office,
        "year": year,
        "today": clock.today(),
        "leaders": len({one.person_id for one in found}),
        "groups": len({one.unit_id for one in found}),
        "table": _table([_row(one, posts, days) for one in found], year),
    }
    return render(request, "shell/contacts.html", context)


def _table(rows: list[list[Written]], year: int) -> Table:
    columns = (
        Column(_("联系领导"), phone="name"),
        Column(_("职务"), phone="line"),
        Column(_("联系的组织"), phone="line"),
        Column(_("起"), "date", phone="line", short=_("起")),
        Column(_("止"), "date", phone="line", short=_("止")),
        Column(_("%(year)d年参加活动") % {"year": year}, "number", phone="line", short=_("参加活动")),
        Column(_("活动日期"), phone="line"),
    )
    empty = Empty(
        _("还没有登记联系领导"),
        _("在基层组织的页面登记联系领导后，会列在这里。"),
        reverse("shell:units"),
        _("查看全部组织"),
    )
    return Table(_("联系领导"), columns, rows, empty)


def _row(one: Any, posts: dict[int, list[str]], days: dict[tuple[int, str], list[Any]]) -> list[Written]:
    on = days.get((one.unit_id, one.person.name), [])
    return [
        one.person.name,
        _("、").join(posts.get(one.person_id, [])),
        Cell(one.unit.short_name, reverse("shell:unit", args=[one.unit_id])),
        one.start,
        one.end,
        len(on),
        _("、").join(day(each) for each in on),
    ]
