"""The forms of the parts of a draft: items, criteria, thresholds, stages, examples; and how a rubric's items are scored."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuyou.assessment import queries, schemes, services
from wuyou.assessment import scheme_presenting as presenting
from wuyou.assessment.languages import title
from wuyou.assessment.part_forms import FORMS, ExampleForm, PartForm, names_for_formulas
from wuyou.assessment.permissions import P
from wuyou.assessment.rules import StandardVersion, content, rubric
from wuyou.assessment.rules.editing import Part, piece, with_piece, without_piece
from wuyou.assessment.rules.rubric import RubricItem
from wuyou.assessment.scheme_forms import ItemForm
from wuyou.assessment.schemes import RUBRIC, STANDARD
from wuyou.kernel.expressions import ExpressionError
from wuyou.kernel.refusals import NotFound
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import said

NEW = "new"


@needs(P.EDIT_STANDARD, everywhere=True)
@once
def part(request: HttpRequest, version_id: int, part: str, part_code: str) -> HttpResponse:
    """Change one part of a draft, or add one (`new`)."""
    row, version, sort, code = _asked(request, version_id, part, part_code)
    initial = {"dimension": request.GET.get("within", "")} if sort is Part.CRITERION and not code else {}
    form = FORMS[sort](request.POST or None, version=version, code=code, initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(request, row, version, sort, code, form):
        messages.success(request, _("已保存到草稿。"))
        return redirect("assessment:version", row.pk)
    context = {
        "row": row,
        "name": title(version.standard),
        "form": form,
        "heading": presenting.part_title(sort, not code),
        "symbols": presenting.symbols_list(names_for_formulas(version, sort)),
        "is_example": sort is Part.EXAMPLE,
        "remove_url": presenting.part_url(row.pk, sort, code) + "remove/" if code else "",
        "once": new_key(),
    }
    return render(request, "assessment/part.html", context)


def _saved(request: HttpRequest, row: Any, version: StandardVersion, sort: Part, code: str, form: PartForm) -> bool:
    """Save what was typed; False when it stands at the form why not."""
    try:
        takes = isinstance(form, ExampleForm) and "take" in request.POST
        typed = form.computed() if takes and isinstance(form, ExampleForm) else form.piece()
    except ExpressionError as fault:
        form.add_error(None, said(fault.saying))
        return False
    place = form.cleaned_data.get("place")
    changed = with_piece(version, sort, code, typed, place=place, within=form.within)
    act = partial(
        services.revise_draft, actor=request.actor, version_id=row.pk, stored=content(changed),
        seen=version_seen(request.POST) or row.version,
    )  # fmt: skip
    return carried_out(form, act) is not None


@needs(P.EDIT_STANDARD, everywhere=True)
@once
def remove(request: HttpRequest, version_id: int, part: str, part_code: str) -> HttpResponse:
    """Say what taking a part out of a draft does; a post does it."""
    row, version, sort, code = _asked(request, version_id, part, part_code)
    if not code:
        raise NotFound
    if request.method == "POST":
        stored = content(without_piece(version, sort, code))
        services.revise_draft(
            actor=request.actor, version_id=row.pk, stored=stored, seen=version_seen(request.POST) or row.version
        )
        messages.success(request, _("已从草稿中删去。"))
        return redirect("assessment:version", row.pk)
    context = {
        "row": row,
        "name": title(version.standard),
        "effect": presenting.removal(version, sort, code),
        "back": presenting.part_url(row.pk, sort, code),
        "once": new_key(),
    }
    return render(request, "assessment/remove.html", context)


def _asked(request: HttpRequest, version_id: int, part: str, part_code: str) -> tuple[Any, StandardVersion, Part, str]:
    """Return the draft, what it demands, the sort of part and its code ("" for a new one). Raises: NotFound, Forbidden."""
    row = schemes.draft(request.actor, version_id, kind=STANDARD)
    if part not in list(Part):
        raise NotFound
    version, sort = queries.stored_version(row), Part(part)
    code = "" if part_code == NEW else part_code
    if code and piece(version, sort, code) is None:
        raise NotFound
    return row, version, sort, code


@needs(P.EDIT_STANDARD, everywhere=True)
@once
def item(request: HttpRequest, rubric_id: int, item_number: int) -> HttpResponse:
    """Decide how an item of a rubric comes to its points, beside the words of the table it came from."""
    row, shown = _item(request, rubric_id, item_number)
    form = ItemForm(request.POST or None, item=shown)
    if request.method == "POST" and form.is_valid():
        stored = rubric.with_item(row.content, item_number, **form.decided())
        act = partial(
            services.revise_draft, actor=request.actor, version_id=row.pk, stored=stored,
            seen=version_seen(request.POST) or row.version,
        )  # fmt: skip
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存到草稿。"))
            return redirect("assessment:version", row.pk)
    context: dict[str, Any] = {"row": row, "form": form, "item": shown, "once": new_key()}
    context["symbols"] = presenting.symbols_list(presenting.fact_symbols())
    return render(request, "assessment/item.html", context)


@needs(P.EDIT_STANDARD, everywhere=True)
@require_POST
@once
def rest(request: HttpRequest, rubric_id: int) -> HttpResponse:
    """Leave every item that is still open to the panel."""
    row = schemes.draft(request.actor, rubric_id, kind=RUBRIC)
    stored = rubric.rest_to_panel(row.content)
    services.revise_draft(
        actor=request.actor, version_id=row.pk, stored=stored, seen=version_seen(request.POST) or row.version
    )
    messages.success(request, _("其余各项由考核组评定，已保存到草稿。"))
    return redirect("assessment:version", row.pk)


def _item(request: HttpRequest, rubric_id: int, number: int) -> tuple[Any, RubricItem]:
    row = schemes.draft(request.actor, rubric_id, kind=RUBRIC)
    found = rubric.item(row.content, number)
    if found is None:
        raise NotFound
    return row, found
