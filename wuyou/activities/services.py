"""Recording what a group or an office did, changing a record and taking it back."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wuyou.activities import queries, rules
from wuyou.activities.models import Activity, DeclaredNumber, Visit
from wuyou.activities.permissions import P
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Refused
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.platform import audit, locking
from wuyou.platform.service import service


@dataclass(frozen=True, slots=True)
class NewActivity:
    """What is told of an activity; money in fen, None means not said."""

    unit_id: int
    kind: str
    on: date
    topic: str = ""
    present: int | None = None
    leaders_present: bool = False
    leaders: str = ""
    cost_fen: int | None = None
    note: str = ""


@service
def record_activity(
    *, actor: Actor, new: NewActivity, client_key: UUID | None = None, source_batch: Any = None
) -> Activity:
    """Record an activity, study session, visit or symposium of a unit. A replay with the same key returns the first.

    Raises: NotFound, Forbidden, Refused (not yet held, implausible numbers, dissolved unit).
    """
    unit = orgs.unit_alone(actor, new.unit_id, needs=P.RECORD)
    if client_key is not None and (earlier := Activity.objects.filter(client_key=client_key, unit=unit).first()):
        return earlier
    rules.record_allowed(
        on=new.on, today=clock.today(), present=new.present, cost_fen=new.cost_fen, dissolved=unit.state == "dissolved"
    ).or_refuse()
    activity = Activity.objects.create(
        **asdict(new),
        client_key=client_key,
        recorded_at=clock.now(),
        recorded_by=actor.user_id,
        source_batch=source_batch,
    )
    audit.record(actor, "activities.activity.recorded", activity, path=unit.path, kind=new.kind, on=str(new.on))
    return activity


_REVISABLE = {"kind", "on", "topic", "present", "leaders_present", "leaders", "cost_fen", "note"}
"""What may be changed; the unit may not, as another unit's records are another's to answer for."""


@service
def revise_activity(*, actor: Actor, activity_id: int, seen: int | None, changes: dict[str, Any]) -> Activity:
    """Change a record. Raises NotFound, Forbidden, Conflict, Refused."""
    activity = queries.activity(actor, activity_id, needs=P.RECORD)
    if not set(changes) <= _REVISABLE:
        raise Refused("这些项目不能在活动记录上修改，没有保存。")
    locking.claim(activity, seen, changes)
    before = {name: getattr(activity, name) for name in changes}
    for name, value in changes.items():
        setattr(activity, name, value)
    rules.record_allowed(
        on=activity.on, today=clock.today(), present=activity.present, cost_fen=activity.cost_fen, dissolved=False
    ).or_refuse()
    activity.save()
    told = audit.changes(before, changes)
    audit.record(actor, "activities.activity.revised", activity, path=activity.unit.path, changes=told)
    return activity


@service
def take_back_activity(*, actor: Actor, activity_id: int, seen: int | None) -> Unit:
    """Take back a record that was made by mistake, twice for instance; return its unit.

    What it said stays in the audit trail. Raises: NotFound, Forbidden, Conflict.
    """
    activity = queries.activity(actor, activity_id, needs=P.RECORD)
    locking.claim(activity, seen, {})
    told = {name: getattr(activity, name) for name in _REVISABLE - {"on"}}
    audit.record(
        actor, "activities.activity.taken_back", activity, path=activity.unit.path, on=str(activity.on), **told
    )
    activity.delete()
    return activity.unit


@service
def declare_number(*, actor: Actor, unit_id: int, year: int, number: int, source_batch: Any = None) -> DeclaredNumber:
    """Note how many activities a unit says it held in a year; a later declaration replaces the earlier.

    It stands beside the records and never counts as one (principle P2). Raises NotFound, Forbidden.
    """
    unit = orgs.unit_alone(actor, unit_id, needs=P.RECORD)
    told, _new = DeclaredNumber.objects.update_or_create(
        unit=unit,
        year=year,
        defaults={"number": number, "declared_on": clock.today(), "source_batch": source_batch},
    )
    audit.record(actor, "activities.number.declared", told, path=unit.path, year=year, number=number)
    return told


@dataclass(frozen=True, slots=True)
class NewVisit:
    """What is told of a call on a person; `closed` is ISO text as precise as known, money in fen."""

    unit_id: int
    on: date
    person_name: str
    occasion: str = ""
    need: str = ""
    cost_fen: int | None = None
    gift: str = ""
    handler: str = ""
    state: str = ""
    closed: str = ""
    note: str = ""


@service
def record_visit(*, actor: Actor, new: NewVisit, source_batch: Any = None) -> Visit:
    """Record a call on a person. The same unit, day, person and occasion is recorded once.

    Raises: NotFound, Forbidden, Refused (not yet made, negative sum).
    """
    unit = orgs.unit_alone(actor, new.unit_id, needs=P.RECORD)
    rules.record_allowed(
        on=new.on, today=clock.today(), present=None, cost_fen=new.cost_fen, dissolved=False
    ).or_refuse()
    earlier = Visit.objects.filter(unit=unit, on=new.on, person_name=new.person_name, occasion=new.occasion).first()
    if earlier is not None:
        return earlier
    visit = Visit.objects.create(
        **asdict(new), recorded_at=clock.now(), recorded_by=actor.user_id, source_batch=source_batch
    )
    audit.record(actor, "activities.visit.recorded", visit, path=unit.path, on=str(new.on))
    return visit
