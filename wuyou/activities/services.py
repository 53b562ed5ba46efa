"""Recording what a group did."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wuyou.activities import queries, rules
from wuyou.activities.models import Activity
from wuyou.activities.permissions import P
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
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
    unit = orgs.unit(actor, new.unit_id, needs=P.RECORD)
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


@service
def revise_activity(*, actor: Actor, activity_id: int, seen: int | None, changes: dict[str, Any]) -> Activity:
    """Change a record. Raises NotFound, Forbidden, Conflict, Refused."""
    activity = queries.activity(actor, activity_id, needs=P.RECORD)
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
