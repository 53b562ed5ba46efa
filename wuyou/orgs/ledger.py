"""All units at once, as an import compares them with a ledger: read in a few questions, whatever their number."""

from datetime import date

from django.db.models import Q

from wuyou.kernel.actor import Actor
from wuyou.orgs.models import Hosting, HostUnit, Unit, UnitEvent, Venue
from wuyou.orgs.permissions import P
from wuyou.orgs.queries import open_on
from wuyou.platform.scoping import scope


def venue_by_unit(actor: Actor, *, on: date) -> dict[int, Venue]:
    """Return the first venue that each unit has on a day; units without one are absent."""
    found = Venue.objects.filter(open_on(on), scope(actor, P.VIEW, "unit__path")).order_by("-pk")
    return {venue.unit_id: venue for venue in found}


def hosts_by_unit(actor: Actor) -> dict[int, set[str]]:
    """Return the names of the host units at which each unit sits now, as unit id -> names."""
    rows = Hosting.objects.filter(scope(actor, P.VIEW, "unit__path"), end=None)
    found: dict[int, set[str]] = {}
    for unit_id, name in rows.values_list("unit_id", "host__name"):
        found.setdefault(unit_id, set()).add(name)
    return found


def events_by_year(actor: Actor) -> set[tuple[int, str, str]]:
    """Return every event known, as (unit id, kind, year)."""
    found = UnitEvent.objects.filter(scope(actor, P.VIEW, "unit__path"))
    return {(unit_id, kind, on[:4]) for unit_id, kind, on in found.values_list("unit_id", "kind", "on")}


def host_ids(unit_id: int | None = None) -> set[int]:
    """Return the ids of all host units, or of those of one group."""
    found = HostUnit.objects.all() if unit_id is None else HostUnit.objects.filter(hostings__unit=unit_id)
    return set(found.values_list("pk", flat=True))


def hold(actor: Actor) -> int:
    """Lock the units that the actor may see, and the root, until the transaction ends, by their ids; return how many.

    A long import takes this before it writes: whoever edits one of them meanwhile waits, and neither waits for the other.
    """
    units = Unit.objects.filter(scope(actor, P.VIEW) | Q(parent=None))
    return len(units.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
