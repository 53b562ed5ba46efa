"""Who signs in, and what they may do where until when."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role
from wuyou.orgs.models import Unit
from wuyou.people.models import Person
from wuyou.platform.datacare import Basis, Care, Months, OnMerge
from wuyou.platform.handover import Carry

SECURITY = "accounts.user.manage"


class User(AbstractUser):
    """Somebody who signs in. Rights come from grants alone; Django's own flags are not used."""

    class DataCare:
        personal = {
            "username": Care("登录", Basis.OFFICE, SECURITY),
            "first_name": Care("不使用", Basis.OFFICE, SECURITY),
            "last_name": Care("不使用", Basis.OFFICE, SECURITY),
            "email": Care("找回密码", Basis.OFFICE, SECURITY),
            "name": Care("在记录中说明是谁办理的", Basis.OFFICE),
            "password": Care("登录", Basis.OFFICE, SECURITY),
            "last_login": Care("只给本人和安全管理员看", Basis.OFFICE, SECURITY),
        }
        plain = {"id", "is_superuser", "is_staff", "is_active", "date_joined", "person", "large_text"}
        keep = Months(12)
        on_person_merged = OnMerge.MOVE

    name = models.CharField(_("姓名"), max_length=60)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, verbose_name=_("成员"))
    large_text = models.BooleanField(_("大字版"), default=False)

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name or self.username


class Grant(models.Model):
    """A role on a unit and all below it, from a day until a day."""

    class DataCare:
        personal = {"user": Care("说明谁有什么权限", Basis.OFFICE)}
        plain = {"id", "role", "unit", "start", "end", "reason"}
        keep = Months(36)
        on_unit_merged = Carry(
            _("登录权限"), shown=("user__name", "get_role_display"), key=("user", "role"), rights=True
        )

    ROLES = [
        (Role.ADMINISTRATOR, _("系统管理员")),
        (Role.CITY_OFFICER, _("市侨联干部")),
        (Role.COUNTY_OFFICER, _("县侨联干部")),
        (Role.GROUP_LEADER, _("小组负责人")),
        (Role.AUDITOR, _("审计员")),
    ]

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(_("角色"), max_length=20, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants", verbose_name=_("组织"))
    start = models.DateField(_("起"))
    end = models.DateField(_("止"), null=True)
    reason = models.CharField(_("理由"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("授权")
        constraints = [
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="grant_ends_after_start"),
            models.CheckConstraint(condition=Q(role__in=[str(role) for role in Role]), name="grant_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} @ {self.unit_id}"

    def is_in_force(self, day: date) -> bool:
        """Say whether the grant counts on a day."""
        return self.start <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Say whether the grant counts no more on a day; one that has not begun is not over."""
        return self.end is not None and self.end <= max(day, self.start)
