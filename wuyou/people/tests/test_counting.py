"""Counting anew from the register: each person once, with the group joined last."""

from datetime import date

import pytest

from wuyou.demo import factories as make
from wuyou.people import counting
from wuyou.people.models import Affiliation, HeadCount, MemberCount
from wuyou.places.models import Division

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2021, 3, 1), date(2024, 3, 1)
JOINED = [
    # the days on which two groups were joined (None = nobody knows), which of them counts the person
    ((EARLY, LATE), 1),
    ((LATE, EARLY), 0),
    ((None, EARLY), 1),
    ((EARLY, None), 0),
    ((None, None), 1),
    ((LATE, LATE), 1),
]


@pytest.fixture
def place(small):
    return Division.objects.get(code="530302001")


def belongs(place, *days, left_on=None, end=None):
    office = make.make_unit(kind="county_federation", full_name="某县侨联")
    groups = [make.make_unit(parent=office) for _day in days]
    person = make.make_person(office, division_id=place.pk)
    type(person).objects.filter(pk=person.pk).update(left_on=left_on)
    Affiliation.objects.bulk_create(
        Affiliation(person=person, unit=group, start=day, end=end) for group, day in zip(groups, days, strict=True)
    )
    counting.recount({place.pk})
    counts = dict(MemberCount.objects.filter(unit__in=groups).values_list("unit_id", "people"))
    return [counts.get(group.pk, 0) for group in groups]


@pytest.mark.parametrize(("days", "counted"), JOINED)
def test_a_person_is_counted_once_with_the_group_joined_last(place, days, counted):
    assert belongs(place, *days) == [int(at == counted) for at in range(2)]


@pytest.mark.parametrize("over", [{"left_on": LATE}, {"end": LATE}])
def test_who_left_the_place_or_the_group_is_not_counted(place, over):
    assert belongs(place, EARLY, EARLY, **over) == [0, 0]


def test_a_snapshot_counts_each_category_and_all_together(place):
    office = make.make_unit(kind="county_federation", full_name="某县侨联")
    before = counting.snapshot({place.pk}, LATE, source="调查", batch=None)
    for category in ("归侨", "侨眷", "侨眷", ""):
        make.make_person(office, division_id=place.pk, category=category)
    assert counting.snapshot({place.pk}, LATE, source="", batch=None) == before + 4
    counts = HeadCount.objects.filter(division=place, counted_on=LATE, origin="registered")
    assert {c.source for c in counts} == {"调查"}
    people = dict(counts.values_list("category", "people"))
    assert people.pop("") == sum(people.values()) + 1
