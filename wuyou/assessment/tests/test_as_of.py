"""五有 as it was on a day: around every event, under the office that guided then, and what the register has no dates of."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from wuyou.assessment import queries
from wuyou.assessment.rules import Verdict
from wuyou.demo import factories as make
from wuyou.demo import small as world
from wuyou.kernel import clock
from wuyou.orgs import services
from wuyou.orgs.rules import was_under

pytestmark = pytest.mark.django_db

EVENTS = (("lapse", "2024-09-10"), ("restore", "2025-02-01"), ("rename", "2025-04-01"), ("dissolve", "2025-06-30"))
TARGET = "five_haves_target"


@pytest.fixture
def group(small):
    """A group founded on 2024-03-05, with its events."""
    unit = make.make_unit(parent=make.unit_named(world.QILIN), county="530302", founded="2024-03-05")
    for kind, on in EVENTS:
        services.record_event(actor=make.anybody(), unit_id=unit.pk, kind=kind, on=on)
    return unit


@pytest.mark.parametrize(
    ("day", "works", "is_listed"),
    [
        ("2024-03-04", "not_met", False),
        ("2024-03-05", "met", True),
        ("2024-09-09", "met", True),
        ("2024-09-10", "not_met", True),
        ("2025-01-31", "not_met", True),
        ("2025-02-01", "met", True),
        ("2025-04-01", "met", True),
        ("2025-06-29", "met", True),
        ("2025-06-30", "not_met", False),
        ("2025-11-20", "not_met", False),
    ],
)
def test_verdict_and_list_follow_the_events(group, day, works, is_listed):
    on, city = date.fromisoformat(day), make.anybody()
    picture = queries.unit_picture(city, group.pk, on, TARGET)
    verdict = next(c.verdict for c in picture.items[0].criteria if c.criterion.code == "in_operation")
    listed = [row.unit.id for row in queries.county_pictures(city, make.unit_named(world.QILIN).path, on)]
    assert (verdict, group.pk in listed) == (Verdict(works), is_listed)


def names(client, office, on):
    """Return the groups listed under an office for a day."""
    asked = {"office": make.unit_named(office).pk, "on": on.isoformat()}
    rows = client.get(reverse("assessment:units"), asked).context["table"].rows
    return {row[0].value for row in rows}


def test_a_group_is_listed_under_the_office_that_guided_it_then(small, sign_in):
    unit, moved = small.unit(world.NO_VENUE), date(2025, 9, 1)
    services.place_unit(actor=make.anybody(), unit_id=unit.pk, parent_id=make.unit_named(world.LULIANG).pk, start=moved)
    client, before = sign_in("city"), moved - timedelta(days=1)
    assert [world.NO_VENUE in names(client, office, before) for office in (world.QILIN, world.LULIANG)] == [True, False]
    assert [world.NO_VENUE in names(client, office, moved) for office in (world.QILIN, world.LULIANG)] == [False, True]
    city = make.anybody()
    rows = queries.county_pictures(city, make.unit_named(world.QILIN).path, before)
    alone = queries.unit_picture(city, unit.pk, before, TARGET)
    row = next(each for each in rows if each.unit.id == unit.pk)
    assert [row.verdicts[TARGET][i.dimension.code] for i in alone.items] == [i.verdict for i in alone.items]


@pytest.mark.parametrize(
    ("path", "under", "moved", "was"),
    [
        ("/1/5/42/", "/1/5/", {}, True),
        ("/1/5/42/", "/1/5/", {42: "/1/6/"}, False),
        ("/1/5/42/", "/1/6/", {42: "/1/6/"}, True),
        ("/1/5/42/", "/1/", {42: "/1/6/"}, True),
        ("/1/5/7/42/", "/1/6/", {7: "/1/6/"}, True),
        ("/1/5/7/42/", "/1/5/", {7: "/1/6/"}, False),
        ("/1/5/42/", "/1/8/", {42: "/1/6/", 6: "/1/8/"}, True),
        ("/1/5/42/", "/1/5/", {42: "/1/6/", 6: "/1/5/"}, True),
        ("/1/5/42/", "/1/5/4/", {}, False),
    ],
)
def test_where_a_unit_was_before_some_moved(path, under, moved, was):
    assert was_under(path, under, moved) is was


def test_the_page_of_an_earlier_day_says_what_has_no_dates(small, sign_in):
    client, unit = sign_in("city"), small.unit(world.GOOD)
    address = reverse("assessment:unit", args=[unit.pk])
    past = client.get(address, {"on": "2025-06-01"}).content.decode()
    assert "“批复文号已登记”没有登记起止日期，按现在的登记判断。" in past
    other = client.get(address, {"on": "2025-06-01", "standard": "five_haves_attained"}).content.decode()
    assert "“应配备的职数”“有学习制度”没有登记起止日期" in other
    assert "按现在的登记" not in client.get(address).content.decode()


def test_the_day_stands_in_the_picker(small, sign_in):
    client = sign_in("city")
    for name in ("assessment:units", "coverage:counties", "coverage:townships", "coverage:hosts"):
        for asked, shown in (
            ({}, ""),
            ({"on": "2025-06-01"}, "2025-06-01"),
            ({"on": "2031-01-01"}, ""),
        ):
            form = client.get(reverse(name), asked).context["form"]
            assert (name, form["on"].value(), str(form.day())) == (name, shown, shown or "2025-11-20")


def test_the_views_of_coverage_keep_the_day_and_the_office(small, sign_in):
    office = make.unit_named(world.LULIANG).pk
    asked = {"on": "2025-06-01", "office": str(office)}
    context = sign_in("city").get(reverse("coverage:counties"), asked).context
    assert context["townships_url"] == f"{reverse('coverage:townships')}?on=2025-06-01&office={office}"


def test_today_read_as_the_past_is_today(small):
    """The whole city's verdicts of today, read tomorrow as those of yesterday, are the same."""
    city = small.actor("city")
    now = [(row.unit.id, row.verdicts) for row in queries.all_pictures(city, small.today)]
    with clock.held_at(small.today + timedelta(days=1)):
        assert [(row.unit.id, row.verdicts) for row in queries.all_pictures(city, small.today)] == now
