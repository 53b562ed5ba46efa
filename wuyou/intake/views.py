"""The import wizard: upload, columns, preview, result. Reading and writing are done by the worker, with progress shown."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuyou.intake import column_page, presenting, queries, services
from wuyou.intake.forms import PurposeForm, UploadForm
from wuyou.intake.planning import Action
from wuyou.platform import jobs
from wuyou.platform.forming import carried_out
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import P, needs
from wuyou.platform.tables import Cell, Column, Empty, Table
from wuyou.platform.views import progress_of

_BUSY = ("queued", "running")
_STEP_OF = {"uploaded": 1, "read": 2, "checked": 3, "committed": 4, "undone": 4, "refused": 1}


@needs(P.IMPORT)
def batches(request: HttpRequest) -> HttpResponse:
    """List what was imported, newest first."""
    found = queries.batches(request.actor)
    names = queries.file_names(batch.pk for batch in found)
    columns = (
        Column(_("文件"), phone="name"),
        Column(_("状态"), "tag", phone="tag"),
        Column(_("时间"), "date", phone="line"),
        Column(_("新增"), "number", phone="line"),
        Column(_("修改"), "number", phone="hide"),
        Column(_("不导入"), "number", phone="hide"),
    )
    rows = [
        [
            Cell("、".join(names.get(batch.pk, ())) or str(batch.pk), reverse("imports:batch", args=[batch.pk])),
            batch.get_state_display(),
            batch.created_at,
            *(presenting.taken(batch.counts, action) for action in (Action.NEW, Action.CHANGED, Action.REJECTED)),
        ]
        for batch in found
    ]
    text = _("把现有的台账、侨情表、活动记录和经费表直接上传，程序认出各列；确认之前什么都不会写入，导入后也可以撤销。")
    empty = Empty(_("还没有导入过表格"), text, reverse("imports:new"), _("导入表格"))
    return render(request, "intake/list.html", {"table": Table(_("导入记录"), columns, rows, empty)})


@needs(P.IMPORT)
@once
def new(request: HttpRequest) -> HttpResponse:
    """Take files; a file that could not be read is said here, with what to do."""
    offices = queries.offices(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def receive() -> Any:
            made = services.receive(
                actor=request.actor,
                uploads=[(file.name, file.chunks()) for file in told["sheets"]],
                unit_id=told["unit"],
                kind=told["kind"],
            )
            services.start(actor=request.actor, batch_id=made.pk, task="intake.read")
            return made

        made = carried_out(form, receive)
        if made is not None:
            return redirect("imports:batch", made.pk)
    refused = queries.batch_numbered(request.actor, request.GET.get("refused", ""))
    context = {"form": form, "refused": refused, "page_errors": refused is not None, "once": new_key()}
    return render(request, "intake/new.html", context)


@needs(P.IMPORT)
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Lead to the page at which the batch is; while something is under way, show how far it is."""
    found = queries.batch(request.actor, batch_id)
    job = queries.job_of(found)
    here = reverse("imports:batch", args=[batch_id])
    if job is not None and (job.state in _BUSY or (job.state == "failed" and found.state == "uploaded")):
        template = "platform/job_progress.html" if request.headers.get("HX-Request") else "intake/working.html"
        context = {
            "progress": progress_of(job),
            "poll_url": here,
            "busy": job.state in _BUSY,
            "step": _STEP_OF[found.state],
        }
        return render(request, template, context)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": here})
    if found.state == "refused":
        return redirect(f"{reverse('imports:new')}?refused={found.pk}")
    if found.state == "uploaded":
        services.start(actor=request.actor, batch_id=batch_id, task="intake.read")
        return redirect(here)
    pages = {"read": "columns", "checked": "preview", "committed": "result", "undone": "result"}
    return redirect(f"imports:{pages[found.state]}", batch_id)


@needs(P.IMPORT)
@once
def columns(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what each column was taken for, let the office change it, and ask for ground and purpose of personal data."""
    found = queries.batch(request.actor, batch_id)
    if found.state not in ("read", "checked"):
        return redirect("imports:batch", batch_id)
    groups = column_page.table_groups(queries.columns_found(found), found.mapping)
    personal = column_page.is_personal(groups)
    form = PurposeForm(request.POST or None, initial=found.choices) if personal else None
    if request.method == "POST":
        edits, anew = column_page.edited(groups, found.mapping, request.POST)
        kept = [one.field for one in column_page.asked_columns(groups, ()) if request.POST.get(f"keep-{one.field}")]
        told = form.cleaned_data if form is not None and form.is_valid() else {}
        ready = (form is None or form.is_valid()) and not any(group.errors for group in groups)
        if anew or ready:
            over = request.POST.get("over_edits") == "1"
            choices = {**found.choices, **told, "kept": kept, "over_edits": over}
            seen = version_seen(request.POST)
            services.choose(actor=request.actor, batch_id=batch_id, edits=edits, choices=choices, seen=seen)
            services.start(actor=request.actor, batch_id=batch_id, task="intake.read" if anew else "intake.check")
            return redirect("imports:batch", batch_id)
        groups = column_page.with_posted(groups, request.POST)
    kept_now = [name[5:] for name in request.POST if name.startswith("keep-")] or found.choices.get("kept", ())
    context = {
        "batch": found,
        "groups": groups,
        "asked": column_page.asked_columns(groups, kept_now),
        "form": form,
        "page_errors": any(group.errors for group in groups),
        "has_ledger": any(group.kind == "organisations" for group in groups),
        "over_edits": bool(found.choices.get("over_edits")),
        "once": new_key(),
        **_remarks(request, found),
    }
    return render(request, "intake/columns.html", context)


@needs(P.IMPORT)
def preview(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what would be new, changed, unchanged and not taken, and what was said of the cells."""
    found = queries.batch(request.actor, batch_id)
    if found.state != "checked":
        return redirect("imports:batch", batch_id)
    context = {
        "batch": found,
        "table": presenting.counts_table(found.counts),
        "parts": list(presenting.kind_parts(found.report)),
        "sums": presenting.sums_table(found.report),
        "findings": presenting.finding_groups(found.report),
        "good": presenting.taken(found.counts, Action.NEW, Action.CHANGED),
        "rejected": presenting.taken(found.counts, Action.REJECTED),
        "files": queries.annotated_files(request.actor, found),
        **_remarks(request, found),
    }
    return render(request, "intake/preview.html", context)


@needs(P.IMPORT)
@require_POST
@once
def commit(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Write the batch in the background."""
    only_whole, seen = request.POST.get("all_or_nothing") == "1", version_seen(request.POST)
    services.start(actor=request.actor, batch_id=batch_id, task="intake.commit", seen=seen, all_or_nothing=only_whole)
    return redirect("imports:batch", batch_id)


@needs(P.IMPORT)
def result(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what came of a batch, with the way to its records, its marked workbooks, and its undoing."""
    found = queries.batch(request.actor, batch_id)
    if found.state not in ("committed", "undone"):
        return redirect("imports:batch", batch_id)
    context = {
        "batch": found,
        "table": presenting.counts_table(found.counts),
        "parts": [part for part in presenting.kind_parts(found.report) if part.rejected],
        "findings": presenting.finding_groups(found.report),
        "sums": presenting.sums_table(found.report),
        "links": presenting.record_links(found.counts),
        "stored": presenting.taken(found.counts, Action.NEW, Action.CHANGED),
        "rejected": presenting.taken(found.counts, Action.REJECTED),
        "files": queries.annotated_files(request.actor, found),
        **_remarks(request, found),
    }
    return render(request, "intake/result.html", context)


@needs(P.IMPORT)
@once
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say what undoing would take back, and do it in the background when it is confirmed."""
    found = queries.batch(request.actor, batch_id)
    if found.state != "committed":
        return redirect("imports:batch", batch_id)
    if request.method == "POST":
        services.start(actor=request.actor, batch_id=batch_id, task="intake.undo")
        return redirect("imports:batch", batch_id)
    context = {"batch": found, "table": presenting.counts_table(found.counts), "once": new_key()}
    return render(request, "intake/undo.html", context)


@needs(P.IMPORT)
@require_POST
@once
def annotate(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Make the workbooks with their errors marked, in the background."""
    services.start(actor=request.actor, batch_id=batch_id, task="intake.annotate")
    messages.info(request, _("正在生成标注了问题的表格，完成后在这一页下载。"))
    return redirect("imports:batch", batch_id)


def _remarks(request: HttpRequest, found: Any) -> dict[str, Any]:
    """Return what stands above each page of a batch: earlier ones of the same files, and why the last step failed."""
    job = queries.job_of(found)
    return {
        "names": queries.file_names([found.pk]).get(found.pk, []),
        "earlier": queries.same_file_before(request.actor, found) if found.state != "undone" else None,
        "continued": queries.batch_numbered(request.actor, str(found.continues or "")),
        "failure": jobs.why(job) if job is not None and job.state == "failed" else "",
        "remarks": presenting.remark_parts(found.report.get("remarks", ())),
    }
