"""The settings page, and 减负自查: what this product does not have, printed from the code itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.accounts.permissions import P as AccountsP
from wuyou.assessment import schemes as standards
from wuyou.funds.tables import SOURCES
from wuyou.integrity.permissions import P as IntegrityP
from wuyou.leadership.tables import POSTS, REQUIRED
from wuyou.orgs import queries as orgs
from wuyou.orgs.tables import KINDS, SIZES
from wuyou.platform.permissions import P, needs, signed_in
from wuyou.shell import burden


@signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show what of the settings the person may open."""
    actor = request.actor
    known = (
        (actor.can(AccountsP.MANAGE), "accounts:users", _("用户与权限"), _("谁能看到什么、到什么时候")),
        (
            standards.may_edit(actor),
            "assessment:schemes",
            _("标准和评分表"),
            _("五有标准和考核评分表的起草、发布和停用"),
        ),
        (actor.can(P.IMPORT), "imports:list", _("导入记录"), _("导入的表格、结果和撤销")),
        (actor.can(IntegrityP.VIEW), "integrity:checks", _("资料核对"), _("互相矛盾或缺少的资料，和改正它们的页面")),
        *((orgs.may_edit_tables(actor), table.url(), table.title, text) for table, text in _tables()),
        (
            orgs.may_edit_tables(actor),
            "leadership:measures",
            _("班子口径"),
            _("一届几年、连任几届提示、多大年龄算青年"),
        ),
        (actor.can(P.VIEW_AUDIT), "platform:audit", _("审计记录"), _("谁在什么时候办理了什么")),
        (actor.can(P.VIEW_SELF_CHECK), "shell:self_check", _("减负自查"), _("本系统没有的功能，以及由程序证明的依据")),
    )
    entries = [(reverse(url), label, text) for may, url, label, text in known if may]
    return render(request, "shell/settings.html", {"links": entries})


def _tables() -> tuple[tuple[Any, str], ...]:
    """Return the tables that an office edits, each with a word on what it is for."""
    return (
        (KINDS, _("社区、企业、学校、农场等基层组织的分类")),
        (SIZES, _("多少人建小组、联络组、联合会")),
        (POSTS, _("主席、组长、联络员等可以登记的职务")),
        (REQUIRED, _("哪类组织应当配哪些职务、各几人")),
        (SOURCES, _("财政、挂靠单位、捐赠等经费来源")),
    )


@needs(P.VIEW_SELF_CHECK)
def self_check(request: HttpRequest) -> HttpResponse:
    """Show the negative list with what was searched in the running program, and the list of functions."""
    return render(request, "shell/self_check.html", {"items": burden.negative_list(), "functions": burden.functions()})
