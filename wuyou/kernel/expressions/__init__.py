"""Formulas that an office may edit, and that cannot do harm: a closed vocabulary over named facts.

A formula such as `activities_in_year >= 4 and (deputy_present or liaison_present)` is read once (`parse`), checked for
unknown names and for units that do not go together, and then answered either for one unit with every step kept
(`trace`) or for thousands of units at once (`evaluate_many`). "No data" is a value of its own (None): nothing here ever
takes a missing number for zero, or an unknown for a no. `formula`, `sentence` and `steps` put it all into words.

Not `eval`, and no general expression library: none of those keeps a trace, knows units and tells missing from zero.
"""

from wuyou.kernel.expressions.evaluation import Trace, both, either, evaluate, evaluate_many, inputs, negation, trace
from wuyou.kernel.expressions.parsing import Constant, Expression, ExpressionError, Node, parse
from wuyou.kernel.expressions.units import Symbol, Unit, Value, exact
from wuyou.kernel.expressions.wording import CHINESE, ENGLISH, Words, clause, formula, reasons, sentence, shown, steps

__all__ = [
    "CHINESE",
    "ENGLISH",
    "Constant",
    "Expression",
    "ExpressionError",
    "Node",
    "Symbol",
    "Trace",
    "Unit",
    "Value",
    "Words",
    "both",
    "clause",
    "either",
    "evaluate",
    "evaluate_many",
    "exact",
    "formula",
    "inputs",
    "negation",
    "parse",
    "reasons",
    "sentence",
    "shown",
    "steps",
    "trace",
]
