"""What must be true of a version before it may be published: it can be read, explained, mended and shown to be right."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wuyou.assessment.facts import MENDS, Fact
from wuyou.assessment.rules.maturity import maturity, read_stages, stage_symbols
from wuyou.assessment.rules.scheme import Criterion, Dimension, Example, Missing, StandardVersion
from wuyou.assessment.rules.verdicts import judge_dimensions, read_criterion, read_version, verdict_word
from wuyou.assessment.rules.wording import named
from wuyou.kernel.expressions import CHINESE, ExpressionError, Symbol, Unit, Words, exact, parse
from wuyou.kernel.sayings import Saying

FEWEST_EXAMPLES = 3
MAX_CRITERIA = 12
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a version from being published: where it is, and a sentence saying what to do."""

    where: str
    saying: Saying


def faults(version: StandardVersion, catalogue: Mapping[str, Fact], words: Words = CHINESE) -> tuple[Fault, ...]:
    """Return everything that keeps the version from being published, in the order of its parts; empty: it may be.

    Examples are tried only when all formulas can be read; `words` says what comes out otherwise than expected.
    """
    found = [*_names(version), *_thresholds(version, catalogue), *_dimensions(version, catalogue), *_stages(version)]
    return tuple(found or _examples(version, catalogue, words))


def _names(version: StandardVersion) -> Iterator[Fault]:
    groups = (
        (Saying("阈值"), [parameter.name for parameter in version.parameters]),
        (Saying("项目"), [dimension.code for dimension in version.dimensions]),
        (Saying("标准条"), [criterion.code for dimension in version.dimensions for criterion in dimension.criteria]),
        (Saying("阶段"), [stage.code for stage in version.stages]),
    )
    for kind, codes in groups:
        for code, times in Counter(codes).items():
            if not _CODE.fullmatch(code):
                yield Fault(
                    code,
                    Saying(
                        "{kind}代码“{code}”只能用小写字母、数字和下划线，并以字母开头，请改写。",
                        {"kind": kind, "code": code},
                    ),
                )
            if times > 1:
                yield Fault(
                    code,
                    Saying(
                        "{kind}代码“{code}”用了 {times} 次，请改成不同的代码。",
                        {"kind": kind, "code": code, "times": times},
                    ),
                )


def _thresholds(version: StandardVersion, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    used = _words_used(version)
    for parameter in version.parameters:
        if parameter.name in catalogue:
            yield Fault(
                parameter.name, Saying("阈值“{name}”和数据目录里的名称相同，请换一个名称。", {"name": parameter.name})
            )
        if parameter.name not in used:
            yield Fault(
                parameter.name, Saying("阈值“{label}”没有用在任何公式里，请删去或用上。", {"label": parameter.label})
            )
        if parameter.unit in (Unit.BOOLEAN, Unit.BARE):
            yield Fault(parameter.name, Saying("阈值“{label}”要是一个数量，请另选单位。", {"label": parameter.label}))


def _words_used(version: StandardVersion) -> set[str]:
    formulas = " ".join(
        f"{each.met} {each.partly} {each.applies_if}" for dimension in version.dimensions for each in dimension.criteria
    )
    return set(re.findall(r"\w+", formulas))


def _dimensions(version: StandardVersion, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    if not version.dimensions:
        yield Fault("", Saying("标准里还没有项目，请至少加一项。"))
    for dimension in version.dimensions:
        yield from _dimension(dimension)
        for criterion in dimension.criteria:
            yield from _criterion(version, criterion, catalogue)


def _dimension(dimension: Dimension) -> Iterator[Fault]:
    if not dimension.title.strip():
        yield Fault(dimension.code, Saying("项目“{code}”没有名称，请填写。", {"code": dimension.code}))
    if not dimension.criteria:
        yield Fault(dimension.code, Saying("项目“{title}”里没有标准条，请至少加一条。", {"title": dimension.title}))
    elif all(each.applies_if or each.missing is Missing.EXCLUDE for each in dimension.criteria):
        yield Fault(
            dimension.code, Saying("项目“{title}”里至少要有一条对所有组织都适用的标准。", {"title": dimension.title})
        )
    if len(dimension.criteria) > MAX_CRITERIA:
        yield Fault(
            dimension.code,
            Saying(
                "项目“{title}”的标准条太多，最多 {most} 条，请合并。", {"title": dimension.title, "most": MAX_CRITERIA}
            ),
        )


def _criterion(version: StandardVersion, criterion: Criterion, catalogue: Mapping[str, Fact]) -> Iterator[Fault]:
    title = criterion.title or criterion.code
    if not criterion.title.strip():
        yield Fault(criterion.code, Saying("标准条“{code}”没有名称，请填写。", {"code": criterion.code}))
    if not criterion.basis.strip():
        yield Fault(criterion.code, Saying("标准条“{title}”没有写依据，请填写出自哪个文件的哪一条。", {"title": title}))
    if criterion.mend not in MENDS:
        yield Fault(criterion.code, Saying("标准条“{title}”没有写明缺了怎么补，请选一个补办事项。", {"title": title}))
    try:
        read = read_criterion(version, criterion, catalogue)
    except ExpressionError as fault:
        yield Fault(criterion.code, Saying("标准条“{title}”的{fault}", {"title": title, "fault": fault.saying}))
        return
    if not read.met.names:
        yield Fault(criterion.code, Saying("标准条“{title}”没有用到任何数据，请写明看哪项数据。", {"title": title}))


def _stages(version: StandardVersion) -> Iterator[Fault]:
    symbols: dict[str, Symbol] = stage_symbols(version)
    for index, stage in enumerate(version.stages):
        try:
            entry = parse(stage.entry, symbols, expects=Unit.BOOLEAN)
        except ExpressionError as fault:
            yield Fault(stage.code, Saying("阶段“{title}”的{fault}", {"title": stage.title, "fault": fault.saying}))
            continue
        if index == 0 and entry.root.value is not True:
            yield Fault(stage.code, Saying("第一个阶段“{title}”人人都在，条件要写成 True。", {"title": stage.title}))


def _examples(version: StandardVersion, catalogue: Mapping[str, Fact], words: Words) -> Iterator[Fault]:
    if len(version.examples) < FEWEST_EXAMPLES:
        yield Fault(
            "",
            Saying(
                "至少要有 {fewest} 个样例来验证标准，现在有 {number} 个。",
                {"fewest": FEWEST_EXAMPLES, "number": len(version.examples)},
            ),
        )
    for example in version.examples:
        tried = [_wrong_fact(name, example, catalogue) for name in example.facts]
        wrong = [message for message in tried if message]
        yield from (
            Fault(example.title, Saying("样例“{title}”：{message}", {"title": example.title, "message": message}))
            for message in wrong
        )
        if not wrong:
            yield from _outcome(version, example, catalogue, words)


def _wrong_fact(name: str, example: Example, catalogue: Mapping[str, Fact]) -> Saying | None:
    if name not in catalogue:
        return Saying("数据目录里没有“{name}”，请改写。", {"name": name})
    try:
        exact(example.facts[name], catalogue[name].unit)
    except TypeError:
        return Saying("“{label}”的值不对，请改写。", {"label": catalogue[name].label})
    return None


def _outcome(
    version: StandardVersion, example: Example, catalogue: Mapping[str, Fact], words: Words
) -> Iterator[Fault]:
    results = judge_dimensions(read_version(version, catalogue), example.facts, words)
    for result in results:
        expected = example.verdicts.get(result.dimension.code)
        if expected is not result.verdict:
            wished: object = verdict_word(expected, words) if expected else Saying("没有写")
            yield Fault(
                example.title,
                Saying(
                    "样例“{example}”里“{dimension}”应为{wished}，算出来是{why}",
                    {
                        "example": example.title,
                        "dimension": named(result.dimension, words),
                        "wished": wished,
                        "why": result.why,
                    },
                ),
            )
    known = {dimension.code for dimension in version.dimensions}
    for code in example.verdicts:
        if code not in known:
            yield Fault(
                example.title,
                Saying("样例“{title}”提到的项目“{code}”不在标准里，请改写。", {"title": example.title, "code": code}),
            )
    reached = maturity(read_stages(version), results)
    code = reached.stage.code if reached else ""
    if code != example.stage:
        titles: dict[str, object] = {
            "": Saying("没有阶段"),
            **{each.code: named(each, words) for each in version.stages},
        }
        wished = titles.get(example.stage, example.stage)
        told = {"title": example.title, "wished": wished, "reached": titles[code]}
        yield Fault(example.title, Saying("样例“{title}”的阶段应为“{wished}”，算出来是“{reached}”，请核对。", told))
