"""The annual work summary: words of the office around figures of the registers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs.models import Unit
from wuyou.platform.datacare import FOREVER, Basis, Care
from wuyou.platform.handover import Keep
from wuyou.platform.locking import Versioned


class Summary(Versioned):
    """A summary of one year by one unit. While it is a draft its figures are live; frozen, they stand as they were."""

    class DataCare:
        personal = {"body": Care("工作总结正文，可能提到姓名", Basis.OFFICE)}
        plain = {
            "id",
            "version",
            "unit",
            "year",
            "edition",
            "state",
            "title",
            "subtitle",
            "number",
            "as_of",
            "figures",
            "frozen_at",
        }
        keep = FOREVER
        on_unit_merged = Keep()

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        FROZEN = "frozen", _("已定稿")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="summaries")
    year = models.PositiveSmallIntegerField(_("年度"))
    edition = models.PositiveSmallIntegerField(_("稿次"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("标题"), max_length=120)
    subtitle = models.CharField(_("副标题"), max_length=120, blank=True)
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    body = models.TextField(_("正文"))
    as_of = models.DateField(_("数据截至"))
    figures = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("工作总结")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "edition"], name="summary_edition_once"),
            models.CheckConstraint(condition=Q(state__in=["draft", "frozen"]), name="summary_state_known"),
        ]

    def __str__(self) -> str:
        return self.subtitle or self.title
