"""Reading posts and seats: who holds which post of a unit on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from wuyou.kernel.actor import Actor
from wuyou.kernel.period import Period
from wuyou.leadership.models import Post, Seat
from wuyou.leadership.permissions import P
from wuyou.people import queries as people
from wuyou.people.models import Person
from wuyou.platform.scoping import allowed, scope, within


def posts() -> list[Post]:
    """Return the posts, retired ones among them, in the office's order."""
    return list(Post.objects.all())


def offered_posts(held: str = "") -> list[Post]:
    """Return the posts in use, and one that is held though retired (its code), in the office's order."""
    return list(Post.objects.filter(Q(is_active=True) | Q(code=held)))


def of_day(seats: Iterable[Seat], on: date) -> list[Seat]:
    """Return those of some seats that are held on a day, by rank of post."""
    held_then = [s for s in seats if (s.start is None or s.start <= on) and (s.end is None or s.end > on)]
    return sorted(held_then, key=lambda s: (s.post.order, s.position, s.pk))


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
    rows = held(actor, on).filter(below(under)).order_by("post__order", "pk")
    for unit_id, code, leads in rows.values_list("unit_id", "post__code", "post__leads"):
        found.setdefault(unit_id, []).append((code, leads))
    return found


def leaders_by_unit(actor: Actor, unit_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return the name of who leads each unit on a day, as unit id -> name; of several the first in rank."""
    rows = held(actor, on).filter(unit__in=list(unit_ids), post__leads=True)
    rows = rows.order_by("-post__order", "-position", "-pk")  # whom `seats` names first stands last, and stays
    return dict(rows.values_list("unit_id", "person__name"))


def held(actor: Actor, on: date) -> QuerySet[Seat]:
    """Return the seats held on a day in the actor's units."""
    return Seat.objects.filter(scope(actor, P.VIEW, "unit__path"), in_office(on))


def below(under: str) -> Q:
    """Return the condition that a row's unit lies under a path; "" is everywhere."""
    return within((under,), "unit__path") if under else Q()


def in_office(on: date, prefix: str = "") -> Q:
    """Return the condition that a seat is held on a day; `prefix` leads from the row asked for to the seat."""
    begun = Q(**{f"{prefix}start": None}) | Q(**{f"{prefix}start__lte": on})
    return begun & (Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gt": on}))


def seats_begun(actor: Actor, during: Period) -> QuerySet[Seat]:
    """Return the seats of groups that somebody took in a period (both ends known), with unit, post and person, by day."""
    found = Seat.objects.filter(scope(actor, P.VIEW, "unit__path"), unit__kind__is_federation=False)
    found = found.filter(start__gte=during.start, start__lt=during.end)
    return found.select_related("unit", "post", "person").order_by("start", "unit__pinyin", "pk")


def any_seat(on: date) -> bool:
    """Say whether any unit at all had somebody in office on a day: whether that register was in use."""
    return Seat.objects.filter(in_office(on)).exists()


def names_by_unit(actor: Actor, *, on: date) -> dict[int, set[tuple[str, str]]]:
    """Return who holds which post of each unit on a day, as unit id -> {(post code, name)}."""
    found: dict[int, set[tuple[str, str]]] = {}
    for unit_id, code, name in held(actor, on).values_list("unit_id", "post__code", "person__name"):
        found.setdefault(unit_id, set()).add((code, name))
    return found


def holders(actor: Actor, *, on: date) -> dict[tuple[int, str, str], Person]:
    """Return who holds which post on a day, as (unit id, post code, name) -> person; telephones stay sealed until read."""
    seats = held(actor, on).select_related("post", "person")
    return {(seat.unit_id, seat.post.code, seat.person.name): seat.person for seat in seats}
