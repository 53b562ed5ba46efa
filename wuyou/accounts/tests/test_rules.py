"""Who may be given which role: 三权分立 (GB/T 22239-2019 8.1.4), case by case."""

from datetime import date

import pytest

from wuyou.accounts import rules
from wuyou.kernel.roles import Role
from wuyou.orgs.rules import Level

DAY = date(2025, 1, 6)
CITY, COUNTY, GROUP = Level.CITY, Level.COUNTY, Level.GROUP
GRANTS = (
    (Role.CITY_OFFICER, CITY, None, False, []),
    (Role.CITY_OFFICER, COUNTY, None, False, ["role"]),
    (Role.CITY_OFFICER, GROUP, None, False, ["role"]),
    (Role.COUNTY_OFFICER, CITY, None, False, ["role"]),
    (Role.COUNTY_OFFICER, COUNTY, None, False, []),
    (Role.COUNTY_OFFICER, GROUP, None, False, ["role"]),
    (Role.GROUP_LEADER, CITY, None, False, ["role"]),
    (Role.GROUP_LEADER, COUNTY, None, False, ["role"]),
    (Role.GROUP_LEADER, GROUP, date(2025, 1, 7), False, []),
    (Role.ADMINISTRATOR, COUNTY, None, False, []),
    (Role.AUDITOR, COUNTY, None, False, []),
    (Role.AUDITOR, GROUP, None, False, ["role"]),
    (Role.GROUP_LEADER, GROUP, DAY, False, ["end"]),
    (Role.ADMINISTRATOR, CITY, None, True, ["user"]),
    ("emperor", CITY, None, False, ["role"]),
    (Role.COUNTY_OFFICER, GROUP, date(2024, 1, 1), True, ["user", "role", "end"]),
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


@pytest.mark.parametrize(("role", "level", "end", "own", "fields"), GRANTS)
def test_grant_allowed(role: str, level: Level, end: date | None, own: bool, fields: list[str]) -> None:
    decision = rules.grant_allowed(role=role, level=level, start=DAY, end=end, own=own)
    assert [reason.field for reason in decision.reasons] == fields


@pytest.mark.parametrize(("held", "role", "allowed"), TOGETHER)
def test_roles_compatible(held: tuple[str, ...], role: str, allowed: bool) -> None:
    assert rules.roles_compatible(held=frozenset(held), role=role).allowed is allowed
