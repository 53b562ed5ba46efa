"""What may be done with divisions, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on divisions."""

    LOAD = "places.division.load"


LABELS: dict[str, Any] = {P.LOAD: _("载入行政区划")}
ROLES: dict[Role, set[str]] = {Role.ADMINISTRATOR: {P.LOAD}}
