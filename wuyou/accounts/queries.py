"""Reading users and grants, and building the actor of a request or job."""

from datetime import date

from django.db.models import F, Q, QuerySet

from wuyou.accounts.models import Grant, User
from wuyou.accounts.permissions import P
from wuyou.accounts.rules import LEVELS
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor, Holding
from wuyou.kernel.refusals import NotFound
from wuyou.kernel.roles import Role
from wuyou.orgs import queries as orgs
from wuyou.orgs.rules import level_of
from wuyou.platform import permissions
from wuyou.platform.scoping import scope


def actor_of(user_id: int | None) -> Actor:
    """Return the actor of a user with the grants in force today; an unknown or closed user has none."""
    if user_id is None:
        return Actor(None, "")
    held = in_force(clock.today()).filter(user=user_id, user__is_active=True).select_related("unit", "user")
    grants = list(held.order_by("pk"))
    user = grants[0].user if grants else User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return Actor(None, "")
    holdings = tuple(
        Holding(Role(g.role), g.unit_id, g.unit.path, permissions.of_role(Role(g.role)), g.unit.short_name)
        for g in grants
    )
    return Actor(user.pk, str(user), holdings)


def in_force(day: date) -> QuerySet[Grant]:
    """Return the grants in force on a day."""
    return Grant.objects.filter(Q(end=None) | Q(end__gt=day), start__lte=day)


def meeting(user_id: int, since: date, until: date | None) -> list[Grant]:
    """Return a user's grants that count on some day from `since` until `until` (None = for good), whoever gave them."""
    found = Grant.objects.filter(Q(end=None) | Q(end__gt=since) & Q(end__gt=F("start")), user=user_id)
    return list((found if until is None else found.filter(start__lt=until)).order_by("pk"))


def users(actor: Actor) -> list[User]:
    """Return the users with a grant on the actor's units, and those without any, by user name."""
    return list(_known(actor).order_by("username"))


def user(actor: Actor, user_id: int) -> User:
    """Return one user of those. Raises NotFound."""
    found = _known(actor).filter(pk=user_id).first()
    if found is None:
        raise NotFound
    return found


def grants(actor: Actor) -> list[Grant]:
    """Return all grants on the actor's units, those that are over last, by user name."""
    found = _grants(actor).select_related("user", "unit").order_by("user__username", "pk")
    return sorted(found, key=lambda grant: grant.is_over(clock.today()))


def grants_of(actor: Actor, user_id: int) -> list[Grant]:
    """Return a user's grants, newest first. Raises NotFound."""
    user(actor, user_id)
    return list(_grants(actor).filter(user=user_id).select_related("unit").order_by("-start", "-pk"))


def roles_to_give(actor: Actor) -> set[Role]:
    """Return the roles that are made for some unit on which the actor manages grants."""
    kinds = orgs.visible(actor, P.MANAGE).order_by().values_list("kind__code", "kind__is_federation").distinct()
    levels = {level_of(code, is_federation=is_federation) for code, is_federation in kinds}
    return {role for role, fitting in LEVELS.items() if fitting & levels}


def _known(actor: Actor) -> QuerySet[User]:
    """Return the users with a grant on the actor's units, and those without any; none to who manages no users."""
    found = User.objects.filter(Q(grants__in=_grants(actor)) | Q(grants=None)).distinct()
    return found if actor.can(P.MANAGE) else found.none()


def _grants(actor: Actor) -> QuerySet[Grant]:
    return Grant.objects.filter(scope(actor, P.MANAGE, "unit__path"))


def sight_changes(before: str, after: str, permission: str) -> tuple[list[Grant], list[Grant]]:
    """Return whose sight of a unit changes when its path does: the grants by which somebody loses it, and gains it.

    A user who sees it both ways is in neither; grants without the permission do not count. By unit, then by name.
    """
    above = {step: {int(part) for part in step.split("/") if part} for step in (before, after)}
    found = in_force(clock.today()).filter(unit__in=above[before] | above[after], user__is_active=True)
    held = [
        grant
        for grant in found.select_related("user", "unit").order_by("unit__path", "user__name", "pk")
        if permission in permissions.of_role(Role(grant.role))
    ]
    seeing = {step: {grant.user_id for grant in held if grant.unit_id in above[step]} for step in above}
    lost = [g for g in held if g.unit_id in above[before] and g.user_id not in seeing[after]]
    gained = [g for g in held if g.unit_id in above[after] and g.user_id not in seeing[before]]
    return lost, gained
