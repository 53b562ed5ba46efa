"""Carrying a change out: all of it in one transaction, or nothing of it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.orgs.models import HostUnit, Lineage, Unit, UnitEvent, UnitForm, UnitKind
from wuyou.orgs.permissions import P as OrgsP
from wuyou.orgs.services.placing import hold_tree
from wuyou.platform import audit, locking
from wuyou.platform.service import service
from wuyou.succession import alone, deciding, queries, rules
from wuyou.succession.handover import heirs, sums
from wuyou.succession.handover.handing import Handover, Told, nothing_told
from wuyou.succession.models import Party, Succession
from wuyou.succession.plan import OVER, Plan, from_json, unit_word
from wuyou.succession.steps.journal import Journal

Units = Mapping[int, Unit]


@service
def carry_out(*, actor: Actor, succession_id: int, seen: int | None = None, told: Told = nothing_told,
              compares: bool = True) -> Succession:  # fmt: skip
    """Carry out a drafted change: units close, others go on, everything open goes where the plan says.

    What units held together before they hold after; if not, nothing is done. `told` hears of rows that are done,
    `compares` asks which figures of past year-ends it moves. A replay returns the change as it was carried out.
    Raises: NotFound, Forbidden, Conflict (the draft was changed meanwhile), Refused.
    Source: design 5 §1; the yearly count of 新建、重组、恢复 goes by event date (seed, 主要做法 一).
    """
    hold_tree()
    change = queries.for_update(actor, succession_id)
    if change.state == Succession.State.CARRIED_OUT:
        return change
    if change.state != Succession.State.DRAFT:
        raise Refused(Reason("这项变更已经撤回，不能再办理；请重新填写一份。"))
    locking.claim(change, seen, {})
    plan = from_json(change.plan)
    units = queries.units_to_change(actor, {*plan.predecessors, *plan.existing_heirs})
    deciding.decide(change, plan, units)
    journal = Journal(change)
    figures = sums.figures_until(actor, change.on) if compares else {}
    named = _hosts_named(plan)
    known = _hosts(named)
    if rules.is_alone(change.kind, len(plan.predecessors), len(plan.heirs)):
        unit = units[plan.predecessors[0]]
        alone.change(journal, change, unit, _columns(plan.facts))
        audit.record(
            actor, f"succession.unit.{change.kind}", unit, path=unit.path, on=str(change.on), document=change.document
        )
        change.outcome = {}
    else:
        change.outcome = _hand_over(actor, change, plan, units, journal, told)
    change.outcome["figures"] = sums.changed(figures, sums.figures_until(actor, change.on)) if figures else []
    change.outcome["figures_of"] = list(actor.paths(OrgsP.VIEW))  # they count all that he sees, not these units alone
    change.outcome["hosts"] = sorted(_hosts(named) - known)
    change.state, change.done_at, change.done_by = Succession.State.CARRIED_OUT, clock.now(), actor.user_id
    change.save()
    parties = {"predecessors": list(plan.predecessors), "outcome": change.outcome.get("numbers", {})}
    audit.record(actor, "succession.change.carried_out", change, path=change.unit.path, kind=change.kind, **parties)
    return change


def _hosts_named(plan: Plan) -> set[str]:
    """Return the names of the host units at which a plan lets units sit."""
    return {*plan.facts.get("hosts", ()), *(name for heir in plan.founded for name in heir.hosts)}


def _hosts(names: Collection[str]) -> set[int]:
    """Return the ids of the host units on record by some names: those that are new afterwards the change entered."""
    return set(HostUnit.objects.filter(name__in=names).values_list("pk", flat=True)) if names else set()


def _columns(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return new facts of a unit by its columns; kind and form are told by their codes. Raises Refused for unknown ones."""
    told = {name: value for name, value in facts.items() if name not in ("kind", "form")}
    tables: tuple[tuple[str, Any], ...] = (("kind", UnitKind), ("form", UnitForm))
    for name, table in tables:
        if facts.get(name):
            row = table.objects.filter(code=facts[name]).first()
            if row is None:
                raise Refused(Reason("请从列表中选择类型和形式。", name))
            told[f"{name}_id"] = row.pk
    return told


def _hand_over(
    actor: Actor, change: Succession, plan: Plan, units: Units, journal: Journal, told: Told
) -> dict[str, Any]:
    """Found the heirs, note what befell whom, hand everything over, and see that nothing got lost. Raises Refused."""
    assert change.on is not None  # decided before
    _divide_money(plan, units, change.on)
    going = heirs.destinations(plan, change.on)
    office = going.office
    sides = {*plan.predecessors, *plan.existing_heirs, *((int(office[1:]),) if office and not plan.heirs else ())}
    before = sums.of(sides, change.on)
    words = {unit_word(pk): pk for pk in sides} | ({office: int(office[1:])} if office else {})
    like = units[plan.predecessors[0]]
    founded = [
        heirs.found(actor, journal, heir, like=like, on=change.on, document=change.document, closing=plan.closing)
        for heir in plan.founded
    ]
    words |= {f"n{place}": unit.pk for place, unit in enumerate(founded)}
    work = Handover(journal, going, words, change.on, told)
    work.carry_out()
    after = sums.of({*sides, *(unit.pk for unit in founded)}, change.on)
    may_leave = not plan.heirs or OVER in plan.people.hand.values() or plan.people.rest == OVER
    leaving = before.members - after.members if may_leave else 0
    rules.sums_agree(before, after, leaving=leaving).or_refuse()
    _note(actor, change, plan, {**units, **{unit.pk: unit for unit in founded}}, words, journal)
    return {"before": sums.told(before), "after": sums.told(after), "numbers": work.numbers}


def _divide_money(plan: Plan, units: Units, on: date) -> None:
    left = sums.balances_fen([pk for pk in plan.money if pk in units], on)
    for unit_id, fen in left.items():
        rules.money_divided(fen, plan.money[unit_id]).or_refuse()


def _note(
    actor: Actor, change: Succession, plan: Plan, units: Units, words: Mapping[str, int], journal: Journal
) -> None:
    """Note lineage and events of all who take part, and that each is the change's party."""
    assert change.on is not None  # decided before
    goes_on = [words[heir] for heir in plan.heirs]
    papers = {"document": change.document, "note": change.note}
    edges = [(old, new) for old in plan.predecessors for new in goes_on if old != new]
    journal.make(
        [Lineage(predecessor_id=old, successor_id=new, on=change.on, kind=change.kind) for old, new in edges],
        watch=("on", "kind"),
    )
    closing = set(plan.closing)
    giving = [pk for pk in plan.predecessors if pk not in closing] if change.kind == "split" else []
    taking = [pk for pk in goes_on if pk not in giving]
    for kind, befallen in (
        (rules.closing_event(change.kind, len(goes_on)), list(plan.closing)),
        (UnitEvent.Kind.SPLIT_OFF, giving),
        (UnitEvent.Kind.REORGANISE if change.kind == "reorganise" else UnitEvent.Kind.SUCCEED, taking),
    ):
        alone.note_events(journal, [units[pk] for pk in befallen], kind, change.on, **papers)
        for pk in befallen:
            audit.record(actor, f"succession.unit.{kind}", units[pk], path=units[pk].path, on=str(change.on), **papers)
    change.parties.all().delete()
    roles = [*((pk, Party.Role.PREDECESSOR) for pk in plan.predecessors), *((pk, Party.Role.HEIR) for pk in goes_on)]
    Party.objects.bulk_create(Party(succession=change, unit_id=pk, role=role) for pk, role in roles)
