"""Changes of the organisation: what is to happen or happened, to which units, and each row that it touched."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models import Unit
from wuyou.platform.datacare import FOREVER, NOBODY, Basis, Care, Months
from wuyou.platform.handover import Keep
from wuyou.platform.locking import Versioned

KINDS = (
    "merge", "split", "reorganise", "dissolve", "restore", "lapse", "rename", "upgrade", "downgrade", "change_host", "convert",
)  # fmt: skip


class Succession(Versioned):
    """A change of the organisation: a draft first, then carried out, perhaps taken back.

    `plan` is what the draft says (`plan.Plan` as JSON), `outcome` what carrying it out did: sums before and after, rows
    handed over, figures that changed, host units entered. `unit` is the first of the units that change, and says whose
    change it is.
    """

    class DataCare:
        personal = {"note": Care("说明变更经过，可能提到姓名", Basis.OFFICE)}
        plain = {
            "id", "version", "unit", "kind", "on", "document", "shares_document", "state", "plan", "outcome", "begun_at",
            "begun_by", "done_at", "done_by", "job",
        }  # fmt: skip
        keep = Months(120)
        on_unit_merged = Keep()

    class Kind(models.TextChoices):
        MERGE = "merge", _("合并")
        SPLIT = "split", _("拆分")
        REORGANISE = "reorganise", _("重组")
        DISSOLVE = "dissolve", _("撤销")
        RESTORE = "restore", _("恢复")
        LAPSE = "lapse", _("停滞")
        RENAME = "rename", _("更名")
        UPGRADE = "upgrade", _("升格")
        DOWNGRADE = "downgrade", _("降格")
        CHANGE_HOST = "change_host", _("改挂")
        CONVERT = "convert", _("转制")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        CARRIED_OUT = "carried_out", _("已办理")
        TAKEN_BACK = "taken_back", _("已撤回")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("组织"))
    kind = models.CharField(_("事项"), max_length=12, choices=Kind)
    on = models.DateField(_("生效日期"), null=True)
    document = models.CharField(_("批复文号"), max_length=60, blank=True)
    shares_document = models.BooleanField(_("同一份文件还批准了别的变更"), default=False)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT)
    plan = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    job = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("组织变更")
        indexes = [models.Index(fields=["state", "on"], name="succession_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="succession_kind_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state__in=["carried_out", "taken_back"], on__isnull=False),
                name="succession_done_has_day",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state="carried_out", shares_document=False) & ~Q(document=""),
                name="succession_document_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Party(models.Model):
    """A unit that takes part in a change: as one that gives up or changes, as one that goes on, or as both."""

    class DataCare:
        personal = NOBODY
        plain = {"id", "succession", "unit", "role"}
        keep = FOREVER
        on_unit_merged = Keep()

    class Role(models.TextChoices):
        PREDECESSOR = "predecessor", _("原组织")
        HEIR = "heir", _("承接组织")

    succession = models.ForeignKey(Succession, models.CASCADE, related_name="parties")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="changes")
    role = models.CharField(max_length=12, choices=Role)

    class Meta:
        verbose_name = _("变更涉及的组织")
        constraints = [
            models.UniqueConstraint(fields=["succession", "unit", "role"], name="party_once"),
            models.CheckConstraint(condition=Q(role__in=["predecessor", "heir"]), name="party_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.role}"


class Step(models.Model):
    """Rows of one table that a change made, changed or removed together; read backwards it takes the change back.

    `table` is the model's label, `ids` the keys of its rows. `before` and `after` are the values of the columns that
    changed, the same for all of them; of rows made only `after`, of rows removed `before` holds each row whole, in the
    order of `ids`.
    """

    class DataCare:
        personal = NOBODY
        plain = {"id", "succession", "number", "table", "action", "ids", "before", "after"}
        keep = FOREVER

    class Action(models.TextChoices):
        MADE = "made"
        CHANGED = "changed"
        REMOVED = "removed"

    succession = models.ForeignKey(Succession, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=60)
    action = models.CharField(max_length=7, choices=Action)
    ids = models.JSONField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("变更步骤")
        constraints = [models.UniqueConstraint(fields=["succession", "number"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.table} {self.action}"
