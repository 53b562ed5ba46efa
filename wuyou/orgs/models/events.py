"""What befell units, and which unit came of which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models.units import Unit
from wuyou.platform.datacare import FOREVER, NOBODY
from wuyou.platform.handover import Keep
from wuyou.platform.locking import Versioned

KINDS = (
    "establish", "reorganise", "restore", "lapse", "dissolve", "rename", "merge", "split", "split_off", "succeed",
    "upgrade", "downgrade", "change_host", "convert",
)  # fmt: skip


class UnitEvent(Versioned):
    """Something that befell a unit: the life cycle's record, counted by event date for the yearly headline.

    `on` is ISO text as precise as known; at least a year. `has_own_document`: an officer entered it as approved by a
    document of its own; of what ledgers and changes of the organisation tell nobody said so.
    """

    class DataCare:
        personal = NOBODY
        plain = {
            "id", "version", "unit", "kind", "on", "document", "has_own_document", "note", "recorded_at", "source_batch",
        }  # fmt: skip
        keep = FOREVER
        on_unit_merged = Keep()

    class Kind(models.TextChoices):
        ESTABLISH = "establish", _("新建")
        REORGANISE = "reorganise", _("重组")
        RESTORE = "restore", _("恢复")
        LAPSE = "lapse", _("停滞")
        DISSOLVE = "dissolve", _("撤销")
        RENAME = "rename", _("更名")
        MERGE = "merge", _("合并")
        SPLIT = "split", _("拆分")
        SPLIT_OFF = "split_off", _("分出")
        SUCCEED = "succeed", _("承接")
        UPGRADE = "upgrade", _("升格")
        DOWNGRADE = "downgrade", _("降格")
        CHANGE_HOST = "change_host", _("改挂")
        CONVERT = "convert", _("转制")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="events")
    kind = models.CharField(_("事项"), max_length=12, choices=Kind)
    on = models.CharField(_("日期"), max_length=10)
    document = models.CharField(_("文号"), max_length=60, blank=True)
    has_own_document = models.BooleanField(_("文件只批准了这一项"), default=False, editable=False)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("组织沿革")
        indexes = [
            models.Index(fields=["kind", "on"], name="event_by_date"),
            # a unit's newest event until a day and its next one after it are read off this index alone
            models.Index(fields=["unit", "on", "id", "kind"], name="event_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=KINDS),
                name="event_kind_known",
            ),
            models.UniqueConstraint(fields=["unit", "kind", "on"], name="event_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(has_own_document=True) & ~Q(document=""), name="event_document_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class Lineage(models.Model):
    """Which unit went on as which other from a day on; both keep their pages, and the older one its history."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "predecessor", "successor", "on", "kind"}
        keep = FOREVER
        on_unit_merged = {"predecessor": Keep(), "successor": Keep()}

    class Kind(models.TextChoices):
        MERGE = "merge", _("合并")
        SPLIT = "split", _("拆分")
        REORGANISE = "reorganise", _("重组")
        DISSOLVE = "dissolve", _("撤销")

    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="went_on_as")
    successor = models.ForeignKey(Unit, models.CASCADE, related_name="came_of")
    on = models.DateField(_("日期"))
    kind = models.CharField(_("事项"), max_length=12, choices=Kind)

    class Meta:
        verbose_name = _("承接关系")
        constraints = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="lineage_not_of_itself"),
            models.CheckConstraint(
                condition=Q(kind__in=["merge", "split", "reorganise", "dissolve"]), name="lineage_kind_known"
            ),
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="lineage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id}"
