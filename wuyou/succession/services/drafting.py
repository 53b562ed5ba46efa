"""A change as a draft: begun, worked on by whoever may, discarded. Nothing of the units changes yet."""

from dataclasses import dataclass
from datetime import date

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.platform import audit, locking
from wuyou.platform.service import service
from wuyou.succession import queries, rules
from wuyou.succession.models import Party, Succession
from wuyou.succession.permissions import P
from wuyou.succession.plan import Plan, to_json


@dataclass(frozen=True, slots=True)
class Told:
    """What a draft says of the change itself. `on` None: not known yet."""

    on: date | None = None
    document: str = ""
    shares_document: bool = False
    note: str = ""


@service
def begin(*, actor: Actor, kind: str, unit_id: int) -> Succession:
    """Begin the draft of a change of a unit. A draft of the same kind that somebody began already is returned.

    Raises: NotFound, Forbidden, Refused (no such kind; another change of the unit is being worked on).
    """
    unit = orgs.unit_for_update(actor, unit_id, needs=P.CHANGE)
    if kind not in Succession.Kind.values:
        raise Refused(Reason("请从列表中选择事项。", "kind"))
    present = queries.open_draft(actor, unit_id)
    if present is not None and present.kind == kind and queries.reaches_all(actor, P.CHANGE, present):
        return present
    if present is not None:
        text = "这个组织有一项没有办完的变更（{kind}），没有新建；请先办完，或删除那份草稿。"
        raise Refused(Reason(text, "kind", words={"kind": present.get_kind_display()}))
    draft = Succession.objects.create(
        unit=unit, kind=kind, plan=to_json(Plan(predecessors=(unit_id,))), begun_at=clock.now(), begun_by=actor.user_id
    )
    Party.objects.create(succession=draft, unit=unit, role=Party.Role.PREDECESSOR)
    audit.record(actor, "succession.change.begun", draft, path=unit.path, kind=kind)
    return draft


@service
def revise(*, actor: Actor, succession_id: int, seen: int | None, told: Told, plan: Plan) -> Succession:
    """Save what a draft says and its plan; whether it can be carried out so is decided when it is.

    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (it is carried out already; another draft
    has a unit that joins).
    """
    draft = _draft(actor, succession_id)
    units = queries.units_to_change(actor, {*plan.predecessors, *plan.existing_heirs})
    joining = units.keys() - set(draft.parties.values_list("unit", flat=True))
    elsewhere = queries.in_drafts(joining, besides=draft.pk)
    rules.free_to_join([units[pk].short_name for pk in sorted(elsewhere)]).or_refuse()
    wanted = {"on": told.on, "document": told.document, "note": told.note}
    locking.claim(draft, seen, wanted)
    draft.on, draft.document, draft.note = told.on, told.document.strip(), told.note.strip()
    draft.shares_document, draft.plan = told.shares_document, to_json(plan)
    draft.save()
    draft.parties.all().delete()
    sides = [(pk, Party.Role.PREDECESSOR) for pk in plan.predecessors]
    sides += [(pk, Party.Role.HEIR) for pk in plan.existing_heirs]
    Party.objects.bulk_create(Party(succession=draft, unit=units[pk], role=role) for pk, role in dict.fromkeys(sides))
    audit.record(
        actor, "succession.change.drafted", draft, path=draft.unit.path, on=str(told.on), document=told.document
    )
    return draft


@service
def discard(*, actor: Actor, succession_id: int, seen: int | None = None) -> int:
    """Delete a draft; return the id of its unit. Raises as `revise` does."""
    draft = _draft(actor, succession_id)
    locking.claim(draft, seen, {})
    audit.record(actor, "succession.change.discarded", draft, path=draft.unit.path, kind=draft.kind)
    unit_id = draft.unit_id
    draft.delete()
    return unit_id


def _draft(actor: Actor, succession_id: int) -> Succession:
    found = queries.for_update(actor, succession_id)
    if found.state != Succession.State.DRAFT:
        raise Refused(Reason("这项变更已经办理，不能再修改；如需更正，请先撤回。"))
    return found
