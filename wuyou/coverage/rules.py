"""How many people a place has, and how many of them a group reaches. Plain values in, plain values out.

People of a place: the newest accepted count. A declared count covers the whole place; a count of registered persons
covers those registered at exactly that place, so it is added to what the places below have.
Reached: all people of a place that a living group serves as its area; otherwise the people reached in the places below,
and the registered members of any living group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

LIVING = frozenset({"normal"})
"""A stalled group (停滞) or one that waits for reorganisation (待重组) reaches nobody until it works again."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count: people, the day, and whether it was declared (else counted from registered persons)."""

    people: int
    on: date
    declared: bool


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is known of one place: its own counts, the ids of living groups that serve it, members by living group."""

    id: int
    parent_id: int | None
    declared: Counted | None = None
    registered: Counted | None = None
    served_by: frozenset[int] = frozenset()
    members: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """A place's people and how many are reached; `groups` reach some of them. `counted` tells which count was used.

    `counted` is "declared" or "registered" with its newest day, "" and None where nothing is known.
    """

    people: int = 0
    reached: int = 0
    groups: frozenset[int] = frozenset()
    counted: str = ""
    counted_on: date | None = None

    @property
    def not_reached(self) -> int:
        """People whom no living group reaches."""
        return self.people - self.reached


def reach_of(places: Sequence[PlaceFacts]) -> dict[int, Reach]:
    """Return the reach of every place, as place id -> `Reach`; `places` holds every place below those of interest."""
    children: dict[int | None, list[PlaceFacts]] = {}
    known = {place.id for place in places}
    for place in places:
        children.setdefault(place.parent_id if place.parent_id in known else None, []).append(place)
    found: dict[int, Reach] = {}
    order, waiting = list[PlaceFacts](), list(children.get(None, ()))
    while waiting:
        place = waiting.pop()
        order.append(place)
        waiting.extend(children.get(place.id, ()))
    for place in reversed(order):
        found[place.id] = _reach(place, [found[child.id] for child in children.get(place.id, ())])
    return found


def _reach(place: PlaceFacts, below: Sequence[Reach]) -> Reach:
    people, counted, on = _people(place, below)
    members = sum(place.members.values())
    groups = place.served_by | frozenset(place.members) | frozenset[int]().union(*(child.groups for child in below))
    reached = people if place.served_by else min(people, members + sum(child.reached for child in below))
    return Reach(people, reached, groups, counted, on)


def _people(place: PlaceFacts, below: Iterable[Reach]) -> tuple[int, str, date | None]:
    below = [child for child in below if child.counted_on is not None]
    own = [place.registered] if place.registered else []
    days = [child.counted_on for child in below if child.counted_on] + [count.on for count in own]
    summed_on = max(days, default=None)
    if place.declared and (summed_on is None or place.declared.on >= summed_on):
        return place.declared.people, "declared", place.declared.on
    if summed_on is None:
        return 0, "", None
    people = sum(count.people for count in own) + sum(child.people for child in below)
    is_declared = not own and all(child.counted == "declared" for child in below)
    return people, "declared" if is_declared else "registered", summed_on


def by_need(reach: Reach, code: str) -> tuple[int, str]:
    """Return the sort key of a place: most people not reached first, then by code.

    Where people wait comes first, because that is where a group is to be founded next; it says nothing of how well a
    county works, so no place is numbered and results (五有, assessment) stay in their fixed order (principle P7).
    """
    return (-reach.not_reached, code)


@dataclass(frozen=True, slots=True)
class HostReach:
    """A host unit's people and the living groups there; people None means that nobody has counted."""

    host_id: int
    name: str
    people: int | None
    groups: frozenset[int]

    @property
    def not_reached(self) -> int:
        """The people of a host unit without a living group."""
        return 0 if self.groups else (self.people or 0)


def host_people(declared: int | None, units: Sequence[tuple[int | None, int]]) -> int | None:
    """Return the people of a host unit: its own newest count, else what its groups declared for themselves.

    `units` are (people declared by the group, number of its hosts); a cross-unit group's people are not split by guess,
    so only groups with this one host count. None when nothing is known.
    """
    if declared is not None:
        return declared
    own = [people for people, hosts in units if people is not None and hosts == 1]
    return sum(own) if own else None
