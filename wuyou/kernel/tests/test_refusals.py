"""How a rule says no."""

from typing import Any

import pytest

from wuyou.kernel.refusals import (
    Conflict,
    Decision,
    Difference,
    Forbidden,
    NotFound,
    Reason,
    Refusal,
    Refused,
    decide,
)

ON, WHY = Reason("日期还没有到。", "on"), Reason("请核对。")
DECISIONS: tuple[tuple[tuple[Any, ...], tuple[Reason, ...]], ...] = (
    ((), ()),
    ((False, None, "", 0), ()),
    ((ON, False, "请核对。"), (ON, WHY)),
    ((None, ON, ()), (ON,)),
)


@pytest.mark.parametrize(("checks", "reasons"), DECISIONS)
def test_decide_keeps_the_reasons_against(checks: tuple[Any, ...], reasons: tuple[Reason, ...]) -> None:
    decision = decide(*checks)
    assert (decision.reasons, decision.allowed) == (reasons, not reasons)


def test_an_allowed_decision_passes() -> None:
    Decision().or_refuse()


def test_a_refused_decision_raises_its_reasons() -> None:
    with pytest.raises(Refused) as caught:
        decide(ON, WHY).or_refuse()
    assert (caught.value.reasons, str(caught.value)) == ((ON, WHY), "日期还没有到。；请核对。")


def test_sentences_become_reasons() -> None:
    assert Refused("请核对。", ON).reasons == (WHY, ON)


def test_a_conflict_carries_both_versions() -> None:
    difference = Difference("remark", "备注", "甲写的", "乙写的")
    conflict = Conflict("小组", (difference,), 3)
    assert (str(conflict), conflict.differences, conflict.current_version) == ("小组", (difference,), 3)


def test_all_four_are_refusals() -> None:
    assert [issubclass(kind, Refusal) for kind in (NotFound, Forbidden, Refused, Conflict)] == [True] * 4
