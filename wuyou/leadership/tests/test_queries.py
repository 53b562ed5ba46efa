"""Who holds which seat on a day, within one's units."""

from datetime import date, timedelta
from typing import Any

import pytest

from wuyou.demo.factories import make_person, make_seat, make_unit
from wuyou.demo.small import CITY, FARM, GOOD, NO_VENUE, QILIN, TERM_OVER
from wuyou.leadership import queries
from wuyou.leadership.models import Term
from wuyou.orgs.models import Unit


@pytest.mark.parametrize(
    ("username", "top"), [("city", CITY), ("auditor", CITY), ("county", QILIN), ("leader", NO_VENUE)]
)
def test_everybody_sees_his_own_units_seats(small: Any, username: str, top: str) -> None:
    actor, inside = small.actor(username), Unit.objects.filter(path__under=small.unit(top).path)
    ids, held = set(inside.values_list("pk", flat=True)), queries.holders_by_unit(small.actor("city"), on=small.today)
    assert set(queries.holders_by_unit(actor, on=small.today)) == set(held) & ids
    assert set(queries.current_terms(actor, on=small.today)) <= ids


def test_of_foreign_units_nothing_is_told(small: Any) -> None:
    own, foreign, actor = small.unit(GOOD).pk, small.unit(FARM).pk, small.actor("county")
    assert [bool(queries.of_day(queries.seats_ever(actor, pk), small.today)) for pk in (own, foreign)] == [True, False]
    assert [bool(queries.terms(actor, pk)) for pk in (own, foreign)] == [True, False]


def test_a_seat_counts_from_its_first_day_until_before_its_last(small: Any) -> None:
    unit = make_unit(parent=small.unit(QILIN))
    seat = make_seat(unit, make_person(unit), "leader", start=date(2025, 3, 1))
    seat.end = date(2025, 9, 1)
    seat.save()
    days = (date(2025, 2, 28), date(2025, 3, 1), date(2025, 8, 31), date(2025, 9, 1))
    assert [len(queries.of_day(queries.seats_ever(small.actor("county"), unit.pk), day)) for day in days] == [
        0,
        1,
        1,
        0,
    ]


def test_the_newest_begun_term_is_current(small: Any) -> None:
    unit, actor = small.unit(TERM_OVER), small.actor("county")
    assert queries.current_terms(actor, on=small.today)[unit.pk].end == date(2024, 5, 31)
    unit.terms.create(start=small.today + timedelta(days=1), end=date(2031, 1, 1))
    assert queries.current_terms(actor, on=small.today)[unit.pk].end == date(2024, 5, 31)
    unit.terms.create(start=small.today, end=date(2030, 1, 1))
    assert queries.current_terms(actor, on=small.today)[unit.pk].end == date(2030, 1, 1)


def test_the_leader_is_whose_post_leads(small: Any) -> None:
    unit = small.unit(GOOD)
    seat = unit.seats.select_related("person").get(post__code="leader", end=None)
    assert queries.leaders_by_unit(small.actor("county"), [unit.pk], on=small.today) == {unit.pk: seat.person.name}
    assert queries.leaders_by_unit(small.actor("huize"), [unit.pk], on=small.today) == {}


@pytest.mark.parametrize(
    "ends", [(None, date(2030, 1, 1)), (date(2030, 1, 1), None), (date(2029, 1, 1), date(2030, 1, 1))]
)
def test_a_term_whose_end_is_not_known_is_not_the_newest(small: Any, ends: Any) -> None:
    unit, actor = make_unit(parent=small.unit(QILIN), full_name="第八联组"), small.actor("city")
    for end in ends:
        Term.objects.create(unit=unit, end=end)
    assert queries.current_terms(actor, on=small.today)[unit.pk].end == date(2030, 1, 1)
    assert queries.terms(actor, unit.pk)[0].end == date(2030, 1, 1)
    assert queries.staffing_by_unit(actor, on=small.today)[unit.pk].term_end == date(2030, 1, 1)


def test_of_two_who_lead_the_one_named_first_is_the_leader(small: Any) -> None:
    unit, actor = make_unit(parent=small.unit(QILIN), full_name="第八联组"), small.actor("city")
    for name in ("杨一", "杨二", "杨三"):
        make_seat(unit, make_person(unit, name=name), "leader")
    first = queries.of_day(queries.seats_ever(actor, unit.pk), small.today)[0].person.name
    assert queries.leaders_by_unit(actor, [unit.pk], on=small.today) == {unit.pk: first}
