"""Money received by or paid for the groups: a register for accountability, in integer fen, not the statutory books."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models import OfficeRow, Unit
from wuyou.platform.datacare import FOREVER, Basis, Care, Months
from wuyou.platform.handover import Balance, Keep
from wuyou.platform.locking import Versioned


class Source(OfficeRow):
    """Where money comes from, edited by the office: 市侨联补助, 市级财政, 所在单位, 捐赠 …"""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "version", "code", "name", "name_en", "order", "is_active"}
        keep = FOREVER

    code = models.CharField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=30, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("排列"), default=100)

    class Meta:
        verbose_name = _("资金来源")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Entry(Versioned):
    """One sum that a unit received or spent on a day; always positive, the direction says which.

    What one unit hands over and another takes over when units merge or split is neither income nor spending: it counts
    for the balance alone.
    """

    class DataCare:
        personal = {
            "handler": Care("说明谁经手", Basis.OFFICE),
            "note": Care("说明用途，可能提到姓名", Basis.OFFICE),
        }
        plain = {
            "id", "version", "unit", "on", "direction", "amount_fen", "source", "purpose", "voucher", "recorded_at",
            "recorded_by", "source_batch",
        }  # fmt: skip
        keep = Months(120)
        on_unit_merged = Balance(
            _("经费结余"), amount="amount_fen", sign="direction", plus=("received", "taken_over"),
            minus=("spent", "handed_over"), taken_over="taken_over", handed_over="handed_over",
        )  # fmt: skip

    class Direction(models.TextChoices):
        RECEIVED = "received", _("收入")
        SPENT = "spent", _("支出")
        TAKEN_OVER = "taken_over", _("转入")
        HANDED_OVER = "handed_over", _("转出")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="fund_entries", verbose_name=_("组织"))
    on = models.DateField(_("日期"))
    direction = models.CharField(_("收支"), max_length=12, choices=Direction, default=Direction.RECEIVED)
    amount_fen = models.BigIntegerField(_("金额"))
    source = models.ForeignKey(Source, models.PROTECT, null=True, verbose_name=_("资金来源"))
    purpose = models.CharField(_("用途"), max_length=60, blank=True)
    voucher = models.CharField(_("凭证号"), max_length=40, blank=True)
    handler = models.CharField(_("经手人"), max_length=40, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("经费记录")
        indexes = [
            models.Index(fields=["unit", "on"], name="entry_by_unit"),
            models.Index(fields=["on", "id"], name="entry_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="entry_amount_positive"),
            models.CheckConstraint(
                condition=Q(direction__in=["received", "spent", "taken_over", "handed_over"]),
                name="entry_direction_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.amount_fen}"


class DeclaredBudget(models.Model):
    """What a unit said its funds for a year are, without vouchers; `sources` are codes of `Source`, comma-separated."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "unit", "year", "amount_fen", "sources", "declared_on", "source_batch"}
        keep = Months(120)
        on_unit_merged = Keep()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="declared_budgets")
    year = models.PositiveSmallIntegerField(_("年度"))
    amount_fen = models.BigIntegerField(_("年度经费"), null=True)
    sources = models.CharField(_("经费来源"), max_length=200, blank=True)
    declared_on = models.DateField(_("填报日期"))
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("年度经费填报")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="budget_once_a_year"),
            models.CheckConstraint(condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"
