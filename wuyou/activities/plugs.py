"""What activities tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.activities import exporting, figures
from wuyou.activities.permissions import P
from wuyou.platform.plugs import Item

AUDIT = {
    "activities.visit.recorded": _("记录了 {on} 的一次走访"),
    "activities.number.declared": _("填报 {year} 年活动 {number} 次"),
    "activities.activity.recorded": _("记录了 {on} 的一次活动"),
    "activities.activity.revised": _("修改了活动记录"),
    "activities.activity.taken_back": _("撤回了 {on} 的一次活动"),
}
MENU = [Item("activities:list", _("活动与走访"), P.VIEW, 50, "a")]
FIGURES = figures.FIGURES
EXPORTS = exporting.EXPORTS
