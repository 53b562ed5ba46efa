"""For each check one offender and one innocent neighbour, put into the small world."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """Whom the check finds more than before, and whom it leaves alone though it looks alike."""

    found: tuple[str, ...]
    spared: tuple[str, ...]


CASES: dict[str, Callable[[Any], Case]] = {}


def case(code: str) -> Callable[[Callable[[Any], Case]], Callable[[Any], Case]]:
    """Enter a function that builds the case of the check of that code."""

    def enter(build: Callable[[Any], Case]) -> Callable[[Any], Case]:
        assert code not in CASES, f"{code} has a case already"
        CASES[code] = build
        return build

    return enter
