"""A list of persons as offices keep it: which columns it can have, how each is recognised, read and handled.

What is asked of a person decides what happens to it: wealth, influence and "key person" marks are never kept; religion
and party have no purpose here and so cannot be kept; birth, numbers, health and relatives' data only with a purpose.
"""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_noop as _

from wuyou.kernel.hanzi import squeeze
from wuyou.kernel.partialdate import PartialDate, read_date
from wuyou.kernel.personname import looks_like_name
from wuyou.kernel.phone import read_phones
from wuyou.orgs.fits import among, matching, readable, share
from wuyou.people import cells, words
from wuyou.people.countries import read_country
from wuyou.platform.imports.columns import Column, ImportKind, Policy

_FAR = date(2900, 1, 1)
_BIRTHS_UNTIL = 15
"""Where half the years are older than this many, the dates are more likely births than days of filling in."""


def _years(samples: Sequence[str]) -> list[PartialDate]:
    values = [read_date(text, today=_FAR, kind="filled").value for text in samples]
    return [value for value in values if value is not None]


def _spread_of_years(samples: Sequence[str]) -> float:
    """Return how widely the years lie apart, 0..1: births cover decades, days of filling in one or two years."""
    years = sorted(value.year for value in _years(samples))
    if not years:
        return 0.0
    return min(1.0, (years[(len(years) * 9) // 10 if len(years) > 1 else 0] - years[len(years) // 10]) / _BIRTHS_UNTIL)


def _fits_birth(samples: Sequence[str]) -> float:
    found = _years(samples)
    exact = sum(value.month is not None for value in found) / max(len(samples), 1)
    return exact * (0.3 + 0.7 * _spread_of_years(samples))


def _fits_year(samples: Sequence[str]) -> float:
    return 0.7 * len(_years(samples)) / max(len(samples), 1) * _spread_of_years(samples)


def _fits_filled(samples: Sequence[str]) -> float:
    found = _years(samples)
    exact = sum(value.day is not None for value in found) / max(len(samples), 1)
    return 0.9 * exact * (1 - _spread_of_years(samples))


def _fits_names(weight: float, *, repeated: bool) -> "object":
    """Return a measure of names; of people listed they differ, of those who fill in forms they come back."""

    def fits(samples: Sequence[str]) -> float:
        distinct = len(set(samples)) / max(len(samples), 1)
        kind = min(1.0, 1.6 * (1 - distinct)) if repeated else min(1.0, 0.2 + distinct)
        return weight * share(samples, looks_like_name) * kind

    return fits
