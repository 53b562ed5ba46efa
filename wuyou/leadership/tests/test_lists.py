"""The lists behind the figures of seats."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo import factories as make
from wuyou.demo.small import BARE, GOOD, HUIZE

pytestmark = pytest.mark.django_db


def asked(client, name, **query) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(f"leadership:{name}"), query).status_code == 200
    return len(seen)


def test_staffing_lists_each_living_group_and_only_gaps_when_asked(small, sign_in):
    client = sign_in("city")
    everything = client.get(reverse("leadership:staffing")).context
    gaps = client.get(reverse("leadership:staffing"), {"show": "vacant"}).context
    assert (everything["pages"].total, everything["required"], everything["filled"], everything["vacant"]) == (
        11,
        15,
        13,
        2,
    )
    assert [row[4] for row in gaps["table"].rows] == [1, 1]
    assert sum(row[4] or 0 for row in everything["table"].rows) == 2


def test_staffing_of_an_office_and_of_an_earlier_day(small, sign_in):
    client = sign_in("city")
    of_huize = client.get(reverse("leadership:staffing"), {"office": small.unit(HUIZE).pk}).context
    assert [row[1].value for row in of_huize["table"].rows] == [BARE]
    before = client.get(reverse("leadership:staffing"), {"on": "2025-01-31"}).context
    assert (before["on"], before["pages"].total) == (date(2025, 1, 31), 10)
    assert client.get(reverse("leadership:staffing"), {"on": "2999-01-01"}).context["on"] == small.today
    assert client.get(reverse("leadership:staffing"), {"office": "7" * 9}).status_code == 404


def test_appointed_lists_who_took_a_seat_in_the_year(small, sign_in):
    make.make_seat(
        small.unit(GOOD), make.make_person(small.unit(GOOD), name="新任"), "liaison_officer", start=date(2025, 7, 1)
    )
    client = sign_in("city")
    year = client.get(reverse("leadership:appointed"), {"year": 2025}).context
    half = client.get(reverse("leadership:appointed"), {"year": 2025, "on": "2025-06-30"}).context
    assert (year["pages"].total, half["pages"].total) == (4, 3)
    assert [row[1] for row in year["table"].rows][-1] == "新任"
    assert client.get(reverse("leadership:appointed"), {"year": 2024, "on": "2025-06-30"}).context["last"] == date(
        2024, 12, 31
    )


@pytest.mark.parametrize("name", ["staffing", "appointed"])
def test_lists_ask_the_same_for_one_row_and_for_three_more(small, sign_in, name):
    client, query = sign_in("city"), {"year": 2025} if name == "appointed" else {}
    asked(client, name, **query)
    few = asked(client, name, **query)
    for number in range(3):
        unit = make.make_unit(parent=small.unit(HUIZE), full_name=f"新增第{number}侨联小组", form="group")
        make.make_seat(unit, make.make_person(unit), start=date(2025, 5, 1))
    assert asked(client, name, **query) == few
    assert few <= 8
