"""When a sum may be entered, case by case."""

from datetime import date

import pytest

from wuyou.funds import rules

TODAY = date(2025, 11, 20)
CASES = (
    (TODAY, 1, "received", []),
    (TODAY, 10**12, "spent", []),
    (date(2025, 11, 21), 1, "spent", ["on"]),
    (TODAY, 0, "spent", ["amount"]),
    (TODAY, -5, "received", ["amount"]),
    (TODAY, 1, "lent", ["direction"]),
    (date(2026, 1, 1), 0, "", ["on", "amount", "direction"]),
)


@pytest.mark.parametrize(("on", "amount", "direction", "fields"), CASES)
def test_entry_allowed(on: date, amount: int, direction: str, fields: list[str]) -> None:
    decision = rules.entry_allowed(on=on, today=TODAY, amount_fen=amount, direction=direction)
    assert [reason.field for reason in decision.reasons] == fields
