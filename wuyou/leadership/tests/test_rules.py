"""Terms and seats, case by case (design 3 §2.4)."""

from datetime import date

import pytest

from wuyou.leadership import rules

TODAY = date(2025, 11, 20)
SEATS = (
    (None, None, []),
    (TODAY, None, []),
    (date(2025, 11, 21), None, ["start"]),
    (date(2024, 1, 1), date(2025, 1, 1), []),
    (date(2024, 1, 1), date(2024, 1, 1), ["end"]),
    (date(2024, 1, 1), date(2023, 1, 1), ["end"]),
    (None, date(2023, 1, 1), []),
    (date(2026, 1, 1), date(2025, 1, 1), ["start", "end"]),
)
TERMS = (
    (date(2023, 6, 1), date(2028, 6, 1), []),
    (None, date(2028, 6, 1), []),
    (date(2023, 6, 1), None, ["end"]),
    (date(2023, 6, 1), date(2023, 6, 1), ["end"]),
)
OVER = ((None, False), (date(2025, 11, 19), True), (TODAY, False), (date(2025, 11, 21), False))


@pytest.mark.parametrize(("start", "end", "fields"), SEATS)
def test_seat_allowed(start: date | None, end: date | None, fields: list[str]) -> None:
    assert [r.field for r in rules.seat_allowed(start=start, end=end, today=TODAY).reasons] == fields


@pytest.mark.parametrize(("start", "end", "fields"), TERMS)
def test_term_allowed(start: date | None, end: date | None, fields: list[str]) -> None:
    assert [r.field for r in rules.term_allowed(start=start, end=end).reasons] == fields


@pytest.mark.parametrize(("end", "over"), OVER)
def test_a_term_is_over_after_its_day(end: date | None, over: bool) -> None:
    assert rules.is_over(end, TODAY) is over
