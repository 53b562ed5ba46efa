"""Standards and rubrics as data: a published version never changes, an edit makes the next one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.platform.datacare import FOREVER, Care
from wuyou.platform.locking import Versioned


class Scheme(models.Model):
    """A standard (五有) or a rubric (年度考核), by its code; what it demands stands in its versions."""

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {"id", "code", "kind", "title", "title_en", "issued_by"}
        keep = FOREVER

    class Kind(models.TextChoices):
        STANDARD = "standard", _("五有标准")
        RUBRIC = "rubric", _("考核评分表")

    code = models.CharField(_("代码"), max_length=40, unique=True)
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    title = models.CharField(_("名称"), max_length=100)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    issued_by = models.CharField(_("依据文件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("标准")

    def __str__(self) -> str:
        return self.title


class SchemeVersion(Versioned):
    """One version of a scheme: a draft may change, a published one never does, but for being retired (triggers see to it).

    `document` is the one by which the version was issued. `effective_until` is the first day on which it no longer holds.
    """

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {
            "id", "version", "scheme", "number", "state", "effective_from", "effective_until", "document", "content",
            "content_hash", "published_at", "source_batch",
        }  # fmt: skip
        keep = FOREVER

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        RETIRED = "retired", _("已停用")

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    effective_from = models.DateField(_("施行日期"), null=True)
    effective_until = models.DateField(_("停用日期"), null=True)
    document = models.CharField(_("发布文件"), max_length=200, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    source_batch = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("标准版本")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "retired"]), name="version_state_known"
            ),
        ]

    def __str__(self) -> str:
        return _("《%(title)s》第 %(number)d 版") % {"title": self.scheme.title, "number": self.number}
