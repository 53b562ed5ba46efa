"""What the page 班子与换届 shows: since when a post is vacant, how many terms somebody has led, who holds several posts."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo import factories as make
from wuyou.demo.small import AWAITING, BARE, CITY, GOOD, HUIZE, LULIANG, NEW, NO_VENUE, QILIN, TERM_OVER
from wuyou.kernel.refusals import Refused
from wuyou.leadership import queries, rules, services
from wuyou.leadership.models import Seat
from wuyou.people import services as people

TODAY = date(2025, 11, 20)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


VACANT = (
    (1, [], None),
    (1, [("2020-01-01", "2025-03-01")], "2025-03-01"),
    (1, [("", "2025-03-01")], "2025-03-01"),
    (1, [("2020-01-01", "2023-01-01"), ("2023-06-01", "2025-03-01")], "2025-03-01"),
    (1, [("2020-01-01", "2025-11-20")], "2025-11-20"),
    (2, [("2020-01-01", "")], None),
    (2, [("2020-01-01", ""), ("2020-01-01", "2024-02-01")], "2024-02-01"),
    (2, [("2020-01-01", "2025-05-01"), ("2020-01-01", "2024-02-01")], "2024-02-01"),
    (2, [("2020-01-01", "2025-05-01"), ("2020-01-01", "2024-02-01"), ("2024-02-01", "2024-09-01")], "2024-09-01"),
)
TENURES = (
    ([], None),
    ([("2019-01-01", "")], "2019-01-01"),
    ([("", "")], None),
    ([("2019-01-01", "2025-11-20")], None),
    ([("2019-01-01", "2025-11-21")], "2019-01-01"),
    ([("2014-01-01", "2019-01-01"), ("2019-01-01", "")], "2014-01-01"),
    ([("2014-01-01", "2018-12-31"), ("2019-01-01", "")], "2019-01-01"),
    ([("", "2019-01-01"), ("2019-01-01", "")], None),
    ([("2014-01-01", ""), ("2019-01-01", "")], "2014-01-01"),
    ([("2026-01-01", "")], None),
)
T2015, T2020, T2025 = date(2015, 6, 1), date(2020, 6, 1), date(2025, 6, 1)
IN_ROW = (
    (date(2024, 1, 1), [], 1), (date(2020, 11, 20), [], 1), (date(2020, 11, 19), [], 2), (date(2015, 11, 20), [], 2),
    (date(2015, 11, 19), [], 3), (T2025, [T2015, T2020, T2025], 1), (date(2025, 5, 31), [T2015, T2020, T2025], 2),
    (T2020, [T2015, T2020, T2025], 2), (T2015, [T2015, T2020, T2025], 3), (date(2015, 5, 31), [T2015, T2020, T2025], 4),
    (date(2010, 6, 1), [T2015, T2020, T2025], 4), (date(2010, 5, 31), [T2015, T2020, T2025], 5),
    (T2025, [T2020, date(2026, 1, 1)], 1), (TODAY, [], 1), (TODAY, [TODAY], 1),
)  # fmt: skip


@pytest.mark.parametrize(("number", "spans", "since"), VACANT)
def test_since_when_a_post_is_vacant(number: int, spans: Any, since: str | None) -> None:
    given = [(day(start), day(end)) for start, end in spans]
    assert rules.vacant_since(number, given, TODAY) == day(since or "")


@pytest.mark.parametrize(("spans", "begin"), TENURES)
def test_since_when_somebody_has_led_without_a_break(spans: Any, begin: str | None) -> None:
    assert rules.tenure_begins([(day(start), day(end)) for start, end in spans], TODAY) == day(begin or "")


@pytest.mark.parametrize(("begin", "starts", "number"), IN_ROW)
def test_how_many_terms_in_a_row(begin: date, starts: list[date], number: int) -> None:
    assert rules.terms_in_row(begin, starts, years=5, on=TODAY) == number


def of(small: Any, name: str, username: str = "city") -> queries.Outlook:
    (found,) = [row for row in queries.outlooks(small.actor(username), on=small.today) if row.unit.short_name == name]
    return found


def test_every_unit_has_its_row_offices_first_and_only_one_s_own(small: Any) -> None:
    everything = queries.outlooks(small.actor("city"), on=small.today)
    assert [row.unit.short_name for row in everything[:4]] == [HUIZE, LULIANG, QILIN, CITY]
    assert len(everything) == 15
    assert {row.unit.short_name for row in queries.outlooks(small.actor("huize"), on=small.today)} == {HUIZE, BARE}
    assert [row.unit.short_name for row in queries.outlooks(small.actor("leader"), on=small.today)] == [NO_VENUE]


def test_vacancies_are_told_with_their_day(small: Any) -> None:
    seat = Seat.objects.get(unit=small.unit(GOOD), post__code="leader")
    services.leave_seat(actor=make.anybody(), seat_id=seat.pk, on=date(2025, 10, 1))
    assert of(small, GOOD).vacancies == (queries.Vacancy("组长", 1, date(2025, 10, 1)),)
    assert of(small, BARE).vacancies == (queries.Vacancy("组长", 1, None),)
    assert [one.post for one in of(small, QILIN).vacancies] == ["主席", "副主席", "秘书长"]


def test_who_leads_beyond_his_term_and_for_many_terms_is_told(small: Any) -> None:
    assert (of(small, TERM_OVER).near, of(small, TERM_OVER).long) == ("overdue", ())
    assert of(small, TERM_OVER).stayed == (small.unit(TERM_OVER).seats.get(post__code="leader").person.name,)
    small.unit(GOOD).seats.filter(post__code="leader").update(start=date(2010, 6, 1))
    told = of(small, GOOD).long
    assert [(one.post, one.terms) for one in told] == [("组长", 4)]
    services.set_measures(actor=make.anybody(), seen=None, term_years=5, most_terms=4, youth_age=45)
    assert of(small, GOOD).long == ()


def test_several_posts_in_one_hand_are_told_as_far_as_one_may_look(small: Any) -> None:
    leader = small.unit(GOOD).seats.get(post__code="leader").person
    make.make_seat(small.unit(GOOD), leader, "liaison_officer")
    make.make_seat(small.unit(BARE), leader, "leader")
    make.make_seat(small.unit(NEW), leader, "adviser")
    assert of(small, GOOD).concurrent == (queries.Concurrent(leader.name, ("组长", "联络员", f"{BARE}组长")),)
    assert of(small, GOOD, "county").concurrent == (queries.Concurrent(leader.name, ("组长", "联络员")),)
    assert of(small, BARE).concurrent == (queries.Concurrent(leader.name, (f"{GOOD}组长",)),)
    assert of(small, NEW).concurrent == ()


def test_who_moved_away_or_died_takes_no_post(small: Any) -> None:
    group = small.unit(GOOD)
    person = make.make_person(group, group)
    people.note_departure(actor=make.anybody(), person_id=person.pk, on=date(2025, 3, 1), seen=None)
    told = {"actor": make.anybody(), "unit_id": group.pk, "post_code": "adviser", "person_id": person.pk}
    with pytest.raises(Refused, match="此人已登记于 2025-03-01 迁出或去世，没有登记任职"):
        services.fill_seat(**told)


# ---- the page ----------------------------------------------------------------------------------------------------


def asked(client: Any, **query: Any) -> tuple[list[str], int]:
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(reverse("leadership:outlook"), query)
    assert answer.status_code == 200
    return [row[0].value for row in answer.context["table"].rows], len(seen)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_for_one_unit_more_and_for_three(small: Any, sign_in: Any, number: int) -> None:
    client = sign_in("city")
    before = len(asked(client)[0])
    for at in range(number):
        unit = make.make_unit(parent=small.unit(HUIZE), full_name=f"新增第{at}侨联小组", form="group")
        make.make_seat(unit, make.make_person(unit), start=date(2025, 5, 1))
        make.make_term(unit, date(2025, 5, 1), date(2030, 5, 1))
    assert (len(asked(client)[0]) - before, asked(client)[1]) == (number, 10)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"show": "term"}, {TERM_OVER, "锦纶纺织侨联小组"}),
        ({"show": "no_term"}, {CITY, QILIN, LULIANG, HUIZE, AWAITING, BARE}),
        ({"show": "long"}, set()),
        ({"show": "concurrent"}, set()),
        ({"q": "学府"}, {NO_VENUE}),
        ({"q": "不存在"}, set()),
    ],
)
def test_the_page_is_narrowed(small: Any, sign_in: Any, query: dict[str, str], names: set[str]) -> None:
    assert set(asked(sign_in("city"), **query)[0]) == names


def test_the_page_of_an_office_says_what_is_to_be_seen_and_leads_to_the_unit(small: Any, sign_in: Any) -> None:
    client = sign_in("city")
    page = client.get(reverse("leadership:outlook"), {"office": small.unit(HUIZE).pk})
    office, group = page.context["table"].rows
    assert (group[0].value, group[0].href) == (BARE, reverse("shell:unit", args=[small.unit(BARE).pk]))
    assert (group[1].value, group[4]) == ("未登记", "组长 1 人（未登记过）")
    assert office[0].value == HUIZE
    assert client.get(reverse("leadership:outlook"), {"office": "7" * 9}).status_code == 404
    assert "连续超过 2 届" in page.content.decode()


def test_a_unit_that_is_due_leads_to_noting_its_new_term(small: Any, sign_in: Any) -> None:
    rows = {row[0].value: row for row in sign_in("county").get(reverse("leadership:outlook")).context["table"].rows}
    assert rows[TERM_OVER][6].href == reverse("leadership:term", args=[small.unit(TERM_OVER).pk])
    assert rows[QILIN][6].href == reverse("leadership:term", args=[small.unit(QILIN).pk])  # no term is known
    assert rows[GOOD][6] == ""
    read_only = sign_in("auditor").get(reverse("leadership:outlook")).context["table"]
    assert {len(row) for row in read_only.rows} == {6}
