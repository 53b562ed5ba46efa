"""The life cycle's rules, case by case; the clause of the source stands with each."""

from datetime import date

import pytest

from wuyou.orgs import rules
from wuyou.orgs.rules import FormAdvice

TODAY = date(2025, 11, 20)
SAID = {
    "future": "这个日期还没有到，没有保存；请填写事情办完的日期。",
    "dissolved": "这个组织已经撤销，不能再登记这类事项；如需恢复，请登记“恢复”。",
    "normal": "这个组织现在是正常状态，不需要恢复；如果只是补登过去的停滞，请先登记“停滞”。",
    "lapsed": "这个组织已经是停滞状态，没有重复登记。",
    "kind": "请从列表中选择事项。",
}


def before(founded: str) -> str:
    return f"日期早于成立时间（{founded}），没有保存；请核对日期。"


# kind, on, state, founded, sentences; design 3 §2.3
EVENTS: tuple[tuple[str, str, str, str, list[str]], ...] = (
    ("establish", "2025-11-20", "normal", "2025-11-20", []),
    ("reorganise", "2025-03", "to_reorganise", "2003", []),
    ("reorganise", "2025", "lapsed", "2003-05-01", []),
    ("restore", "2025-06-10", "lapsed", "1978-12", []),
    ("restore", "2025-06-10", "dissolved", "1978-12", []),
    ("restore", "2025-06-10", "to_reorganise", "1978-12", []),
    ("restore", "2025-06-10", "normal", "1978-12", [SAID["normal"]]),
    ("lapse", "2025-06-10", "normal", "", []),
    ("lapse", "2025-06-10", "lapsed", "", [SAID["lapsed"]]),
    ("dissolve", "2025-06-10", "lapsed", "", []),
    ("dissolve", "2025-06-10", "dissolved", "", [SAID["dissolved"]]),
    ("rename", "2025-06-10", "dissolved", "", [SAID["dissolved"]]),
    ("rename", "2025-06-10", "normal", "2025-06-10", []),
    ("rename", "2025-11-21", "normal", "", [SAID["future"]]),
    ("rename", "2025-12", "normal", "", [SAID["future"]]),
    ("rename", "2026", "normal", "", [SAID["future"]]),
    ("rename", "2025-11", "normal", "", []),
    ("rename", "2025", "normal", "", []),
    ("rename", "2025-06-09", "normal", "2025-06-10", [before("2025-06-10")]),
    ("rename", "2025-05", "normal", "2025-06-10", [before("2025-06-10")]),
    ("rename", "2025-06", "normal", "2025-06-10", []),
    ("rename", "2024", "normal", "2025-06-10", [before("2025-06-10")]),
    ("rename", "2025-01-01", "normal", "2025", []),
    ("upgrade", "2025-01-01", "normal", "", [SAID["kind"]]),
    ("dissolve", "2026", "dissolved", "", [SAID["future"], SAID["dissolved"]]),
)


@pytest.mark.parametrize(("kind", "on", "state", "founded", "sentences"), EVENTS)
def test_event_allowed(kind: str, on: str, state: str, founded: str, sentences: list[str]) -> None:
    decision = rules.event_allowed(kind=kind, on=on, state=state, founded=founded, today=TODAY)
    assert [str(reason) for reason in decision.reasons] == sentences


FOUNDINGS: tuple[tuple[str, bool, str, list[str]], ...] = (
    ("东门社区侨联小组", False, "2025-11-20", []),
    ("东门社区侨联小组", False, "", []),
    ("东门社区侨联小组", False, "2025", []),
    ("  ", False, "", ["full_name"]),
    ("东门社区侨联小组", True, "", ["full_name"]),
    ("东门社区侨联小组", False, "2025-11-21", ["founded"]),
    ("", True, "2026", ["full_name", "full_name", "founded"]),
)


@pytest.mark.parametrize(("name", "taken", "founded", "fields"), FOUNDINGS)
def test_founding_allowed(name: str, taken: bool, founded: str, fields: list[str]) -> None:
    decision = rules.founding_allowed(full_name=name, taken=taken, founded=founded, today=TODAY)
    assert [reason.field for reason in decision.reasons] == fields


PLACINGS: tuple[tuple[str, str, list[str]], ...] = (
    ("/1/5/", "/1/2/", []),
    ("/1/5/", "/1/5/", ["parent"]),
    ("/1/5/", "/1/5/9/", ["parent"]),
    ("/1/5/", "/1/50/", []),
)


@pytest.mark.parametrize(("unit", "parent", "fields"), PLACINGS)
def test_placing_allowed(unit: str, parent: str, fields: list[str]) -> None:
    decision = rules.placing_allowed(unit_path=unit, parent_path=parent, start=date(2025, 1, 1))
    assert [reason.field for reason in decision.reasons] == fields


TABLE = (FormAdvice("group", "侨联小组", 0), FormAdvice("committee", "联合会", 50), FormAdvice("liaison", "联络组", 30))
# 北京 rule: >= 50 federation, 30-49 liaison group, < 30 group
SIZES = (
    (None, None),
    (0, "group"),
    (29, "group"),
    (30, "liaison"),
    (49, "liaison"),
    (50, "committee"),
    (9999, "committee"),
)


@pytest.mark.parametrize(("people", "code"), SIZES)
def test_advised_form(people: int | None, code: str | None) -> None:
    advice = rules.advised_form(people, TABLE)
    assert (advice.code if advice else None) == code


def test_a_table_that_begins_above_nought_may_advise_nothing() -> None:
    assert rules.advised_form(3, TABLE[1:]) is None


def test_a_unit_counts_once_a_year_for_each_kind_by_the_day_of_the_event() -> None:
    """Source: 完成新建、重组、恢复侨联基层组织十个 (seed, 主要做法 一)."""
    events = [
        (1, "restore", "2025-06-10"),
        (1, "restore", "2025-09"),
        (1, "establish", "2025"),
        (2, "restore", "2025-12-31"),
        (3, "restore", "2024-12-31"),
        (4, "lapse", "2025-01-01"),
    ]
    assert rules.counted_once(events, 2025) == {"restore": {1, 2}, "establish": {1}, "lapse": {4}}
    assert rules.counted_once(events, 2023) == {}
