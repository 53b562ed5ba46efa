"""From a day until a day: the shape of every dated fact.

`start` belongs to the period, `end` no longer does; None means "from ever" and "until further notice".
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch of days."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether the day lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


class Span(StrEnum):
    """What days a number looks at: those of the year up to its as-of day, or the as-of day alone."""

    YEAR = "year"
    DAY = "day"


ALWAYS = Period()
"""Without a beginning and without an end."""


def year(number: int) -> Period:
    """Return the period of one calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))
