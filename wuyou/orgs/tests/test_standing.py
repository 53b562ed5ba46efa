"""How a unit stood on a day, told from its events."""

from datetime import date

import pytest

from wuyou.orgs.rules import NOT_FOUNDED, Standing, state_on

DAY = date(2025, 11, 20)


@pytest.mark.parametrize(
    ("state_today", "founded", "latest", "following", "state"),
    [
        ("normal", "", "", "", "normal"),
        ("lapsed", "", "", "", "lapsed"),  # entered as lapsed, without an event
        ("to_reorganise", "2010", "establish", "", "to_reorganise"),
        ("lapsed", "2010", "establish", "lapse", "normal"),
        ("normal", "2010", "lapse", "restore", "lapsed"),
        ("normal", "", "", "restore", "lapsed"),
        ("lapsed", "", "", "lapse", "normal"),
        ("dissolved", "", "", "dissolve", "normal"),
        ("normal", "", "", "establish", NOT_FOUNDED),
        ("normal", "", "", "reorganise", None),  # how it stood before, nobody can say
        ("normal", "2025-11-21", "", "", NOT_FOUNDED),
        ("normal", "2025-12", "", "", NOT_FOUNDED),
        ("normal", "2025-11", "", "", "normal"),  # known to the month: counts from its first day
        ("normal", "2025", "", "", "normal"),
    ],
)
def test_state_on_a_day(state_today, founded, latest, following, state):
    assert state_on(day=DAY, state_today=state_today, founded=founded, latest=latest, following=following) == state


@pytest.mark.parametrize(
    ("state", "living"),
    [
        ("normal", True),
        ("lapsed", True),
        ("to_reorganise", True),
        (None, True),
        ("dissolved", False),
        (NOT_FOUNDED, False),
    ],
)
def test_living(state, living):
    assert Standing(1, "/1/", "", "", "", "", state, "", False, None, None).is_living is living
