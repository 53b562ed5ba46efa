"""Persons by the hundred thousand: the import's own road below the ORM, under the same rules, seals and indexes.

Every function that writes is part of a running service, which records one audit event for the whole batch. Only these
and `services` write persons.
"""

import hmac
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, models

from wuyou.kernel import clock, personname
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Decision, Forbidden, Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.people import counting, rules
from wuyou.people.models import Affiliation, ConsentBasis, HeadCount, Person
from wuyou.people.permissions import P
from wuyou.people.services import SENSITIVE
from wuyou.platform.keys import keys
from wuyou.platform.scoping import scope
from wuyou.platform.sealing import BlindIndexField, Ciphertext, SealedField, seal, unseal

SEALED = {f.attname: f.place for f in Person._meta.concrete_fields if isinstance(f, SealedField)}
INDEXES = {f.of: f for f in Person._meta.concrete_fields if isinstance(f, BlindIndexField)}
LIMITS = {f.attname: f.max_length for f in Person._meta.concrete_fields if f.max_length and f.attname not in SEALED}
GUARDS = {name: care.seen_by for name, care in Person.DataCare.personal.items() if care.seen_by}
"""The permission that is needed to see a field."""
_SEPARATE = (ConsentBasis.Ground.SEPARATE, ConsentBasis.Ground.DUTY)
_MARK, _MARKS = 15, 7


@dataclass(slots=True)
class NewRow:
    """A person to be stored: facts by field name (`services.FIELDS`), blind indexes by field name, group, row's mark."""

    facts: dict[str, Any]
    indexes: dict[str, str] = field(default_factory=dict)
    group_id: int | None = None
    mark: str = ""


@dataclass(slots=True)
class Change:
    """What changes of a stored person; `again` tells that the batch wrote this person before, so the version stays."""

    person_id: int
    facts: dict[str, Any]
    indexes: dict[str, str] = field(default_factory=dict)
    group_id: int | None = None
    mark: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was there before a change, by field name (sealed values sealed), and the version afterwards."""

    before: Mapping[str, Any]
    version: int


def gives_separate_consent(ground: str) -> bool:
    """Say whether sensitive fields may be held on this ground. Source: 个人信息保护法 arts. 13, 29."""
    return ground in _SEPARATE


def allowed(facts: Mapping[str, Any], ground: str) -> Decision:
    """Decide whether a person may be stored with these facts; `ground` "" means that there is no basis."""
    return rules.registration_allowed(
        name=facts.get("name", ""),
        has_basis=bool(ground),
        agreed=facts.get("agreed"),
        sensitive=any(facts.get(name) for name in SENSITIVE),
        separate=ground in _SEPARATE,
    )


def blind_indexes(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the blind indexes of those facts that have one, by the name of the index field."""
    return {f.attname: f.index(facts[name]) for name, f in INDEXES.items() if facts.get(name)}


def mark_of(text: str) -> str:
    """Return the mark by which a row is known again: keyed, so that nobody can try out what it was made of."""
    return hmac.digest(keys().index, f"people_person.row_marks\0{text}".encode(), "sha256").hex()[:_MARK]


def matching_keys(actor: Actor) -> Iterator[tuple[Any, ...]]:
    """Yield what tells apart each person whom the actor may revise.

    As (primary key, name, pinyin, sex, birth, id_index, phone_index, other_phone_index, division's key, row marks).
    """
    found = Person.objects.filter(scope(actor, P.REGISTER, "keeper__path")).order_by("pk")
    yield from found.values_list(
        "pk", "name", "pinyin", "sex", "birth", "id_index", "phone_index", "other_phone_index", "division_id", "row_marks"
    ).iterator(5000)  # fmt: skip


def held(actor: Actor, names: Sequence[str], first: int, number: int) -> Iterator[dict[str, Any]]:
    """Yield what is held of up to `number` persons from a primary key on, sealed values sealed; `groups` are their ids.

    Only those whom the actor may revise. Besides `names`: pk, uid, version, keeper__path, basis__ground, left_on, indexes.
    """
    more = ("pk", "uid", "version", "keeper__path", "basis__ground", "left_on", *(f.attname for f in INDEXES.values()))
    found = Person.objects.filter(scope(actor, P.REGISTER, "keeper__path"), pk__gte=first).order_by("pk")
    rows = list(found.values(*names, *more)[:number])
    open_ones = Affiliation.objects.filter(person__in=[row["pk"] for row in rows], end=None)
    groups: dict[int, list[int]] = {}
    for person_id, unit_id in open_ones.values_list("person_id", "unit_id"):
        groups.setdefault(person_id, []).append(unit_id)
    for row in rows:
        yield {**row, "groups": groups.get(row["pk"], [])}


def opened(row: Mapping[str, Any], name: str) -> str:
    """Return the text of a sealed value of a row of `held`."""
    return unseal(SEALED[name], row["uid"], row[name])


def insert_persons(
    *, actor: Actor, keeper_id: int, basis: ConsentBasis, batch: UUID, rows: Sequence[NewRow]
) -> list[int]:
    """Store new persons kept by one unit, in their order; return their primary keys.

    Raises: NotFound, Forbidden, Refused (a person without name, or whose consent does not reach); then none is stored.
    """
    keeper = orgs.unit(actor, keeper_id, needs=P.REGISTER)
    for row in rows:
        allowed(row.facts, basis.ground).or_refuse()
    numbers = _numbers(Person, len(rows))
    registered = {"version": 1, "keeper_id": keeper.pk, "basis_id": basis.pk, "registered_at": clock.now(), "source_batch": batch}
    _insert(Person, registered, (_person(pk, row) for pk, row in zip(numbers, rows, strict=True)))
    _join({pk: row.group_id for pk, row in zip(numbers, rows, strict=True) if row.group_id is not None}, batch)
    return numbers


def update_persons(*, actor: Actor, basis: ConsentBasis, batch: UUID, changes: Sequence[Change]) -> list[Written]:
    """Change stored persons, each at most once; return what was there before, in the same order.

    A person who gets a sensitive field is henceforth held on this basis. Raises: Forbidden, Refused.
    """
    wanted = {change.person_id for change in changes}
    names = sorted({name for change in changes for name in (*change.facts, *change.indexes)})
    rows = Person.objects.filter(scope(actor, P.REGISTER, "keeper__path"), pk__in=wanted)
    more = ("uid", "version", "basis_id", "basis__ground", "row_marks", "pinyin", "initials", *SENSITIVE)
    known = {
        row["pk"]: row for row in rows.select_for_update(of=("self",)).values("pk", *{*names, *more})
    }
    if len(known) < len(wanted):
        raise Forbidden(P.REGISTER)
    written, updates = [], []
    for change in changes:
        row = known[change.person_id]
        fresh = _changed(row, change, basis)
        version = row["version"] + (not change.again)
        written.append(Written({name: row[name] for name in fresh}, version))
        updates.append((change.person_id, {**fresh, "version": version}))
    _update(updates)
    _join({change.person_id: change.group_id for change in changes if change.group_id is not None}, batch)
    return written


def count_again(division_ids: Iterable[int], on: date, *, source: str, batch: UUID) -> int:
    """Take a dated count of the registered persons of these places, and bring the groups' numbers there into step."""
    places = set(division_ids)
    people = counting.snapshot(places, on, source=source, batch=batch)
    counting.recount(places)
    return people


def restore(person: Person, before: Mapping[str, Any], division_ids: set[int]) -> None:
    """Put back what a batch changed of a person, and save it; sealed values come as sealed text.

    The places whose numbers change are added to `division_ids`, to be counted when all is put back (`take_back`).
    """
    division_ids.update(pk for pk in (person.division_id, before.get("division_id")) if pk is not None)
    for name, value in before.items():
        setattr(person, name, Ciphertext(value) if name in SEALED and value else value)
    person.version += 1
    person.save()


def take_back(batch: UUID, division_ids: Iterable[int]) -> None:
    """Remove what a batch said besides persons: memberships and counts; then count the places anew.

    Called after its persons were removed or restored; `division_ids` are the places where they are or were.
    """
    Affiliation.objects.filter(source_batch=batch).delete()
    counts = HeadCount.objects.filter(source_batch=batch, origin=HeadCount.Origin.REGISTERED)
    places = {*division_ids, *counts.values_list("division_id", flat=True)} - {None}
    counts.delete()
    counting.recount(places)


def _person(pk: int, row: NewRow) -> dict[str, Any]:
    uid, name = uuid.uuid4(), row.facts["name"]
    return {
        **row.facts,
        **(row.indexes or blind_indexes(row.facts)),
        **{sealed: seal(SEALED[sealed], uid, row.facts[sealed]) for sealed in SEALED if row.facts.get(sealed)},
        "id": pk,
        "uid": uid,
        "pinyin": personname.pinyin_key(name)[:120],
        "initials": personname.initials(name)[:30],
        "row_marks": row.mark,
    }


def _changed(row: Mapping[str, Any], change: Change, basis: ConsentBasis) -> dict[str, Any]:
    """Return all columns that a change writes, as they are stored."""
    facts, fresh = change.facts, {**change.facts, **(change.indexes or blind_indexes(change.facts))}
    ground = row["basis__ground"]
    if any(facts.get(name) for name in SENSITIVE) and ground not in _SEPARATE:
        ground, fresh["basis_id"] = basis.ground, basis.pk
    allowed({**{name: row[name] for name in SENSITIVE}, "name": "-", **facts}, ground).or_refuse()
    fresh |= {name: seal(SEALED[name], row["uid"], facts[name]) for name in SEALED if facts.get(name)}
    if "name" in facts:
        fresh["pinyin"] = personname.pinyin_key(facts["name"])[:120]
        fresh["initials"] = personname.initials(facts["name"])[:30]
    if change.mark:
        fresh["row_marks"] = " ".join([*row["row_marks"].split(), change.mark][-_MARKS:])
    return fresh


def _join(groups: Mapping[int, int | None], batch: UUID) -> None:
    """Note to which group persons belong from today on; who belongs to it already is passed over."""
    if not groups:
        return
    already = set(Affiliation.objects.filter(person__in=groups, end=None).values_list("person_id", "unit_id"))
    missing = [pair for pair in groups.items() if pair not in already]
    numbers = _numbers(Affiliation, len(missing))
    rows = ({"id": pk, "person_id": p, "unit_id": u} for pk, (p, u) in zip(numbers, missing, strict=True))
    _insert(Affiliation, {"start": clock.today(), "source_batch": batch}, rows)


def _numbers(model: type[models.Model], number: int) -> list[int]:
    """Return as many fresh primary keys, never one that was in use before."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number]
            )
            return sorted(pk for (pk,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = int(row[0]) if row else 0
    return list(range(last + 1, last + number + 1))


def _insert(model: type[models.Model], same: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given by column name; `same` stands in all of them, what nobody names gets the field's default."""
    fields = model._meta.concrete_fields
    at = {f.attname: place for place, f in enumerate(fields)}
    template = [_stored(f, same.get(f.attname, _default(f))) for f in fields]

    def lines() -> Iterator[list[Any]]:
        native = connection.features.has_native_uuid_field
        for row in rows:
            line = template.copy()
            for name, value in row.items():
                line[at[name]] = value
            if "uid" in row and not native:
                line[at["uid"]] = row["uid"].hex
            yield line

    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(f.column) for f in fields)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for line in lines():
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", lines())


def _update(updates: list[tuple[int, dict[str, Any]]]) -> None:
    """Write changed columns; those that change the same columns go to the database together."""
    quote = connection.ops.quote_name
    updates.sort(key=lambda update: (sorted(update[1]), update[0]))
    with connection.cursor() as cursor:
        for names, some in groupby(updates, key=lambda update: sorted(update[1])):
            columns = ", ".join(f"{quote(name)} = %s" for name in names)
            lines = [[*(fresh[name] for name in names), pk] for pk, fresh in some]
            cursor.executemany(f"UPDATE {quote(Person._meta.db_table)} SET {columns} WHERE id = %s", lines)


def _default(field: models.Field[Any, Any]) -> Any:
    return None if field.null and not field.has_default() else field.get_default()


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value as the database stores it; what each row gives itself is left open."""
    own = isinstance(field, SealedField) or field.primary_key or field.attname == "uid"
    return ("" if isinstance(field, SealedField) else None) if own else field.get_db_prep_save(value, connection)
