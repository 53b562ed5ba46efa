"""What came of a change: its result, taking it back, and throwing a draft away."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel.refusals import Conflict
from wuyou.orgs.permissions import P as OrgsP
from wuyou.platform import jobs
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.views import progress_of
from wuyou.platform.widgets import PlainForm
from wuyou.succession import queries, services, telling
from wuyou.succession.drafts import Draft
from wuyou.succession.permissions import P
from wuyou.succession.steps import resting
from wuyou.succession.views.drafting import TO_THE_LIST, of_draft, page
from wuyou.succession.views.going import LARGE


@needs(OrgsP.VIEW)
def result(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what a change did, with the ways to its units and back; while it is being taken back, how far that is."""
    found = queries.succession(request.actor, change_id)
    here = reverse("succession:result", args=[change_id])
    if found.state == "draft":
        return redirect(TO_THE_LIST, change_id)
    job = queries.job_of(found)
    whole = queries.reaches_all(request.actor, OrgsP.VIEW, found)
    if job is not None and job.state in ("queued", "running") and whole:
        template = "platform/job_progress.html" if request.headers.get("HX-Request") else "succession/working.html"
        return render(request, template, {"progress": progress_of(job), "poll_url": here, "change": found})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": here})
    context = {"change": found, "units": _sides(request, found), "whole": whole}
    return render(request, "succession/result.html", context | (_outcome(request, found, job) if whole else {}))


def _outcome(request: HttpRequest, change: Any, job: Any) -> dict[str, Any]:
    """Return what came of a change, for who may see every unit: sums and notes tell of people of all of them."""
    return {
        "table": telling.outcome_table(change.outcome),
        "numbers": telling.numbers_table(change.outcome) if "numbers" in change.outcome else None,
        "figures": telling.figures_table(request.actor, change.outcome)
        if queries.sees_figures(request.actor, change)
        else None,
        "seals": queries.seals_of(change),
        "failure": jobs.why(job) if job is not None else "",
        "can_take_back": change.state == "carried_out" and queries.reaches_all(request.actor, P.CHANGE, change),
    }


def _sides(request: HttpRequest, change: Any) -> dict[str, Any]:
    """Return who took part: those that a page shows at once, the heirs among them, many others that it folds, and how many
    are not the reader's to see.
    """
    told, out_of_sight = queries.parties_of(request.actor, change)
    giving = [side for side in told if "heir" not in side[0]]
    folded = giving[telling.SHOWN :]
    hidden = {unit.pk for _roles, unit in folded}
    shown = [side for side in told if side[1].pk not in hidden]
    return {"shown": shown, "folded": folded, "out_of_sight": out_of_sight}


@needs(P.CHANGE)
@once
def take_back(request: HttpRequest, change_id: int) -> HttpResponse:
    """Say what taking a change back does, or what rests on it, and do it when it is confirmed."""
    found = queries.succession(request.actor, change_id, needs=P.CHANGE)
    if found.state != "carried_out" or queries.is_under_way(found):
        return redirect("succession:result", change_id)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act = services.take_back if _is_small(found) else services.start_taking_back
        told: dict[str, Any] = {"succession_id": change_id, "seen": version_seen(request.POST)}
        try:
            if carried_out(form, partial(act, actor=request.actor, **told)) is not None:
                return redirect("succession:result", change_id)
        except Conflict:
            messages.warning(request, _("刚才别人处理过这项变更，没有撤回；请再看一遍。"))
            return redirect("succession:take_back", change_id)
    context = {"change": found, "form": form, "rests": resting.later_things(found), "once": new_key()}
    context["units"] = _sides(request, found)
    return render(request, "succession/take_back.html", context)


def _is_small(found: Any) -> bool:
    before = found.outcome.get("before", {})
    return bool(before.get("kept", 0) + before.get("members", 0) <= LARGE)


@of_draft
def discard(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask once more, then throw a draft away; nothing of the units has changed."""
    if request.method == "POST":
        try:
            seen = version_seen(request.POST)
            unit_id = services.discard(actor=request.actor, succession_id=draft.change.pk, seen=seen)
        except Conflict:
            messages.warning(request, _("这份草稿刚才被别人修改过，没有删除；请再看一遍。"))
            return redirect(TO_THE_LIST, draft.change.pk)
        messages.success(request, _("已删除草稿，组织没有任何改动。"))
        return redirect("shell:unit", unit_id)
    return page(request, "discard", draft, once=new_key())
