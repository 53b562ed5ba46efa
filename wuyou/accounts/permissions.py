"""What may be done with users and grants, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on users."""

    MANAGE = "accounts.user.manage"


LABELS: dict[str, Any] = {P.MANAGE: _("管理用户和授权")}
ROLES: dict[Role, set[str]] = {Role.ADMINISTRATOR: {P.MANAGE}}
