"""What must be true of a version before it may be published: it can be read, explained, mended and shown to be right."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wuyou.assessment.facts import MENDS, Fact
from wuyou.assessment.rules.maturity import maturity, read_stages, stage_symbols
from wuyou.assessment.rules.scheme import Criterion, Dimension, Example, Missing, StandardVersion
from wuyou.assessment.rules.verdicts import VERDICT_WORDS, judge_dimensions, read_criterion, read_version
from wuyou.kernel.expressions import ExpressionError, Symbol, Unit, exact, parse

FEWEST_EXAMPLES = 3
MAX_CRITERIA = 12
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a version from being published: where it is, and a Chinese sentence saying what to do."""

    where: str
    message: str


def faults(version: StandardVersion, catalogue: Mapping[str, Fact]) -> tuple[Fault, ...]:
    """Return everything that keeps the version from being published, in the order of its parts; empty: it may be.

    Examples are tried only when all formulas can be read.
    """
    found = [*_names(version, catalogue), *_dimensions(version, catalogue), *_stages(version)]
    return tuple(found or _examples(version, catalogue))


def _names(version: StandardVersion, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    groups = (
        ("阈值", [parameter.name for parameter in version.parameters]),
        ("项目", [dimension.code for dimension in version.dimensions]),
        ("标准条", [criterion.code for dimension in version.dimensions for criterion in dimension.criteria]),
        ("阶段", [stage.code for stage in version.stages]),
    )
    for kind, codes in groups:
        for code, times in Counter(codes).items():
            if not _CODE.fullmatch(code):
                yield Fault(code, f"{kind}代码“{code}”只能用小写字母、数字和下划线，并以字母开头，请改写。")
            if times > 1:
                yield Fault(code, f"{kind}代码“{code}”用了 {times} 次，请改成不同的代码。")
    used = _words_used(version)
    for parameter in version.parameters:
        if parameter.name in catalogue:
            yield Fault(parameter.name, f"阈值“{parameter.name}”和数据目录里的名称相同，请换一个名称。")
        if parameter.name not in used:
            yield Fault(parameter.name, f"阈值“{parameter.label}”没有用在任何公式里，请删去或用上。")
        if parameter.unit in (Unit.BOOLEAN, Unit.BARE):
            yield Fault(parameter.name, f"阈值“{parameter.label}”要是一个数量，请另选单位。")


def _words_used(version: StandardVersion) -> set[str]:
    formulas = " ".join(
        f"{each.met} {each.partly} {each.applies_if}" for dimension in version.dimensions for each in dimension.criteria
    )
    return set(re.findall(r"\w+", formulas))


def _dimensions(version: StandardVersion, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    if not version.dimensions:
        yield Fault("", "标准里还没有项目，请至少加一项。")
    for dimension in version.dimensions:
        yield from _dimension(dimension)
        for criterion in dimension.criteria:
            yield from _criterion(version, criterion, catalogue)


def _dimension(dimension: Dimension) -> Iterator[Fault]:
    if not dimension.title.strip():
        yield Fault(dimension.code, f"项目“{dimension.code}”没有名称，请填写。")
    if not dimension.criteria:
        yield Fault(dimension.code, f"项目“{dimension.title}”里没有标准条，请至少加一条。")
    elif all(each.applies_if or each.missing is Missing.EXCLUDE for each in dimension.criteria):
        yield Fault(dimension.code, f"项目“{dimension.title}”里至少要有一条对所有组织都适用的标准。")
    if len(dimension.criteria) > MAX_CRITERIA:
        yield Fault(dimension.code, f"项目“{dimension.title}”的标准条太多，最多 {MAX_CRITERIA} 条，请合并。")


def _criterion(version: StandardVersion, criterion: Criterion, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    title = criterion.title or criterion.code
    if not criterion.title.strip():
        yield Fault(criterion.code, f"标准条“{criterion.code}”没有名称，请填写。")
    if not criterion.basis.strip():
        yield Fault(criterion.code, f"标准条“{title}”没有写依据，请填写出自哪个文件的哪一条。")
    if criterion.mend not in MENDS:
        yield Fault(criterion.code, f"标准条“{title}”没有写明缺了怎么补，请选一个补办事项。")
    try:
        read = read_criterion(version, criterion, catalogue)
    except ExpressionError as fault:
        yield Fault(criterion.code, f"标准条“{title}”的{fault}")
        return
    if not read.met.names:
        yield Fault(criterion.code, f"标准条“{title}”没有用到任何数据，请写明看哪项数据。")


def _stages(version: StandardVersion) -> Iterator[Fault]:
    symbols: dict[str, Symbol] = stage_symbols(version)
    for index, stage in enumerate(version.stages):
        try:
            entry = parse(stage.entry, symbols, expects=Unit.BOOLEAN)
        except ExpressionError as fault:
            yield Fault(stage.code, f"阶段“{stage.title}”的{fault}")
            continue
        if index == 0 and entry.root.value is not True:
            yield Fault(stage.code, f"第一个阶段“{stage.title}”人人都在，条件要写成 True。")


def _examples(version: StandardVersion, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    if len(version.examples) < FEWEST_EXAMPLES:
        yield Fault("", f"至少要有 {FEWEST_EXAMPLES} 个样例来验证标准，现在有 {len(version.examples)} 个。")
    for example in version.examples:
        wrong = [_wrong_fact(name, example, catalogue) for name in example.facts]
        wrong = [message for message in wrong if message]
        yield from (Fault(example.title, f"样例“{example.title}”：{message}") for message in wrong)
        if not wrong:
            yield from _outcome(version, example, catalogue)


def _wrong_fact(name: str, example: Example, catalogue: Mapping[str, Fact]) -> str:
    if name not in catalogue:
        return f"数据目录里没有“{name}”，请改写。"
    try:
        exact(example.facts[name], catalogue[name].unit)
    except TypeError:
        return f"“{catalogue[name].label}”的值不对，请改写。"
    return ""


def _outcome(version: StandardVersion, example: Example, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    results = judge_dimensions(read_version(version, catalogue), example.facts)
    for result in results:
        expected = example.verdicts.get(result.dimension.code)
        if expected is not result.verdict:
            said = VERDICT_WORDS[expected][0] if expected else "没有写"
            yield Fault(
                example.title,
                f"样例“{example.title}”里“{result.dimension.title}”应为{said}，算出来是{result.why}",
            )
    known = {dimension.code for dimension in version.dimensions}
    for code in example.verdicts:
        if code not in known:
            yield Fault(example.title, f"样例“{example.title}”提到的项目“{code}”不在标准里，请改写。")
    reached = maturity(read_stages(version), results)
    code = reached.stage.code if reached else ""
    if code != example.stage:
        yield Fault(example.title, f"样例“{example.title}”的阶段应为“{example.stage}”，算出来是“{code}”，请核对。")
