"""Reading seats and terms."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum

from wuyou.kernel.actor import Actor
from wuyou.kernel.period import Period
from wuyou.leadership.models import Post, RequiredPost, Seat, Term
from wuyou.leadership.permissions import P
from wuyou.orgs.models import Unit
from wuyou.people import queries as people
from wuyou.people.models import Person
from wuyou.platform.scoping import allowed, scope, within

_NEWEST = F("end").desc(nulls_last=True)
"""The term that ends last comes first, one without an end last, on both engines."""


def posts() -> list[Post]:
    """Return the posts, retired ones among them, in the office's order."""
    return list(Post.objects.all())


def offered_posts(held: str = "") -> list[Post]:
    """Return the posts in use, and one that is held though retired (its code), in the office's order."""
    return list(Post.objects.filter(Q(is_active=True) | Q(code=held)))


def seats(actor: Actor, unit_id: int, *, on: date) -> list[Seat]:
    """Return who holds which post of a unit on a day, by rank of post; nobody for a unit that is not the actor's."""
    found = _held(actor, on).filter(unit=unit_id).select_related("post", "person", "person__keeper")
    return list(found.order_by("post__order", "position", "pk"))


def seat(actor: Actor, seat_id: int, *, needs: str = P.VIEW) -> Seat:
    """Return one seat with unit, post and person. Raises NotFound, or Forbidden when only the right lacks."""
    found = Seat.objects.filter(scope(actor, P.VIEW, "unit__path"), pk=seat_id)
    return allowed(found.select_related("unit", "post", "person").first(), actor, needs)


def seats_ever(actor: Actor, unit_id: int) -> list[Seat]:
    """Return who holds and who held posts of a unit, those still held first, then the last to leave; by rank of post.

    Nobody for a unit that is not the actor's.
    """
    found = Seat.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id).select_related("post", "person")
    return list(found.order_by(F("end").desc(nulls_first=True), "post__order", "position", "pk"))


def term(actor: Actor, term_id: int, *, needs: str = P.VIEW) -> Term:
    """Return one term with its unit. Raises NotFound, or Forbidden when only the right lacks."""
    found = Term.objects.filter(scope(actor, P.VIEW, "unit__path"), pk=term_id)
    return allowed(found.select_related("unit").first(), actor, needs)


def term_for_update(actor: Actor, term_id: int, *, needs: str) -> Term:
    """Return one term, locked until the transaction ends. Raises as `term` does."""
    term(actor, term_id, needs=needs)
    return Term.objects.select_for_update(of=("self",)).select_related("unit").get(pk=term_id)


def seat_for_update(actor: Actor, seat_id: int, *, needs: str) -> Seat:
    """Return one seat, locked until the transaction ends. Raises as `seat` does."""
    seat(actor, seat_id, needs=needs)
    return Seat.objects.select_for_update(of=("self",)).select_related("unit", "post").get(pk=seat_id)


def seats_of(actor: Actor, person_id: int) -> list[Seat]:
    """Return the posts that a person holds still, of other units too, with unit and post, by rank. Raises NotFound."""
    people.person(actor, person_id)
    found = Seat.objects.filter(person=person_id, end=None).select_related("unit", "post")
    return list(found.order_by("post__order", "unit__pinyin", "pk"))


def holders_by_unit(actor: Actor, *, on: date, under: str = "") -> dict[int, list[tuple[str, bool]]]:
    """Return for each unit the posts held on a day, as unit id -> [(post code, leads)]."""
    found: dict[int, list[tuple[str, bool]]] = {}
    rows = _under(_held(actor, on), under).order_by("post__order", "pk")
    for unit_id, code, leads in rows.values_list("unit_id", "post__code", "post__leads"):
        found.setdefault(unit_id, []).append((code, leads))
    return found


def leaders_by_unit(actor: Actor, unit_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return the name of who leads each unit on a day, as unit id -> name; of several the first in rank."""
    rows = _held(actor, on).filter(unit__in=list(unit_ids), post__leads=True)
    rows = rows.order_by("-post__order", "-position", "-pk")  # whom `seats` names first stands last, and stays
    return dict(rows.values_list("unit_id", "person__name"))


def current_terms(actor: Actor, *, on: date, under: str = "") -> dict[int, Term]:
    """Return each unit's newest term that had begun by a day, as unit id -> term."""
    begun = Term.objects.filter(scope(actor, P.VIEW, "unit__path")).filter(Q(start=None) | Q(start__lte=on))
    oldest_first = _under(begun, under).order_by(F("end").asc(nulls_first=True), "pk")  # as `staffing_by_unit` has it
    return {term.unit_id: term for term in oldest_first}


def terms(actor: Actor, unit_id: int) -> list[Term]:
    """Return a unit's terms, newest first; none for a unit that is not the actor's."""
    return list(Term.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id).order_by(_NEWEST, "-pk"))


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


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who leads a unit on a day: holders by post code, whether one of them leads, and when the term in force ends.

    `required` is the number of seats that the unit's form asks for, None when the form is not known; `filled` counts
    holders, of each post at most as many as are asked for. `term_end` None: no end is known.
    """

    required: int | None
    filled: int
    leads: bool
    held: dict[str, int] = field(default_factory=dict)
    term_end: date | None = None

    @property
    def vacant(self) -> int:
        """The seats asked for that nobody holds; 0 when it is not known how many are asked for."""
        return max(0, (self.required or 0) - self.filled)


def staffing_by_unit(actor: Actor, *, on: date, under: str = "", permission: str = P.VIEW) -> dict[int, Staffing]:
    """Return how each grassroots unit is staffed on a day, as unit id -> `Staffing`; every unit is there. One query."""
    units = Unit.objects.filter(scope(actor, permission), kind__is_federation=False)
    units = units.filter(within((under,))) if under else units
    asked = RequiredPost.objects.filter(form=OuterRef("form")).order_by()
    begun = Term.objects.filter(Q(start=None) | Q(start__lte=on), unit=OuterRef("pk"))
    rows = units.annotate(
        in_office=FilteredRelation("seats", condition=_in_office(on, "seats__")),
        required=Subquery(asked.values("form").annotate(n=Sum("number")).values("n")),
        of_post=Subquery(asked.filter(post=OuterRef("in_office__post")).values("number")[:1]),
        term_end=Subquery(begun.order_by(_NEWEST, "-pk").values("end")[:1]),
    ).values_list("id", "in_office__post__code", "in_office__post__leads", "of_post", "required", "term_end")
    by_unit: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, *told in rows.order_by():
        by_unit.setdefault(unit_id, []).append(tuple(told))
    return {unit_id: _staffing(told) for unit_id, told in by_unit.items()}


def _staffing(rows: list[tuple[Any, ...]]) -> Staffing:
    held: dict[str, int] = {}
    limits: dict[str, int] = {}
    for code, _leads, limit, _required, _end in rows:
        if code is not None:
            held[code] = held.get(code, 0) + 1
            limits[code] = limit or 0
    *_, required, term_end = rows[0]
    filled = sum(held.values()) if required is None else sum(min(n, limits[code]) for code, n in held.items())
    return Staffing(required, filled, any(row[1] for row in rows), held, term_end)


def _in_office(on: date, prefix: str = "") -> Q:
    begun = Q(**{f"{prefix}start": None}) | Q(**{f"{prefix}start__lte": on})
    return begun & (Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gt": on}))


def seats_begun(actor: Actor, during: Period) -> QuerySet[Seat]:
    """Return the seats of groups that somebody took in a period (both ends known), with unit, post and person, by day."""
    found = Seat.objects.filter(scope(actor, P.VIEW, "unit__path"), unit__kind__is_federation=False)
    found = found.filter(start__gte=during.start, start__lt=during.end)
    return found.select_related("unit", "post", "person").order_by("start", "unit__pinyin", "pk")


def any_seat(on: date) -> bool:
    """Say whether any unit at all had somebody in office on a day: whether that register was in use."""
    return Seat.objects.filter(_in_office(on)).exists()


def names_by_unit(actor: Actor, *, on: date) -> dict[int, set[tuple[str, str]]]:
    """Return who holds which post of each unit on a day, as unit id -> {(post code, name)}."""
    found: dict[int, set[tuple[str, str]]] = {}
    for unit_id, code, name in _held(actor, on).values_list("unit_id", "post__code", "person__name"):
        found.setdefault(unit_id, set()).add((code, name))
    return found


def holders(actor: Actor, *, on: date) -> dict[tuple[int, str, str], Person]:
    """Return who holds which post on a day, as (unit id, post code, name) -> person; telephones stay sealed until read."""
    seats = _held(actor, on).select_related("post", "person")
    return {(seat.unit_id, seat.post.code, seat.person.name): seat.person for seat in seats}
