"""Who may bring in which kind of table."""

from wuyou.intake.kinds import KINDS
from wuyou.kernel.actor import machine


def test_a_rubric_holds_for_all_units_and_is_brought_in_by_who_answers_for_all() -> None:
    whole = machine("甲", *{kind.needs for kind in KINDS.values()})
    assert [name for name, kind in KINDS.items() if not kind.allowed(whole)] == []
    assert [name for name, kind in KINDS.items() if not kind.allowed(whole.at("/1/2/"))] == ["rubric"]
