"""Units of the organisation and every dated fact about them.

Only what holds today stands on the unit itself (path, state, names) so that lists are quick; the dated rows are the
record. All of it is written by `services`.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs import rules
from wuyou.places.models import Division
from wuyou.platform.datacare import FOREVER, Basis, Care, OnMerge
from wuyou.platform.locking import Versioned
from wuyou.platform.scoping import PathField

NOBODY: dict[str, Care] = {}


class OfficeRow(Versioned):
    """A row of a table that an office edits. What is no longer wanted is retired: offered no more, kept where it is used."""

    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        abstract = True


class UnitKind(OfficeRow):
    """A kind of unit that an office edits: 市侨联, 县侨联, 华侨农场, 企业, 高校, 街道社区 …"""

    class DataCare:
        personal = NOBODY
        plain = {"id", "version", "code", "name", "name_en", "is_federation", "order", "is_active"}
        keep = FOREVER

    code = models.CharField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=30, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    is_federation = models.BooleanField(_("县级以上侨联"), default=False)
    order = models.PositiveSmallIntegerField(_("排列"), default=100)

    class Meta:
        verbose_name = _("组织类型")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> rules.Level:
        """At which level its units stand."""
        return rules.level_of(self.code, is_federation=self.is_federation)


class UnitForm(OfficeRow):
    """A form that a grassroots unit takes by its size: 侨联小组, 侨联联络组, 归国华侨联合会; an editable threshold table."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "version", "code", "name", "name_en", "min_people", "source", "is_active"}
        keep = FOREVER

    code = models.CharField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=30, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    min_people = models.PositiveIntegerField(_("最少人数"))
    source = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("组织形式")
        ordering = ["min_people", "id"]
        constraints = [
            models.UniqueConstraint(fields=["min_people"], condition=Q(is_active=True), name="form_one_for_a_size")
        ]

    def __str__(self) -> str:
        return self.name


class HostUnit(models.Model):
    """A 挂靠单位: the enterprise, school, office or community at which groups sit; several groups may share one."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "name", "county", "pinyin"}
        keep = FOREVER

    name = models.CharField(_("名称"), max_length=100)
    county = models.ForeignKey(Division, models.PROTECT, null=True, verbose_name=_("所在县区"))
    pinyin = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("挂靠单位")
        constraints = [
            models.UniqueConstraint(fields=["name", "county"], name="host_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(county=None), name="host_once_without_county"),
        ]

    def __str__(self) -> str:
        return self.name


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
        on_unit_merged = OnMerge.KEEP

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


class Dated(models.Model):
    """A fact that holds from a day until a day; the end day no longer belongs to it."""

    start = models.DateField(_("起"), null=True)
    end = models.DateField(_("止"), null=True)

    class Meta:
        abstract = True


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")), name=name)


class Placement(Dated):
    """Under which federation a unit is guided, and since when: the vertical line of the tree."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "unit", "parent", "document", "start", "end"}
        keep = FOREVER
        on_unit_merged = OnMerge.KEEP

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="placed")
    document = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("指导关系")
        constraints = [
            _ends_after_start("placement_ends_after_start"),
            models.CheckConstraint(condition=~Q(parent=F("unit")), name="placement_not_own_parent"),
            models.UniqueConstraint(fields=["unit"], condition=Q(end=None), name="placement_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"


class LedBy(Dated):
    """Which body leads a unit (commonly the host unit's party committee), and since when: the second line."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "unit", "body", "start", "end"}
        keep = FOREVER
        on_unit_merged = OnMerge.KEEP

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="led_by")
    body = models.CharField(_("领导单位"), max_length=100)

    class Meta:
        verbose_name = _("领导关系")
        constraints = [_ends_after_start("led_by_ends_after_start")]

    def __str__(self) -> str:
        return self.body


class Hosting(Dated):
    """At which host unit a group sits, and since when; a cross-unit group has several at a time."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "unit", "host", "start", "end"}
        keep = FOREVER
        on_unit_merged = OnMerge.KEEP

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="hostings")
    host = models.ForeignKey(HostUnit, models.PROTECT, related_name="hostings")

    class Meta:
        verbose_name = _("挂靠关系")
        constraints = [
            _ends_after_start("hosting_ends_after_start"),
            models.UniqueConstraint(fields=["unit", "host"], condition=Q(end=None), name="hosting_one_open"),
        ]

    def __str__(self) -> str:
        return str(self.host_id)


class AreaServed(Dated):
    """Which division a unit serves, and since when: whose people it reaches."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "unit", "division", "start", "end"}
        keep = FOREVER
        on_unit_merged = OnMerge.KEEP

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="areas")
    division = models.ForeignKey(Division, models.PROTECT, related_name="served_by")

    class Meta:
        verbose_name = _("服务区域")
        constraints = [
            _ends_after_start("area_ends_after_start"),
            models.UniqueConstraint(fields=["unit", "division"], condition=Q(end=None), name="area_one_open"),
        ]

    def __str__(self) -> str:
        return str(self.division_id)


class Venue(Versioned, Dated):
    """A 阵地: where a unit's people meet, by what right, how large, when open. `area_m2` None means not known."""

    class DataCare:
        personal = {"address": Care("说明活动阵地在哪里", Basis.OFFICE)}
        plain = {
            "id", "version", "unit", "name", "right", "area_m2", "is_shared", "hours", "start", "end", "source_batch",
        }  # fmt: skip
        keep = FOREVER
        on_unit_merged = OnMerge.KEEP

    class Right(models.TextChoices):
        OWN = "own", _("自有")
        FREE = "free", _("无偿使用")
        RENTED = "rented", _("租用")
        UNKNOWN = "unknown", _("未登记")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="venues")
    end = models.DateField(_("停用日期"), null=True)
    name = models.CharField(_("名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    right = models.CharField(_("使用权"), max_length=10, choices=Right, default=Right.UNKNOWN)
    area_m2 = models.DecimalField(_("面积（平方米）"), max_digits=9, decimal_places=2, null=True)
    is_shared = models.BooleanField(_("与其他组织共用"), default=False)
    hours = models.CharField(_("开放时间"), max_length=60, blank=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("阵地")
        constraints = [
            _ends_after_start("venue_ends_after_start"),
            models.CheckConstraint(
                condition=Q(right__in=["own", "free", "rented", "unknown"]), name="venue_right_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitEvent(models.Model):
    """Something that befell a unit: the life cycle's record, counted by event date for the yearly headline.

    `on` is ISO text as precise as known; at least a year.
    """

    class DataCare:
        personal = NOBODY
        plain = {"id", "unit", "kind", "on", "document", "note", "recorded_at", "source_batch"}
        keep = FOREVER
        on_unit_merged = OnMerge.KEEP

    class Kind(models.TextChoices):
        ESTABLISH = "establish", _("新建")
        REORGANISE = "reorganise", _("重组")
        RESTORE = "restore", _("恢复")
        LAPSE = "lapse", _("停滞")
        DISSOLVE = "dissolve", _("撤销")
        RENAME = "rename", _("更名")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="events")
    kind = models.CharField(_("事项"), max_length=12, choices=Kind)
    on = models.CharField(_("日期"), max_length=10)
    document = models.CharField(_("文号"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("组织沿革")
        indexes = [models.Index(fields=["kind", "on"], name="event_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["establish", "reorganise", "restore", "lapse", "dissolve", "rename"]),
                name="event_kind_known",
            ),
            models.UniqueConstraint(fields=["unit", "kind", "on"], name="event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"
