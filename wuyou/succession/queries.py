"""Reading changes of the organisation: who may see a unit that takes part sees the change, and of the units those he may see."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, When

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import FormerIdentity, Placement, Unit, UnitEvent
from wuyou.orgs.permissions import P as OrgsP
from wuyou.platform.models import Job
from wuyou.platform.scoping import scope
from wuyou.succession import rules
from wuyou.succession.models import Party, Succession
from wuyou.succession.permissions import P
from wuyou.succession.plan import from_json


def visible(actor: Actor) -> QuerySet[Succession]:
    """Return the changes in which a unit takes part that the actor may see."""
    if actor.can_everywhere(OrgsP.VIEW):
        return Succession.objects.all()
    mine = Party.objects.filter(scope(actor, OrgsP.VIEW, "unit__path"))
    return Succession.objects.filter(scope(actor, OrgsP.VIEW, "unit__path") | Q(pk__in=mine.values("succession")))


def reaches_all(actor: Actor, permission: str, change: Succession) -> bool:
    """Say whether the actor holds a permission on every unit that takes part in a change."""
    if actor.can_everywhere(permission):
        return True
    paths = Party.objects.filter(succession=change).values_list("unit__path", flat=True)
    return all(actor.can(permission, path) for path in {change.unit.path, *paths})


def succession(actor: Actor, succession_id: int, *, needs: str = OrgsP.VIEW) -> Succession:
    """Return one change with its unit, to read it, or to whoever holds another right on every unit that takes part.

    Raises NotFound, or Forbidden when only the right lacks.
    """
    found = visible(actor).select_related("unit").filter(pk=succession_id).first()
    if found is None:
        raise NotFound
    if needs != OrgsP.VIEW and not reaches_all(actor, needs, found):
        raise Forbidden(needs)
    return found


def for_update(actor: Actor, succession_id: int) -> Succession:
    """Return one change for who may carry it out, locked until the transaction ends. Raises as `succession` does."""
    succession(actor, succession_id, needs=P.CHANGE)
    return Succession.objects.select_for_update(of=("self",)).select_related("unit").get(pk=succession_id)


def open_draft(actor: Actor, unit_id: int) -> Succession | None:
    """Return the draft of a change of a unit that is being worked on; None when there is none."""
    drafts = visible(actor).filter(state=Succession.State.DRAFT)
    return drafts.filter(Q(unit=unit_id) | Q(parties__unit=unit_id)).order_by("pk").first()


def changes_of(actor: Actor, unit_id: int) -> list[Succession]:
    """Return the changes in which a unit takes part, drafts first, then the newest first. Raises NotFound."""
    orgs.unit_alone(actor, unit_id)
    found = visible(actor).filter(Q(unit=unit_id) | Q(parties__unit=unit_id)).distinct()
    return sorted(found, key=lambda one: (one.state != "draft", -(one.on or date.max).toordinal(), -one.pk))


def units_to_change(actor: Actor, unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Return units that the actor may change, by id, with kind and county, locked. Raises NotFound, Forbidden."""
    wanted = sorted(set(unit_ids))
    found = {unit.pk: unit for unit in orgs.visible(actor).select_related("kind", "county").filter(pk__in=wanted)}
    if len(found) < len(wanted):
        raise NotFound
    if not all(actor.can(P.CHANGE, unit.path) for unit in found.values()):
        raise Forbidden(P.CHANGE)
    list(Unit.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values_list("pk"))
    return found


def may_change(actor: Actor, unit_id: int) -> Unit:
    """Return one unit with kind and parent to who may change it. Raises NotFound, Forbidden."""
    return orgs.unit(actor, unit_id, needs=P.CHANGE)


def candidates(actor: Actor, like: Unit, besides: Iterable[int]) -> dict[str, str]:
    """Return the living units of the level of another that the actor may change, as id -> short name, by pinyin."""
    found = orgs.visible(actor, P.CHANGE).exclude(state=Unit.State.DISSOLVED).exclude(pk__in=list(besides))
    found = found.filter(kind__is_federation=like.kind.is_federation)
    return {str(pk): name for pk, name in found.order_by("pinyin", "pk").values_list("pk", "short_name")}


def names_twice(unit_ids: Collection[int]) -> list[str]:
    """Return the full names of those living units among some that another living unit bears as well, sorted."""
    living = Unit.objects.exclude(state=Unit.State.DISSOLVED)
    names = living.filter(pk__in=unit_ids).values("full_name")
    twice = living.filter(full_name__in=names).order_by().values_list("full_name").annotate(n=Count("pk"))
    return sorted(name for name, number in twice if number > 1)


def open_under_closed(unit_ids: Collection[int]) -> list[str]:
    """Return the names of those among some units that are open while the office above them is dissolved, by pinyin."""
    found = Unit.objects.filter(pk__in=unit_ids, parent__state=Unit.State.DISSOLVED)
    found = found.exclude(state=Unit.State.DISSOLVED).order_by("pinyin", "pk")
    return list(found.values_list("short_name", flat=True))


def in_drafts(unit_ids: Collection[int], *, besides: int) -> set[int]:
    """Return which of some units take part in a change that is being worked on, other than one."""
    parties = Party.objects.filter(succession__state=Succession.State.DRAFT, unit__in=unit_ids)
    return set(parties.exclude(succession=besides).values_list("unit_id", flat=True))


PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """What the list of changes is narrowed to; "" and None narrow nothing. Drafts have the year of their day, if any."""

    year: int | None = None
    kind: str = ""
    state: str = ""
    unit: int | None = None


def change_page(actor: Actor, by: ChangeFilter, page: int = 1, size: int = PAGE_SIZE) -> Any:
    """Return one page of changes with units and parties: drafts first, then the newest first.

    Drafts only to who may change every unit that takes part.
    """
    found = visible(actor).exclude(Q(state=Succession.State.DRAFT) & ~_may_carry_out(actor))
    if by.year is not None:
        found = found.filter(on__year=by.year)
    if by.kind:
        found = found.filter(kind=by.kind)
    if by.state:
        found = found.filter(state=by.state)
    if by.unit is not None:
        found = found.filter(pk__in=Party.objects.filter(unit=by.unit).values("succession"))
    order = (Case(When(state="draft", then=0), default=1), F("on").desc(nulls_last=True), "-pk")
    parties = Prefetch("parties", Party.objects.select_related("unit").order_by("pk"))
    return Paginator(found.select_related("unit").prefetch_related(parties).order_by(*order), size).get_page(page)


def _may_carry_out(actor: Actor) -> Q:
    """Return the condition that the actor may change every unit that takes part in a change."""
    if actor.can_everywhere(P.CHANGE):
        return Q(pk__isnull=False)
    mine = Unit.objects.filter(scope(actor, P.CHANGE)).values("pk")
    others = Party.objects.exclude(unit__in=mine).values("succession")
    return scope(actor, P.CHANGE, "unit__path") & ~Q(pk__in=others)


def years(actor: Actor) -> list[int]:
    """Return the years of the changes that the actor may see, the newest first."""
    days = visible(actor).exclude(on=None).values_list("on__year", flat=True)
    return sorted(set(days), reverse=True)


def done_on(actor: Actor, unit_id: int) -> dict[str, int]:
    """Return the changes that were carried out with a unit, as ISO day -> id, the newest of a day."""
    found = visible(actor).filter(state=Succession.State.CARRIED_OUT, parties__unit=unit_id).order_by("pk")
    return {on.isoformat(): pk for pk, on in found.values_list("pk", "on") if on is not None}


def sides(units: Sequence[Unit], on: date | None) -> list[rules.Side]:
    """Return units as a rule sees them on a day, with what happened to each after it, in the order given."""
    ids = [unit.pk for unit in units]
    later, then = (_later(ids, on), orgs.states_on(on, only=ids)) if on is not None else ({}, {})
    return [
        rules.Side(
            unit.pk, str(unit), unit.kind.level, then.get(unit.pk, unit.state), unit.founded,
            is_closed=unit.state == Unit.State.DISSOLVED, later=tuple(later.get(unit.pk, ())),
        )
        for unit in units
    ]  # fmt: skip


def _later(unit_ids: Sequence[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """Return what befell units after a day, as unit id -> (what, day): events, moves and changes of names."""
    found: dict[int, list[tuple[str, str]]] = {}
    words = dict(UnitEvent.Kind.choices)
    for pk, kind, day in UnitEvent.objects.filter(unit__in=unit_ids, on__gt=on.isoformat()).values_list(
        "unit", "kind", "on"
    ):
        found.setdefault(pk, []).append((str(words[kind]), day))
    for moved in Placement.objects.filter(unit__in=unit_ids, start__gt=on):
        found.setdefault(moved.unit_id, []).append(("调整指导关系", str(moved.start)))
    for former in FormerIdentity.objects.filter(unit__in=unit_ids, until__gt=on):
        found.setdefault(former.unit_id, []).append(("名称或类型变更", former.until.isoformat()))
    return {pk: sorted(told, key=lambda pair: pair[1]) for pk, told in found.items()}


def document_used_by(document: str, besides: int) -> dict[str, object]:
    """Return unit, kind and day of another change, or of an event, that rests on a document; nothing for none.

    Nothing either when the change that rests on it said that it shares it.
    """
    others = Succession.objects.filter(document=document, state=Succession.State.CARRIED_OUT).exclude(pk=besides)
    other = others.select_related("unit").order_by("shares_document", "pk").first() if document else None
    if other is None:
        return orgs.event_with_document(document, unit_id=0, on="")
    return {} if other.shares_document else {"unit": str(other.unit), "kind": other.get_kind_display(), "day": other.on}


def sees_figures(actor: Actor, change: Succession) -> bool:
    """Say whether an actor sees all that the figures count which a change moved: all that its maker saw."""
    return all(actor.can(OrgsP.VIEW, path) for path in change.outcome.get("figures_of", ("/",)))


def job_of(change: Succession) -> Job | None:
    """Return the job that carries a change out, or did; None when there is none."""
    return Job.objects.filter(pk=change.job).first() if change.job is not None else None


def is_under_way(change: Succession) -> bool:
    """Say whether a change is being carried out in the background."""
    job = job_of(change)
    return job is not None and job.state in (Job.State.QUEUED, Job.State.RUNNING)


def parties_of(actor: Actor, change: Succession) -> tuple[list[tuple[tuple[str, ...], Unit]], int]:
    """Return who took part in a change as far as the actor may see them, as (roles, unit), the old ones first; and of how
    many others he may not even know the names.
    """
    roles: dict[Unit, tuple[str, ...]] = {}
    for party in change.parties.select_related("unit").order_by("-role", "pk"):
        roles[party.unit] = (*roles.get(party.unit, ()), party.role)
    seen = [(held, unit) for unit, held in roles.items() if actor.can(OrgsP.VIEW, unit.path)]
    return seen, len(roles) - len(seen)


def seals_of(change: Succession) -> list[tuple[str, date]]:
    """Return whose old seal was handed back when, as (short name, day)."""
    seals = from_json(change.plan).seals
    names = orgs.short_names(seals)
    return [(names[pk], day) for pk, day in seals.items() if pk in names]
