"""Pages of the tables that an office edits: a list, a form, and the way out of use. One set for all tables."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wuyou.orgs import queries, services
from wuyou.orgs.office_tables import OfficeTable
from wuyou.orgs.permissions import P
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.tables import Cell, Column, Empty, Table, Written

Page = Callable[..., HttpResponse]


def addresses(table: OfficeTable) -> list[URLPattern]:
    """Return the addresses of a table: its list, a new row, a row, and what retires or removes it."""
    row = f"{table.key}/<int:{table.word}>/"
    return [
        path(f"{table.key}/", _listed(table), name=table.key),
        path(f"{table.key}/new/", _new(table), name=f"{table.key}_new"),
        path(row, _row(table), name=f"{table.key}_row"),
        path(f"{row}state/", _state(table), name=f"{table.key}_state"),
    ]


def _listed(table: OfficeTable) -> Page:
    @needs(P.EDIT_TABLES, everywhere=True)
    def listed(request: HttpRequest) -> HttpResponse:
        shown = _table(table, queries.rows(request.actor, table))
        return render(request, "orgs/table.html", {"what": table, "table": shown, "new": reverse(table.url("new"))})

    return listed


def _new(table: OfficeTable) -> Page:
    @needs(P.EDIT_TABLES, everywhere=True)
    @once
    def new(request: HttpRequest) -> HttpResponse:
        form = table.form(request.POST or None)
        if request.method == "POST" and form.is_valid():
            act = partial(services.add_row, actor=request.actor, table=table, facts=form.cleaned_data)
            if carried_out(form, act) is not None:
                messages.success(request, _("已新增，马上可以选用。"))
                return redirect(table.url())
        return render(request, "orgs/table_row.html", _context(table, form))

    return new


def _row(table: OfficeTable) -> Page:
    @needs(P.EDIT_TABLES, everywhere=True)
    @once
    def row(request: HttpRequest, **words: int) -> HttpResponse:
        number = words[table.word]
        found = queries.row(request.actor, table, number)
        initial = {name: getattr(found.row, name) for name in table.fields}
        form = table.form(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            told = {"facts": form.cleaned_data, "seen": version_seen(request.POST)}
            act = partial(services.revise_row, actor=request.actor, table=table, row_id=number, **told)
            if carried_out(form, act) is not None:
                messages.success(request, _("已保存。"))
                return redirect(table.url())
        return render(request, "orgs/table_row.html", {**_context(table, form), **_ways_out(table, found)})

    return row


def _state(table: OfficeTable) -> Page:
    @needs(P.EDIT_TABLES, everywhere=True)
    @require_POST
    @once
    def state(request: HttpRequest, **words: int) -> HttpResponse:
        number = words[table.word]
        queries.row(request.actor, table, number)
        acts = {
            "retire": (services.retire_row, _("已停用。")),
            "restore": (services.restore_row, _("已恢复使用。")),
            "remove": (services.remove_row, _("已删除。")),
        }
        chosen = acts.get(request.POST.get("act", ""))
        if chosen is None:
            return redirect(table.url("row"), number)
        service, sentence = chosen
        service(actor=request.actor, table=table, row_id=number, seen=version_seen(request.POST))
        messages.success(request, sentence)
        return redirect(table.url())

    return state


def _context(table: OfficeTable, form: Any) -> dict[str, Any]:
    return {"what": table, "form": form, "once": new_key(), "list": reverse(table.url())}


def _ways_out(table: OfficeTable, found: Any) -> dict[str, Any]:
    """Return how the row may go, with the effect in words."""
    active = getattr(found.row, "is_active", True)
    told: dict[str, Any] = {"row": found.row, "retired": not active, "may_remove": found.may_remove}
    told["may_retire"] = active and found.may_retire
    told["state"] = reverse(table.url("state"), args=[found.row.pk])
    told["effect"] = _effect(told, found.used)
    return told


def _effect(told: dict[str, Any], used: int) -> str:
    if told["may_retire"] and used:
        words = ngettext(
            "有 %(n)d 条记录在用。停用后不再出现在可选项里，已经用到的地方不变，随时可以恢复。",
            "有 %(n)d 条记录在用。停用后不再出现在可选项里，已经用到的地方不变，随时可以恢复。",
            used,
        )
        return words % {"n": used}
    if told["may_retire"]:
        return _("停用后不再出现在可选项里，随时可以恢复。")
    if told["may_remove"]:
        return _("没有记录用到这一项，删除后不影响任何资料。")
    return _("已停用，不再出现在可选项里。")


def _table(table: OfficeTable, rows: list[tuple[Any, int | None]]) -> Table:
    columns = [Column(_("名称"), phone="name"), *table.columns]
    if table.counted is not None:
        columns.append(Column(table.counted[1], "number"))
    if table.retires:
        columns.append(Column(_("状态"), "tag", phone="tag"))
    body = [_cells(table, row, used) for row, used in rows]
    return Table(table.title, columns, body, Empty(_("还没有内容"), table.about, reverse(table.url("new")), _("新增")))


def _cells(table: OfficeTable, row: Any, used: int | None) -> list[Written]:
    cells: list[Written] = [Cell(str(row), reverse(table.url("row"), args=[row.pk])), *table.cells(row)]
    if table.counted is not None:
        cells.append(used)
    if table.retires:
        cells.append(_("在用") if row.is_active else Cell(_("停用"), tone="neutral"))
    return cells
