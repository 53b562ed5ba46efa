"""What may be done with summaries, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on summaries."""

    VIEW = "summaries.summary.view"
    EDIT = "summaries.summary.edit"
    FREEZE = "summaries.summary.freeze"


LABELS: dict[str, Any] = {
    P.VIEW: _("查看工作总结"),
    P.EDIT: _("起草和修改工作总结"),
    P.FREEZE: _("工作总结定稿"),
}
ROLES: dict[Role, set[str]] = {
    Role.CITY_OFFICER: {P.VIEW, P.EDIT, P.FREEZE},
    Role.COUNTY_OFFICER: {P.VIEW, P.EDIT, P.FREEZE},
    Role.AUDITOR: {P.VIEW},
}
