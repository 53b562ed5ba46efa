"""Reading seats and terms."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from wuyou.kernel.actor import Actor
from wuyou.leadership.models import Post, RequiredPost, Seat, Term
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.platform.scoping import scope, within


def posts() -> list[Post]:
    """Return the posts, in the office's order."""
    return list(Post.objects.all())


def seats(actor: Actor, unit_id: int, *, on: date) -> list[Seat]:
    """Return who holds which post of a unit on a day, by rank of post. Raises NotFound."""
    orgs.unit(actor, unit_id)
    found = _held(actor, on).filter(unit=unit_id).select_related("post", "person", "person__keeper")
    return list(found.order_by("post__order", "position", "pk"))


def holders_by_unit(actor: Actor, *, on: date, under: str = "") -> dict[int, list[tuple[str, bool]]]:
    """Return for each unit the posts held on a day, as unit id -> [(post code, leads)]."""
    found: dict[int, list[tuple[str, bool]]] = {}
    rows = _under(_held(actor, on), under).order_by("post__order", "pk")
    for unit_id, code, leads in rows.values_list("unit_id", "post__code", "post__leads"):
        found.setdefault(unit_id, []).append((code, leads))
    return found


def leaders_by_unit(actor: Actor, unit_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return the name of who leads each unit on a day, as unit id -> name."""
    rows = _held(actor, on).filter(unit__in=list(unit_ids), post__leads=True).order_by("-post__order", "-position")
    return dict(rows.values_list("unit_id", "person__name"))


def current_terms(actor: Actor, *, on: date, under: str = "") -> dict[int, Term]:
    """Return each unit's newest term that had begun by a day, as unit id -> term."""
    begun = Term.objects.filter(scope(actor, P.VIEW, "unit__path")).filter(Q(start=None) | Q(start__lte=on))
    return {term.unit_id: term for term in _under(begun, under).order_by("end", "pk")}


def terms(actor: Actor, unit_id: int) -> list[Term]:
    """Return a unit's terms, newest first. Raises NotFound."""
    orgs.unit(actor, unit_id)
    return list(Term.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id).order_by("-end", "-pk"))


def required_posts() -> dict[int, dict[str, int]]:
    """Return how many holders of which post each form should have, as form id -> {post code: number}."""
    found: dict[int, dict[str, int]] = {}
    for form_id, code, number in RequiredPost.objects.values_list("form_id", "post__code", "number"):
        found.setdefault(form_id, {})[code] = number
    return found


def _held(actor: Actor, on: date) -> QuerySet[Seat]:
    begun = Q(start=None) | Q(start__lte=on)
    return Seat.objects.filter(scope(actor, P.VIEW, "unit__path"), begun & (Q(end=None) | Q(end__gt=on)))


def _under(rows: QuerySet, under: str) -> QuerySet:  # type: ignore[type-arg] # seats and terms alike
    return rows.filter(within((under,), "unit__path")) if under else rows
