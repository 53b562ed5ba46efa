"""Persons by the hundred thousand: the import's own road below the ORM, under the same rules, seals and indexes.

Every function that writes is part of a running service, which records one audit event for the whole batch. Only these
and `services` write persons.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from wuyou.kernel import clock, personname
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Decision, Forbidden
from wuyou.orgs import queries as orgs
from wuyou.people import counting, rules
from wuyou.people.models import Affiliation, ConsentBasis, Person, RowMark
from wuyou.people.permissions import P
from wuyou.people.services import SENSITIVE
from wuyou.platform import rows as rows_below
from wuyou.platform.keys import Keys, keys
from wuyou.platform.scoping import scope
from wuyou.platform.sealing import BlindIndexField, SealedField, seal, unseal

SEALED = {f.attname: f.place for f in Person._meta.concrete_fields if isinstance(f, SealedField)}
INDEXES = {f.of: f for f in Person._meta.concrete_fields if isinstance(f, BlindIndexField)}
LIMITS = {f.attname: f.max_length for f in Person._meta.concrete_fields if f.max_length and f.attname not in SEALED}
GUARDS = {name: care.seen_by for name, care in Person.DataCare.personal.items() if care.seen_by}
"""The permission that is needed to see a field."""
_SEPARATE = (ConsentBasis.Ground.SEPARATE, ConsentBasis.Ground.DUTY)
_MARK = 15
MARKS_LENGTH = 7 * (_MARK + 1) - 1
"""How long the marks of a person's rows may be together: the seven newest."""


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


def blind_indexes(facts: Mapping[str, Any], ring: Keys) -> dict[str, str]:
    """Return the blind indexes of those facts that have one, by the name of the index field."""
    return {f.attname: f.index(facts[name], ring=ring) for name, f in INDEXES.items() if facts.get(name)}


def mark_of(text: str, ring: Keys) -> str:
    """Return the mark by which a row is known again: keyed, so that nobody can try out what it was made of."""
    return ring.index(f"people_person.row_marks\0{text}".encode()).hex()[:_MARK]


def matching_keys(actor: Actor, numbers: Iterable[int], *, but_of: UUID) -> list[tuple[Any, ...]]:
    """Return what tells persons apart, of those of these primary keys whom the actor may revise, in rising order.

    As (primary key, name, pinyin, sex, birth, id_index, phone_index, other_phone_index, division's key, row marks). Who came
    with the batch `but_of` is left out.
    """
    found = Person.objects.filter(scope(actor, P.REGISTER, "keeper__path"), pk__in=numbers)
    found = found.exclude(source_batch=but_of).order_by("pk")
    return list(found.values_list(
        "pk", "name", "pinyin", "sex", "birth", "id_index", "phone_index", "other_phone_index", "division_id", "row_marks"
    ))  # fmt: skip


def held(actor: Actor, names: Sequence[str], numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Yield what is held of the persons of these primary keys, sealed values sealed; `groups` are their ids.

    Only those whom the actor may revise. Besides `names`: pk, uid, version, keeper__path, basis__ground, left_on, indexes.
    """
    more = ("pk", "uid", "version", "keeper__path", "basis__ground", "left_on", *(f.attname for f in INDEXES.values()))
    found = Person.objects.filter(scope(actor, P.REGISTER, "keeper__path"), pk__in=numbers).order_by("pk")
    rows = list(found.values(*names, *more))
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
    numbers = rows_below.fresh_numbers(Person, len(rows))
    registered = {
        "version": 1,
        "keeper_id": keeper.pk,
        "basis_id": basis.pk,
        "registered_at": clock.now(),
        "source_batch": batch,
    }
    ring = keys()
    rows_below.insert(Person, registered, (_person(pk, row, ring) for pk, row in zip(numbers, rows, strict=True)))
    _join({pk: row.group_id for pk, row in zip(numbers, rows, strict=True) if row.group_id is not None}, batch)
    _note_marks((pk, row.mark) for pk, row in zip(numbers, rows, strict=True))
    return numbers


def update_persons(*, actor: Actor, basis: ConsentBasis, batch: UUID, changes: Sequence[Change]) -> list[Written]:
    """Change stored persons, each at most once; return what was there before, in the same order.

    A person who gets a sensitive field is henceforth held on this basis. Raises: Forbidden, Refused.
    """
    wanted = {change.person_id for change in changes}
    names = {name for change in changes for name in change.facts}
    rows = Person.objects.filter(scope(actor, P.REGISTER, "keeper__path"), pk__in=wanted)
    names |= {
        "pk",
        "uid",
        "version",
        "basis_id",
        "basis__ground",
        "row_marks",
        "pinyin",
        "initials",
        "left_on",
        *SENSITIVE,
    }
    names |= {index.attname for index in INDEXES.values()}
    known = {row["pk"]: row for row in rows.select_for_update(of=("self",)).values(*sorted(names))}
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
    here = [change for change in changes if known[change.person_id]["left_on"] is None]
    _join({change.person_id: change.group_id for change in here if change.group_id is not None}, batch)
    _note_marks((change.person_id, change.mark) for change in changes)
    return written


def count_again(division_ids: Iterable[int], on: date, *, source: str, batch: UUID) -> int:
    """Take a dated count of the registered persons of these places, and bring the groups' numbers there into step."""
    places = set(division_ids)
    people = counting.snapshot(places, on, source=source, batch=batch)
    counting.recount(places)
    return people


def _person(pk: int, row: NewRow, ring: Keys) -> dict[str, Any]:
    uid, name = uuid.uuid4(), row.facts["name"]
    return {
        **row.facts,
        **(row.indexes or blind_indexes(row.facts, ring)),
        **{name: seal(place, uid, row.facts[name], ring=ring) for name, place in SEALED.items() if row.facts.get(name)},
        "id": pk,
        "uid": uid,
        "pinyin": personname.pinyin_key(name)[:120],
        "initials": personname.initials(name)[:30],
        "row_marks": row.mark,
    }


def _changed(row: Mapping[str, Any], change: Change, basis: ConsentBasis) -> dict[str, Any]:
    """Return all columns that a change writes, as they are stored."""
    facts, fresh = change.facts, {**change.facts, **blind_indexes(change.facts, keys())}
    ground = row["basis__ground"]
    if any(facts.get(name) for name in SENSITIVE) and ground not in _SEPARATE:
        ground, fresh["basis_id"] = basis.ground, basis.pk
    allowed({**{name: row[name] for name in SENSITIVE}, "name": "-", **facts}, ground).or_refuse()
    fresh |= {name: seal(SEALED[name], row["uid"], facts[name]) for name in SEALED if facts.get(name)}
    if "name" in facts:
        fresh["pinyin"] = personname.pinyin_key(facts["name"])[:120]
        fresh["initials"] = personname.initials(facts["name"])[:30]
    if change.mark:
        fresh["row_marks"] = f"{row['row_marks']} {change.mark}"[-MARKS_LENGTH:].strip()
    return fresh


def _join(groups: Mapping[int, int | None], batch: UUID) -> None:
    """Note to which group persons belong from today on; who belongs to it already is passed over."""
    if not groups:
        return
    already = set(Affiliation.objects.filter(person__in=groups, end=None).values_list("person_id", "unit_id"))
    missing = [pair for pair in groups.items() if pair not in already]
    numbers = rows_below.fresh_numbers(Affiliation, len(missing))
    rows = ({"id": pk, "person_id": p, "unit_id": u} for pk, (p, u) in zip(numbers, missing, strict=True))
    rows_below.insert(Affiliation, {"start": clock.today(), "source_batch": batch}, rows)


def _note_marks(marks: Iterable[tuple[int, str]]) -> None:
    """Let persons be found by the marks of their rows, given as (primary key, marks parted by blanks)."""
    found = [(pk, int(mark, 16)) for pk, told in marks for mark in told.split()]
    if not found:
        return
    numbers = rows_below.fresh_numbers(RowMark, len(found))
    rows = ({"id": n, "person_id": pk, "mark": mark} for n, (pk, mark) in zip(numbers, found, strict=True))
    rows_below.insert(RowMark, {}, rows)


def _update(updates: list[tuple[int, dict[str, Any]]]) -> None:
    """Write changed columns; those that change the same columns go to the database together."""
    quote = connection.ops.quote_name
    updates.sort(key=lambda update: (sorted(update[1]), update[0]))
    with connection.cursor() as cursor:
        for names, some in groupby(updates, key=lambda update: sorted(update[1])):
            columns = ", ".join(f"{quote(name)} = %s" for name in names)
            lines = [[*(fresh[name] for name in names), pk] for pk, fresh in some]
            table = quote(Person._meta.db_table)
            cursor.executemany(f"UPDATE {table} SET {columns} WHERE id = %s", lines)  # noqa: S608 -- our own columns
