"""How a cell travels from the reading child to the parent, and how it becomes a `Cell` again.

A plain text cell, by far the most frequent, is just its string; a number without a format just that number; None is
an empty cell; anything else is a list [text, kind, raw] or [text, kind, raw, formula, comment, colour].
Kinds: s text, n number, d date, m date and time, t time, b yes/no, e error value, v formula whose result the file does
not hold.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeAlias

from wuyou.platform.imports.columns import Cell
from wuyou.platform.imports.formats import plain_number

Packed: TypeAlias = "str | float | list[Any] | None"


class Row(NamedTuple):
    """One row of a sheet: its number (the first is 1), whether it is hidden, and its cells from column A on."""

    number: int
    hidden: bool
    cells: Sequence[Packed]


def text_of(packed: Packed) -> str:
    """Return what the cell shows, "" for an empty one; line breaks as they were typed."""
    if packed is None:
        return ""
    if isinstance(packed, str):
        return packed
    return str(packed[0]) if isinstance(packed, list) else plain_number(packed)


def colour_of(packed: Packed) -> str:
    """Return the unusual colour (or strike) of the cell's type or ground, "" when it is the usual one."""
    return str(packed[5]) if isinstance(packed, list) and len(packed) > 3 else ""


def is_filled(packed: Packed) -> bool:
    """Tell whether anything is in the cell beside blanks; a formula without a result is something."""
    if packed is None:
        return False
    if isinstance(packed, str):
        return not packed.isspace() if packed else False
    return not isinstance(packed, list) or bool(packed[0].strip()) or packed[1] == "v"


def unpack(packed: Packed, where: str, *, merged: bool = False) -> Cell:
    """Return the cell with its typed value, named `where` ("K17")."""
    if packed is None:
        return Cell(where, "", merged=merged)
    if isinstance(packed, str):
        text = _one_break(packed)
        return Cell(where, text, text, merged=merged)
    if not isinstance(packed, list):
        return Cell(where, plain_number(packed), packed, merged=merged)
    text, kind = _one_break(packed[0]), packed[1]
    raw = _raw(kind, packed[2], text)
    if len(packed) == 3:
        return Cell(where, text, raw, error=kind == "e", merged=merged)
    return Cell(where, text, raw, kind == "e", bool(packed[3]), packed[4], packed[5], merged)


def _one_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _raw(kind: str, raw: Any, text: str) -> Any:
    """Return the typed value that belongs to the packed kind."""
    if kind == "n":
        return raw
    if kind == "d":
        return date.fromisoformat(raw)
    if kind == "m":
        return datetime.fromisoformat(raw)
    if kind == "t":
        return time.fromisoformat(raw)
    if kind == "b":
        return bool(raw)
    return None if kind == "v" else text


def column_letters(index: int) -> str:
    """Return Excel's letters of a column counted from 0 (0 is A, 27 is AB)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the column's number counted from 0 for Excel's letters ("AB" is 27)."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
