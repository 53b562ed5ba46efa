"""The page 班子构成: counted once a level, small numbers hidden, the same in the sheet, each in his own units."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo import factories as make
from wuyou.demo.small import BARE, CITY, GOOD, HUIZE, QILIN
from wuyou.leadership import queries, services
from wuyou.leadership.exporting import columns, composition_rows
from wuyou.leadership.queries import Number
from wuyou.orgs.rules import Level

FACTS = {"birth": "1985-05-01", "ethnicity": "彝族", "category": "留学人员"}


def holders(small: Any, unit: str, number: int, **facts: Any) -> None:
    place = small.unit(unit)
    for _at in range(number):
        make.make_seat(place, make.make_person(place, **facts), "member")


def told(small: Any, username: str = "city") -> dict[Any, queries.Line]:
    return {line.level: line for line in queries.composition(small.actor(username), on=small.today)}


def test_a_person_counts_once_a_level_and_his_traits_with_him(small: Any) -> None:
    for unit in (HUIZE, BARE):
        holders(small, unit, 6, sex="female", **FACTS)
        holders(small, unit, 7, sex="male", birth="1960", ethnicity="汉族")
    twice = small.unit(HUIZE).seats.first().person
    make.make_seat(small.unit(HUIZE), twice, "standing_member")
    make.make_seat(small.unit(BARE), twice, "leader")
    lines = told(small, "huize")
    assert {level: line.people for level, line in lines.items()} == {Level.COUNTY: 13, Level.GROUP: 14, None: 27}
    for trait in ("women", "youth", "minority", "new"):
        numbers = [line.traits[trait] for line in lines.values()]
        assert numbers == [(Number(6), Number(0)), (Number(7), Number(0)), (Number(13), Number(0))]
    staff = [line.traits["office_staff"][0] for line in lines.values()]
    assert staff == [Number(13), Number(None, is_small=True), Number(None)]


def test_a_small_number_and_what_gives_it_away_are_hidden(small: Any) -> None:
    holders(small, QILIN, 3, sex="female")
    holders(small, QILIN, 9, sex="male")
    holders(small, CITY, 6, sex="female")
    holders(small, CITY, 5, sex="male")
    lines = told(small)
    assert lines[Level.COUNTY].traits["women"][0] == Number(None, is_small=True)
    assert lines[Level.CITY].traits["women"][0] == Number(None)
    assert (lines[Level.COUNTY].people, lines[Level.CITY].people) == (12, 11)


def test_the_age_of_youth_is_what_the_office_set(small: Any) -> None:
    holders(small, HUIZE, 8, birth="1985-05-01")
    assert told(small, "huize")[Level.COUNTY].traits["youth"][0] == Number(8)
    services.set_measures(actor=make.anybody(), seen=None, term_years=5, most_terms=2, youth_age=39)
    assert told(small, "huize")[Level.COUNTY].traits["youth"][0] == Number(0)


def test_one_counts_in_one_s_own_units(small: Any) -> None:
    holders(small, HUIZE, 6)
    assert [told(small, who)[None].people for who in ("city", "county", "huize", "leader")] == [29, 16, 6, 3]
    assert list(told(small, "huize")) == [Level.COUNTY, None]
    small.unit(HUIZE).seats.update(end=small.today)
    assert queries.composition(small.actor("huize"), on=small.today) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_for_one_holder_more_and_for_three(small: Any, sign_in: Any, number: int) -> None:
    client, at = sign_in("city"), reverse("leadership:composition")
    client.get(at)
    holders(small, QILIN, number)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(at)
    assert ([row[0] for row in page.context["table"].rows], len(seen)) == (["县级", "基层"], 7)


def test_the_page_and_the_sheet_say_the_same(small: Any, sign_in: Any) -> None:
    holders(small, GOOD, 20, sex="female", ethnicity="彝族")
    holders(small, GOOD, 6, sex="")
    client = sign_in("city")
    page = client.get(reverse("leadership:composition"))
    line = page.context["table"].rows[0]
    (row, total) = list(composition_rows(small.actor("city"), {}))
    assert len(row) == len(total) == len(columns(small.actor("city"))) == 17
    assert f"{row[2]}（{row[3]}），未登记 {row[4]}" == line[2]
    assert row[4] == "6 人"
    text = page.content.decode()
    assert ("不超过 45 周岁" in text, "未登记 <5" in text, "排名" in text) == (True, False, False)
    assert client.get(reverse("leadership:composition"), {"office": small.unit(QILIN).pk}).status_code == 200
    assert client.get(reverse("leadership:composition"), {"office": "7" * 9}).status_code == 404
