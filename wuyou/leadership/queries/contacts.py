"""Reading which leader of an office is responsible for which groups."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q

from wuyou.kernel.actor import Actor
from wuyou.kernel.period import Period
from wuyou.leadership.models import ContactLeader, Seat
from wuyou.leadership.permissions import P
from wuyou.leadership.queries.seats import held, in_office
from wuyou.platform.scoping import allowed, scope


def office_holders(actor: Actor, *, on: date) -> list[Seat]:
    """Return the seats held on a day in the federation offices that the actor sees, with unit, post and person, by name."""
    found = held(actor, on).filter(unit__kind__is_federation=True).select_related("unit", "post", "person")
    return list(found.order_by("person__pinyin", "person", "post__order", "pk"))


def office_posts(person_ids: Iterable[int], *, on: date) -> dict[int, list[str]]:
    """Return which posts of federation offices some persons hold on a day, as person id -> [office and post], by rank.

    Offices are public: this tells of posts, of nobody's data.
    """
    found = Seat.objects.filter(in_office(on), person__in=list(person_ids), unit__kind__is_federation=True)
    told: dict[int, list[str]] = {}
    for person_id, unit, post in found.order_by("post__order", "pk").values_list(
        "person_id", "unit__short_name", "post__name"
    ):
        told.setdefault(person_id, []).append(f"{unit}{post}")
    return told


def contacts(actor: Actor, unit_id: int, *, on: date | None = None) -> list[ContactLeader]:
    """Return who is (None: or was) responsible for a unit on a day, with the person, newest first; none of foreign units."""
    found = ContactLeader.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id).select_related("person")
    found = found if on is None else found.filter(in_office(on))
    return list(found.order_by(F("end").desc(nulls_first=True), "person__pinyin", "pk"))


def contact(actor: Actor, contact_id: int, *, needs: str = P.VIEW) -> ContactLeader:
    """Return one with unit and person. Raises NotFound, or Forbidden when only the right lacks."""
    found = ContactLeader.objects.filter(scope(actor, P.VIEW, "unit__path"), pk=contact_id)
    return allowed(found.select_related("unit", "person").first(), actor, needs)


def contact_for_update(actor: Actor, contact_id: int, *, needs: str) -> ContactLeader:
    """Return one, locked until the transaction ends. Raises as `contact` does."""
    contact(actor, contact_id, needs=needs)
    return ContactLeader.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=contact_id)


def contacts_during(actor: Actor, during: Period) -> list[ContactLeader]:
    """Return who was responsible for which of the actor's units in a period, by the names of the leader and the unit."""
    begun = Q() if during.end is None else Q(start=None) | Q(start__lt=during.end)
    still = Q() if during.start is None else Q(end=None) | Q(end__gt=during.start)
    found = ContactLeader.objects.filter(scope(actor, P.VIEW, "unit__path"), begun, still)
    return list(found.select_related("unit", "person").order_by("person__pinyin", "person", "unit__pinyin", "pk"))
