"""What a registration must have: 个人信息保护法 arts. 13 (ground) and 29 (separate consent for sensitive data)."""

import pytest

from wuyou.people import rules

CASES = (
    # name, basis, agreed, sensitive, separate -> fields that are wrong
    ("杨桂芳", True, None, False, False, []),
    ("杨桂芳", True, True, True, True, []),
    ("杨桂芳", True, True, False, True, []),
    (" ", True, True, False, False, ["name"]),
    ("杨桂芳", False, True, False, False, ["basis"]),
    ("杨桂芳", True, False, False, False, ["agreed"]),
    ("杨桂芳", True, True, True, False, ["basis"]),
    ("", False, False, True, False, ["name", "basis", "agreed", "basis"]),
)


@pytest.mark.parametrize(("name", "basis", "agreed", "sensitive", "separate", "fields"), CASES)
def test_registration_allowed(
    name: str, basis: bool, agreed: bool | None, sensitive: bool, separate: bool, fields: list[str]
) -> None:
    decision = rules.registration_allowed(
        name=name, has_basis=basis, agreed=agreed, sensitive=sensitive, separate=separate
    )
    assert [reason.field for reason in decision.reasons] == fields
