"""What summaries tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.platform.plugs import Item
from wuyou.summaries.permissions import P

AUDIT = {
    "summaries.summary.opened": _("起草 {year} 年工作总结"),
    "summaries.summary.edited": _("修改 {year} 年工作总结"),
    "summaries.summary.frozen": _("{year} 年工作总结定稿，数据截至 {as_of}"),
    "summaries.summary.begun_again": _("{year} 年工作总结另起第 {edition} 稿"),
}
MENU = [Item("summaries:list", _("工作总结"), P.VIEW, 70, "z")]
