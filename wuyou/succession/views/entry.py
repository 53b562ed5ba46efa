"""The way in: the list of changes, the choice of what is to be done with a unit, and the task list of a draft."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel.actor import Actor
from wuyou.orgs.permissions import P as OrgsP
from wuyou.platform import jobs
from wuyou.platform.forming import carried_out
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.platform.views import progress_of
from wuyou.succession import drafts, queries, rules, services
from wuyou.succession.drafts import checklist
from wuyou.succession.forms import ChangeQueryForm, KindForm
from wuyou.succession.permissions import P
from wuyou.succession.words import shortened


@needs(OrgsP.VIEW)
def changes(request: HttpRequest) -> HttpResponse:
    """List the changes of the units that the reader may see, drafts first."""
    form = ChangeQueryForm(request.GET, years=queries.years(request.actor))
    told = form.cleaned_data if form.is_valid() else {}
    by = queries.ChangeFilter(told.get("year"), told.get("kind", ""), told.get("state", ""))
    found = queries.change_page(request.actor, by, page_asked(request.GET))
    context = {
        "form": form,
        "table": _table(request.actor, list(found.object_list)),
        "pages": Pages(found.number, found.paginator.num_pages, found.paginator.count, _("项")),
        "can_change": request.actor.can(P.CHANGE),
    }
    return render(request, "succession/list.html", context)


def _table(actor: Actor, rows: list[Any]) -> Table:
    columns = (
        Column(_("生效日期"), "date", phone="line"),
        Column(_("组织"), phone="name"),
        Column(_("事项"), phone="line"),
        Column(_("批复文号"), phone="hide"),
        Column(_("状态"), "tag", phone="tag"),
    )
    text = _("合并、拆分、重组、更名等，从组织的页面点“办理变更”开始。")
    empty = Empty(_("还没有组织变更"), text, reverse("shell:units"), _("选择组织"))
    return Table(_("组织变更"), columns, [_row(actor, one) for one in rows], empty)


def _row(actor: Actor, one: Any) -> list[Written]:
    """Return a change as a line; units that the actor may not see are not named."""
    parties = [party for party in one.parties.all() if actor.can(OrgsP.VIEW, party.unit.path)]
    old = [party.unit.short_name for party in parties if party.role == "predecessor"]
    new = [party.unit.short_name for party in parties if party.role == "heir"]
    if len(parties) < len(one.parties.all()):
        (old if not old else new).append(_("不在您负责范围里的组织"))
    if one.state == "draft":
        new += [heir.get("short_name") or heir.get("full_name") for heir in one.plan.get("founded", ())]
    names = _("%(old)s → %(new)s") % {"old": shortened(old), "new": shortened(new)} if new else shortened(old)
    name = Cell(names, reverse(f"succession:{'change' if one.state == 'draft' else 'result'}", args=[one.pk]))
    return [one.on, name, one.get_kind_display(), one.document, one.get_state_display()]


@needs(P.CHANGE)
@once
def begin(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Offer the changes that are possible in the unit's state, or lead on to the draft that was begun already."""
    unit = queries.may_change(request.actor, unit_id)
    draft = queries.open_draft(request.actor, unit_id)
    if draft is not None and request.method != "POST" and queries.reaches_all(request.actor, P.CHANGE, draft):
        return redirect("succession:change", draft.pk)
    possible = rules.possible_kinds(unit.state, unit.kind.level)
    form = KindForm(request.POST or None, initial={"kind": request.GET.get("kind", "")}, possible=possible)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        made = carried_out(form, lambda: services.begin(actor=request.actor, kind=kind, unit_id=unit_id))
        if made is not None:
            return redirect("succession:change", made.pk)
    context = {"unit": unit, "form": form, "once": new_key()}
    return render(request, "succession/begin.html", context)


@needs(P.CHANGE)
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show the task list of a draft, how far a change is that is being carried out, or lead to its result."""
    draft = drafts.draft(request.actor, change_id)
    found = draft.change
    if found.state != "draft":
        return _to(request, reverse("succession:result", args=[change_id]))
    job = queries.job_of(found)
    if job is not None and job.state in ("queued", "running"):
        template = "platform/job_progress.html" if request.headers.get("HX-Request") else "succession/working.html"
        here = reverse("succession:change", args=[change_id])
        return render(request, template, {"progress": progress_of(job), "poll_url": here, "change": found})
    if request.headers.get("HX-Request"):
        return _to(request, reverse("succession:change", args=[change_id]))
    tasks = checklist.tasks_of(draft)
    context = {
        "change": found,
        "draft": draft,
        "unit": found.unit,
        "tasks": [(task, reverse(f"succession:{task.code}", args=[change_id]) if task.opens else "") for task in tasks],
        "failure": jobs.why(job) if job is not None else "",
        "left": sum(task.state == checklist.TO_DO for task in tasks),
    }
    return render(request, "succession/change.html", context)


def _to(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if request.headers.get("HX-Request") else redirect(address)
