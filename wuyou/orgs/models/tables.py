"""What an office lists of its units: kinds, forms by size, host units."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.orgs import rules
from wuyou.places.models import Division
from wuyou.platform.datacare import FOREVER, NOBODY
from wuyou.platform.locking import Versioned


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
