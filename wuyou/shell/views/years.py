"""The page of a unit's or an office's past years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P
from wuyou.platform.charts import Chart, Series, lines
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import yuan
from wuyou.platform.tables import Cell, Column, Table, Written
from wuyou.shell import yearly


@needs(P.VIEW)
def years(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show the last ten years of a unit in numbers, in one of three readings, as a table and as lines."""
    unit, today = orgs.unit(request.actor, unit_id), clock.today()
    asked = request.GET.get("reading", "")
    reading = asked if asked in yearly.READINGS else yearly.THEN
    found = yearly.years_of(request.actor, unit_id, reading, today)
    page = reverse("shell:years", args=[unit_id])
    context = {
        "unit": unit,
        "today": today,
        "home_url": reverse("shell:unit", args=[unit_id]),
        "readings": [(word, f"{page}?reading={code}", code == reading) for code, word in yearly.READINGS.items()],
        "reading": yearly.READINGS[reading],
        "meaning": yearly.MEANINGS[reading],
        "table": _table(found),
        "charts": [chart for name in ("groups", "members", "activities", "received") if (chart := _chart(name, found))],
        "breaks": [(year.number, year.why) for year in found if year.why],
    }
    return render(request, "shell/years.html", context)


def _label(year: yearly.Year) -> str:
    is_over = (year.day.month, year.day.day) == (12, 31)
    return str(year.number) if is_over else _("%(year)d（至今）") % {"year": year.number}


def _table(found: list[yearly.Year]) -> Table:
    names = [name for name in yearly.FIGURES if name in found[0].values]
    columns = [
        Column(_("年份"), phone="name"),
        *(Column(yearly.FIGURES[name][0], "number", phone="line") for name in names),
    ]
    rows: list[list[Written]] = [[_label(year), *(_shown(name, year) for name in names)] for year in reversed(found)]
    return Table(_("历年情况"), columns, rows)


def _shown(name: str, year: yearly.Year) -> Written:
    """Return a figure as the table shows it; it leads to its list where one holds exactly what it counts."""
    value = year.values[name]
    if value is None:
        return _("没有登记")
    return Cell(yuan(value) if name == "received" else value, year.lists.get(name, "") if value else "")


def _chart(name: str, found: list[yearly.Year]) -> Chart | None:
    """Return the line of a figure; None when it is not the reader's, or nobody has ever entered any."""
    told = [year.values.get(name) for year in found]
    if not any(told):
        return None
    label, unit = yearly.FIGURES[name]
    size = 100 if name == "received" else 1  # fen are drawn as yuan
    values = [None if value is None else value / size for value in told]
    breaks = {at: year.why for at, year in enumerate(found) if year.why}
    return lines(label, [str(year.number) for year in found], [Series(label, values)], unit=unit, breaks=breaks)
