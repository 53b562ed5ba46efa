"""A unit as it stands today, and what it was called and was before."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models.tables import UnitForm, UnitKind
from wuyou.places.models import Division
from wuyou.platform.datacare import FOREVER, NOBODY
from wuyou.platform.handover import Derived, Keep
from wuyou.platform.locking import Versioned
from wuyou.platform.scoping import PathField


class Unit(Versioned):
    """A 侨联组织: a federation's office or a grassroots group. Never deleted; a dissolved one keeps page and history.

    `founded` is ISO text as precise as known ("1986", "1986-05", "1986-05-03"). `path` is made of ids and follows the
    placement in force today.
    """

    class DataCare:
        personal = NOBODY
        plain = {
            "id", "uid", "version", "kind", "form", "full_name", "short_name", "pinyin", "initials", "approval_number",
            "founded", "state", "county", "parent", "path", "has_study_rules", "remark", "source_batch",
        }  # fmt: skip
        keep = FOREVER
        on_unit_merged = Derived("wuyou.orgs.paths.follow_placements")

    class State(models.TextChoices):
        NORMAL = "normal", _("正常")
        LAPSED = "lapsed", _("停滞")
        TO_REORGANISE = "to_reorganise", _("待重组")
        DISSOLVED = "dissolved", _("已撤销")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.ForeignKey(UnitKind, models.PROTECT, verbose_name=_("类型"))
    form = models.ForeignKey(UnitForm, models.PROTECT, null=True, verbose_name=_("形式"))
    full_name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=60)
    pinyin = models.CharField(max_length=300, blank=True, db_index=True)
    initials = models.CharField(max_length=60, blank=True, db_index=True)
    approval_number = models.CharField(_("批复文号"), max_length=60, blank=True)
    founded = models.CharField(_("成立时间"), max_length=10, blank=True)
    state = models.CharField(_("状态"), max_length=15, choices=State, default=State.NORMAL)
    county = models.ForeignKey(Division, models.PROTECT, null=True, verbose_name=_("所在县区"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级侨联"))
    path = PathField(unique=True)
    has_study_rules = models.BooleanField(_("有学习制度"), null=True)
    remark = models.TextField(_("备注"), blank=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("组织")
        indexes = [models.Index(fields=["state", "path"], name="unit_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["normal", "lapsed", "to_reorganise", "dissolved"]), name="unit_state_known"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_own_parent"),
            models.CheckConstraint(condition=~Q(full_name=""), name="unit_has_name"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.full_name


class FormerIdentity(models.Model):
    """What a unit was called and was until a day; that day no longer belongs to it.

    It began when the unit's next older one ended, or with the unit. Today's names and kind stand on the unit alone, so
    that these rows can neither overlap nor leave a hole.
    """

    class DataCare:
        personal = NOBODY
        plain = {"id", "unit", "until", "full_name", "short_name", "kind", "form", "county", "document"}
        keep = FOREVER
        on_unit_merged = Keep()

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_identities")
    until = models.DateField(_("止"))
    full_name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=60)
    kind = models.ForeignKey(UnitKind, models.PROTECT, verbose_name=_("类型"))
    form = models.ForeignKey(UnitForm, models.PROTECT, null=True, verbose_name=_("形式"))
    county = models.ForeignKey(Division, models.PROTECT, null=True, verbose_name=_("所在县区"))
    document = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("曾用名称和类型")
        constraints = [
            models.UniqueConstraint(fields=["unit", "until"], name="identity_one_until_a_day"),
            models.CheckConstraint(condition=~Q(full_name=""), name="identity_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} (-{self.until})"
