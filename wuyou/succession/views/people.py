"""Where the people of the old units go: by a rule, by a list of names, one by one; with the numbers that come of it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuyou.kernel import clock
from wuyou.kernel.quotes import inner
from wuyou.kernel.refusals import Refused
from wuyou.platform.once import new_key
from wuyou.platform.presentation import Pages, page_asked, said
from wuyou.platform.tables import Column, Table, Written
from wuyou.succession import telling
from wuyou.succession.drafts import Draft, sorting
from wuyou.succession.forms import NamesListForm, SortingForm
from wuyou.succession.handover import heirs, inventory
from wuyou.succession.plan import Sorting
from wuyou.succession.views.drafting import TO_THE_LIST, of_draft, page, save

MOST_TOLD = 20
RULES = {"area": "area", "host": "host"}
"""Rules of sorting by what is chosen; by hand there is none."""


@of_draft
def people(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask by which rule people are sorted, and show how many come to each heir."""
    if len(draft.plan.heirs) < 2:
        return redirect(TO_THE_LIST, draft.change.pk)
    present = draft.plan.people
    initial = {"by": present.by or "hand", "rest": present.rest or draft.plan.main}
    form = SortingForm(request.POST or None, initial=initial, heirs=draft.heir_names)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        save(
            request,
            draft,
            replace(draft.plan, people=replace(present, by=RULES.get(told["by"], ""), rest=told["rest"])),
        )
        messages.success(request, _("已保存，下面是按这样分的人数。"))
        return redirect("succession:people", draft.change.pk)
    context = {
        "form": form,
        "table": _numbers(draft),
        "blind": _blind(draft),
        "by_hand": len(present.hand),
        "once": new_key(),
    }
    return page(request, "people", draft, **context)


def _numbers(draft: Draft) -> Table:
    """Return how many people each unit has now and would have."""
    told = inventory.preview(draft.plan, draft.change.on or clock.today())
    columns = (
        Column(_("组织"), phone="name"),
        Column(_("现有成员"), "number", phone="line", short=_("现有成员")),
        Column(_("变更后成员"), "number", phone="line", short=_("变更后成员")),
        Column(_("变更后登记的人员"), "number", phone="line", short=_("登记的人员")),
    )
    words = [word for word in told.after if word in draft.plan.heirs or word in told.before or told.after[word].members]
    shown, rest = telling.folded(draft, words)
    rows: list[list[Written]] = [
        [
            draft.name(word),
            told.before[word].members if word in told.before else None,
            told.after[word].members,
            told.after[word].kept,
        ]
        for word in shown
    ]
    if rest:
        before, after = (
            telling.added(side[word] for word in rest if word in side) for side in (told.before, told.after)
        )
        rows.append([telling.others(rest), before.members, after.members, after.kept])
    total = [_("合计"), told.together_before.members, told.together_after.members, told.together_after.kept]
    return Table(_("各组织的人数"), columns, rows, total=total)


def _blind(draft: Draft) -> list[str]:
    """Return the heirs that the chosen rule can give nobody: no area, or no host unit, is known of them."""
    by = draft.plan.people.by
    if not by:
        return []
    known = heirs.grounds(draft.plan, draft.change.on or clock.today())
    return [
        name
        for word, name in draft.heir_names.items()
        if word not in known or not (known[word].areas if by == "area" else known[word].hosts)
    ]


@of_draft
def by_hand(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List the people of the old units, each with where he goes; what is chosen here goes before every rule."""
    if len(draft.plan.heirs) < 2:
        return redirect(TO_THE_LIST, draft.change.pk)
    q = request.GET.get("q", "").strip()[:60]
    found = sorting.person_page(request.actor, draft.plan, q, page_asked(request.GET))
    persons = list(found.object_list)
    if request.method == "POST":
        hand = _chosen(request, draft, persons)
        save(request, draft, replace(draft.plan, people=replace(draft.plan.people, hand=hand)))
        messages.success(request, _("已保存这一页。"))
        way = reverse("succession:by_hand", args=[draft.change.pk])
        further = found.number + 1 if "next" in request.POST and found.has_next() else found.number
        return redirect(f"{way}?page={further}" + (f"&q={q}" if q else ""))
    going = sorting.destinations_of(draft.plan, draft.change.on or clock.today(), persons)
    rule = sorting.destinations_of(
        replace(draft.plan, people=replace(draft.plan.people, hand={})), draft.change.on or clock.today(), persons
    )
    context = {
        "q": q,
        "lines": [_line(draft, person, going, rule) for person in persons],
        "heirs": list(draft.heir_names.items()),
        "pages": Pages(found.number, found.paginator.num_pages, found.paginator.count, _("人")),
        "more": found.has_next(),
        "once": new_key(),
    }
    return page(request, "by_hand", draft, **context)


def _line(draft: Draft, person: Any, going: Any, rule: Any) -> dict[str, Any]:
    chosen = draft.plan.people.hand.get(person.pk, "")
    return {
        "person": person,
        "name": f"to-{person.pk}",
        "chosen": chosen,
        "by_rule": draft.name(rule[person.pk]),
        "where": person.division.name if person.division else "",
        "workplace": person.workplace,
        "going": draft.name(going[person.pk]),
    }


def _chosen(request: HttpRequest, draft: Draft, persons: list[Any]) -> dict[int, str]:
    """Return what is chosen by hand, those of other pages as they were; what is no destination counts as not chosen."""
    hand = dict(draft.plan.people.hand)
    for person in persons:
        word = request.POST.get(f"to-{person.pk}")
        if word is None:
            continue
        hand.pop(person.pk, None)
        if word in draft.plan.heirs:
            hand[person.pk] = word
    return hand


@of_draft
def by_list(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take names, say whom they mean, and assign these people when that is confirmed."""
    if len(draft.plan.heirs) < 2:
        return redirect(TO_THE_LIST, draft.change.pk)
    form = NamesListForm(request.POST or None, request.FILES or None, heirs=draft.heir_names)
    context: dict[str, Any] = {"form": form, "once": new_key()}
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        told = form.cleaned_data
        try:
            names = sorting.names_in(told["names"], told.get("sheet"))
        except Refused as refused:
            form.add_error(refused.reasons[0].field, said(refused.reasons[0].saying))
            return page(request, "by_list", draft, **context)
        meant = sorting.meant(request.actor, draft.plan, names)
        if "confirmed" in request.POST and meant.ids:
            return _assigned(request, draft, meant.ids, told["heir"])
        context |= {
            "meant": meant,
            "names": "\n".join(names),
            "heir": told["heir"],
            "heir_name": draft.name(told["heir"]),
            "unknown": meant.unknown[:MOST_TOLD],
            "several": meant.several[:MOST_TOLD],
        }
    return page(request, "by_list", draft, **context)


def _assigned(request: HttpRequest, draft: Draft, ids: list[int], heir: str) -> HttpResponse:
    people_now: Sorting = draft.plan.people
    hand = {**people_now.hand, **dict.fromkeys(ids, heir)}
    save(request, draft, replace(draft.plan, people=replace(people_now, hand=hand)))
    text = ngettext("已把 %(n)d 人分到“%(heir)s”。", "已把 %(n)d 人分到“%(heir)s”。", len(ids))
    messages.success(request, text % {"n": len(ids), "heir": inner(draft.name(heir))})
    return redirect("succession:people", draft.change.pk)
