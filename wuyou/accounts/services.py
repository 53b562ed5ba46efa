"""Adding users, giving and ending grants."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from wuyou.accounts import queries, rules
from wuyou.accounts.models import Grant, User
from wuyou.accounts.permissions import P
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound, Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.platform import audit
from wuyou.platform.service import service


@service
def add_user(*, actor: Actor, username: str, name: str, password: str) -> User:
    """Add somebody who may sign in; without a grant he sees nothing.

    Raises: Forbidden, Refused (name taken, password too weak).
    """
    if not actor.can(P.MANAGE):
        raise Forbidden(P.MANAGE)
    user = User(username=username.strip(), name=name.strip())
    if not user.username or not user.name:
        raise Refused(Reason("请填写登录名和姓名。", "username"))
    if User.objects.filter(username__iexact=user.username).exists():
        raise Refused(Reason("这个登录名已有人使用，没有新增；请换一个登录名。", "username"))
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused(*(Reason(text, "password") for text in weak.messages)) from weak
    user.set_password(password)
    user.save(force_insert=True)
    audit.record(actor, "accounts.user.added", user, username=user.username)
    return user


@service
def give_grant(*, actor: Actor, user_id: int, role: str, unit_id: int, start: date | None = None, end: date | None = None,
               reason: str = "") -> Grant:  # fmt: skip
    """Give a user a role on a unit and all below it. A replay of a grant that counts, or will, returns it.

    Raises: NotFound, Forbidden, Refused (own grant, an end before its beginning, held already with other days or another
    reason, role does not fit the unit or the roles held in those days).
    """
    unit = orgs.unit(actor, unit_id, needs=P.MANAGE)
    user = _user_for_update(actor, user_id)
    told, start = (start, end, reason), start or clock.today()
    held = queries.meeting(user_id, max(start, clock.today()), end)
    same = next((g for g in held if (g.role, g.unit_id) == (role, unit_id)), None)
    if same is not None:
        rules.grant_again(told=told, held=(same.start, same.end, same.reason)).or_refuse()
        return same
    rules.grant_allowed(
        role=role, level=unit.kind.level, start=start, end=end, own=user_id == actor.user_id
    ).or_refuse()
    rules.roles_compatible(held=frozenset(g.role for g in held), role=role).or_refuse()
    grant = Grant.objects.create(user=user, role=role, unit=unit, start=start, end=end, reason=reason)
    audit.record(actor, "accounts.grant.given", grant, path=unit.path, user=user_id, role=role, unit=unit_id)
    return grant


def _user_for_update(actor: Actor, user_id: int) -> User:
    """Return a user, locked until the transaction ends: two grants given at once are weighed one after the other."""
    queries.user(actor, user_id)
    return User.objects.select_for_update(of=("self",)).get(pk=user_id)


@service
def end_grant(*, actor: Actor, grant_id: int) -> Grant:
    """End a grant today, or before it begins; it counts no more from the next request on. Raises NotFound, Forbidden."""
    grant = Grant.objects.select_related("unit").filter(pk=grant_id).first()
    if grant is None:
        raise NotFound
    orgs.unit(actor, grant.unit_id, needs=P.MANAGE)
    if not grant.is_over(clock.today()):
        grant.end = max(clock.today(), grant.start)
        grant.save(update_fields=["end"])
        audit.record(actor, "accounts.grant.ended", grant, path=grant.unit.path, user=grant.user_id, role=grant.role)
    return grant


@service
def choose_large_text(*, actor: Actor, user_id: int, large: bool) -> None:
    """Keep somebody's own choice of the large-text edition. Raises Forbidden for anybody else's."""
    if actor.user_id != user_id:
        raise Forbidden
    User.objects.filter(pk=user_id).update(large_text=large)
    audit.record(actor, "accounts.user.chose_text", None, large=large)
