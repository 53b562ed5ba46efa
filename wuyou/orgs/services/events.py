"""What befalls a unit, and the state it leaves it in."""

from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import decide
from wuyou.orgs import queries, rules
from wuyou.orgs.models import Unit, UnitEvent
from wuyou.orgs.permissions import P
from wuyou.orgs.rules import befalling
from wuyou.platform import audit
from wuyou.platform.service import service


@service
def record_event(*, actor: Actor, unit_id: int, kind: str, on: str, document: str = "", note: str = "",
                 shares_document: bool = False, source_batch: Any = None) -> UnitEvent:  # fmt: skip
    """Record what befell a unit and set the state it leaves it in. A replay of the same event returns the first.

    A document or a note that was missing of an event on record is added to it. `shares_document`: the document approved
    other events as well.
    Raises: NotFound, Forbidden, Refused (future date, before founding, not possible in this state or beside what befell the
    unit before and after, a document that another event rests on, on record with another document or note, a closed unit that
    comes back under a name borne by now or a dissolved office).
    Source: design 3 §2.3; the headline counts by event date.
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    earlier = UnitEvent.objects.filter(unit=unit, kind=kind, on=on).first()
    taken = befalling.document_taken(
        queries.event_with_document(document, unit_id=unit.pk, on=on), shared=shares_document
    )
    own = queries.is_own_document(document, unit_id=unit.pk, on=on, shared=shares_document)
    if earlier is not None:
        rules.event_again(on=on, told=(document, note), held=(earlier.document, earlier.note)).or_refuse()
        adds = not earlier.document
        decide(adds and taken).or_refuse()
        return _completed(actor, earlier, unit, document=document, note=note, has_own_document=own and adds)
    rules.event_allowed(kind=kind, on=on, state=unit.state, founded=unit.founded, today=clock.today()).or_refuse()
    befalling.fits(queries.befallen(unit.pk), kind=kind, on=on, founded=unit.founded).or_refuse()
    decide(taken).or_refuse()
    event = note_event(unit, kind, on, document, note, source_batch, own=own)
    newest = unit.events.filter(kind__in=rules.EVENT_STATE).order_by("-on", "-id").first()
    if newest == event and kind in rules.EVENT_STATE:
        check_reopening(unit, rules.EVENT_STATE[kind])
        unit.state = rules.EVENT_STATE[kind]
        unit.version += 1
        unit.save(update_fields=["state", "version"])
    audit.record(actor, f"orgs.unit.{kind}", unit, path=unit.path, on=on, document=document, note=note)
    return event


def _completed(actor: Actor, event: UnitEvent, unit: Unit, **told: Any) -> UnitEvent:
    """Add what was not known of an event, and return it; part of a running service."""
    added = {name: value for name, value in told.items() if value and not getattr(event, name)}
    for name, value in added.items():
        setattr(event, name, value)
    if added:
        event.version += 1  # who has it open to set it right sees what was added
        event.save(update_fields=[*added, "version"])
        audit.record(actor, "orgs.unit.event_completed", unit, path=unit.path, kind=event.kind, on=event.on, **added)
    return event


@service
def record_past_event(*, actor: Actor, unit_id: int, kind: str, on: str, source_batch: Any = None) -> UnitEvent:
    """Record an event of the past that a ledger tells of; the unit's state is told by the ledger, not by this event.

    `on` may be as rough as a year. A unit that has such an event in that year keeps it.
    Raises: NotFound, Forbidden, Refused (as `rules.befalling.fits` decides: before the founding, while it was closed).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    earlier = UnitEvent.objects.filter(unit=unit, kind=kind, on__startswith=on[:4]).first()
    if earlier is not None:
        return earlier
    befalling.fits(queries.befallen(unit.pk), kind=kind, on=on, founded=unit.founded).or_refuse()
    event = note_event(unit, kind, on, unit.approval_number if kind == "establish" else "", "", source_batch)
    audit.record(actor, f"orgs.unit.{kind}", unit, path=unit.path, on=on)
    return event


def check_reopening(unit: Unit, state: str) -> None:
    """Refuse that a closed unit comes into a state in which it is open, where it cannot; part of a running service."""
    if unit.state == Unit.State.DISSOLVED != state:
        befalling.reopening_allowed(
            name_taken=queries.name_taken(unit.full_name), parent_closed=queries.parent_is_closed(unit)
        ).or_refuse()


def note_event(unit: Unit, kind: str, on: str, document: str, note: str, batch: Any, *, own: bool = False) -> UnitEvent:
    """Write the row of an event; part of a running service."""
    return UnitEvent.objects.create(
        unit=unit,
        kind=kind,
        on=on,
        document=document,
        has_own_document=own,
        note=note,
        recorded_at=clock.now(),
        source_batch=batch,
    )
