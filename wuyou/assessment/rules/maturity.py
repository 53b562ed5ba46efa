"""The stage of a unit's growth, 先建立、后完善、再提高, from how its items stand, and the next missing step.

Stages are formulas over the verdicts, not code: `organisation_met and team_met`, `dimensions_met == dimensions_total`.
A stage is where the unit's work stands now; there is no ladder of units among each other.
Source: Summary of Qujing's grassroots work, (二) 主要做法, 一 (the working order 先建立、后完善、再提高).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wuyou.assessment.facts import Mend
from wuyou.assessment.rules.scheme import Stage, StandardVersion, Verdict
from wuyou.assessment.rules.verdicts import DimensionResult
from wuyou.assessment.rules.wording import named
from wuyou.kernel.expressions import (
    CHINESE,
    ENGLISH,
    Expression,
    Symbol,
    Unit,
    Value,
    Words,
    evaluate,
    evaluate_many,
    parse,
)

_COUNTS = (
    Symbol("dimensions_met", "达到的项数", "Items met", Unit.ITEMS),
    Symbol("dimensions_partly", "部分达到的项数", "Items partly met", Unit.ITEMS),
    Symbol("dimensions_not_met", "未达到的项数", "Items not met", Unit.ITEMS),
    Symbol("dimensions_no_data", "无数据的项数", "Items without data", Unit.ITEMS),
    Symbol("dimensions_total", "总项数", "Items in all", Unit.ITEMS),
)


@dataclass(frozen=True, slots=True)
class ReadStages:
    """The stages of a version with their entries read. `codes` are its items, in order."""

    codes: tuple[str, ...]
    stages: tuple[tuple[Stage, Expression], ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The first thing still missing for the next stage: the item, why it is missing, and what can be done."""

    result: DimensionResult
    mend: Mend | None
    text: str


@dataclass(frozen=True, slots=True)
class Maturity:
    """The stage a unit is in, the one after it (None: it is in the last), and the next missing step (None: nothing)."""

    stage: Stage
    next_stage: Stage | None
    next_step: NextStep | None


def stage_symbols(version: StandardVersion) -> dict[str, Symbol]:
    """Return the names that stage formulas may use: the counts, and `<code>_met`, `<code>_partly` of each item."""
    symbols = {symbol.name: symbol for symbol in _COUNTS}
    for dimension in version.dimensions:
        for end, label, label_en in (("met", "达到", "met"), ("partly", "至少部分达到", "at least partly met")):
            name = f"{dimension.code}_{end}"
            symbols[name] = Symbol(
                name, f"“{dimension.title}”{label}", f"{named(dimension, ENGLISH)} {label_en}", Unit.BOOLEAN
            )
    return symbols


def read_stages(version: StandardVersion) -> ReadStages:
    """Return the version's stages, ready to place many units.

    Raises: ExpressionError.
    """
    symbols = stage_symbols(version)
    stages = tuple((stage, parse(stage.entry, symbols, expects=Unit.BOOLEAN)) for stage in version.stages)
    return ReadStages(tuple(dimension.code for dimension in version.dimensions), stages)


def stage_columns(read: ReadStages, verdicts: Mapping[str, Sequence[Verdict]], count: int) -> list[Stage | None]:
    """Return the stage of each of `count` units from their verdicts by item; None when the version has no stages."""
    rows = [_stage_facts({code: verdicts[code][index] for code in read.codes}) for index in range(count)]
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    reached: list[Stage | None] = [None] * count
    climbing = [True] * count
    for stage, entry in read.stages:
        for index, held in enumerate(evaluate_many(entry, columns, count)):
            climbing[index] = climbing[index] and held is True
            if climbing[index]:
                reached[index] = stage
    return reached


def maturity(read: ReadStages, results: Sequence[DimensionResult], words: Words = CHINESE) -> Maturity | None:
    """Return a unit's stage and its next missing step; None when the version has no stages.

    An entry that cannot be known does not hold: a unit moves on when the records show it.
    """
    facts = _stage_facts({result.dimension.code: result.verdict for result in results})
    place = -1
    for _, entry in read.stages:
        if evaluate(entry, facts) is not True:
            break
        place += 1
    if place < 0:
        return None
    following = read.stages[place + 1] if place + 1 < len(read.stages) else None
    if following is None:
        return Maturity(read.stages[place][0], None, None)
    return Maturity(read.stages[place][0], following[0], _next_step(following[1], results, words))


def _next_step(entry: Expression, results: Sequence[DimensionResult], words: Words) -> NextStep | None:
    """Return the first item, in the standard's order, that the entry asks about and that is not met."""
    lacking = [result for result in results if result.verdict is not Verdict.MET]
    asked = {name.rpartition("_")[0] for name in entry.names}
    if not any(symbol.name in entry.names for symbol in _COUNTS):
        lacking = [result for result in lacking if result.dimension.code in asked]
    if not lacking:
        return None
    result = lacking[0]
    mend = result.mends[0] if result.mends else None
    action = named(mend, words) if mend else result.why
    return NextStep(result, mend, f"{named(result.dimension, words)}{words.outcome}{action}")


def _stage_facts(verdicts: Mapping[str, Verdict]) -> dict[str, Value]:
    """Return what the stage formulas are answered with; an item without data is missing, not unmet."""
    held = list(verdicts.values())
    facts: dict[str, Value] = {f"dimensions_{verdict.value}": held.count(verdict) for verdict in Verdict}
    facts["dimensions_total"] = len(held)
    for code, verdict in verdicts.items():
        known = verdict is not Verdict.NO_DATA
        facts[f"{code}_met"] = verdict is Verdict.MET if known else None
        facts[f"{code}_partly"] = verdict in (Verdict.MET, Verdict.PARTLY) if known else None
    return facts
