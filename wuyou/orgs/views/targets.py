"""Pages of target plans: how far an office is, a plan and its grid, the same grid as a table that goes out and comes back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuyou.kernel import clock
from wuyou.orgs import queries, services, target_sheets
from wuyou.orgs.permissions import P
from wuyou.orgs.target_forms import GridForm, MoreRowForm, PlanForm, ProgressForm, TableForm, grid_rows
from wuyou.orgs.target_pages import Shown
from wuyou.platform.downloads import attachment
from wuyou.platform.exports.making import Form, make_export
from wuyou.platform.forming import carried_out
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sentences import file_sentence
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import said


@needs(P.VIEW_TARGETS)
def targets(request: HttpRequest) -> HttpResponse:
    """Show what was planned and what is done, by office or kind and year."""
    office = queries.target_office(request.actor, request.GET.get("office", ""))
    form = ProgressForm(request.GET, plans=queries.plans_for(request.actor, office) if office else [])
    context: dict[str, Any] = {"form": form, "office": office, "on": form.day_asked(), "today": clock.today()}
    if office is not None:
        plan = form.plan_asked()
        found = queries.progress(request.actor, office, plan, as_of=form.day_asked())
        context |= {"plan": plan, "shown": Shown(found, form.unit_kind_asked(), form.events_asked())}
        context |= {"of_above": plan is not None and plan.office_id != office.pk}
        context |= {"can_draw_up": request.actor.can(P.EDIT_TARGETS, office.path)}
        context |= {"can_edit": plan is not None and request.actor.can(P.EDIT_TARGETS, plan.office.path)}
    return render(request, "orgs/targets.html", context)


@needs(P.EDIT_TARGETS)
@once
def targets_new(request: HttpRequest) -> HttpResponse:
    """Draw up a plan; its numbers come on the next page."""
    offices = queries.federations(request.actor, P.EDIT_TARGETS)
    year = clock.today().year
    initial = {"office": request.GET.get("office", ""), "first_year": year, "last_year": year + 2}
    form = PlanForm(request.POST or None, offices=offices, initial=initial)
    if request.method == "POST" and form.is_valid():
        office_id, facts = form.cleaned_data["office"], form.facts()
        plan = carried_out(form, partial(services.draw_up_plan, actor=request.actor, office_id=office_id, facts=facts))
        if plan is not None:
            messages.success(request, _("已制定目标计划，请填写各年度的计划数。"))
            return redirect("orgs:targets_plan", plan.pk)
    return render(request, "orgs/targets_facts.html", {"form": form, "once": new_key()})


@needs(P.EDIT_TARGETS)
@once
def targets_facts(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change the name, years and document of a plan."""
    plan = queries.target_plan(request.actor, plan_id, needs=P.EDIT_TARGETS)
    form = PlanForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        told = {"seen": version_seen(request.POST), "facts": form.facts()}
        act = partial(services.revise_plan, actor=request.actor, plan_id=plan_id, **told)
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存计划。"))
            return redirect("orgs:targets_plan", plan_id)
    numbers = len(queries.numbers_of(plan))
    return render(
        request, "orgs/targets_facts.html", {"form": form, "plan": plan, "numbers": numbers, "once": new_key()}
    )


@needs(P.EDIT_TARGETS)
@require_POST
@once
def targets_remove(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take a plan away with its numbers."""
    services.remove_plan(actor=request.actor, plan_id=plan_id, seen=version_seen(request.POST))
    messages.success(request, _("已删除目标计划。已完成的数仍照事项日期统计。"))
    return redirect("orgs:targets")


@needs(P.EDIT_TARGETS)
@once
def targets_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Fill in the numbers of a plan, one event at a time: a row for each office and kind, a column for each year."""
    plan = queries.target_plan(request.actor, plan_id, needs=P.EDIT_TARGETS)
    words = queries.target_words()
    event = request.GET.get("event", "") if request.GET.get("event", "") in words else next(iter(words))
    numbers, offices, kinds = _parts(plan)
    more = MoreRowForm(request.POST or None, offices=offices, kinds=kinds)
    asked = [more.key()] if "more" in request.POST else []
    rows = grid_rows(offices, kinds, numbers, [*request.POST.getlist("row"), *asked])
    form = GridForm(
        request.POST or None,
        rows=rows,
        years=queries.years_of(plan),
        event=event,
        numbers=numbers,
        use_required_attribute=False,
    )
    if request.method == "POST" and form.is_valid() and "more" not in request.POST:
        told = {"seen": version_seen(request.POST), "changes": form.changes()}
        if carried_out(form, partial(services.set_targets, actor=request.actor, plan_id=plan_id, **told)) is not None:
            messages.success(request, _("已保存“%(event)s”的计划数。") % {"event": words[event]})
            return redirect(f"{reverse('orgs:targets_plan', args=[plan_id])}?event={event}")
    context = {"plan": plan, "form": form, "more": more, "words": words, "event": event, "word": words[event]}
    context |= {"several": len(offices) > 1, "years": queries.years_of(plan).all(), "once": new_key()}
    return render(request, "orgs/targets_plan.html", context)


@needs(P.EDIT_TARGETS)
@once
def targets_table(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Read a pasted table or a file of the plan's numbers, show what it would change, and take it over."""
    plan = queries.target_plan(request.actor, plan_id, needs=P.EDIT_TARGETS)
    form = TableForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"plan": plan, "form": form, "once": new_key()}
    if request.method == "POST" and form.is_valid():
        try:
            rows = _rows(form)
        except FileRefused as refused:
            form.add_error("sheet", file_sentence(refused))
            return render(request, "orgs/targets_table.html", context)
        numbers, offices, kinds = _parts(plan)
        read = target_sheets.read_table(plan, offices, kinds, rows)
        if "confirmed" in request.POST:
            told = {"seen": version_seen(request.POST), "changes": read.numbers}
            if (
                carried_out(form, partial(services.set_targets, actor=request.actor, plan_id=plan_id, **told))
                is not None
            ):
                messages.success(request, _("已按表格保存计划数。"))
                return redirect("orgs:targets_plan", plan_id)
        changes = target_sheets.changes_told(numbers, read.numbers, offices, kinds)
        problems = [said(problem.saying) for problem in read.problems]
        context |= {"changes": changes, "problems": problems, "shown": True}
        context |= {"text": "\n".join("\t".join(row) for row in rows)}
    return render(request, "orgs/targets_table.html", context)


@needs(P.VIEW_TARGETS)
@require_POST
def targets_sheet(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """Hand over the grid of a plan as a workbook that can be filled in and come back."""
    plan = queries.target_plan(request.actor, plan_id)
    numbers, offices, kinds = _parts(plan)
    export = target_sheets.plan_sheet(plan, offices, kinds, numbers)
    made = make_export(request.actor, export, {}, form=Form.XLSX)
    return attachment(made.file, made.name, made.media_type)


def _parts(plan: Any) -> tuple[dict[Any, int], list[Any], list[Any]]:
    """Return a plan's numbers, the offices of its rows, and the kinds of group that may stand in it."""
    numbers = queries.numbers_of(plan)
    offices = queries.offices_of(plan.office, {spot.office for spot in numbers})
    in_use = {spot.kind for spot in numbers}
    kinds = [kind for kind in queries.grassroots_kinds() if kind.is_active or kind.pk in in_use]
    return numbers, offices, kinds


def _rows(form: TableForm) -> list[list[str]]:
    file = form.cleaned_data["sheet"]
    return target_sheets.file_rows(file) if file is not None else target_sheets.pasted_rows(form.cleaned_data["table"])
