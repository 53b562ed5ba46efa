"""Half-open stretches of days, against a model that counts days."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from wuyou.kernel.period import ALWAYS, Period, year

FIRST = date(2025, 1, 1)
MARCH = Period(date(2025, 3, 1), date(2025, 4, 1))
COVERS = (
    (MARCH, date(2025, 2, 28), False),
    (MARCH, date(2025, 3, 1), True),
    (MARCH, date(2025, 3, 31), True),
    (MARCH, date(2025, 4, 1), False),
    (Period(None, date(2025, 4, 1)), date(1949, 10, 1), True),
    (Period(date(2025, 4, 1), None), date(2099, 1, 1), True),
    (ALWAYS, date(1, 1, 1), True),
    (year(2024), date(2024, 2, 29), True),
    (year(2024), date(2024, 12, 31), True),
    (year(2024), date(2025, 1, 1), False),
)


@pytest.mark.parametrize(("period", "day", "expected"), COVERS)
def test_covers(period: Period, day: date, expected: bool) -> None:
    assert period.covers(day) is expected


days = st.none() | st.integers(0, 20).map(lambda n: FIRST + timedelta(n))
periods = st.builds(Period, days, days).filter(lambda p: p.start is None or p.end is None or p.start < p.end)
