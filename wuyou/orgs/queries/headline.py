"""What befell groups in a year, as the yearly headline counts it: by event date, under whom they were guided that day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.partialdate import PartialDate
from wuyou.orgs.models import FormerIdentity, Placement, UnitEvent, UnitKind
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.units import federations
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.orgs.rules.guiding import Placed, guides


@dataclass(frozen=True, slots=True)
class Counted:
    """An event that counts: the newest of its kind that befell a unit within a year.

    `kind` is the unit's kind on that day, `guides` the ids of the unit itself and of all that guided it then, the nearest
    first.
    """

    event: UnitEvent
    kind: UnitKind
    guides: tuple[int, ...]

    @property
    def year(self) -> int:
        """The year for which it counts."""
        return int(self.event.on[:4])

    def under(self, offices: Collection[int]) -> int | None:
        """Return which of these offices guided the unit that day, the nearest one; None when none of them did."""
        return next((office for office in self.guides if office in offices), None)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What a list of events is narrowed to: those of a year until a day, of some kinds; `since` is an earlier first year.

    `guided`: the office that guided the unit that day (None = whichever). `unit_kind`: its kind that day (a
    code, "" = any).
    """

    year: int
    last: date
    kinds: tuple[str, ...] = HEADLINE_KINDS
    guided: int | None = None
    unit_kind: str = ""
    since: int | None = None


def counted_events(actor: Actor, first: int, last: int, *, as_of: date | None = None) -> list[Counted]:
    """Return the events of groups that count for some years (first and last included), until the as-of day, by date.

    A unit counts once a year for each kind of event, by its newest one. It counts for the offices that guided it on the
    day of the event, whoever guides it now and whether it still exists. Three queries.
    """
    told = _events(first, last, as_of)
    former = _former_kinds(told.order_by().values("unit"))
    found = []
    for event, day, above in _guided(actor, told):
        kind = next((kind for until, kind in former.get(event.unit_id, ()) if until > day), event.unit.kind)
        found.append(Counted(event, kind, above))
    return found


def _events(first: int, last: int, as_of: date | None) -> QuerySet[UnitEvent]:
    events = UnitEvent.objects.filter(unit__kind__is_federation=False, on__gte=f"{first:04d}", on__lt=f"{last + 1:04d}")
    if as_of is not None:
        events = events.filter(on__lte=as_of.isoformat())
    return events.select_related("unit", "unit__kind").order_by("on", "id")


def _guided(actor: Actor, told: QuerySet[UnitEvent]) -> Iterator[tuple[UnitEvent, date, tuple[int, ...]]]:
    """Yield the events that count and that befell units under the actor's offices, by date, each with its day and `guides`."""
    newest = {(event.unit_id, event.kind, event.on[:4]): event for event in told}
    placed, offices = _placements(told.order_by().values("unit")), _ends(actor.paths(P.VIEW))
    for event in sorted(newest.values(), key=lambda event: (event.on, event.pk)):
        day = PartialDate.parse(event.on).first_day()
        above = guides(event.unit_id, day, placed)
        if offices is None or not offices.isdisjoint(above):
            yield event, day, above


def may_open(actor: Actor, one: Counted) -> bool:
    """Say whether the unit is the actor's to see today: one that has come under another office since is not named."""
    return actor.can(P.VIEW, one.event.unit.path)


def units_by_event(actor: Actor, year: int, *, as_of: date | None = None, under: str = "") -> dict[str, set[int]]:
    """Return, by kind of event, the ids of the units that count for the year's headline (once a year for each kind).

    `under` is the path of an office that guided them. Two queries.
    """
    offices = _ends([under] if under else [])
    found: dict[str, set[int]] = {}
    for event, _day, above in _guided(actor, _events(year, year, as_of)):
        if not under or offices is None or not offices.isdisjoint(above):
            found.setdefault(event.kind, set()).add(event.unit_id)
    return found


def narrowed_events(actor: Actor, by: EventFilter) -> list[Counted]:
    """Return the events that count for a year and that the filter leaves, by date."""
    found = [
        one
        for one in counted_events(actor, by.since or by.year, by.year, as_of=by.last)
        if one.event.kind in by.kinds and by.unit_kind in ("", one.kind.code)
    ]
    if by.guided is None:
        return found
    offices = {office.pk for office in federations(actor)}
    return [one for one in found if one.under(offices) == by.guided]


def event_words() -> dict[str, Any]:
    """Return what may befall a unit, as kind of event -> its word."""
    return dict(UnitEvent.Kind.choices)


def target_words() -> dict[str, Any]:
    """Return what is planned and counted for the headline, as kind of event -> its word."""
    words = event_words()
    return {kind: words[kind] for kind in HEADLINE_KINDS}


def _placements(units: Any) -> dict[int, list[Placed]]:
    """Return the placements of some units (a subquery of their ids) and of every unit that ever guided another."""
    guiding = Placement.objects.order_by().values("parent")
    rows = Placement.objects.filter(Q(unit__in=units) | Q(unit__in=guiding))
    found: dict[int, list[Placed]] = {}
    for unit_id, parent_id, start, end in rows.values_list("unit_id", "parent_id", "start", "end"):
        found.setdefault(unit_id, []).append(Placed(parent_id, start, end))
    return found


def _former_kinds(units: Any) -> dict[int, list[tuple[date, UnitKind]]]:
    """Return of which kind some units (a subquery of their ids) were until which day, the oldest first."""
    found: dict[int, list[tuple[date, UnitKind]]] = {}
    for former in FormerIdentity.objects.filter(unit__in=units).select_related("kind").order_by("until"):
        found.setdefault(former.unit_id, []).append((former.until, former.kind))
    return found


def _ends(paths: Sequence[str]) -> set[int] | None:
    """Return the ids of the units at which paths end; None where the root of the tree is among them."""
    if ROOT in paths:
        return None
    return {int(path.rstrip("/").rpartition("/")[2]) for path in paths}
