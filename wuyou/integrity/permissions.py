"""Who may have the records checked by default: the offices, each for its own units. A leader mends at his group's own page."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on the checking of records."""

    VIEW = "integrity.checks.view"


LABELS: dict[str, Any] = {P.VIEW: _("核对资料")}
ROLES: dict[Role, set[str]] = {
    Role.ADMINISTRATOR: {P.VIEW},
    Role.CITY_OFFICER: {P.VIEW},
    Role.COUNTY_OFFICER: {P.VIEW},
    Role.AUDITOR: {P.VIEW},
}
