"""Pages of fund entries: the list with its sums, one entry, and the forms."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.funds import queries, services
from wuyou.funds.forms import CorrectEntryForm, EntryForm, EntryQueryForm
from wuyou.funds.permissions import P
from wuyou.kernel.digits import whole
from wuyou.orgs import queries as orgs
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written


@needs(P.VIEW)
def entries(request: HttpRequest) -> HttpResponse:
    """List the entries of the actor's units, newest first, with what was received and spent in all."""
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    form = EntryQueryForm(request.GET, actor=actor)
    by = form.narrowed(request.GET.get("unit", ""))
    page = queries.entry_page(actor, by, page_asked(request.GET))
    context = {
        "form": form,
        "office": office,
        "table": _table(page.object_list),
        "sums": queries.sums(actor, by),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("笔")),
        "unit": orgs.unit(request.actor, by.unit) if by.unit else None,
        "can_record": request.actor.can(P.RECORD),
    }
    return render(request, "funds/list.html", context)


@needs(P.RECORD)
@once
def record(request: HttpRequest) -> HttpResponse:
    """Enter a sum."""
    initial = {"unit": request.GET["unit"]} if whole(request.GET.get("unit", "")) else {}
    form = EntryForm(request.POST or None, initial=initial, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        new = form.command()
        if carried_out(form, partial(services.record_entry, actor=request.actor, new=new)) is not None:
            messages.success(request, _("已登记。"))
            return redirect(f"{reverse('funds:list')}?unit={new.unit_id}")
    return render(request, "funds/record.html", {"form": form, "once": new_key()})


@needs(P.VIEW)
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Show one entry."""
    found = queries.entry(request.actor, entry_id)
    context = {"entry": found, "can_edit": request.actor.can(P.RECORD, found.unit.path)}
    return render(request, "funds/entry.html", context)


@needs(P.RECORD)
@once
def correct(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Set an entry right, or take it back."""
    found = queries.entry(request.actor, entry_id, needs=P.RECORD)
    form = CorrectEntryForm(correction_posted(request), entry=found)
    mine: dict[str, Any] = {"actor": request.actor, "entry_id": entry_id, "seen": version_seen(request.POST)}
    way_on = set_right(
        request,
        form,
        correct=lambda: services.correct_entry(changes=form.told(), **mine),
        take_back=lambda: services.take_back_entry(**mine),
        told=(_("已保存更正。"), _("已撤回这笔经费记录。")),
        then=(reverse("funds:entry", args=[entry_id]), f"{reverse('funds:list')}?unit={found.unit_id}"),
    )
    return way_on or render(request, "funds/correct.html", {"form": form, "entry": found, "once": new_key()})


def _table(rows: Any) -> Table:
    columns = (
        Column(_("日期"), "date", phone="line"),
        Column(_("用途"), phone="name"),
        Column(_("组织"), phone="line"),
        Column(_("收支"), "tag", phone="tag"),
        Column(_("金额"), "money", phone="line"),
        Column(_("资金来源"), phone="hide"),
        Column(_("凭证号"), phone="hide"),
    )
    empty = Empty(
        _("还没有经费记录"), _("收到或支出一笔就记一笔，写明来源和凭证号。"), reverse("funds:record"), _("登记经费")
    )
    return Table(_("经费记录"), columns, [_row(one) for one in rows], empty)


def _row(one: Any) -> list[Written]:
    name = Cell(one.purpose or one.get_direction_display(), reverse("funds:entry", args=[one.pk]))
    source = one.source.name if one.source else ""
    return [one.on, name, one.unit.short_name, one.get_direction_display(), one.amount_fen, source, one.voucher]
