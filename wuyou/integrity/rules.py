"""What contradicts what: days known in part, stretches of days. Plain values in, an answer out."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

Stretch = tuple[date | None, date | None]
"""From a day (None = not known, taken as from ever) until a day (None = still); the last day no longer belongs to it."""


def is_before(one: str, other: str) -> bool:
    """Say whether a day surely lies before another; both ISO text as precise as known, "" = not known.

    2020 is not before 2020-05: it may be the same day.
    """
    known = min(len(one), len(other))
    return bool(known) and one[:known] < other[:known]


def may_be_same(one: str, other: str) -> bool:
    """Say whether two days may be one and the same, as far as they are known."""
    known = min(len(one), len(other))
    return one[:known] == other[:known]


def in_order(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches by their first day, those without one first."""
    return sorted(stretches, key=lambda s: (s[0] or date.min, s[1] or date.max))


def overlap(stretches: Iterable[Stretch]) -> tuple[Stretch, Stretch] | None:
    """Return the first two stretches that share a day, the earlier one first; None when there are none."""
    ordered = in_order(stretches)
    for before, after in pairwise(ordered):
        if before[1] is None or before[1] > (after[0] or date.min):
            return before, after
    return None


def hole(stretches: Sequence[Stretch]) -> tuple[date, date] | None:
    """Return the first days, as (from, until), between two stretches that belong to none of them; None without any."""
    ordered = in_order(stretches)
    for before, after in pairwise(ordered):
        if before[1] is not None and after[0] is not None and before[1] < after[0]:
            return before[1], after[0]
    return None


def covers(stretches: Iterable[Stretch], day: date) -> bool:
    """Say whether a day lies in one of the stretches."""
    return any((start is None or start <= day) and (end is None or day < end) for start, end in stretches)


def distinct_days(days: Iterable[str]) -> bool:
    """Say whether among some days, known in part, two are surely different."""
    known = sorted(set(days))
    return any(not may_be_same(one, other) for one, other in pairwise(known))


def years_before(day: date, years: int) -> date:
    """Return the day some years earlier; of a 29 February the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - years, day.month, last)
