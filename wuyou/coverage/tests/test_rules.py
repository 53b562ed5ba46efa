"""Coverage: which count is used, and who is reached. 哪里有侨界群众，侨联基层组织就建到哪里 (source, 主要做法 一)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.coverage.rules import Counted, HostReach, PlaceFacts, Reach, by_need, host_people, reach_of

OLD, NEW = date(2024, 6, 1), date(2025, 6, 1)


def place(pk: int, parent: int | None = None, **facts: object) -> PlaceFacts:
    return PlaceFacts(pk, parent, **facts)  # type: ignore[arg-type] # the cases say what they mean


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([place(1)], Reach()),
        ([place(1, declared=Counted(30, OLD, True))], Reach(30, 0, frozenset(), "declared", OLD)),
        (
            [place(1, declared=Counted(30, OLD, True), registered=Counted(28, NEW, False))],
            Reach(28, 0, frozenset(), "registered", NEW),
        ),
        (
            [place(1, declared=Counted(30, NEW, True)), place(2, 1, registered=Counted(12, OLD, False))],
            Reach(30, 0, frozenset(), "declared", NEW),
        ),
        (
            [place(1, registered=Counted(3, OLD, False)), place(2, 1, registered=Counted(12, NEW, False))],
            Reach(15, 0, frozenset(), "registered", NEW),
        ),
        (
            [place(1, declared=Counted(30, OLD, True), served_by=frozenset({7}))],
            Reach(30, 30, frozenset({7}), "declared", OLD),
        ),
        (
            [place(1, registered=Counted(10, OLD, False), members={7: 4, 8: 2})],
            Reach(10, 6, frozenset({7, 8}), "registered", OLD),
        ),
        (
            [place(1), place(2, 1, declared=Counted(20, OLD, True), served_by=frozenset({7})),
             place(3, 1, declared=Counted(5, OLD, True))],
            Reach(25, 20, frozenset({7}), "declared", OLD),
        ),
        (
            [place(1, declared=Counted(4, NEW, True)), place(2, 1, declared=Counted(20, OLD, True), served_by=frozenset({7}))],
            Reach(4, 4, frozenset({7}), "declared", NEW),
        ),
    ],
    ids=["nothing known", "declared", "newer registered", "newer declared covers below", "registered adds up",
         "served area", "members only", "from below", "never more reached than people"],
)  # fmt: skip
def test_reach_of_a_place(places: list[PlaceFacts], expected: Reach) -> None:
    assert reach_of(places)[1] == expected


@given(st.lists(st.tuples(st.integers(0, 500), st.booleans()), min_size=1, max_size=30))
def test_people_are_kept_and_reached_never_exceed_them(villages: list[tuple[int, bool]]) -> None:
    places = [place(0)]
    places += [
        place(i, 0, declared=Counted(n, OLD, True), served_by=frozenset({i}) if served else frozenset())
        for i, (n, served) in enumerate(villages, 1)
    ]
    top = reach_of(places)[0]
    assert top.people == sum(n for n, _served in villages)
    assert top.reached == sum(n for n, served in villages if served)


def test_places_with_most_people_not_reached_come_first_then_by_code() -> None:
    """Issue's coverage clause: sorted by people not reached; a county's size or share says nothing here."""
    rows = [("03", Reach(10, 10)), ("01", Reach(90, 75)), ("02", Reach(15, 0)), ("00", Reach()), ("04", Reach(20, 4))]
    assert sorted(rows, key=lambda row: by_need(row[1], row[0])) == [rows[4], rows[1], rows[2], rows[3], rows[0]]


@pytest.mark.parametrize(
    ("declared", "units", "expected"),
    [
        (50, [(13, 1)], 50),
        (None, [(13, 1), (7, 1)], 20),
        (None, [(60, 2)], None),
        (None, [], None),
        (None, [(None, 1)], None),
    ],
)
def test_people_of_a_host_unit(declared: int | None, units: list[tuple[int | None, int]], expected: int | None) -> None:
    assert host_people(declared, units) == expected


def test_a_host_with_a_living_group_is_reached() -> None:
    assert HostReach(1, "甲厂", 50, frozenset({3})).not_reached == 0
    assert HostReach(1, "甲厂", 50, frozenset()).not_reached == 50
