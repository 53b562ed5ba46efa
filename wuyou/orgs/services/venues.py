"""Where units meet."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Reason, Refused
from wuyou.orgs import queries, rules
from wuyou.orgs.models import Venue
from wuyou.orgs.permissions import P
from wuyou.platform import audit, locking
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
        unit.venues.filter(pk=replaces, end=None).update(end=start, version=F("version") + 1)
    venue = Venue.objects.create(unit=unit, source_batch=source_batch, **asdict(facts))
    audit.record(
        actor, "orgs.venue.registered", venue, path=unit.path, unit=unit.pk, name=facts.name, right=facts.right
    )
    return venue


_CORRECTABLE = {"name", "address", "right", "area_m2", "is_shared", "hours", "end"}


@service
def correct_venue(
    *, actor: Actor, unit_id: int, venue_id: int, changes: dict[str, Any], seen: int | None = None
) -> Venue:
    """Set right what is told of a unit's venue; it stays the same venue. The same again changes nothing.

    `end` is the day from which it is no longer used, None = it is used still: a day noted by mistake can be taken back.
    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (unknown field, no name, an end in the
    future or not after its use began).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT_VENUE)
    venue = unit.venues.filter(pk=venue_id).first()
    if venue is None:
        raise NotFound
    if not set(changes) <= _CORRECTABLE:
        raise Refused("这些项目不能在阵地上修改，没有保存。")
    before = {name: getattr(venue, name) for name, value in changes.items() if getattr(venue, name) != value}
    if not before:
        return venue
    locking.claim(venue, seen, changes)
    for name in before:
        setattr(venue, name, changes[name])
    _check(venue, ended="end" in before)
    venue.save(update_fields=[*before, "version"])
    _tell(actor, venue, unit.path, before)
    return venue


def _check(venue: Venue, *, ended: bool) -> None:
    """Refuse a venue without a name, and an end that cannot be where it is told anew."""
    if not venue.name.strip():
        raise Refused(Reason("请填写阵地名称，例如“社区侨胞之家”。", "name"))
    if ended and venue.end is not None:
        rules.closing_allowed(on=venue.end, start=venue.start, today=clock.today()).or_refuse()


def _tell(actor: Actor, venue: Venue, path: str, before: dict[str, Any]) -> None:
    """Record what became of a venue: that its use ended or goes on is an event of its own."""
    mine: dict[str, Any] = {"path": path, "unit": venue.unit_id}
    told = {name: str(value) for name, value in before.items() if name != "end"}
    if told:
        changes = audit.changes(told, {name: str(getattr(venue, name)) for name in told})
        audit.record(actor, "orgs.venue.corrected", venue, **mine, changes=changes)
    if "end" in before and venue.end is not None:
        audit.record(actor, "orgs.venue.closed", venue, **mine, name=venue.name, on=str(venue.end))
    elif "end" in before:
        audit.record(actor, "orgs.venue.reopened", venue, **mine, name=venue.name, ended=str(before["end"]))
