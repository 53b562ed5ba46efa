"""Everybody sees the units of his own subtree, in lists, trees, histories and counts alike."""

from datetime import date
from typing import Any

import pytest

from wuyou.demo.small import (
    BARE,
    CITY,
    DISSOLVED,
    FARM,
    GOOD,
    HUIZE,
    LAPSED,
    LULIANG,
    NEW,
    NO_VENUE,
    QILIN,
    REORGANISED,
    UNIVERSITY,
)
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import queries
from wuyou.orgs.models import Unit
from wuyou.orgs.permissions import P
from wuyou.orgs.queries import UnitFilter
from wuyou.places.models import Division

OF_HUIZE = sorted([BARE, DISSOLVED, HUIZE])


def names(units: Any) -> list[str]:
    return sorted(unit.short_name for unit in units)


def under(small: Any, name: str) -> list[str]:
    return names(Unit.objects.filter(path__under=small.unit(name).path))


@pytest.mark.parametrize(("username", "top"), [("city", CITY), ("auditor", CITY), ("admin", CITY), ("county", QILIN),
                                               ("luliang", LULIANG), ("huize", HUIZE), ("leader", NO_VENUE)])  # fmt: skip
def test_everybody_sees_his_own_subtree(small: Any, username: str, top: str) -> None:
    actor, expected = small.actor(username), under(small, top)
    assert names(queries.visible(actor)) == expected
    assert names(queries.unit_page(actor, UnitFilter(include_dissolved=True), size=500)) == expected
    assert set(names(queries.tree(actor))) == set(expected) - {DISSOLVED}
    assert {one.event.unit.short_name for one in queries.counted_events(actor, 2025, 2025)} <= set(expected)


@pytest.mark.parametrize(
    ("username", "name", "needs", "answer"),
    [
        ("county", GOOD, P.EDIT, None),
        ("county", QILIN, P.VIEW, None),
        ("county", CITY, P.VIEW, NotFound),
        ("county", BARE, P.VIEW, NotFound),
        ("leader", NO_VENUE, P.VIEW, None),
        ("leader", NO_VENUE, P.EDIT, Forbidden),
        ("leader", GOOD, P.EDIT, NotFound),
        ("auditor", BARE, P.VIEW, None),
        ("auditor", BARE, P.EDIT, Forbidden),
    ],
)
def test_one_unit(small: Any, username: str, name: str, needs: str, answer: Any) -> None:
    unit, actor = small.unit(name), small.actor(username)
    for read in (queries.unit, queries.unit_alone, queries.unit_for_update):
        if answer is None:
            assert read(actor, unit.pk, needs=needs) == unit
        else:
            with pytest.raises(answer):
                read(actor, unit.pk, needs=needs)


@pytest.mark.parametrize("read", [queries.events, queries.placements_of])
def test_of_foreign_units_nothing_is_told(small: Any, read: Any) -> None:
    own, foreign, actor = small.unit(LAPSED).pk, small.unit(DISSOLVED).pk, small.actor("county")
    assert bool(read(actor, own))
    try:
        assert read(actor, foreign) == []
    except NotFound:
        return


def test_the_headline_counts_by_event_date(small: Any) -> None:
    """Source: 完成新建、重组、恢复 … (seed): 新建 1, 重组 1, 恢复 1 in the small world's year."""
    found = queries.units_by_event(small.actor("city"), 2025)
    assert {kind: len(ids) for kind, ids in found.items()} == {"establish": 1, "reorganise": 1, "restore": 1}
    assert found["establish"] == {small.unit(NEW).pk}
    assert found["reorganise"] == {small.unit(REORGANISED).pk}
    assert found["restore"] == {small.unit(FARM).pk}
    assert queries.units_by_event(small.actor("huize"), 2025) == {}
    assert set(queries.units_by_event(small.actor("city"), 2025, as_of=date(2025, 3, 31))) == {"establish"}
    assert queries.units_by_event(small.actor("city"), 2025, under=small.unit(LULIANG).path) == {
        "reorganise": {small.unit(REORGANISED).pk},
        "restore": {small.unit(FARM).pk},
    }


FILTERS = (
    ({"kind": "university"}, [UNIVERSITY]),
    ({"state": "dissolved"}, [DISSOLVED]),
    ({"county": "530326"}, sorted([BARE, HUIZE])),
    ({"county": "530326", "include_dissolved": True}, OF_HUIZE),
    ({"text": "文昌"}, [GOOD]),
    ({"text": " 文昌 "}, [GOOD]),
    ({"text": "wcsq"}, [GOOD]),
    ({"text": "%"}, []),
    ({"only": ()}, []),
)


@pytest.mark.parametrize(("by", "expected"), FILTERS)
def test_lists_are_narrowed(small: Any, by: dict[str, Any], expected: list[str]) -> None:
    assert names(queries.unit_page(small.actor("city"), UnitFilter(**by))) == expected


def test_the_tree_stands_parents_first(small: Any) -> None:
    found = queries.tree(small.actor("city"))
    place = {unit.pk: n for n, unit in enumerate(found)}
    assert [u.short_name for u in found if u.parent_id in place and place[u.parent_id] > place[u.pk]] == []
    assert found[0].short_name == CITY


@pytest.mark.parametrize(
    ("username", "code", "answers"),
    [("city", "530326", True), ("county", "530302", True), ("county", "530326", False), ("huize", "530326", True),
     ("leader", "530302", False), ("auditor", "530302", False)],
)  # fmt: skip
def test_who_answers_for_a_place(small: Any, username: str, code: str, answers: bool) -> None:
    place = Division.objects.get(code=code).path
    assert queries.answers_for(small.actor(username), "people.count.declare", place) is answers
