"""What was planned, and how much of it is done: by event date, for the offices that guided the groups on that day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.digits import whole
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs.models import Target, TargetPlan, Unit, UnitKind
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.headline import counted_events
from wuyou.orgs.queries.units import federations
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.orgs.rules.targets import Numbers, Spot, Years, planned
from wuyou.platform.scoping import scope


def target_plan(actor: Actor, plan_id: int, *, needs: str = P.VIEW_TARGETS) -> TargetPlan:
    """Return one plan with its office. Raises NotFound, or Forbidden when only the right lacks."""
    found = TargetPlan.objects.filter(scope(actor, P.VIEW_TARGETS, "office__path"), pk=plan_id)
    plan = found.select_related("office", "office__kind").first()
    if plan is None:
        raise NotFound
    if not actor.can(needs, plan.office.path):
        raise Forbidden(needs)
    return plan


def own_plans(office_id: int) -> list[TargetPlan]:
    """Return the plans of an office, newest first."""
    return list(TargetPlan.objects.filter(office=office_id).order_by("-first_year"))


def plans_for(actor: Actor, office: Unit) -> list[TargetPlan]:
    """Return the plans that say something of an office: its own, newest first, then those of the office above it.

    None for who may not read targets there.
    """
    if not actor.can(P.VIEW_TARGETS, office.path):
        return []
    above = Q(office=office.parent_id, targets__office=office)
    found = TargetPlan.objects.filter(Q(office=office) | above).select_related("office").distinct()
    return sorted(found, key=lambda plan: (plan.office_id != office.pk, -plan.first_year))


def years_of(plan: TargetPlan) -> Years:
    """Return the years of a plan."""
    return Years(plan.first_year, plan.last_year)


def plan_of_year(plans: Sequence[TargetPlan], year: int) -> TargetPlan | None:
    """Return the first of some plans that is for a year; None when none is."""
    return next((plan for plan in plans if year in years_of(plan).all()), None)


def numbers_of(plan: TargetPlan, office: Unit | None = None) -> dict[Spot, int]:
    """Return the numbers of a plan: all, or of another office's plan those that are for this one alone."""
    rows = Target.objects.filter(plan=plan)
    if office is not None and office.pk != plan.office_id:
        rows = rows.filter(office=office)
    told = rows.values_list("office_id", "kind_id", "year", "event", "number")
    return {Spot(row, kind, year, event): number for row, kind, year, event, number in told}


def offices_of(office: Unit, also: Collection[int] | None = ()) -> list[Unit]:
    """Return the rows of an office's plan: itself, for the groups that it guides directly, then the offices below it.

    By the codes of their counties, the same order always. Closed ones are left out unless their ids are told in `also`
    (None: all of them).
    """
    rows = Unit.objects.filter(Q(parent=office, kind__is_federation=True) | Q(pk__in=list(also or ())))
    if also is not None:
        rows = rows.filter(~Q(state=Unit.State.DISSOLVED) | Q(pk__in=list(also)))
    in_order = rows.exclude(pk=office.pk).select_related("county")
    return [office, *in_order.order_by(F("county__code").asc(nulls_last=True), "pinyin", "id")]


def done(actor: Actor, office: Unit, rows: Collection[int], years: Years, *, as_of: date) -> dict[Spot, int]:
    """Return how many groups under an office were founded, reorganised and restored in some years, until a day.

    Each counts for the first of the offices `rows` that guided it on the day of the event, and for its kind on that day.
    """
    looking = actor.at(office.path)
    found: dict[Spot, int] = {}
    for one in counted_events(looking, years.first, years.last, as_of=as_of):
        row = one.under(rows)
        if row is not None and one.event.kind in HEADLINE_KINDS:
            spot = Spot(row, one.kind.pk, one.year, one.event.kind)
            found[spot] = found.get(spot, 0) + 1
    return found


def office_of(actor: Actor) -> Unit | None:
    """Return the federation office whose targets are the actor's own: the one place where he may read targets.

    None when there are several, or it is a group.
    """
    paths = actor.paths(P.VIEW_TARGETS)
    if len(paths) != 1:
        return None
    at = Q(parent=None) if paths[0] == ROOT else Q(pk=int(paths[0].rstrip("/").rpartition("/")[2]))
    return Unit.objects.filter(at, kind__is_federation=True).order_by("pk").first()


def target_office(actor: Actor, typed: str) -> Unit | None:
    """Return the office whose targets are asked for, by its id as typed; when none is, the widest that the actor may read.

    None when there is none. Raises: NotFound, when the office asked for is not his to read targets of.
    """
    offices = federations(actor, P.VIEW_TARGETS)
    if not typed:
        return next(iter(offices), None)
    found = next((office for office in offices if office.pk == whole(typed)), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What an office has planned for a year: the plan, and its numbers for all its years."""

    plan: TargetPlan
    office: Unit
    numbers: Numbers


def year_plan(actor: Actor, year: int) -> YearPlan | None:
    """Return the plan in force for a year where the actor looks from: the office's own, else the one above's for it.

    None when there is none, or the actor looks from no single office.
    """
    office = office_of(actor)
    plan = plan_of_year(plans_for(actor, office), year) if office is not None else None
    if office is None or plan is None:
        return None
    return YearPlan(plan, office, numbers_of(plan, office))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an office is with a plan on a day. `plan` None: nothing is planned, what is done is shown all the same.

    `rows` are the offices by which it is told, `kinds` the kinds of group for which anything is planned or done.
    """

    office: Unit
    plan: TargetPlan | None
    years: Years
    numbers: Numbers
    done: Numbers
    rows: tuple[Unit, ...]
    kinds: tuple[UnitKind, ...]
    as_of: date

    def planned(self, **narrowed: Any) -> int | None:
        """Return how many are planned (`rules.planned`): None where nothing is."""
        return planned(self.numbers, **narrowed)

    def achieved(self, **narrowed: Any) -> int | None:
        """Return how many are done; None of a year that has not begun on the day."""
        year = narrowed.get("year")
        if year is not None and year > self.as_of.year:
            return None
        return planned(self.done, **narrowed) or 0


def progress(actor: Actor, office: Unit, plan: TargetPlan | None, *, as_of: date) -> Progress:
    """Return how far an office is with a plan on a day; without one, what was done in three years up to that day."""
    years = years_of(plan) if plan is not None else Years(as_of.year - 2, as_of.year)
    numbers = numbers_of(plan, office) if plan is not None else {}
    of_above = plan is not None and plan.office_id != office.pk
    offices = [office] if of_above else offices_of(office, None)
    told = done(actor, office, {row.pk for row in offices}, years, as_of=as_of)
    named = {spot.office for spot in (*numbers, *told)}
    rows = [row for row in offices if row.state != Unit.State.DISSOLVED or row.pk in named]
    kinds = UnitKind.objects.filter(pk__in={spot.kind for spot in (*numbers, *told) if spot.kind is not None})
    return Progress(office, plan, years, numbers, told, tuple(rows), tuple(kinds), as_of)
