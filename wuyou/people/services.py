"""Registering persons, their groups, and head counts. The only writers of these tables besides the import's bulk road."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from posixpath import commonpath
from typing import Any

from django.db.models import Q

from wuyou.kernel import clock, personname
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Conflict, NotFound, Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.people import counting, queries, rules
from wuyou.people.models import Affiliation, ConsentBasis, HeadCount, Person
from wuyou.people.permissions import P
from wuyou.places.models import Division
from wuyou.platform import audit, locking
from wuyou.platform.presentation import masked_id, masked_phone
from wuyou.platform.service import service

SENSITIVE = ("id_number", "hardship", "health", "relative_name", "overseas_phone")
FIELDS = (
    "name", "sex", "birth", "birth_calendar", "ethnicity", "claimed_status", "certified_status", "category",
    "division_id", "address", "phone", "other_phone", "id_number", "relation", "relative_country", "from_country",
    "returned", "education", "workplace", "occupation", "skills", "needs", "hardship", "health", "house_no", "remark",
    "agreed", "former_name", "native_place", "birthplace", "nationality", "wechat", "email", "certificate",
    "relative_name", "relative_job", "overseas_phone", "went_abroad", "kin", "surveyed", "surveyor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is told of a person: `facts` by field name of `FIELDS`."""

    keeper_id: int
    basis_id: int | None
    facts: dict[str, Any] = field(default_factory=dict)
    group_ids: tuple[int, ...] = ()
    source_batch: Any = None


@service
def note_basis(
    *, actor: Actor, ground: str, purpose: str, reference: str = "", keep_until: date | None = None
) -> ConsentBasis:
    """Note on what ground and for which purpose persons are registered, for one person or a whole batch.

    Raises: Refused (no purpose). Source: 个人信息保护法 arts. 6, 13, 17.
    """
    if not purpose.strip():
        raise Refused(Reason("请说明登记个人信息的用途。", "purpose"))
    basis = ConsentBasis.objects.create(
        ground=ground, purpose=purpose.strip(), reference=reference, since=clock.today(), keep_until=keep_until
    )
    audit.record(actor, "people.basis.noted", basis, ground=ground, purpose=purpose)
    return basis


@service
def register_person(*, actor: Actor, new: NewPerson) -> Person:
    """Register a person with the unit that keeps him, and with the groups he belongs to.

    Raises: NotFound, Forbidden, Refused (no name, no ground, no consent, sensitive fields without separate consent).
    """
    keeper = orgs.unit_alone(actor, new.keeper_id, needs=P.REGISTER)
    basis = ConsentBasis.objects.filter(pk=new.basis_id).first() if new.basis_id is not None else None
    _decide(new.facts, basis).or_refuse()
    person = Person(keeper=keeper, basis=basis, registered_at=clock.now(), source_batch=new.source_batch, **new.facts)
    index_name(person)
    person.save(force_insert=True)
    for group_id in dict.fromkeys(new.group_ids):
        _join(actor, person, group_id, clock.today(), new.source_batch)
    counting.recount({person.division_id})
    audit.record(actor, "people.person.registered", person, path=keeper.path, fields=sorted(new.facts))
    return person


@service
def register_persons(*, actor: Actor, news: Sequence[NewPerson]) -> list[Person]:
    """Register the persons of a roll at once, in their order: as `register_person` does each, with one event for all.

    Raises: NotFound, Forbidden, Refused; then nobody of the roll is registered.
    """
    if not news:
        return []
    keepers = {pk: orgs.unit_alone(actor, pk, needs=P.REGISTER) for pk in {new.keeper_id for new in news}}
    groups = {pk: orgs.unit_alone(actor, pk, needs=P.REGISTER) for pk in {pk for new in news for pk in new.group_ids}}
    bases = ConsentBasis.objects.in_bulk({new.basis_id for new in news if new.basis_id is not None})
    persons = []
    for new in news:
        basis = bases.get(new.basis_id) if new.basis_id is not None else None
        _decide(new.facts, basis).or_refuse()
        person = Person(
            keeper=keepers[new.keeper_id], basis=basis, registered_at=clock.now(), source_batch=new.source_batch, **new.facts
        )  # fmt: skip
        index_name(person)
        persons.append(person)
    Person.objects.bulk_create(persons, batch_size=500)
    Affiliation.objects.bulk_create(
        Affiliation(person=person, unit=groups[pk], start=clock.today(), source_batch=new.source_batch)
        for person, new in zip(persons, news, strict=True)
        for pk in dict.fromkeys(new.group_ids)
    )
    counting.recount(person.division_id for person in persons)
    path = _common([keeper.path for keeper in keepers.values()])
    numbers = [person.pk for person in persons]
    audit.record(actor, "people.persons.registered", None, path=path, number=len(numbers), persons=numbers)
    return persons


@service
def revise_person(*, actor: Actor, person_id: int, seen: int | None, changes: dict[str, Any]) -> Person:
    """Change what is held of a person; the audit names the fields, not the values.

    Raises: NotFound, Forbidden, Conflict, Refused.
    """
    person = queries.person(actor, person_id, needs=P.REGISTER)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise Refused(Reason("不能修改的项目：{names}。", words={"names": sorted(unknown)}))
    try:
        locking.claim(person, seen, changes)
    except Conflict as conflict:
        raise _masked(conflict) from None
    lived = person.division_id
    for name, value in changes.items():
        setattr(person, name, value)
    _decide({name: getattr(person, name) for name in FIELDS}, person.basis).or_refuse()
    index_name(person)
    person.save()
    counting.recount({lived, person.division_id})
    audit.record(actor, "people.person.revised", person, path=person.keeper.path, fields=sorted(changes))
    return person


@service
def join_group(*, actor: Actor, person_id: int, unit_id: int, start: date | None = None) -> Affiliation:
    """Note that a person belongs to a group from a day on. A replay returns the first.

    Raises: NotFound, Forbidden, Refused (a day in the future, or before he last left that group; he belongs to it already
    since another day; he moved away or died).
    """
    person = queries.person_for_update(actor, person_id, needs=P.REGISTER)
    group = orgs.unit_alone(actor, unit_id, needs=P.REGISTER)
    belonging = list(person.affiliations.filter(unit=group).order_by("pk"))
    present = next((row for row in belonging if row.end is None), None)
    if present is not None:
        rules.joining_again(on=start, joined=present.start).or_refuse()
        return present
    on, left = start or clock.today(), max((row.end for row in belonging if row.end is not None), default=None)
    rules.joining_allowed(on=on, today=clock.today(), left=left, departed=person.left_on).or_refuse()
    joined = Affiliation.objects.create(person=person, unit=group, start=on)
    counting.recount({person.division_id})
    audit.record(actor, "people.person.joined", person, path=group.path, unit=unit_id, on=str(on))
    return joined


@service
def leave_group(*, actor: Actor, affiliation_id: int, on: date) -> Affiliation:
    """Note that a person no longer belongs to a group from a day on. A replay of the same day returns the first.

    Raises: NotFound, Forbidden, Refused (a day in the future or not after he joined, another day noted already).
    """
    row = queries.affiliation_for_update(actor, affiliation_id, needs=P.REGISTER)
    if row.end == on:
        return row
    rules.leaving_allowed(on=on, today=clock.today(), joined=row.start, left=row.end).or_refuse()
    row.end = on
    row.save(update_fields=["end"])
    counting.recount({row.person.division_id})
    audit.record(actor, "people.person.left", row.person, path=row.unit.path, unit=row.unit_id, on=str(on))
    return row


@service
def note_departure(*, actor: Actor, person_id: int, on: date, seen: int | None = None) -> Person:
    """Note that a person moved away or died on a day, or set that day right; his groups he belonged to until then.

    What is held of him stays, posts he holds too: whoever answers for them ends them. A replay of the same day changes
    nothing. Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (a day in the future).
    """
    person = queries.person_for_update(actor, person_id, needs=P.REGISTER)
    if person.left_on == on:
        return person
    locking.claim(person, seen, {"left_on": on})
    rules.departure_allowed(on=on, today=clock.today()).or_refuse()
    before, person.left_on = person.left_on, on
    person.save(update_fields=["left_on", "version"])
    for row in person.affiliations.filter(Q(end=None) | Q(ended_by_departure=True)):
        row.end = max(on, row.start) if row.start else on
        row.ended_by_departure = True
        row.save(update_fields=["end", "ended_by_departure"])
    counting.recount({person.division_id})
    told = {"path": person.keeper.path, "on": str(on)}
    if before is None:
        audit.record(actor, "people.person.departed", person, **told)
    else:
        audit.record(actor, "people.person.departure_corrected", person, **told, before=str(before))
    return person


@service
def take_back_departure(*, actor: Actor, person_id: int, seen: int | None = None) -> Person:
    """Take back that a person moved away or died: he counts again, and belongs to his groups as before.

    Of somebody who did not leave nothing changes. Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile).
    """
    person = queries.person_for_update(actor, person_id, needs=P.REGISTER)
    if person.left_on is None:
        return person
    locking.claim(person, seen, {"left_on": None})
    before, person.left_on = person.left_on, None
    person.save(update_fields=["left_on", "version"])
    person.affiliations.filter(ended_by_departure=True).update(end=None, ended_by_departure=False)
    counting.recount({person.division_id})
    audit.record(actor, "people.person.departure_taken_back", person, path=person.keeper.path, on=str(before))
    return person


@service
def declare_count(*, actor: Actor, people: int, counted_on: date, source: str, category: str = "", unit_id: int | None = None,
                  division_id: int | None = None, host_id: int | None = None, source_batch: Any = None) -> HeadCount:  # fmt: skip
    """Note how many people of a category a unit declares for itself, a place or a host unit on a day.

    Raises: NotFound, Forbidden, Refused (negative number, nowhere, a day in the future).
    """
    somewhere = any(number is not None for number in (unit_id, division_id, host_id))
    rules.count_allowed(people=people, somewhere=somewhere, on=counted_on, today=clock.today()).or_refuse()
    path = orgs.unit_alone(actor, unit_id, needs=P.DECLARE).path if unit_id is not None else "/"
    if unit_id is None and not _answers_for(actor, division_id, host_id):
        raise NotFound
    count = HeadCount.objects.create(
        unit_id=unit_id, division_id=division_id, host_id=host_id, category=category, people=people,
        counted_on=counted_on, source=source, source_batch=source_batch,
    )  # fmt: skip
    audit.record(actor, "people.count.declared", count, path=path, people=people, category=category)
    return count


def _answers_for(actor: Actor, division_id: int | None, host_id: int | None) -> bool:
    """Say whether the actor may declare for the place, or for the host unit's county."""
    place = orgs.county_of_host(host_id) if division_id is None else Division.objects.filter(pk=division_id).first()
    return orgs.answers_for(actor, P.DECLARE, place.path if place is not None else "/")


def index_name(person: Person) -> None:
    """Set the keys by which a person is ordered and found; part of a running service."""
    person.pinyin = personname.pinyin_key(person.name)[:120]
    person.initials = personname.initials(person.name)[:30]


def _masked(conflict: Conflict) -> Conflict:
    """Return the conflict with the middle of numbers hidden, as on every page."""
    masks = {**dict.fromkeys(("phone", "other_phone", "overseas_phone"), masked_phone), "id_number": masked_id}
    told = tuple(
        replace(told, theirs=mask(told.theirs), yours=mask(told.yours)) if (mask := masks.get(told.field)) else told
        for told in conflict.differences
    )
    return Conflict(conflict.label, told, conflict.current_version)


def _decide(facts: dict[str, Any], basis: ConsentBasis | None) -> Any:
    return rules.registration_allowed(
        name=facts.get("name", ""),
        has_basis=basis is not None,
        agreed=facts.get("agreed"),
        sensitive=any(facts.get(name) for name in SENSITIVE),
        separate=basis is not None and basis.ground in (ConsentBasis.Ground.SEPARATE, ConsentBasis.Ground.DUTY),
    )


def _common(paths: Sequence[str]) -> str:
    """Return the path under which all the paths lie."""
    return commonpath(paths).rstrip("/") + "/"


def _join(actor: Actor, person: Person, unit_id: int, start: date, batch: Any) -> Affiliation:
    group = orgs.unit_alone(actor, unit_id, needs=P.REGISTER)
    joined, _new = Affiliation.objects.get_or_create(
        person=person, unit=group, end=None, defaults={"start": start, "source_batch": batch}
    )
    return joined
