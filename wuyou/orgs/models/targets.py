"""What an office means to reach within three to five years: how many groups to found, reorganise and restore."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models.tables import UnitKind
from wuyou.orgs.models.units import Unit
from wuyou.orgs.rules import targets as rules
from wuyou.platform.datacare import FOREVER, NOBODY
from wuyou.platform.handover import Keep
from wuyou.platform.locking import Versioned


class TargetPlan(Versioned):
    """A 目标计划 of three to five years, first and last year included.

    An office has one for a year: the database refuses two that overlap, and years outside of which numbers stand.
    """

    class DataCare:
        personal = NOBODY
        plain = {"id", "version", "office", "name", "first_year", "last_year", "document", "note"}
        keep = FOREVER
        on_unit_merged = Keep()

    office = models.ForeignKey(Unit, models.PROTECT, related_name="target_plans", verbose_name=_("制定计划的侨联"))
    name = models.CharField(_("计划名称"), max_length=100)
    first_year = models.PositiveSmallIntegerField(_("起始年度"))
    last_year = models.PositiveSmallIntegerField(_("终止年度"))
    document = models.CharField(_("文号"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("目标计划")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year") + (rules.LEAST_PLAN_YEARS - 1))
                & Q(last_year__lte=F("first_year") + (rules.MOST_PLAN_YEARS - 1)),
                name="target_plan_three_to_five_years",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="target_plan_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """One number of a plan: how many groups under an office are to be founded, reorganised or restored in a year.

    `kind` None: of all kinds together. Nothing planned is no row; a number 0 is a plan.
    """

    class DataCare:
        personal = NOBODY
        plain = {"id", "plan", "office", "kind", "year", "event", "number"}
        keep = FOREVER
        on_unit_merged = Keep()

    class Event(models.TextChoices):
        ESTABLISH = "establish", _("新建")
        REORGANISE = "reorganise", _("重组")
        RESTORE = "restore", _("恢复")

    plan = models.ForeignKey(TargetPlan, models.CASCADE, related_name="targets", verbose_name=_("目标计划"))
    office = models.ForeignKey(Unit, models.PROTECT, related_name="targets", verbose_name=_("侨联"))
    kind = models.ForeignKey(UnitKind, models.PROTECT, null=True, verbose_name=_("组织类型"))
    year = models.PositiveSmallIntegerField(_("年度"))
    event = models.CharField(_("事项"), max_length=12, choices=Event)
    number = models.PositiveIntegerField(_("计划数"))

    class Meta:
        verbose_name = _("目标")
        constraints = [
            models.UniqueConstraint(fields=["plan", "office", "kind", "year", "event"], name="target_once"),
            models.UniqueConstraint(
                fields=["plan", "office", "year", "event"], condition=Q(kind=None), name="target_once_for_all_kinds"
            ),
            models.CheckConstraint(
                condition=Q(event__in=["establish", "reorganise", "restore"]), name="target_event_known"
            ),
            models.CheckConstraint(condition=Q(number__lte=rules.MOST_PLANNED), name="target_number_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.event} {self.number}"
