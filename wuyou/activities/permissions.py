"""What may be done with activity records, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on activities."""

    VIEW = "activities.activity.view"
    RECORD = "activities.activity.record"


LABELS: dict[str, Any] = {P.VIEW: _("查看活动记录"), P.RECORD: _("记录活动和走访")}
ROLES: dict[Role, set[str]] = {
    Role.CITY_OFFICER: {P.VIEW, P.RECORD},
    Role.COUNTY_OFFICER: {P.VIEW, P.RECORD},
    Role.GROUP_LEADER: {P.VIEW, P.RECORD},
    Role.AUDITOR: {P.VIEW},
}
