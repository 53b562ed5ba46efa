"""The organisation as it was on a day: against a naive replay of random histories, and case by case."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wuyou.demo.factories import anybody, make_lineage, make_renamed, make_unit
from wuyou.demo.small import BARE, CITY, DISSOLVED, GOOD, HUIZE, LULIANG, NO_VENUE, QILIN
from wuyou.kernel import clock
from wuyou.kernel.refusals import Refused
from wuyou.orgs import queries, services
from wuyou.orgs.models import Unit, UnitKind

pytestmark = pytest.mark.django_db
FIRST = date(2016, 1, 1)
MOVED = date(2025, 6, 1)

VERBS = st.sampled_from(["found", "office", "move", "move", "move", "rename", "rename", "lapse", "restore", "dissolve"])
STEPS = st.lists(
    st.tuples(VERBS, st.integers(200, 3600), st.integers(0, 2), st.integers(0, 3)), min_size=4, max_size=16
)


class Replay:
    """A history carried out step by step; after each step it remembers what every unit then was."""

    def __init__(self, *offices: Unit) -> None:
        self.units, self.offices = [], list(offices)
        self.now, self.seen = {}, []
        for day, verb, place in ((0, "found", 0), (30, "office", 0), (60, "found", 1)):
            self.step(verb, FIRST + timedelta(days=day), 0, place)

    def step(self, verb: str, day: date, one: int, other: int) -> None:
        """Carry out one step on its day, unless it is refused."""
        with clock.held_at(day):
            try:
                self._do(verb, day, one, other)
            except Refused:
                return
        self.seen.append((day, dict(self.now)))

    def _do(self, verb: str, day: date, one: int, other: int) -> None:
        office = self.offices[other % len(self.offices)]
        if verb in ("found", "office"):
            kind = "county_federation" if verb == "office" else "community"
            unit = make_unit(parent=office, full_name=f"第{Unit.objects.count()}号", kind=kind, founded=day.isoformat())
            self.units.append(unit)
            if verb == "office":
                self.offices.append(unit)
            self.now[unit.pk] = (office.pk, unit.short_name, "normal")
        elif self.units:
            self._befall(verb, day, self.units[one % len(self.units)], office)

    def _befall(self, verb: str, day: date, unit: Unit, office: Unit) -> None:
        parent, name, state = self.now[unit.pk]
        if verb == "move":
            services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=office.pk, start=day)
            self.now[unit.pk] = (office.pk, name, state)
        elif verb == "rename":
            unit.refresh_from_db()
            make_renamed(unit, f"{name}新", day)
            self.now[unit.pk] = (parent, f"{name}新", state)
        else:
            known = unit.events.count()
            services.record_event(actor=anybody(), unit_id=unit.pk, kind=verb, on=day.isoformat())
            if unit.events.count() == known:  # told a second time of one day: the first stands
                return
            after = {"lapse": "lapsed", "restore": "normal", "dissolve": "dissolved"}[verb]
            self.now[unit.pk] = (parent, name, after)

    def on(self, day: date) -> dict[int, tuple[int, str, str]]:
        """Return what there was on a day, as unit id -> (office, name, state)."""
        return next((now for at, now in reversed(self.seen) if at <= day), {})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, looks=st.lists(st.integers(-10, 3650), min_size=1, max_size=4))
@example(steps=[("lapse", 200, 0, 0), ("restore", 200, 0, 0), ("lapse", 200, 0, 0)], looks=[0])
def test_a_past_day_is_what_a_replay_of_the_history_says(small: Any, steps: Any, looks: list[int]) -> None:
    city = small.unit(CITY)
    told = Replay(city, small.unit(QILIN), small.unit(LULIANG))
    for verb, after, one, other in sorted(steps, key=lambda step: step[1]):
        told.step(verb, FIRST + timedelta(days=after), one, other)
    mine = {unit.pk for unit in told.units}
    for day in {*(FIRST + timedelta(days=after) for after in looks), *(at for at, _now in told.seen), small.today}:
        then = {u.id: u for u in queries.units_on(anybody(), on=day) if u.id in mine}
        found = {pk: (u.parent_id, u.short_name, u.state) for pk, u in then.items() if u.state != "not_founded"}
        assert found == told.on(day), day
        tree = queries.tree_on(anybody(), on=day)
        place = {branch.unit.id: n for n, branch in enumerate(tree)}
        assert [branch.unit.id for branch in tree if branch.above is None] == [city.pk]
        assert all(place[branch.above] < place[branch.unit.id] for branch in tree if branch.above is not None)
        assert place.keys() & mine == {
            pk for pk, (_office, _name, state) in told.on(day).items() if state != "dissolved"
        }


def test_today_is_the_tree_as_it_stands(small: Any) -> None:
    stands = [(unit.pk, unit.short_name, unit.parent_id) for unit in queries.tree(small.actor("city"))]
    found = queries.tree_on(small.actor("city"), on=small.today)
    assert [(b.unit.id, b.unit.short_name, b.unit.parent_id) for b in found] == stands


@pytest.fixture
def moved(small: Any) -> Unit:
    """A group of 麒麟区 that came under 陆良县 on a day, and on that day got another name, kind and county."""
    unit = small.unit(GOOD)
    services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(LULIANG).pk, start=MOVED)
    make_renamed(unit, "文昌中学侨联小组", MOVED)
    kind = UnitKind.objects.get(code="school")
    Unit.objects.filter(pk=unit.pk).update(kind=kind, county=small.unit(LULIANG).county)
    return unit


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2016, 4, 11), (QILIN, GOOD, "community", "麒麟区", "not_founded")),
        (date(2025, 5, 31), (QILIN, GOOD, "community", "麒麟区", "normal")),
        (MOVED, (LULIANG, "文昌中学侨联小组", "school", "陆良县", "normal")),
        (date(2025, 11, 20), (LULIANG, "文昌中学侨联小组", "school", "陆良县", "normal")),
    ],
)
def test_a_unit_is_told_as_it_was(small: Any, moved: Unit, day: date, told: tuple[str, ...]) -> None:
    actor = small.actor("city")
    then = queries.unit_on(actor, queries.unit(actor, moved.pk), on=day)
    assert (then.parent_name, then.short_name, then.kind, then.county, then.state) == told
    listed = next(unit for unit in queries.units_on(actor, on=day) if unit.id == moved.pk)
    assert listed._replace(path=then.path) == then


@pytest.mark.parametrize(
    ("day", "name", "county"), [(date(2025, 5, 31), GOOD, "麒麟区"), (MOVED, "文昌中学侨联小组", "陆良县")]
)
def test_standings_tell_names_and_county_of_the_day(small: Any, moved: Unit, day: date, name: str, county: str) -> None:
    for found in (queries.standings(small.actor("city"), on=day, only=moved.pk), [
        unit for unit in queries.standings(small.actor("city"), on=day) if unit.id == moved.pk
    ]):  # fmt: skip
        assert [(unit.short_name, unit.county) for unit in found] == [(name, county)]


def test_rights_go_by_today_s_place_and_the_office_of_then_is_told_by_name_alone(small: Any, moved: Unit) -> None:
    before = date(2025, 5, 31)
    luliang = small.actor("luliang")
    then = queries.unit_on(luliang, queries.unit(luliang, moved.pk), on=before)
    assert (then.parent_name, then.parent_in_sight) == (QILIN, False)
    assert moved.pk in {unit.id for unit in queries.units_on(luliang, on=before)}
    assert moved.pk not in {unit.id for unit in queries.units_on(small.actor("county"), on=before)}
    under = [branch.unit.id for branch in queries.tree_on(small.actor("city"), on=before, office=small.unit(QILIN).pk)]
    assert (small.unit(QILIN).pk in under, moved.pk in under) == (True, True)


def test_a_closed_unit_stands_in_the_tree_of_the_days_when_it_was(small: Any) -> None:
    closed, county = small.unit(DISSOLVED), small.unit(HUIZE)
    days = (date(1985, 2, 8), date(1986, 1, 1), date(2022, 12, 29), date(2022, 12, 30))
    trees = [{b.unit.id: b.above for b in queries.tree_on(small.actor("city"), on=day)} for day in days]
    # its county's office was founded in 1987; until then it stands under the city's
    assert [tree.get(closed.pk) for tree in trees] == [None, small.unit(CITY).pk, county.pk, None]
    assert [closed.pk in tree for tree in trees] == [False, True, True, False]


@pytest.mark.parametrize(("days_ago", "number"), [(0, 4), (40, 6), (4000, 6)])
@pytest.mark.parametrize("more", [0, 2])
def test_the_tree_of_a_day_takes_few_queries(small: Any, days_ago: int, number: int, more: int) -> None:
    for n in range(1 + more):
        unit = make_unit(parent=small.unit(QILIN), full_name=f"新组{n}", founded="2019-01-01")
        services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=small.unit(HUIZE).pk, start=date(2025, 11, 1))
        make_renamed(unit, f"新名{n}", date(2025, 11, 2))
    actor = small.actor("city")
    with CaptureQueriesContext(connection) as asked:
        queries.tree_on(actor, on=small.today - timedelta(days=days_ago))
    assert len(asked) == number


def test_two_units_that_stood_under_each_other_still_make_a_tree(small: Any) -> None:
    """Rows of a register that was brought in may say so; a page of that day must not hang."""
    one = make_unit(parent=small.unit(CITY), full_name="甲县侨联", kind="county_federation", founded="2010")
    two = make_unit(parent=one, full_name="乙县侨联", kind="county_federation", founded="2010")
    services.place_unit(actor=anybody(), unit_id=two.pk, parent_id=small.unit(CITY).pk, start=date(2020, 5, 1))
    one.placements.update(end=date(2019, 5, 1))
    one.placements.create(parent=two, start=date(2019, 5, 1), end=date(2020, 4, 1))
    one.placements.create(parent=small.unit(CITY), start=date(2020, 4, 1))
    found = queries.tree_on(small.actor("city"), on=date(2020, 3, 1))
    assert {branch.unit.id for branch in found} >= {one.pk, two.pk}


def test_who_went_on_as_whom(small: Any) -> None:
    old, other, new = small.unit(DISSOLVED), small.unit(NO_VENUE), small.unit(BARE)
    make_lineage(old, new, date(2022, 12, 30))
    make_lineage(other, new, date(2023, 1, 30), "split")
    actor = small.actor("huize")
    came, went = queries.kin(actor, new.pk, until=small.today)
    assert [(k.unit_id, k.name, k.on, k.kind, k.in_sight) for k in came] == [
        (old.pk, DISSOLVED, date(2022, 12, 30), "merge", True),
        (other.pk, NO_VENUE, date(2023, 1, 30), "split", False),
    ]
    assert went == []
    assert [k.unit_id for k in queries.kin(actor, old.pk, until=small.today)[1]] == [new.pk]
    assert queries.kin(actor, new.pk, until=date(2022, 12, 29)) == ([], [])
    assert queries.kin(actor, other.pk, until=small.today) == ([], [])
    assert [edge[:2] for edge in queries.successions(actor, until=small.today)] == [
        (old.pk, new.pk),
        (other.pk, new.pk),
    ]
    assert queries.successions(small.actor("luliang"), until=small.today) == []


def test_former_names(small: Any) -> None:
    unit = small.unit(GOOD)
    make_renamed(unit, "文昌二组", date(2020, 1, 1), full_name="老街社区侨联小组", short_name="老街组")
    make_renamed(unit, "文昌三组", date(2023, 1, 1))
    ids = [unit.pk]
    assert queries.former_names(ids, until=small.today) == {
        unit.pk: [("文昌二组", "文昌二组"), ("老街社区侨联小组", "老街组")]
    }
    assert queries.former_names(ids, until=date(2022, 1, 1)) == {unit.pk: [("老街社区侨联小组", "老街组")]}
    words = ("老街", "社区侨联", "二组", "三组", "")
    city = small.actor("city")
    assert [queries.once_called(city, word, until=small.today) for word in words] == [
        {unit.pk: "老街组"}, {unit.pk: "老街社区侨联小组"}, {unit.pk: "文昌二组"}, {}, {},
    ]  # fmt: skip
    assert queries.once_called(small.actor("huize"), "老街", until=small.today) == {}
    assert queries.once_called(city, "老街", until=date(2019, 12, 31)) == {}
