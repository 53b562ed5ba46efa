"""What several checks read of the units, each thing once for an inspection: pass these to `Inspection.read`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min

from wuyou.activities import queries as activities
from wuyou.integrity.definition import Inspection, Offender
from wuyou.integrity.permissions import P
from wuyou.integrity.rules import Stretch, covers
from wuyou.leadership.models import Seat, Term
from wuyou.leadership.permissions import P as Leadership
from wuyou.leadership.queries.terms import ending
from wuyou.orgs import queries as orgs
from wuyou.orgs import rules as org_rules
from wuyou.orgs.models import AreaServed, FormerIdentity, Hosting, LedBy, Lineage, Placement, Unit, UnitEvent, Venue
from wuyou.orgs.permissions import P as Orgs
from wuyou.orgs.queries import open_on, visible
from wuyou.people import queries as people
from wuyou.people.models import HeadCount
from wuyou.people.permissions import P as People
from wuyou.platform.scoping import scope

DISSOLVED, NORMAL = Unit.State.DISSOLVED, Unit.State.NORMAL


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit as the checks see it, with what of its county, form and parent they ask for; None: there is none."""

    id: int
    short_name: str
    full_name: str
    path: str
    state: str
    founded: str
    approval_number: str
    has_study_rules: bool | None
    kind_name: str
    kind_code: str
    is_federation: bool
    kind_in_use: bool
    form_code: str | None
    form_name: str | None
    form_in_use: bool | None
    county_name: str | None
    county_path: str | None
    parent_id: int | None
    parent_name: str | None
    parent_path: str | None
    parent_state: str | None
    parent_is_county: bool
    parent_county: str | None

    @property
    def is_closed(self) -> bool:
        """Whether the unit is dissolved."""
        return self.state == DISSOLVED

    def found(self, what: str, key: Any = None, query: tuple[tuple[str, Any], ...] = ()) -> Offender:
        """Return the unit as an offender."""
        return Offender(self.short_name, what, self.county_name or "", self.id, self.path, key or self.id, query)


_COLUMNS = (
    "id", "short_name", "full_name", "path", "state", "founded", "approval_number", "has_study_rules", "kind__name",
    "kind__code", "kind__is_federation", "kind__is_active", "form__code", "form__name", "form__is_active", "county__name",
    "county__path", "parent_id", "parent__short_name", "parent__path", "parent__state", "parent__kind__code",
    "parent__county__name",
)  # fmt: skip


def all_units(seen: Inspection) -> dict[int, UnitFacts]:
    """Return every unit whose records the actor may have checked, dissolved ones too, as id -> facts.

    By county and then by name, offices first: the fixed order of every list of offenders.
    """
    rows = visible(seen.actor).filter(scope(seen.actor, P.VIEW)).order_by(
        "county__code", "-kind__is_federation", "pinyin", "id"
    )  # fmt: skip
    return {row[0]: _facts(row) for row in rows.values_list(*_COLUMNS)}


def _facts(row: tuple[Any, ...]) -> UnitFacts:
    told: list[Any] = [*row[:-2], row[-2] == org_rules.COUNTY_FEDERATION, row[-1]]
    return UnitFacts(*told)


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Return rows by their first value, in their order, as value -> [the other values]."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for first, *told in rows:
        found.setdefault(first, []).append(tuple(told))
    return found


def living_units(seen: Inspection) -> list[UnitFacts]:
    """Return the units, offices and groups, that are not dissolved."""
    return [unit for unit in seen.read(all_units).values() if not unit.is_closed]


def living_groups(seen: Inspection) -> list[UnitFacts]:
    """Return the groups that are not dissolved."""
    return [unit for unit in seen.read(living_units) if not unit.is_federation]


def closed_units(seen: Inspection) -> list[UnitFacts]:
    """Return the dissolved units."""
    return [unit for unit in seen.read(all_units).values() if unit.is_closed]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event of a unit; `on` is ISO text as precise as known, `word` its kind as an office says it."""

    kind: str
    on: str
    document: str

    @property
    def word(self) -> str:
        """The kind as an office says it."""
        return str(dict(UnitEvent.Kind.choices).get(self.kind, self.kind))

    @property
    def leaves(self) -> str:
        """The state that it leaves the unit in; "" when it leaves that as it is."""
        return org_rules.EVENT_STATE.get(self.kind, "")


def all_events(seen: Inspection) -> dict[int, list[EventFacts]]:
    """Return the events of each unit, oldest first, as unit id -> events."""
    rows = UnitEvent.objects.filter(scope(seen.actor, Orgs.VIEW, "unit__path")).order_by("on", "id")
    told = grouped(rows.values_list("unit_id", "kind", "on", "document"))
    return {unit_id: [EventFacts(*row) for row in known] for unit_id, known in told.items()}


def closing_days(seen: Inspection) -> dict[int, str]:
    """Return since when each dissolved unit is so, where an event tells, as unit id -> ISO text as precise as known."""
    events = seen.read(all_events)
    found = {}
    for unit in seen.read(closed_units):
        days = [event.on for event in events.get(unit.id, ()) if event.leaves == DISSOLVED]
        if days:
            found[unit.id] = days[-1]
    return found


def predecessors(seen: Inspection) -> set[int]:
    """Return the ids of the units that went on as others."""
    rows = Lineage.objects.filter(scope(seen.actor, Orgs.VIEW, "predecessor__path"))
    return set(rows.values_list("predecessor_id", flat=True))


def former_until(seen: Inspection) -> dict[int, date]:
    """Return until when each unit had its oldest former name or kind, as unit id -> day."""
    rows = FormerIdentity.objects.filter(scope(seen.actor, Orgs.VIEW, "unit__path")).order_by()
    return dict(rows.values_list("unit_id").annotate(first=Min("until")))


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """Under whom a unit is guided, from a day until a day."""

    parent_id: int
    start: date | None
    end: date | None

    @property
    def stretch(self) -> Stretch:
        """The days for which it holds."""
        return self.start, self.end


def all_placements(seen: Inspection) -> dict[int, list[PlacementFacts]]:
    """Return the placements of each unit, as unit id -> placements."""
    rows = Placement.objects.filter(scope(seen.actor, Orgs.VIEW, "unit__path")).order_by("start", "id")
    told = grouped(rows.values_list("unit_id", "parent_id", "start", "end"))
    return {unit_id: [PlacementFacts(*row) for row in known] for unit_id, known in told.items()}


def open_hosts(seen: Inspection) -> dict[int, list[tuple[Any, ...]]]:
    """Return the host units of each unit on the day, as unit id -> [(host id, name)], by name."""
    rows = Hosting.objects.filter(open_on(seen.day), scope(seen.actor, Orgs.VIEW, "unit__path"))
    return grouped(rows.order_by("host__name", "host_id").values_list("unit_id", "host_id", "host__name"))


def open_areas(seen: Inspection) -> dict[int, list[tuple[Any, ...]]]:
    """Return the areas that each unit serves on the day, as unit id -> [(division id, name, day it ceased)], by name."""
    rows = AreaServed.objects.filter(open_on(seen.day), scope(seen.actor, Orgs.VIEW, "unit__path"))
    told = rows.order_by("division__name", "division_id")
    return grouped(told.values_list("unit_id", "division_id", "division__name", "division__valid_until"))


def open_bodies(seen: Inspection) -> dict[int, list[tuple[Any, ...]]]:
    """Return the bodies that lead each unit on the day, as unit id -> [(name,)]."""
    rows = LedBy.objects.filter(open_on(seen.day), scope(seen.actor, Orgs.VIEW, "unit__path"))
    return grouped(rows.order_by("id").values_list("unit_id", "body"))


def open_venues(seen: Inspection) -> dict[int, list[tuple[Any, ...]]]:
    """Return the venues that each unit uses on the day, as unit id -> [(name,)]."""
    rows = Venue.objects.filter(open_on(seen.day), scope(seen.actor, Orgs.VIEW, "unit__path"))
    return grouped(rows.order_by("id").values_list("unit_id", "name"))


@dataclass(frozen=True, slots=True)
class HostFacts:
    """A unit at a host unit on the day."""

    unit_id: int
    host_id: int
    name: str
    county_id: int | None


def host_rows(seen: Inspection) -> list[HostFacts]:
    """Return which unit sits at which host unit on the day, by the host's county and name."""
    rows = Hosting.objects.filter(open_on(seen.day), scope(seen.actor, Orgs.VIEW, "unit__path"))
    told = rows.order_by("host__county__code", "host__pinyin", "host_id", "unit__pinyin", "unit_id")
    return [HostFacts(*row) for row in told.values_list("unit_id", "host_id", "host__name", "host__county_id")]


@dataclass(frozen=True, slots=True)
class Declared:
    """How many people a unit declared on which day."""

    people: int
    on: date


def declared_numbers(seen: Inspection) -> dict[int, Declared]:
    """Return the newest accepted total that each unit declared until the day, as unit id -> number and day."""
    ids = orgs.ids_under(seen.actor, "", People.COUNT)
    rows = HeadCount.objects.filter(unit__in=ids, is_accepted=True, category="", counted_on__lte=seen.day)
    told = rows.order_by("counted_on", "pk").values_list("unit_id", "people", "counted_on")
    return {unit_id: Declared(people, on) for unit_id, people, on in told if unit_id is not None}


def members(seen: Inspection) -> dict[int, int]:
    """Return how many persons belong to each unit on the day, as unit id -> number; units without one are absent."""
    return people.members_on(seen.actor, on=seen.day)


def last_activities(seen: Inspection) -> dict[int, date]:
    """Return the day of each unit's last activity until the day, as unit id -> day."""
    return activities.last_days_until(seen.actor, until=seen.day)


def in_order(seen: Inspection, unit_ids: Any) -> Iterator[UnitFacts]:
    """Yield the units among some ids that the actor may have checked, in the fixed order."""
    return (unit for pk, unit in seen.read(all_units).items() if pk in unit_ids)


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat of a unit: the post's name, whether it leads and is in use, its days, and when its holder moved away or died."""

    id: int
    post: str
    leads: bool
    post_in_use: bool
    start: date | None
    end: date | None
    left_on: date | None


def all_seats(seen: Inspection) -> dict[int, list[SeatFacts]]:
    """Return the seats of each unit, past ones too, by rank of post, as unit id -> seats."""
    rows = Seat.objects.filter(scope(seen.actor, Leadership.VIEW, "unit__path")).order_by(
        "post__order", "position", "id"
    )
    told = grouped(
        rows.values_list(
            "unit_id", "id", "post__name", "post__leads", "post__is_active", "start", "end", "person__left_on"
        )
    )
    return {unit_id: [SeatFacts(*row) for row in known] for unit_id, known in told.items()}


def open_seats(seen: Inspection) -> dict[int, list[SeatFacts]]:
    """Return the seats that somebody holds on the day, by rank of post, as unit id -> seats; units without are absent."""
    found = {}
    for unit_id, seats in seen.read(all_seats).items():
        held = [seat for seat in seats if covers([(seat.start, seat.end)], seen.day)]
        if held:
            found[unit_id] = held
    return found


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A term of a unit: its days with the extensions approved by the day, the end set at first, its number."""

    start: date | None
    end: date | None
    first_end: date | None
    number: int | None


def all_terms(seen: Inspection) -> dict[int, list[TermFacts]]:
    """Return the terms of each unit by their first day, those of unknown start first, as unit id -> terms."""
    rows = ending(Term.objects.filter(scope(seen.actor, Leadership.VIEW, "unit__path")), seen.day)
    rows = rows.order_by(F("start").asc(nulls_first=True), "end", "id")
    told = grouped(rows.values_list("unit_id", "start", "end_in_force", "end", "number"))
    return {unit_id: [TermFacts(*row) for row in known] for unit_id, known in told.items()}
