"""The formula language: what is read, what is refused and where, what missing does, and how it is said."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.expressions import (
    CHINESE,
    ENGLISH,
    Constant,
    ExpressionError,
    Symbol,
    Unit,
    both,
    clause,
    either,
    evaluate,
    evaluate_many,
    exact,
    formula,
    inputs,
    negation,
    parse,
    reasons,
    sentence,
    shown,
    steps,
    trace,
)

SYMBOLS = {
    symbol.name: symbol
    for symbol in (
        Symbol("activities", "本年活动次数", "Activities this year", Unit.TIMES),
        Symbol("planned", "计划活动次数", "Planned activities", Unit.TIMES),
        Symbol("members", "登记人数", "Registered people", Unit.PEOPLE),
        Symbol("funds", "本年收到经费", "Funds received this year", Unit.FEN),
        Symbol("days_left", "距届满天数", "Days to end of term", Unit.DAYS),
        Symbol("leader", "负责人在任", "Leader in office", Unit.BOOLEAN),
        Symbol("deputy", "副职在任", "Deputy in office", Unit.BOOLEAN),
        Symbol("share", "覆盖比例", "Share reached", Unit.NUMBER),
    )
}
LEAST = Constant(Symbol("least_funds", "经费下限", "Least funds", Unit.FEN), 500_000)
FACTS = {
    "activities": 3,
    "planned": 4,
    "members": 12,
    "funds": 450_050,
    "days_left": -30,
    "leader": True,
    "deputy": False,
    "share": Fraction(3, 4),
}


def read(source, **options):
    return parse(source, SYMBOLS, constants={"least_funds": LEAST}, **options)


@pytest.mark.parametrize(
    ("source", "unit", "value"),
    [
        ("activities >= 4", Unit.BOOLEAN, False),
        ("activities ≥ 4", Unit.BOOLEAN, False),
        ("（activities ＋ 1）≥ 4", Unit.BOOLEAN, True),
        ("  activities\n  >= 3  ", Unit.BOOLEAN, True),
        ("1 <= activities < 3", Unit.BOOLEAN, False),
        ("1 <= activities < 4", Unit.BOOLEAN, True),
        ("activities != planned", Unit.BOOLEAN, True),
        ("leader == deputy", Unit.BOOLEAN, False),
        ("leader == True", Unit.BOOLEAN, True),
        ("leader and not deputy", Unit.BOOLEAN, True),
        ("deputy or leader", Unit.BOOLEAN, True),
        ("activities / planned", Unit.NUMBER, Fraction(3, 4)),
        ("activities / planned == share", Unit.BOOLEAN, True),
        ("share * 4 - 1", Unit.NUMBER, 2),
        ("2 * share", Unit.NUMBER, Fraction(3, 2)),
        ("activities / 2", Unit.TIMES, Fraction(3, 2)),
        ("activities / 0", Unit.TIMES, None),
        ("1 / 4", Unit.NUMBER, Fraction(1, 4)),
        ("0.1 + 0.2 == 0.3", Unit.BOOLEAN, True),
        ("members * 0.6 >= 7.2", Unit.BOOLEAN, True),
        ("share * members", Unit.PEOPLE, 9),
        ("funds >= 4500.5", Unit.BOOLEAN, True),
        ("funds > 4500.5", Unit.BOOLEAN, False),
        ("funds >= least_funds", Unit.BOOLEAN, False),
        ("funds + 0.5 * 2", Unit.FEN, 450_150),
        ("funds + 10 / 4", Unit.FEN, 450_300),
        ("funds - (1 if leader else 2)", Unit.FEN, 449_950),
        ("funds - max(1, min(3, 2), -abs(-4))", Unit.FEN, 449_850),
        ("round(funds)", Unit.FEN, 450_100),
        ("round(funds, 1)", Unit.FEN, 450_050),
        ("round(2.5)", Unit.NUMBER, 3),
        ("round(-2.5)", Unit.NUMBER, -3),
        ("round(1 / 3, 2)", Unit.NUMBER, Fraction(33, 100)),
        ("-days_left", Unit.DAYS, 30),
        ("+days_left", Unit.DAYS, -30),
        ("clamp(activities, 0, 2)", Unit.TIMES, 2),
        ("clamp(activities, 4, 9)", Unit.TIMES, 4),
        ("coalesce(activities / 0, 7)", Unit.TIMES, 7),
        ("coalesce(leader, False)", Unit.BOOLEAN, True),
        ("activities if leader else planned", Unit.TIMES, 3),
        ("activities if deputy else planned", Unit.TIMES, 4),
        ("True", Unit.BOOLEAN, True),
    ],
)
def test_value_and_unit(source, unit, value):
    expression = read(source)
    assert (expression.unit, evaluate(expression, FACTS)) == (unit, value)
    columns = {name: [known, None] for name, known in FACTS.items()}
    assert evaluate_many(expression, columns, 2)[0] == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("activities >= 4", None),
        ("activities + 1", None),
        ("0 * activities", None),
        ("min(activities, 1)", None),
        ("clamp(activities, 0, 1)", None),
        ("round(activities)", None),
        ("abs(activities)", None),
        ("-activities", None),
        ("activities == planned", None),
        ("1 > activities > 2", None),
        ("1 > 2 > activities", False),
        ("leader and deputy", None),
        ("leader and False", False),
        ("leader or True", True),
        ("leader or deputy", None),
        ("not leader", None),
        ("1 if leader else 1", None),
        ("coalesce(activities, planned)", None),
        ("coalesce(activities, planned, 2)", 2),
    ],
)
def test_missing_is_a_value(source, value):
    expression = read(source)
    assert evaluate(expression, {}) is value or evaluate(expression, {}) == value
    assert evaluate_many(expression, {}, 3) == [value] * 3


@pytest.mark.parametrize(
    ("source", "position", "message"),
    [
        ("", 1, "公式是空的。"),
        ("  ", 1, "公式是空的。"),
        ("1" * 601, 601, "公式太长，最多 600 个字。"),
        ("activities >=", 14, "写法不完整，请检查括号、运算符和逗号是否成对、齐全。"),
        ("(activities", 1, "写法不完整，请检查括号、运算符和逗号是否成对、齐全。"),
        ("(" * 250 + ")" * 250, 201, "写法不完整，请检查括号、运算符和逗号是否成对、齐全。"),
        ("007", 1, "写法不完整，请检查括号、运算符和逗号是否成对、齐全。"),
        ("activities = 4", 12, "“=”不能用。比较相等请写 ==。"),
        ("a.__class__", 2, "“.”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("a[0]", 2, "“[”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("'a'", 1, "“'”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("1 # 2", 3, "“#”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("(x := 1)", 4, "“:”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("7 % 2", 3, "“%”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("~1", 1, "“~”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("1\0", 2, "“\0”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("活动 >= 4", 1, "“活”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("(activities ≥ 4) and ？", 22, "“？”不能用。公式里只能用数据名称、数字、运算符和括号。"),
        ("1e9", 2, "数字和文字之间要有空格或运算符。"),
        ("0x10", 2, "数字和文字之间要有空格或运算符。"),
        ("1_000", 2, "数字和文字之间要有空格或运算符。"),
        ("9 ** 9 ** 9", 1, "只能用加减乘除（+ - * /），不能用乘方、取余、整除。"),
        ("7 // 2", 1, "只能用加减乘除（+ - * /），不能用乘方、取余、整除。"),
        ("1 is 1", 1, "比较只能用 > >= < <= == !=。"),
        ("1 in (1, 2)", 1, "比较只能用 > >= < <= == !=。"),
        ("(1, 2)", 1, "这种写法不能用，公式里只能比较、计算、且（and）、或（or）、非（not）。"),
        ("max(1, (x for x in y))", 8, "这种写法不能用，公式里只能比较、计算、且（and）、或（or）、非（not）。"),
        ("max(*activities, 1)", 5, "这种写法不能用，公式里只能比较、计算、且（and）、或（or）、非（not）。"),
        ("await activities", 1, "这种写法不能用，公式里只能比较、计算、且（and）、或（or）、非（not）。"),
        ("eval(1)", 1, "没有这个函数，可用的有 min、max、round、abs、clamp、coalesce。"),
        ("max(1, 2)(3)", 1, "没有这个函数，可用的有 min、max、round、abs、clamp、coalesce。"),
        ("max(1)", 1, "max 的括号里要有 2 到 8 项，现在有 1 项。"),
        ("abs(1, 2)", 1, "abs 的括号里要有 1 项，现在有 2 项。"),
        ("round(1, activities)", 10, "round 的小数位数要写成 0 到 4 的数字。"),
        ("round(1, 9)", 10, "round 的小数位数要写成 0 到 4 的数字。"),
        ("round(1, True)", 10, "round 的小数位数要写成 0 到 4 的数字。"),
        ("None", 1, "这里只能写数字、True（是）或 False（否）。"),
        ("9999999999999", 1, "数字太大或小数位太多，最多 4 位小数。"),
        ("0.00001", 1, "数字太大或小数位太多，最多 4 位小数。"),
        ("activites >= 4", 1, "没有名叫“activites”的数据，是不是“activities”？"),
        ("__debug__", 1, "没有名叫“__debug__”的数据，请从数据目录里选。"),
        ("1 + leader", 5, "是否判断不能拿来计算或比大小。"),
        ("leader > deputy", 1, "是否判断不能拿来计算或比大小。"),
        ("activities and leader", 1, "且、或、非、如果后面要是是否判断，这里是次数。"),
        ("not 1", 5, "且、或、非、如果后面要是是否判断，这里是数字。"),
        ("leader == 1", 1, "是否判断和数字不是同一种量，不能放在一起算或比。"),
        ("（members）＞＝ funds", 1, "人数和金额不是同一种量，不能放在一起算或比。"),
        ("members + funds", 1, "人数和金额不是同一种量，不能放在一起算或比。"),
        ("max(activities, days_left)", 1, "次数和天数不是同一种量，不能放在一起算或比。"),
        ("share > members", 1, "比例和人数不是同一种量，不能放在一起算或比。"),
        ("members * funds", 1, "人数和金额不能相乘。"),
        ("funds / members", 1, "金额和人数不能相除。"),
        ("1 / members", 1, "数字和人数不能相除。"),
        ("activities * activities", 1, "次数和次数不能相乘。"),
        ("1" + "+1" * 30, 1, "公式太复杂，请拆成几条标准。"),
        ("-" * 500 + "1", 25, "公式太复杂，请拆成几条标准。"),
        ("leader" + " or leader" * 55, 1, None),
        ("max(" + ",".join(["max(1,1,1,1,1,1,1,1)"] * 8) + ")", 1, None),
        ("(" + "+".join(["1"] * 20) + ")" + " == (" + "+".join(["1"] * 20) + ")", 1, None),
        (" or ".join(["1<2<3"] * 55), 446, "公式太复杂，请拆成几条标准。"),
    ],
)
def test_refused_with_its_place(source, position, message):
    if message is None:
        assert read(source).source == source
        return
    with pytest.raises(ExpressionError) as refused:
        read(source)
    assert (refused.value.position, str(refused.value.message)) == (position, message)
    assert str(refused.value) == f"公式第 {position} 个字处：{message}"


def test_expected_unit_is_kept():
    assert read("activities >= 1", expects=Unit.BOOLEAN).unit is Unit.BOOLEAN
    assert evaluate(read("5000", expects=Unit.FEN), {}) == 500_000
    with pytest.raises(ExpressionError) as refused:
        read("activities", expects=Unit.BOOLEAN)
    assert str(refused.value.message) == "这里要得到是否判断，公式得到的是次数。"
    with pytest.raises(ExpressionError) as refused:
        read("1", expects=Unit.BOOLEAN)
    assert str(refused.value.message) == "这里要得到是否判断，公式得到的是数字。"


def test_names_in_order_of_first_use():
    assert read("deputy or leader or activities > planned or deputy").names == (
        "deputy",
        "leader",
        "activities",
        "planned",
    )


@pytest.mark.parametrize(
    ("source", "written", "answer"),
    [
        ("activities >= 4", "本年活动次数 ≥ 4 次", "本年活动次数 3 次（应不少于 4 次）：否"),
        ("activities >= planned", "本年活动次数 ≥ 计划活动次数", "本年活动次数 3 次（应不少于 计划活动次数 4 次）：否"),
        ("1 <= activities < 5", "1 次 ≤ 本年活动次数 < 5 次", "1 次 ≤ 本年活动次数 3 次 < 5 次：是"),
        ("leader", "负责人在任", "负责人在任：是"),
        ("not leader", "并非 负责人在任", "并非 负责人在任：是：否"),
        ("not (leader and deputy)", "并非 （负责人在任 且 副职在任）", "并非 （负责人在任：是 且 副职在任：否）：是"),
        ("funds >= least_funds", "本年收到经费 ≥ 5,000 元", "本年收到经费 4,500.5 元（应不少于 5,000 元）：否"),
        ("funds + 100 >= 5000", "本年收到经费 + 100 元 ≥ 5,000 元", "本年收到经费 4,500.5 元 + 100 元（应不少于 5,000 元）：否"),
        ("(members - 2) * 0.5", "（登记人数 - 2 人） × 0.5", "（登记人数 12 人 - 2 人） × 0.5：5 人"),
        ("members - (2 - 1)", "登记人数 - （2 人 - 1 人）", "登记人数 12 人 - （2 人 - 1 人）：11 人"),
        ("-(days_left + 1)", "-（距届满天数 + 1 天）", "-（距届满天数 -30 天 + 1 天）：29 天"),
        ("activities / planned", "本年活动次数 ÷ 计划活动次数", "本年活动次数 3 次 ÷ 计划活动次数 4 次：0.75"),
        ("round(share)", "覆盖比例 四舍五入", "覆盖比例 0.75 四舍五入：1"),
        ("max(activities, 1) > 2", "（（本年活动次数、1 次） 中最大的） > 2 次",
         "（本年活动次数 3 次、1 次） 中最大的（应多于 2 次）：是"),
        ("1 if leader else 2", "如果 负责人在任 则 1，否则 2", "如果 负责人在任：是 则 1，否则 2：1"),
        ("leader and (deputy or activities > 1)", "负责人在任 且 （副职在任 或 本年活动次数 > 1 次）",
         "负责人在任：是 且 （副职在任：否 或 本年活动次数 3 次 > 1 次）：是"),
    ],
)  # fmt: skip
def test_in_words(source, written, answer):
    expression = read(source)
    assert formula(expression.root) == written
    assert sentence(trace(expression, FACTS)) == answer


def test_in_english():
    expression = read("activities >= 4")
    assert formula(expression.root, ENGLISH) == "Activities this year ≥ 4 times"
    said = sentence(trace(expression, FACTS), ENGLISH)
    assert said == "Activities this year 3 times (should be at least 4 times): no"
    assert [set(CHINESE.units), set(CHINESE.calls)] == [set(ENGLISH.units), set(ENGLISH.calls)]


def test_missing_in_words():
    assert sentence(trace(read("activities >= 4"), {})) == "本年活动次数 无数据（应不少于 4 次）：无数据"


@pytest.mark.parametrize(
    ("source", "facts", "written", "answer"),
    [
        ("coalesce(funds, 0) > 0", FACTS, "本年收到经费（没有数据按 0 元算） > 0 元",
         "本年收到经费 4,500.5 元（应多于 0 元）：是"),
        ("coalesce(funds, 0) > 0", {}, "本年收到经费（没有数据按 0 元算） > 0 元",
         "本年收到经费 无数据（没有数据按 0 元算）（应多于 0 元）：否"),
        ("coalesce(activities, planned)", {}, "（本年活动次数、计划活动次数） 中第一个有数据的",
         "（本年活动次数 无数据、计划活动次数 无数据） 中第一个有数据的：无数据"),
    ],
)  # fmt: skip
def test_what_stands_in_for_a_missing_fact_in_words(source, facts, written, answer):
    expression = read(source)
    assert (formula(expression.root), sentence(trace(expression, facts))) == (written, answer)


def test_steps_show_every_calculation():
    assert steps(trace(read("leader and (deputy or activities + 1 > 3)"), FACTS)) == (
        (0, "负责人在任：是 且 （副职在任：否 或 本年活动次数 3 次 + 1 次 > 3 次）：是"),
        (1, "副职在任：否 或 本年活动次数 3 次 + 1 次 > 3 次：是"),
        (2, "本年活动次数 3 次 + 1 次（应多于 3 次）：是"),
        (3, "本年活动次数 3 次 + 1 次：4 次"),
    )


@pytest.mark.parametrize(
    ("source", "facts", "decided"),
    [
        ("activities >= 4 and leader and deputy", FACTS, ["本年活动次数 3 次（应不少于 4 次）：否", "副职在任：否"]),
        ("activities >= 3 and leader", FACTS, ["本年活动次数 3 次（应不少于 3 次）：是", "负责人在任：是"]),
        ("leader and (deputy or activities > 9)", FACTS, ["副职在任：否", "本年活动次数 3 次（应多于 9 次）：否"]),
        ("leader or deputy", FACTS, ["负责人在任：是"]),
        ("leader and deputy", {"leader": True}, ["副职在任：无数据"]),
        ("not leader", FACTS, ["并非 负责人在任：是：否"]),
    ],
)
def test_reasons_are_what_decided(source, facts, decided):
    assert [sentence(step) for step in reasons(trace(read(source), facts))] == decided


def test_clause_leaves_the_outcome_of_a_comparison_to_its_numbers():
    sources = ["activities >= 4", "activities > planned", "1 < activities < 5", "leader", "not leader"]
    assert [clause(trace(read(source), FACTS)) for source in sources] == [
        "本年活动次数 3 次（应不少于 4 次）",
        "本年活动次数 3 次（应多于 计划活动次数 4 次）",
        "1 次 < 本年活动次数 3 次 < 5 次：是",
        "负责人在任：是",
        "并非 负责人在任：是：否",
    ]


def test_inputs_are_the_facts_used():
    assert inputs(trace(read("leader and activities > planned"), {"activities": 1})) == {
        "leader": None,
        "activities": 1,
        "planned": None,
    }


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, Unit.PEOPLE, "无数据"),
        (0, Unit.TIMES, "0 次"),
        (1234567, Unit.PEOPLE, "1,234,567 人"),
        (123456, Unit.FEN, "1,234.56 元"),
        (-150, Unit.FEN, "-1.5 元"),
        (Fraction(2, 3), Unit.NUMBER, "0.67"),
        (Fraction(-1, 1000), Unit.NUMBER, "0"),
        (False, Unit.BOOLEAN, "否"),
        (Fraction(171, 2), Unit.SQUARE_METRES, "85.5 平方米"),
    ],
)
def test_shown(value, unit, text):
    assert shown(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "made"),
    [
        (None, Unit.BOOLEAN, None),
        (True, Unit.BOOLEAN, True),
        (3, Unit.TIMES, 3),
        (0.1, Unit.NUMBER, Fraction(1, 10)),
        (Decimal("85.50"), Unit.SQUARE_METRES, Fraction(171, 2)),
        (Fraction(1, 3), Unit.NUMBER, Fraction(1, 3)),
    ],
)
def test_exact(value, unit, made):
    assert exact(value, unit) == made


@pytest.mark.parametrize(
    ("value", "unit"),
    [(1, Unit.BOOLEAN), (True, Unit.TIMES), ("3", Unit.TIMES), (float("nan"), Unit.NUMBER), (Decimal("inf"), Unit.FEN)],
)
def test_exact_refuses_wrong_types(value, unit):
    with pytest.raises(TypeError):
        exact(value, unit)


truths = st.sampled_from([True, False, None])


@given(truths, truths, truths)
def test_kleene_laws(a, b, c):
    assert both(a, b) is both(b, a)
    assert either(a, b) is either(b, a)
    assert both(a, both(b, c)) is both(both(a, b), c) is both(a, b, c)
    assert either(a, either(b, c)) is either(either(a, b), c) is either(a, b, c)
    assert negation(both(a, b)) is either(negation(a), negation(b))
    assert negation(negation(a)) is a
    assert both(a, a) is either(a, a) is a
    assert both(a, either(a, b)) is either(a, both(a, b)) is a
    assert both(a, either(b, c)) is either(both(a, b), both(a, c))
    assert both(a, True) is either(a, False) is a
    assert (both(a, False), either(a, True)) == (False, True)


NUMBERS = st.sampled_from(["activities", "planned", "3", "0", "2.5"])
TRUTHS = st.sampled_from(["leader", "deputy", "True", "False"])


def _numbers(smaller):
    return st.one_of(
        st.tuples(smaller, st.sampled_from("+-"), smaller).map(lambda made: f"({made[0]} {made[1]} {made[2]})"),
        st.tuples(smaller, st.sampled_from(["* 2", "/ 3", "/ 0", "* -1.5"])).map(lambda made: f"({made[0]} {made[1]})"),
        st.tuples(st.sampled_from(["min", "max", "coalesce"]), smaller, smaller).map(
            lambda made: f"{made[0]}({made[1]}, {made[2]})"
        ),
        st.tuples(smaller, smaller, smaller).map(lambda made: f"clamp({made[0]}, {made[1]}, {made[2]})"),
        smaller.map(lambda made: f"abs(-round({made}, 1))"),
        st.tuples(smaller, conditions, smaller).map(lambda made: f"({made[0]} if {made[1]} else {made[2]})"),
    )


comparisons = st.tuples(NUMBERS, st.sampled_from([">=", "<", "==", "!="]), NUMBERS).map(" ".join)
conditions = st.recursive(
    st.one_of(TRUTHS, comparisons.map(lambda made: f"({made})")),
    lambda smaller: st.one_of(
        st.tuples(smaller, st.sampled_from(["and", "or", "=="]), smaller).map(lambda made: f"({' '.join(made)})"),
        smaller.map(lambda made: f"(not {made})"),
    ),
    max_leaves=4,
)
amounts = st.recursive(NUMBERS, _numbers, max_leaves=5)
formulas = st.one_of(
    conditions,
    amounts,
    st.tuples(amounts, st.sampled_from([">=", "<", "=="]), amounts, st.sampled_from(["<=", ">"]), amounts).map(
        " ".join
    ),
)
rows = st.fixed_dictionaries(
    {
        "activities": st.none() | st.integers(0, 9),
        "planned": st.none() | st.integers(0, 9),
        "share": st.none() | st.fractions(0, 1, max_denominator=8),
        "leader": truths,
        "deputy": truths,
    }
)


@given(formulas, st.lists(rows, max_size=5))
def test_traced_and_bulk_agree(source, units):
    expression = read(source)
    columns = {name: [row[name] for row in units] for name in ("activities", "planned", "share", "leader", "deputy")}
    one_by_one = [trace(expression, row).value for row in units]
    assert evaluate_many(expression, columns, len(units)) == one_by_one


@given(conditions, rows, rows)
def test_known_answers_survive_any_missing_number(source, row, other):
    expression = read(source)
    answer = evaluate(expression, row)
    known = {name: other[name] if value is None else value for name, value in row.items()}
    assert answer is None or evaluate(expression, known) is answer


@given(st.text(max_size=40) | st.text("activitesldr ()+-*/<>=!,.0123456789≥（）", max_size=60))
def test_any_text_is_read_or_refused(source):
    try:
        place = len(read(source).source)
    except ExpressionError as refused:
        place = refused.position
    assert 1 <= place <= len(source) + 1
