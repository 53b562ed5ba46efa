"""Which leaders a record names, and on which days: names with titles, names within names, other units, other years."""

from datetime import date
from typing import Any

import pytest

from wuyou.activities import queries
from wuyou.activities.rules import names_leader
from wuyou.demo.factories import make_activity
from wuyou.demo.small import BARE, GOOD
from wuyou.kernel import period

CASES = (
    ("王明", True), ("侨联主席王明", True), ("王明主席", True), ("王明副主席", True), ("王明、李四", True),
    ("李四 王明", True), ("李四，侨联副主席王明（主持）", True), ("麒麟区侨联王明", True), ("王明同志；李四", True),
    ("王明华", False), ("王明华主席", False), ("小王明", False), ("李四", False), ("", False), ("主席", False),
    ("李四（代王明）", False), ("王明亮、王明", True), ("王 明", False),
)  # fmt: skip


@pytest.mark.parametrize(("text", "named"), CASES)
def test_a_leader_is_named_by_his_whole_name(text: str, named: bool) -> None:
    assert names_leader(text, "王明") is named


def test_the_days_are_those_of_the_units_and_year_asked_for(small: Any) -> None:
    group, other = small.unit(GOOD), small.unit(BARE)
    for on in (date(2025, 3, 1), date(2025, 2, 1), date(2024, 12, 31)):
        make_activity(group, on=on, leaders="主席王明、李四")
    make_activity(other, on=date(2025, 3, 1), leaders="王明")
    make_activity(group, on=date(2025, 4, 1), leaders="王明华")
    asked = {(group.pk, "王明"), (group.pk, "赵六"), (other.pk, "李四")}
    days = [date(2025, 2, 1), date(2025, 3, 1)]
    assert queries.named_days(small.actor("city"), asked, period.year(2025)) == {(group.pk, "王明"): days}
    assert queries.named_days(small.actor("huize"), asked, period.year(2025)) == {}
