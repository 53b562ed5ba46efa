"""Days known in part and stretches of days."""

from datetime import date

import pytest

from wuyou.integrity import rules

JAN, FEB, MAR, APR = (date(2024, month, 1) for month in (1, 2, 3, 4))

DAYS = [
    # one, other, surely before, may be the same
    ("2020", "2021", True, False),
    ("2021", "2020", False, False),
    ("2020", "2020-05", False, True),
    ("2020-05", "2020", False, True),
    ("2020-04", "2020-05-03", True, False),
    ("2020-05-03", "2020-05", False, True),
    ("2020-05-03", "2020-05-04", True, False),
    ("", "2020", False, True),
    ("2020", "", False, True),
]


@pytest.mark.parametrize(("one", "other", "before", "same"), DAYS)
def test_days_known_in_part(one, other, before, same):
    assert (rules.is_before(one, other), rules.may_be_same(one, other)) == (before, same)


STRETCHES = [
    # stretches, the two that overlap, the hole
    ([], None, None),
    ([(JAN, None)], None, None),
    ([(JAN, FEB), (FEB, None)], None, None),
    ([(FEB, None), (JAN, FEB)], None, None),
    ([(JAN, FEB), (MAR, None)], None, (FEB, MAR)),
    ([(JAN, MAR), (FEB, None)], ((JAN, MAR), (FEB, None)), None),
    ([(JAN, None), (FEB, MAR)], ((JAN, None), (FEB, MAR)), None),
    ([(None, FEB), (FEB, MAR)], None, None),
    ([(None, FEB), (None, MAR)], ((None, FEB), (None, MAR)), None),
    ([(JAN, FEB), (FEB, MAR), (APR, None)], None, (MAR, APR)),
]


@pytest.mark.parametrize(("stretches", "both", "hole"), STRETCHES)
def test_overlaps_and_holes(stretches, both, hole):
    assert (rules.overlap(stretches), rules.hole(stretches)) == (both, hole)


@pytest.mark.parametrize(("day", "inside"), [(JAN, True), (FEB, False), (MAR, True), (APR, True)])
def test_a_stretch_holds_from_its_first_day_until_the_day_before_its_last(day, inside):
    assert rules.covers([(JAN, FEB), (MAR, None)], day) is inside


@pytest.mark.parametrize(
    ("days", "distinct"),
    [((), False), (("2024",), False), (("2024", "2024-05", "2024-05-06"), False), (("2024", "2024-05", "2024-06"), True),
     (("2024-05-06", "2025"), True)],
)  # fmt: skip
def test_days_are_different_when_no_one_day_fits_all(days, distinct):
    assert rules.distinct_days(days) is distinct


@pytest.mark.parametrize(
    ("day", "years", "earlier"),
    [(date(2024, 2, 29), 3, date(2021, 2, 28)), (date(2025, 11, 20), 3, date(2022, 11, 20))],
)
def test_years_before_a_day(day, years, earlier):
    assert rules.years_before(day, years) == earlier
