"""The settings page, and 减负自查: what this product does not have, printed from the code itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.accounts.permissions import P as AccountsP
from wuyou.assessment.permissions import P as AssessmentP
from wuyou.platform.permissions import P, needs, signed_in
from wuyou.shell import burden


@signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show what of the settings the person may open."""
    known = (
        (AccountsP.MANAGE, "accounts:users", _("用户与权限"), _("谁能看到什么、到什么时候")),
        (AssessmentP.EDIT_STANDARD, "assessment:schemes", _("标准和评分表"), _("五有标准和考核评分表的起草、发布和停用")),
        (P.IMPORT, "imports:list", _("导入记录"), _("导入的表格、结果和撤销")),
        (P.VIEW_AUDIT, "platform:audit", _("审计记录"), _("谁在什么时候办理了什么")),
        (P.VIEW_SELF_CHECK, "shell:self_check", _("减负自查"), _("本系统没有的功能，以及由程序证明的依据")),
    )
    entries = [(reverse(url), label, text) for need, url, label, text in known if request.actor.can(need)]
    return render(request, "shell/settings.html", {"links": entries})


@needs(P.VIEW_SELF_CHECK)
def self_check(request: HttpRequest) -> HttpResponse:
    """Show the negative list with what was searched in the running program, and the list of functions."""
    return render(request, "shell/self_check.html", {"items": burden.negative_list(), "functions": burden.functions()})
