"""A version with one part put in, exchanged or taken out: every edit of a draft is one of these.

Parts are known by their code; an example has none and is known by its place, from "1".
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from wuyou.assessment.rules.scheme import Criterion, Dimension, Example, Parameter, Stage, StandardVersion, Verdict

Piece = Dimension | Criterion | Parameter | Stage | Example


class Part(StrEnum):
    """The sorts of parts that a version is made of."""

    DIMENSION = "dimension"
    CRITERION = "criterion"
    THRESHOLD = "threshold"
    STAGE = "stage"
    EXAMPLE = "example"


_HELD = {
    Part.DIMENSION: "dimensions",
    Part.THRESHOLD: "parameters",
    Part.STAGE: "stages",
    Part.EXAMPLE: "examples",
}


def code_of(piece: Piece) -> str:
    """Return the code by which a part is known; "" for an example."""
    return piece.name if isinstance(piece, Parameter) else getattr(piece, "code", "")


def pieces(version: StandardVersion, part: Part) -> tuple[Any, ...]:
    """Return all parts of a sort in their order; the criteria of all items one after the other."""
    if part is Part.CRITERION:
        return tuple(criterion for dimension in version.dimensions for criterion in dimension.criteria)
    found: tuple[Any, ...] = getattr(version, _HELD[part])
    return found


def piece(version: StandardVersion, part: Part, code: str) -> Any:
    """Return one part; None when there is none of that code."""
    found = pieces(version, part)
    if part is Part.EXAMPLE:
        return found[int(code) - 1] if code.isascii() and code.isdigit() and 0 < int(code) <= len(found) else None
    return next((each for each in found if code_of(each) == code), None)


def dimension_of(version: StandardVersion, code: str) -> Dimension | None:
    """Return the item to which a criterion belongs; None when there is no such criterion."""
    return next((each for each in version.dimensions if any(c.code == code for c in each.criteria)), None)


def place_of(version: StandardVersion, part: Part, code: str) -> int:
    """Return the place of a part among its like, from 1; that of a criterion within its item."""
    home = dimension_of(version, code) if part is Part.CRITERION else None
    beside = home.criteria if home else pieces(version, part)
    return next((at for at, each in enumerate(beside, 1) if each is piece(version, part, code)), len(beside) + 1)


def with_piece(
    version: StandardVersion, part: Part, code: str, new: Piece, *, place: int | None = None, within: str = ""
) -> StandardVersion:
    """Return the version with a part put in the place of the one of that code, or added when there is none.

    `place` (from 1) moves it among its like. `within` is the code of the item that a criterion belongs to; a criterion
    whose item is another now moves there, to the end unless a place is given. A new item gets its line in every example,
    expected to have no data, so that the example says something about it.
    """
    if part is Part.CRITERION and isinstance(new, Criterion):
        return _with_criterion(version, code, new, place, within)
    old = piece(version, part, code)
    grown = _put(pieces(version, part), old, new, place)
    changed: StandardVersion = replace(version, **{_HELD[part]: grown})  # type: ignore[arg-type] # one field of the part's own type
    if part is Part.DIMENSION and old is None:
        return replace(changed, examples=tuple(_expecting(each, code_of(new)) for each in changed.examples))
    return changed


def without_piece(version: StandardVersion, part: Part, code: str) -> StandardVersion:
    """Return the version without a part; examples no longer expect anything of an item that is gone."""
    old = piece(version, part, code)
    if part is Part.CRITERION:
        return _each_dimension(version, lambda home: tuple(each for each in home.criteria if each is not old))
    left = tuple(each for each in pieces(version, part) if each is not old)
    changed: StandardVersion = replace(version, **{_HELD[part]: left})  # type: ignore[arg-type] # as above
    if part is Part.DIMENSION:
        return replace(changed, examples=tuple(_not_expecting(each, code) for each in changed.examples))
    return changed


def free_code(version: StandardVersion, part: Part, wished: str) -> str:
    """Return a code for a new part: the wished one cut to what a code may be, with a number where it is taken."""
    plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in wished.lower()).strip("_")[:30]
    plain = plain if plain[:1].isalpha() else f"{part.value[0]}_{plain}".rstrip("_")
    taken = {code_of(each) for sort in Part for each in pieces(version, sort)}
    return next(code for code in (plain, *(f"{plain}_{n}" for n in range(2, 1000))) if code not in taken)


def _with_criterion(
    version: StandardVersion, code: str, new: Criterion, place: int | None, within: str
) -> StandardVersion:
    home = dimension_of(version, code)
    target = within or (home.code if home else "")
    old = piece(version, Part.CRITERION, code)

    def criteria(dimension: Dimension) -> tuple[Criterion, ...]:
        if dimension.code == target:
            return _put(dimension.criteria, old, new, place)
        return tuple(each for each in dimension.criteria if each is not old)

    return _each_dimension(version, criteria)


def _each_dimension(
    version: StandardVersion, criteria: Callable[[Dimension], tuple[Criterion, ...]]
) -> StandardVersion:
    return replace(version, dimensions=tuple(replace(each, criteria=criteria(each)) for each in version.dimensions))


def _put(held: Sequence[Any], old: Any, new: Any, place: int | None) -> tuple[Any, ...]:
    """Return the row with `new` where `old` was, at the end when it was not there, or at a place (from 1)."""
    at = next((index for index, each in enumerate(held) if each is old), None)
    if place is None and at is not None:
        return (*held[:at], new, *held[at + 1 :])
    others = [each for each in held if each is not old]
    index = len(others) if place is None else min(max(place - 1, 0), len(others))
    return (*others[:index], new, *others[index:])


def _expecting(example: Example, code: str) -> Example:
    return replace(example, verdicts={**example.verdicts, code: Verdict.NO_DATA})


def _not_expecting(example: Example, code: str) -> Example:
    return replace(example, verdicts={name: each for name, each in example.verdicts.items() if name != code})
