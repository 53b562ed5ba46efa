"""Answering a formula: once with every step kept, or for thousands of units at once. Both share each operation.

Missing is a value. Arithmetic and comparison with something missing are missing; dividing by zero is missing; and/or/not
follow Kleene (no and missing = no; yes or missing = yes); a choice whose test is missing is missing, `coalesce` is the
only way out. So an answer that is not None stays the same whatever the missing numbers turn out to be.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from wuyou.kernel.expressions.parsing import Expression, Node
from wuyou.kernel.expressions.units import Unit, Value

Operation = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Trace:
    """A step with the value it had and the steps it was made from."""

    node: Node
    value: Value
    parts: tuple["Trace", ...] = ()


def trace(expression: Expression, facts: Mapping[str, Value]) -> Trace:
    """Return the answer for one unit with all its steps. A fact that is not in `facts` is missing."""
    return _trace(expression.root, facts)


def evaluate(expression: Expression, facts: Mapping[str, Value]) -> Value:
    """Return the answer for one unit, None when it cannot be known."""
    return _trace(expression.root, facts).value


def evaluate_many(expression: Expression, columns: Mapping[str, Sequence[Value]], count: int) -> list[Value]:
    """Return the answers for `count` units, in their order.

    `columns` holds for each fact one value per unit, in that order; a fact without a column is missing for all.
    """
    return list(_column(expression.root, columns, count))


def inputs(traced: Trace) -> dict[str, Value]:
    """Return the facts that a trace used, by name, in order of first use."""
    if traced.node.symbol is not None:
        return {traced.node.symbol.name: traced.value}
    return {name: value for part in traced.parts for name, value in inputs(part).items()}


def _trace(node: Node, facts: Mapping[str, Value]) -> Trace:
    if node.symbol is not None:
        return Trace(node, facts.get(node.symbol.name))
    if node.op == "literal":
        return Trace(node, node.value)
    parts = tuple(_trace(part, facts) for part in node.parts)
    return Trace(node, operation(node)(*(part.value for part in parts)), parts)


def _column(node: Node, columns: Mapping[str, Sequence[Value]], count: int) -> Sequence[Value]:
    if node.symbol is not None:
        return columns.get(node.symbol.name) or [None] * count
    if node.op == "literal":
        return [node.value] * count
    return list(map(operation(node), *(_column(part, columns, count) for part in node.parts)))


def operation(node: Node) -> Operation:
    """Return what a step does with the values of its parts."""
    if node.op == "compare":
        return _single_comparison(node.signs[0]) if len(node.signs) == 1 else _chain(node.signs)
    if node.op == "round":
        return _rounding(node.digits - 2 if node.unit is Unit.FEN else node.digits)
    return OPERATIONS[node.op]


def both(*values: Value) -> Value:
    """Return Kleene's "and": no if any is no, else missing if any is missing, else yes."""
    return False if False in values else None if None in values else True


def either(*values: Value) -> Value:
    """Return Kleene's "or": yes if any is yes, else missing if any is missing, else no."""
    return True if True in values else None if None in values else False


def negation(value: Value) -> Value:
    """Return Kleene's "not": missing stays missing."""
    return None if value is None else not value


def _choose(test: Value, yes: Value, no: Value) -> Value:
    return None if test is None else yes if test else no


def _coalesce(*values: Value) -> Value:
    return next((value for value in values if value is not None), None)


def _divide(left: int | Fraction, right: int | Fraction) -> Value:
    return None if right == 0 else Fraction(left) / right


def _clamp(value: int | Fraction, low: int | Fraction, high: int | Fraction) -> Value:
    return max(low, min(value, high))


def _strict(work: Operation) -> Operation:
    """Return the operation made missing as soon as one of its values is missing."""

    def strict(*values: Value) -> Value:
        return None if None in values else work(*values)

    return strict


def _rounding(digits: int) -> Operation:
    """Return rounding half away from zero （四舍五入）， exact; for money `digits` count behind the yuan."""
    scale = Fraction(10**digits) if digits >= 0 else Fraction(1, 10**-digits)

    def rounded(value: int | Fraction) -> Value:
        whole = int(abs(Fraction(value)) * scale + Fraction(1, 2))
        return (whole if value >= 0 else -whole) / scale

    return _strict(rounded)


_COMPARE: dict[str, Operation] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def _single_comparison(sign: str) -> Operation:
    return _strict(_COMPARE[sign])


def _chain(signs: Sequence[str]) -> Operation:
    tests = [_strict(_COMPARE[sign]) for sign in signs]

    def chain(*values: Value) -> Value:
        return both(*(test(left, right) for test, (left, right) in zip(tests, pairwise(values), strict=True)))

    return chain


OPERATIONS: dict[str, Operation] = {
    "add": _strict(operator.add),
    "subtract": _strict(operator.sub),
    "multiply": _strict(operator.mul),
    "divide": _strict(_divide),
    "negate": _strict(operator.neg),
    "min": _strict(min),
    "max": _strict(max),
    "abs": _strict(abs),
    "clamp": _strict(_clamp),
    "coalesce": _coalesce,
    "choose": _choose,
    "and": both,
    "or": either,
    "not": negation,
}
