"""What is asked before an event or a placement of a unit is set right: itself, what holds it, and what it is measured by."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Reason
from wuyou.orgs.models import Placement, Unit, UnitEvent
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.units import unit
from wuyou.orgs.rules.befalling import Befallen
from wuyou.orgs.rules.correcting import Stretch
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.plugs import announced


def unit_event(actor: Actor, event_id: int, *, needs: str = P.VIEW) -> UnitEvent:
    """Return one event with its unit. Raises NotFound, Forbidden."""
    found: UnitEvent = _with_unit(UnitEvent.objects.filter(pk=event_id), actor, needs)
    return found


def placement(actor: Actor, placement_id: int, *, needs: str = P.VIEW) -> Placement:
    """Return one placement with its unit and office. Raises NotFound, Forbidden."""
    rows = Placement.objects.filter(pk=placement_id).select_related("parent")
    found: Placement = _with_unit(rows, actor, needs)
    return found


def _with_unit(rows: Any, actor: Actor, needs: str) -> Any:
    found = rows.first()
    if found is None:
        raise NotFound
    found.unit = unit(actor, found.unit_id, needs=needs)
    return found


def held_by(row: UnitEvent | Placement) -> Reason | None:
    """Return why a row is not set right by itself, as a package above says; None when nothing holds it."""
    return next((reason for holds in announced.holds if (reason := holds(row)) is not None), None)


def befallen(unit_id: int) -> list[Befallen]:
    """Return the events of a unit as rules see them, in no order."""
    return [
        Befallen(one.pk, one.kind, one.get_kind_display(), one.on) for one in UnitEvent.objects.filter(unit=unit_id)
    ]


def stretches(unit_id: int) -> list[Stretch]:
    """Return the placements of a unit as rules see them, in no order."""
    return [Stretch(*row) for row in Placement.objects.filter(unit=unit_id).values_list("pk", "start", "end")]


def guides_of(unit_id: int) -> dict[int, int]:
    """Return which office guided a unit by each of its placements, as placement id -> office's id."""
    return dict(Placement.objects.filter(unit=unit_id).values_list("pk", "parent_id"))


def event_with_document(document: str, *, unit_id: int, on: str) -> dict[str, object]:
    """Return unit, kind and day of another event that rests on a document; nothing for none.

    What befell the same unit on the same day is one matter with it.
    """
    if not document:
        return {}
    others = UnitEvent.objects.filter(document=document).exclude(unit=unit_id, on=on).select_related("unit")
    other = others.order_by("on", "pk").first()
    return {"unit": str(other.unit), "kind": other.get_kind_display(), "day": other.on} if other is not None else {}


def is_own_document(document: str, *, unit_id: int, on: str, shared: bool, besides: int = 0) -> bool:
    """Say whether a document approves one event alone, as far as it is told: it is not shared, nor of one matter."""
    if not document or shared:
        return False
    return not UnitEvent.objects.filter(document=document, unit=unit_id, on=on).exclude(pk=besides).exists()


def figures_moved(actor: Actor, unit_id: int, entry: int) -> dict[str, Any]:
    """Return what an entry of the trail tells of the figures that a correction of this unit moved, as its writer told it.

    Empty when that entry tells no such thing, or somebody else wrote it: the figures are those of all that its writer may
    see, not of this unit alone. Raises NotFound.
    """
    unit(actor, unit_id)
    mine = AuditEvent.objects.filter(seq=entry, actor_id=actor.user_id)
    told = mine.filter(verb="orgs.unit.figures_moved", object_id=str(unit_id))
    body = AuditPayload.objects.filter(event_id__in=told.values("seq")).values_list("body", flat=True).first()
    return dict(json.loads(body)) if body else {}


def was_below(lower: int, upper: int, since: date | None, until: date | None = None) -> bool:
    """Say whether a unit stood below another on some day from `since` until before `until`; None is without limit."""
    known = set[tuple[int, date, date]]()
    waiting = [(lower, since or date.min, until or date.max)]
    while waiting:
        step = waiting.pop()
        if step not in known:
            known.add(step)
            waiting.extend(_above(*step))
    return any(pk == upper for pk, _start, _end in known) and lower != upper


def _above(unit_id: int, since: date, until: date) -> Iterator[tuple[int, date, date]]:
    """Yield the offices that guided a unit within some days, each with the part of the days in which it did."""
    rows = Placement.objects.filter(Q(end=None) | Q(end__gt=since), unit=unit_id)
    for parent, start, end in rows.values_list("parent_id", "start", "end"):
        part = max(start or date.min, since), min(end or date.max, until)
        if part[0] < part[1]:
            yield parent, *part


def parent_is_closed(found: Unit) -> bool:
    """Say whether the office that guides a unit is dissolved."""
    return found.parent is not None and found.parent.state == Unit.State.DISSOLVED
