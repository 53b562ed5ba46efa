"""Who guided a unit on a day, as its dated placements tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Placed:
    """Under which office (its id) a unit was guided, from a day (None = not known) until a day (None = still)."""

    parent: int
    start: date | None
    end: date | None


def guides(unit: int, day: date, placed: Mapping[int, Sequence[Placed]]) -> tuple[int, ...]:
    """Return the ids of the unit and of all that guided it on a day, the nearest first.

    `placed` are the placements of the unit and of every unit that guides another. Of a day before a unit was placed
    anywhere its first placement speaks, of a day after all of them its last one.
    """
    found = [unit]
    while (above := _above(placed.get(found[-1], ()), day)) is not None and above not in found:
        found.append(above)
    return tuple(found)


def _above(placed: Sequence[Placed], day: date) -> int | None:
    in_order = sorted(placed, key=lambda one: one.start or date.min)
    held = [one for one in in_order if (one.start or date.min) <= day and (one.end is None or one.end > day)]
    later = [one for one in in_order if one.start is not None and one.start > day]
    chosen = held[-1:] or later[:1] or in_order[-1:]
    return chosen[0].parent if chosen else None
