"""What funds tells the platform."""

from django.utils.translation import gettext_lazy as _

AUDIT = {
    "funds.entry.recorded": _("登记经费，凭证号 {voucher}"),
    "funds.budget.declared": _("填报 {year} 年度经费"),
}
