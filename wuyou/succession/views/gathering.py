"""Many units that take part in a change: narrowed, ticked or taken all at once, and taken out again."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuyou.kernel.digits import whole
from wuyou.orgs import queries as orgs
from wuyou.places import queries as places
from wuyou.platform.once import new_key
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.widgets import PlainForm
from wuyou.succession import queries
from wuyou.succession.drafts import Draft, editing, joining
from wuyou.succession.forms import GatherQueryForm
from wuyou.succession.permissions import P
from wuyou.succession.views.drafting import TO_THE_LIST, of_draft, page, save
from wuyou.succession.views.parties import SEVERAL_OLD

INSIDE = "inside"
"""The value of `show` under which those that take part already are listed."""


@of_draft
def gather(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List the units that may join, or with `?show=inside` those that do; the ticked ones or all listed come in or go out."""
    if draft.change.kind not in SEVERAL_OLD:
        return redirect(TO_THE_LIST, draft.change.pk)
    inside = request.GET.get("show") == INSIDE
    query = _query_form(request, draft)
    listed = (joining.taking_part if inside else joining.to_choose_from)(request.actor, draft, query.narrowed())
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(request, query, form, listed)
        if chosen:
            (_take_out if inside else _take_in)(request, draft, chosen)
            return redirect(request.get_full_path())
    found = joining.page_of(listed, page_asked(request.GET))
    units = list(found.object_list)
    elsewhere = set() if inside else queries.in_drafts([unit.pk for unit in units], besides=draft.change.pk)
    context: dict[str, Any] = {
        "query": query,
        "form": form,
        "inside": inside,
        "units": [(unit, unit.pk in elsewhere) for unit in units],
        "number": found.paginator.count,
        "pages": Pages(found.number, found.paginator.num_pages, found.paginator.count, _("个组织")),
        "taken": len(draft.plan.predecessors),
        "once": new_key(),
    }
    return page(request, "gather", draft, **context)


def _query_form(request: HttpRequest, draft: Draft) -> GatherQueryForm:
    return GatherQueryForm(
        request.GET, counties=places.counties(settings.WUYOU_HOME_DIVISION), level=draft.change.unit.kind.level,
        offices=orgs.federations(request.actor, P.CHANGE),
    )  # fmt: skip


def _chosen(request: HttpRequest, query: GatherQueryForm, form: PlainForm, listed: Any) -> list[int]:
    """Return the ids of the units that are meant; none, with the reason at the form, when that cannot be told."""
    if request.POST.get("press") == "all":
        if not query.is_valid():
            form.add_error(None, _("查询条件不对，没有改动；请重新查询。"))
            return []
        return list(listed.values_list("pk", flat=True))
    ticked = [pk for typed in request.POST.getlist("unit") if (pk := whole(typed)) is not None]
    if not ticked:
        form.add_error(None, _("还没有勾选组织，没有改动；请先勾选。"))
    return ticked


def _take_in(request: HttpRequest, draft: Draft, unit_ids: Iterable[int]) -> None:
    told = joining.joining(request.actor, draft, unit_ids)
    if told.ids:
        save(request, draft, editing.with_units(draft.plan, told.ids))
        text = ngettext("已加入 %(n)d 个组织。", "已加入 %(n)d 个组织。", len(told.ids))
        messages.success(request, text % {"n": len(told.ids)})
    if told.left_out:
        messages.warning(request, told.told())


def _take_out(request: HttpRequest, draft: Draft, unit_ids: Iterable[int]) -> None:
    gone = (set(unit_ids) & set(draft.plan.predecessors)) - {draft.change.unit_id}
    if gone:
        save(request, draft, editing.without_units(draft.plan, gone))
    text = ngettext("已去掉 %(n)d 个组织。", "已去掉 %(n)d 个组织。", len(gone))
    messages.success(request, text % {"n": len(gone)})
