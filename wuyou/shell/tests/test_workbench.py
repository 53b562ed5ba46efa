"""What the first pages remind of."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_term, make_unit
from wuyou.demo.small import NO_VENUE, QILIN
from wuyou.kernel import clock
from wuyou.leadership import services
from wuyou.shell import workbench


def test_the_workbench_reminds_of_groups_and_of_offices_by_their_ends(small: Any) -> None:
    """What is near its end is worked out from the day: nothing is stored that could be out of date."""
    office, actor = small.unit(QILIN), small.actor("county")
    make_term(office, date(2021, 2, 1), date(2026, 2, 19))
    group = small.unit(NO_VENUE)
    for on, near in ((date(2025, 8, 18), []), (date(2025, 8, 19), ["半年内换届"]), (date(2025, 11, 19), ["快到期"])):
        with clock.held_at(on):
            todos = workbench.to_do(actor, workbench.living(actor))[0]
            assert [todo.state for todo in todos if todo.label == QILIN] == near
    with clock.held_at(date(2028, 4, 1)):
        leader = small.actor("leader")
        mine = workbench.leader_terms(leader, [workbench.OwnGroup(group.pk, group.short_name, ())])
        assert [(todo.state, todo.note) for todo in mine] == [("快到期", "任期 2028-06-01 届满，还有 61 天")]
    with clock.held_at(date(2028, 6, 2)):
        assert "已超期 1 天" in workbench.leader_terms(leader, [workbench.OwnGroup(group.pk, "", ())])[0].note
        services.extend_term(
            actor=anybody(), term_id=group.terms.get().pk, until=date(2029, 6, 1), document="曲侨发〔2028〕8号",
            approved_on=date(2028, 5, 9),
        )  # fmt: skip
        assert workbench.leader_terms(leader, [workbench.OwnGroup(group.pk, "", ())]) == []


@pytest.mark.parametrize(("person", "queries"), [("city", 17), ("county", 17), ("leader", 16)])
def test_the_first_page_asks_as_much_for_three_groups_more(small: Any, sign_in: Any, person: str, queries: int) -> None:
    client = sign_in(person)
    client.get(reverse("shell:home"))
    for more in (0, 1, 2):
        for number in range(more):
            group = make_unit(parent=small.unit(QILIN), full_name=f"新增第{more}{number}小组", state="lapsed")
            make_term(group, date(2021, 2, 1), date(2026, 2, 19))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("shell:home"))
        assert len(asked) == queries
