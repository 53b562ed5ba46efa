"""Reading persons and counts. A person is visible through the unit that keeps him or a group he belongs to."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from wuyou.kernel import clock
from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.digits import whole
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import queries as orgs
from wuyou.people.models import Affiliation, ConsentBasis, HeadCount, MemberCount, Person
from wuyou.people.permissions import P
from wuyou.people.words import CATEGORIES
from wuyou.platform.scoping import allowed, scope, within

PAGE_SIZE = 50
NOT_SAID = "none"
"""The code that asks for persons of whom no category is said."""


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """What a list of persons is narrowed to; "" and None narrow nothing. `unit` is a group's id, `under` a path.

    With `on`, those count who had not moved away or died by that day (else: by now), with `departed` only those who had;
    a `unit` is then asked for those who belonged to it on that day, `groups` for those who belonged to
    one of these. The category `NOT_SAID` asks for those of whom none is said.
    """

    text: str = ""
    category: str = ""
    division: str = ""
    unit: int | None = None
    under: str = ""
    after: str = ""
    on: date | None = None
    certified: bool = False
    groups: frozenset[int] | None = None
    departed: bool = False


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Some persons by pinyin, and the mark from which the next page goes on ("" = there is none)."""

    persons: tuple[Person, ...]
    next_mark: str = ""


_NEWEST = (F("start").desc(nulls_last=True), F("pk").desc())
"""The group joined last first; one joined on an unknown day was joined before all others, as `counting` has it.

Said in full, as databases do not agree where what is not known belongs.
"""
_TIED = Q(end=None) | Q(ended_by_departure=True)
"""A tie to a group that holds, or held until the person moved away or died: his group can still find him."""


def visible(actor: Actor, permission: str = P.VIEW) -> QuerySet[Person]:
    """Return the persons on whom the actor holds the permission: kept by his units, or belonging to his groups."""
    paths = actor.paths(permission)
    if ROOT in paths or _is_whole_tree(paths):
        return Person.objects.all()
    member = Affiliation.objects.filter(_TIED, within(paths, "unit__path"), person=OuterRef("pk"))
    return Person.objects.filter(within(paths, "keeper__path") | Exists(member))


def person(actor: Actor, person_id: int, *, needs: str = P.VIEW) -> Person:
    """Return one person. Raises NotFound, or Forbidden when only the right lacks."""
    found = visible(actor).select_related("keeper", "division", "basis").filter(pk=person_id).first()
    if found is None:
        raise NotFound
    if needs != P.VIEW and not may(actor, needs, found):
        raise Forbidden(needs)
    return found


def person_for_update(actor: Actor, person_id: int, *, needs: str) -> Person:
    """Return one person, locked until the transaction ends. Raises as `person` does."""
    person(actor, person_id, needs=needs)
    return Person.objects.select_for_update(of=("self",)).select_related("keeper").get(pk=person_id)


def may(actor: Actor, permission: str, person: Person) -> bool:
    """Say whether the actor holds a permission on a person: where he is kept, or in a group that he belongs to."""
    if not actor.can(permission):
        return False
    if actor.can(permission, person.keeper.path):
        return True
    groups = person.affiliations.filter(_TIED).values_list("unit__path", flat=True)
    return any(actor.can(permission, path) for path in groups)


def person_page(actor: Actor, by: PersonFilter, size: int = PAGE_SIZE) -> PersonPage:
    """Return a page of persons by pinyin, going on after a mark: as quick on the last page as on the first."""
    persons = _narrowed(visible(actor), by).select_related("keeper", "division")
    if by.after:
        key, _, number = by.after.rpartition("~")
        after = whole(number, longest=18) or 0
        persons = persons.filter(Q(pinyin__gt=key) | Q(pinyin=key, pk__gt=after))
    found = list(persons.order_by("pinyin", "pk")[: size + 1])
    mark = f"{found[size - 1].pinyin}~{found[size - 1].pk}" if len(found) > size else ""
    return PersonPage(tuple(found[:size]), mark)


def _narrowed(persons: QuerySet[Person], by: PersonFilter) -> QuerySet[Person]:
    persons = persons.filter(_gone(by.on) if by.departed else _here(by.on))
    if by.text:
        persons = persons.filter(_named(by.text.strip()))
    if by.category:
        persons = persons.filter(category="" if by.category == NOT_SAID else by.category)
    if by.certified:
        persons = persons.exclude(certified_status="")
    if by.groups is not None and by.on is not None:
        member = Affiliation.objects.filter(_belonging(by.on), person=OuterRef("pk"), unit__in=by.groups)
        persons = persons.filter(Exists(member))
    if by.division:
        persons = persons.filter(division__code=by.division)
    if by.unit is not None and by.on is not None and not by.departed:
        member = Affiliation.objects.filter(_belonging(by.on), person=OuterRef("pk"), unit=by.unit)
        persons = persons.filter(Exists(member))
    elif by.unit is not None:
        tied = Q(affiliations__end=None) | Q(affiliations__ended_by_departure=True)
        persons = persons.filter(tied, affiliations__unit=by.unit)
    if by.under:
        persons = persons.filter(within((by.under,), "keeper__path"))
    return persons


def _gone(on: date | None) -> Q:
    return Q(left_on__isnull=False) if on is None else Q(left_on__lte=on)


def _here(on: date | None) -> Q:
    return Q(left_on=None) if on is None else Q(left_on=None) | Q(left_on__gt=on)


def person_count(actor: Actor, by: PersonFilter, permission: str = P.VIEW) -> int:
    """Return how many persons the filter leaves."""
    return _narrowed(visible(actor, permission), by).count()


def person_rows(actor: Actor, by: PersonFilter) -> Iterator[Person]:
    """Yield every person the filter leaves, by pinyin, with keeper and place; a few thousand at a time."""
    persons = _narrowed(visible(actor), by).select_related("keeper", "division").order_by("pinyin", "pk")
    return persons.iterator(chunk_size=2000)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many persons: in all, with a certified status, belonging to a group."""

    registered: int = 0
    certified: int = 0
    members: int = 0


def numbers_on(actor: Actor, on: date, groups: Iterable[int]) -> dict[str, Numbers]:
    """Return how many registered persons had not left by a day, as category ("" = not said) -> `Numbers`. One query.

    Members are those who belonged to one of the groups on that day.
    """
    member = Affiliation.objects.filter(_belonging(on), person=OuterRef("pk"), unit__in=list(groups))
    rows = visible(actor, P.COUNT).filter(_here(on)).order_by().values_list("category").annotate(
        n=Count("pk"), known=Count("pk", filter=~Q(certified_status="")), inside=Count("pk", filter=Exists(member))
    )  # fmt: skip
    return {category: Numbers(*told) for category, *told in rows}


def _named(word: str) -> Q:
    if word.isascii():
        return Q(initials__begins=word.lower()) | Q(pinyin__begins=word.lower())
    return Q(name__begins=word)


def count_by_category(actor: Actor, *, under: str = "") -> dict[str, int]:
    """Return how many registered persons there are by category ("" = not said), in the order of the code list."""
    persons = visible(actor, P.COUNT).filter(left_on=None)
    if under:
        persons = persons.filter(within((under,), "keeper__path"))
    found = dict(persons.values_list("category").annotate(n=Count("pk")).order_by("category"))
    return {c: found[c] for c in [*CATEGORIES, *sorted(set(found) - set(CATEGORIES))] if c in found}


def members_by_unit(actor: Actor, *, under: str = "") -> dict[int, int]:
    """Return how many persons belong to each unit today, as unit id -> number."""
    found = Affiliation.objects.filter(scope(actor, P.COUNT, "unit__path"), end=None, person__left_on=None)
    if under:
        found = found.filter(within((under,), "unit__path"))
    return dict(found.values_list("unit_id").annotate(n=Count("pk")).order_by())


def declared_people(actor: Actor, *, under: str = "", as_of: date | None = None) -> dict[int, int]:
    """Return the newest accepted total that each unit declared (all categories), as unit id -> people."""
    found = HeadCount.objects.filter(unit__in=orgs.ids_under(actor, under, P.COUNT), is_accepted=True, category="")
    if as_of is not None:
        found = found.filter(counted_on__lte=as_of)
    return dict(found.order_by("counted_on", "pk").values_list("unit_id", "people"))


def groups_of(actor: Actor, person_id: int) -> list[Affiliation]:
    """Return the groups that a person belongs and belonged to, the present ones first, newest first. Raises NotFound."""
    found = person(actor, person_id).affiliations.select_related("unit")
    return list(found.order_by(F("end").desc(nulls_first=True), *_NEWEST))


def affiliation(actor: Actor, affiliation_id: int, *, needs: str = P.VIEW) -> Affiliation:
    """Return one belonging of a person to a group, with both. Raises NotFound, or Forbidden when only the right lacks."""
    found = Affiliation.objects.filter(scope(actor, P.VIEW, "unit__path"), pk=affiliation_id)
    return allowed(found.select_related("unit", "person", "person__keeper").first(), actor, needs)


def affiliation_for_update(actor: Actor, affiliation_id: int, *, needs: str) -> Affiliation:
    """Return one belonging, locked until the transaction ends. Raises as `affiliation` does."""
    affiliation(actor, affiliation_id, needs=needs)
    rows = Affiliation.objects.select_for_update(of=("self",)).select_related("unit", "person")
    return rows.get(pk=affiliation_id)


def bases() -> list[ConsentBasis]:
    """Return the registered grounds, newest first."""
    return list(ConsentBasis.objects.order_by("-since", "-pk"))


def by_identity(actor: Actor, *, id_number: str = "", phone: str = "") -> list[Person]:
    """Return the persons with exactly this identity number or telephone, found through the blind index."""
    wanted = Q()
    if id_number:
        wanted |= Q(id_index=Person._meta.get_field("id_index").index(id_number))
    if phone:
        wanted |= Q(phone_index=Person._meta.get_field("phone_index").index(phone))
        wanted |= Q(other_phone_index=Person._meta.get_field("other_phone_index").index(phone))
    return list(visible(actor).filter(wanted)) if wanted else []


def _is_whole_tree(paths: tuple[str, ...]) -> bool:
    """Say whether the paths are the one root unit, so that the condition on 600,000 rows can be left out."""
    from wuyou.orgs.models import Unit  # noqa: PLC0415 -- only this question needs it

    roots = Unit.objects.filter(parent=None).values_list("path", flat=True)
    return set(roots) <= set(paths) if paths else False


def takes_sensitive(person: Person) -> bool:
    """Say whether the ground on which a person is registered covers data that need separate consent."""
    return person.basis.ground in (ConsentBasis.Ground.SEPARATE, ConsentBasis.Ground.DUTY)


def shown(person: Person, actor: Actor) -> dict[str, Any]:
    """Return what of a person's guarded fields this actor may see, opened; the others are absent."""
    found: dict[str, Any] = {}
    if may(actor, P.READ_CONTACT, person):
        found.update(phone=person.phone, other_phone=person.other_phone, address=person.address)
        found.update(wechat=person.wechat, email=person.email, needs=person.needs, remark=person.remark)
    if may(actor, P.READ_SENSITIVE, person):
        found.update(id_number=person.id_number, birth=person.birth, hardship=person.hardship, health=person.health)
        found.update(certificate=person.certificate, relative_name=person.relative_name)
        found.update(overseas_phone=person.overseas_phone)
    return found


def declared_at_hosts(*, as_of: date) -> dict[int, int]:
    """Return the newest accepted total declared for each host unit, as host id -> people."""
    found = HeadCount.objects.filter(is_accepted=True, host__isnull=False, category="", counted_on__lte=as_of)
    return dict(found.order_by("counted_on", "pk").values_list("host_id", "people"))


Counts = dict[int, tuple[int, date]]


def counts_by_division(path: str, *, as_of: date) -> tuple[Counts, Counts]:
    """Return the newest accepted total of each place below a division's path: declared, and counted from registered persons.

    Both as division id -> (people, day).
    """
    rows = HeadCount.objects.filter(
        within((path,), "division__path"), is_accepted=True, category="", counted_on__lte=as_of, division__isnull=False
    )
    found: dict[str, Counts] = {HeadCount.Origin.DECLARED: {}, HeadCount.Origin.REGISTERED: {}}
    for division_id, origin, number, on in rows.order_by("counted_on", "pk").values_list(
        "division_id", "origin", "people", "counted_on"
    ):
        found[origin][division_id] = (number, on)
    return found[HeadCount.Origin.DECLARED], found[HeadCount.Origin.REGISTERED]


def members_by_division(path: str, *, states: Collection[str], on: date) -> dict[int, dict[int, int]]:
    """Return the members on a day of groups then in these states at each place below a path.

    As division id -> {unit id: people}; a person of several groups counts for the newest. Today's stand in `MemberCount`;
    those of an earlier day are counted, where persons live being what is registered now.
    """
    here = within((path,), "division__path")
    rows: Iterable[tuple[int, int, int]] = (
        MemberCount.objects.filter(here, orgs.in_states(on, states)).values_list("division_id", "unit_id", "people")
        if on >= clock.today()
        else members_counted(path, states, on)
    )
    found: dict[int, dict[int, int]] = {}
    for division_id, unit_id, number in rows:
        found.setdefault(division_id, {})[unit_id] = number
    return found


def members_counted(path: str, states: Collection[str], on: date) -> Iterator[tuple[int, int, int]]:
    """Yield the members of a day as (division id, unit id, people), counted from the groups that persons belonged to.

    All memberships are counted at once; of those few who were in several groups all but the newest are taken off again.
    """
    living = {pk for pk, state in orgs.states_on(on).items() if state in states}
    held = Affiliation.objects.filter(_belonging(on), within((path,), "person__division__path")).order_by()
    place = ("person__division_id", "unit_id")
    found = {(at, unit): number for at, unit, number in held.values_list(*place).annotate(n=Count("pk"))}
    several = held.values("person").annotate(n=Count("pk")).filter(n__gt=1).values("person")
    newest_first = Affiliation.objects.filter(_belonging(on), person__in=several).order_by("person", *_NEWEST)
    last = None
    for person_id, at, unit in newest_first.values_list("person_id", *place):
        found[at, unit] -= person_id == last
        last = person_id
    return ((at, unit, number) for (at, unit), number in found.items() if number and unit in living)


def member_numbers(actor: Actor, unit_ids: Iterable[int], *, on: date | None = None) -> dict[int, int]:
    """Return how many registered persons belong to each of some units, as unit id -> number; zero is absent.

    `on` asks for those of a day of the past; None: today's.
    """
    held = Q(end=None) if on is None else _belonging(on)
    found = Affiliation.objects.filter(scope(actor, P.COUNT, "unit__path"), held, unit__in=list(unit_ids))
    return dict(found.values_list("unit_id").annotate(n=Count("pk")).order_by())


def named(actor: Actor, typed: str, limit: int = 8) -> list[Person]:
    """Return visible persons whose name, pinyin or initials begin with what was typed, by pinyin."""
    typed = typed.strip()
    if not typed:
        return []
    found = visible(actor).filter(_named(typed), left_on=None).select_related("keeper")
    return list(found.order_by("pinyin", "pk")[:limit])


def name_of(actor: Actor, person_id: int) -> str | None:
    """Return a visible person's name; None when the person is not the actor's to see."""
    return visible(actor).filter(pk=person_id).values_list("name", flat=True).first()


def names_by_pinyin(actor: Actor, person_ids: Iterable[int], *, permission: str) -> list[tuple[int, str]]:
    """Return of some persons those on whom the actor holds a permission, as (id, name) by pinyin."""
    found: list[tuple[str, int, str]] = []
    waiting = iter(sorted(person_ids))
    while batch := list(islice(waiting, 1000)):
        found += visible(actor, permission).filter(pk__in=batch).values_list("pinyin", "pk", "name")
    return [(pk, name) for _pinyin, pk, name in sorted(found)]


def members_on(actor: Actor, *, on: date, under: str = "", permission: str = P.COUNT) -> dict[int, int]:
    """Return how many persons belonged to each unit on a day, as unit id -> number; units without one are absent."""
    found = Affiliation.objects.filter(_belonging(on), unit__in=orgs.ids_under(actor, under, permission))
    return dict(found.values_list("unit_id").annotate(n=Count("pk")).order_by())


def any_person(on: date) -> bool:
    """Say whether anybody at all was registered by the end of a day: whether that register was in use."""
    registered = Person.objects.filter(registered_at__date__lte=on)
    return registered.exists() or Affiliation.objects.filter(_belonging(on)).exists()


def _belonging(on: date) -> Q:
    here = Q(person__left_on=None) | Q(person__left_on__gt=on)
    return (Q(start=None) | Q(start__lte=on)) & (Q(end=None) | Q(end__gt=on)) & here


def declared_by_unit(actor: Actor) -> dict[tuple[int, str], int]:
    """Return the newest accepted count that each unit declared, as (unit id, category) -> people; "" is the total."""
    found = HeadCount.objects.filter(scope(actor, P.COUNT, "unit__path"), is_accepted=True, unit__isnull=False)
    rows = found.order_by("counted_on", "pk").values_list("unit_id", "category", "people")
    return {(unit_id, category): number for unit_id, category, number in rows if unit_id is not None}


def members_by_name(actor: Actor, unit_id: int) -> dict[str, int]:
    """Return the present members of a unit as name -> id; a name that two of them bear is left out."""
    found: dict[str, set[int]] = {}
    rows = visible(actor).filter(affiliations__unit=unit_id, affiliations__end=None)
    for name, pk in rows.values_list("name", "pk"):
        found.setdefault(name, set()).add(pk)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


def where_and_at_work(person_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return of some persons the path of the place where they live ("" = not known) and their employer, by person id.

    For a running service that has the right to sort them; it shows nobody anything.
    """
    rows = Person.objects.filter(pk__in=person_ids).values_list("pk", "division__path", "workplace")
    return {pk: (path or "", workplace) for pk, path, workplace in rows}
