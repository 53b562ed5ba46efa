"""Records of one's own units, and their sums; half-open periods."""

from datetime import date
from typing import Any

import pytest

from wuyou.activities import queries
from wuyou.activities.models import Activity
from wuyou.activities.queries import ActivityFilter, Done
from wuyou.demo.factories import make_activity, make_unit
from wuyou.demo.small import BARE, CITY, GOOD, HUIZE, NO_VENUE, QILIN
from wuyou.kernel.period import Period, year
from wuyou.kernel.refusals import Forbidden, NotFound


@pytest.mark.parametrize(("username", "top"), [("city", CITY), ("auditor", CITY), ("county", QILIN), ("huize", HUIZE),
                                               ("leader", NO_VENUE)])  # fmt: skip
def test_everybody_sees_his_own_units_records(small: Any, username: str, top: str) -> None:
    actor, expected = small.actor(username), Activity.objects.filter(unit__path__under=small.unit(top).path)
    assert set(queries.visible(actor)) == set(expected)
    assert set(queries.activity_page(actor, ActivityFilter(), size=500)) == set(expected)
    assert sum(done.total for done in queries.done_by_unit(actor, year(2025)).values()) == expected.count()
    assert queries.done(actor, ActivityFilter()).total == expected.count()


@pytest.mark.parametrize(
    ("username", "unit", "needs", "answer"),
    [("county", GOOD, queries.P.RECORD, None), ("county", BARE, queries.P.VIEW, NotFound),
     ("leader", GOOD, queries.P.VIEW, NotFound), ("auditor", GOOD, queries.P.RECORD, Forbidden)],
)  # fmt: skip
def test_one_record(small: Any, username: str, unit: str, needs: str, answer: Any) -> None:
    activity, actor = make_activity(small.unit(unit)), small.actor(username)
    if answer is None:
        assert queries.activity(actor, activity.pk, needs=needs) == activity
        return
    with pytest.raises(answer):
        queries.activity(actor, activity.pk, needs=needs)


def test_what_was_done_in_a_period(small: Any) -> None:
    unit = make_unit(parent=small.unit(QILIN))
    for kind, on, present in (
        ("activity", date(2025, 2, 28), 5), ("study", date(2025, 3, 1), 10), ("visit", date(2025, 3, 31), None),
        ("symposium", date(2025, 4, 1), 7),
    ):  # fmt: skip
        make_activity(unit, kind=kind, on=on, present=present, cost_fen=10, leaders_present=kind == "visit")
    march = Period(date(2025, 3, 1), date(2025, 4, 1))
    assert queries.done_by_unit(small.actor("county"), march, unit_id=unit.pk) == {
        unit.pk: Done(study=1, visit=1, present=10, with_leaders=1, cost_fen=20, last_on=date(2025, 3, 31))
    }
    assert queries.done_by_unit(small.actor("huize"), march, unit_id=unit.pk) == {}


FILTERS = (({"kind": "study"}, 2), ({"leaders_only": True}, 1), ({"text": "侨法"}, 2), ({"text": "%"}, 0), ({}, 6))


@pytest.mark.parametrize(("by", "number"), FILTERS)
def test_lists_are_narrowed(small: Any, by: dict[str, Any], number: int) -> None:
    page = queries.activity_page(small.actor("county"), ActivityFilter(unit=small.unit(GOOD).pk, **by))
    assert len(page.object_list) == number
