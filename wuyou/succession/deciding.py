"""Whether a change can be carried out as it is drafted: what the rules say of its day, its document and its units."""

from collections.abc import Mapping

from wuyou.kernel import clock
from wuyou.kernel.refusals import Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.succession import queries, rules
from wuyou.succession.handover import heirs
from wuyou.succession.models import Succession
from wuyou.succession.plan import OVER, Plan, unit_word

Units = Mapping[int, Unit]


def decide(change: Succession, plan: Plan, units: Units) -> None:
    """Raise Refused when a change cannot be carried out so; `units` are those that exist and take part, by id."""
    predecessors = queries.sides([units[pk] for pk in plan.predecessors], change.on)
    existing = queries.sides([units[pk] for pk in plan.existing_heirs], change.on)
    rules.day_allowed(change.on, clock.today(), [*predecessors, *existing]).or_refuse()
    used = queries.document_used_by(change.document, change.pk)
    rules.document_allowed(change.document, used_by=used, shared=change.shares_document).or_refuse()
    if rules.is_alone(change.kind, len(plan.predecessors), len(plan.heirs)):
        unit = units[plan.predecessors[0]]
        reopens = change.kind == "restore" and unit.state == Unit.State.DISSOLVED
        office_closed = reopens and orgs.parent_is_closed(unit)
        rules.alone_allowed(change.kind, predecessors[0], office_closed=office_closed).or_refuse()
        return
    founded = [heir.full_name for heir in plan.founded]
    rules.parties_allowed(change.kind, predecessors, existing, founded).or_refuse()
    taken = [name for name in founded if orgs.name_taken(name.strip(), besides=plan.closing)]
    rules.names_allowed(taken).or_refuse()
    unknown = {word for rows in plan.rows.values() for word in rows.values()} | set(plan.people.hand.values())
    unknown |= {word for parts in plan.money.values() for word in parts} | {plan.people.rest} - {""}
    allowed = {*plan.heirs, *map(unit_word, plan.predecessors), heirs.office_of(plan), OVER}
    gone = {unit_word(pk) for pk in plan.closing}
    if unknown - allowed or unknown & gone:
        raise Refused(Reason("有的去向不是承接组织，没有办理；请在移交清单里重新选择。"))
