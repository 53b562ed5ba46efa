"""Who may see coverage by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on coverage."""

    VIEW = "coverage.table.view"


LABELS: dict[str, Any] = {P.VIEW: _("查看覆盖情况")}
ROLES: dict[Role, set[str]] = {
    Role.CITY_OFFICER: {P.VIEW},
    Role.COUNTY_OFFICER: {P.VIEW},
    Role.AUDITOR: {P.VIEW},
}
