"""What funds tells the platform."""

from django.utils.translation import gettext_lazy as _

from wuyou.funds import exporting, figures
from wuyou.funds.permissions import P
from wuyou.platform.plugs import Item

AUDIT = {
    "funds.entry.recorded": _("登记经费，凭证号 {voucher}"),
    "funds.entry.corrected": _("更正经费记录，凭证号 {voucher}"),
    "funds.entry.taken_back": _("撤回经费记录，凭证号 {voucher}"),
    "funds.budget.declared": _("填报 {year} 年度经费"),
}
MENU = [Item("funds:list", _("经费"), P.VIEW, 55, "j")]
FIGURES = figures.FIGURES
EXPORTS = exporting.EXPORTS
