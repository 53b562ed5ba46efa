"""Taking a change back: every row is as it was before, as long as nothing later rests on what the change did."""

from collections.abc import Sequence

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import decide
from wuyou.orgs.models import HostUnit, Unit
from wuyou.orgs.services.placing import hold_tree
from wuyou.platform import audit, locking
from wuyou.platform.service import service
from wuyou.succession import queries, rules
from wuyou.succession.handover.handing import count_anew
from wuyou.succession.models import Succession
from wuyou.succession.steps import journal, resting


@service
def take_back(*, actor: Actor, succession_id: int, seen: int | None = None) -> Succession:
    """Take back a change that was carried out; it stays on record as taken back. A replay changes nothing.

    Raises: NotFound, Forbidden, Conflict, Refused (not carried out; later things rest on it, each named).
    """
    hold_tree()
    change = queries.for_update(actor, succession_id)
    if change.state == Succession.State.TAKEN_BACK:
        return change
    locking.claim(change, seen, {})
    parties = list(change.parties.values_list("unit_id", flat=True))
    units = queries.units_to_change(actor, parties)
    rules.taking_back_allowed(change.state, resting.later_things(change)).or_refuse()
    steps = list(change.steps.order_by("-number"))
    founding = [step for step in steps if step.table == Unit._meta.label and step.action == step.Action.MADE]
    for step in steps:
        if step not in founding:
            journal.undo(step)
    count_anew(parties)
    for step in founding:
        change.parties.filter(unit__in=step.ids).delete()
        _with_their_units(actor, step.ids)
        journal.undo(step)
    entered = HostUnit.objects.filter(pk__in=change.outcome.get("hosts", ()))
    entered.filter(hostings=None, head_counts=None).delete()  # where nobody else sits by now
    rules.names_allowed(queries.names_twice(parties)).or_refuse()
    closed = [pk for pk, unit in units.items() if unit.state == Unit.State.DISSOLVED]
    decide(rules.reopened_under(queries.open_under_closed(closed))).or_refuse()
    change.state, change.done_at, change.done_by = Succession.State.TAKEN_BACK, clock.now(), actor.user_id
    change.save()
    for pk, unit in units.items():
        if Unit.objects.filter(pk=pk).exists():
            audit.record(actor, "succession.unit.taken_back", unit, path=unit.path, change=change.pk)
    audit.record(actor, "succession.change.taken_back", change, path=change.unit.path, kind=change.kind)
    return change


def _with_their_units(actor: Actor, unit_ids: Sequence[int]) -> None:
    """Let the changes taken back before of units that are founded no longer go with these; the trail keeps what they were."""
    for gone in Succession.objects.filter(unit__in=unit_ids, state=Succession.State.TAKEN_BACK).order_by("pk"):
        told = {"kind": gone.kind, "on": str(gone.on), "document": gone.document}
        audit.record(actor, "succession.change.gone", gone, path=gone.unit.path, **told)
        gone.delete()
