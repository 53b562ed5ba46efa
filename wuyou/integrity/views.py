"""资料核对: every check with how much it found, and what one check found, with the way to mend it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuyou.integrity import queries
from wuyou.integrity.definition import SEVERITIES, SUBJECTS, Check, Offender, Severity
from wuyou.integrity.forms import ChecksForm
from wuyou.integrity.permissions import P
from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written

PAGE_SIZE = 50
TONES = {Severity.MEND: "danger", Severity.LOOK: "warning"}


@needs(P.VIEW)
def checks(request: HttpRequest) -> HttpResponse:
    """Show every check with how much it found, subject by subject."""
    form = ChecksForm(request.GET, actor=request.actor)
    office, actor = orgs.looking_from(request.actor, form.told("office"))
    found = list(queries.findings(actor, on=clock.today(), severity=form.told("severity")))
    shown = [one for one in found if one.offenders or form.told("show") != "found"]
    context = {
        "form": form,
        "office": office,
        "subjects": _by_subject(shown, {"office": str(office.pk)} if office else {}),
        "numbers": {str(s): sum(len(o.offenders) for o in found if o.check.severity is s) for s in Severity},
        "number": len(found),
        "today": clock.today(),
    }
    return render(request, "integrity/checks.html", context)


def _by_subject(found: Iterable[queries.Finding], kept: dict[str, str]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return the rows of each subject under its title, in the fixed order; subjects without a check are left out."""
    query = f"?{urlencode(kept)}" if kept else ""
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        number, severity = len(one.offenders), one.check.severity
        word = ngettext("%(n)d 处%(severity)s", "%(n)d 处%(severity)s", number)
        row = {
            "label": one.check.name,
            "note": one.check.reason,
            "href": f"{reverse('integrity:check', args=[one.check.code])}{query}",
            "state": word % {"n": number, "severity": SEVERITIES[severity]} if number else _("没有问题"),
            "tone": TONES[severity] if number else "success",
        }
        rows.setdefault(one.check.subject, []).append(row)
    return [(title, rows[subject]) for subject, title in SUBJECTS.items() if subject in rows]


@needs(P.VIEW)
def check(request: HttpRequest, check_code: str) -> HttpResponse:
    """Show what one check found, with why it matters and what to do."""
    office, actor = orgs.looking_from(request.actor, ChecksForm(request.GET, actor=request.actor).told("office"))
    found = queries.finding(actor, check_code, on=clock.today())
    page = Paginator(found.offenders, PAGE_SIZE).get_page(page_asked(request.GET))
    context = {
        "office": office,
        "check": found.check,
        "severity": SEVERITIES[found.check.severity],
        "tone": TONES[found.check.severity],
        "table": _table(request.actor, found.check, page.object_list),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("处")),
        "back": f"{reverse('integrity:checks')}{'?' + urlencode({'office': office.pk}) if office else ''}",
        "today": clock.today(),
    }
    return render(request, "integrity/check.html", context)


def _table(actor: Any, one: Check, offenders: Iterable[Offender]) -> Table:
    columns = (
        Column(_("县区"), phone="line"),
        Column(_("名称"), phone="name"),
        Column(_("问题"), phone="line"),
        Column(_("办理"), phone="tag"),
    )
    empty = Empty(_("没有问题"), _("这一项核对没有发现问题。"))
    return Table(str(one.name), columns, [_row(actor, one, offender) for offender in offenders], empty)


def _row(actor: Any, one: Check, offender: Offender) -> list[Written]:
    home = reverse("shell:unit", args=[offender.unit_id]) if offender.unit_id is not None else ""
    may = actor.can(one.mends, offender.path) if offender.path else actor.can(one.mends)
    mend: Written = Cell(_("去办理"), mending(one, offender), tone="info") if may else ""
    return [offender.county, Cell(offender.label, home), offender.what, mend]


def mending(one: Check, offender: Offender) -> str:
    """Return the address of the page that mends what was found."""
    url = reverse(one.page, args=[offender.key] if one.keyed else [])
    return f"{url}?{urlencode(offender.query)}" if offender.query else url
