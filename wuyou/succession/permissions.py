"""What may be done with changes of the organisation, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on changes of the organisation; whoever sees a unit sees what became of it."""

    CHANGE = "succession.change.edit"


LABELS: dict[str, Any] = {P.CHANGE: _("办理组织的合并、拆分、重组、撤销和更名")}
ROLES: dict[Role, set[str]] = {
    Role.CITY_OFFICER: {P.CHANGE},
    Role.COUNTY_OFFICER: {P.CHANGE},
}
