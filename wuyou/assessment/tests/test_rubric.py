"""The table of a yearly assessment as data: what is decided about its items, and what keeps it from being published."""

from fractions import Fraction

import pytest

from wuyou.assessment.facts import FACTS
from wuyou.assessment.rules import rubric
from wuyou.assessment.rules.rubric import Decision
from wuyou.kernel.expressions import evaluate, parse

TIERS = {"measure": "全年活动次数", "tiers": [[6, 12], [4, 9], [2, 5], [1, 2], [0, 0]]}
MONEY = {"measure": "年度经费(元)", "tiers": [[10000, 5], [5000, 3], [1, 1.5], [0, 0]]}
LEVELS = {"measure": "评价等级", "tiers": [["好", 4], ["差", 0]]}


def item(row, points=6, shape="manual", params=None, **told):
    """Return an item as a table gives it."""
    plain = {"sub": "", "marks": "", "mandatory": False, "standard": "酌情给分", "method": "查阅资料"}
    return {"row": row, "name": f"第{row}项", "points": points, "shape": shape, "params": params or {}, **plain, **told}


def content(*items, points=None, role="scored"):
    """Return the content of a rubric of one block."""
    total = sum(each["points"] or 0 for each in items)
    block = {"name": "工作实绩", "points": points or total, "role": role, "sum_of_items": total, "items": [*items]}
    return {"total": total, "blocks": [block]}


def said(stored):
    """Return the faults as sentences."""
    return [str(fault.saying) for fault in rubric.faults(stored, FACTS)]


def test_an_item_is_open_until_somebody_decides():
    stored = content(item(4), item(5))
    assert [each.decision for each in rubric.items(stored)] == [Decision.OPEN, Decision.OPEN]
    one = rubric.with_item(stored, 4, decision="formula", formula="min(6, activities_in_year / activities_in_year)")
    assert [each.decision for each in rubric.items(rubric.rest_to_panel(one))] == [Decision.FORMULA, Decision.PANEL]
    assert rubric.item(one, 99) is None
    assert stored == content(item(4), item(5))


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (content(item(4, decision="panel")), []),
        (content(), ["评分表里没有考核项目，不能发布；请重新导入。"]),
        ({"blocks": []}, ["评分表里没有考核项目，不能发布；请重新导入。"]),
        (content(item(4)), ["“第4项”还没有定怎么计分，请选择按记录计算或由考核组评定。"]),
        (content(item(4, None, decision="panel")), ["“第4项”没有分值，请填写。"]),
        (content(item(4, None, decision="panel"), role="veto"), []),
        (
            content(item(4, decision="panel"), points=8),
            ["“工作实绩”写明 8 分，各项合计 6 分；请改各项的分值，或改好原表重新导入。"],
        ),
        (content(item(4, decision="panel"), points=8, role="bonus"), []),
        (
            content(item(4, decision="formula", formula="activites_in_year")),
            ["“第4项”的公式第 1 个字处：没有名叫“activites_in_year”的数据，是不是“activities_in_year”？"],
        ),
        (content(item(4, decision="formula", formula="6 if has_host else 0")), []),
        (
            content(item(4, None, decision="formula", formula="6 if has_host else 0"), role="veto"),
            ["“第4项”的公式第 1 个字处：这里要得到是否判断，公式得到的是数字。"],
        ),
        (content(item(4, None, decision="formula", formula="days_past_term_end > 365"), role="veto"), []),
    ],
    ids=[
        "decided", "no item", "no block", "open", "no points", "a veto needs none", "sum", "extras may be capped", "name",
        "a choice of points", "a veto wants yes or no", "a veto by formula",
    ],
)  # fmt: skip
def test_what_keeps_a_rubric_from_being_published(stored, expected):
    assert said(stored) == expected


@pytest.mark.parametrize(
    ("params", "fact", "values"),
    [
        (TIERS, "activities_in_year", {0: 0, 1: 2, 2: 5, 3: 5, 4: 9, 6: 12, 40: 12}),
        (MONEY, "funds_received_in_year", {0: 0, 99: 0, 100: Fraction(3, 2), 500_000: 3, 1_000_000: 5}),
    ],
)
def test_tiers_become_a_formula_once_the_fact_is_named(params, fact, values):
    shown = rubric.items(content(item(4, 12, "tiers", params)))[0]
    source = rubric.points_formula(shown, FACTS[fact])
    assert rubric.formula_fault(shown, source, FACTS) is None
    read = parse(source, {fact: FACTS[fact].symbol})
    assert {given: evaluate(read, {fact: given}) for given in values} == values
    assert evaluate(read, {fact: None}) is None


@pytest.mark.parametrize(
    ("shape", "params", "fact"),
    [
        ("manual", {"max": 5}, "activities_in_year"),
        ("tiers", LEVELS, "activities_in_year"),
        ("tiers", TIERS, "has_host"),
        ("tiers", {}, "activities_in_year"),
        ("deduct_each", {"step": 2, "floor": 0, "per": "缺1项"}, "activities_in_year"),
    ],
)
def test_other_rules_become_no_formula_by_guess(shape, params, fact):
    shown = rubric.items(content(item(4, 5, shape, params)))[0]
    assert rubric.points_formula(shown, FACTS[fact]) == ""


@pytest.mark.parametrize(
    ("stored", "block", "total"),
    [
        (content(item(4), item(5)), (14, 14), 14),
        (content(item(4), item(5), points=20), (14, 20), 12),
        (content(item(4), item(5), role="bonus"), (14, 14), 12),
        (content(item(4, 5.5), item(5)), (14, 14), 14),
    ],
    ids=["follows", "the table told another", "extras are beside the total", "halves"],
)
def test_block_and_total_follow_the_points_of_an_item(stored, block, total):
    changed = rubric.with_item(stored, 4, points=8)
    (found,) = changed["blocks"]
    assert ((found["sum_of_items"], found["points"]), changed["total"]) == (block, total)
    if block[0] == block[1]:
        assert said(rubric.rest_to_panel(changed)) == []


def told(sayings):
    """Return sentences in Chinese."""
    return [str(each) for each in sayings]


def test_what_changed_is_told_item_by_item():
    old, less = content(item(4), item(5), item(6)), content(item(4), item(5))
    new = rubric.with_item(less, 4, name="开展活动", points=8, decision="formula", formula="8 if has_host else 0")
    new = rubric.with_item(new, 5, standard="没有的不得分", decision="panel")
    assert new["blocks"][0]["sum_of_items"] == 14
    assert told(rubric.changes(old, new, FACTS)) == [
        "考核项目“第4项”改称“开展活动”。",
        "“开展活动”的分值：由 6 分 改为 8 分。",
        "“开展活动”的计分：由“待定”改为“如果 挂靠单位已登记 则 8，否则 0”。",
        "“第5项”的评分标准：由“酌情给分”改为“没有的不得分”。",
        "“第5项”的计分：由“待定”改为“由考核组评定”。",
        "删去考核项目“第6项”。",
    ]
    assert told(rubric.changes(new, old, FACTS))[-1] == "新增考核项目“第6项”。"
    assert rubric.changes(old, old, FACTS) == ()
