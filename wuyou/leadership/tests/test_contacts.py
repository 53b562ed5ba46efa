"""Contact leaders: who may, whom one may name, what is refused, what a repeat does."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wuyou.demo.factories import anybody, make_person, make_seat
from wuyou.demo.small import BARE, CITY, DISSOLVED, GOOD, HUIZE, QILIN
from wuyou.kernel.period import Period
from wuyou.kernel.refusals import Conflict, NotFound, Refused
from wuyou.leadership import queries, rules, services
from wuyou.leadership.models import ContactLeader
from wuyou.leadership.tests.test_services import WHO
from wuyou.people.models import Person
from wuyou.platform.models import AuditEvent
from wuyou.platform.tests.acting import answered

TODAY, START = date(2025, 11, 20), date(2025, 3, 1)
FINE = {"is_group": True, "dissolved": False, "holds_office": True, "start": START, "today": TODAY}
CASES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, []), ({"start": TODAY}, []), ({"is_group": False}, ["person"]), ({"dissolved": True}, ["person"]),
    ({"holds_office": False}, ["person"]), ({"start": date(2025, 11, 21)}, ["start"]),
)  # fmt: skip
OVER: tuple[tuple[date, date | None, date | None, list[str]], ...] = (
    (TODAY, START, None, []), (TODAY, None, None, []), (date(2025, 3, 2), START, None, []), (START, START, None, ["on"]),
    (date(2025, 11, 21), START, None, ["on"]), (TODAY, START, date(2025, 6, 1), ["on"]),
)  # fmt: skip


@pytest.mark.parametrize(("told", "fields"), CASES)
def test_contact_allowed(told: dict[str, Any], fields: list[str]) -> None:
    assert [r.field for r in rules.contact_allowed(**{**FINE, **told}).reasons] == fields


@pytest.mark.parametrize(("on", "start", "over", "fields"), OVER)
def test_contact_over(on: date, start: date | None, over: date | None, fields: list[str]) -> None:
    assert [r.field for r in rules.contact_over(on=on, start=start, over=over, today=TODAY).reasons] == fields


def chair(small: Any, office: str = QILIN, name: str = "念朝阳") -> Person:
    person = make_person(small.unit(office), name=name)
    make_seat(small.unit(office), person, "chair")
    return person


def assigned(small: Any, person: Person, unit: str = GOOD, **told: Any) -> ContactLeader:
    facts = {"actor": anybody(), "start": START, **told}
    return services.assign_contact(unit_id=small.unit(unit).pk, person_id=person.pk, **facts)


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_assigns_ends_and_takes_back(small: Any, username: str, unit: str, answer: Any) -> None:
    actor = small.actor(username)
    leader = chair(small, HUIZE if unit == BARE else QILIN)
    answered(answer, lambda: assigned(small, leader, unit, actor=actor))
    made = ContactLeader.objects.first() or assigned(small, leader, unit)
    answered(answer, lambda: services.end_contact(actor=actor, contact_id=made.pk, on=date(2025, 9, 1)))
    seen = ContactLeader.objects.get().version
    answered(answer, lambda: services.take_back_contact(actor=actor, contact_id=made.pk, seen=seen))


def test_repeats_return_the_first(small: Any) -> None:
    leader = chair(small)
    first = assigned(small, leader)
    services.end_contact(actor=anybody(), contact_id=first.pk, on=date(2025, 9, 1))
    events = AuditEvent.objects.count()
    again = services.end_contact(actor=anybody(), contact_id=first.pk, on=date(2025, 9, 1))
    assert (again, AuditEvent.objects.count()) == (first, events)
    anew = assigned(small, leader, start=date(2025, 10, 1))
    assert (anew.pk != first.pk, assigned(small, leader, start=date(2025, 10, 1))) == (True, anew)


def test_what_is_refused(small: Any) -> None:
    leader, member = chair(small), small.unit(GOOD).seats.first().person
    city = chair(small, CITY, "李主席")
    made = assigned(small, leader)
    for act, answer in (
        (lambda: assigned(small, member), Refused),
        (lambda: assigned(small, leader, QILIN), Refused),
        (lambda: assigned(small, leader, DISSOLVED), Refused),
        (lambda: assigned(small, leader, start=date(2025, 11, 21)), Refused),
        (lambda: assigned(small, leader, start=date(2022, 1, 1)), Refused),
        (lambda: assigned(small, leader, start=date(2025, 4, 1)), Refused),
        (lambda: assigned(small, city, actor=small.actor("county")), NotFound),
        (lambda: services.end_contact(actor=anybody(), contact_id=made.pk, on=START), Refused),
        (lambda: services.take_back_contact(actor=anybody(), contact_id=made.pk, seen=9), Conflict),
    ):
        answered(answer, act)


def test_the_database_refuses_it_too(small: Any) -> None:
    made = assigned(small, chair(small))
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactLeader.objects.create(unit=made.unit, person=made.person, start=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactLeader.objects.filter(pk=made.pk).update(end=START)


def test_a_leader_is_told_for_the_days_on_which_he_was_responsible(small: Any) -> None:
    made = assigned(small, chair(small))
    services.end_contact(actor=anybody(), contact_id=made.pk, on=date(2025, 9, 1))
    for on, number in ((date(2025, 2, 28), 0), (START, 1), (date(2025, 8, 31), 1), (date(2025, 9, 1), 0)):
        assert len(queries.contacts(small.actor("county"), made.unit_id, on=on)) == number
    for start, end, number in ((2024, 2025, 0), (2025, 2026, 1), (2026, 2027, 0)):
        during = Period(date(start, 1, 1), date(end, 1, 1))
        assert len(queries.contacts_during(small.actor("county"), during)) == number
        assert queries.contacts_during(small.actor("huize"), during) == []


def test_a_clerk_assigns_a_leader_and_ends_it(small: Any, sign_in: Any) -> None:
    group, client, leader = small.unit(GOOD), sign_in("county"), chair(small)
    at = reverse("leadership:assign", args=[group.pk])
    choices = client.get(at).context["form"].fields["person"].choices
    assert choices[1:] == [(str(leader.pk), f"念朝阳 {QILIN}主席")]
    assert client.post(at, {"person": leader.pk, "start": "2025-03-01"}).status_code == 302
    made = ContactLeader.objects.get()
    over = reverse("leadership:contact", args=[made.pk])
    assert over in client.get(reverse("shell:unit", args=[group.pk])).content.decode()
    assert list(client.post(over, {"on": "2025-03-01"}).context["form"].errors) == ["on"]
    assert client.post(over, {"on": "2025-09-01"}).status_code == 302
    assert client.post(over, {"take_back": "1", "version": 2}).status_code == 302
    assert not ContactLeader.objects.exists()
    assert (
        "先在侨联机关的页面登记"
        in sign_in("huize").get(reverse("leadership:assign", args=[small.unit(BARE).pk])).content.decode()
    )
