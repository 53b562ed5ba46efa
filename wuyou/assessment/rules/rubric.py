"""A rubric of yearly assessment as data: what its table said, and what the office decided each item is scored by.

Nothing is scored by guess. An item counts as decided when the office says that the panel scores it by the words of the
table, or gives the formula of its points; a formula can be made from a rule of tiers once the office names the fact.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from wuyou.assessment.facts import Fact
from wuyou.assessment.rules.checking import Fault
from wuyou.assessment.rules.wording import in_words
from wuyou.kernel.expressions import CHINESE, ExpressionError, Unit, Words, parse
from wuyou.kernel.sayings import Saying

VETO = "veto"


class Decision(StrEnum):
    """How an item comes to its points: not said yet, by a formula over the registers, by the panel."""

    OPEN = ""
    FORMULA = "formula"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class RubricItem:
    """One item of a rubric. `number` is the row of the table it stood in; `points` None under a veto.

    `shape` and `params` are the rule as it was understood, `standard` is the rule as it was written.
    """

    number: int
    block: str
    role: str
    name: str
    points: Fraction | None
    mandatory: bool
    shape: str
    params: Mapping[str, Any]
    standard: str
    method: str
    decision: Decision
    formula: str

    @property
    def is_veto(self) -> bool:
        """Whether it bars a grade and brings no points: its formula is a yes or no."""
        return self.role == VETO


def items(content: Mapping[str, Any]) -> list[RubricItem]:
    """Return the items of a rubric's content, in the order of the table."""
    return [_item(block, item) for block in content.get("blocks", ()) for item in block["items"]]


def item(content: Mapping[str, Any], number: int) -> RubricItem | None:
    """Return the item of that row; None when there is none."""
    return next((each for each in items(content) if each.number == number), None)


def with_item(content: Mapping[str, Any], number: int, **told: Any) -> dict[str, Any]:
    """Return the content with what is told of an item (name, points, decision, formula) put in.

    The sum of its block, what the block is worth and the total follow, unless the table told another worth of the block.
    """
    return _changed(content, lambda each: {**each, **told} if each["row"] == number else each)


def rest_to_panel(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content with every item that is still open left to the panel."""
    return _changed(content, lambda each: each if each.get("decision") else {**each, "decision": Decision.PANEL.value})


def points_formula(shown: RubricItem, fact: Fact) -> str:
    """Return the formula that a rule of tiers or shares amounts to when its measure is this fact; "" for other rules.

    Tiers [[6, 12], [4, 9], [0, 0]] of `activities_in_year` give
    `12 if activities_in_year >= 6 else 9 if activities_in_year >= 4 else 0`; beside money a number is yuan.
    """
    tiers = shown.params.get("tiers", ())
    if shown.shape != "tiers" or not tiers or any(isinstance(limit, str) for limit, _points in tiers):
        return ""
    if fact.unit is Unit.BOOLEAN:
        return ""
    said = [f"{points} if {fact.name} >= {limit} else" for limit, points in tiers[:-1]]
    last = tiers[-1]
    end = f"{last[1]}" if not last[0] else f"{last[1]} if {fact.name} >= {last[0]} else 0"
    return " ".join([*said, end])


def faults(content: Mapping[str, Any], catalogue: Mapping[str, Fact]) -> tuple[Fault, ...]:
    """Return everything that keeps a rubric from being published, in the order of its items; empty: it may be."""
    return tuple(_faults(content, catalogue))


def _faults(content: Mapping[str, Any], catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    found = items(content)
    if not found:
        yield Fault("", Saying("评分表里没有考核项目，不能发布；请重新导入。"))
    for each in found:
        words = {"name": each.name}
        if each.decision is Decision.OPEN:
            yield Fault(str(each.number), Saying("“{name}”还没有定怎么计分，请选择按记录计算或由考核组评定。", words))
        if each.points is None and not each.is_veto:
            yield Fault(str(each.number), Saying("“{name}”没有分值，请填写。", words))
        if each.decision is Decision.FORMULA:
            fault = formula_fault(each, each.formula, catalogue)
            if fault is not None:
                saying = Saying("“{name}”的{fault}", {"name": each.name, "fault": fault.saying})
                yield Fault(str(each.number), saying)
    for block in content.get("blocks", ()):
        told, total = block.get("points"), block["sum_of_items"]
        if block["role"] == "scored" and told is not None and told != total:
            words = {"name": block["name"], "told": told, "total": total}
            yield Fault(
                "", Saying("“{name}”写明 {told} 分，各项合计 {total} 分；请改各项的分值，或改好原表重新导入。", words)
            )


def formula_fault(shown: RubricItem, source: str, catalogue: Mapping[str, Fact]) -> ExpressionError | None:
    """Return why a formula cannot give the points of an item (or the yes or no of a veto); None when it can."""
    symbols = {name: fact.symbol for name, fact in catalogue.items()}
    try:
        parse(source, symbols, expects=Unit.BOOLEAN if shown.is_veto else Unit.NUMBER)
    except ExpressionError as fault:
        return fault
    return None


def changes(
    old: Mapping[str, Any], new: Mapping[str, Any], catalogue: Mapping[str, Fact], words: Words = CHINESE
) -> tuple[Saying, ...]:
    """Return what differs between two contents as sentences, in the order of the items; formulas as `words` says them."""
    return tuple(_changes(old, new, catalogue, words))


def _changes(
    old: Mapping[str, Any], new: Mapping[str, Any], catalogue: Mapping[str, Fact], words: Words
) -> Iterator[Saying]:
    before, after = ({each.number: each for each in items(told)} for told in (old, new))
    for number, is_now in after.items():
        was, name = before.get(number), is_now.name
        if was is None:
            yield Saying("新增考核项目“{name}”。", {"name": name})
            continue
        if was.name != name:
            yield Saying("考核项目“{was}”改称“{is_now}”。", {"was": was.name, "is_now": name})
        if was.points != is_now.points:
            told = {"name": name, "was": _points(was), "is_now": _points(is_now)}
            yield Saying("“{name}”的分值：由 {was} 改为 {is_now}。", told)
        if was.standard != is_now.standard:
            told = {"name": name, "was": was.standard, "is_now": is_now.standard}
            yield Saying("“{name}”的评分标准：由“{was}”改为“{is_now}”。", told)
        scored = {"was": scoring(was, catalogue, words), "is_now": scoring(is_now, catalogue, words)}
        if scored["was"] != scored["is_now"]:
            yield Saying("“{name}”的计分：由“{was}”改为“{is_now}”。", {"name": name, **scored})
    for number, was in before.items():
        if number not in after:
            yield Saying("删去考核项目“{name}”。", {"name": was.name})


def scoring(shown: RubricItem, catalogue: Mapping[str, Fact], words: Words = CHINESE) -> Saying | str:
    """Return how an item comes to its points: 待定, 由考核组评定, or its formula in words."""
    if shown.decision is Decision.PANEL:
        return Saying("由考核组评定")
    if shown.decision is Decision.OPEN:
        return Saying("待定")
    return in_words(shown.formula, {name: fact.symbol for name, fact in catalogue.items()}, words)


def _points(shown: RubricItem) -> Saying:
    return Saying("无") if shown.points is None else Saying("{points} 分", {"points": f"{float(shown.points):g}"})


def _item(block: Mapping[str, Any], told: Mapping[str, Any]) -> RubricItem:
    points = told.get("points")
    return RubricItem(
        number=told["row"],
        block=block["name"],
        role=block["role"],
        name=told["name"],
        points=None if points is None else _exact(points),
        mandatory=told["mandatory"],
        shape=told["shape"],
        params=told["params"],
        standard=told["standard"],
        method=told["method"],
        decision=Decision(told.get("decision", "")),
        formula=told.get("formula", ""),
    )


def _changed(content: Mapping[str, Any], change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> dict[str, Any]:
    """Return the content with each item changed. What a block is worth follows where it was the sum of its items."""
    blocks, more = [], Fraction(0)
    for block in content["blocks"]:
        kept = [change(item) for item in block["items"]]
        was, told = _exact(block["sum_of_items"]), block.get("points")
        total = sum((_exact(each["points"]) for each in kept if each["points"] is not None), Fraction(0))
        follows = told is not None and _exact(told) == was
        worth = _plain(total) if follows else told
        blocks.append({**block, "items": kept, "sum_of_items": _plain(total), "points": worth})
        more += total - was if block["role"] == "scored" and (follows or told is None) else 0
    sums = {name: _plain(_exact(content[name]) + more) for name in ("total", "maximum") if name in content}
    return {**content, "blocks": blocks, **sums}


def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)
