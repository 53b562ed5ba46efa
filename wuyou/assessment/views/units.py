"""The 五有 pages: one unit with reasons, records and mending links; the units of an office; the standards in force."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.assessment import presenting, queries, scheme_presenting
from wuyou.assessment.forms import PictureForm, UnitsForm
from wuyou.assessment.languages import title, words
from wuyou.assessment.permissions import P
from wuyou.assessment.presenting import address, query
from wuyou.assessment.queries import Rulebook
from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.platform.asof import AsOf
from wuyou.platform.figures import units_behind
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages

PAGE_SIZE = 50
MOST_AT_ONCE = 600
"""Above so many groups an office is chosen first, so that the page answers at once."""


@needs(P.VIEW)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show how one unit stands by a standard on a day: each item with reason, numbers, records and what mends it."""
    form = PictureForm(request.GET)
    on = form.day()
    books = queries.rulebooks(request.actor, on)
    if not books:
        orgs.unit(request.actor, unit_id, needs=P.VIEW)
        return _without(request, form)
    book = _chosen(books, form)
    picture = queries.unit_picture(request.actor, unit_id, on, book.code, words(), book)
    cards = presenting.cards(request.actor, picture)
    context = {
        "form": form,
        "on": on,
        "unit": picture.unit,
        "standard": title(book.version.standard),
        "rules": address("standards", query(on, book.code)),
        "others": presenting.others(books, book, lambda code: address("unit", query(on, code), unit_id)),
        "cards": cards,
        "first": presenting.first_action(cards),
        "growth": presenting.growth(picture),
        "undated": presenting.undated(book, on),
        "is_past": on < clock.today(),
        "list_url": address("units", query(on, book.code)),
        "home_url": AsOf(on).at(reverse("shell:unit", args=[unit_id])),
    }
    return render(request, "assessment/unit.html", context)


@needs(P.VIEW)
def units(request: HttpRequest) -> HttpResponse:
    """Show how the units of an office stand, in a fixed order; a leader of one group goes straight to it."""
    form = UnitsForm(request.GET)
    on = form.day()
    books = queries.rulebooks(request.actor, on)
    if not books:
        return _without(request, form)
    book = _chosen(books, form)
    asked = query(on, book.code)
    offices = orgs.federations(request.actor, P.VIEW)
    form.offer([(office.pk, office.short_name) for office in offices], book.version)
    office = next((o for o in offices if str(o.pk) == form.told("office")), offices[0] if len(offices) == 1 else None)
    behind = units_behind(request.actor.at(office.path) if office else request.actor, request.GET)
    if (
        behind is None
        and office is None
        and offices
        and orgs.groups(request.actor, permission=P.VIEW).count() > MOST_AT_ONCE
    ):
        table = presenting.offices_table([(o.pk, o.short_name, o.full_name) for o in offices], asked)
        context = {"form": form, "on": on, "table": table, "rules": address("standards", query(on, book.code))}
        return render(request, "assessment/offices.html", context)
    rows = queries.county_pictures(request.actor, office.path if office else "", on, books=[book])
    if behind is None and not offices and len(rows) == 1:
        return redirect(address("unit", asked, rows[0].unit.id))
    asked["office"] = str(office.pk) if office and len(offices) > 1 else ""
    total, complete, *lacking = presenting.tallies(rows, book, asked)
    found = presenting.narrowed(rows, book, lacking=form.told("lacking") or "", stage=form.told("stage") or "")
    if behind is not None:
        found = [row for row in rows if row.unit.id in behind.units]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    context = {
        "form": form,
        "on": on,
        "behind": behind,
        "everything": address("units", asked),
        "standard": title(book.version.standard),
        "rules": address("standards", query(on, book.code)),
        "others": presenting.others(books, book, lambda code: address("units", asked | {"standard": code})),
        "undated": presenting.undated(book, on),
        "is_past": on < clock.today(),
        "total": total,
        "complete": complete,
        "first_lacking": on >= clock.today()
        and presenting.first_lacking(rows, book, partial(address, "unit", query(on, book.code))),
        "lacking": lacking,
        "table": presenting.units_table(page.object_list, book, partial(address, "unit", query(on, book.code))),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个组织")),
    }
    return render(request, "assessment/units.html", context)


@needs(P.VIEW)
def standards(request: HttpRequest) -> HttpResponse:
    """Show a standard in force on a day in plain words: criteria, thresholds, stages, and where each comes from."""
    form = PictureForm(request.GET)
    on = form.day()
    books = queries.rulebooks(request.actor, on)
    if not books:
        return _without(request, form)
    book = _chosen(books, form)
    context = {
        "form": form,
        "on": on,
        "standard": title(book.version.standard),
        "issued_by": book.version.standard.issued_by,
        "in_force": presenting.in_force(book.version),
        "units_url": address("units", query(on, book.code)),
        "cards": scheme_presenting.dimension_cards(book.version, None),
        "thresholds": scheme_presenting.thresholds_table(book.version, None),
        "stages": presenting.stages(book.version),
        "others": presenting.others(books, book, lambda code: address("standards", query(on, code))),
    }
    return render(request, "assessment/standards.html", context)


def _chosen(books: list[Rulebook], form: PictureForm) -> Rulebook:
    """Return the standard asked for; the first one in force for no or an unknown code."""
    return next((book for book in books if book.code == form.told("standard")), books[0])


def _without(request: HttpRequest, form: PictureForm) -> HttpResponse:
    """Say that no standard is in force on the day asked for."""
    return render(request, "assessment/none.html", {"form": form, "on": form.day()})
