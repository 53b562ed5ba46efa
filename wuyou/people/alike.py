"""Who may be the person of a row: those who share a number, a mark, or the sound of the name with the year or township.

Found by indexes, for many rows in one query, so that nobody has to be held in memory, however many are registered.
"""

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
    names = {"person": person, "mark": mark, "division": Division._meta.db_table}
    sounds = [
        (sound, year, _next(year), town) for sound, year, town in sorted(clues.sounds) if sound and (year or town)
    ]
    asked: list[tuple[str, str, list[tuple[Any, ...]]]] = [
        ("wanted(sound, low, high, town)", _BY_SOUND, sounds),
        ("numbers(value)", _BY_NUMBER, [(index,) for index in sorted(clues.ids)]),
        ("phones(value)", _BY_PHONE, [(index,) for index in sorted(clues.phones)]),
        ("marks(value)", _BY_MARK, [(int(digits, 16),) for digits in sorted(clues.marks)]),
    ]
    asked = [part for part in asked if part[2]]
    if not asked:
        return []
    heads = [f"{name} AS (VALUES {_marks(lines)})" for name, _select, lines in asked]
    selects = " UNION ALL ".join(select.format(**names) for _name, select, _lines in asked)
    values = [value for _name, _select, lines in asked for line in lines for value in line]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(heads)} {selects}", values)
        return sorted({pk for (pk,) in cursor.fetchall()})


_BY_SOUND = """SELECT p.id FROM wanted CROSS JOIN {person} p
    WHERE p.pinyin = wanted.sound AND p.birth >= wanted.low AND p.birth < wanted.high
UNION ALL SELECT p.id FROM wanted CROSS JOIN {person} p JOIN {division} d ON d.id = p.division_id
    WHERE wanted.town > 0 AND p.pinyin = wanted.sound AND (d.id = wanted.town OR d.parent_id = wanted.town)"""
_BY_NUMBER = "SELECT p.id FROM numbers CROSS JOIN {person} p WHERE p.id_index = numbers.value"
_BY_PHONE = """SELECT p.id FROM phones CROSS JOIN {person} p WHERE p.phone_index = phones.value
UNION ALL SELECT p.id FROM phones CROSS JOIN {person} p WHERE p.other_phone_index = phones.value"""
_BY_MARK = "SELECT m.person_id FROM marks CROSS JOIN {mark} m WHERE m.mark = marks.value"
"""CROSS JOIN lets SQLite begin with what is wanted and look each up by its index. Nothing is put in order or made unique
here: for that, as for OR, it would read the whole table or make an index of it, seconds for 500 rows among a million."""


def _next(year: str) -> str:
    return f"{int(year) + 1:04d}" if year else ""


def _marks(lines: list[tuple[Any, ...]]) -> str:
    return ", ".join([f"({', '.join(['%s'] * len(lines[0]))})"] * len(lines))
