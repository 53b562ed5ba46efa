"""What people tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.people import exporting, figures
from wuyou.people.permissions import P
from wuyou.platform.plugs import Item

AUDIT = {
    "people.basis.noted": _("登记依据：{purpose}"),
    "people.person.registered": _("登记成员"),
    "people.persons.registered": _("登记成员 {number} 人"),
    "people.persons.imported": _("导入成员：新增 {new} 人，更新 {changed} 人"),
    "people.person.revised": _("修改成员资料"),
    "people.person.joined": _("登记所属组织"),
    "people.person.left": _("登记退出组织（{on}）"),
    "people.person.departed": _("登记迁出或去世（{on}）"),
    "people.person.departure_corrected": _("更正迁出或去世日期（由 {before} 改为 {on}）"),
    "people.person.departure_taken_back": _("撤回迁出或去世登记（原登记 {on}）"),
    "people.count.declared": _("填报人数 {people} 人"),
}
MENU = [Item("people:list", _("成员与侨情"), P.VIEW, 40, "m")]
FIGURES = figures.FIGURES
EXPORTS = exporting.EXPORTS
