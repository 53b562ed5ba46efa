"""The last look at a draft, and carrying it out: at once, or in the background where many persons are moved."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.kernel.refusals import Conflict
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key
from wuyou.platform.widgets import PlainForm
from wuyou.succession import drafts, services, telling
from wuyou.succession.drafts import Draft, checklist
from wuyou.succession.handover import inventory
from wuyou.succession.views.drafting import of_draft, page

LARGE = 2000
"""From so many persons on a change is carried out in the background."""
PAGE_OF = {
    "on": checklist.BASICS, "document": checklist.BASICS, "predecessors": checklist.PARTIES, "heirs": checklist.PARTIES,
    "money": checklist.MONEY, **dict.fromkeys(("full_name", "kind", "form", "hosts", "led_by"), checklist.FACTS),
}  # fmt: skip
"""On which page a reason against a change is dealt with, by its field."""


@of_draft
def confirm(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Say what the change does and what the units hold before and after; carry it out when that is confirmed."""
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = carried_out(form, partial(_act(draft), actor=request.actor, succession_id=draft.change.pk,
                                             seen=version_seen(request.POST)))  # fmt: skip
        except Conflict:
            messages.warning(request, _("这份草稿刚才被别人修改过，没有办理；请按现在的内容再核对一遍。"))
            return redirect("succession:confirm", draft.change.pk)
        if done is not None:
            return redirect("succession:result" if done.state == "carried_out" else "succession:change", done.pk)
    hindered = [(reason, _way(draft, reason.field)) for reason in drafts.against(draft)]
    return page(
        request, "confirm", draft, form=form, hindered=hindered, once=new_key(), **_told(request, draft, hindered)
    )


def _act(draft: Draft) -> Any:
    """Return the service that carries this change out."""
    if draft.is_alone or inventory.persons_to_move(draft.plan, draft.change.on or clock.today()) <= LARGE:
        return services.carry_out
    return services.start_carrying_out


def _way(draft: Draft, field: str) -> str:
    """Return the address of the page on which a reason is dealt with; "" where none is meant."""
    codes = {task.code for task in checklist.tasks_of(draft)}
    code = PAGE_OF.get(field, "")
    return reverse(f"succession:{code}", args=[draft.change.pk]) if code in codes else ""


def _told(request: HttpRequest, draft: Draft, hindered: list[Any]) -> dict[str, Any]:
    if hindered:
        return {}
    warnings = [*telling.warnings(draft), *_left_to_do(draft)]
    if draft.is_alone:
        return {"effects": telling.of_one(draft), "changed": telling.changed_rows(draft), "warnings": warnings}
    held = inventory.preview(draft.plan, draft.change.on or clock.today())
    return {
        "effects": telling.of_several(request.actor, draft, held),
        "table": telling.held_table(draft, held),
        "warnings": warnings,
    }


def _left_to_do(draft: Draft) -> list[str]:
    return [
        _("“%(task)s”还没有填，会按默认的去向办理。") % {"task": task.label}
        for task in checklist.tasks_of(draft)
        if task.state == checklist.TO_DO and task.code in (checklist.PEOPLE, checklist.MONEY)
    ]
