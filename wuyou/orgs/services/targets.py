"""What an office plans: a plan of three to five years is drawn up, its numbers are set, it is revised or taken away."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import override

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Conflict, Difference
from wuyou.orgs import queries
from wuyou.orgs.models import Target, TargetPlan, Unit, UnitKind
from wuyou.orgs.permissions import P
from wuyou.orgs.rules import targets as rules
from wuyou.orgs.rules.targets import Spot, Years
from wuyou.platform import audit, locking
from wuyou.platform.service import service

KEPT_IN = "zh-hans"
"""The language of what the audit trail keeps, whoever wrote it."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is told of a plan besides its numbers. `document` is the number of the paper it rests on."""

    name: str
    first_year: int
    last_year: int
    document: str = ""
    note: str = ""

    @property
    def years(self) -> Years:
        """The years of the plan."""
        return Years(self.first_year, self.last_year)


@service
def draw_up_plan(*, actor: Actor, office_id: int, facts: PlanFacts) -> TargetPlan:
    """Draw up an office's plan, without numbers yet.

    Raises: NotFound, Forbidden, Refused (no office, no name, not three to five years, another plan for one of them).
    Source: design 3 §2.3, a target plan of three to five years.
    """
    office = queries.unit_for_update(actor, office_id, needs=P.EDIT_TARGETS)
    rules.plan_allowed(
        name=facts.name,
        years=facts.years,
        level=office.kind.level,
        this_year=clock.today().year,
        others=[(plan.name, queries.years_of(plan)) for plan in queries.own_plans(office.pk)],
        dissolved=office.state == office.State.DISSOLVED,
    ).or_refuse()
    plan = TargetPlan.objects.create(office=office, **asdict(facts))
    audit.record(actor, "orgs.targets.drawn_up", plan, path=office.path, **asdict(facts))
    return plan


@service
def revise_plan(*, actor: Actor, plan_id: int, seen: int | None, facts: PlanFacts) -> TargetPlan:
    """Change what is told of a plan besides its numbers; the same again changes nothing.

    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (as for a new plan; a year left out for
    which numbers stand).
    """
    plan, office = _held(actor, plan_id)
    told = asdict(facts)
    if all(getattr(plan, name) == value for name, value in told.items()):
        return plan
    locking.claim(plan, seen, told)
    rules.plan_allowed(
        name=facts.name,
        years=facts.years,
        level=office.kind.level,
        this_year=plan.first_year,
        others=[(one.name, queries.years_of(one)) for one in queries.own_plans(office.pk) if one.pk != plan.pk],
        held={spot.year for spot in queries.numbers_of(plan)},
    ).or_refuse()
    before = {name: getattr(plan, name) for name in told}
    for name, value in told.items():
        setattr(plan, name, value)
    plan.save()
    changes = audit.changes(before, told)
    audit.record(actor, "orgs.targets.revised", plan, path=office.path, name=plan.name, changes=changes)
    return plan


@service
def set_targets(*, actor: Actor, plan_id: int, seen: int | None, changes: Mapping[Spot, int | None]) -> TargetPlan:
    """Set numbers of a plan; None takes one away. What is not told stays, the same again changes nothing.

    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (as `rules.numbers_allowed` decides).
    """
    plan, office = _held(actor, plan_id)
    before = queries.numbers_of(plan)
    changed = {spot: number for spot, number in changes.items() if before.get(spot) != number}
    if not changed:
        return plan
    names = _Names(plan, {*before, *changes})
    if seen is not None and seen != plan.version:
        differences = (
            Difference("", names.of(spot), _shown(before.get(spot)), _shown(number)) for spot, number in changed.items()
        )
        raise Conflict(str(plan), tuple(differences), plan.version)
    wanted = {spot: number for spot, number in {**before, **changed}.items() if number is not None}
    rules.numbers_allowed(wanted, queries.years_of(plan), names.offices, names.kinds, names.events).or_refuse()
    _write(plan, changed)
    plan.version += 1
    plan.save(update_fields=["version"])
    with override(KEPT_IN):
        told = {names.of(spot): [before.get(spot), number] for spot, number in changed.items()}
    audit.record(actor, "orgs.targets.set", plan, path=office.path, name=plan.name, changes=told)
    return plan


@service
def remove_plan(*, actor: Actor, plan_id: int, seen: int | None) -> None:
    """Take a plan with its numbers away, as one drawn up by mistake; what is done stays counted.

    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile).
    """
    plan, office = _held(actor, plan_id)
    locking.claim(plan, seen, {})
    names = _Names(plan, numbers := queries.numbers_of(plan))
    with override(KEPT_IN):
        told = {names.of(spot): planned for spot, planned in numbers.items()}
    number = plan.pk
    plan.delete()
    plan.pk = number
    years = f"{plan.first_year}—{plan.last_year}"
    audit.record(actor, "orgs.targets.removed", plan, path=office.path, name=plan.name, years=years, numbers=told)


def _held(actor: Actor, plan_id: int) -> tuple[TargetPlan, Unit]:
    """Return a plan and its office, locked: whoever edits one of the office's plans meanwhile waits."""
    office_id = queries.target_plan(actor, plan_id, needs=P.EDIT_TARGETS).office_id
    office = queries.unit_for_update(actor, office_id, needs=P.EDIT_TARGETS)
    return queries.target_plan(actor, plan_id, needs=P.EDIT_TARGETS), office


class _Names:
    """What the places of a plan are called: for the audit trail and for who finds another's numbers there."""

    def __init__(self, plan: TargetPlan, spots: Any) -> None:
        also = {spot.office for spot in queries.numbers_of(plan)}
        self.offices = {office.pk: office.short_name for office in queries.offices_of(plan.office, also)}
        in_use = {spot.kind for spot in spots if spot.kind is not None}
        kinds = UnitKind.objects.filter(Q(is_active=True) | Q(pk__in=in_use), is_federation=False)
        self.kinds = dict(kinds.values_list("pk", "name"))
        self.events: dict[str, Any] = dict(Target.Event.choices)

    def of(self, spot: Spot) -> str:
        kind = self.kinds.get(spot.kind, "") if spot.kind is not None else ""
        event = self.events.get(spot.event, spot.event)
        return " ".join(part for part in (self.offices.get(spot.office, ""), kind, f"{spot.year} {event}") if part)


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def _write(plan: TargetPlan, changed: Mapping[Spot, int | None]) -> None:
    for spot, number in changed.items():
        told: dict[str, Any] = {"office_id": spot.office, "kind_id": spot.kind, "year": spot.year, "event": spot.event}
        if number is None:
            Target.objects.filter(plan=plan, **told).delete()
        else:
            Target.objects.update_or_create(plan=plan, **told, defaults={"number": number})
