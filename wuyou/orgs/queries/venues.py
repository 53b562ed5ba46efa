"""Where units meet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wuyou.kernel.actor import Actor
from wuyou.orgs.models import Venue
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.links import open_on
from wuyou.orgs.queries.units import ids_under
from wuyou.platform.scoping import allowed, scope


def venues_of(actor: Actor, unit_id: int, *, on: date) -> tuple[list[Venue], list[Venue]]:
    """Return a unit's venues on a day, and those that it no longer used by then; none for a unit that is not the actor's."""
    found = Venue.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id).order_by("id")
    begun = [venue for venue in found if venue.start is None or venue.start <= on]
    closed = [venue for venue in begun if venue.end is not None and venue.end <= on]
    return [venue for venue in begun if venue not in closed], closed


def venue(actor: Actor, venue_id: int, *, needs: str = P.VIEW) -> Venue:
    """Return one venue with its unit. Raises NotFound, or Forbidden when only the right lacks."""
    return allowed(
        Venue.objects.filter(scope(actor, P.VIEW, "unit__path"), pk=venue_id).select_related("unit").first(),
        actor,
        needs,
    )


@dataclass(frozen=True, slots=True)
class Venues:
    """A unit's venues on a day: how many, and how many of them with an address, a right of use, hours, shared; m2.

    `area_m2` None: of no venue known.
    """

    number: int = 0
    with_address: int = 0
    with_right: int = 0
    with_hours: int = 0
    shared: int = 0
    area_m2: Decimal | None = None


def venues_by_unit(actor: Actor, *, on: date, under: str = "", permission: str = P.VIEW) -> dict[int, Venues]:
    """Return the venues that each unit had on a day, as unit id -> `Venues`; units without one are absent."""
    found = Venue.objects.filter(open_on(on), unit__in=ids_under(actor, under, permission))
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, *told in found.values_list("unit_id", "address", "right", "hours", "is_shared", "area_m2"):
        rows.setdefault(unit_id, []).append(tuple(told))
    return {unit_id: _venues(told) for unit_id, told in rows.items()}


def _venues(rows: list[tuple[Any, ...]]) -> Venues:
    areas = [row[4] for row in rows if row[4] is not None]
    return Venues(
        number=len(rows),
        with_address=sum(bool(row[0]) for row in rows),
        with_right=sum(row[1] != Venue.Right.UNKNOWN for row in rows),
        with_hours=sum(bool(row[2]) for row in rows),
        shared=sum(row[3] for row in rows),
        area_m2=sum(areas, Decimal()) if areas else None,
    )


def any_venue(on: date) -> bool:
    """Say whether any unit at all had a venue on a day: whether that register was in use."""
    return Venue.objects.filter(open_on(on)).exists()
