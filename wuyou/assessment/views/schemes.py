"""The pages of standards and rubrics: the list, one version, drafting, trying, publishing, retiring; the fact catalogue."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuyou.assessment import fact_meanings, queries, schemes, services, trial
from wuyou.assessment import scheme_presenting as presenting
from wuyou.assessment.languages import title, words
from wuyou.assessment.permissions import P
from wuyou.assessment.rules import rubric
from wuyou.assessment.scheme_forms import NewStandardForm, PublishForm, RetireForm, TrialForm
from wuyou.assessment.schemes import RUBRIC, STANDARD, State
from wuyou.assessment.views.units import MOST_AT_ONCE
from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import said

MOST_FAULTS = 8
MOST_SHOWN = 100
"""So many groups whose results change are listed; the others are told of by their number."""


@needs(P.VIEW_STANDARD)
def kept(request: HttpRequest) -> HttpResponse:
    """List the standards and rubrics, each with the version in force and its open draft."""
    today = clock.today()
    found = schemes.all_kept(request.actor, today)
    context = {
        "table": presenting.kept_table(found, today),
        "can_edit": schemes.may_edit(request.actor),
        "may_look": request.actor.can(P.VIEW),
        "first": next((each.in_force for each in found if each.in_force), None),
    }
    return render(request, "assessment/schemes.html", context)


@needs(P.EDIT_STANDARD, everywhere=True)
@once
def new(request: HttpRequest) -> HttpResponse:
    """Begin a standard of the office's own, like one that there is."""
    found = [each for each in schemes.all_kept(request.actor, clock.today()) if each.scheme.kind == STANDARD]
    models = [(each.in_force or each.versions[0], each.scheme.title) for each in found]
    form = NewStandardForm(request.POST or None, models=[(row.pk, name) for row, name in models])
    if request.method == "POST" and form.is_valid():
        draft = carried_out(form, partial(services.new_standard, actor=request.actor, **form.cleaned_data))
        if draft is not None:
            return redirect("assessment:version", draft.pk)
    return render(request, "assessment/new_standard.html", {"form": form, "once": new_key()})


@needs(P.VIEW_STANDARD)
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show one version in plain words; a draft with the ways to change each part, what it changes, what keeps it back."""
    row = schemes.version(request.actor, version_id)
    today, may = clock.today(), schemes.may_edit(request.actor)
    is_draft = row.state == State.DRAFT
    edit_pk = row.pk if is_draft and may else None
    found = schemes.faults_of(row, words())
    older, versions = schemes.before(row), schemes.siblings(row)
    own = _rubric(row, edit_pk) if row.scheme.kind == RUBRIC else _standard(row, edit_pk, found)
    context = {
        **_about(row),
        **own,
        "may_draft": may and not is_draft,
        "may_retire": may and schemes.may_retire(row, versions, today),
        "may_edit": edit_pk is not None,
        "standing": presenting.standing(row, versions, today),
        "faults": presenting.fault_lines(found[:MOST_FAULTS], own["read"], edit_pk) if is_draft else (),
        "more_faults": max(0, len(found) - MOST_FAULTS),
        "older": older and presenting.edition(older),
        "changes": [said(each) for each in schemes.changed(older, row, words())] if older else (),
        "versions": presenting.versions_table(versions, row.pk, today),
        "once": new_key(),
    }
    return render(request, "assessment/version.html", context)


def _about(row: Any) -> dict[str, Any]:
    is_rubric = row.scheme.kind == RUBRIC
    named = row.scheme.title if is_rubric else title(queries.stored_version(row).standard)
    return {"row": row, "name": named, "edition": presenting.edition(row), "is_rubric": is_rubric}


def _standard(row: Any, edit_pk: int | None, found: Any) -> dict[str, Any]:
    read = queries.stored_version(row)
    return {
        "read": read,
        "cards": presenting.dimension_cards(read, edit_pk),
        "thresholds": presenting.thresholds_table(read, edit_pk),
        "stages": presenting.stages_table(read, edit_pk),
        "examples": presenting.examples_table(read, found, edit_pk),
    }


def _rubric(row: Any, edit_pk: int | None) -> dict[str, Any]:
    content = row.content
    return {
        "read": None,
        "blocks": presenting.item_blocks(content, edit_pk),
        "still_open": sum(each.decision is rubric.Decision.OPEN for each in rubric.items(content)),
        "total": presenting.number_text(content.get("total")),
        "grades": [(presenting.number_text(limit), name) for limit, name in content.get("grades", ())],
    }


@needs(P.EDIT_STANDARD, everywhere=True)
@require_POST
@once
def draft(request: HttpRequest, version_id: int) -> HttpResponse:
    """Begin the next version from this one, or open the draft that there is."""
    begun = services.draft_version(actor=request.actor, version_id=version_id)
    return redirect("assessment:version", begun.pk)


@needs(P.EDIT_STANDARD, everywhere=True)
@once
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say what throwing a draft away does; a post does it."""
    row = schemes.version(request.actor, version_id)
    if request.method == "GET" and row.state != State.DRAFT:
        return redirect("assessment:version", version_id)
    if request.method == "POST":
        scheme = services.discard_draft(actor=request.actor, version_id=version_id, seen=version_seen(request.POST))
        messages.success(request, _("草稿已删除。"))
        newest = scheme.versions.order_by("-number").first() if scheme.pk else None
        return redirect("assessment:version", newest.pk) if newest else redirect("assessment:schemes")
    return render(request, "assessment/discard.html", {**_about(row), "once": new_key()})


@needs(P.EDIT_STANDARD, everywhere=True)
@once
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say what publishing a draft changes and what stands against it; a post publishes."""
    row = schemes.version(request.actor, version_id)
    if request.method == "GET" and row.state != State.DRAFT:
        return redirect("assessment:version", version_id)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.publish_version, actor=request.actor, version_id=version_id, seen=version_seen(request.POST),
            **form.cleaned_data,
        )  # fmt: skip
        if carried_out(form, act) is not None:
            messages.success(request, _("已发布，从施行日期起按这个版本判断。"))
            return redirect("assessment:version", version_id)
    found, older = schemes.faults_of(row, words()), schemes.before(row)
    read = None if row.scheme.kind == RUBRIC else queries.stored_version(row)
    context = {
        **_about(row),
        "form": form,
        "faults": presenting.fault_lines(found, read, row.pk),
        "older": older and presenting.edition(older),
        "changes": [said(each) for each in schemes.changed(older, row, words())] if older else (),
        "once": new_key(),
    }
    return render(request, "assessment/publish.html", context)


@needs(P.EDIT_STANDARD, everywhere=True)
@once
def retire(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say what retiring a version does; a post retires it from a day on."""
    row = schemes.version(request.actor, version_id)
    if request.method == "GET" and not schemes.may_retire(row, schemes.siblings(row), clock.today()):
        return redirect("assessment:version", version_id)
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.retire_version, actor=request.actor, version_id=version_id, seen=version_seen(request.POST),
            **form.cleaned_data,
        )  # fmt: skip
        if carried_out(form, act) is not None:
            messages.success(request, _("已停用。"))
            return redirect("assessment:version", version_id)
    return render(request, "assessment/retire.html", {**_about(row), "form": form, "once": new_key()})


@needs(P.VIEW)
def tried(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show which groups a draft would judge differently from the version in force, and why; in a fixed order."""
    row = schemes.version(request.actor, version_id, kind=STANDARD)
    offices = orgs.federations(request.actor, P.VIEW)
    form = TrialForm(request.GET, offices=[(office.pk, office.short_name) for office in offices])
    on = form.day()
    office = next((each for each in offices if str(each.pk) == form.told("office")), None)
    context: dict[str, Any] = {**_about(row), "form": form, "on": on, "office": office}
    book = trial.readable(row)
    if book is None:
        return render(request, "assessment/trial.html", context | {"unreadable": True})
    if office is None and orgs.groups(request.actor, permission=P.VIEW).count() > MOST_AT_ONCE:
        return render(request, "assessment/trial.html", context | {"too_many": True})
    held = [each for each in queries.in_force(on, STANDARD) if each.scheme_id == row.scheme_id and each.pk != row.pk]
    against = queries.read_book(held[0]) if held else None
    found = trial.tried(request.actor, book, against, on, under=office.path if office else "", words=words())
    context |= {
        "against": presenting.edition(held[0]) if held else "",
        "number": found.number,
        "changed": len(found.changed),
        "more": max(0, len(found.changed) - MOST_SHOWN),
        "table": presenting.trial_table(found.changed[:MOST_SHOWN]),
    }
    return render(request, "assessment/trial.html", context)


@needs(P.VIEW_STANDARD)
def facts(request: HttpRequest) -> HttpResponse:
    """Show the catalogue of facts and how formulas are written."""
    context = {
        "table": presenting.facts_table(),
        "examples": fact_meanings.WRITING,
        "can_edit": schemes.may_edit(request.actor),
    }
    return render(request, "assessment/facts.html", context)
