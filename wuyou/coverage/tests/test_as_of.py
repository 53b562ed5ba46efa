"""Coverage as it was on a day: around every event of a group, around its areas, its hosts and its members."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wuyou.coverage import queries
from wuyou.coverage.report import coverage_report
from wuyou.demo import factories as make
from wuyou.demo.small import QILIN
from wuyou.kernel import clock
from wuyou.kernel.refusals import Refused
from wuyou.orgs import queries as orgs
from wuyou.orgs import services
from wuyou.orgs.models import Unit
from wuyou.people import queries as people
from wuyou.people import services as register
from wuyou.people.models import Affiliation, MemberCount, Person
from wuyou.places.models import Division

pytestmark = pytest.mark.django_db

HOME, HOST = "530300", "东山镇中心学校"
EVENTS = (("lapse", "2024-09-10"), ("restore", "2025-02-01"), ("rename", "2025-04-01"), ("dissolve", "2025-06-30"))


def township():
    """Return a township of which the small world says nothing."""
    return Division.objects.get(name="东山镇", code__startswith="530302", level=Division.Level.TOWNSHIP)


@pytest.fixture
def group(small):
    """A group founded on 2024-03-05 that serves a township of 100 people and sits at a school of 12, with its events."""
    unit = make.make_unit(
        parent=make.unit_named(QILIN), full_name="东山镇侨联小组", founded="2024-03-05", county="530302",
        area_ids=(township().pk,), hosts=(HOST,),
    )  # fmt: skip
    make.make_count(100, division=township(), counted_on=date(2024, 1, 1))
    make.make_count(12, unit=unit, counted_on=date(2024, 1, 1))
    for kind, on in EVENTS:
        services.record_event(actor=make.anybody(), unit_id=unit.pk, kind=kind, on=on)
    return unit


def there(unit, day):
    """Return what the pages say of a day: reached people of the township, whether the group is named, the host's groups."""
    rows = queries.place_rows(make.anybody(), "530302", as_of=day)
    row = next(each for each in rows if each.division.pk == township().pk)
    host = next((each for each in queries.host_rows(make.anybody(), as_of=day) if each.name == HOST), None)
    return row.reach.reached, unit.pk in row.reach.groups, host and len(host.groups)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2024, 3, 4), (0, False, None)),
        (date(2024, 3, 5), (100, True, 1)),
        (date(2024, 9, 9), (100, True, 1)),
        (date(2024, 9, 10), (0, False, 0)),
        (date(2025, 1, 31), (0, False, 0)),
        (date(2025, 2, 1), (100, True, 1)),
        (date(2025, 3, 31), (100, True, 1)),
        (date(2025, 4, 1), (100, True, 1)),
        (date(2025, 6, 29), (100, True, 1)),
        (date(2025, 6, 30), (0, False, None)),
        (date(2025, 11, 20), (0, False, None)),
    ],
    ids=[
        "before", "established", "day before lapsing", "lapsed", "still lapsed", "restored", "day before renaming",
        "renamed", "day before dissolving", "dissolved", "today",
    ],
)  # fmt: skip
def test_a_group_reaches_people_while_it_works(group, day, found):
    assert there(group, day) == found


def test_an_area_and_a_host_count_while_they_are_tied(small):
    unit = make.make_unit(parent=make.unit_named(QILIN), county="530302", founded="2024-03-05", hosts=(HOST,))
    make.make_count(100, division=township(), counted_on=date(2024, 1, 1))
    for on, areas, hosts in ((date(2024, 6, 1), (township().pk,), (HOST,)), (date(2025, 6, 1), (), ())):
        links = services.Links(led_by=(), hosts=hosts, area_ids=areas)
        services.link_unit(actor=make.anybody(), unit_id=unit.pk, links=links, on=on)
    days = [date(2024, 5, 31), date(2024, 6, 1), date(2025, 5, 31), date(2025, 6, 1)]
    assert [there(unit, day) for day in days] == [(0, False, 1), (100, True, 1), (100, True, 1), (0, False, None)]


@pytest.mark.parametrize(
    ("start", "end", "left_on", "reached"),
    [
        (None, None, None, [1, 1, 1]),
        (date(2025, 3, 1), None, None, [0, 1, 1]),
        (None, date(2025, 3, 1), None, [1, 0, 0]),
        (None, None, date(2025, 3, 1), [1, 0, 0]),
        (date(2025, 3, 1), date(2025, 6, 1), None, [0, 1, 0]),
    ],
    ids=["always", "joined", "left the group", "moved away", "for a while"],
)
def test_members_count_while_they_belong(small, start, end, left_on, reached):
    unit = make.make_unit(parent=make.unit_named(QILIN), county="530302", founded="2020-01-01")
    make.make_count(100, division=township(), counted_on=date(2024, 1, 1))
    person = make.make_person(unit, unit, division_id=township().pk)
    Affiliation.objects.filter(person=person).update(start=start, end=end)
    Person.objects.filter(pk=person.pk).update(left_on=left_on)
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 6, 1)]
    assert [there(unit, day)[0] for day in days] == reached


def test_a_division_counts_while_there_is_one(small):
    make.make_count(100, division=township(), counted_on=date(2024, 1, 1))
    Division.objects.filter(pk=township().pk).update(valid_until=date(2025, 9, 1))

    def listed(day):
        return township().pk in {row.division.pk for row in queries.place_rows(make.anybody(), "530302", as_of=day)}

    assert [listed(date(2025, 8, 31)), listed(date(2025, 9, 1))] == [True, False]


KINDS = st.sampled_from(["reorganise", "restore", "lapse", "dissolve", "rename"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(st.tuples(KINDS, st.integers(0, 700)), max_size=6),
    joined=st.lists(st.tuples(st.integers(-1, 700), st.booleans()), max_size=4),
)
def test_today_s_answer_from_the_events_is_the_present_one(small, told, joined):
    """Whatever befell a group and its members, in whatever order it was written down."""
    first = small.today - timedelta(days=700)
    unit = make.make_unit(
        parent=make.unit_named(QILIN), full_name=f"小组{Unit.objects.count()}", county="530302",
        founded=first.isoformat(), area_ids=(township().pk,),
    )  # fmt: skip
    for kind, after in told:
        on = (first + timedelta(days=after)).isoformat()
        try:
            services.record_event(actor=make.anybody(), unit_id=unit.pk, kind=kind, on=on)
        except Refused:
            continue
    for after, stays in joined:
        person = make.make_person(unit, unit, division_id=township().pk)
        start = None if after < 0 else first + timedelta(days=after)
        Affiliation.objects.filter(person=person).update(start=start)
        if not stays:
            held = Affiliation.objects.get(person=person)
            try:
                register.leave_group(actor=make.anybody(), affiliation_id=held.pk, on=small.today)
            except Refused:
                continue
    groups = Unit.objects.filter(kind__is_federation=False)
    assert orgs.states_on(small.today) == dict(groups.values_list("pk", "state"))
    counted = people.members_counted(Division.objects.get(code=HOME).path, set(Unit.State.values), small.today)
    kept = MemberCount.objects.filter(people__gt=0).values_list("division_id", "unit_id", "people")
    assert sorted(counted) == sorted(kept)


def test_the_report_of_today_is_the_one_of_a_reading_of_the_past(small):
    """The quick way of today and the way through the events of any day tell the same of the whole small world."""
    city = small.actor("city")
    quick = coverage_report(city, HOME, as_of=small.today)
    with clock.held_at(small.today + timedelta(days=1)):
        assert coverage_report(city, HOME, as_of=small.today) == quick
