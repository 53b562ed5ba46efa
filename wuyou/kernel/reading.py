"""What is made of one written value: the value taken, and everything there was to say about it.

A clerk's cell, a phone form's box and a command-line argument are all text that somebody typed. Every reader of such
text (dates, telephones, names, places, sums) answers with a `Reading`, so that one preview, one error list and one
annotated workbook can show them all.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding weighs: `OK` is normalised silently, `WARN` is taken and said, `ERROR` cannot be taken."""

    OK = "ok"
    WARN = "warn"
    ERROR = "error"


_WEIGHT = {Severity.OK: 0, Severity.WARN: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a value: a code word of the catalogue, its weight, and the words that fill its sentence."""

    code: str
    severity: Severity
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value as it was understood.

    `value` is typed (a `PartialDate`, an `int` of fen, a tuple of texts); None means that nothing can be taken.
    `text` is the canonical written form of that value, "" when there is none. `findings` are in the order met.
    """

    value: T | None
    text: str = ""
    findings: tuple[Finding, ...] = field(default=())

    @property
    def severity(self) -> Severity:
        """The weight of the heaviest finding; `OK` when there is none."""
        return max((f.severity for f in self.findings), key=_WEIGHT.__getitem__, default=Severity.OK)

    @property
    def refused(self) -> bool:
        """Whether the value cannot be taken."""
        return self.severity is Severity.ERROR


def taken(value: T, text: str, *findings: Finding) -> Reading[T]:
    """Return a reading of a value that is taken, with what there is to say about it."""
    return Reading(value, text, findings)


def empty() -> Reading[T]:
    """Return the reading of a cell that says nothing (blank, 无, /, —)."""
    return Reading(None)


def refused(code: str, **words: str) -> Reading[T]:
    """Return a reading of a value that cannot be taken."""
    return Reading(None, "", (Finding(code, Severity.ERROR, tuple(words.items())),))


def warn(code: str, **words: str) -> Finding:
    """Return a finding that is said although the value is taken."""
    return Finding(code, Severity.WARN, tuple(words.items()))


def note(code: str, **words: str) -> Finding:
    """Return a finding about a silent normalisation, shown only as before and after."""
    return Finding(code, Severity.OK, tuple(words.items()))
