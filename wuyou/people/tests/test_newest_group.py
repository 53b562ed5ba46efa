"""Which of several groups a person counts for: the one joined last, on every database the same."""

from datetime import date
from typing import Any

import pytest

from wuyou.demo.factories import make_person
from wuyou.demo.small import GOOD, LULIANG, NO_VENUE
from wuyou.people import counting, queries
from wuyou.people.models import Affiliation, MemberCount

OLD, NEW = date(2020, 1, 1), date(2022, 1, 1)
NORMAL = ("normal",)


@pytest.mark.parametrize(
    ("starts", "counts_for"),
    [
        ({GOOD: None, NO_VENUE: OLD}, NO_VENUE),
        ({NO_VENUE: OLD, GOOD: None}, NO_VENUE),
        ({NO_VENUE: OLD, GOOD: NEW}, GOOD),
        ({NO_VENUE: NEW, GOOD: OLD}, NO_VENUE),
        ({NO_VENUE: OLD, GOOD: OLD}, GOOD),
        ({NO_VENUE: None, GOOD: None}, GOOD),
    ],
)
def test_a_group_joined_on_an_unknown_day_is_not_the_newest(small: Any, starts: Any, counts_for: str) -> None:
    place = small.unit(LULIANG).county
    person = make_person(small.unit(LULIANG), division=place)
    rows = [Affiliation.objects.create(person=person, unit=small.unit(n), start=day) for n, day in starts.items()]
    counting.recount({place.pk})
    wanted = {small.unit(counts_for).pk: 1}
    ids = {row.unit_id for row in rows}
    now = MemberCount.objects.filter(division=place, unit__in=ids).values_list("unit_id", "people")
    then = queries.members_by_division(place.path, states=NORMAL, on=date(2025, 6, 1))[place.pk]
    assert dict(now) == wanted
    assert {unit_id: number for unit_id, number in then.items() if unit_id in ids} == wanted
    told = [row.unit.short_name for row in queries.groups_of(small.actor("city"), person.pk)]
    assert told[0] == counts_for
