"""Calls on persons: one figure with its list, apart from the activities of the kind visit; nobody's name on the page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.activities import services
from wuyou.demo import factories as make
from wuyou.demo.small import GOOD, HUIZE, QILIN
from wuyou.platform.figures import Asked, figure_named

pytestmark = pytest.mark.django_db

VISITS = reverse("activities:visits")


def called(small, *days, unit=GOOD, person="测试走访对象"):
    """Enter calls of so many days ago."""
    for ago in days:
        new = services.NewVisit(
            unit_id=small.unit(unit).pk, on=small.today - timedelta(days=ago), person_name=person, occasion="春节"
        )
        services.record_visit(actor=make.anybody(), new=new)


def number(actor, small):
    """Return the figure for this year."""
    asked = Asked(actor, small.today.year, small.today)
    return figure_named("activities.home_visits", asked).value(asked)


def test_a_call_counts_once_and_never_as_an_activity(small):
    city = small.actor("city")
    asked = Asked(city, small.today.year, small.today)
    activities = figure_named("activities.by_kind.visit", asked).value(asked)
    assert number(city, small) == 0
    called(small, 3, 3, 40, 400)
    assert number(city, small) == 2
    asked = Asked(city, small.today.year, small.today)
    assert figure_named("activities.by_kind.visit", asked).value(asked) == activities


def test_the_figure_opens_the_list_that_it_counts(small, sign_in):
    called(small, 3, 40, 400)
    asked = Asked(small.actor("city"), small.today.year, small.today, small.unit(QILIN).pk)
    address = figure_named("activities.home_visits", asked).url(asked)
    response = sign_in("city").get(address)
    assert response.context["pages"].total == 2
    assert "测试走访对象" not in response.content.decode()
    other = sign_in("city").get(VISITS, {"office": small.unit(HUIZE).pk})
    assert other.context["pages"].total == 0


@pytest.mark.parametrize("calls", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(small, sign_in, calls):
    called(small, *range(1, calls + 1))
    client = sign_in("city")
    client.get(VISITS)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(VISITS)
    assert (len(response.context["table"].rows), len(asked)) == (calls, 5)
