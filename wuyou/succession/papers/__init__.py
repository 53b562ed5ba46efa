"""The papers of a change as .docx: the request 请示, the reply 批复, the sheet for the register, the notices to the persons.

All are drafts made of what the register knows; what it does not know is a blank line to be filled in. They are official
documents and therefore Chinese, whatever the language of the pages.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wuyou.platform.documents import writer
from wuyou.platform.documents.content import OfficialDocument
from wuyou.platform.presentation import Text
from wuyou.succession import rules
from wuyou.succession.drafts import Draft
from wuyou.succession.papers import asking, notice, sheet
from wuyou.succession.papers.case import Case, case


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its name among the addresses, what pages call it and say of it, and how it is made.

    `fits` says whether a change needs it.
    """

    code: str
    label: Text
    about: Text
    document: Callable[[Case], OfficialDocument]
    fits: Callable[[Draft], bool]


def _is_asked_for(draft: Draft) -> bool:
    return draft.change.kind in rules.PAPERS_ASKED


def _hands_persons_over(draft: Draft) -> bool:
    return not draft.is_alone


def _is_renamed(draft: Draft) -> bool:
    return draft.is_alone and "full_name" in draft.plan.facts


def _always(_draft: Draft) -> bool:
    return True


PAPERS = (
    Paper("request", _("请示"), _("报上级侨联，请求批准；理由和有关意见留空待填。"), asking.request, _is_asked_for),
    Paper("reply", _("批复"), _("上级侨联同意变更的批复代拟稿，落款日期留空。"), asking.reply, _is_asked_for),
    Paper("sheet", _("组织变更登记表"), _("变更前后的数目、谁承接什么、旧印章何时交回，供存档。"), sheet.sheet, _always),
    Paper(
        "notice", _("个人信息转移告知书"),
        _("张贴或发给本人：资料改由谁保管、转移哪些内容、有异议找谁（个人信息保护法第二十二条）。"),
        notice.notice, _hands_persons_over,
    ),
    Paper(
        "renaming", _("更名告知书"),
        _("张贴或发给本人：保管资料的组织改了名称，其他不变（个人信息保护法第十七条第二款）。"),
        notice.renaming, _is_renamed,
    ),
)  # fmt: skip


def fitting(draft: Draft) -> list[Paper]:
    """Return the papers that a change needs, in the order in which they are written; none for one that was taken back."""
    if draft.change.state == "taken_back":
        return []
    return [paper for paper in PAPERS if paper.fits(draft)]


def written(paper: Paper, draft: Draft) -> tuple[str, bytes]:
    """Return a paper's title and its .docx. Raises Refused when a name carries a mark of secrecy."""
    with translation.override(settings.LANGUAGE_CODE):
        document = paper.document(case(draft))
        return "".join(document.title), writer.written(document)
