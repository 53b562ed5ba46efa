"""What befell units, under whom they were guided, and how they stood on a day."""

from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.kernel.actor import Actor
from wuyou.orgs import rules
from wuyou.orgs.models import Placement, Unit, UnitEvent
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.asof import identities_on, parents_since
from wuyou.orgs.queries.states import events_around
from wuyou.orgs.queries.units import unit, visible
from wuyou.platform.scoping import scope, within


def events(actor: Actor, unit_id: int) -> list[UnitEvent]:
    """Return a unit's history, newest first; none for a unit that is not the actor's."""
    found = UnitEvent.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id)
    return list(found.order_by("-on", "-id"))


def placements_of(actor: Actor, unit_id: int) -> list[Placement]:
    """Return under whom a unit was guided, newest first. Raises NotFound."""
    found = Placement.objects.filter(unit=unit(actor, unit_id)).select_related("parent")
    return sorted(found, key=lambda p: (p.start or date.min, p.pk), reverse=True)


def standings(
    actor: Actor, *, on: date, under: str = "", permission: str = P.VIEW, only: int | None = None
) -> list[rules.Standing]:
    """Return the grassroots units under a path as they stood on a day, whether living or not, by pinyin.

    Under a path are those that were guided from there on that day; their own `path` is today's, as rights are. The state of
    the day comes from the events (`rules.state_on`), names, kind, form and county from what it was before it changed. `only`
    asks for one unit, wherever it was. One query, three for the past.
    """
    found = visible(actor, permission).filter(kind__is_federation=False)
    moved = placed_elsewhere(on) if under and only is None else {}
    if only is not None:
        found = found.filter(pk=only)
    elif under and not moved:
        found = found.filter(within((under,)))
    rows = found.annotate(**events_around(on)).order_by("pinyin", "id")
    former = identities_on(on, Q(unit=only) if only is not None else None)
    told = [_standing(row, former.get(row[0]), on) for row in rows.values_list(*_STANDING)]
    return [each for each in told if rules.was_under(each.path, under, moved)] if moved else told


def placed_elsewhere(on: date) -> dict[int, str]:
    """Return the units that were guided from somewhere else on a day than now, as unit id -> path of that federation."""
    parents = parents_since(on)
    paths = dict(Unit.objects.filter(pk__in=set(parents.values())).values_list("pk", "path")) if parents else {}
    return {pk: paths[above] for pk, above in parents.items()}


_STANDING = (
    "id", "path", "full_name", "short_name", "kind__name", "county__name", "state", "founded", "approval_number",
    "has_study_rules", "form_id", "latest", "following",
)  # fmt: skip


def _standing(row: tuple[Any, ...], former: tuple[Any, ...] | None, on: date) -> rules.Standing:
    pk, path, full, short, kind, county, today, founded, approval, study_rules, form_id, latest, following = row
    if former is not None:
        full, short, _code, kind, _federation, form_id, _form, county, _county_code = former
    state = rules.state_on(day=on, state_today=today, founded=founded, latest=latest or "", following=following or "")
    return rules.Standing(
        pk, path, full, short, kind, county or "", state, founded, bool(approval), study_rules, form_id
    )
