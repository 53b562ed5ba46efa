"""What may be done with units, and who may by default."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.roles import Role


class P(StrEnum):
    """Permissions on units."""

    VIEW = "orgs.unit.view"
    EDIT = "orgs.unit.edit"
    FOUND = "orgs.unit.found"
    EDIT_VENUE = "orgs.venue.edit"
    EDIT_TABLES = "orgs.tables.edit"
    VIEW_TARGETS = "orgs.targets.view"
    EDIT_TARGETS = "orgs.targets.edit"


LABELS: dict[str, Any] = {
    P.VIEW: _("查看组织"),
    P.EDIT: _("修改组织资料和登记沿革"),
    P.FOUND: _("新建组织"),
    P.EDIT_VENUE: _("登记阵地"),
    P.EDIT_TABLES: _("修改组织类型、形式、职务和资金来源等表"),
    P.VIEW_TARGETS: _("查看目标计划和进度"),
    P.EDIT_TARGETS: _("制定和修改目标计划"),
}
_OFFICE: set[str] = {P.VIEW, P.EDIT, P.FOUND, P.EDIT_VENUE, P.VIEW_TARGETS, P.EDIT_TARGETS}
ROLES: dict[Role, set[str]] = {
    Role.ADMINISTRATOR: {P.VIEW, P.VIEW_TARGETS, P.EDIT_TABLES},
    Role.CITY_OFFICER: {*_OFFICE, P.EDIT_TABLES},
    Role.COUNTY_OFFICER: _OFFICE,
    Role.GROUP_LEADER: {P.VIEW, P.EDIT_VENUE},
    Role.AUDITOR: {P.VIEW, P.VIEW_TARGETS},
}
