"""Who may be given which role: 三权分立 (GB/T 22239-2019 8.1.4), case by case."""

from datetime import date

import pytest

from wuyou.accounts import rules
from wuyou.kernel.roles import Role

DAY = date(2025, 1, 6)
GRANTS = (
    (Role.CITY_OFFICER, True, None, False, []),
    (Role.GROUP_LEADER, False, None, False, []),
    (Role.GROUP_LEADER, True, date(2025, 1, 7), False, []),
    (Role.COUNTY_OFFICER, False, None, False, ["role"]),
    (Role.AUDITOR, False, None, False, ["role"]),
    (Role.GROUP_LEADER, False, DAY, False, ["end"]),
    (Role.ADMINISTRATOR, True, None, True, ["user"]),
    ("emperor", True, None, False, ["role"]),
    (Role.COUNTY_OFFICER, False, date(2024, 1, 1), True, ["user", "role", "end"]),
)
TOGETHER = (
    ((), Role.AUDITOR, True),
    ((Role.AUDITOR,), Role.AUDITOR, True),
    ((Role.AUDITOR,), Role.GROUP_LEADER, False),
    ((Role.AUDITOR,), Role.ADMINISTRATOR, False),
    ((Role.CITY_OFFICER,), Role.AUDITOR, False),
    ((Role.ADMINISTRATOR,), Role.AUDITOR, False),
    ((Role.CITY_OFFICER,), Role.GROUP_LEADER, True),
)


@pytest.mark.parametrize(("role", "federation", "end", "own", "fields"), GRANTS)
def test_grant_allowed(role: str, federation: bool, end: date | None, own: bool, fields: list[str]) -> None:
    decision = rules.grant_allowed(role=role, is_federation=federation, start=DAY, end=end, own=own)
    assert [reason.field for reason in decision.reasons] == fields


@pytest.mark.parametrize(("held", "role", "allowed"), TOGETHER)
def test_roles_compatible(held: tuple[str, ...], role: str, allowed: bool) -> None:
    assert rules.roles_compatible(held=frozenset(held), role=role).allowed is allowed
