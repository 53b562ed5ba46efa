"""Who signs in to the demonstration: one user per role, an officer for every county, and some leaders of groups."""

from dataclasses import dataclass
from datetime import date

from wuyou.accounts import queries, services
from wuyou.accounts.models import User
from wuyou.kernel.actor import Actor
from wuyou.kernel.roles import Role

DEMO_PASSWORD = "Qujing-demo-2026"  # noqa: S105 -- printed in the README; it opens invented data only
LEADER_GROUP = "学府社区侨联小组"
LEADER_NAME = "尹学梅"
CITY_OFFICE = "曲靖市侨联"
DEMO_SIGN_INS = (
    ("市侨联干部", "city", DEMO_PASSWORD, CITY_OFFICE),
    ("县侨联干部", "county", DEMO_PASSWORD, "麒麟区侨联"),
    ("小组负责人", "leader", DEMO_PASSWORD, LEADER_GROUP),
    ("审计员", "auditor", DEMO_PASSWORD, CITY_OFFICE),
    ("系统管理员", "admin", DEMO_PASSWORD, CITY_OFFICE),
)
"""What `wuyou up --demo` prints: role, user name, password, unit."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who is to sign in: user name, name, role, and the unit he has it on."""

    username: str
    name: str
    role: Role
    unit_id: int


def office_users(city_id: int) -> tuple[SignIn, ...]:
    """Return the three users of a city's office: the officer, the auditor and the administrator."""
    return (
        SignIn("city", "马云霞", Role.CITY_OFFICER, city_id),
        SignIn("auditor", "段正清", Role.AUDITOR, city_id),
        SignIn("admin", "崔立强", Role.ADMINISTRATOR, city_id),
    )


def let_sign_in(actor: Actor, somebody: SignIn, *, start: date) -> Actor:
    """Add the user with the role, by the services that the office uses, and return him as an actor."""
    user: User = services.add_user(actor=actor, username=somebody.username, name=somebody.name, password=DEMO_PASSWORD)
    services.give_grant(
        actor=actor, user_id=user.pk, role=somebody.role, unit_id=somebody.unit_id, start=start, reason="演示账号"
    )
    return queries.actor_of(user.pk)
