"""Setting seats and terms right: by whom, what is refused, what two people at once see, and taking back."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from wuyou.demo.factories import make_person, make_seat, make_term
from wuyou.demo.small import BARE, GOOD, NO_VENUE
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.leadership import queries, services
from wuyou.leadership.models import Seat, Term
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.acting import answered

pytestmark = pytest.mark.django_db
WHO = (
    ("leader", NO_VENUE, Forbidden),
    ("county", BARE, NotFound),
    ("auditor", GOOD, Forbidden),
    ("county", GOOD, None),
)


def a_seat(small: Any, unit: str = GOOD, post: str = "adviser", **told: Any) -> Seat:
    group = small.unit(unit)
    return make_seat(group, make_person(group, group, name="黄秀兰"), post, **told)


def corrected(small: Any, seat: Seat, **told: Any) -> Seat:
    facts = {"post_code": "adviser", "start": date(2023, 6, 1), "end": None, "seen": None, **told}
    return services.correct_seat(actor=small.actor("county"), seat_id=seat.pk, **facts)


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_may(small: Any, username: str, unit: str, answer: Any) -> None:
    actor, seat, term = (
        small.actor(username),
        a_seat(small, unit),
        make_term(small.unit(unit), date(2019, 6, 1), number=7),
    )
    acts = (
        lambda: services.correct_seat(
            actor=actor, seat_id=seat.pk, seen=1, post_code="member", start=date(2022, 1, 1), end=None
        ),
        lambda: services.take_back_seat(actor=actor, seat_id=seat.pk, seen=2),
        lambda: services.correct_term(
            actor=actor, term_id=term.pk, seen=term.version, number=8, start=None, end=date(2029, 1, 1)
        ),
        lambda: services.take_back_term(actor=actor, term_id=term.pk, seen=term.version + 1),
    )
    for act in acts:
        answered(answer, act)


def test_a_wrong_seat_is_set_right_and_the_trail_says_what_it_was(small: Any) -> None:
    seat = a_seat(small)
    corrected(small, seat, post_code="liaison_officer", start=date(2022, 6, 1), end=date(2025, 6, 1))
    seat.refresh_from_db()
    assert (seat.post.code, seat.start, seat.end, seat.version) == (
        "liaison_officer", date(2022, 6, 1), date(2025, 6, 1), 2,
    )  # fmt: skip
    event = AuditEvent.objects.latest("seq")
    told = json.loads(AuditPayload.objects.get(event_id=event.seq).body)
    assert (event.verb, told["changes"]["post"]) == ("leadership.seat.corrected", ["adviser", "liaison_officer"])


@pytest.mark.parametrize(
    "told",
    [
        {"post_code": "emperor"},
        {"start": date(2025, 11, 21)},
        {"end": date(2023, 6, 1)},
        {"end": date(2025, 11, 21)},
        {"post_code": "member"},
    ],
)
def test_what_cannot_be_is_refused(small: Any, told: dict[str, Any]) -> None:
    seat = a_seat(small)
    make_seat(seat.unit, seat.person, "member")
    with pytest.raises(Refused):
        corrected(small, seat, **told)
    seat.refresh_from_db()
    assert (seat.post.code, seat.start, seat.end, seat.version) == ("adviser", date(2023, 6, 1), None, 1)


def test_a_departure_noted_by_mistake_is_taken_back_unless_the_post_is_held_anew(small: Any) -> None:
    seat = a_seat(small)
    corrected(small, seat, end=date(2024, 6, 1))
    assert corrected(small, seat, end=None).end is None
    corrected(small, seat, end=date(2024, 6, 1))
    make_seat(seat.unit, seat.person, "adviser", start=date(2025, 1, 1))
    with pytest.raises(Refused, match="已经担任这个职务"):
        corrected(small, seat, end=None)


def test_the_second_of_two_editors_sees_what_differs(small: Any) -> None:
    seat, term = a_seat(small), make_term(small.unit(GOOD), date(2019, 6, 1), number=7)
    corrected(small, seat, seen=1, start=date(2022, 1, 1))
    with pytest.raises(Conflict) as clash:
        corrected(small, seat, seen=1, post_code="member", start=date(2021, 1, 1))
    assert [(one.theirs, one.yours) for one in clash.value.differences] == [
        ("顾问", "委员"), ("2022-01-01", "2021-01-01"),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        services.take_back_term(actor=small.actor("county"), term_id=term.pk, seen=term.version + 1)
    assert Term.objects.filter(pk=term.pk).exists()


def test_a_wrong_term_no_longer_hides_the_right_one(small: Any) -> None:
    unit, actor = small.unit(BARE), small.actor("huize")
    make_term(unit, date(2023, 6, 1), date(2028, 6, 1))
    wrong = make_term(unit, date(2023, 6, 1), date(2082, 6, 1), number=2)
    assert queries.current_terms(actor, on=small.today)[unit.pk].end == date(2082, 6, 1)
    services.take_back_term(actor=actor, term_id=wrong.pk, seen=None)
    assert queries.staffing_by_unit(actor, on=small.today)[unit.pk].term_end == date(2028, 6, 1)


def test_a_term_without_an_end_is_never_the_newest(small: Any) -> None:
    unit, actor = small.unit(BARE), small.actor("huize")
    make_term(unit)
    unit.terms.create(start=date(2024, 1, 1))
    newest = queries.current_terms(actor, on=small.today)[unit.pk].end, queries.terms(actor, unit.pk)[0].end
    assert newest == (date(2028, 6, 1), date(2028, 6, 1))


def test_taking_a_post_again_from_another_day_is_refused_not_dropped(small: Any) -> None:
    seat, actor = a_seat(small), small.actor("county")
    told = {"actor": actor, "unit_id": seat.unit_id, "post_code": "adviser", "person_id": seat.person_id}
    assert services.fill_seat(**told) == services.fill_seat(**told, start=seat.start) == seat
    with pytest.raises(Refused, match="此人从 2023-06-01 起"):
        services.fill_seat(**told, start=date(2024, 1, 1))


def test_the_number_of_a_term_is_added_later_and_another_is_refused(small: Any) -> None:
    unit, actor = small.unit(BARE), small.actor("huize")
    term = unit.terms.create(start=date(2023, 6, 1), end=date(2028, 6, 1))
    told = {"actor": actor, "unit_id": unit.pk, "start": term.start, "end": term.end}
    assert services.note_term(**told, number=3).number == 3
    with pytest.raises(Refused, match="已登记为第3届"):
        services.note_term(**told, number=4)
    assert (unit.terms.count(), services.note_term(**told, number=None).number) == (1, 3)


def test_seats_and_terms_of_a_unit_are_listed_and_lead_to_their_corrections(small: Any, sign_in: Any) -> None:
    seat = a_seat(small)
    corrected(small, seat, end=date(2024, 6, 1))
    county, leader = sign_in("county"), sign_in("leader")
    page = county.get(reverse("leadership:ever", args=[seat.unit_id])).context
    last = page["seats"].rows[-1]
    assert (last[1], last[4], last[6].href) == (
        "黄秀兰", date(2024, 6, 1), reverse("leadership:correct_seat", args=[seat.pk]),
    )  # fmt: skip
    assert len(page["terms"].rows) == 1
    own = leader.get(reverse("leadership:ever", args=[small.unit(NO_VENUE).pk])).context
    assert (len(own["seats"].columns), own["can_edit"]) == (6, False)


def test_a_clerk_sets_right_and_takes_back_on_one_page(small: Any, sign_in: Any) -> None:
    seat, client = a_seat(small), sign_in("county")
    at, told = reverse("leadership:correct_seat", args=[seat.pk]), {"post": "member", "start": "2022-01-01"}
    assert 'value="2023-06-01"' in client.get(at).content.decode()
    assert client.post(at, {**told, "end": "2021-01-01", "version": 1}).context["form"].errors == {
        "end": ["离任日期要晚于任职日期，没有保存；请核对。"]
    }
    assert client.post(at, {**told, "version": 1}).status_code == 302
    assert client.post(at, {**told, "start": "2020-01-01", "version": 1}).status_code == 409
    assert client.post(at, {"take_back": "1", "version": 1}).status_code == 409
    assert client.post(at, {"take_back": "1", "version": 2}).status_code == 302
    assert Seat.objects.filter(pk=seat.pk).exists() is False
    term = small.unit(GOOD).terms.get()
    at = reverse("leadership:correct_term", args=[term.pk])
    assert client.post(at, {"number": "2", "start": "2023-06-01", "end": "2028-07-01", "version": 1}).status_code == 302
    assert client.post(at, {"take_back": "1", "version": 2}).status_code == 302
    assert small.unit(GOOD).terms.count() == 0


def test_a_registered_person_and_another_name_at_once_are_questioned(small: Any, sign_in: Any) -> None:
    group, client = small.unit(GOOD), sign_in("county")
    person = make_person(group, group)
    told = {"post": "adviser", "person": person.pk, "person_typed": person.name, "name": "李华", "phone": ""}
    answer = client.post(reverse("leadership:seat", args=[group.pk]), told)
    assert list(answer.context["form"].errors) == ["name"]
