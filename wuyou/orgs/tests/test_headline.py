"""The yearly headline: by event date, once a year for each kind, for whoever guided the group on that day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import CITY, FARM, GOOD, HUIZE, LULIANG, NEW, QILIN, REORGANISED
from wuyou.orgs import queries, services
from wuyou.orgs.models import FormerIdentity, Unit, UnitKind
from wuyou.orgs.rules.guiding import Placed, guides
from wuyou.platform.plugs import announced

JAN, JUN, SEP = date(2025, 1, 1), date(2025, 6, 1), date(2025, 9, 1)
CITY_ID, A, B, GROUP, TEAM = 1, 2, 3, 10, 11
OFFICES = {A: [Placed(CITY_ID, None, None)], B: [Placed(CITY_ID, None, None)]}


@pytest.mark.parametrize(
    ("placed", "day", "expected"),
    [
        ([], JUN, (GROUP,)),
        ([Placed(A, None, None)], JUN, (GROUP, A, CITY_ID)),
        ([Placed(A, JAN, JUN), Placed(B, JUN, None)], date(2025, 5, 31), (GROUP, A, CITY_ID)),
        ([Placed(A, JAN, JUN), Placed(B, JUN, None)], JUN, (GROUP, B, CITY_ID)),
        ([Placed(B, JUN, None), Placed(A, JAN, JUN)], JAN, (GROUP, A, CITY_ID)),  # whatever order they come in
        ([Placed(A, JUN, None)], JAN, (GROUP, A, CITY_ID)),  # before it was placed anywhere: its first placement
        ([Placed(A, JAN, JUN)], SEP, (GROUP, A, CITY_ID)),  # after its last one ended: the last one
        ([Placed(A, JAN, JUN), Placed(B, SEP, None)], date(2025, 7, 1), (GROUP, B, CITY_ID)),  # in between: the next
        ([Placed(CITY_ID, None, None)], JUN, (GROUP, CITY_ID)),
    ],
)
def test_who_guided_a_group_on_a_day(placed: list[Placed], day: date, expected: tuple[int, ...]) -> None:
    assert guides(GROUP, day, {**OFFICES, GROUP: placed}) == expected


def test_a_group_under_a_group_is_guided_by_both_and_a_circle_ends() -> None:
    below = {**OFFICES, GROUP: [Placed(A, None, None)], TEAM: [Placed(GROUP, None, None)]}
    assert guides(TEAM, JUN, below) == (TEAM, GROUP, A, CITY_ID)
    assert guides(GROUP, JUN, {GROUP: [Placed(TEAM, None, None)], TEAM: [Placed(GROUP, None, None)]}) == (GROUP, TEAM)


def counted(actor: Any, **narrowed: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, ids in queries.units_by_event(actor, 2025, **narrowed).items():
        found[kind] = set(Unit.objects.filter(pk__in=ids).values_list("short_name", flat=True))
    return found


def move(small: Any, name: str, to: str, on: date) -> None:
    services.place_unit(actor=anybody(), unit_id=small.unit(name).pk, parent_id=small.unit(to).pk, start=on)


def test_an_event_counts_for_the_office_that_guided_the_group_on_that_day(small: Any) -> None:
    """新建 in March under 麒麟, since October under 会泽: 麒麟 keeps its number, 会泽 gets none."""
    move(small, NEW, HUIZE, date(2025, 10, 1))
    qilin, huize = small.actor("county"), small.actor("huize")
    assert counted(qilin) == {"establish": {NEW}}
    assert counted(huize) == {}
    assert counted(small.actor("city"), under=small.unit(QILIN).path) == {"establish": {NEW}}
    told = queries.counted_events(qilin, 2025, 2025)
    assert [queries.may_open(qilin, one) for one in told] == [False]
    assert [queries.may_open(small.actor("city"), one) for one in told] == [True]


def test_what_befalls_a_group_after_its_move_counts_for_the_new_office(small: Any) -> None:
    move(small, GOOD, HUIZE, date(2025, 7, 1))
    services.record_event(actor=anybody(), unit_id=small.unit(GOOD).pk, kind="reorganise", on="2025-07-01")
    assert counted(small.actor("huize")) == {"reorganise": {GOOD}}
    assert "reorganise" not in counted(small.actor("county"))


def test_a_group_restored_twice_in_a_year_counts_once_where_it_was_restored_last(small: Any) -> None:
    """Source: issue of the targets: a unit restored twice counts once a year per kind."""
    unit = small.unit(FARM)
    services.record_event(actor=anybody(), unit_id=unit.pk, kind="lapse", on="2025-07-01")
    move(small, FARM, HUIZE, date(2025, 8, 1))
    services.record_event(actor=anybody(), unit_id=unit.pk, kind="restore", on="2025-09-01")
    assert counted(small.actor("city"))["restore"] == {FARM}
    assert counted(small.actor("huize")) == {"restore": {FARM}}
    assert "restore" not in counted(small.actor("luliang"))
    assert "restore" in counted(small.actor("luliang"), as_of=date(2025, 8, 31))  # then the newest was that of June


def test_a_group_dissolved_since_still_counts(small: Any) -> None:
    services.record_event(actor=anybody(), unit_id=small.unit(NEW).pk, kind="dissolve", on="2025-11-01")
    assert counted(small.actor("county")) == {"establish": {NEW}, "dissolve": {NEW}}


def test_a_date_known_to_the_year_counts_from_its_first_day(small: Any) -> None:
    move(small, REORGANISED, HUIZE, date(2025, 2, 1))
    services.record_event(actor=anybody(), unit_id=small.unit(REORGANISED).pk, kind="rename", on="2025")
    assert counted(small.actor("luliang"))["rename"] == {REORGANISED}


def test_a_group_is_listed_under_the_kind_that_it_was_of_on_that_day(small: Any) -> None:
    unit, day = small.unit(FARM), date(2025, 8, 1)
    FormerIdentity.objects.create(
        unit=unit, until=day, full_name=unit.full_name, short_name=unit.short_name, kind=unit.kind
    )
    unit.kind = UnitKind.objects.get(code="community")
    unit.save(update_fields=["kind"])
    by = queries.EventFilter(2025, date(2025, 12, 31), ("restore",))
    for kind, expected in (("farm", [unit.pk]), ("community", [])):
        found = queries.narrowed_events(small.actor("city"), replace(by, unit_kind=kind))
        assert [one.event.unit_id for one in found] == expected


def test_a_leader_counts_his_own_group_alone(small: Any) -> None:
    assert counted(small.actor("leader")) == {}
    unit = make_unit(parent=small.unit(QILIN), founded="2025-04-01")
    assert counted(small.actor("county"))["establish"] == {NEW, unit.short_name}
    assert counted(small.actor("leader")) == {}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "restore"}, [FARM]),
        ({"unit_kind": "school"}, [REORGANISED]),
        ({"guided": CITY}, []),
        ({"guided": LULIANG}, [FARM, REORGANISED]),
        ({"guided": LULIANG, "unit_kind": "farm"}, [FARM]),
        ({"on": "2025-06-09"}, [NEW]),
        ({"kind": "lapse", "year": "2023"}, ["锦纶纺织侨联小组"]),
        (
            {"kind": "no such", "year": "x", "guided": "0", "unit_kind": "?", "on": "2024-06-01"},
            [NEW, FARM, REORGANISED],
        ),
    ],
)
def test_the_list_behind_the_headline_is_narrowed(
    small: Any, sign_in: Any, asked: dict[str, str], expected: list[str]
) -> None:
    asked = {**asked, **({"guided": str(small.unit(asked["guided"]).pk)} if asked.get("guided", "0") != "0" else {})}
    shown = sign_in("city").get("/units/events/", asked)
    rows = [row[1].value for row in shown.context["table"].rows]
    assert (rows, shown.context["number"]) == (expected, len(expected))


def test_the_list_of_an_office_says_how_many_it_does_not_name(small: Any, sign_in: Any) -> None:
    move(small, NEW, HUIZE, date(2025, 10, 1))
    shown = sign_in("county").get("/units/events/")
    assert (shown.context["number"], shown.context["elsewhere"], shown.context["table"].rows) == (1, 1, [])
    assert "另有 1 个组织" in shown.content.decode()
    of_qilin = sign_in("city").get("/units/events/", {"office": small.unit(QILIN).pk})
    assert [row[1].value for row in of_qilin.context["table"].rows] == [NEW]


def test_the_table_of_the_list_holds_what_the_list_shows(small: Any) -> None:
    export, unit = announced.exports["orgs.events"], small.unit(NEW)
    told = list(export.rows(small.actor("city"), {"kind": "establish"}))
    assert told == [["2025-03-18", "曲靖市麒麟区益宁街道侨联小组", QILIN, "街道社区", "新建", unit.approval_number]]
    assert [str(column.label) for column in export.columns_for(small.actor("city"))] == [
        "日期", "组织", "当时指导的侨联", "组织类型", "事项", "文号"
    ]  # fmt: skip
    move(small, NEW, HUIZE, date(2025, 10, 1))
    assert list(export.rows(small.actor("county"), {})) == []


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(small: Any, sign_in: Any, more: int) -> None:
    for number in range(more):
        make_unit(parent=small.unit(HUIZE), full_name=f"新建{number}", founded="2025-05-01")
    client = sign_in("city")
    client.get("/units/events/")
    with CaptureQueriesContext(connection) as asked:
        shown = client.get("/units/events/", {"kind": "establish"})
    assert (len(shown.context["table"].rows), len(asked)) == (1 + more, 9)
