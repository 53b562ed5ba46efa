"""What may be done with persons' data, and who may by default. Seniority alone opens no telephone number."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on persons."""

    VIEW = "people.person.view"
    REGISTER = "people.person.register"
    READ_CONTACT = "people.contact.read"
    READ_SENSITIVE = "people.sensitive.read"
    COUNT = "people.count.view"
    DECLARE = "people.count.declare"
    EXPORT = "people.person.export"


LABELS: dict[str, Any] = {
    P.VIEW: _("查看成员名单"),
    P.REGISTER: _("登记成员"),
    P.READ_CONTACT: _("查看成员的电话和住址"),
    P.READ_SENSITIVE: _("查看成员的身份证号、出生日期和困难情况"),
    P.COUNT: _("查看人数"),
    P.DECLARE: _("填报人数"),
    P.EXPORT: _("导出成员名单"),
}
ROLES: dict[Role, set[str]] = {
    Role.ADMINISTRATOR: set(),
    Role.CITY_OFFICER: {P.VIEW, P.REGISTER, P.COUNT, P.DECLARE, P.EXPORT},
    Role.COUNTY_OFFICER: {P.VIEW, P.REGISTER, P.READ_CONTACT, P.READ_SENSITIVE, P.COUNT, P.DECLARE, P.EXPORT},
    Role.GROUP_LEADER: {P.VIEW, P.REGISTER, P.READ_CONTACT, P.COUNT},
    Role.AUDITOR: {P.COUNT},
}
