"""How much a column's contents look like what a list of persons tells: births, days of filling in, names, health."""

import re
from collections.abc import Sequence
from datetime import date

from wuyou.kernel.partialdate import PartialDate, read_date
from wuyou.kernel.personname import looks_like_name
from wuyou.orgs.fits import Fits, matching, share
from wuyou.people import words

_FAR = date(2900, 1, 1)
_DIVISION = re.compile(r"[省市县区镇乡州]\s*$")
_BIRTHS_UNTIL = 15
"""Where half the years are older than this many, the dates are more likely births than days of filling in."""
_HARDSHIPS = "低保|特困|残疾|大病|重病|慢性病|独居|孤寡|受灾|无劳动能力|五保|失独|单亲|贫困|脱贫|困难|留守|失能"
_HARDSHIP_NAMED = matching(_HARDSHIPS)
_ANSWERED = matching(r"^(?:是|否|有|无|√|×)$")
_ILLNESSES = matching(r"健康|残疾|慢性病|体弱|多病|患病|重病|失能|高血压|糖尿病|心脏病|癌|瘫痪|[肢视听]力?[体障]")
_JUDGED = matching(r"健康|残疾|病|体弱|失能|高血压|癌|瘫痪|[肢视听]力?[体障]|^(?:良好|一般|较差|差|好)")


def _years(samples: Sequence[str]) -> list[PartialDate]:
    values = [read_date(text, today=_FAR, kind="filled").value for text in samples]
    return [value for value in values if value is not None]


def _spread_of_years(samples: Sequence[str]) -> float:
    """Return how widely the years lie apart, 0..1: births cover decades, days of filling in one or two years."""
    years = sorted(value.year for value in _years(samples))
    if not years:
        return 0.0
    return min(1.0, (years[(len(years) * 9) // 10 if len(years) > 1 else 0] - years[len(years) // 10]) / _BIRTHS_UNTIL)


def dated(samples: Sequence[str]) -> float:
    """Return how many samples are dates of a person's life, of whatever precision."""
    return len(_years(samples)) / max(len(samples), 1)


def named(samples: Sequence[str]) -> float:
    """Return how many samples look like a name."""
    return share(samples, looks_like_name)


def births(samples: Sequence[str]) -> float:
    """Return how many samples can be births: with a month at least, and decades apart."""
    found = _years(samples)
    exact = sum(value.month is not None for value in found) / max(len(samples), 1)
    return exact * (0.3 + 0.7 * _spread_of_years(samples))


def filled_days(samples: Sequence[str]) -> float:
    """Return how many samples can be days on which lists were filled in: whole days of a year or two."""
    found = _years(samples)
    exact = sum(value.day is not None for value in found) / max(len(samples), 1)
    return 0.9 * exact * (1 - _spread_of_years(samples))


def people_named(weight: float, *, repeated: bool) -> Fits:
    """Return a measure of names; of people listed they differ, of those who fill in forms they come back."""

    def fits(samples: Sequence[str]) -> float:
        distinct = len(set(samples)) / max(len(samples), 1)
        kind = min(1.0, 1.6 * (1 - distinct)) if repeated else min(1.0, 0.2 + distinct)
        return weight * share(samples, lambda text: looks_like_name(text) and not _DIVISION.search(text)) * kind

    return fits


def health(samples: Sequence[str]) -> float:
    """Return how many samples speak of health; 一般 and 良好 may speak of anything."""
    sure = _ILLNESSES(samples)
    return sure + 0.5 * (_JUDGED(samples) - sure) if sure < _JUDGED(samples) else sure


def hardship(samples: Sequence[str]) -> float:
    """Return how many samples name a hardship; 是 and 否 do so only under a word that asks for one."""
    return min(1.0, _HARDSHIP_NAMED(samples) + 0.5 * _ANSWERED(samples))


def is_schooling(text: str) -> bool:
    """Tell whether a text is a word of schooling."""
    reading = words.read_schooling(text)
    return reading.value in words.SCHOOLING
