"""Reading a formula: characters, then syntax, then names and units. What passes here can be evaluated safely.

Only the node kinds named below exist; everything else (attributes, subscripts, strings, powers, keywords,
comprehensions …) is refused with the place where it stands. Length, depth and size are limited, so that a hostile
formula costs no more than an honest one.
"""

import ast
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from wuyou.kernel.expressions.units import FEN_IN_YUAN, Symbol, Unit, Value
from wuyou.kernel.sayings import Saying

MAX_LENGTH = 600
MAX_DEPTH = 24
MAX_NODES = 200
MAX_NUMBER = 10**12
MAX_DECIMALS = 4

UNIT_WORDS = {
    Unit.PEOPLE: Saying("人数"),
    Unit.FEN: Saying("金额"),
    Unit.DAYS: Saying("天数"),
    Unit.TIMES: Saying("次数"),
    Unit.ITEMS: Saying("个数"),
    Unit.ATTENDANCES: Saying("人次"),
    Unit.SQUARE_METRES: Saying("面积"),
    Unit.NUMBER: Saying("比例"),
    Unit.BOOLEAN: Saying("是否判断"),
    Unit.BARE: Saying("数字"),
}


class ExpressionError(ValueError):
    """Why a formula cannot be used: one sentence, and the place, counted in characters from 1."""

    def __init__(self, message: Saying, position: int) -> None:
        self.message = message
        self.position = position
        self.saying = Saying("公式第 {position} 个字处：{message}", {"position": position, "message": message})
        super().__init__(str(self.saying))


@dataclass(frozen=True, slots=True)
class Constant:
    """A threshold that a formula uses by name; its value is set beside the formula. Money is in fen."""

    symbol: Symbol
    value: int | Fraction


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a checked formula.

    `op` is a key of `evaluation.operation`; `parts` are the operands in order. `value` belongs to a literal, `symbol`
    to a fact, `signs` to a comparison (one sign between two operands, as many as gaps), `digits` to a rounding.
    """

    op: str
    unit: Unit
    parts: tuple["Node", ...] = ()
    value: Value = None
    symbol: Symbol | None = None
    signs: tuple[str, ...] = ()
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that was read and checked. `names` are the facts it uses, in order of first use."""

    source: str
    root: Node
    names: tuple[str, ...]

    @property
    def unit(self) -> Unit:
        """What the result counts."""
        return self.root.unit


_FULL_WIDTH = {
    "（": "(", "）": ")", "，": ",", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "＞": ">", "＜": "<",
    "＋": "+", "－": "-", "＝": "=", "　": " ", "\t": " ", "\n": " ", "\r": " ",
}  # fmt: skip
_TOKEN = re.compile(r"(?P<name>[A-Za-z_]\w*)|(?P<number>\d+(?:\.\d+)?)|(?P<op>==|!=|>=|<=|[-+*/()<>,])| +", re.ASCII)
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
}
_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_ARGUMENTS = {"min": (2, 8), "max": (2, 8), "round": (1, 2), "abs": (1, 1), "clamp": (3, 3), "coalesce": (2, 8)}


def parse(
    source: str,
    symbols: Mapping[str, Symbol],
    *,
    constants: Mapping[str, Constant] | None = None,
    expects: Unit | None = None,
) -> Expression:
    """Return the formula, checked against the names that exist and the units they count.

    A bare number takes the unit of what stands beside it in a sum, a comparison or a choice; beside money it is yuan.
    As a factor or divisor it is a plain number. With `expects` the result must have that unit.

    Raises: ExpressionError.
    """
    text, places = _ascii(source)
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, MemoryError, RecursionError) as fault:
        at = getattr(fault, "offset", 0) or len(text) + 1  # 0: the formula ends too early
        message = Saying("写法不完整，请检查括号、运算符和逗号是否成对、齐全。")
        raise ExpressionError(message, places[min(at - 1, len(text))]) from None
    reader = _Reader(text, places, symbols, constants or {})
    root = reader.read(tree.body, 1)
    if expects and expects is not root.unit:
        if root.unit is not Unit.BARE or expects is Unit.BOOLEAN:
            sorts = {"expected": UNIT_WORDS[expects], "found": UNIT_WORDS[root.unit]}
            raise ExpressionError(Saying("这里要得到{expected}，公式得到的是{found}。", sorts), 1)
        root = _with_unit(root, expects)
    if root.unit is Unit.BARE:
        root = _with_unit(root, Unit.NUMBER)
    return Expression(source, root, tuple(dict.fromkeys(reader.names)))


def _ascii(source: str) -> tuple[str, list[int]]:
    """Return the formula in plain signs, and for each of its characters (and the end) the place in the original.

    Chinese keyboards give （ ） ， ≥; they mean the plain signs. Whatever is no word, number or sign is refused here,
    before the Python parser sees it.
    """
    if not source.strip():
        raise ExpressionError(Saying("公式是空的。"), 1)
    if len(source) > MAX_LENGTH:
        raise ExpressionError(Saying("公式太长，最多 {most} 个字。", {"most": MAX_LENGTH}), MAX_LENGTH + 1)
    text, places = "", []
    for place, char in enumerate(source, 1):
        plain = _FULL_WIDTH.get(char, char)
        text += plain
        places += [place] * len(plain)
    lead = len(text) - len(text.lstrip(" "))
    text, places = text[lead:], [*places[lead:], len(source) + 1]
    _check_tokens(text, places)
    return text, places


def _check_tokens(text: str, places: Sequence[int]) -> None:
    at, number_before = 0, False
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            allowed = Saying("公式里只能用数据名称、数字、运算符和括号。")
            hint = Saying("比较相等请写 ==。") if text[at] == "=" else allowed
            raise ExpressionError(Saying("“{sign}”不能用。{hint}", {"sign": text[at], "hint": hint}), places[at])
        if number_before and token["name"]:
            raise ExpressionError(Saying("数字和文字之间要有空格或运算符。"), places[at])
        number_before = token["number"] is not None
        at = token.end()


class _Reader:
    """Turns the syntax tree into checked nodes; counts as it goes."""

    def __init__(
        self, text: str, places: Sequence[int], symbols: Mapping[str, Symbol], constants: Mapping[str, Constant]
    ) -> None:
        self.text = text
        self.places = places
        self.symbols = symbols
        self.constants = constants
        self.names: list[str] = []
        self.count = 0
        self.readings: dict[type[ast.expr], Callable[[Any, int], Node]] = {
            ast.Constant: self.literal,
            ast.Name: self.name,
            ast.BinOp: self.arithmetic,
            ast.UnaryOp: self.unary,
            ast.Compare: self.comparison,
            ast.BoolOp: self.logic,
            ast.IfExp: self.choice,
            ast.Call: self.call,
        }

    def read(self, tree: ast.expr, depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            raise self.fault(tree, Saying("公式太复杂，请拆成几条标准。"))
        reading = self.readings.get(type(tree))
        if reading is None:
            raise self.fault(tree, Saying("这种写法不能用，公式里只能比较、计算、且（and）、或（or）、非（not）。"))
        return reading(tree, depth + 1)

    def fault(self, tree: ast.expr, message: Saying) -> ExpressionError:
        return ExpressionError(message, self.places[tree.col_offset])

    def literal(self, tree: ast.Constant, _depth: int) -> Node:
        if isinstance(tree.value, bool):
            return Node("literal", Unit.BOOLEAN, value=tree.value)
        if not isinstance(tree.value, int | float):
            raise self.fault(tree, Saying("这里只能写数字、True（是）或 False（否）。"))
        number = Fraction(self.text[tree.col_offset : tree.end_col_offset])
        if number > MAX_NUMBER or (number * 10**MAX_DECIMALS).denominator != 1:
            raise self.fault(tree, Saying("数字太大或小数位太多，最多 {most} 位小数。", {"most": MAX_DECIMALS}))
        return Node("literal", Unit.BARE, value=_plain(number))

    def name(self, tree: ast.Name, _depth: int) -> Node:
        if constant := self.constants.get(tree.id):
            return Node("literal", constant.symbol.unit, value=constant.value)
        if symbol := self.symbols.get(tree.id):
            self.names.append(symbol.name)
            return Node("fact", symbol.unit, symbol=symbol)
        near = difflib.get_close_matches(tree.id, [*self.symbols, *self.constants], 1)
        hint = Saying("是不是“{name}”？", {"name": near[0]}) if near else Saying("请从数据目录里选。")
        raise self.fault(tree, Saying("没有名叫“{name}”的数据，{hint}", {"name": tree.id, "hint": hint}))

    def number(self, tree: ast.expr, depth: int) -> Node:
        node = self.read(tree, depth)
        if node.unit is Unit.BOOLEAN:
            raise self.fault(tree, Saying("是否判断不能拿来计算或比大小。"))
        return node

    def truth(self, tree: ast.expr, depth: int) -> Node:
        node = self.read(tree, depth)
        if node.unit is not Unit.BOOLEAN:
            raise self.fault(
                tree, Saying("且、或、非、如果后面要是是否判断，这里是{found}。", {"found": UNIT_WORDS[node.unit]})
            )
        return node

    def alike(self, tree: ast.expr, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Return the nodes in one unit; bare numbers take it."""
        units: list[Unit] = list(dict.fromkeys(node.unit for node in nodes if node.unit is not Unit.BARE))
        if not units:
            return tuple(nodes)
        if units[0] is Unit.BOOLEAN and any(node.unit is Unit.BARE for node in nodes):
            units.append(Unit.BARE)
        if len(units) > 1:
            sorts = {"one": UNIT_WORDS[units[0]], "other": UNIT_WORDS[units[1]]}
            raise self.fault(tree, Saying("{one}和{other}不是同一种量，不能放在一起算或比。", sorts))
        return tuple(_with_unit(node, units[0]) if node.unit is Unit.BARE else node for node in nodes)

    def arithmetic(self, tree: ast.BinOp, depth: int) -> Node:
        op = _ARITHMETIC.get(type(tree.op))
        if op is None:
            raise self.fault(tree, Saying("只能用加减乘除（+ - * /），不能用乘方、取余、整除。"))
        left, right = self.number(tree.left, depth), self.number(tree.right, depth)
        if op in ("add", "subtract"):
            left, right = self.alike(tree, (left, right))
            return Node(op, left.unit, (left, right))
        return Node(op, self.scaled(tree, op, left.unit, right.unit), (left, right))

    def scaled(self, tree: ast.BinOp, op: str, left: Unit, right: Unit) -> Unit:
        """Return the unit of a product or quotient: people by people is a share; people by yuan does not exist."""
        if right.is_plain:
            return Unit.NUMBER if left is Unit.BARE and right is Unit.NUMBER else left
        if left.is_plain and op == "multiply":
            return right
        if left is right and op == "divide":
            return Unit.NUMBER
        sorts = {"one": UNIT_WORDS[left], "other": UNIT_WORDS[right]}
        times, over = Saying("{one}和{other}不能相乘。", sorts), Saying("{one}和{other}不能相除。", sorts)
        raise self.fault(tree, times if op == "multiply" else over)

    def unary(self, tree: ast.UnaryOp, depth: int) -> Node:
        if isinstance(tree.op, ast.Not):
            return Node("not", Unit.BOOLEAN, (self.truth(tree.operand, depth),))
        # `~` never reaches this point: it is no sign of ours.
        operand = self.number(tree.operand, depth)
        return operand if isinstance(tree.op, ast.UAdd) else Node("negate", operand.unit, (operand,))

    def comparison(self, tree: ast.Compare, depth: int) -> Node:
        signs = tuple(_SIGNS.get(type(op), "") for op in tree.ops)
        if "" in signs:
            raise self.fault(tree, Saying("比较只能用 > >= < <= == !=。"))
        trees = [tree.left, *tree.comparators]
        read = self.read if set(signs) <= {"==", "!="} else self.number
        parts = self.alike(tree, [read(operand, depth) for operand in trees])
        return Node("compare", Unit.BOOLEAN, parts, signs=signs)

    def logic(self, tree: ast.BoolOp, depth: int) -> Node:
        op = "and" if isinstance(tree.op, ast.And) else "or"
        return Node(op, Unit.BOOLEAN, tuple(self.truth(value, depth) for value in tree.values))

    def choice(self, tree: ast.IfExp, depth: int) -> Node:
        test = self.truth(tree.test, depth)
        yes, no = self.alike(tree, (self.read(tree.body, depth), self.read(tree.orelse, depth)))
        return Node("choose", yes.unit, (test, yes, no))

    def call(self, tree: ast.Call, depth: int) -> Node:
        op = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if op not in _ARGUMENTS:
            raise self.fault(tree, Saying("没有这个函数，可用的有 {names}。", {"names": tuple(_ARGUMENTS)}))
        fewest, most = _ARGUMENTS[op]
        if not fewest <= len(tree.args) <= most:
            counts = {"op": op, "fewest": fewest, "most": most, "found": len(tree.args)}
            exactly = Saying("{op} 的括号里要有 {most} 项，现在有 {found} 项。", counts)
            between = Saying("{op} 的括号里要有 {fewest} 到 {most} 项，现在有 {found} 项。", counts)
            raise self.fault(tree, exactly if fewest == most else between)
        if op == "round":
            digits = self.digits(tree.args[1]) if len(tree.args) > 1 else 0
            operand = self.number(tree.args[0], depth)
            return Node(op, operand.unit, (operand,), digits=digits)
        read = self.read if op == "coalesce" else self.number
        parts = self.alike(tree, [read(argument, depth) for argument in tree.args])
        return Node(op, parts[0].unit, parts)

    def digits(self, tree: ast.expr) -> int:
        value = tree.value if isinstance(tree, ast.Constant) else None
        if isinstance(value, int) and not isinstance(value, bool) and value <= MAX_DECIMALS:
            return value
        raise self.fault(tree, Saying("round 的小数位数要写成 0 到 {most} 的数字。", {"most": MAX_DECIMALS}))


def _plain(number: Fraction) -> int | Fraction:
    return int(number) if number.denominator == 1 else number


def _with_unit(node: Node, unit: Unit) -> Node:
    """Return a bare node in a unit. Beside money a bare number is yuan, so that nobody has to count in fen."""
    if node.op == "literal":
        scale = FEN_IN_YUAN if unit is Unit.FEN else 1
        return replace(node, unit=unit, value=_plain(Fraction(node.value or 0) * scale))
    if node.op in ("multiply", "divide"):
        return replace(node, unit=unit, parts=(_with_unit(node.parts[0], unit), node.parts[1]))
    parts = tuple(_with_unit(part, unit) if part.unit is Unit.BARE else part for part in node.parts)
    return replace(node, unit=unit, parts=parts)
