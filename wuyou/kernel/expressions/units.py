"""What a number in a formula counts, and the exact numbers it is made of.

Units keep people from being compared with yuan. Numbers are whole or exact fractions, never floats: a threshold of
60 % of 5 seats is 3 seats, and no rounding may decide whether a group "has" something.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Value = int | Fraction | None
"""The value of a formula or a fact: whole number, exact fraction, yes or no (bool), or None: no data."""


class Unit(StrEnum):
    """What a value counts. `BARE` is a number written in a formula that has not yet met a neighbour with a unit."""

    PEOPLE = "people"
    FEN = "fen"
    DAYS = "days"
    TIMES = "times"
    ITEMS = "items"
    ATTENDANCES = "attendances"
    SQUARE_METRES = "square_metres"
    NUMBER = "number"
    BOOLEAN = "boolean"
    BARE = "bare"

    @property
    def is_plain(self) -> bool:
        """Whether it is a mere number, by which anything may be multiplied or divided."""
        return self in (Unit.NUMBER, Unit.BARE)


FEN_IN_YUAN = 100


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name that a formula may use, with the words it is shown by."""

    name: str
    label: str
    label_en: str
    unit: Unit


def exact(value: object, unit: Unit) -> Value:
    """Return a value as a formula wants it, so that what a database gives cannot smuggle in rounding or a wrong type.

    Decimals and floats become exact fractions of what they show (0.1 is one tenth). None stays None.

    Raises: TypeError when the value is no yes/no for `BOOLEAN`, or no finite number for the other units.
    """
    if value is None:
        return None
    if isinstance(value, bool) != (unit is Unit.BOOLEAN):
        raise TypeError(f"{value!r} is no value in {unit.value}")
    if isinstance(value, int | Fraction):
        return value
    if isinstance(value, float | Decimal) and Decimal(str(value)).is_finite():
        return Fraction(str(value))
    raise TypeError(f"{value!r} is no value in {unit.value}")
