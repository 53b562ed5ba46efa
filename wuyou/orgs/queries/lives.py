"""Where groups stood and whether they lived on several days at once: read once, folded day by day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import rules
from wuyou.orgs.models import Placement, UnitEvent
from wuyou.orgs.queries.asof import mine, paths
from wuyou.orgs.queries.units import visible


class Standpoint(NamedTuple):
    """The actor's units on a day: where each stood then, as unit id -> path, and the groups that lived, by id."""

    day: date
    paths: dict[int, str]
    living: frozenset[int]


def standpoints(actor: Actor, days: Sequence[date]) -> list[Standpoint]:
    """Return how the actor's units stood on some days, as `units_on` tells it of each, in three queries for all of them."""
    columns = ("pk", "parent_id", "founded", "state", "kind__is_federation")
    units = list(visible(actor).order_by().values_list(*columns))
    own = mine(actor)
    placed = Placement.objects.filter(own, end__isnull=False).order_by("-end", "-pk")
    moves = list(placed.values_list("unit_id", "parent_id", "end"))
    told: dict[int, list[tuple[str, str]]] = {}
    events = UnitEvent.objects.filter(own, kind__in=list(rules.EVENT_STATE)).order_by("on", "pk")
    for unit_id, on, kind in events.values_list("unit_id", "on", "kind"):
        told.setdefault(unit_id, []).append((on, kind))
    found = []
    for day in days:
        above: dict[int, int | None] = {row[0]: row[1] for row in units}
        if day < clock.today():
            above.update({pk: at for pk, at, end in moves if end is not None and end > day and pk in above})
        living = frozenset(
            pk
            for pk, _parent, founded, state, is_federation in units
            if not is_federation
            and _state(day, founded, state, told.get(pk, ())) not in (rules.NOT_FOUNDED, "dissolved")
        )
        found.append(Standpoint(day, paths(above), living))
    return found


def _state(day: date, founded: str, state: str, events: Sequence[tuple[str, str]]) -> str | None:
    written = day.isoformat()
    if day >= clock.today():
        return state
    latest = next((kind for on, kind in reversed(events) if on <= written), "")
    following = next((kind for on, kind in events if on > written), "")
    return rules.state_on(day=day, state_today=state, founded=founded, latest=latest, following=following)
