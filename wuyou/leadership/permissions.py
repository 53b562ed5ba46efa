"""What may be done with seats and terms, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on seats and terms."""

    VIEW = "leadership.seat.view"
    EDIT = "leadership.seat.edit"


LABELS: dict[str, Any] = {P.VIEW: _("查看班子"), P.EDIT: _("登记任职和届期")}
ROLES: dict[Role, set[str]] = {
    Role.CITY_OFFICER: {P.VIEW, P.EDIT},
    Role.COUNTY_OFFICER: {P.VIEW, P.EDIT},
    Role.GROUP_LEADER: {P.VIEW},
    Role.AUDITOR: {P.VIEW},
}
