"""In which state units stood on a day, as their events tell it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from wuyou.kernel import clock
from wuyou.orgs import rules
from wuyou.orgs.models import Unit, UnitEvent


def states_on(on: date, *, only: Collection[int] | None = None) -> dict[int, str | None]:
    """Return how every grassroots unit, or each of those asked for, stood on a day, as unit id -> state (`rules.state_on`)."""
    asked = Q(kind__is_federation=False) if only is None else Q(pk__in=only)
    rows: Any = Unit.objects.filter(asked).order_by().annotate(**events_around(on))
    return {
        pk: rules.state_on(day=on, state_today=today, founded=founded, latest=latest or "", following=following or "")
        for pk, today, founded, latest, following in rows.values_list("pk", "state", "founded", "latest", "following")
    }


def in_states(on: date, states: Collection[str]) -> Q:
    """Return the condition that the unit of a row was in one of these states on a day; today it is the one it stands in."""
    if on >= clock.today():
        return Q(unit__state__in=list(states))
    return Q(unit__in=[pk for pk, state in states_on(on).items() if state in states])


def events_around(on: date) -> dict[str, Subquery]:
    """Return the annotations that tell a unit's newest event until a day and its first one after it, renames left out."""
    told = UnitEvent.objects.filter(unit=OuterRef("pk"), kind__in=list(rules.EVENT_STATE))
    latest = told.filter(on__lte=on.isoformat()).order_by("-on", "-id").values("kind")[:1]
    following = told.filter(on__gt=on.isoformat()).order_by("on", "id").values("kind")[:1]
    return {"latest": Subquery(latest), "following": Subquery(following)}
