"""Setting right, and withdrawing, what was entered wrongly of a unit's history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.partialdate import PartialDate
from wuyou.kernel.refusals import Refused
from wuyou.orgs import queries, rules
from wuyou.orgs.models import AreaServed, Hosting, LedBy, Placement, Unit, UnitEvent
from wuyou.orgs.permissions import P
from wuyou.orgs.rules import correcting
from wuyou.orgs.services.events import check_reopening
from wuyou.orgs.services.placing import hold_tree
from wuyou.platform import audit, locking
from wuyou.platform.service import service


@service
def correct_event(*, actor: Actor, event_id: int, seen: int | None, on: str, document: str = "", note: str = "",
                  shares_document: bool = False) -> UnitEvent:  # fmt: skip
    """Set right the day, document and note of an event of a unit; `on` is ISO text as precise as known.

    The unit's state follows when another event becomes the newest. With the day of a 新建 that is the unit's founding the
    founding is set right too, and whatever began with the unit.
    Raises: NotFound, Forbidden, Conflict, Refused (of a change of the organisation; as `rules.correcting.event_corrected`
    decides).
    """
    event, unit = _event_for_update(actor, event_id)
    wanted = {"on": on, "document": document.strip(), "note": note.strip()}
    locking.claim(event, seen, wanted)
    before = {name: getattr(event, name) for name in wanted}
    if before == wanted:
        return event
    founds = event.kind == UnitEvent.Kind.ESTABLISH and event.on == unit.founded
    founded = on if founds else unit.founded
    told = queries.befallen(unit.pk)
    corrected = next(replace(one, on=on) for one in told if one.id == event.pk)
    used_by, own = _rests_on(event, wanted["document"], shared=shares_document)
    correcting.event_corrected(
        wanted=corrected, events=told, founded=(unit.founded, founded), today=clock.today(), shared=shares_document,
        used_by=used_by,
    ).or_refuse()  # fmt: skip
    event.has_own_document = own
    event.on, event.document, event.note = on, wanted["document"], wanted["note"]
    after = [corrected if one.id == event.pk else one for one in told]
    state = correcting.state_after(told, after, unit.state)
    check_reopening(unit, state)
    _stand(unit, founded=founded, state=state)
    event.save()
    told_of = {"kind": event.kind, "on": before["on"], "changes": audit.changes(before, wanted)}
    audit.record(actor, "orgs.unit.event_corrected", unit, path=unit.path, **told_of)
    return event


def _rests_on(event: UnitEvent, document: str, *, shared: bool) -> tuple[dict[str, object], bool]:
    """Return what else rests on the document that an event is to rest on, and whether it would be the event's own."""
    if document == event.document:
        return {}, event.has_own_document and not shared
    unit_id, on = event.unit_id, event.on
    own = queries.is_own_document(document, unit_id=unit_id, on=on, shared=shared, besides=event.pk)
    return queries.event_with_document(document, unit_id=unit_id, on=on), own


@service
def take_back_event(*, actor: Actor, event_id: int, seen: int | None) -> Unit:
    """Withdraw an event that was entered by mistake; return its unit, whose state follows. The trail keeps what it said.

    Raises: NotFound, Forbidden, Conflict, Refused (of a change of the organisation; a later event rests on it).
    """
    event, unit = _event_for_update(actor, event_id)
    locking.claim(event, seen, {})
    told = queries.befallen(unit.pk)
    withdrawn = next(one for one in told if one.id == event.pk)
    state = correcting.state_after(told, [one for one in told if one.id != event.pk], unit.state)
    correcting.event_withdrawn(
        event=withdrawn,
        events=told,
        founded=unit.founded,
        reopens=unit.state == Unit.State.DISSOLVED != state,
        name_taken=queries.name_taken(unit.full_name),
        parent_closed=queries.parent_is_closed(unit),
    ).or_refuse()
    facts = {name: getattr(event, name) for name in ("kind", "on", "document", "note")}
    audit.record(actor, "orgs.unit.event_taken_back", unit, path=unit.path, **facts)
    event.delete()
    _stand(unit, founded=unit.founded, state=state)
    return unit


@service
def correct_placement(*, actor: Actor, placement_id: int, seen: int | None, start: date | None, end: date | None,
                      document: str = "") -> Placement:  # fmt: skip
    """Set right since when and until when an office guided a unit, and by which document.

    A stretch that touched this one goes on touching it. Today's office stays: another one is a move.
    Raises: NotFound, Forbidden, Conflict, Refused (of a change of the organisation, as the one that touches it; as
    `rules.correcting.placement_corrected` decides).
    """
    hold_tree()
    placed = queries.placement(actor, placement_id, needs=P.EDIT)
    unit = queries.unit_for_update(actor, placed.unit_id, needs=P.EDIT)
    wanted: dict[str, Any] = {"start": start, "end": end, "document": document.strip()}
    locking.claim(placed, seen, wanted)
    before = {name: getattr(placed, name) for name in wanted}
    if before == wanted:
        return placed
    changed, held = correcting.Stretch(placed.pk, start, end), queries.stretches(unit.pk)
    moved, above = correcting.moved_along(changed, held), queries.guides_of(unit.pk)
    correcting.placement_corrected(
        changed=changed,
        stretches=held,
        founded=unit.founded,
        closed=_closed(unit),
        today=clock.today(),
        circle=any(queries.was_below(above[one.id], unit.pk, one.start, one.end) for one in moved),
    ).or_refuse()
    _write(moved, placed, wanted["document"])
    told = {"parent": placed.parent_id, "changes": audit.changes(_texts(before), _texts(wanted))}
    audit.record(actor, "orgs.unit.placement_corrected", unit, path=unit.path, **told)
    return placed


@service
def note_figures_moved(*, actor: Actor, unit_id: int, figures: Sequence[Mapping[str, Any]]) -> int:
    """Note in the trail which figures of past year-ends a correction moved; return the number of that entry.

    `figures` are plain values: year, day, name, before, after. Raises: NotFound, Forbidden.
    """
    unit = queries.unit_alone(actor, unit_id, needs=P.EDIT)
    told = {"figures": list(figures), "number": len(figures)}
    return audit.record(actor, "orgs.unit.figures_moved", unit, path=unit.path, **told).seq


def _write(moved: list[correcting.Stretch], placed: Placement, document: str) -> None:
    """Store the stretches in their order; the one asked for with its document. Raises Refused for one that a change made."""
    rows = {row.pk: row for row in Placement.objects.filter(pk__in=[one.id for one in moved])} | {placed.pk: placed}
    for row in rows.values():
        _refuse_held(row)
    placed.document = document
    for one in moved:
        row = rows[one.id]
        row.start, row.end = one.start, one.end
        row.version += row is not placed  # its own was raised when it was claimed
        row.save()


def _event_for_update(actor: Actor, event_id: int) -> tuple[UnitEvent, Unit]:
    event = queries.unit_event(actor, event_id, needs=P.EDIT)
    unit = queries.unit_for_update(actor, event.unit_id, needs=P.EDIT)
    _refuse_held(event)
    return event, unit


def _refuse_held(row: UnitEvent | Placement) -> None:
    reason = queries.held_by(row)
    if reason is not None:
        raise Refused(reason)


def _stand(unit: Unit, *, founded: str, state: str) -> None:
    """Give a unit its founding and its state where they are others now; what began with the unit begins with it still."""
    if (unit.founded, unit.state) == (founded, state):
        return
    old, new = _first_day(unit.founded), _first_day(founded)
    if old is not None and new is not None and new != old:
        for table in (Placement, Hosting, LedBy, AreaServed):
            rows: Any = table._default_manager.filter(Q(end=None) | Q(end__gt=new), unit=unit, start=old)
            rows.update(start=new)
    unit.founded, unit.state = founded, state
    unit.version += 1
    unit.save(update_fields=["founded", "state", "version"])


def _first_day(founded: str) -> date | None:
    return PartialDate.parse(founded).first_day() if founded else None


def _closed(unit: Unit) -> str:
    """Return when a unit was closed; "" for one that is open."""
    if unit.state != Unit.State.DISSOLVED:
        return ""
    return unit.events.filter(kind__in=rules.CLOSING).order_by("-on").values_list("on", flat=True).first() or ""


def _texts(told: dict[str, Any]) -> dict[str, str]:
    return {name: str(value or "") for name, value in told.items()}
