"""Pages of summaries: the list, one as it is read, its editor, freezing it, its paper; and all figures of a year."""

import io
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuyou.kernel import clock
from wuyou.orgs import queries as orgs
from wuyou.platform.documents import writer
from wuyou.platform.downloads import attachment
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, day, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.summaries import presenting, queries, rules, services
from wuyou.summaries.forms import EditForm, FiguresForm, OpenForm, YearForm
from wuyou.summaries.permissions import P

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs(P.VIEW)
def summaries(request: HttpRequest) -> HttpResponse:
    """List the summaries, newest year first."""
    form = YearForm(request.GET, years=queries.years(request.actor))
    page = queries.summary_page(request.actor, year=form.chosen(), page=page_asked(request.GET))
    context = {
        "form": form,
        "can_draft": request.actor.can(P.EDIT),
        "table": _table(page.object_list),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("份")),
    }
    return render(request, "summaries/list.html", context)


@needs(P.EDIT)
@once
def open_summary(request: HttpRequest) -> HttpResponse:
    """Draft the summary of an office for a year, or open the one that is there."""
    form = OpenForm(request.POST or None, offices=queries.offices(request.actor))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        act = partial(services.open_summary, actor=request.actor, unit_id=told["unit"], year=told["year"])
        found = carried_out(form, act)
        if found is not None:
            return redirect("summaries:summary", found.pk)
    return render(request, "summaries/new.html", {"form": form, "once": new_key()})


@needs(P.VIEW)
def summary(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Show a summary as it will be read, each number with a link to its list, and what to look at in it."""
    found = queries.summary(request.actor, summary_id)
    read = queries.reading(request.actor, found)
    actor, path, is_draft = request.actor, found.unit.path, read.state is rules.State.DRAFT
    context = {
        "summary": found,
        "read": read,
        "lines": presenting.lines(read),
        "titles": found.title.split(),
        "table": presenting.used_table(read, _("文中数据和统计口径")),
        "blocking": [remark for remark in read.remarks if remark.blocks],
        "looking": [remark for remark in read.remarks if not remark.blocks],
        "is_draft": is_draft,
        "can_edit": is_draft and actor.can(P.EDIT, path),
        "can_freeze": is_draft and actor.can(P.FREEZE, path),
        "can_begin_next": not is_draft and actor.can(P.EDIT, path) and queries.is_newest(found),
        "once": new_key(),
    }
    return render(request, "summaries/summary.html", context)


@needs(P.EDIT)
@once
def edit(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Edit the words of a draft; numbers stand in it by their names."""
    found = queries.summary(request.actor, summary_id, needs=P.EDIT)
    rules.may_edit(rules.State(found.state)).or_refuse()
    read = queries.reading(request.actor, found)
    initial = {name: getattr(found, name) for name in ("title", "subtitle", "number", "as_of")}
    initial["typed"] = rules.for_editing(read.body, read.figures)
    form = EditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.save_body,
            actor=request.actor,
            summary_id=summary_id,
            seen=version_seen(request.POST),
            edit=form.edit(),
        )
        if carried_out(form, act) is not None:
            messages.success(request, _("已保存。"))
            return redirect("summaries:summary", summary_id)
    context = {
        "form": form,
        "summary": found,
        "remarks": read.remarks,
        "inserts": presenting.inserts(read.figures),
        "once": new_key(),
    }
    return render(request, "summaries/edit.html", context)


@needs(P.FREEZE)
@once
def freeze(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Say what freezing does and what stands against it; a post freezes."""
    found = queries.summary(request.actor, summary_id, needs=P.FREEZE)
    read = queries.reading(request.actor, found)
    if request.method == "POST":
        services.freeze(actor=request.actor, summary_id=summary_id, seen=version_seen(request.POST))
        messages.success(request, _("已定稿，可以下载 Word 文档。"))
        return redirect("summaries:summary", summary_id)
    against = rules.may_freeze(read.state, read.body, read.figures).reasons
    kept = rules.frozen_figures(read.body, read.figures) if not against else ()
    context = {"summary": found, "read": read, "against": against, "number": len(kept), "once": new_key()}
    return render(request, "summaries/freeze.html", context)


@needs(P.EDIT)
@require_POST
@once
def begin_next(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Begin the next edition of a frozen summary."""
    fresh = services.begin_next(actor=request.actor, summary_id=summary_id)
    messages.success(request, _("已另起一稿，文字沿用上一稿，数字改用现在的登记。"))
    return redirect("summaries:summary", fresh.pk)


@needs(P.VIEW)
def docx(request: HttpRequest, summary_id: int) -> FileResponse:
    """Download the summary as an official document, with the list of its figures."""
    found = queries.summary(request.actor, summary_id)
    read = queries.reading(request.actor, found)
    draft = _("（草稿）") if read.state is rules.State.DRAFT else ""
    name = f"{found.subtitle or found.title}{draft}.docx"
    return attachment(io.BytesIO(writer.written(queries.document(read))), name, DOCX)


@needs(P.VIEW)
def figures(request: HttpRequest) -> HttpResponse:
    """List every registered figure of a year with its definition and its list."""
    form = FiguresForm(request.GET)
    year, wished = form.year_and_day()
    as_of = rules.last_day(year, wished, clock.today())
    office, _actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    found = queries.figures(request.actor, year, as_of, office)
    context = {
        "form": form,
        "year": year,
        "on": as_of,
        "office": office,
        "number": len(found),
        "table": presenting.figures_table(list(found.values()), _("登记数据和统计口径")),
    }
    return render(request, "summaries/figures.html", context)


def _table(rows: Any) -> Table:
    columns = (
        Column(_("年度"), phone="line"),
        Column(_("标题"), phone="name"),
        Column(_("单位"), phone="line"),
        Column(_("稿次"), phone="line"),
        Column(_("状态"), "tag", phone="tag"),
        Column(_("数据截至"), "date", phone="hide"),
    )
    empty = Empty(_("还没有工作总结"), _("选定单位和年度，系统就按登记的数据写出草稿，每个数字都能点开清单。"))
    return Table(_("工作总结"), columns, [_row(one) for one in rows], empty)


def _row(one: Any) -> list[Written]:
    title = Cell(one.subtitle or one.title, reverse("summaries:summary", args=[one.pk]))
    edition = _("第 %(n)d 稿") % {"n": one.edition}
    is_draft = one.state == "draft"
    state = Cell(one.get_state_display(), tone="neutral" if is_draft else "success")
    until = _("随登记更新") if is_draft and one.as_of >= clock.today() else day(one.as_of)
    return [str(one.year), title, one.unit.short_name, edition, state, until]
