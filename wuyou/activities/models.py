"""What the groups do: activities, study, visits and symposia, each recorded once by whoever did it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models import Unit
from wuyou.platform.datacare import Basis, Care, Months
from wuyou.platform.handover import Keep, Move
from wuyou.platform.locking import Versioned

OPEN_NEED = Q(closed="") & ~Q(need="") & ~Q(state="已办结")
"""Which visits heard of a need that is not seen to yet."""


class DeclaredNumber(models.Model):
    """How many activities a unit says it held in a year; shown beside what is recorded, never counted as work done."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "unit", "year", "number", "declared_on", "source_batch"}
        keep = Months(60)
        on_unit_merged = Keep()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="declared_numbers")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("活动次数"))
    declared_on = models.DateField(_("填报日期"))
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("活动次数填报")
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="declared_number_once_a_year")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.number}"


class Visit(models.Model):
    """A call on a person, as a ledger of visits tells of it: occasion, need heard, what was given, how it ended.

    It is no activity record of the group: the two ledgers overlap, and one fact must not count twice.
    """

    class DataCare:
        personal = {
            "person_name": Care("说明走访了谁", Basis.CONSENT, "people.contact.read"),
            "need": Care("帮扶与诉求办理", Basis.SEPARATE_CONSENT, "people.sensitive.read"),
            "handler": Care("说明由谁负责", Basis.OFFICE),
            "note": Care("说明走访情况，可能提到姓名", Basis.OFFICE),
        }
        plain = {
            "id", "unit", "on", "occasion", "cost_fen", "gift", "state", "closed", "recorded_at", "recorded_by",
            "source_batch",
        }  # fmt: skip
        keep = Months(36)
        on_unit_merged = Move(_("未办结的走访诉求"), shown=("person_name", "need"), only=OPEN_NEED)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits", verbose_name=_("组织"))
    on = models.DateField(_("走访日期"))
    person_name = models.CharField(_("走访对象"), max_length=60)
    occasion = models.CharField(_("事由"), max_length=60, blank=True)
    need = models.CharField(_("困难及需求"), max_length=300, blank=True)
    cost_fen = models.BigIntegerField(_("慰问金"), null=True)
    gift = models.CharField(_("慰问品"), max_length=100, blank=True)
    handler = models.CharField(_("责任人"), max_length=40, blank=True)
    state = models.CharField(_("办理情况"), max_length=20, blank=True)
    closed = models.CharField(_("办结日期"), max_length=10, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("走访记录")
        indexes = [models.Index(fields=["unit", "on"], name="visit_by_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(cost_fen=None) | Q(cost_fen__gte=0), name="visit_cost_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.unit_id}"


class Activity(Versioned):
    """Something a unit did on a day. Money in integer fen; None means not said."""

    class DataCare:
        personal = {
            "topic": Care("说明活动内容，可能提到姓名", Basis.OFFICE),
            "note": Care("说明活动情况，可能提到姓名", Basis.OFFICE),
            "leaders": Care("说明哪位领导参加了活动", Basis.OFFICE),
        }
        plain = {
            "id", "version", "unit", "kind", "on", "present", "leaders_present", "cost_fen", "client_key",
            "recorded_at", "recorded_by", "source_batch",
        }  # fmt: skip
        keep = Months(60)
        on_unit_merged = Keep(day="on")

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("活动")
        STUDY = "study", _("学习")
        VISIT = "visit", _("走访")
        SYMPOSIUM = "symposium", _("座谈")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="activities", verbose_name=_("组织"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    on = models.DateField(_("日期"))
    topic = models.CharField(_("主题"), max_length=120, blank=True)
    present = models.PositiveIntegerField(_("参加人数"), null=True)
    leaders_present = models.BooleanField(_("领导参加"), default=False)
    leaders = models.CharField(_("参加的领导"), max_length=120, blank=True)
    cost_fen = models.BigIntegerField(_("费用"), null=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    client_key = models.UUIDField(null=True, unique=True, editable=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("活动记录")
        indexes = [
            models.Index(fields=["unit", "on"], name="activity_by_unit"),
            models.Index(fields=["on", "id"], name="activity_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["activity", "study", "visit", "symposium"]), name="activity_kind_known"
            ),
            models.CheckConstraint(condition=Q(cost_fen=None) | Q(cost_fen__gte=0), name="activity_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.topic}"
