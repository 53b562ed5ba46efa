"""Judging a unit by a standard: from formulas to criteria, from criteria to items, with the sentence why.

Two ways with one meaning: `judge_dimensions` for one unit, with reasons, inputs and mending actions; `verdict_columns` for
thousands. No score is made and nothing is ordered by it: 五有 is a diagnosis.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wuyou.assessment.facts import MENDS, Fact, Mend
from wuyou.assessment.rules.scheme import Criterion, Dimension, Missing, StandardVersion, Verdict
from wuyou.kernel.expressions import (
    CHINESE,
    Expression,
    Trace,
    Unit,
    Value,
    Words,
    clause,
    evaluate_many,
    inputs,
    parse,
    reasons,
    shown,
    trace,
)

VERDICT_WORDS = {
    Verdict.MET: ("达到", "Met"),
    Verdict.PARTLY: ("部分达到", "Partly met"),
    Verdict.NOT_MET: ("未达到", "Not met"),
    Verdict.NO_DATA: ("无数据", "No data"),
}
BUT = ("，但", ", but ")
NOTHING_COUNTS = ("没有适用的标准", "no criterion applies")


@dataclass(frozen=True, slots=True)
class ReadCriterion:
    """A criterion with its formulas read; None where it has no such formula."""

    criterion: Criterion
    met: Expression
    partly: Expression | None
    applies_if: Expression | None

    @property
    def formulas(self) -> tuple[Expression, ...]:
        """Those formulas that exist."""
        return tuple(each for each in (self.applies_if, self.met, self.partly) if each)


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version ready to judge with: each item with its read criteria."""

    version: StandardVersion
    catalogue: Mapping[str, Fact]
    items: tuple[tuple[Dimension, tuple[ReadCriterion, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that it asks for, in order of first use."""
        read = (criterion for _, criteria in self.items for criterion in criteria)
        return tuple(dict.fromkeys(name for each in read for formula in each.formulas for name in formula.names))


@dataclass(frozen=True, slots=True)
class Input:
    """A fact that a criterion used: its value in words, the list behind it, and what its absence means ("" if there)."""

    fact: Fact
    value: Value
    text: str
    missing: str


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """How one criterion stands; `verdict` None: it does not apply, or is left out. `traces` are all steps taken."""

    criterion: Criterion
    verdict: Verdict | None
    why: str
    inputs: tuple[Input, ...]
    traces: tuple[Trace, ...]
    mend: Mend | None


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """How one item stands, the sentence why, and what can be done, in the order of the criteria."""

    dimension: Dimension
    verdict: Verdict
    why: str
    criteria: tuple[CriterionResult, ...]
    mends: tuple[Mend, ...]


def read_version(version: StandardVersion, catalogue: Mapping[str, Fact]) -> ReadVersion:
    """Return the version with its formulas read, so that it can judge many units.

    Raises: ExpressionError for a formula that cannot be used (a published version has none).
    """
    items = tuple(
        (dimension, tuple(read_criterion(version, each, catalogue) for each in dimension.criteria))
        for dimension in version.dimensions
    )
    return ReadVersion(version, catalogue, items)


def read_criterion(version: StandardVersion, criterion: Criterion, catalogue: Mapping[str, Fact]) -> ReadCriterion:
    """Return a criterion with its formulas read against facts and the version's thresholds.

    Raises: ExpressionError.
    """
    symbols = {name: fact.symbol for name, fact in catalogue.items()}

    def formula(source: str) -> Expression:
        return parse(source, symbols, constants=version.constants, expects=Unit.BOOLEAN)

    return ReadCriterion(
        criterion,
        met=formula(criterion.met),
        partly=formula(criterion.partly) if criterion.partly else None,
        applies_if=formula(criterion.applies_if) if criterion.applies_if else None,
    )


def criterion_verdict(criterion: Criterion, applies: Value, met: Value, partly: Value) -> Verdict | None:
    """Return how a criterion stands from the values of its formulas; None when it does not count.

    Missing (None) stays open unless the criterion's `missing` policy says otherwise. `partly` only matters when `met`
    is a no. A criterion that may not even apply is open.
    """
    if applies is False:
        return None
    if applies is None or met is None:
        verdict = Verdict.NO_DATA
    elif met:
        verdict = Verdict.MET
    else:
        verdict = Verdict.NO_DATA if partly is None else Verdict.PARTLY if partly else Verdict.NOT_MET
    if verdict is Verdict.NO_DATA and criterion.missing is not Missing.NO_DATA:
        return Verdict.NOT_MET if criterion.missing is Missing.NOT_MET else None
    return verdict


def dimension_verdict(criteria: Iterable[tuple[Verdict | None, bool]]) -> Verdict:
    """Return how an item stands from its criteria, each with whether it is mandatory (必备).

    All met: met. None met, or a mandatory one not met: not met. Otherwise partly. An open criterion is thought through
    both ways: if the item would stand the same at worst and at best, that is the verdict, else there is no data. An item
    none of whose criteria count has no data.
    """
    counted = [(verdict, mandatory) for verdict, mandatory in criteria if verdict is not None]
    if not counted:
        return Verdict.NO_DATA
    worst = _known_verdict(counted, Verdict.NOT_MET)
    return worst if worst is _known_verdict(counted, Verdict.MET) else Verdict.NO_DATA


def _known_verdict(counted: Sequence[tuple[Verdict, bool]], if_open: Verdict) -> Verdict:
    known = [(if_open if verdict is Verdict.NO_DATA else verdict, mandatory) for verdict, mandatory in counted]
    verdicts = {verdict for verdict, _ in known}
    if (Verdict.NOT_MET, True) in known or verdicts == {Verdict.NOT_MET}:
        return Verdict.NOT_MET
    return Verdict.MET if verdicts == {Verdict.MET} else Verdict.PARTLY


def judge_dimensions(
    read: ReadVersion, facts: Mapping[str, Value], words: Words = CHINESE
) -> tuple[DimensionResult, ...]:
    """Return how each item stands for one unit, with reasons. A fact that is not in `facts` is missing."""
    return tuple(_judge(read, dimension, criteria, facts, words) for dimension, criteria in read.items)


def verdict_columns(read: ReadVersion, columns: Mapping[str, Sequence[Value]], count: int) -> dict[str, list[Verdict]]:
    """Return for each item (by code) the verdicts of `count` units, in the order of the columns of facts."""
    return {dimension.code: _column(criteria, columns, count) for dimension, criteria in read.items}


def _column(criteria: Sequence[ReadCriterion], columns: Mapping[str, Sequence[Value]], count: int) -> list[Verdict]:
    judged: list[list[Verdict | None]] = []
    for each in criteria:
        applies, met, partly = (
            evaluate_many(formula, columns, count) if formula else [otherwise] * count
            for formula, otherwise in ((each.applies_if, True), (each.met, None), (each.partly, False))
        )
        judged.append([criterion_verdict(each.criterion, *row) for row in zip(applies, met, partly, strict=True)])
    mandatory = [each.criterion.mandatory for each in criteria]
    return [dimension_verdict(zip(row, mandatory, strict=True)) for row in zip(*judged, strict=True)]


def _judge(
    read: ReadVersion,
    dimension: Dimension,
    criteria: Sequence[ReadCriterion],
    facts: Mapping[str, Value],
    words: Words,
) -> DimensionResult:
    results = tuple(_judge_criterion(read, each, facts, words) for each in criteria)
    verdict = dimension_verdict((result.verdict, result.criterion.mandatory) for result in results)
    counted = [result for result in results if result.verdict]
    decisive = [result for result in counted if result.verdict is not Verdict.MET] or counted
    said = words.semicolon.join(each.why for each in decisive) or NOTHING_COUNTS[words.is_english]
    why = f"{verdict_word(verdict, words)}{words.outcome}{said}"
    mends = tuple(dict.fromkeys(result.mend for result in decisive if result.mend))
    return DimensionResult(dimension, verdict, why + words.stop, results, mends)


def _judge_criterion(
    read: ReadVersion, each: ReadCriterion, facts: Mapping[str, Value], words: Words
) -> CriterionResult:
    met = trace(each.met, facts)
    applies = trace(each.applies_if, facts) if each.applies_if else None
    partly = trace(each.partly, facts) if each.partly else None
    verdict = criterion_verdict(
        each.criterion, applies.value if applies else True, met.value, partly.value if partly else False
    )
    said = words
    if applies is not None and not applies.value:
        decisive, said = applies, replace(words, demand=words.condition)
    elif met.value is False and partly is not None and partly.value is None:
        decisive = partly
    else:
        decisive = met
    why = words.semicolon.join(clause(step, said) for step in reasons(decisive))
    if verdict is Verdict.PARTLY and partly is not None and inputs(partly).keys() != inputs(met).keys():
        why += BUT[words.is_english] + words.semicolon.join(clause(step, words) for step in reasons(partly))
    traces = tuple(taken for taken in (applies, met, partly) if taken)
    used = {name: value for taken in traces for name, value in inputs(taken).items()}
    return CriterionResult(
        each.criterion,
        verdict,
        why,
        tuple(_input(read.catalogue[name], value, words) for name, value in used.items()),
        traces,
        None if verdict in (None, Verdict.MET) else MENDS.get(each.criterion.mend),
    )


def _input(fact: Fact, value: Value, words: Words) -> Input:
    missing = ""
    if value is None:
        missing = fact.missing_means_en if words.is_english else fact.missing_means
    return Input(fact, value, shown(value, fact.unit, words), missing)


def verdict_word(verdict: Verdict, words: Words = CHINESE) -> str:
    """Return the verdict in words: 达到, 部分达到, 未达到, 无数据."""
    return VERDICT_WORDS[verdict][words.is_english]
