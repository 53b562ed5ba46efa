"""How units stand: one with reasons and many in columns agree, on any day, for whoever may see them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wuyou.assessment import queries, services
from wuyou.assessment.models import SchemeVersion
from wuyou.assessment.report import five_haves
from wuyou.assessment.rules import Verdict
from wuyou.demo import factories as make
from wuyou.demo import small as world
from wuyou.kernel import clock
from wuyou.kernel.refusals import Forbidden, NotFound

pytestmark = pytest.mark.django_db

TARGET, ATTAINED = "five_haves_target", "five_haves_attained"
DAYS = [date(1990, 1, 1), date(2019, 6, 1), date(2022, 12, 29), date(2025, 3, 1), date(2025, 6, 9), date(2025, 11, 20)]


def verdicts(rows, name, code=TARGET):
    """Return the verdicts of one unit in a list of rows, as their words in the standard's order."""
    row = next(row for row in rows if row.unit.short_name == name)
    return [verdict.value for verdict in row.verdicts[code].values()]


@pytest.mark.parametrize("day", DAYS)
def test_one_unit_and_the_county_agree(small, day):
    city = small.actor("city")
    rows = queries.all_pictures(city, day)
    one_by_one = []
    for row in rows:
        pictures = {code: queries.unit_picture(city, row.unit.id, day, code) for code in (TARGET, ATTAINED)}
        one_by_one.append(
            queries.PictureRow(
                row.unit,
                {code: {i.dimension.code: i.verdict for i in p.items} for code, p in pictures.items()},
                {code: p.maturity.stage if p.maturity else None for code, p in pictures.items()},
            )
        )
    assert rows == one_by_one


def test_the_report_says_the_same(small):
    city = small.actor("city")
    rows = queries.all_pictures(city, small.today)
    reported = five_haves(city, small.today)
    assert [(r["unit"], r["standard"], [v["verdict"] for v in r["verdicts"].values()]) for r in reported] == [
        (row.unit.full_name, code, [verdict.value for verdict in row.verdicts[code].values()])
        for row in rows
        for code in (TARGET, ATTAINED)
    ]
    assert [r["unit"] for r in five_haves(city, small.today, TARGET)] == [row.unit.full_name for row in rows]
    with pytest.raises(NotFound):
        five_haves(city, small.today, "six_haves")


def test_verdicts_of_the_small_world(small):
    rows = queries.all_pictures(small.actor("city"), small.today)
    met, partly, unmet, open_ = "met", "partly", "not_met", "no_data"
    assert verdicts(rows, world.GOOD) == [met, met, met, met, met]
    assert verdicts(rows, world.GOOD, ATTAINED) == [met, met, met, met, met]
    assert verdicts(rows, world.NO_VENUE) == [met, met, met, unmet, met]
    assert verdicts(rows, world.TERM_OVER) == [partly, met, met, met, partly]
    assert verdicts(rows, world.LAPSED) == [unmet, partly, unmet, unmet, unmet]
    assert verdicts(rows, world.REORGANISED, ATTAINED) == [met, met, open_, unmet, unmet]
    assert [row.unit.short_name for row in rows if row.unit.short_name == world.DISSOLVED] == []
    stages = {row.unit.short_name: row.stages[TARGET].title for row in rows}
    assert [stages[name] for name in (world.BARE, world.JOINT, world.GOOD)] == ["先建立", "后完善", "再提高"]


def test_units_of_a_day_are_those_that_lived(small):
    city = small.actor("city")
    names = {day: {row.unit.short_name for row in queries.all_pictures(city, day)} for day in DAYS}
    assert world.NEW not in names[date(2025, 3, 1)]
    assert world.NEW in names[date(2025, 6, 9)]
    assert world.DISSOLVED in names[date(2022, 12, 29)]
    assert world.DISSOLVED not in names[date(2025, 3, 1)]


def test_nobody_is_judged_by_a_time_without_registers(small):
    picture = queries.unit_picture(small.actor("city"), small.unit(world.UNIVERSITY).pk, date(2018, 1, 1))
    assert [item.verdict for item in picture.items[1:]] == [Verdict.NO_DATA] * 4
    assert picture.items[4].why == "无数据：近12个月活动次数 无数据（应不少于 4 次）。"


def test_mending_changes_the_verdict(small):
    city, unit = small.actor("city"), small.unit(world.NO_VENUE)
    before = queries.unit_picture(city, unit.pk, small.today).items[3]
    assert (before.verdict, [mend.slug for mend in before.mends]) == (Verdict.NOT_MET, ["orgs.venue"])
    make.make_venue(unit)
    after = queries.unit_picture(city, unit.pk, small.today).items[3]
    assert (after.verdict, after.mends) == (Verdict.MET, ())


def test_order_is_by_pinyin_and_never_by_result(small):
    rows = queries.all_pictures(small.actor("city"), small.today)
    order = [row.unit.id for row in rows]
    make.make_venue(small.unit(world.BARE))
    make.make_activity(small.unit(world.BARE))
    assert [row.unit.id for row in queries.all_pictures(small.actor("city"), small.today)] == order
    assert [row.unit.short_name for row in rows][:3] == [world.AWAITING, world.JOINT, world.LAPSED]


def test_counts_are_those_of_the_rows(small):
    city = small.actor("city")
    rows = queries.all_pictures(city, small.today)
    counted = queries.counts(rows, TARGET)
    met = {item: by_verdict[Verdict.MET] for item, by_verdict in counted.items()}
    assert met == {"organisation": 7, "team": 8, "funds": 5, "venue": 7, "activities": 2}
    assert sum(queries.is_complete(row, TARGET) for row in rows) == 1
    assert {item: sum(by_verdict.values()) for item, by_verdict in counted.items()} == dict.fromkeys(counted, len(rows))


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("leader", [world.NO_VENUE]),
        ("huize", [world.BARE]),
        ("luliang", [world.AWAITING, world.REORGANISED, world.FARM]),
    ],
)
def test_everybody_sees_his_own_units(small, who, names):
    assert [row.unit.short_name for row in queries.all_pictures(small.actor(who), small.today)] == names


def test_what_lies_outside_does_not_exist(small):
    with pytest.raises(NotFound):
        queries.unit_picture(small.actor("leader"), small.unit(world.GOOD).pk, small.today)
    with pytest.raises(NotFound):
        queries.unit_picture(small.actor("city"), small.unit(world.QILIN).pk, small.today)  # an office has no 五有
    with pytest.raises(Forbidden):
        queries.all_pictures(small.actor("admin"), small.today)
    with pytest.raises(NotFound):
        queries.rulebook(small.actor("city"), small.today, "six_haves")


def test_a_leader_sees_the_same_verdicts_as_the_city(small):
    unit = small.unit(world.NO_VENUE)
    seen = [queries.unit_picture(small.actor(who), unit.pk, small.today, ATTAINED) for who in ("leader", "city")]
    assert seen[0] == seen[1]


def test_a_new_version_judges_from_its_day(small):
    city = small.actor("city")
    first = SchemeVersion.objects.get(scheme__code=TARGET, number=1)
    draft = services.draft_version(actor=city, version_id=first.pk)
    content = dict(draft.content)
    content["parameters"] = [p | {"value": 6} if p["name"] == "least_activities" else p for p in content["parameters"]]
    content["examples"] = [e for e in content["examples"] if e["facts"].get("activities_in_12_months", 6) in (0, 6)][:4]
    content["examples"] = [e | {"verdicts": e["verdicts"]} for e in content["examples"]]
    services.revise_draft(actor=city, version_id=draft.pk, stored=content)
    start = small.today + timedelta(days=10)
    services.publish_version(actor=city, version_id=draft.pk, effective_from=start)
    numbers = {day: queries.rulebook(city, day, TARGET).version.number for day in (start - timedelta(days=1), start)}
    assert numbers == {start - timedelta(days=1): 1, start: 2}
    with clock.held_at(start):
        assert verdicts(queries.all_pictures(city, start), world.NO_VENUE)[4] == "met"
        assert verdicts(queries.all_pictures(city, start), world.FARM)[4] == "partly"


@pytest.mark.parametrize(("office", "units"), [(world.HUIZE, 1), (world.LULIANG, 3)])
def test_a_county_takes_as_many_queries_as_one_unit(small, office, units):
    make.make_entry(small.unit(world.GOOD), on=date(2024, 5, 1))
    for name in (world.BARE, world.AWAITING):  # every register is in use in both counties
        unit = small.unit(name)
        make.make_seat(unit, make.make_person(unit, unit, name="某人"), "liaison_officer")
        make.make_venue(unit)
        make.make_activity(unit)
        make.make_entry(unit)
        make.make_entry(unit, on=date(2024, 5, 1))
    city, path = small.actor("city"), small.unit(office).path
    queries.county_pictures(city, path, small.today)
    with CaptureQueriesContext(connection) as asked:
        rows = queries.county_pictures(city, path, small.today)
    assert (len(rows), len(asked)) == (units, 11)


def test_registers_empty_in_the_county_cost_one_question_each(small):
    city, path = small.actor("city"), small.unit(world.HUIZE).path
    with CaptureQueriesContext(connection) as asked:
        queries.county_pictures(city, path, small.today)
    # venues, seats, persons, funds of these and of the earlier twelve months, activities
    assert len(asked) == 11 + 6
