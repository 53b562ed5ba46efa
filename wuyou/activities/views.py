"""Pages of activity records: the list, the short form, one record."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.activities import queries, services
from wuyou.activities.forms import ActivityForm, ActivityQueryForm, ReviseForm, VisitQueryForm
from wuyou.activities.permissions import P
from wuyou.kernel.digits import whole
from wuyou.orgs import queries as orgs
from wuyou.platform.forming import carried_out, correction_posted, set_right
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written


@needs(P.VIEW)
def activities(request: HttpRequest) -> HttpResponse:
    """List the records of the actor's units, newest first."""
    form = ActivityQueryForm(request.GET)
    by = form.narrowed(request.GET.get("unit", ""), request.GET.get("leaders", ""))
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    page = queries.activity_page(actor, by, page_asked(request.GET))
    context = {
        "form": form,
        "office": office,
        "done": queries.done(actor, by),
        "table": _table(page.object_list),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("次")),
        "unit": orgs.unit(request.actor, by.unit) if by.unit else None,
        "leaders": by.leaders_only,
        "can_record": request.actor.can(P.RECORD),
    }
    return render(request, "activities/list.html", context)


@needs(P.VIEW)
def visits(request: HttpRequest) -> HttpResponse:
    """List the calls on persons that the ledger of visits tells of, newest first; whom, only the ledger says."""
    form = VisitQueryForm(request.GET)
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    page = queries.visit_page(actor, form.during(), page_asked(request.GET))
    context = {
        "form": form,
        "office": office,
        "table": _visit_table(page.object_list),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("人次")),
        "can_record": request.actor.can(P.RECORD),
    }
    return render(request, "activities/visits.html", context)


@needs(P.VIEW)
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Show one record."""
    found = queries.activity(request.actor, activity_id)
    context = {"activity": found, "can_edit": request.actor.can(P.RECORD, found.unit.path)}
    return render(request, "activities/activity.html", context)


@needs(P.RECORD)
@once
def record(request: HttpRequest) -> HttpResponse:
    """Record something a group did."""
    initial = {"unit": request.GET["unit"]} if whole(request.GET.get("unit", "")) else {}
    if request.GET.get("kind"):
        initial["kind"] = request.GET["kind"]
    form = ActivityForm(request.POST or None, initial=initial, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        new = form.command()
        made = carried_out(form, partial(services.record_activity, actor=request.actor, new=new))
        if made is not None:
            messages.success(request, _("已记录。五有、考核和年度总结会自动用到，不用再填。"))
            return redirect("activities:activity", made.pk)
    return render(request, "activities/record.html", {"form": form, "once": new_key()})


@needs(P.RECORD)
@once
def edit(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Change a record, add what the short form did not ask, or take it back."""
    found = queries.activity(request.actor, activity_id, needs=P.RECORD)
    initial = {
        name: getattr(found, name) for name in ("kind", "on", "topic", "present", "leaders_present", "leaders", "note")
    }
    initial["cost_yuan"] = f"{found.cost_fen // 100}.{found.cost_fen % 100:02}" if found.cost_fen is not None else ""
    form = ReviseForm(correction_posted(request), initial=initial)
    mine: dict[str, Any] = {"actor": request.actor, "activity_id": activity_id, "seen": version_seen(request.POST)}
    way_on = set_right(
        request,
        form,
        correct=lambda: services.revise_activity(changes=form.changes(), **mine),
        take_back=lambda: services.take_back_activity(**mine),
        told=(_("已保存。"), _("已撤回这条活动记录。")),
        then=(
            reverse("activities:activity", args=[activity_id]),
            f"{reverse('activities:list')}?unit={found.unit_id}",
        ),
    )
    return way_on or render(request, "activities/edit.html", {"form": form, "activity": found, "once": new_key()})


def _table(rows: Any) -> Table:
    columns = (
        Column(_("日期"), "date", phone="line"),
        Column(_("主题"), phone="name"),
        Column(_("类型"), "tag", phone="tag"),
        Column(_("组织"), phone="line"),
        Column(_("参加人数"), "number", phone="line", short=_("参加")),
        Column(_("领导参加"), phone="hide"),
        Column(_("费用"), "money", phone="hide"),
    )
    empty = Empty(
        _("还没有活动记录"),
        _("办完一次活动、学习、走访或座谈后记一笔，一分钟以内；照片不是必须的。"),
        reverse("activities:record"),
        _("记一次活动或走访"),
    )
    return Table(_("活动记录"), columns, [_row(a) for a in rows], empty)


def _visit_table(rows: Any) -> Table:
    columns = (
        Column(_("日期"), "date", phone="line"), Column(_("事由"), phone="name"), Column(_("组织"), phone="line"),
        Column(_("慰问金"), "money", phone="line"), Column(_("慰问品"), phone="hide"), Column(_("办理情况"), phone="tag"),
    )  # fmt: skip
    empty = Empty(_("还没有走访记录"), _("走访台账导入以后，这里逐次列出；走访了谁只留在台账里，不在这里显示。"))
    body: list[list[Written]] = [
        [each.on, each.occasion or _("走访"), each.unit.short_name, each.cost_fen, each.gift, each.state]
        for each in rows
    ]
    return Table(_("走访慰问"), columns, body, empty)


def _row(a: Any) -> list[Written]:
    name = Cell(a.topic or a.get_kind_display(), reverse("activities:activity", args=[a.pk]))
    leaders = _("是") if a.leaders_present else ""
    return [a.on, name, a.get_kind_display(), a.unit.short_name, a.present, leaders, a.cost_fen]
