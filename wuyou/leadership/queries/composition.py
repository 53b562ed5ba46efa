"""Counting of whom the leaderships under an office consist, with small numbers hidden before anybody sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wuyou.kernel.actor import Actor
from wuyou.leadership import rules
from wuyou.leadership.models import Seat
from wuyou.leadership.queries.seats import held, in_office
from wuyou.leadership.queries.terms import measures
from wuyou.leadership.rules import Answer, Sight
from wuyou.orgs.models import Unit
from wuyou.orgs.rules import Level, level_of

TRAITS = ("women", "youth", "minority", "new", "office_staff")
ANSWERS = (Answer.YES, Answer.NO, Answer.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of persons as far as it is told: `number` is None when it is hidden, `is_small` then says that it is 1 to 4."""

    number: int | None
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The holders of posts at one level (None = all levels): how many, and of each trait (yes, not known)."""

    level: Level | None
    people: int
    traits: dict[str, tuple[Number, Number]]


def composition(actor: Actor, *, on: date) -> list[Line]:
    """Return of whom those consist who hold posts on a day, level by level from above, then all; [] when nobody does.

    A person counts once at each level where he holds a post. Small numbers are hidden, and as many others as it takes.
    """
    answers = _answers(actor, on)
    levels = [level for level in Level if answers.get(level)]
    if not levels:
        return []
    lines: dict[Level | None, dict[str, tuple[Number, Number]]] = {level: {} for level in (*levels, None)}
    for at, trait in enumerate(TRAITS):
        counts = [[sum(told[at] is answer for told in answers[level]) for answer in ANSWERS] for level in levels]
        for level, (yes, _no, unknown) in zip(lines, _numbers(counts), strict=True):
            lines[level][trait] = (yes, unknown)
    people = {level: len(answers[level]) for level in levels}
    total = sum(people.values())
    return [Line(level, people[level] if level else total, traits) for level, traits in lines.items()]


def _numbers(counts: list[list[int]]) -> list[list[Number]]:
    """Return the rows of a table of persons, the totals last, each number as it is told."""
    table = [*counts, [sum(column) for column in zip(*counts, strict=True)]]
    return [
        [Number(n if sight is Sight.SHOWN else None, sight is Sight.SMALL) for n, sight in zip(row, told, strict=True)]
        for row, told in zip(table, rules.protected(counts), strict=True)
    ]


def _answers(actor: Actor, on: date) -> dict[Level, list[tuple[Answer, ...]]]:
    """Return, by level, what is known of each person who holds a post there: one answer a trait."""
    rows: Any = held(actor, on).exclude(unit__state=Unit.State.DISSOLVED).order_by().values_list(
        "unit__kind__code", "unit__kind__is_federation", "person_id", *(f"person__{name}" for name in _FACTS)
    )  # fmt: skip
    found: dict[tuple[Level, int], tuple[Any, ...]] = {}
    for kind, is_federation, person_id, *facts in rows:
        found[level_of(kind, is_federation=is_federation), person_id] = tuple(facts)
    staff = _office_staff({person_id for _level, person_id in found}, on)
    limit = measures().youth_age
    answers: dict[Level, list[tuple[Answer, ...]]] = {}
    for (level, person_id), facts in found.items():
        told = (*_told(*facts, on=on, limit=limit), Answer.YES if person_id in staff else Answer.NO)
        answers.setdefault(level, []).append(told)
    return answers


_FACTS = (
    "sex", "birth", "birth_calendar", "ethnicity", "category", "claimed_status", "certified_status", "went_abroad",
)  # fmt: skip


def _told(
    sex: str, birth: str, calendar: str, ethnicity: str, category: str, *statuses_and_leaving: str, on: date, limit: int
) -> tuple[Answer, ...]:
    *statuses, went_abroad = statuses_and_leaving
    return (
        rules.said(sex, sex == "female"),
        rules.is_young(birth, on, limit=limit, lunar=calendar == "lunar"),
        rules.is_minority(ethnicity),
        rules.is_new(category, statuses, went_abroad),
    )


def _office_staff(person_ids: Iterable[int], on: date) -> set[int]:
    """Return which of some persons hold a post of a federation's office, of whichever office."""
    found = Seat.objects.filter(in_office(on), unit__kind__is_federation=True, person__in=list(person_ids))
    return set(found.values_list("person_id", flat=True))
