"""The platform's own pages: audit trail, progress of jobs, one's own files."""

from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wuyou.platform import audit, auditing, files, jobs
from wuyou.platform.permissions import P, needs, signed_in
from wuyou.platform.presentation import Pages, Progress, page_asked
from wuyou.platform.tables import Column, Empty, Table
from wuyou.platform.widgets import PlainForm

MOST_FAULTS = 50
"""Shown at once; who finds so many needs no further ones."""


class AuditQueryForm(PlainForm):
    """How the audit trail is narrowed."""

    who = forms.CharField(label=gettext_lazy("办理人"), required=False, max_length=40)
    verb = forms.ChoiceField(label=gettext_lazy("事项"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["verb"].choices = [("", _("全部")), *auditing.verbs().items()]


@needs(P.VIEW_AUDIT)
def events(request: HttpRequest) -> HttpResponse:
    """List what was done, newest first."""
    return _events(request)


@needs(P.VIEW_AUDIT)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole chain and say what was found."""
    faults, (number, value) = list(islice(audit.verify(), MOST_FAULTS)), audit.end()
    return _events(request, faults=faults, end={"number": number, "value": value}, verified=True)


def _events(request: HttpRequest, **more: Any) -> HttpResponse:
    form = AuditQueryForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    by = {"verb": told.get("verb", ""), "who": told.get("who", "")}
    page, lines = auditing.event_page(request.actor, **by, page=page_asked(request.GET))
    columns = (
        Column(_("编号"), "number", phone="hide"),
        Column(_("时间"), "date", phone="line"),
        Column(_("办理人"), phone="line"),
        Column(_("事项"), phone="name"),
        Column(_("对象"), phone="hide"),
    )
    rows = [[line.seq, line.at, line.who, line.text, f"{line.object_kind} {line.object_id}".strip()] for line in lines]
    pages = Pages(page.number, page.paginator.num_pages, page.paginator.count)
    table = Table(_("审计记录"), columns, rows, Empty(_("没有符合条件的记录")))
    return render(request, "platform/audit.html", {"form": form, "table": table, "pages": pages, **more})


@signed_in
def job(request: HttpRequest, job_id: UUID) -> TemplateResponse:
    """Show how far one's own job is; the page asks for itself again until it ends."""
    found = jobs.own_job(request.actor, job_id)
    context = {"progress": progress_of(found), "job": found, "poll_url": reverse("platform:job", args=[job_id])}
    template = "platform/job_progress.html" if request.headers.get("HX-Request") else "platform/job.html"
    return TemplateResponse(request, template, context)


def progress_of(found: Any) -> Progress:
    """Return how far a job is, as the progress panel shows it."""
    standing = jobs.standing(found)
    ended = found.state in ("done", "failed")
    sentence = {"queued": _("正在排队，马上开始。"), "done": _("已完成。"), "failed": jobs.why(found)}.get(
        found.state, standing.note
    )
    return Progress(
        title=found.label,
        percent=100 if found.state == "done" else (standing.percent if standing.total else None),
        done=standing.done,
        total=standing.total,
        seconds_left=None if ended else standing.seconds_left,
        sentence=sentence,
        finished=ended,
        failed=found.state == "failed",
        result_url=_page_of(found.result.get("page", [])) if ended else "",
        result_label=_("查看结果"),
    )


def _page_of(told: Sequence[str]) -> str:
    """Return the address of the page that a job names by its name in the URLs and the words in it; "" for none.

    It is made here and not by the job: whoever works in the background need not load every page of the site.
    """
    return reverse(told[0], args=told[1:]) if told else ""


@signed_in
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Download one's own file."""
    return files.as_attachment(files.own_file(request.actor, file_id))
