"""Who may be the person of a row: those who share a number, a mark, or the sound of the name with the year or township.

Found by indexes, for many rows in one query, so that nobody has to be held in memory, however many are registered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from wuyou.people.models import Person, RowMark
from wuyou.places.models import Division


@dataclass(slots=True)
class Clues:
    """By what persons are looked for.

    `ids` and `phones` are blind indexes of identity numbers and of telephones, first or second; `marks` those of rows;
    `sounds` are (pinyin of the name, year of birth as text, key of the township), "" and 0 where the row does not tell.
    """

    ids: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    sounds: set[tuple[str, str, int]] = field(default_factory=set)


def numbers_alike(clues: Clues) -> list[int]:
    """Return the primary keys of all persons whom a clue leads to, in rising order; one query."""
    person, mark = Person._meta.db_table, RowMark._meta.db_table
    parts: list[str] = []
    values: list[Any] = []
    head = ""
    sounds = [sound for sound in clues.sounds if sound[0] and (sound[1] or sound[2])]
    if sounds:
        head, lines = _sounds(sounds)
        parts.append(_BY_SOUND.format(person=person, division=Division._meta.db_table))
        values += lines
    for column, wanted in (("id_index", clues.ids), ("phone_index", clues.phones), ("other_phone_index", clues.phones)):
        _add(parts, values, f"SELECT id FROM {person} WHERE {column}", wanted)  # noqa: S608 -- our own names
    _add(parts, values, f"SELECT person_id FROM {mark} WHERE mark", [int(one, 16) for one in clues.marks])  # noqa: S608
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{head}{' UNION '.join(parts)} ORDER BY 1", values)
        return [pk for (pk,) in cursor.fetchall()]


_BY_SOUND = """SELECT p.id FROM wanted CROSS JOIN {person} p WHERE p.pinyin = wanted.sound AND (
    (p.birth >= wanted.low AND p.birth < wanted.high) OR p.division_id = wanted.town
    OR wanted.town = (SELECT d.parent_id FROM {division} d WHERE d.id = p.division_id))"""
"""CROSS JOIN lets SQLite begin with the wanted ones; the index person_by_sound holds all that is asked."""


def _sounds(sounds: Iterable[tuple[str, str, int]]) -> tuple[str, list[Any]]:
    values: list[Any] = []
    for sound, year, town in sounds:
        values += (sound, year, f"{int(year) + 1:04d}" if year else "", town)
    marks = ", ".join(["(%s, %s, %s, %s)"] * (len(values) // 4))
    return f"WITH wanted(sound, low, high, town) AS (VALUES {marks}) ", values


def _add(parts: list[str], values: list[Any], select: str, wanted: Iterable[Any]) -> None:
    found = sorted(wanted)
    if found:
        parts.append(f"{select} IN ({', '.join(['%s'] * len(found))})")
        values += found
