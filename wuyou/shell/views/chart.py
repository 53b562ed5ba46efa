"""The page of the organisation's chart, for the screen and for a sheet of A4 or A3."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P
from wuyou.platform.asof import as_of
from wuyou.platform.permissions import needs
from wuyou.shell.charting import org_chart

PAPERS = {"a4": _("A4 横向"), "a3": _("A3 横向")}


@needs(P.VIEW)
def chart(request: HttpRequest) -> HttpResponse:
    """Show who guides and who leads whom on a day, of all units in sight or of those under one office."""
    day = as_of(request.GET)
    office, _actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    asked = request.GET.get("paper", "")
    paper = asked if asked in PAPERS else "a4"
    kept = f"{reverse('shell:chart')}?{f'office={office.pk}&' if office else ''}paper="
    context = {
        "day": day,
        "office": office,
        "drawn": org_chart(request.actor, day, office.pk if office else None),
        "paper": paper,
        "papers": [(code, word, day.at(f"{kept}{code}"), code == paper) for code, word in PAPERS.items()],
        "list_url": day.at(reverse("shell:units")),
        "whole_url": day.at(reverse("shell:chart")),
    }
    return render(request, "shell/chart.html", context)
