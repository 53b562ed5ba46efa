"""When an activity may be recorded, case by case."""

from datetime import date

import pytest

from wuyou.activities import rules

TODAY = date(2025, 11, 20)
CASES = (
    (TODAY, 20, 100_00, False, []),
    (TODAY, None, None, False, []),
    (TODAY, 0, 0, False, []),
    (date(1949, 1, 1), 100_000, None, False, []),
    (date(2025, 11, 21), 20, None, False, ["on"]),
    (date(1948, 12, 31), 20, None, False, ["on"]),
    (TODAY, -1, None, False, ["present"]),
    (TODAY, 100_001, None, False, ["present"]),
    (TODAY, 20, -1, False, ["cost"]),
    (TODAY, 20, None, True, ["unit"]),
    (date(2026, 1, 1), -5, -5, True, ["on", "unit", "present", "cost"]),
)


@pytest.mark.parametrize(("on", "present", "cost", "dissolved", "fields"), CASES)
def test_record_allowed(on: date, present: int | None, cost: int | None, dissolved: bool, fields: list[str]) -> None:
    decision = rules.record_allowed(on=on, today=TODAY, present=present, cost_fen=cost, dissolved=dissolved)
    assert [reason.field for reason in decision.reasons] == fields
