"""Reading units. Every function takes the actor; what lies outside his units does not exist for him."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import rules
from wuyou.orgs.models import (
    AreaServed,
    Hosting,
    HostUnit,
    LedBy,
    Placement,
    Unit,
    UnitEvent,
    UnitForm,
    UnitKind,
    Venue,
)
from wuyou.orgs.permissions import P
from wuyou.places.models import Division
from wuyou.platform.scoping import scope, within

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """What a list of units is narrowed to; "" and None narrow nothing. `under` is a unit's path."""

    text: str = ""
    kind: str = ""
    state: str = ""
    county: str = ""
    under: str = ""
    include_dissolved: bool = False
    only: tuple[int, ...] | None = None


def visible(actor: Actor, permission: str = P.VIEW) -> QuerySet[Unit]:
    """Return the units on which the actor holds the permission."""
    return Unit.objects.filter(scope(actor, permission))


def unit(actor: Actor, unit_id: int, *, needs: str = P.VIEW) -> Unit:
    """Return one unit with kind, form, county and parent. Raises NotFound, or Forbidden when only the right lacks."""
    return _one(visible(actor).select_related("kind", "form", "county", "parent"), actor, unit_id, needs)


def unit_alone(actor: Actor, unit_id: int, *, needs: str = P.VIEW) -> Unit:
    """Return one unit without what it refers to, five times as quick: for a service that needs its place and state.

    Raises as `unit` does.
    """
    return _one(visible(actor), actor, unit_id, needs)


def unit_for_update(actor: Actor, unit_id: int, *, needs: str) -> Unit:
    """Return one unit, locked until the transaction ends. Raises as `unit` does."""
    unit_alone(actor, unit_id, needs=needs)
    return Unit.objects.select_for_update(of=("self",)).select_related("kind", "county").get(pk=unit_id)


def _one(units: QuerySet[Unit], actor: Actor, unit_id: int, needs: str) -> Unit:
    try:
        found = units.get(pk=unit_id)
    except Unit.DoesNotExist:
        raise NotFound from None
    if not actor.can(needs, found.path):
        raise Forbidden(needs)
    return found


def narrowed(units: QuerySet[Unit], by: UnitFilter) -> QuerySet[Unit]:
    """Return the units that the filter leaves, in the order kind of the tree: federations first, then by pinyin."""
    if by.text:
        word = by.text.strip()
        found = Q(full_name__icontains=word) | Q(short_name__icontains=word)
        if word.isascii():
            found |= Q(initials__startswith=word.lower()) | Q(pinyin__startswith=word.lower())
        units = units.filter(found)
    if by.kind:
        units = units.filter(kind__code=by.kind)
    if by.state:
        units = units.filter(state=by.state)
    elif not by.include_dissolved:
        units = units.exclude(state=Unit.State.DISSOLVED)
    if by.county:
        units = units.filter(county__code=by.county)
    if by.under:
        units = units.filter(within((by.under,)))
    if by.only is not None:
        units = units.filter(pk__in=by.only)
    return units


def unit_page(actor: Actor, by: UnitFilter, page: int = 1, size: int = PAGE_SIZE) -> Any:
    """Return one page of units (a Django page of `Unit` with kind, form, county), federations first, then by pinyin."""
    units = narrowed(visible(actor), by).select_related("kind", "form", "county")
    return Paginator(units.order_by("-kind__is_federation", "pinyin", "id"), size).get_page(page)


def unit_rows(actor: Actor, by: UnitFilter) -> Iterator[Unit]:
    """Yield every unit that the filter leaves, in the order of `unit_page`, with kind, form, county and parent."""
    units = narrowed(visible(actor), by).select_related("kind", "form", "county", "parent")
    return units.order_by("-kind__is_federation", "pinyin", "id").iterator(chunk_size=2000)


def groups(actor: Actor, *, under: str = "", permission: str = P.VIEW) -> QuerySet[Unit]:
    """Return the living grassroots units that the actor may see, under a path if one is given."""
    found = visible(actor, permission).filter(kind__is_federation=False).exclude(state=Unit.State.DISSOLVED)
    return found.filter(within((under,))) if under else found


def federations(actor: Actor, permission: str = P.VIEW) -> list[Unit]:
    """Return the federation offices the actor may see, the widest first, then by pinyin."""
    found = visible(actor, permission).filter(kind__is_federation=True).select_related("county")
    return list(found.order_by(F("parent_id").asc(nulls_first=True), "pinyin", "id"))


def tree(actor: Actor, *, under: str = "") -> list[Unit]:
    """Return federations with their living groups, parents before children, siblings by pinyin."""
    units = visible(actor).exclude(state=Unit.State.DISSOLVED).select_related("kind")
    units = units.filter(within((under,))) if under else units
    by_parent: dict[int | None, list[Unit]] = {}
    found = list(units.order_by("-kind__is_federation", "pinyin", "id"))
    known = {u.pk for u in found}
    for item in found:
        by_parent.setdefault(item.parent_id if item.parent_id in known else None, []).append(item)
    ordered: list[Unit] = []
    waiting = list(reversed(by_parent.get(None, [])))
    while waiting:
        item = waiting.pop()
        ordered.append(item)
        waiting.extend(reversed(by_parent.get(item.pk, [])))
    return ordered


def kinds() -> list[UnitKind]:
    """Return the kinds in use, in the office's order."""
    return list(UnitKind.objects.filter(is_active=True))


def grassroots_kinds() -> list[UnitKind]:
    """Return every kind of group, in use or not, in the office's order."""
    return list(UnitKind.objects.filter(is_federation=False))


def forms() -> list[UnitForm]:
    """Return the threshold table, smallest first."""
    return list(UnitForm.objects.all())


def advised_form(people: int | None) -> rules.FormAdvice | None:
    """Return the form that the threshold table advises for a number of people; None when it is not known."""
    return rules.advised_form(people, [rules.FormAdvice(f.code, f.name, f.min_people) for f in forms()])


def events(actor: Actor, unit_id: int) -> list[UnitEvent]:
    """Return a unit's history, newest first; none for a unit that is not the actor's."""
    found = UnitEvent.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id)
    return list(found.order_by("-on", "-id"))


def events_in_year(actor: Actor, year: int, *, as_of: date | None = None, under: str = "") -> list[UnitEvent]:
    """Return the events of groups dated in a year (until the as-of day), with their units, by date."""
    found = UnitEvent.objects.filter(
        scope(actor, P.VIEW, "unit__path"), on__startswith=str(year), unit__kind__is_federation=False
    )
    if as_of is not None:
        found = found.filter(on__lte=as_of.isoformat())
    if under:
        found = found.filter(within((under,), "unit__path"))
    return list(found.select_related("unit", "unit__kind", "unit__county").order_by("on", "id"))


def units_by_event(actor: Actor, year: int, *, as_of: date | None = None, under: str = "") -> dict[str, set[int]]:
    """Return, by kind of event, the ids of the units that count for the year's headline (once a year for each kind)."""
    rows = [(e.unit_id, e.kind, e.on) for e in events_in_year(actor, year, as_of=as_of, under=under)]
    return rules.counted_once(rows, year)


def count_by(actor: Actor, field: str, *, under: str = "") -> dict[str, int]:
    """Return how many living groups there are by a field ("state", "kind__name", "form__name"), as text -> count."""
    rows = groups(actor, under=under).values_list(field).annotate(number=Count("pk")).order_by(field)
    return {str(value or ""): number for value, number in rows}


def hosts_of(unit_ids: Iterable[int], *, on: date) -> dict[int, list[str]]:
    """Return the host units' names of each unit on a day, by name."""
    return _names(Hosting.objects.filter(open_on(on), unit__in=list(unit_ids)), "host__name")


def host_names(actor: Actor, *, on: date) -> dict[int, list[str]]:
    """Return the host units' names on a day of every unit that the actor may see, as unit id -> names."""
    return _names(Hosting.objects.filter(open_on(on), scope(actor, P.VIEW, "unit__path")), "host__name")


def led_by_of(unit_ids: Iterable[int], *, on: date) -> dict[int, list[str]]:
    """Return the names of the bodies that lead each unit on a day."""
    return _names(LedBy.objects.filter(open_on(on), unit__in=list(unit_ids)), "body")


def areas_of(unit_ids: Iterable[int], *, on: date) -> dict[int, list[str]]:
    """Return the names of the divisions that each unit serves on a day."""
    return _names(AreaServed.objects.filter(open_on(on), unit__in=list(unit_ids)), "division__name")


def venues_of(actor: Actor, unit_id: int, *, on: date) -> list[Venue]:
    """Return a unit's venues on a day; none for a unit that is not the actor's."""
    found = Venue.objects.filter(open_on(on), scope(actor, P.VIEW, "unit__path"), unit=unit_id)
    return list(found.order_by("id"))


def placements_of(actor: Actor, unit_id: int) -> list[Placement]:
    """Return under whom a unit was guided, newest first. Raises NotFound."""
    found = Placement.objects.filter(unit=unit(actor, unit_id)).select_related("parent")
    return sorted(found, key=lambda p: (p.start or date.min, p.pk), reverse=True)


def answers_for(actor: Actor, permission: str, place: str) -> bool:
    """Say whether the actor holds a permission for a place (its path): on the whole tree or on its county's federation."""
    paths = actor.paths(permission)
    held = Unit.objects.filter(path__in=paths, kind__is_federation=True).values_list("parent", "county__path")
    return ROOT in paths or any(
        above is None or (county is not None and place.startswith(county)) for above, county in held
    )


def county_of_host(host_id: int | None) -> Division | None:
    """Return the county of a host unit; None when there is no such unit or its county is not known."""
    host = None if host_id is None else HostUnit.objects.select_related("county").filter(pk=host_id).first()
    return host.county if host is not None else None


def host_named(name: str) -> HostUnit | None:
    """Return the host unit of exactly that name; None when there is none or more than one."""
    found = list(HostUnit.objects.filter(name=name)[:2])
    return found[0] if len(found) == 1 else None


def open_on(day: date) -> Q:
    """Return the condition that a dated row holds on a day."""
    return (Q(start=None) | Q(start__lte=day)) & (Q(end=None) | Q(end__gt=day))


def _names(rows: QuerySet[Any], field: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for unit_id, name in rows.order_by("id").values_list("unit_id", field):
        found.setdefault(unit_id, []).append(name)
    return found


def name_of(unit_id: int) -> str:
    """Return a unit's short name for the page head; "" when there is no such unit."""
    return Unit.objects.filter(pk=unit_id).values_list("short_name", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class HostWithUnits:
    """A host unit and the groups there, as (unit id, state, number of that group's hosts)."""

    id: int
    name: str
    units: tuple[tuple[int, str, int], ...]


def hosts_with_units(actor: Actor, *, county: str = "", on: date) -> list[HostWithUnits]:
    """Return the host units of the groups that the actor may see, with those groups, by name."""
    rows = Hosting.objects.filter(open_on(on), scope(actor, P.VIEW, "unit__path"))
    rows = rows.exclude(unit__state=Unit.State.DISSOLVED)
    if county:
        rows = rows.filter(unit__county__code=county)
    found = list(rows.order_by("host__name", "unit").values_list("host_id", "host__name", "unit_id", "unit__state"))
    number: dict[int, int] = {}
    for _host, _name, unit_id, _state in found:
        number[unit_id] = number.get(unit_id, 0) + 1
    hosts: dict[int, tuple[str, list[tuple[int, str, int]]]] = {}
    for host_id, name, unit_id, state in found:
        hosts.setdefault(host_id, (name, []))[1].append((unit_id, state, number[unit_id]))
    return [HostWithUnits(host_id, name, tuple(units)) for host_id, (name, units) in hosts.items()]


def areas_served(path: str, *, on: date, states: Iterable[str]) -> dict[int, list[int]]:
    """Return which groups in these states serve each place below a path, as division id -> unit ids."""
    rows = AreaServed.objects.filter(open_on(on), within((path,), "division__path"), unit__state__in=list(states))
    found: dict[int, list[int]] = {}
    for division_id, unit_id in rows.filter(unit__kind__is_federation=False).values_list("division_id", "unit_id"):
        found.setdefault(division_id, []).append(unit_id)
    return found


def short_names(unit_ids: Iterable[int]) -> dict[int, str]:
    """Return the short names of some units, as unit id -> name."""
    return dict(Unit.objects.filter(pk__in=list(unit_ids)).values_list("pk", "short_name"))


def standings(actor: Actor, *, on: date, under: str = "", permission: str = P.VIEW) -> list[rules.Standing]:
    """Return the grassroots units under a path as they stood on a day, whether living or not, by pinyin.

    They are those of today's tree; the state of the day comes from the events (`rules.state_on`). One query.
    """
    found = visible(actor, permission).filter(kind__is_federation=False)
    if under:
        found = found.filter(within((under,)))
    told = UnitEvent.objects.filter(unit=OuterRef("pk"), kind__in=list(rules.EVENT_STATE))
    latest = told.filter(on__lte=on.isoformat()).order_by("-on", "-id").values("kind")[:1]
    following = told.filter(on__gt=on.isoformat()).order_by("on", "id").values("kind")[:1]
    rows = found.annotate(latest=Subquery(latest), following=Subquery(following)).order_by("pinyin", "id")
    return [_standing(row, on) for row in rows.values_list(*_STANDING)]


_STANDING = (
    "id", "path", "full_name", "short_name", "kind__name", "county__name", "state", "founded", "approval_number",
    "has_study_rules", "form_id", "latest", "following",
)  # fmt: skip


def _standing(row: tuple[Any, ...], on: date) -> rules.Standing:
    pk, path, full, short, kind, county, today, founded, approval, study_rules, form_id, latest, following = row
    state = rules.state_on(day=on, state_today=today, founded=founded, latest=latest or "", following=following or "")
    return rules.Standing(
        pk, path, full, short, kind, county or "", state, founded, bool(approval), study_rules, form_id
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


def hosted_units(actor: Actor, *, on: date, under: str = "", permission: str = P.VIEW) -> set[int]:
    """Return the ids of the units that had a host unit on a day."""
    found = Hosting.objects.filter(open_on(on), unit__in=ids_under(actor, under, permission))
    return set(found.values_list("unit_id", flat=True))


def host_numbers(actor: Actor, *, on: date, permission: str = P.VIEW) -> dict[int, int]:
    """Return how many host units each unit had on a day, as unit id -> number; units without one are absent."""
    found = Hosting.objects.filter(open_on(on), scope(actor, permission, "unit__path"))
    return dict(found.values_list("unit_id").annotate(n=Count("host", distinct=True)).order_by())


def looking_from(actor: Actor, typed: str) -> tuple[Unit | None, Actor]:
    """Return the federation office that an address narrows a list to, by its id as typed, and the actor looking from it.

    (None, the actor as he is) when it names none. Raises: NotFound, when there is no such office or it is not his to see.
    """
    if not typed:
        return None, actor
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
    office = visible(actor).filter(pk=number, kind__is_federation=True).first()
    if office is None:
        raise NotFound
    return office, actor.at(office.path)


def ids_under(actor: Actor, under: str, permission: str) -> Any:
    """Return, as a subquery for `unit__in=`, the ids of the units under a path ("" is all) on which he has the permission.

    Rows of a register are then found by unit: a join with the path lets SQLite go through the days of the whole tree.
    """
    units = visible(actor, permission)
    return (units.filter(within((under,))) if under else units).order_by().values("pk")


def any_venue(on: date) -> bool:
    """Say whether any unit at all had a venue on a day: whether that register was in use."""
    return Venue.objects.filter(open_on(on)).exists()


def group_names(actor: Actor) -> list[tuple[int, str, str, tuple[str, ...], str]]:
    """Return every living group as (id, full name, short name, host names, county name), to understand written names."""
    rows = list(groups(actor).values_list("pk", "full_name", "short_name", "county__name"))
    found = Hosting.objects.filter(unit__in=[row[0] for row in rows], end=None) if len(rows) < 900 else None
    hosts = _names(found if found is not None else Hosting.objects.filter(end=None), "host__name")
    return [(pk, full, short, tuple(hosts.get(pk, ())), county or "") for pk, full, short, county in rows]
