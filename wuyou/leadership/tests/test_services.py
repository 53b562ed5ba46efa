"""Noting seats and terms: who may, what is refused, what a repeat does."""

from datetime import date
from typing import Any

import pytest

from wuyou.demo.factories import make_person, make_seat
from wuyou.demo.small import BARE, GOOD, NO_VENUE
from wuyou.kernel.refusals import Forbidden, NotFound, Refused
from wuyou.leadership import services
from wuyou.leadership.models import Seat, Term
from wuyou.platform.models import AuditEvent
from wuyou.platform.tests.acting import answered

WHO = (
    ("county", GOOD, None), ("city", BARE, None), ("county", BARE, NotFound), ("huize", GOOD, NotFound),
    ("leader", NO_VENUE, Forbidden), ("leader", GOOD, NotFound), ("auditor", GOOD, Forbidden),
)  # fmt: skip


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_fills_seats(small: Any, username: str, unit: str, answer: Any) -> None:
    group, actor = small.unit(unit), small.actor(username)
    person = make_person(group, group)
    answered(answer, lambda: services.fill_seat(
        actor=actor, unit_id=group.pk, post_code="adviser", person_id=person.pk, start=date(2025, 1, 1)
    ))  # fmt: skip


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_ends_seats(small: Any, username: str, unit: str, answer: Any) -> None:
    group, actor = small.unit(unit), small.actor(username)
    seat = make_seat(group, make_person(group, group), "adviser")
    answered(answer, lambda: services.leave_seat(actor=actor, seat_id=seat.pk, on=date(2025, 10, 1)))


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_notes_terms(small: Any, username: str, unit: str, answer: Any) -> None:
    group, actor = small.unit(unit), small.actor(username)
    answered(answer, lambda: services.note_term(
        actor=actor, unit_id=group.pk, number=9, start=date(2025, 1, 1), end=date(2030, 1, 1)
    ))  # fmt: skip


def test_repeats_return_the_first_and_are_told_once(small: Any) -> None:
    group, actor = small.unit(GOOD), small.actor("county")
    person, before = make_person(group, group), Term.objects.count()

    def seat() -> Seat:
        return services.fill_seat(actor=actor, unit_id=group.pk, post_code="adviser", person_id=person.pk)

    def term() -> Term:
        return services.note_term(actor=actor, unit_id=group.pk, number=9, start=date(2025, 1, 1), end=date(2030, 1, 1))

    first, told = (seat(), term()), AuditEvent.objects.count()
    assert ((seat(), term()), AuditEvent.objects.count(), Term.objects.count()) == (first, told, before + 1)


def test_who_left_may_take_the_post_again(small: Any) -> None:
    group, actor = small.unit(GOOD), small.actor("county")
    person = make_person(group, group)
    seat = make_seat(group, person, "adviser")
    services.leave_seat(actor=actor, seat_id=seat.pk, on=date(2025, 10, 1))
    again = services.fill_seat(
        actor=actor, unit_id=group.pk, post_code="adviser", person_id=person.pk, start=date(2025, 11, 1)
    )
    assert (again.pk != seat.pk, Seat.objects.get(pk=seat.pk).end) == (True, date(2025, 10, 1))


def test_what_is_refused(small: Any) -> None:
    group, actor = small.unit(GOOD), small.actor("county")
    person, foreign = make_person(group, group), make_person(small.unit(BARE))
    seat = make_seat(group, person, "adviser", start=date(2025, 6, 1))
    fill = {"actor": actor, "unit_id": group.pk, "post_code": "leader", "person_id": person.pk}
    for act, answer in (
        (lambda: services.fill_seat(**{**fill, "post_code": "emperor"}), Refused),
        (lambda: services.fill_seat(**fill, start=date(2025, 12, 1)), Refused),
        (lambda: services.fill_seat(**{**fill, "person_id": foreign.pk}), NotFound),
        (lambda: services.leave_seat(actor=actor, seat_id=seat.pk, on=date(2025, 6, 1)), Refused),
        (lambda: services.leave_seat(actor=actor, seat_id=999_999, on=date(2025, 6, 1)), NotFound),
        (lambda: services.note_term(actor=actor, unit_id=group.pk, number=1, start=None, end=None), Refused),
    ):
        answered(answer, act)
