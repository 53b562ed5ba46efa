"""The page on which a clerk says that somebody moved away or died."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_person, make_seat
from wuyou.demo.small import BARE, GOOD, NO_VENUE
from wuyou.people import services

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


def registered(small, unit=NO_VENUE, **facts):
    made = make_person(small.unit(unit), small.unit(unit), **{"name": "黄秀兰", **facts})
    made.affiliations.update(start=date(2020, 1, 1))
    return made


def at(person, name="shell:depart"):
    return reverse(name, args=[person.pk])


def test_it_is_said_set_right_and_taken_back_on_one_page(small, sign_in):
    person, client = registered(small), sign_in("county")
    assert at(person) in client.get(at(person, "people:person")).content.decode()
    page = client.get(at(person)).content.decode()
    assert (NO_VENUE in page, "撤回登记" in page, 'name="version" value="1"' in page) == (True, False, True)
    answer = client.post(at(person), {"on": "2025-03-01", "version": 1})
    assert (answer.status_code, answer.url) == (302, at(person, "people:person"))
    page = client.get(at(person, "people:person")).content.decode()
    assert [word in page for word in ("2025年3月1日迁出或去世", "更正或撤回", "登记参加", "登记迁出或去世</a>")] == [
        True, True, False, False,
    ]  # fmt: skip
    page = client.get(at(person)).content.decode()
    assert ("撤回登记" in page, 'value="2025-03-01"' in page) == (True, True)
    assert client.post(at(person), {"on": "2025-04-01", "version": 2}).status_code == 302
    assert client.post(at(person), {"on": "2025-05-01", "version": 2}).status_code == 409
    clash = client.post(at(person), {"take_back": "1", "version": 2})
    assert (clash.status_code, "2025-04-01" in clash.content.decode()) == (409, True)
    assert client.post(at(person), {"take_back": "1", "version": 3}).status_code == 302
    person.refresh_from_db()
    assert (person.left_on, person.affiliations.get().end) == (None, None)


def test_what_cannot_be_is_said_at_the_box(small, sign_in):
    person, client = registered(small), sign_in("county")
    for on, sentence in (
        ("2025-11-21", "这个日期还没有到，没有保存；请填写实际迁出或去世的日期。"),
        ("", "请填写迁出或去世日期。"),
    ):
        assert client.post(at(person), {"on": on, "version": 1}).context["form"].errors == {"on": [sentence]}


def test_posts_held_are_named_with_the_way_to_end_each(small, sign_in):
    person, client = registered(small), sign_in("county")
    mine = make_seat(small.unit(NO_VENUE), person, "deputy_leader", start=date(2020, 1, 1))
    make_seat(small.unit(BARE), person, "liaison_officer")
    answer = client.post(at(person), {"on": "2025-03-01", "version": 1})
    assert answer.url == at(person)
    page = client.get(at(person))
    leave = f"{reverse('leadership:leave', args=[mine.pk])}?on=2025-03-01"
    ways = {row[1].value: (row[1].href, getattr(row[3], "href", row[3])) for row in page.context["seats"].rows}
    assert ways == {
        NO_VENUE: (reverse("shell:unit", args=[mine.unit_id]), leave), BARE: ("", "由该组织的上级侨联办理"),
    }  # fmt: skip
    assert client.get(leave).context["form"]["on"].value() == "2025-03-01"
    assert client.post(leave, {"on": "2025-03-01"}).status_code == 302
    assert [row[1].value for row in client.get(at(person)).context["seats"].rows] == [BARE]


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("county", GOOD, 200),
        ("leader", NO_VENUE, 200),
        ("leader", GOOD, 404),
        ("county", BARE, 404),
        ("auditor", GOOD, 403),
    ],
)
def test_who_is_offered_the_page(small, sign_in, who, unit, status):
    assert sign_in(who).get(at(registered(small, unit))).status_code == status


def test_the_list_leaves_him_out_unless_he_is_asked_for(small, sign_in):
    person, client = registered(small), sign_in("leader")
    services.note_departure(actor=anybody(), person_id=person.pk, on=MARCH)
    for asked, found in ({}, []), ({"here": "departed"}, [("黄秀兰", MARCH)]), ({"here": "departed", "q": "李"}, []):
        rows = client.get(reverse("people:list"), asked).context["table"].rows
        assert [(row[0].value, row[3]) for row in rows if row[0].value == "黄秀兰"] == found
    assert client.get(at(person, "people:person")).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_for_one_post_and_for_three(small, sign_in, number):
    person, client = registered(small), sign_in("county")
    for post in ("leader", "deputy_leader", "liaison_officer")[:number]:
        make_seat(small.unit(GOOD), person, post)
    client.get(at(person))
    with CaptureQueriesContext(connection) as seen:
        client.get(at(person))
    assert len(seen) == 11
