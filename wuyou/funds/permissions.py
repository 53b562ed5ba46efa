"""What may be done with fund entries, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on fund entries."""

    VIEW = "funds.entry.view"
    RECORD = "funds.entry.record"


LABELS: dict[str, Any] = {P.VIEW: _("查看经费"), P.RECORD: _("登记经费")}
ROLES: dict[Role, set[str]] = {
    Role.CITY_OFFICER: {P.VIEW, P.RECORD},
    Role.COUNTY_OFFICER: {P.VIEW, P.RECORD},
    Role.GROUP_LEADER: {P.VIEW, P.RECORD},
    Role.AUDITOR: {P.VIEW},
}
