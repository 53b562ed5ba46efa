"""What changes are possible (design 3 §2.3, design 5 §1), and what must agree: tables of cases."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.succession import rules
from wuyou.succession.handover.assigning import Ground, employing, nearest
from wuyou.succession.rules import Side, Sums

TODAY = date(2025, 11, 20)
A = Side(1, "甲组", "group", "normal", "2020-05-06")
B = Side(2, "乙组", "group", "normal", "2019")
OFFICE = Side(3, "某县侨联", "county", "normal", "")
CITY = Side(4, "某市侨联", "city", "normal", "")
CLOSED = Side(5, "旧组", "group", "dissolved", "2001", is_closed=True)
LATER = Side(6, "丙组", "group", "normal", "2010", later=(("停滞", "2025-10-01"),))


def texts(decision: rules.Decision) -> list[str]:
    return [str(reason) for reason in decision.reasons]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (None, ["请填写生效日期。"]),
        (date(2025, 11, 20), []),
        (date(2025, 11, 21), ["生效日期还没有到，没有办理；请在变更生效后再办理，草稿已保存。"]),
        (date(2020, 5, 6), []),
        (date(2020, 5, 5), ["生效日期早于“甲组”的成立时间（2020-05-06），没有办理；请核对日期。"]),
        (date(2018, 12, 31), [
            "生效日期早于“甲组”的成立时间（2020-05-06），没有办理；请核对日期。",
            "生效日期早于“乙组”的成立时间（2019），没有办理；请核对日期。",
        ]),
    ],
)  # fmt: skip
def test_the_day_of_a_change(on: date | None, said: list[str]) -> None:
    assert texts(rules.day_allowed(on, TODAY, [A, B])) == said


TWICE, ONE_HEIR = (
    "同一个组织选了两次，没有办理；请去掉重复的。",
    "合并后只能是一个组织；请选择并入哪一个，或填写新组织的名称。",
)
GONE = "“旧组”已经撤销或合并，不能再办理这项变更；如需恢复，请先办理“恢复”。"
LEVELS = "小组和侨联机关不能一起合并或互相承接，没有办理；请选择同一级的组织。"


@pytest.mark.parametrize(
    ("kind", "predecessors", "existing", "founded", "said"),
    [
        ("merge", [A, B], [], ["新组"], []),
        ("merge", [A, B], [A], [], []),
        ("merge", [A], [], ["新组"], ["合并至少要有两个组织；请再选一个。"]),
        ("merge", [A, B], [], [], [ONE_HEIR]),
        ("merge", [A, B], [A], ["新组"], [ONE_HEIR]),
        ("merge", [A, A], [], ["新组"], [TWICE]),
        ("merge", [A, CLOSED], [], ["新组"], [GONE]),
        ("merge", [A, B], [CLOSED], [], [GONE]),
        ("merge", [A, OFFICE], [], ["新组"], [LEVELS]),
        ("merge", [CITY, CITY], [], ["新会"], [TWICE, "市级以上侨联不能在这里合并、拆分或撤销。"]),
        ("merge", [A, LATER], [A], [],
         ["“丙组”在这之后还登记有停滞（2025-10-01），没有办理；请先核对，或改用更晚的生效日期。"]),
        ("merge", [A, LATER], [LATER], [], []),
        ("split", [A], [], ["一组", "二组"], []),
        ("split", [A], [A], ["二组"], []),
        ("split", [A], [A, B], [], []),
        ("split", [A], [], ["一组"], ["拆分是一个组织分成两个以上；请填写分出的每一个组织。"]),
        ("split", [A], [], ["一组", "一组"], ["两个新组织的全称相同，没有办理；请改用不同的名称。"]),
        ("split", [A], [B, B], [], ["同一个承接组织选了两次，没有办理；请去掉重复的。"]),
        ("split", [A], [], ["一组", " "], ["请填写新组织的全称。"]),
        ("split", [A, B], [], ["一组", "二组"], ["拆分是一个组织分成两个以上；请填写分出的每一个组织。"]),
        ("reorganise", [A, B], [], ["新组"], []),
        ("reorganise", [A], [], ["新组"], []),
        ("reorganise", [A], [A], [], ["承接组织就是原组织，没有什么要移交；原组织自己重组的，请不要选承接组织。"]),
        ("dissolve", [A], [], [], []),
        ("dissolve", [A], [B], [], []),
        ("dissolve", [A], [A], [], ["撤销的组织不能承接自己；请选择别的组织，或者不选。"]),
        ("dissolve", [A, B], [], [], ["一次撤销一个组织。"]),
        ("dissolve", [CITY], [], [], ["市级以上侨联不能在这里合并、拆分或撤销。"]),
    ],
)  # fmt: skip
def test_who_may_take_part(kind: str, predecessors: Any, existing: Any, founded: Any, said: list[str]) -> None:
    assert texts(rules.parties_allowed(kind, predecessors, existing, founded)) == said


@pytest.mark.parametrize(
    ("kind", "state", "said"),
    [
        ("rename", "normal", []),
        ("rename", "lapsed", []),
        ("rename", "dissolved", ["“甲组”已经撤销或合并，不能再办理这项变更；如需恢复，请先办理“恢复”。"]),
        ("restore", "lapsed", []),
        ("restore", "dissolved", []),
        ("restore", "to_reorganise", []),
        ("restore", None, []),
        ("restore", "normal", ["“甲组”在这一天是正常状态，不需要恢复；请核对日期。"]),
        ("lapse", "normal", []),
        ("lapse", "lapsed", ["“甲组”在这一天已经是停滞状态，没有重复登记。"]),
        ("convert", "normal", []),
    ],
)
def test_a_change_of_one_unit(kind: str, state: str | None, said: list[str]) -> None:
    assert texts(rules.alone_allowed(kind, Side(1, "甲组", "group", state, ""))) == said


USED = {"unit": "乙组", "kind": "合并", "day": date(2025, 1, 2)}


@pytest.mark.parametrize(
    ("document", "used_by", "shared", "allowed"),
    [
        ("曲侨发〔2025〕3号", {}, False, True),
        ("曲侨发〔2025〕3号", USED, False, False),
        ("曲侨发〔2025〕3号", USED, True, True),
        ("", {}, False, True),
    ],
)
def test_a_number_is_of_one_change_unless_it_is_said_otherwise(
    document: str, used_by: Any, shared: bool, allowed: bool
) -> None:
    decision = rules.document_allowed(document, used_by=used_by, shared=shared)
    assert decision.allowed is allowed
    if not allowed:
        assert texts(decision)[0].startswith("文号 曲侨发〔2025〕3号 已用于“乙组”的合并（2025-01-02），没有办理；")


@pytest.mark.parametrize(
    ("kind", "predecessors", "heirs", "alone"),
    [("rename", 1, 0, True), ("reorganise", 1, 0, True), ("reorganise", 1, 1, False), ("reorganise", 2, 1, False),
     ("merge", 2, 1, False), ("dissolve", 1, 0, False)],
)  # fmt: skip
def test_which_changes_are_of_one_unit(kind: str, predecessors: int, heirs: int, alone: bool) -> None:
    assert rules.is_alone(kind, predecessors, heirs) is alone


@pytest.mark.parametrize(
    ("kind", "heirs", "event"),
    [("merge", 1, "merge"), ("split", 2, "split"), ("dissolve", 0, "dissolve"), ("dissolve", 1, "dissolve"),
     ("reorganise", 1, "merge"), ("reorganise", 2, "split")],
)  # fmt: skip
def test_what_befalls_a_unit_that_closes(kind: str, heirs: int, event: str) -> None:
    assert rules.closing_event(kind, heirs) == event


WHOLE = Sums(3, 5, 700, 1)


@pytest.mark.parametrize(
    ("after", "leaving", "what"),
    [
        (WHOLE, 0, ""),
        (Sums(3, 4, 700, 1), 1, ""),
        (Sums(3, 4, 700, 1), 0, "成员"),
        (Sums(2, 5, 600, 0), 0, "登记的人员、经费结余、未办结事项"),
    ],
)
def test_what_was_held_together_is_still_held(after: Sums, leaving: int, what: str) -> None:
    decision = rules.sums_agree(WHOLE, after, leaving=leaving)
    assert [f"（{what}）" in text for text in texts(decision)] == ([True] if what else [])


@pytest.mark.parametrize(
    ("balance", "parts", "allowed"),
    [(100, {"n0": 60, "n1": 40}, True), (100, {"n0": 60, "n1": 41}, False), (100, {"n0": 160, "n1": -60}, False),
     (-50, {"n0": -50}, True), (0, {}, True), (0, {"n0": 1, "n1": -1}, True)],
)  # fmt: skip
def test_a_balance_is_divided_whole(balance: int, parts: dict[str, int], allowed: bool) -> None:
    assert rules.money_divided(balance, parts).allowed is allowed


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [(10, {"a": 1, "b": 1}, {"a": 5, "b": 5}), (10, {"a": 1, "b": 2}, {"a": 3, "b": 7}), (7, {"a": 0, "b": 0}, {"a": 4, "b": 3}),
     (5, {}, {}), (0, {"a": 3}, {"a": 0}), (1, {"a": 5, "b": 5, "c": 5}, {"a": 1, "b": 0, "c": 0})],
)  # fmt: skip
def test_a_number_is_divided_by_weights(total: int, weights: dict[str, int], shares: dict[str, int]) -> None:
    assert rules.apportioned(total, weights) == shares


@given(st.integers(0, 10**9), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**6), min_size=1))
def test_shares_add_up_and_are_near_their_weight(total: int, weights: dict[str, int]) -> None:
    shares = rules.apportioned(total, weights)
    assert sum(shares.values()) == total
    whole = sum(weights.values())
    assert [name for name in weights if whole and abs(shares[name] - total * weights[name] / whole) >= 1 + 1e-6] == []


HEIRS = {"n0": Ground(("/1/2/",), ("一中",)), "n1": Ground(("/1/2/7/",), ("一中分校",)), "n2": Ground()}


@pytest.mark.parametrize(("path", "heir"), [("/1/2/5/", "n0"), ("/1/2/7/9/", "n1"), ("/1/3/", ""), ("", "")])
def test_people_go_to_who_serves_the_narrowest_area(path: str, heir: str) -> None:
    assert nearest(path, HEIRS) == heir


@pytest.mark.parametrize(("workplace", "heir"), [("曲靖一中", "n0"), ("曲靖一中分校", "n1"), ("二中", ""), ("", "")])
def test_people_go_to_who_sits_where_they_work(workplace: str, heir: str) -> None:
    assert employing(workplace, HEIRS) == heir


@pytest.mark.parametrize(
    ("state", "rests", "said"),
    [
        ("carried_out", [], []),
        ("draft", [], ["这项变更没有办理，或已经撤回，没有改动。"]),
        (
            "carried_out",
            ["此后登记了活动记录（2 条）"],
            ["此后登记了活动记录（2 条），不能撤回；请先处理，再撤回这项变更。"],
        ),
    ],
)
def test_when_a_change_may_be_taken_back(state: str, rests: list[str], said: list[str]) -> None:
    assert texts(rules.taking_back_allowed(state, rests)) == said


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"changes": True, "taken": False, "full_name": "新名", "again": False}, []),
        ({"changes": False, "taken": False, "full_name": "旧名", "again": False}, ["full_name"]),
        ({"changes": True, "taken": True, "full_name": "新名", "again": False}, ["full_name"]),
        ({"changes": True, "taken": False, "full_name": " ", "again": False}, ["full_name"]),
        ({"changes": True, "taken": False, "full_name": "新名", "again": True}, ["on"]),
    ],
)
def test_a_unit_may_be_called_otherwise(facts: dict[str, Any], field: list[str]) -> None:
    assert [reason.field for reason in rules.identity_allowed(**facts, on=TODAY).reasons] == field
