"""What assessment tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.assessment import figures
from wuyou.assessment.permissions import P
from wuyou.platform.plugs import Item

AUDIT = {
    "assessment.standard.begun": _("仿照《{like}》新建标准《{title}》"),
    "assessment.version.discarded": _("删除《{title}》第 {number} 版的草稿"),
    "assessment.version.retired": _("停用《{title}》第 {number} 版，自 {effective_until} 起"),
    "assessment.version.drafted": _("起草《{title}》第 {number} 版"),
    "assessment.version.revised": _("修改《{title}》的草稿"),
    "assessment.version.published": _("发布《{title}》第 {number} 版，自 {effective_from} 起施行"),
    "assessment.rubric.stored": _("保存考核评分表《{title}》草稿第 {number} 版"),
}
MENU = [Item("assessment:units", _("五有与考核"), P.VIEW, 60, "k")]
FIGURES = figures.FIGURES
