"""What the pages of a draft share: whose it is, how it is saved, and what two officers see who met on it."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wuyou.kernel.refusals import Conflict, Difference
from wuyou.platform.locking import version_seen
from wuyou.platform.once import once
from wuyou.platform.permissions import needs
from wuyou.succession import drafts, queries, services
from wuyou.succession.drafts import Draft, checklist
from wuyou.succession.permissions import P
from wuyou.succession.plan import Plan

TO_THE_LIST = "succession:change"


def of_draft(view: Callable[[HttpRequest, Draft], HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Give the view the draft that its address names; what is no draft any more, or is on its way, leads to its page."""

    @functools.wraps(view)
    def run(request: HttpRequest, change_id: int) -> HttpResponse:
        draft = drafts.draft(request.actor, change_id)
        if draft.change.state != "draft" or queries.is_under_way(draft.change):
            return redirect(TO_THE_LIST, change_id)
        return view(request, draft)

    return needs(P.CHANGE)(once(run))


def save(request: HttpRequest, draft: Draft, plan: Plan, **told: Any) -> Any:
    """Save a draft with another plan and return the change. Raises Conflict, telling by tasks what the two of them said."""
    wanted = draft.told if not told else told["told"]
    try:
        return services.revise(
            actor=request.actor,
            succession_id=draft.change.pk,
            seen=version_seen(request.POST),
            told=wanted,
            plan=plan,
        )
    except Conflict as conflict:
        found = (*conflict.differences, *_differences(draft, draft.differing(plan)))
        raise Conflict(conflict.label, found, conflict.current_version) from None


def _differences(theirs: Draft, mine: Draft) -> list[Difference]:
    pairs = zip(checklist.tasks_of(theirs), checklist.tasks_of(mine), strict=False)
    return [
        Difference(a.code, str(a.label), a.note or str(a.word), b.note or str(b.word))
        for a, b in pairs
        if a.code == b.code and (a.note, a.state) != (b.note, b.state)
    ]


def page(request: HttpRequest, template: str, draft: Draft, **context: Any) -> HttpResponse:
    """Show a page of a draft."""
    given = {"change": draft.change, "draft": draft, "unit": draft.change.unit, **context}
    return render(request, f"succession/{template}.html", given)
