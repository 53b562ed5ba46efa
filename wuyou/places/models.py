"""Administrative divisions, from province to village, with their history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.platform.datacare import FOREVER, Care
from wuyou.platform.scoping import PathField


class Division(models.Model):
    """A 行政区划. Its code is text with a level of its own; two public lists number townships differently.

    `path` is made of codes ("/530000/530300/530302/"). `valid_until` is the day it ceased; `successor` took its place.
    """

    class DataCare:
        personal: dict[str, Care] = {}
        plain = {
            "id", "code", "other_code", "level", "name", "short_name", "parent", "path", "valid_from", "valid_until",
            "successor", "pinyin", "source",
        }  # fmt: skip
        keep = FOREVER

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("省级")
        CITY = 2, _("地级")
        COUNTY = 3, _("县级")
        TOWNSHIP = 4, _("乡级")
        VILLAGE = 5, _("村级")

    code = models.CharField(_("代码"), max_length=20, unique=True)
    other_code = models.CharField(_("其他代码"), max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level)
    name = models.CharField(_("名称"), max_length=60, db_index=True)
    short_name = models.CharField(_("简称"), max_length=60, db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级"))
    path = PathField(db_index=True)
    valid_from = models.DateField(_("设立日期"), null=True)
    valid_until = models.DateField(_("撤销日期"), null=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="predecessors", verbose_name=_("后继")
    )
    pinyin = models.CharField(max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=80)

    class Meta:
        verbose_name = _("行政区划")
        indexes = [models.Index(fields=["parent", "pinyin"], name="division_children")]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="division_level_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=models.F("valid_from")),
                name="division_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
