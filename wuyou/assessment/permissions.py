"""What may be done with standards and verdicts, and who may by default.

Whoever may see verdicts may see the registers they rest on; a test holds the two together.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on standards and verdicts."""

    VIEW = "assessment.verdict.view"
    VIEW_STANDARD = "assessment.standard.view"
    EDIT_STANDARD = "assessment.standard.edit"


LABELS: dict[str, Any] = {
    P.VIEW: _("查看五有情况"),
    P.VIEW_STANDARD: _("查看标准和评分表"),
    P.EDIT_STANDARD: _("修改和发布五有标准"),
}
ROLES: dict[Role, set[str]] = {
    Role.ADMINISTRATOR: {P.VIEW_STANDARD, P.EDIT_STANDARD},
    Role.CITY_OFFICER: {P.VIEW, P.VIEW_STANDARD, P.EDIT_STANDARD},
    Role.COUNTY_OFFICER: {P.VIEW, P.VIEW_STANDARD},
    Role.GROUP_LEADER: {P.VIEW, P.VIEW_STANDARD},
    Role.AUDITOR: {P.VIEW, P.VIEW_STANDARD},
}
