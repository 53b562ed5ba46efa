"""The papers of a change: a page that lists them, and one address from which each is downloaded as .docx."""

import io
from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.people.permissions import P as PeopleP
from wuyou.platform.downloads import attachment
from wuyou.platform.permissions import needs
from wuyou.succession import drafts, papers
from wuyou.succession.papers.case import persons_handed_over
from wuyou.succession.permissions import P

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs(P.CHANGE)
def overview(request: HttpRequest, change_id: int) -> HttpResponse:
    """List the papers of a change, and to whom it is open the list of the persons who must be told."""
    draft = drafts.draft(request.actor, change_id)
    if draft.change.state == "taken_back":
        return redirect("succession:result", change_id)
    rows = [(paper.label, reverse(f"succession:{paper.code}", args=[change_id]), paper.about)
            for paper in papers.fitting(draft)]  # fmt: skip
    told = len(persons_handed_over(draft))
    if told and request.actor.can(PeopleP.EXPORT):
        address = f"{reverse('exports:succession.persons')}?change={change_id}"
        note = _("%(n)s 人的资料换了保管的组织；名单只有姓名，下载会记入审计记录。") % {"n": told}
        rows.append((_("需要告知的人员"), address, note))
    is_draft = draft.change.state == "draft"
    back = reverse(f"succession:{'change' if is_draft else 'result'}", args=[change_id])
    context = {"change": draft.change, "unit": draft.change.unit, "rows": rows, "is_draft": is_draft, "back": back}
    return render(request, "succession/papers.html", context)


def _download(code: str) -> Callable[..., HttpResponse | FileResponse]:
    paper = next(paper for paper in papers.PAPERS if paper.code == code)

    @needs(P.CHANGE)
    def run(request: HttpRequest, change_id: int) -> HttpResponse | FileResponse:
        draft = drafts.draft(request.actor, change_id)
        if paper not in papers.fitting(draft):
            return redirect("succession:papers", change_id)
        title, content = papers.written(paper, draft)
        suffix = "（草稿）" if draft.change.state == "draft" else ""
        return attachment(io.BytesIO(content), f"{title}{suffix}.docx", DOCX)

    run.__name__ = run.__qualname__ = code
    return run


request_paper, reply_paper, sheet_paper, notice_paper, renaming_paper = (
    _download(paper.code) for paper in papers.PAPERS
)
