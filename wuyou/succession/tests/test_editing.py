"""What is pressed on the pages of a draft, as changes of its plan: nothing points to an heir that is gone."""

import pytest

from wuyou.succession.drafts import editing
from wuyou.succession.plan import OVER, NewHeir, Plan, Sorting

PLAN = Plan(
    predecessors=(1, 2),
    heirs=("u1", "n0", "n1"),
    founded=(NewHeir("丙"), NewHeir("丁")),
    rows={"venue": {10: "n0", 11: "n1", 12: OVER}, "seat": {20: "n0"}},
    people=Sorting("area", {30: "n0", 31: "n1", 32: "u1"}, "n0"),
    money={1: {"u1": 5, "n1": 5}, 2: {"n0": 7}},
    counts={"count": {"u1": {"": 3}, "n1": {"": 4}}},
)


def test_an_heir_that_goes_takes_the_choices_for_it_along_and_the_next_moves_up() -> None:
    left = editing.without_heir(PLAN, "n0")
    assert (left.heirs, [heir.full_name for heir in left.founded]) == (("u1", "n0"), ["丁"])
    assert left.rows == {"venue": {11: "n0", 12: OVER}}
    assert left.people == Sorting("area", {31: "n0", 32: "u1"}, "")
    assert left.money == {1: {"u1": 5, "n0": 5}}
    assert left.counts == {"count": {"u1": {"": 3}, "n0": {"": 4}}}


def test_an_existing_heir_that_goes_moves_nobody_up() -> None:
    left = editing.without_heir(PLAN, "u1")
    assert (left.heirs, left.people.hand) == (("n0", "n1"), {30: "n0", 31: "n1"})
    assert (left.money, left.counts) == ({2: {"n0": 7}}, {})


def test_an_old_unit_that_goes_takes_its_money_along() -> None:
    left = editing.without_units(PLAN, [2])
    assert (left.predecessors, list(left.money)) == ((1,), [1])


def test_the_one_heir_of_a_merger_is_replaced() -> None:
    plan = editing.with_heir(PLAN, 2, only=True)
    assert (plan.heirs, plan.founded, plan.rows, plan.people) == (("u2",), (), {}, Sorting())
    plan = editing.with_new_heir(plan, NewHeir("戊"), only=True)
    assert (plan.heirs, plan.founded) == (("n0",), (NewHeir("戊"),))


@pytest.mark.parametrize(("word", "place"), [("n0", 0), ("n1", 1), ("n2", None), ("u1", None), ("", None), ("n", None)])
def test_where_one_to_be_founded_stands(word: str, place: int | None) -> None:
    assert editing.founded_place(PLAN, word) == place


def test_what_is_there_already_is_not_added_twice() -> None:
    assert editing.with_units(PLAN, [2]) == editing.with_heir(PLAN, 1) == editing.main_first(PLAN, "u9") == PLAN
    assert editing.main_first(PLAN, "n1").heirs == ("n1", "u1", "n0")
