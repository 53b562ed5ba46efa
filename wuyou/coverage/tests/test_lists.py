"""Townships and host units as lists, with and without a working group."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.coverage import queries
from wuyou.coverage.exporting import EXPORTS
from wuyou.demo import factories as make
from wuyou.demo.small import LULIANG, UNIVERSITY
from wuyou.places.models import Division

pytestmark = pytest.mark.django_db

SHOWN = [
    # show, townships, people
    ("", 7, 542),
    ("reached", 4, 379),
    ("gap", 3, 163),
    ("nonsense", 7, 542),
]


@pytest.mark.parametrize(("show", "number", "people"), SHOWN)
def test_townships_with_people_are_listed_by_what_is_asked(small, sign_in, show, number, people):
    context = sign_in("city").get(reverse("coverage:townships"), {"show": show}).context
    assert (context["pages"].total, context["total"].people) == (number, people)
    assert len(context["table"].rows) == number


@pytest.mark.parametrize(("page", "number", "different"), [("counties", 3, 3), ("townships", 4, 3), ("hosts", 2, 2)])
def test_where_most_people_are_not_reached_comes_first_on_page_and_in_the_file(small, sign_in, page, number, different):
    table = sign_in("city").get(reverse(f"coverage:{page}")).context["table"]
    shown = [row[number] for row in table.rows]
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) >= different
    export = next(e for e in EXPORTS if e.page == f"coverage:{page}")
    missing = [str(column.label) for column in export.columns].index("未覆盖")
    assert [row[missing] for row in export.rows(small.actor("city"), {})] == shown


def test_host_units_go_out_with_the_groups_that_work_there(small):
    export = next(e for e in EXPORTS if e.name == "coverage.hosts")
    rows = {row[0]: row[1:] for row in export.rows(small.actor("city"), {"on": "2025-11-20"})}
    assert rows["曲靖云岭学院"] == [86, 0, 1, UNIVERSITY, small.today]
    assert len(rows) == 12


def test_the_office_of_one_county_alone_has_that_county(small):
    seen = queries.spread(small.actor("city"), "530322", as_of=small.today)
    whole = queries.spread(small.actor("city"), "530300", as_of=small.today)
    assert [row.division.name for row in seen.counties] == ["陆良县"]
    assert seen.counties == tuple(row for row in whole.counties if row.division.code == "530322")
    assert queries.totals(seen.townships).people == 230


def test_townships_name_their_county_and_keep_to_the_office(small, sign_in):
    query = {"office": small.unit(LULIANG).pk}
    rows = sign_in("city").get(reverse("coverage:townships"), query).context["table"].rows
    assert {row[0] for row in rows} == {"陆良县"}
    assert len(rows) == 2


@pytest.mark.parametrize(("show", "number"), [("", 12), ("people", 8), ("gap", 1)])
def test_host_units_are_listed_by_what_is_asked(small, sign_in, show, number):
    context = sign_in("city").get(reverse("coverage:hosts"), {"show": show}).context
    assert context["pages"].total == len(context["table"].rows) == number


@pytest.mark.parametrize("name", ["townships", "hosts"])
def test_lists_ask_the_same_for_few_rows_and_for_more(small, sign_in, name):
    client, url = sign_in("luliang"), reverse(f"coverage:{name}")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for place in Division.objects.filter(parent__code="530322").order_by("code")[:3]:
        make.make_count(9, division=place, source="补报")
        make.make_unit(parent=small.unit(LULIANG), full_name=f"{place.name}新侨联小组", hosts=(f"{place.name}单位",))
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
    assert len(few) <= 15
