"""Host units, leading bodies and areas served, each as it holds on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import rules
from wuyou.orgs.models import AreaServed, Hosting, HostUnit, LedBy, Placement, Unit
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.states import in_states, states_on
from wuyou.orgs.queries.units import groups, ids_under
from wuyou.places.models import Division
from wuyou.platform.scoping import scope, within


def open_on(day: date) -> Q:
    """Return the condition that a dated row holds on a day."""
    return (Q(start=None) | Q(start__lte=day)) & (Q(end=None) | Q(end__gt=day))


def hosts_of(unit_ids: Iterable[int], *, on: date) -> dict[int, list[str]]:
    """Return the host units' names of each unit on a day, by name."""
    return _names(Hosting.objects.filter(open_on(on), unit__in=list(unit_ids)), "host__name")


def host_names(actor: Actor, *, on: date) -> dict[int, list[str]]:
    """Return the host units' names on a day of every unit that the actor may see, as unit id -> names."""
    return _names(Hosting.objects.filter(open_on(on), scope(actor, P.VIEW, "unit__path")), "host__name")


@dataclass(frozen=True, slots=True)
class Tie:
    """A dated tie of a unit: `kind` guided, led_by, hosts or areas; to what; from a day until a day.

    `start` None: not known; `end` None: still. `code` is the division's where it is an area.
    """

    kind: str
    name: str
    start: date | None
    end: date | None
    code: str = ""
    document: str = ""


_TIES: tuple[tuple[str, type[Any], str, str, str], ...] = (
    ("guided", Placement, "parent__short_name", "", "document"),
    ("led_by", LedBy, "body", "", ""),
    ("hosts", Hosting, "host__name", "", ""),
    ("areas", AreaServed, "division__name", "division__code", ""),
)
"""Kind of tie, its table, and the columns of name, code and document ("" = it has none)."""


def ties(actor: Actor, unit_id: int) -> list[Tie]:
    """Return all that a unit is and was tied to, kind by kind, the oldest first; none for a unit that is not the actor's."""
    first, *others = (
        model.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id)
        .order_by()
        .values_list(Value(place), name, "start", "end", _column(code), _column(document), "pk")
        for place, (_kind, model, name, code, document) in enumerate(_TIES)
    )
    rows = sorted(first.union(*others, all=True), key=lambda row: (row[0], row[2] or date.min, row[6]))
    return [Tie(_TIES[place][0], *told) for place, *told, _pk in rows]


def ties_on(actor: Actor, unit_ids: Iterable[int], *, on: date) -> dict[int, dict[str, list[str]]]:
    """Return what some units were tied to on a day, as unit id -> kind of tie (led_by, hosts, areas) -> names, the oldest first.

    Ties of units that are not the actor's are left out. One query.
    """
    ids = list(unit_ids)
    first, *others = (
        model.objects.filter(open_on(on), scope(actor, P.VIEW, "unit__path"), unit__in=ids)
        .order_by()
        .values_list(Value(place), "unit_id", name, "start", "pk")
        for place, (_kind, model, name, _code, _document) in enumerate(_TIES)
        if model is not Placement
    )
    found: dict[int, dict[str, list[str]]] = {}
    rows = first.union(*others, all=True)
    for place, unit_id, name, _start, _pk in sorted(rows, key=lambda row: (row[3] or date.min, row[4])):
        found.setdefault(unit_id, {}).setdefault(_TIES[place][0], []).append(name)
    return found


def _column(name: str) -> Any:
    return F(name) if name else Value("")


def _names(rows: QuerySet[Any], field: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for unit_id, name in rows.order_by("id").values_list("unit_id", field):
        found.setdefault(unit_id, []).append(name)
    return found


def county_of_host(host_id: int | None) -> Division | None:
    """Return the county of a host unit; None when there is no such unit or its county is not known."""
    host = None if host_id is None else HostUnit.objects.select_related("county").filter(pk=host_id).first()
    return host.county if host is not None else None


def host_named(name: str) -> HostUnit | None:
    """Return the host unit of exactly that name; None when there is none or more than one."""
    found = list(HostUnit.objects.filter(name=name)[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class HostWithUnits:
    """A host unit and the groups there, as (unit id, state, number of that group's hosts)."""

    id: int
    name: str
    units: tuple[tuple[int, str, int], ...]


def hosts_with_units(actor: Actor, *, on: date) -> list[HostWithUnits]:
    """Return the host units of the groups that the actor may see, with those groups as they stood on a day, by name.

    A state that nobody can tell is "".
    """
    rows = Hosting.objects.filter(open_on(on), scope(actor, P.VIEW, "unit__path"))
    told = rows.order_by("host__name", "unit").values_list("host_id", "host__name", "unit_id", "unit__state")
    then = {} if on >= clock.today() else states_on(on)
    stood = [(host, name, unit_id, then.get(unit_id, state) or "") for host, name, unit_id, state in told]
    found = [row for row in stood if row[3] not in (rules.NOT_FOUNDED, Unit.State.DISSOLVED)]
    number: dict[int, int] = {}
    for _host, _name, unit_id, _state in found:
        number[unit_id] = number.get(unit_id, 0) + 1
    hosts: dict[int, tuple[str, list[tuple[int, str, int]]]] = {}
    for host_id, name, unit_id, state in found:
        hosts.setdefault(host_id, (name, []))[1].append((unit_id, state, number[unit_id]))
    return [HostWithUnits(host_id, name, tuple(units)) for host_id, (name, units) in hosts.items()]


def areas_served(path: str, *, on: date, states: Collection[str]) -> dict[int, list[int]]:
    """Return which groups that were in these states on a day served each place below a path, as division id -> unit ids."""
    rows = AreaServed.objects.filter(open_on(on), in_states(on, states), within((path,), "division__path"))
    found: dict[int, list[int]] = {}
    for division_id, unit_id in rows.filter(unit__kind__is_federation=False).values_list("division_id", "unit_id"):
        found.setdefault(division_id, []).append(unit_id)
    return found


def hosted_units(actor: Actor, *, on: date, under: str = "", permission: str = P.VIEW) -> set[int]:
    """Return the ids of the units that had a host unit on a day."""
    found = Hosting.objects.filter(open_on(on), unit__in=ids_under(actor, under, permission))
    return set(found.values_list("unit_id", flat=True))


def host_numbers(actor: Actor, *, on: date, permission: str = P.VIEW) -> dict[int, int]:
    """Return how many host units each unit had on a day, as unit id -> number; units without one are absent."""
    found = Hosting.objects.filter(open_on(on), scope(actor, permission, "unit__path"))
    return dict(found.values_list("unit_id").annotate(n=Count("host", distinct=True)).order_by())


def group_names(actor: Actor) -> list[tuple[int, str, str, tuple[str, ...], str]]:
    """Return every living group as (id, full name, short name, host names, county name), to understand written names."""
    rows = list(groups(actor).values_list("pk", "full_name", "short_name", "county__name"))
    found = Hosting.objects.filter(unit__in=[row[0] for row in rows], end=None) if len(rows) < 900 else None
    hosts = _names(found if found is not None else Hosting.objects.filter(end=None), "host__name")
    return [(pk, full, short, tuple(hosts.get(pk, ())), county or "") for pk, full, short, county in rows]
