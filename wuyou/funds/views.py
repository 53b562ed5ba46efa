"""Pages of fund entries: the list with its sums, and the form."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.funds import queries, services
from wuyou.funds.forms import EntryForm, EntryQueryForm
from wuyou.funds.permissions import P
from wuyou.kernel.digits import whole
from wuyou.orgs import queries as orgs
from wuyou.platform.forming import carried_out
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Column, Empty, Table


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


def _table(rows: Any) -> Table:
    columns = (
        Column(_("日期"), "date", phone="line"),
        Column(_("组织"), phone="name"),
        Column(_("收支"), "tag", phone="tag"),
        Column(_("金额"), "money", phone="line"),
        Column(_("资金来源"), phone="line"),
        Column(_("用途"), phone="hide"),
        Column(_("凭证号"), phone="hide"),
    )
    empty = Empty(
        _("还没有经费记录"), _("收到或支出一笔就记一笔，写明来源和凭证号。"), reverse("funds:record"), _("登记经费")
    )
    body = [
        [
            e.on,
            e.unit.short_name,
            e.get_direction_display(),
            e.amount_fen,
            e.source.name if e.source else "",
            e.purpose,
            e.voucher,
        ]
        for e in rows
    ]
    return Table(_("经费记录"), columns, body, empty)
