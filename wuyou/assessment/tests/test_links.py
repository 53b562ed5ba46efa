"""Every fact leads to its records, every mending action to the page where it is done, and only for whom it is open."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from wuyou.assessment import links
from wuyou.assessment.facts import FACTS, MENDS
from wuyou.kernel import clock
from wuyou.kernel.actor import machine
from wuyou.orgs.rules import Standing

UNIT = Standing(7, "/1/7/", "某小组", "某小组", "街道社区", "", "normal", "", False, None, None)
DAY = date(2025, 11, 20)
NOBODY = machine("reader")


def everybody():
    """Return an actor who may follow every way."""
    return machine("all", *(way.needs for way in (*links.WAYS.values(), *links.LISTS.values())))


def test_every_mend_and_every_list_has_a_way():
    assert list(links.WAYS) == list(MENDS)
    assert {fact.records for fact in FACTS.values()} == {*links.ANCHORS, *links.LISTS}


@pytest.mark.parametrize("way", [*links.WAYS.values(), *links.LISTS.values()], ids=lambda way: way.name)
def test_the_pages_exist(way):
    try:
        assert reverse(way.name, args=[] if way.asked else [7])
    except NoReverseMatch:
        pytest.fail(f"there is no page {way.name}")


@pytest.mark.parametrize(
    ("slug", "url"),
    [
        ("orgs.venue", "/units/7/venue/"),
        ("leadership.seats", "/leadership/7/seat/"),
        ("activities.study", "/activities/record/?unit=7&kind=study"),
        ("funds.entry", "/funds/record/?unit=7"),
    ],
)
def test_mending(slug, url):
    assert links.mend_url(everybody(), UNIT, MENDS[slug]) == url
    assert links.mend_url(NOBODY, UNIT, MENDS[slug]) == ""


def test_a_page_that_is_not_there_falls_back_to_the_units_page():
    assert links._url(links.Way("no:page", ""), 7, {}) == reverse("shell:unit", args=[7])


@pytest.mark.parametrize(
    ("fact", "url"),
    [
        ("venues", "/units/7/?on=2025-11-20#venues"),
        ("has_approval_number", "/units/7/?on=2025-11-20"),
        ("activities_in_12_months", "/activities/?unit=7&start=2024-11-21&until=2025-11-20"),
        ("studies_in_year", "/activities/?unit=7&kind=study&start=2025-01-01&until=2025-11-20"),
        ("activities_with_leaders_in_year", "/activities/?unit=7&leaders=1&start=2025-01-01&until=2025-11-20"),
        ("days_since_last_activity", "/activities/?unit=7"),
        ("funds_received_in_prior_12_months", "/funds/?unit=7&start=2023-11-21&until=2024-11-20"),
        ("members_registered", "/people/?unit=7"),
    ],
)
def test_records(fact, url):
    assert links.records_url(everybody(), UNIT, FACTS[fact], DAY) == url


def test_records_of_today_need_no_day():
    with clock.held_at(DAY):
        assert links.records_url(everybody(), UNIT, FACTS["venues"], DAY) == "/units/7/#venues"


def test_records_that_are_not_open_to_the_reader_have_no_link():
    assert links.records_url(NOBODY, UNIT, FACTS["members_registered"], DAY) == ""
