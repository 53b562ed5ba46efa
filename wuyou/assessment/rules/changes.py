"""What changed between two versions, in lines that a meeting can read before it decides."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

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


def _pairs(old: Sequence[T], new: Sequence[T], key: str) -> Iterator[tuple[T | None, T | None]]:
    """Return what is in both or in one of them, matched by code: the new order, then what was taken away."""
    before: dict[Any, T] = {getattr(each, key): each for each in old}
    after: dict[Any, T] = {getattr(each, key): each for each in new}
    yield from ((before.get(code), after[code]) for code in after)
    yield from ((before[code], None) for code in before if code not in after)


def _parameters(old: StandardVersion, new: StandardVersion) -> Iterator[str]:
    for before, after in _pairs(old.parameters, new.parameters, "name"):
        if before is None and after is not None:
            yield f"新增阈值“{after.label}”：{_amount(after)}。"
        elif after is None and before is not None:
            yield f"删去阈值“{before.label}”（原为 {_amount(before)}）。"
        elif before is not None and after is not None and before != after:
            yield from _parameter(before, after)


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
    for before, after in _pairs(old.dimensions, new.dimensions, "code"):
        if before is None and after is not None:
            yield f"新增项目“{after.title}”，含 {len(after.criteria)} 条标准。"
        elif after is None and before is not None:
            yield f"删去项目“{before.title}”。"
        elif before is not None and after is not None:
            yield from _dimension((old, before), (new, after), catalogue)
    kept = [each.code for each in old.dimensions if each.code in {other.code for other in new.dimensions}]
    if kept != [each.code for each in new.dimensions if each.code in kept]:
        yield f"项目的先后改为：{'、'.join(each.title for each in new.dimensions)}。"


def _dimension(
    old: tuple[StandardVersion, Dimension], new: tuple[StandardVersion, Dimension], catalogue: Mapping[str, Fact]
) -> Iterator[str]:
    before, after = old[1], new[1]
    if before.title != after.title:
        yield f"项目“{before.title}”改称“{after.title}”。"
    if (before.basis, before.title_en) != (after.basis, after.title_en):
        yield f"项目“{after.title}”的依据或英文名称有改动。"
    for was, is_now in _pairs(before.criteria, after.criteria, "code"):
        if was is None and is_now is not None:
            wanted = _formula(new[0], is_now.met, catalogue)
            yield f"“{after.title}”新增标准条“{is_now.title}”：{wanted}。"
        elif is_now is None and was is not None:
            yield f"“{after.title}”删去标准条“{was.title}”。"
        elif was is not None and is_now is not None:
            old_lines, new_lines = _lines(old[0], was, catalogue), _lines(new[0], is_now, catalogue)
            for name, line in new_lines.items():
                if line != old_lines[name]:
                    yield f"标准条“{is_now.title}”的{name}：由“{old_lines[name]}”改为“{line}”。"


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
    for before, after in _pairs(old.stages, new.stages, "code"):
        if before is None and after is not None:
            yield f"新增阶段“{after.title}”：{_in_words(after.entry, stage_symbols(new))}。"
        elif after is None and before is not None:
            yield f"删去阶段“{before.title}”。"
        elif before is not None and after is not None and before != after:
            if before.title != after.title:
                yield f"阶段“{before.title}”改称“{after.title}”。"
            words = _in_words(before.entry, stage_symbols(old)), _in_words(after.entry, stage_symbols(new))
            if before.entry != after.entry:
                yield f"阶段“{after.title}”的条件：由“{words[0]}”改为“{words[1]}”。"
            if before.title_en != after.title_en:
                yield f"阶段“{after.title}”的英文名称有改动。"
    kept = [each.code for each in old.stages if each.code in {other.code for other in new.stages}]
    if kept != [each.code for each in new.stages if each.code in kept]:
        yield f"阶段的先后改为：{'、'.join(each.title for each in new.stages)}。"
