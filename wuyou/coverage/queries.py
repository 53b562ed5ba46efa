"""Reading coverage. Counts are not personal data; what an actor sees are the places of his own federations."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from wuyou.coverage import rules
from wuyou.coverage.permissions import P
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import queries as orgs
from wuyou.people import queries as people
from wuyou.places import queries as places
from wuyou.places.models import Division

SHOWN, ALL = 3, 1_000_000
"""How many groups of a place are named: as many as a list shows, or all of them."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of the coverage table: its division, its reach, and groups that reach it with their names, by name.

    `groups` are those registered first, as many as were asked for; `reach.groups` are all.
    """

    division: places.Place
    reach: rules.Reach
    groups: tuple[tuple[int, str], ...]


def gaps(actor: Actor, home: str, *, as_of: date) -> list[PlaceRow]:
    """Return the places with people whom nobody reaches, most first: counties for a city, townships for one county.

    The rows name no groups. Raises Forbidden.
    """
    mine = own_counties(actor)
    top = mine[0] if mine is not None and len(mine) == 1 else places.division(home)
    if top is None:
        return []
    rows = _levels(top.path, (top.level + 1,), as_of, names=0)[0]
    ids = None if mine is None or top in mine else {county.pk for county in mine}
    return sorted((r for r in rows if r.reach.not_reached and (ids is None or r.division.pk in ids)), key=_need)


def county_rows(actor: Actor, home: str, *, as_of: date, names: int = SHOWN) -> list[PlaceRow]:
    """Return the counties of the home city that the actor may see, most people not reached first."""
    return list(spread(actor, home, as_of=as_of, names=names).counties)


def place_rows(actor: Actor, code: str, *, as_of: date, names: int = SHOWN) -> list[PlaceRow]:
    """Return the places right below a division that have people, most people not reached first.

    Raises: NotFound when there is no such division or it lies outside the actor's counties.
    """
    return rows_below(place(actor, code), as_of=as_of, names=names)


def rows_below(division: Division, *, as_of: date, names: int = SHOWN) -> list[PlaceRow]:
    """Return the places right below a division got from `place`, as `place_rows` does."""
    rows = _levels(division.path, (division.level + 1,), as_of, names)[0]
    return sorted((r for r in rows if r.reach.people), key=_need)


def place(actor: Actor, code: str) -> Division:
    """Return a division within the actor's counties. Raises NotFound, Forbidden."""
    division = places.division(code)
    mine = own_counties(actor)
    if division is None or (mine is not None and not any(division.path.startswith(c.path) for c in mine)):
        raise NotFound
    return division


@dataclass(frozen=True, slots=True)
class Spread:
    """The counties and the townships that an actor may see, most people not reached first, from one reading."""

    counties: tuple[PlaceRow, ...]
    townships: tuple[PlaceRow, ...]

    def county_of(self, township: PlaceRow) -> str:
        """Return the name of the county in which a township lies; "" when that is not the actor's to see."""
        found = (row.division.name for row in self.counties if row.division.pk == township.division.parent_id)
        return next(found, "")


def spread(actor: Actor, home: str, *, as_of: date, names: int = SHOWN) -> Spread:
    """Return counties and townships of the home city that the actor may see, most people not reached first.

    Where the home is a county, as in the office of one county alone, that county is the only one.
    """
    mine = own_counties(actor)
    ids = None if mine is None else {county.pk for county in mine}
    top = places.division(home)
    if top is None:
        return Spread((), ())
    counties, townships = _levels(top.path, (Division.Level.COUNTY, Division.Level.TOWNSHIP), as_of, names)
    return Spread(
        tuple(sorted((r for r in counties if ids is None or r.division.pk in ids), key=_need)),
        tuple(sorted((r for r in townships if ids is None or r.division.parent_id in ids), key=_need)),
    )


def townships_shown(rows: Iterable[PlaceRow], show: str) -> list[PlaceRow]:
    """Return the townships with people: all, only those that a group reaches (`reached`), or that none does (`gap`)."""
    peopled = [row for row in rows if row.reach.people]
    if show not in ("reached", "gap"):
        return peopled
    return [row for row in peopled if bool(row.reach.groups) == (show == "reached")]


def hosts_shown(rows: Iterable[rules.HostReach], show: str) -> list[rules.HostReach]:
    """Return the host units: all, those with people (`people`), or with people and no working group (`gap`)."""
    if show not in ("people", "gap"):
        return list(rows)
    return [row for row in rows if row.people and (show == "people" or not row.groups)]


def _need(row: PlaceRow) -> tuple[int, str]:
    return rules.by_need(row.reach, row.division.code)


def totals(rows: Iterable[PlaceRow]) -> rules.Reach:
    """Return the sum of some rows; groups are counted once."""
    rows = list(rows)
    groups = frozenset[int]().union(*(row.reach.groups for row in rows))
    return rules.Reach(
        people=sum(row.reach.people for row in rows),
        reached=sum(row.reach.reached for row in rows),
        groups=groups,
        counted_on=max((row.reach.counted_on for row in rows if row.reach.counted_on), default=None),
    )


def host_rows(actor: Actor, *, as_of: date) -> list[rules.HostReach]:
    """Return the host units of the actor's groups, those without a living group first by people, then by name."""
    if not actor.can(P.VIEW):
        raise Forbidden(P.VIEW)
    declared_units = people.declared_people(actor, as_of=as_of)
    declared_hosts = people.declared_at_hosts(as_of=as_of)
    found = []
    for host in orgs.hosts_with_units(actor, on=as_of):
        units = [(declared_units.get(unit_id), hosts) for unit_id, _state, hosts in host.units]
        number = rules.host_people(declared_hosts.get(host.id), units)
        living = frozenset(unit_id for unit_id, state, _hosts in host.units if state in rules.LIVING)
        found.append(rules.HostReach(host.id, host.name, number, living))
    return sorted(found, key=lambda row: (-row.not_reached, bool(row.groups), row.name))


def _levels(top: str, levels: Sequence[int], as_of: date, names: int) -> list[list[PlaceRow]]:
    """Return the places of some levels at and below a path, a list for each level: five queries (six for the past) in all."""
    tree = places.tree(top, on=as_of)
    reach = rules.reach_of(_facts(tree, top, as_of))
    found = [place for place in tree if place.level in levels]
    first = {place.pk: heapq.nsmallest(names, reach[place.pk].groups) for place in found}
    short = orgs.names_on({unit for units in first.values() for unit in units}, on=as_of) if names else {}

    def row(place: places.Place) -> PlaceRow:
        groups = sorted(((unit, short[unit]) for unit in first[place.pk] if unit in short), key=itemgetter(1))
        return PlaceRow(place, reach[place.pk], tuple(groups))

    return [[row(place) for place in found if place.level == level] for level in levels]


def _facts(tree: Sequence[places.Place], top: str, as_of: date) -> list[rules.PlaceFacts]:
    declared, registered = people.counts_by_division(top, as_of=as_of)
    served = orgs.areas_served(top, on=as_of, states=rules.LIVING)
    members = people.members_by_division(top, states=rules.LIVING, on=as_of)
    return [
        rules.PlaceFacts(
            id=place.pk,
            parent_id=place.parent_id,
            declared=_counted(declared.get(place.pk), True),
            registered=_counted(registered.get(place.pk), False),
            served_by=frozenset(served.get(place.pk, ())),
            members=members.get(place.pk, {}),
        )
        for place in tree
    ]


def _counted(count: tuple[int, date] | None, declared: bool) -> rules.Counted | None:
    return rules.Counted(count[0], count[1], declared) if count else None


def own_counties(actor: Actor) -> list[Division] | None:
    """Return the counties of the actor's federations; None when one of them is the whole city's. Raises Forbidden."""
    if not actor.can(P.VIEW):
        raise Forbidden(P.VIEW)
    if actor.can_everywhere(P.VIEW):
        return None
    offices = [office for office in orgs.federations(actor) if actor.can(P.VIEW, office.path)]
    if any(office.parent_id is None for office in offices):
        return None
    return [office.county for office in offices if office.county is not None]


def above(actor: Actor, division: Division) -> list[Division]:
    """Return the divisions between the home city and this one that the actor may see, the widest first."""
    found: list[Division] = []
    upper = division.parent
    while upper is not None and upper.level >= Division.Level.COUNTY:
        found.insert(0, upper)
        upper = upper.parent
    return found
