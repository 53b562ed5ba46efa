"""Who signs in with which rights. For those who manage users; the names of users stay on the page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.accounts import queries as accounts
from wuyou.accounts.models import Grant
from wuyou.accounts.permissions import P
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import closed_units, living_units
from wuyou.kernel.roles import Role
from wuyou.orgs import rules as org_rules
from wuyou.platform.scoping import scope


def _grants(seen: Inspection) -> list[tuple[int, int, str]]:
    """Return the grants that count on the day where the actor manages users, as (user id, unit id, role), by unit."""
    rows = accounts.in_force(seen.day).filter(scope(seen.actor, P.MANAGE, "unit__path"), user__is_active=True)
    return list(rows.order_by("unit__path", "pk").values_list("user_id", "unit_id", "role"))


def closed_with_grants(seen: Inspection) -> Iterator[Offender]:
    """Yield the dissolved units on which somebody still holds a role: once for each grant."""
    roles = dict(Grant.ROLES)
    by_unit: dict[int, list[tuple[int, str]]] = {}
    for user_id, unit_id, role in seen.read(_grants):
        by_unit.setdefault(unit_id, []).append((user_id, role))
    for unit in seen.read(closed_units):
        for user_id, role in by_unit.get(unit.id, ()):
            yield unit.found(_("已撤销，“%(role)s”的授权仍有效") % {"role": roles[Role(role)]}, user_id)


def user_without_grant(seen: Inspection) -> Iterator[Offender]:
    """Yield the users who may sign in and hold no role on any unit, by user name."""
    held = set(accounts.in_force(seen.day).values_list("user_id", flat=True))
    for user in accounts.users(seen.actor):
        if user.is_active and user.pk not in held:
            yield Offender(user.username, _("没有任何有效的授权"), key=user.pk)


def office_without_officer(seen: Inspection) -> Iterator[Offender]:
    """Yield the living county offices for which no county officer can sign in."""
    manned = {unit_id for _user, unit_id, role in seen.read(_grants) if role == Role.COUNTY_OFFICER}
    for unit in seen.read(living_units):
        if (
            unit.kind_code == org_rules.COUNTY_FEDERATION
            and unit.id not in manned
            and seen.actor.can(P.MANAGE, unit.path)
        ):
            yield unit.found(_("没有县侨联干部的用户"))


CHECKS = (
    Check(
        "accounts.closed_with_grants", gettext_lazy("撤销的组织还有授权"), Severity.MEND,
        gettext_lazy("组织撤销后，原来的人还能看到和修改它的资料。"),
        gettext_lazy("请停用这项授权；此人转到接续的组织的，请另行授权。"),
        closed_with_grants, "accounts:user", P.MANAGE, reads=P.MANAGE,
    ),
    Check(
        "accounts.user_without_grant", gettext_lazy("没有授权的用户"), Severity.LOOK,
        gettext_lazy("没有授权的用户登录后看不到任何内容，多半是新增以后忘了授权。"),
        gettext_lazy("请给还要用的用户授权；不再用的可以留着，它看不到任何资料。"),
        user_without_grant, "accounts:user", P.MANAGE, reads=P.MANAGE, names_users=True,
    ),
    Check(
        "accounts.office_without_officer", gettext_lazy("县侨联没有用户"), Severity.LOOK,
        gettext_lazy("县侨联没有人能登录，本县的资料就没有人维护。"),
        gettext_lazy("请新增用户，并授予“县侨联干部”。"),
        office_without_officer, "accounts:users", P.MANAGE, reads=P.MANAGE, keyed=False,
    ),
)  # fmt: skip
