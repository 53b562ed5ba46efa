"""What a unit is tied to from a day until a day: who guides and leads it, where it sits and meets, whom it serves."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models.tables import HostUnit
from wuyou.orgs.models.units import Unit
from wuyou.places.models import Division
from wuyou.platform.datacare import FOREVER, NOBODY, Basis, Care
from wuyou.platform.handover import Carry, Keep
from wuyou.platform.locking import Versioned


class Dated(models.Model):
    """A fact that holds from a day until a day; the end day no longer belongs to it."""

    start = models.DateField(_("起"), null=True)
    end = models.DateField(_("止"), null=True)

    class Meta:
        abstract = True


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")), name=name)


class Placement(Versioned, Dated):
    """Under which federation a unit is guided, and since when: the vertical line of the tree."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "version", "unit", "parent", "document", "start", "end"}
        keep = FOREVER
        on_unit_merged = {"unit": Keep(), "parent": Carry(_("下级组织"), shown=("unit__short_name",))}

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
        on_unit_merged = Carry(_("领导单位"), shown=("body",), key=("body",))

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
        on_unit_merged = Carry(_("挂靠单位"), shown=("host__name",), key=("host",))

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
        on_unit_merged = Carry(_("服务区域"), shown=("division__name",), key=("division",))

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
        on_unit_merged = Carry(_("阵地"), shown=("name",))

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
