"""What becomes of the rows of a unit that closes: the words in which each table declares it in its `DataCare`.

    on_unit_merged = Carry(_("阵地"), shown=("name",))
    on_unit_merged = {"unit": Keep(), "parent": Carry(_("下级组织"), shown=("unit__short_name",))}   # several links

Nothing is done here. Package `succession` walks the declarations of all tables when units merge, split or are dissolved,
so that it need not know the tables and no table can be forgotten: one that links to a unit and declares nothing fails a
test. Field names are those of the table; several of them are joined for a person to read.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q


class Fate(StrEnum):
    """What becomes of an open row when nobody chooses otherwise."""

    SUCCESSOR = "successor"
    """It goes to the successor."""
    OVER = "over"
    """It ends with the unit."""
    SAME = "same"
    """It goes along where one unit becomes one other; else it ends with the unit."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The rows are history and stay with the closed unit; those whose `day` is its last day or later go to its successor."""

    day: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """The row itself goes to a successor. `only` says which rows are open; the others stay.

    `person`: the field that names the person whose new unit the row follows ("pk" when the row is that person).
    """

    label: Any
    shown: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)
    person: str = ""


@dataclass(frozen=True, slots=True)
class Carry:
    """An open dated row ends on the last day, and one like it begins with a successor that day.

    One that begins only later goes over itself. `key` names the fields by which the successor may have the same already;
    then none begins. `fresh` gives the fields that begin anew, `rights`: the row is a right and changes hands on the day
    on which the closing is recorded, not on one of the past.
    """

    label: Any
    shown: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    person: str = ""
    fate: Fate = Fate.SUCCESSOR
    fresh: dict[str, Any] = field(default_factory=dict)
    rights: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """What sums leave over goes to a successor by a pair of rows, one that hands over and one that takes over.

    `amount` is in fen, `sign` the field that says which way, `plus` and `minus` its values that add and take away, `moment`
    the field that says when the row was written.
    """

    label: Any
    amount: str
    sign: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    taken_over: str
    handed_over: str
    day: str = "on"
    moment: str = "recorded_at"


@dataclass(frozen=True, slots=True)
class Total:
    """The newest number of each predecessor adds up to a new one of the successor, one for each value of `per`.

    `only` says which rows are meant, `fresh` gives the fields of the new row that say where its number is from.
    """

    label: Any
    amount: str
    day: str
    per: str
    only: Q
    fresh: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows are counted from others: `by` is the dotted name of what counts them anew, given the units' ids."""

    by: str


Policy = Keep | Move | Carry | Balance | Total | Derived
POLICIES = (Keep, Move, Carry, Balance, Total, Derived)


def policy_of(care: Any, link: str) -> Policy | None:
    """Return what a table's declaration says of one of its links to a unit; None when it says nothing."""
    declared = getattr(care, "on_unit_merged", None)
    if isinstance(declared, dict):
        declared = declared.get(link)
    return declared if isinstance(declared, POLICIES) else None
