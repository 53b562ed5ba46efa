"""What changed between two versions, in lines that a meeting can read before it decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from wuyou.assessment.facts import MENDS, Fact
from wuyou.assessment.rules.maturity import stage_symbols
from wuyou.assessment.rules.scheme import Criterion, Dimension, Missing, Parameter, StandardVersion
from wuyou.assessment.rules.wording import in_words, named
from wuyou.kernel.expressions import CHINESE, Words, shown
from wuyou.kernel.sayings import Saying

T = TypeVar("T")

MISSING_WORDS = {
    Missing.NO_DATA: Saying("算无数据"),
    Missing.NOT_MET: Saying("算未达到"),
    Missing.EXCLUDE: Saying("这一条不计"),
}
NOTHING = Saying("无")


def changes(
    old: StandardVersion, new: StandardVersion, catalogue: Mapping[str, Fact], words: Words = CHINESE
) -> tuple[Saying, ...]:
    """Return the differences as sentences, in the order of the parts; empty when both demand the same.

    Formulas are shown with the labels and thresholds of their own version, in the language of `words`; a draft's formula
    that cannot be read yet is shown as it was typed.
    """
    before, after = _Side(old, catalogue, words), _Side(new, catalogue, words)
    return (
        *_parameters(before, after),
        *_dimensions(before, after),
        *_stages(before, after),
        *([Saying("样例有改动。")] if old.examples != new.examples else []),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two versions, and how its parts are said."""

    version: StandardVersion
    catalogue: Mapping[str, Fact]
    words: Words

    def name(self, part: Any) -> str:
        return named(part, self.words)

    def amount(self, parameter: Parameter) -> str:
        return shown(parameter.value, parameter.unit, self.words)

    def formula(self, source: str) -> object:
        thresholds = {name: constant.symbol for name, constant in self.version.constants.items()}
        symbols = {name: fact.symbol for name, fact in self.catalogue.items()} | thresholds
        return in_words(source, symbols, self.words) or NOTHING

    def entry(self, source: str) -> object:
        return in_words(source, stage_symbols(self.version), self.words) or NOTHING


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


def _parameters(old: _Side, new: _Side) -> Iterator[Saying]:
    matched = _match(old.version.parameters, new.version.parameters, "name")
    for before, after in matched.kept:
        yield from _parameter(old, before, new, after)
    for each in matched.added:
        yield Saying("新增阈值“{label}”：{amount}。", {"label": new.name(each), "amount": new.amount(each)})
    for each in matched.removed:
        yield Saying("删去阈值“{label}”（原为 {amount}）。", {"label": old.name(each), "amount": old.amount(each)})


def _parameter(old: _Side, before: Parameter, new: _Side, after: Parameter) -> Iterator[Saying]:
    label = new.name(after)
    if (before.value, before.unit) != (after.value, after.unit):
        told = {"label": label, "was": old.amount(before), "is_now": new.amount(after)}
        yield Saying("阈值“{label}”：由 {was} 改为 {is_now}。", told)
    if before.label != after.label:
        yield Saying("阈值“{was}”改称“{is_now}”。", {"was": before.label, "is_now": after.label})
    if (before.basis, before.proposed, before.label_en) != (after.basis, after.proposed, after.label_en):
        yield Saying("阈值“{label}”的依据或英文名称有改动。", {"label": label})


def _dimensions(old: _Side, new: _Side) -> Iterator[Saying]:
    matched = _match(old.version.dimensions, new.version.dimensions, "code")
    for before, after in matched.kept:
        if before.title != after.title:
            yield Saying("项目“{was}”改称“{is_now}”。", {"was": before.title, "is_now": after.title})
        if (before.basis, before.title_en) != (after.basis, after.title_en):
            yield Saying("项目“{title}”的依据或英文名称有改动。", {"title": new.name(after)})
        yield from _criteria(old, before, new, after)
    for each in matched.added:
        told = {"title": new.name(each), "number": len(each.criteria)}
        yield Saying("新增项目“{title}”，含 {number} 条标准。", told)
    for each in matched.removed:
        yield Saying("删去项目“{title}”。", {"title": old.name(each)})
    if _is_reordered(old.version.dimensions, matched):
        yield Saying("项目的先后改为：{titles}。", {"titles": [new.name(each) for each in new.version.dimensions]})


def _criteria(old: _Side, before: Dimension, new: _Side, after: Dimension) -> Iterator[Saying]:
    item = new.name(after)
    matched = _match(before.criteria, after.criteria, "code")
    for was, is_now in matched.kept:
        for (field, said_before), (_, said_now) in zip(_fields(old, was), _fields(new, is_now), strict=True):
            if said_before != said_now:
                told = {"title": new.name(is_now), "field": field, "was": said_before, "is_now": said_now}
                yield Saying("标准条“{title}”的{field}：由“{was}”改为“{is_now}”。", told)
    for each in matched.added:
        told = {"item": item, "title": new.name(each), "formula": new.formula(each.met)}
        yield Saying("“{item}”新增标准条“{title}”：{formula}。", told)
    for each in matched.removed:
        yield Saying("“{item}”删去标准条“{title}”。", {"item": item, "title": old.name(each)})
    if _is_reordered(before.criteria, matched):
        told = {"item": item, "titles": [new.name(each) for each in after.criteria]}
        yield Saying("“{item}”里标准条的先后改为：{titles}。", told)


def _fields(side: _Side, criterion: Criterion) -> tuple[tuple[Saying, object], ...]:
    """Return every field of a criterion in words; thresholds are shown by name, as their change has its own line."""
    mend = MENDS.get(criterion.mend)
    basis = Saying("{basis}（建议）", {"basis": criterion.basis}) if criterion.proposed else criterion.basis
    return (
        (Saying("名称"), criterion.title),
        (Saying("英文名称"), criterion.title_en or NOTHING),
        (Saying("依据"), basis),
        (Saying("达到条件"), side.formula(criterion.met)),
        (Saying("部分达到条件"), side.formula(criterion.partly)),
        (Saying("适用条件"), side.formula(criterion.applies_if)),
        (Saying("缺数据时"), MISSING_WORDS[criterion.missing]),
        (Saying("必备"), side.words.yes if criterion.mandatory else side.words.no),
        (Saying("补办事项"), side.name(mend) if mend else criterion.mend or NOTHING),
    )


def _stages(old: _Side, new: _Side) -> Iterator[Saying]:
    matched = _match(old.version.stages, new.version.stages, "code")
    for before, after in matched.kept:
        title = new.name(after)
        if before.title != after.title:
            yield Saying("阶段“{was}”改称“{is_now}”。", {"was": before.title, "is_now": after.title})
        if before.entry != after.entry:
            told = {"title": title, "was": old.entry(before.entry), "is_now": new.entry(after.entry)}
            yield Saying("阶段“{title}”的条件：由“{was}”改为“{is_now}”。", told)
        if before.title_en != after.title_en:
            yield Saying("阶段“{title}”的英文名称有改动。", {"title": title})
    for each in matched.added:
        yield Saying("新增阶段“{title}”：{entry}。", {"title": new.name(each), "entry": new.entry(each.entry)})
    for each in matched.removed:
        yield Saying("删去阶段“{title}”。", {"title": old.name(each)})
    if _is_reordered(old.version.stages, matched):
        yield Saying("阶段的先后改为：{titles}。", {"titles": [new.name(each) for each in new.version.stages]})
