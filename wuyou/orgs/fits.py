"""How much a column's contents look like a field: shares of sample texts that pass a test."""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Any

from wuyou.kernel.hanzi import fold, is_empty, squeeze
from wuyou.kernel.personname import looks_like_name
from wuyou.kernel.phone import read_phones
from wuyou.kernel.reading import Reading

_BLANK = re.compile(r"[^\S\n]+")

Fits = Callable[[Sequence[str]], float]


def headings(text: str) -> tuple[str, ...]:
    """Return header words written as running text, in order."""
    return tuple(text.split())


def share(samples: Sequence[str], test: Callable[[str], object]) -> float:
    """Return which share of the samples that say something passes a test; 0 when none says anything."""
    said = [sample for sample in samples if not is_empty(sample)]
    return sum(bool(test(sample)) for sample in said) / len(said) if said else 0.0


def matching(pattern: str, weight: float = 1.0) -> Fits:
    """Return a measure of how many samples match a pattern anywhere; `weight` is its highest value.

    A weight below 1 is for contents that several fields share, such as plain numbers.
    """
    compiled = re.compile(pattern)
    return lambda samples: weight * share(samples, lambda text: compiled.search(_BLANK.sub("", fold(text))))


def among(words: Collection[str], weight: float = 1.0) -> Fits:
    """Return a measure of how many samples are one of the words, remarks in brackets aside."""
    known = frozenset(words)
    return lambda samples: weight * share(samples, lambda text: re.split(r"[(\[]", squeeze(text))[0] in known)


def readable(read: Callable[[str], Reading[Any]], weight: float = 1.0) -> Fits:
    """Return a measure of how many samples a reader takes."""
    return lambda samples: weight * share(samples, lambda text: read(text).value is not None)


_SERIAL = re.compile(r"[A-Za-z]{0,4}-?(\d{1,6})(?:\.0?|、)?")


def counting_up(samples: Sequence[str]) -> float:
    """Return how much the samples count upwards, as serial numbers do: 1, 2, 3; 001, 002; XQ-07, XQ-08."""
    found = [_SERIAL.fullmatch(squeeze(text)) for text in samples]
    numbers = [int(one[1]) for one in found if one]
    rising = sum(0 < later - earlier <= 50 for earlier, later in pairwise(numbers))
    found_share = rising / (len(samples) - 1) if len(samples) > 1 else 0.0
    return 0.9 * found_share if found_share >= 0.8 else 0.0


def names(weight: float = 1.0) -> Fits:
    """Return a measure of how many samples look like one person's name."""
    return lambda samples: weight * share(samples, looks_like_name)


_ANSWER = re.compile(r"(?:是|否|有|无|√|×|没有|暂无|1|0)(?:\(.*\))?")
_BARE = re.compile(r"\s*\d{7,10}\s*")
_LETTERED = re.compile(r"[A-Za-z]{1,3}\d{5}")


def or_answers(pattern: str, weight: float = 1.0) -> Fits:
    """Return a measure of a field that says yes, no or more: bare answers count half, as they may answer anything."""
    compiled = re.compile(pattern)

    def fits(samples: Sequence[str]) -> float:
        plain = [squeeze(text) for text in samples if text.strip()]
        told = sum(1.0 if compiled.search(text) else 0.5 if _ANSWER.fullmatch(text) else 0.0 for text in plain)
        return weight * told / len(plain) if plain else 0.0

    return fits


def telephones(samples: Sequence[str]) -> float:
    """Return how many samples hold telephone numbers, where the header says that they are some."""
    return share(samples, lambda text: read_phones(text).value and not _LETTERED.search(text))


def phones(samples: Sequence[str]) -> float:
    """Return how many samples can be nothing but telephone numbers: seven or eight bare digits may number anything."""
    sure = share(
        samples, lambda text: read_phones(text).value and not _LETTERED.search(text) and not _BARE.fullmatch(text)
    )
    return sure + 0.4 * (telephones(samples) - sure)
