"""What else is handed over: money, numbers of people, and each open thing of every table with where it goes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.platform.once import new_key
from wuyou.platform.presentation import Pages, page_asked
from wuyou.succession import rules
from wuyou.succession.drafts import Draft
from wuyou.succession.forms import CountsForm, MoneyForm
from wuyou.succession.handover import inventory
from wuyou.succession.handover.inventory import OpenTable
from wuyou.succession.plan import OVER
from wuyou.succession.views.drafting import TO_THE_LIST, of_draft, page, save

PAGE_SIZE = 50
MONEY_PAGE_SIZE = 20


@of_draft
def money(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask how what each old unit has left over is divided, where there are several to divide it among."""
    on = draft.change.on or clock.today()
    left = inventory.money_left(draft.plan, on)
    if len(draft.plan.heirs) < 2 or not any(one.balance_fen for one in left):
        return redirect(TO_THE_LIST, draft.change.pk)
    left = [one for one in left if one.balance_fen]
    shared = request.GET.get("by") == "members"
    if shared or "all_by_members" in request.POST:
        left = _by_members(draft, left, on)
    if "all_by_members" in request.POST:
        return _divided(request, draft, {one.unit_id: one.parts for one in left})
    pages = _pages(request, len(left), MONEY_PAGE_SIZE)
    form = MoneyForm(request.POST or None, left=_shown(left, pages, MONEY_PAGE_SIZE), heirs=draft.heir_names)
    if request.method == "POST" and form.is_valid():
        return _divided(request, draft, {**draft.plan.money, **form.money()}, pages)
    groups = [(draft.units[one.unit_id], one, boxes) for one, boxes in form.groups()]
    return page(request, "money", draft, form=form, groups=groups, shared=shared, pages=pages, once=new_key())


def _divided(request: HttpRequest, draft: Draft, money: Any, pages: Pages | None = None) -> HttpResponse:
    """Save how the money is divided, and lead on to the next page of it if there is one."""
    save(request, draft, replace(draft.plan, money=money))
    messages.success(request, _("已保存经费的分法。"))
    if pages is not None and pages.number < pages.last:
        asked = request.GET.copy()
        asked["page"] = str(pages.number + 1)
        return redirect(f"{request.path}?{asked.urlencode()}")
    return redirect(TO_THE_LIST, draft.change.pk)


def _by_members(draft: Draft, left: Sequence[Any], on: Any) -> list[Any]:
    """Return what is left over divided by the members that each heir would have; a proposal to be looked at."""
    after = inventory.preview(draft.plan, on).after
    weights = {word: after[word].members for word in draft.plan.heirs}
    return [replace(one, parts=_signed(one.balance_fen, weights)) for one in left]


def _signed(fen: int, weights: dict[str, int]) -> dict[str, int]:
    sign = -1 if fen < 0 else 1
    return {word: sign * part for word, part in rules.apportioned(abs(fen), weights).items()}


@of_draft
def counts(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask how many people each heir reaches, where there are several among whom the number is divided."""
    counted = inventory.head_counts(draft.plan, draft.change.on or clock.today())
    if len(draft.plan.heirs) < 2 or not counted:
        return redirect(TO_THE_LIST, draft.change.pk)
    form = CountsForm(request.POST or None, counted=counted, heirs=draft.heir_names)
    if request.method == "POST" and form.is_valid():
        link = inventory.counted_link()
        save(request, draft, replace(draft.plan, counts={link: form.counts()}))
        messages.success(request, _("已保存人数的分法。"))
        return redirect(TO_THE_LIST, draft.change.pk)
    return page(request, "counts", draft, form=form, once=new_key())


@of_draft
def transfers(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List what is open, table by table; `?table=` shows the things of one with where each goes."""
    if draft.is_alone:
        return redirect(TO_THE_LIST, draft.change.pk)
    tables = inventory.open_tables(draft.plan, draft.change.on or clock.today())
    chosen = next((table for table in tables if table.link == request.GET.get("table") and not table.by_person), None)
    if chosen is None:
        return page(request, "transfers", draft, tables=[_summary(draft, table) for table in tables])
    pages = _pages(request, len(chosen.rows), PAGE_SIZE)
    rows = _shown(chosen.rows, pages, PAGE_SIZE)
    if request.method == "POST":
        save(request, draft, replace(draft.plan, rows=_with(draft, chosen, rows, request)))
        messages.success(request, _("已保存移交的去向。"))
        if pages.number < pages.last:
            here = reverse("succession:transfers", args=[draft.change.pk])
            return redirect(f"{here}?table={chosen.link}&page={pages.number + 1}")
        return redirect("succession:transfers", draft.change.pk)
    lines = [_line(draft, row) for row in rows]
    return page(request, "transfer", draft, table=chosen, lines=lines, pages=pages, once=new_key())


def _summary(draft: Draft, table: OpenTable) -> dict[str, Any]:
    """Return one table as a line: what it is, how many go where, and the way to its things."""
    numbers: dict[str, int] = {}
    for (_unit, word), number in table.numbers.items():
        numbers[word] = numbers.get(word, 0) + number
    way = f"{reverse('succession:transfers', args=[draft.change.pk])}?table={table.link}"
    told = [(draft.name(word), number) for word, number in numbers.items()]
    chosen = len(draft.plan.rows.get(table.link, {}))
    return {"label": table.label, "numbers": told, "by_person": table.by_person, "href": way, "chosen": chosen}


def _pages(request: HttpRequest, number: int, size: int) -> Pages:
    last = max(1, -(-number // size))
    return Pages(min(page_asked(request.GET), last), last, number, _("项"))


def _shown(rows: Sequence[Any], pages: Pages, size: int) -> list[Any]:
    return list(rows[(pages.number - 1) * size : pages.number * size])


def _line(draft: Draft, row: Any) -> dict[str, Any]:
    return {
        "name": f"to-{row.key}",
        "what": row.what or _("（没有名称）"),
        "unit": draft.units[row.unit_id].short_name if row.unit_id in draft.units else "",
        "chosen": row.destination,
        "options": [(word, draft.name(word)) for word in _words(draft, row)],
    }


def _words(draft: Draft, row: Any) -> list[str]:
    """Return where a row may go: to an heir, or, where it can, to its end; where it goes now is always among them."""
    found = [*draft.plan.heirs, *([OVER] if row.may_end else [])]
    return found if row.destination in found else [row.destination, *found]


def _with(draft: Draft, table: OpenTable, rows: list[Any], request: HttpRequest) -> dict[str, dict[int, str]]:
    """Return the plan's choices with those of this page; who chose what happens by itself chose nothing."""
    told = {link: dict(chosen) for link, chosen in draft.plan.rows.items()}
    mine = told.setdefault(table.link, {})
    for row in rows:
        word = request.POST.get(f"to-{row.key}")
        if word in _words(draft, row) and word != row.destination:
            mine[row.key] = word
    return {link: chosen for link, chosen in told.items() if chosen}
