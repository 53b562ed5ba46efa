"""The page of contact leaders: by name, with the days on which the groups' records name them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo import factories as make
from wuyou.demo.small import BARE, GOOD, HUIZE, NO_VENUE, QILIN
from wuyou.leadership import services


def leader(small: Any, name: str, *units: str) -> None:
    office = small.unit(QILIN)
    person = make.make_person(office, name=name)
    make.make_seat(office, person, "vice_chair")
    for unit in units:
        services.assign_contact(
            actor=make.anybody(), unit_id=small.unit(unit).pk, person_id=person.pk, start=date(2025, 2, 1)
        )


def listed(client: Any, **query: Any) -> tuple[list[tuple[Any, ...]], int]:
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(reverse("shell:contacts"), query)
    assert answer.status_code == 200
    rows = answer.context["table"].rows
    return [(row[0], row[2].value, row[5], row[6]) for row in rows], len(seen)


def test_leaders_stand_by_name_whatever_they_did(small: Any, sign_in: Any) -> None:
    leader(small, "张明", GOOD, NO_VENUE)
    leader(small, "安宁", GOOD)
    for on in (date(2025, 3, 1), date(2025, 6, 1)):
        make.make_activity(small.unit(GOOD), on=on, leaders="区侨联副主席张明")
    make.make_activity(small.unit(BARE), on=date(2025, 3, 1), leaders="张明")
    rows = [
        ("安宁", GOOD, 0, ""),
        ("张明", GOOD, 2, "2025-03-01、2025-06-01"),
        ("张明", NO_VENUE, 0, ""),
    ]
    client = sign_in("city")
    assert listed(client)[0] == rows == listed(client, office=small.unit(QILIN).pk)[0]
    assert listed(client, office=small.unit(HUIZE).pk)[0] == listed(client, year=2024)[0] == []
    assert listed(sign_in("huize"))[0] == []
    assert listed(sign_in("leader"))[0] == [rows[2]]
    page = client.get(reverse("shell:contacts")).content.decode()
    assert ("先后不表示高低" in page, f"{QILIN}副主席" in page) == (True, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_for_one_leader_and_for_three(small: Any, sign_in: Any, number: int) -> None:
    client = sign_in("city")
    listed(client)
    for at in range(number):
        leader(small, f"张明{at}", GOOD)
    rows, asked = listed(client)
    assert (len(rows), asked) == (number, 6)
