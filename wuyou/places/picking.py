"""Picking a place by its written name, for every form that asks for one."""

from django.conf import settings

from wuyou.places import queries
from wuyou.platform.widgets import Candidate


def find_area(typed: str) -> list[Candidate]:
    """Return the townships and villages of the home city that a typed name may mean, best first."""
    found = queries.index(settings.WUYOU_HOME_DIVISION).find(typed)
    return [Candidate(c.place.code, c.place.name, queries.way_to(c.place.code)) for c in found]


def name_of_area(code: str) -> str | None:
    """Return a division's name; None when there is none."""
    division = queries.division(code)
    return division.name if division else None
