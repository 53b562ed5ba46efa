"""Formulas and their answers in words, so that a clerk reads "本年活动次数 3 次（应不少于 4 次）：否" and not a program.

Two word tables, Chinese first. A formula is shown with the labels of its facts; an answer with their values put in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wuyou.kernel.expressions.evaluation import Trace, inputs
from wuyou.kernel.expressions.parsing import Node
from wuyou.kernel.expressions.units import FEN_IN_YUAN, Symbol, Unit, Value


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    `demand` and `condition` say a fact with its bound, as a demand ("应不少于 4 次") or as what makes a demand apply;
    `otherwise` says what stands in for a missing fact; `calls` are patterns for the operands in order.
    """

    yes: str
    no: str
    missing: str
    outcome: str
    demand: str
    condition: str
    otherwise: str
    comma: str
    semicolon: str
    stop: str
    opening: str
    closing: str
    units: dict[Unit, str]
    demands: dict[str, str]
    logic: dict[str, str]
    calls: dict[str, str]
    is_english: bool = False

    def label(self, symbol: Symbol) -> str:
        """Return the label of a fact in this language; in Chinese where it has no other."""
        return (self.is_english and symbol.label_en) or symbol.label


_NO_WORD = {Unit.NUMBER: "", Unit.BARE: "", Unit.BOOLEAN: ""}

CHINESE = Words(
    yes="是",
    no="否",
    missing="无数据",
    outcome="：",
    demand="{fact}（应{sign} {bound}）",
    condition="{fact}（{sign} {bound}时适用）",
    otherwise="{fact}（没有数据按 {bound}算）",
    comma="、",
    semicolon="；",
    stop="。",
    opening="（",
    closing="）",
    units=_NO_WORD
    | {
        Unit.PEOPLE: " 人",
        Unit.FEN: " 元",
        Unit.DAYS: " 天",
        Unit.TIMES: " 次",
        Unit.ITEMS: " 个",
        Unit.ATTENDANCES: " 人次",
        Unit.SQUARE_METRES: " 平方米",
    },
    demands={">=": "不少于", ">": "多于", "<=": "不多于", "<": "少于", "==": "等于", "!=": "不等于"},
    logic={"and": " 且 ", "or": " 或 ", "not": "并非 "},
    calls={
        "min": "{0} 中最小的",
        "max": "{0} 中最大的",
        "round": "{0} 四舍五入",
        "abs": "{0} 的绝对值",
        "clamp": "{0} 依次为数值、下限、上限",
        "coalesce": "{0} 中第一个有数据的",
        "choose": "如果 {0} 则 {1}，否则 {2}",
    },
)

ENGLISH = Words(
    yes="yes",
    no="no",
    missing="no data",
    outcome=": ",
    demand="{fact} (should be {sign} {bound})",
    condition="{fact} (applies when {sign} {bound})",
    otherwise="{fact} ({bound} if unknown)",
    comma=", ",
    semicolon="; ",
    stop=".",
    opening="(",
    closing=")",
    units=_NO_WORD
    | {
        Unit.PEOPLE: " people",
        Unit.FEN: " yuan",
        Unit.DAYS: " days",
        Unit.TIMES: " times",
        Unit.ITEMS: "",
        Unit.ATTENDANCES: " attendances",
        Unit.SQUARE_METRES: " m²",
    },
    demands={
        ">=": "at least",
        ">": "more than",
        "<=": "at most",
        "<": "less than",
        "==": "exactly",
        "!=": "other than",
    },
    logic={"and": " and ", "or": " or ", "not": "not "},
    calls={
        "min": "the least of {0}",
        "max": "the greatest of {0}",
        "round": "{0} rounded",
        "abs": "the size of {0}",
        "clamp": "{0} (value, lower bound, upper bound)",
        "coalesce": "the first known of {0}",
        "choose": "if {0} then {1}, else {2}",
    },
    is_english=True,
)

_INFIX = {"add": (5, " + "), "subtract": (5, " - "), "multiply": (6, " × "), "divide": (6, " ÷ ")}
_SHOWN_SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠", ">": ">", "<": "<"}
_LOGIC_BINDS = {"or": 1, "and": 2, "not": 3}
_COMPARE_BINDS, _NEGATE_BINDS, _WORD_BINDS, _LEAF_BINDS = 4, 7, 0, 9

Values = Mapping[str, Value] | None


def shown(value: Value, unit: Unit, words: Words = CHINESE) -> str:
    """Return a value in words: "3 次", "4,500 元" (from fen)， "是", "无数据"; fractions to two places, 四舍五入."""
    if value is None:
        return words.missing
    if unit is Unit.BOOLEAN:
        return words.yes if value else words.no
    amount = Fraction(value) / (FEN_IN_YUAN if unit is Unit.FEN else 1)
    return _decimal(amount) + words.units[unit]


def _decimal(amount: Fraction) -> str:
    hundredths = int(abs(amount) * 100 + Fraction(1, 2))
    digits = f"{hundredths // 100:,}"
    if hundredths % 100:
        digits += f".{hundredths % 100:02}".rstrip("0")
    return f"-{digits}" if amount < 0 and hundredths else digits


def formula(node: Node, words: Words = CHINESE) -> str:
    """Return a formula with the labels of its facts: "本年活动次数 ≥ 4 次"."""
    return _write(node, words, None)[0]


def sentence(traced: Trace, words: Words = CHINESE) -> str:
    """Return a step with its numbers and its outcome: "本年活动次数 3 次（应不少于 4 次）：否"."""
    return _statement(traced, words) + words.outcome + shown(traced.value, traced.node.unit, words)


def clause(traced: Trace, words: Words = CHINESE) -> str:
    """Return a step as part of a sentence whose outcome is said elsewhere: "本年活动次数 3 次（应不少于 4 次）".

    One comparison speaks by its numbers; anything else keeps its outcome: "负责人在任：否".
    """
    return _statement(traced, words) if _is_demand(traced.node) else sentence(traced, words)


def reasons(traced: Trace) -> tuple[Trace, ...]:
    """Return the steps that decided a yes/no answer, in the order written.

    A "no" of an and, or an unknown one, is decided by the parts that are so; its "yes" by all parts. An or likewise.
    """
    if traced.node.op not in ("and", "or"):
        return (traced,)
    return tuple(step for part in traced.parts if part.value is traced.value for step in reasons(part))


def steps(traced: Trace, words: Words = CHINESE) -> tuple[tuple[int, str], ...]:
    """Return all steps as (depth, sentence), outermost first; plain facts and numbers are not repeated as steps."""
    return tuple(_steps(traced, words, 0))


def _steps(traced: Trace, words: Words, depth: int) -> list[tuple[int, str]]:
    below = [line for part in traced.parts if part.parts for line in _steps(part, words, depth + 1)]
    return [(depth, sentence(traced, words)), *below]


def _is_demand(node: Node) -> bool:
    """Say whether a step is one comparison of two sides, which is said as what there is and what there should be."""
    return node.op == "compare" and len(node.signs) == 1


def _statement(traced: Trace, words: Words) -> str:
    """Return a step with its numbers put in, without the outcome."""
    node, values = traced.node, inputs(traced)
    if node.symbol is not None:
        return words.label(node.symbol)
    if _is_demand(node):
        fact, bound = (_write(part, words, values)[0] for part in node.parts)
        return words.demand.format(fact=fact, sign=words.demands[node.signs[0]], bound=bound)
    return _write(node, words, values)[0]


def _fact(symbol: Symbol, words: Words, values: Values) -> str:
    """Return a fact by its label; with `values`, also by its value."""
    if values is None:
        return words.label(symbol)
    joint = words.outcome if symbol.unit is Unit.BOOLEAN else " "
    return words.label(symbol) + joint + shown(values[symbol.name], symbol.unit, words)


def _write(node: Node, words: Words, values: Values) -> tuple[str, int]:
    """Return the text of a step and how tightly it binds; what binds less than its surroundings is bracketed."""
    if node.symbol is not None:
        return _fact(node.symbol, words, values), _LEAF_BINDS
    if node.op == "literal":
        return shown(node.value, node.unit, words), _LEAF_BINDS

    def part(index: int, binds: int) -> str:
        text, inner = _write(node.parts[index], words, values)
        return text if inner >= binds else f"{words.opening}{text}{words.closing}"

    if node.op in _INFIX:
        binds, sign = _INFIX[node.op]
        return part(0, binds) + sign + part(1, binds + 1), binds
    if node.op == "compare":
        text = part(0, _COMPARE_BINDS + 1)
        for index, sign in enumerate(node.signs, 1):
            text += f" {_SHOWN_SIGNS[sign]} {part(index, _COMPARE_BINDS + 1)}"
        return text, _COMPARE_BINDS
    if node.op in _LOGIC_BINDS:
        binds = _LOGIC_BINDS[node.op]
        if node.op == "not":
            return words.logic["not"] + part(0, _COMPARE_BINDS), binds
        return words.logic[node.op].join(part(index, binds + 1) for index in range(len(node.parts))), binds
    if node.op == "negate":
        return "-" + part(0, _NEGATE_BINDS), _NEGATE_BINDS
    return _call(node, words, values)


def _call(node: Node, words: Words, values: Values) -> tuple[str, int]:
    symbol = node.parts[0].symbol
    if node.op == "coalesce" and symbol is not None and node.parts[1].op == "literal":
        fact = _fact(symbol, words, values)
        if values is not None and values[symbol.name] is not None:
            return fact, _LEAF_BINDS
        return words.otherwise.format(fact=fact, bound=_write(node.parts[1], words, values)[0]), _LEAF_BINDS
    texts = [_write(part, words, values)[0] for part in node.parts]
    if node.op == "choose":
        return words.calls["choose"].format(*texts), _WORD_BINDS
    many = f"{words.opening}{words.comma.join(texts)}{words.closing}" if len(texts) > 1 else texts[0]
    return words.calls[node.op].format(many), _WORD_BINDS
