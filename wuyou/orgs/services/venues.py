"""Where units meet."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Reason, Refused
from wuyou.orgs import queries, rules
from wuyou.orgs.models import Venue
from wuyou.orgs.permissions import P
from wuyou.platform import audit
from wuyou.platform.service import service


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """What is told of a venue. `area_m2` is a decimal text, None when not known."""

    name: str
    address: str = ""
    right: str = Venue.Right.UNKNOWN
    area_m2: Any = None
    is_shared: bool = False
    hours: str = ""
    start: date | None = field(default=None)


@service
def register_venue(
    *, actor: Actor, unit_id: int, facts: VenueFacts, replaces: int | None = None, source_batch: Any = None
) -> Venue:
    """Register where a unit's people meet; the venue it replaces ends on that day.

    Raises: NotFound, Forbidden, Refused (no name). Source: 有阵地 (design 3 §1: address, area, right, shared use is normal).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT_VENUE)
    if not facts.name.strip():
        raise Refused(Reason("请填写阵地名称，例如“社区侨胞之家”。", "name"))
    start = facts.start or clock.today()
    if replaces is not None:
        unit.venues.filter(pk=replaces, end=None).update(end=start)
    venue = Venue.objects.create(unit=unit, source_batch=source_batch, **asdict(facts))
    audit.record(
        actor, "orgs.venue.registered", venue, path=unit.path, unit=unit.pk, name=facts.name, right=facts.right
    )
    return venue


@service
def correct_venue(*, actor: Actor, unit_id: int, venue_id: int, changes: dict[str, Any]) -> Venue:
    """Set right what is told of a unit's venue (name, address, right, area, shared, hours); it stays the same venue.

    Raises: NotFound, Forbidden, Refused (unknown field).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT_VENUE)
    venue = unit.venues.filter(pk=venue_id).first()
    if venue is None:
        raise NotFound
    if not set(changes) <= {"name", "address", "right", "area_m2", "is_shared", "hours"}:
        raise Refused("这些项目不能在阵地上修改，没有保存。")
    before = {name: str(getattr(venue, name)) for name in changes}
    for name, value in changes.items():
        setattr(venue, name, value)
    venue.save(update_fields=list(changes))
    told = audit.changes(before, {name: str(value) for name, value in changes.items()})
    audit.record(actor, "orgs.venue.corrected", venue, path=unit.path, unit=unit.pk, changes=told)
    return venue


@service
def close_venue(*, actor: Actor, venue_id: int, on: date) -> Venue:
    """Note that a venue is no longer used from a day on. A replay of the same day returns the first.

    Raises: NotFound, Forbidden, Refused (in the future, not after it began, another day noted already).
    """
    venue = queries.venue(actor, venue_id, needs=P.EDIT_VENUE)
    unit = queries.unit_for_update(actor, venue.unit_id, needs=P.EDIT_VENUE)
    venue.refresh_from_db(fields=["start", "end"])
    if venue.end == on:
        return venue
    rules.closing_allowed(on=on, start=venue.start, end=venue.end, today=clock.today()).or_refuse()
    venue.end = on
    venue.save(update_fields=["end"])
    audit.record(actor, "orgs.venue.closed", venue, path=unit.path, unit=unit.pk, name=venue.name, on=str(on))
    return venue
