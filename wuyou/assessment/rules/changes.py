"""What changed between two versions, in lines that a meeting can read before it decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from wuyou.assessment.facts import MENDS, Fact
from wuyou.assessment.rules.maturity import stage_symbols
from wuyou.assessment.rules.scheme import Criterion, Dimension, Missing, Parameter, StandardVersion
from wuyou.kernel.expressions import ExpressionError, Symbol, formula, parse, shown

T = TypeVar("T")

MISSING_WORDS = {
    Missing.NO_DATA: "算无数据",
    Missing.NOT_MET: "算未达到",
    Missing.EXCLUDE: "这一条不计",
}


def changes(old: StandardVersion, new: StandardVersion, catalogue: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the differences as Chinese lines, in the order of the parts; empty when both demand the same.

    Formulas are shown with the labels and thresholds of their own version; a draft's formula that cannot be read yet is
    shown as it was typed.
    """
    return (
        *_parameters(old, new),
        *_dimensions(old, new, catalogue),
        *_stages(old, new),
        *(["样例有改动。"] if old.examples != new.examples else []),
    )


@dataclass(frozen=True, slots=True)
class _Matched(Generic[T]):
    """Parts of two versions matched by code: those in both, in the new order; those only new; those only old."""

    kept: list[tuple[T, T]]
    added: list[T]
    removed: list[T]


def _match(old: Sequence[T], new: Sequence[T], key: str) -> _Matched[T]:
    before: dict[Any, T] = {getattr(each, key): each for each in old}
    after: dict[Any, T] = {getattr(each, key): each for each in new}
    return _Matched(
        kept=[(before[code], after[code]) for code in after if code in before],
        added=[after[code] for code in after if code not in before],
        removed=[before[code] for code in before if code not in after],
    )


def _is_reordered(old: Sequence[T], matched: _Matched[T]) -> bool:
    """Say whether the parts in both versions stand in another order than before."""
    kept = [before for before, _ in matched.kept]
    return kept != [each for each in old if each in kept]


def _parameters(old: StandardVersion, new: StandardVersion) -> Iterator[str]:
    matched = _match(old.parameters, new.parameters, "name")
    for before, after in matched.kept:
        yield from _parameter(before, after)
    for added in matched.added:
        yield f"新增阈值“{added.label}”：{_amount(added)}。"
    for removed in matched.removed:
        yield f"删去阈值“{removed.label}”（原为 {_amount(removed)}）。"


def _parameter(before: Parameter, after: Parameter) -> Iterator[str]:
    if (before.value, before.unit) != (after.value, after.unit):
        yield f"阈值“{after.label}”：由 {_amount(before)} 改为 {_amount(after)}。"
    if before.label != after.label:
        yield f"阈值“{before.label}”改称“{after.label}”。"
    if (before.basis, before.proposed, before.label_en) != (after.basis, after.proposed, after.label_en):
        yield f"阈值“{after.label}”的依据或英文名称有改动。"


def _amount(parameter: Parameter) -> str:
    return shown(parameter.value, parameter.unit)


def _dimensions(old: StandardVersion, new: StandardVersion, catalogue: Mapping[str, Fact]) -> Iterator[str]:
    matched = _match(old.dimensions, new.dimensions, "code")
    for before, after in matched.kept:
        if before.title != after.title:
            yield f"项目“{before.title}”改称“{after.title}”。"
        if (before.basis, before.title_en) != (after.basis, after.title_en):
            yield f"项目“{after.title}”的依据或英文名称有改动。"
        yield from _criteria((old, before), (new, after), catalogue)
    for added in matched.added:
        yield f"新增项目“{added.title}”，含 {len(added.criteria)} 条标准。"
    for removed in matched.removed:
        yield f"删去项目“{removed.title}”。"
    if _is_reordered(old.dimensions, matched):
        yield f"项目的先后改为：{'、'.join(each.title for each in new.dimensions)}。"


def _criteria(
    old: tuple[StandardVersion, Dimension], new: tuple[StandardVersion, Dimension], catalogue: Mapping[str, Fact]
) -> Iterator[str]:
    title = new[1].title
    matched = _match(old[1].criteria, new[1].criteria, "code")
    for before, after in matched.kept:
        lines = _lines(old[0], before, catalogue)
        for name, line in _lines(new[0], after, catalogue).items():
            if line != lines[name]:
                yield f"标准条“{after.title}”的{name}：由“{lines[name]}”改为“{line}”。"
    for added in matched.added:
        yield f"“{title}”新增标准条“{added.title}”：{_formula(new[0], added.met, catalogue)}。"
    for removed in matched.removed:
        yield f"“{title}”删去标准条“{removed.title}”。"
    if _is_reordered(old[1].criteria, matched):
        yield f"“{title}”里标准条的先后改为：{'、'.join(each.title for each in new[1].criteria)}。"


def _lines(version: StandardVersion, criterion: Criterion, catalogue: Mapping[str, Fact]) -> dict[str, str]:
    """Return every field of a criterion in words; thresholds are shown by name, as their change has its own line."""
    mend = MENDS.get(criterion.mend)
    return {
        "名称": criterion.title,
        "英文名称": criterion.title_en,
        "依据": criterion.basis + ("（建议）" if criterion.proposed else ""),
        "达到条件": _formula(version, criterion.met, catalogue),
        "部分达到条件": _formula(version, criterion.partly, catalogue),
        "适用条件": _formula(version, criterion.applies_if, catalogue),
        "缺数据时": MISSING_WORDS[criterion.missing],
        "必备": "是" if criterion.mandatory else "否",
        "补办事项": mend.label if mend else criterion.mend,
    }


def _formula(version: StandardVersion, source: str, catalogue: Mapping[str, Fact]) -> str:
    thresholds = {name: constant.symbol for name, constant in version.constants.items()}
    symbols = {name: fact.symbol for name, fact in catalogue.items()} | thresholds
    return _in_words(source, symbols)


def _in_words(source: str, symbols: Mapping[str, Symbol]) -> str:
    if not source:
        return "无"
    try:
        return formula(parse(source, symbols).root)
    except ExpressionError:
        return source


def _stages(old: StandardVersion, new: StandardVersion) -> Iterator[str]:
    matched = _match(old.stages, new.stages, "code")
    for before, after in matched.kept:
        if before.title != after.title:
            yield f"阶段“{before.title}”改称“{after.title}”。"
        if before.entry != after.entry:
            was, is_now = _in_words(before.entry, stage_symbols(old)), _in_words(after.entry, stage_symbols(new))
            yield f"阶段“{after.title}”的条件：由“{was}”改为“{is_now}”。"
        if before.title_en != after.title_en:
            yield f"阶段“{after.title}”的英文名称有改动。"
    for added in matched.added:
        yield f"新增阶段“{added.title}”：{_in_words(added.entry, stage_symbols(new))}。"
    for removed in matched.removed:
        yield f"删去阶段“{removed.title}”。"
    if _is_reordered(old.stages, matched):
        yield f"阶段的先后改为：{'、'.join(each.title for each in new.stages)}。"
