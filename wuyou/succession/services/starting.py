"""Large changes are carried out and taken back in the background; each is asked for once."""

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.platform import audit, jobs, locking
from wuyou.platform.service import service
from wuyou.succession import drafts, queries, rules
from wuyou.succession.models import Succession
from wuyou.succession.steps import resting


@service
def start_carrying_out(*, actor: Actor, succession_id: int, seen: int | None) -> Succession:
    """Have a drafted change carried out in the background. One that is on its way or done is left as it is.

    Raises: NotFound, Forbidden, Conflict, Refused (what is known at once to be against it).
    """
    change = queries.for_update(actor, succession_id)
    if change.state == Succession.State.CARRIED_OUT or queries.is_under_way(change):
        return change
    if change.state != Succession.State.DRAFT:
        raise Refused(Reason("这项变更已经撤回，不能再办理；请重新填写一份。"))
    locking.claim(change, seen, {})
    told = drafts.draft(actor, succession_id)
    if reasons := drafts.against(told):
        raise Refused(*reasons)
    return _queued(actor, change, "succession.carry_out")


@service
def start_taking_back(*, actor: Actor, succession_id: int, seen: int | None) -> Succession:
    """Have a change taken back in the background. One that is on its way back, or is taken back, is left as it is.

    Raises: NotFound, Forbidden, Conflict, Refused (not carried out; later things rest on it).
    """
    change = queries.for_update(actor, succession_id)
    if change.state == Succession.State.TAKEN_BACK or queries.is_under_way(change):
        return change
    locking.claim(change, seen, {})
    rests = resting.later_things(change) if change.state == Succession.State.CARRIED_OUT else []
    rules.taking_back_allowed(change.state, rests).or_refuse()
    return _queued(actor, change, "succession.take_back")


def _queued(actor: Actor, change: Succession, task: str) -> Succession:
    label = f"{change.get_kind_display()} {change.unit}"
    job = jobs.after_commit(actor, task, label=label, succession_id=change.pk, seen=change.version)
    change.job = job.pk
    change.save(update_fields=["version", "job"])
    audit.record(actor, "succession.change.started", change, path=change.unit.path, task=task)
    return change
