"""Somebody moved away or died: what that ends, what stays, and that it can be set right and taken back."""

from datetime import date
from typing import Any

import pytest

from wuyou.demo.factories import anybody, make_person, make_unit
from wuyou.demo.small import BARE, GOOD, NO_VENUE, QILIN
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.people import queries, services
from wuyou.people.models import Affiliation, MemberCount, Person
from wuyou.people.queries import PersonFilter
from wuyou.platform.models import AuditEvent

MARCH, NOV = date(2025, 3, 1), date(2025, 11, 1)


@pytest.fixture
def person(small: Any) -> Person:
    """Return a person of two groups, of one of them since long, and of a third that he left by himself."""
    made = make_person(small.unit(QILIN), small.unit(GOOD), name="黄秀兰")
    made.affiliations.update(start=date(2020, 1, 1))
    for unit, start in ((NO_VENUE, date(2025, 10, 1)), (BARE, date(2019, 1, 1))):
        services.join_group(actor=anybody(), person_id=made.pk, unit_id=small.unit(unit).pk, start=start)
    left = made.affiliations.get(unit=small.unit(BARE))
    services.leave_group(actor=anybody(), affiliation_id=left.pk, on=MARCH)
    return made


def depart(person: Person, on: date, seen: int | None = None) -> Person:
    return services.note_departure(actor=anybody(), person_id=person.pk, on=on, seen=seen)


def belonging(person: Person) -> list[tuple[str, date | None, date | None]]:
    rows = person.affiliations.select_related("unit").order_by("start")
    return [(row.unit.short_name, row.start, row.end) for row in rows]


def verbs(since: int) -> list[str]:
    return list(AuditEvent.objects.filter(seq__gt=since).order_by("seq").values_list("verb", flat=True))


def test_who_departs_belongs_to_his_groups_until_that_day_and_taken_back_as_before(small: Any, person: Person) -> None:
    before, since = belonging(person), AuditEvent.objects.latest("seq").seq
    depart(person, MARCH)
    assert belonging(person) == [
        (BARE, date(2019, 1, 1), MARCH),
        (GOOD, date(2020, 1, 1), MARCH),
        (NO_VENUE, date(2025, 10, 1), date(2025, 10, 1)),  # he never belonged to it
    ]
    depart(person, NOV)
    assert [end for _unit, _start, end in belonging(person)] == [MARCH, NOV, NOV]
    services.take_back_departure(actor=anybody(), person_id=person.pk)
    assert belonging(person) == before
    person.refresh_from_db()
    assert (person.left_on, person.version) == (None, 4)
    assert verbs(since) == [
        "people.person.departed", "people.person.departure_corrected", "people.person.departure_taken_back",
    ]  # fmt: skip


def test_the_same_again_changes_nothing(small: Any, person: Person) -> None:
    depart(person, MARCH, 1)
    since = AuditEvent.objects.latest("seq").seq
    assert depart(person, MARCH, 1).version == 2
    services.take_back_departure(actor=anybody(), person_id=person.pk, seen=2)
    assert services.take_back_departure(actor=anybody(), person_id=person.pk, seen=1).version == 3
    assert verbs(since) == ["people.person.departure_taken_back"]


def test_what_another_clerk_noted_meanwhile_is_shown(small: Any, person: Person) -> None:
    depart(person, MARCH, 1)
    for act in (
        lambda: depart(person, NOV, 1),
        lambda: services.take_back_departure(actor=anybody(), person_id=person.pk, seen=1),
    ):
        with pytest.raises(Conflict) as conflict:
            act()
        assert [(d.label, d.theirs) for d in conflict.value.differences] == [("迁出或去世日期", "2025-03-01")]
    person.refresh_from_db()
    assert person.left_on == MARCH


def test_a_day_to_come_is_refused_in_one_sentence(small: Any, person: Person) -> None:
    with pytest.raises(Refused) as refused:
        depart(person, date(2025, 11, 21))
    assert [(reason.field, str(reason)) for reason in refused.value.reasons] == [
        ("on", "这个日期还没有到，没有保存；请填写实际迁出或去世的日期。")
    ]
    assert [end for _unit, _start, end in belonging(person)] == [MARCH, None, None]


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("county", None),
        ("city", None),
        ("leader", None),
        ("huize", NotFound),
        ("auditor", NotFound),
        ("admin", NotFound),
    ],
)
def test_who_may_note_it_and_take_it_back(small: Any, person: Person, who: str, answer: Any) -> None:
    actor = small.actor(who)
    acts = (
        lambda: services.note_departure(actor=actor, person_id=person.pk, on=MARCH),
        lambda: services.take_back_departure(actor=actor, person_id=person.pk),
    )
    for act in acts:
        if answer is None:
            act()
        else:
            with pytest.raises((answer, Forbidden)):
                act()


def test_who_departed_is_counted_no_more_and_found_by_asking_for_him(small: Any, person: Person) -> None:
    city, group = small.actor("city"), small.unit(GOOD)
    person.division = small.unit(NO_VENUE).areas.get().division
    person.save()
    services.revise_person(actor=anybody(), person_id=person.pk, seen=None, changes={"skills": "书法"})
    everybody = queries.person_count(city, PersonFilter())
    members = queries.members_by_unit(city).get(group.pk, 0)
    living_there = sum(MemberCount.objects.filter(division=person.division).values_list("people", flat=True))
    depart(person, MARCH)
    assert queries.person_count(city, PersonFilter()) == everybody - 1
    assert queries.members_by_unit(city).get(group.pk, 0) == members - 1
    assert (
        sum(MemberCount.objects.filter(division=person.division).values_list("people", flat=True)) == living_there - 1
    )
    assert queries.named(city, "黄秀兰") == []
    for by, found in (
        (PersonFilter(text="黄秀兰"), []),
        (PersonFilter(text="黄秀兰", on=date(2025, 2, 1)), [person.pk]),
        (PersonFilter(departed=True), [person.pk]),
        (PersonFilter(departed=True, unit=group.pk), [person.pk]),
        (PersonFilter(departed=True, on=date(2025, 2, 1)), []),
        (PersonFilter(departed=True, on=MARCH), [person.pk]),
    ):
        assert [p.pk for p in queries.person_page(city, by).persons] == found, by


def test_his_groups_still_find_him_but_not_one_that_he_left_before(small: Any, person: Person) -> None:
    depart(person, NOV)
    departed = PersonFilter(departed=True)
    assert [p.pk for p in queries.person_page(small.actor("leader"), departed).persons] == [person.pk]
    assert [p.pk for p in queries.person_page(small.actor("huize"), departed).persons] == []


def test_nobody_joins_a_group_after_he_departed(small: Any, person: Person) -> None:
    depart(person, MARCH)
    with pytest.raises(Refused, match="此人已登记于 2025-03-01 迁出或去世，没有保存；如登记有误，请先撤回。"):
        services.join_group(actor=anybody(), person_id=person.pk, unit_id=small.unit(BARE).pk)
    assert Affiliation.objects.filter(person=person, end=None).count() == 0


def test_who_belongs_already_is_not_told_to_have_joined_on_another_day(small: Any, person: Person) -> None:
    unit = small.unit(GOOD)
    joined = {"actor": anybody(), "person_id": person.pk, "unit_id": unit.pk}
    assert services.join_group(**joined, start=date(2020, 1, 1)) == services.join_group(**joined)
    with pytest.raises(Refused, match="此人从 2020-01-01 起已经参加这个组织，没有重复登记"):
        services.join_group(**joined, start=date(2021, 1, 1))
    person.affiliations.filter(unit=unit).update(start=None)
    with pytest.raises(Refused, match="参加日期没有登记"):
        services.join_group(**joined, start=date(2021, 1, 1))


def test_a_group_that_is_none_of_his_is_left_alone(small: Any, person: Person) -> None:
    other = make_person(small.unit(QILIN), make_unit(parent=small.unit(QILIN), full_name="第九联组"))
    depart(person, MARCH)
    assert other.affiliations.get().end is None
