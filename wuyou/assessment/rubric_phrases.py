"""Scoring phrases of Chinese assessment tables, read into the shape of a rule and its numbers.

全年开展活动6次及以上得12分;4-5次得9分 … are tiers; 缺1人扣1.5分,扣完为止 is a deduction; 采用1条得0.5分,累计不超过5分
adds up to a cap. What cannot be told apart surely is left to a judge (`manual`), never guessed.
Source: the tables of design 3 §3 (T1-T5) and the shapes of rules named there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from wuyou.kernel.hanzi import fold, number_of


class Shape(StrEnum):
    """How points come about."""

    ALL_OR_NONE = "all_or_none"
    TIERS = "tiers"
    DEDUCT_EACH = "deduct_each"
    ADD_EACH = "add_each"
    ADD_HIGHEST = "add_highest"
    PARTS = "parts"
    RATIO = "ratio"
    MANUAL = "manual"
    VETO = "veto"


@dataclass(frozen=True, slots=True)
class Rule:
    """The shape of a rule with its numbers, ready for JSON. Points and thresholds are int, or float where needed."""

    shape: Shape
    params: Mapping[str, Any] = field(default_factory=dict)


_UNITS = "次项个人条件篇场期名本户家起处间类份天年月季届笔例宗台块平方室"
_COUNTED = re.compile(rf"(?<![第之年])([一二两三四五六七八九十]+)(?=个?[{_UNITS}](?!半|级|度计划|票))")
_N = r"(\d+(?:\.\d+)?)"
_SCORED = re.compile(
    rf"([^,;。]*?)(?:,?(?:可|共|另|各|均|分别)?(?:得|计|记|加|给|赋|奖励?|为))?{_N}分(?!以|制|钟|的|档|及)"
)
_ZERO = re.compile(r"([^,;。]*?)(?:均|都|则|一律)?(?:不得分|不计分|不给分|[得计](?<!\d)0分|(?<![\d.])0分|零分|不加分)")
_EVERY = re.compile(rf"([^,;。]*?)(?:,|的|的,)?(?:酌情)?(?:扣除?|减|扣减|倒扣)(?:{_N}[-~至到]+)?{_N}分")
_CAP = re.compile(
    rf"(?:满分|累计|合计|总计|总分|最高|最多|上限|封顶|不超过|加满)[^,;。\d]{{0,8}}?(?:不超过|不得超过|为|加至|加|得|计)?{_N}分(?:为止|封顶|止)?"
    rf"|{_N}分(?:封顶|为限|止)"
)
_FREE = re.compile(r"酌情|视情|根据情况|综合评定|综合评价|由考核组|由评委|评委打分|集体评议|定性")
_RATIO = re.compile(rf"(?:得分|分值|计分)?(?:=|为|:)?([^,;。=×*]{{2,16}}?)(?:×|\*|x|X|乘以){_N}分?")
_BY_RATE = re.compile(r"按(?:照)?([^,;。]{1,12}率)(?:的)?(?:比例)?(?:折算|计算|得|计|换算)()")
_BY_SHARE = re.compile(
    r"按(?:照)?([^,;。]{0,14}?)(?:的)?(?:比例|比率|百分比|占比)(?:得分|计分|折算|计算|给分|扣分|换算)?"
)
_HIGHEST = re.compile(
    r"取最高|就高|最高(?:分|档|级别?|一?项)(?:计|记|为准|分)|不累计|不重复|不叠加|只计(?:一次|最高)|按最高|不累加"
)
_ELSE_NONE = re.compile(
    r"否则(?:不得分|不计分|得?0分|为0分)|(?:不|未)(?:符合|达到|达标|具备|完成|合格)[^,;。]{0,6}不得分"
)
_GRADE_WORDS = (
    "好",
    "较好",
    "一般",
    "差",
    "较差",
    "优",
    "良",
    "中",
    "优秀",
    "良好",
    "合格",
    "不合格",
    "满意",
    "基本满意",
    "不满意",
)
_LEVELS = re.compile(
    r"国家级|全国|中央|国家|省部级|省级|地市级|市级|州级|市厅级|厅级|县级|县处级|区级|县区级|乡镇级|乡级|镇级"
)


def number(value: Decimal | str) -> int | float:
    """Return a number for JSON: 6 as int, 1.5 as float."""
    exact = Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def plain(text: str) -> str:
    """Return a phrase as the patterns want it: half-width, no blanks, Chinese counts as digits (两次 -> 2次)."""
    joined = re.sub(r"\s+", "", fold(text)).replace("≥", "不少于").replace(">=", "不少于").replace("，", ",")
    joined = _COUNTED.sub(lambda found: str(number_of(found[1]) or found[1]), joined)
    return joined.replace("百分之百", "100%").replace("％", "%").replace("﹪", "%")


def read_rule(
    standard: str, points: Decimal | None, *, name: str = "", is_veto: bool = False, is_bonus: bool = False
) -> Rule:
    """Return the rule that a scoring standard describes.

    `points` is what the item can bring (None under a veto), `name` what the item is called, for a measure that the
    standard does not name. `is_bonus` says that the item stands in a block of extras, where points are added rather
    than reached.
    """
    text = plain(standard)
    if is_veto or points is None:
        return Rule(Shape.VETO)
    ratio = _RATIO.search(text) or _BY_RATE.search(text) or _BY_SHARE.search(text)
    if ratio and "扣" not in text:
        return _ratio(ratio, text, points)
    manual = Rule(Shape.MANUAL, {"max": number(points)})
    if _FREE.search(text):
        return manual
    return _of_pairs(text, points, name, is_bonus=is_bonus) or manual


def _of_pairs(text: str, points: Decimal, name: str, *, is_bonus: bool) -> Rule | None:
    """Return the rule that conditions with points make; None when they make none."""
    scored = _pairs(text)
    capped = _CAP.search(text)
    if _adds(text) and _HIGHEST.search(text):
        return Rule(Shape.ADD_HIGHEST, {"adds": _labelled(scored, by_level=True), "cap": _cap(capped, points)})
    tiers = _tiers(text, scored, points)
    tiered = Rule(Shape.TIERS, {"measure": _measure(text, scored, tiers, name), "tiers": tiers}) if tiers else None
    deduction = _deduction(text)
    if deduction and len(tiers) < 3:
        return deduction
    if tiered and not isinstance(tiers[0][0], str):
        return tiered
    if _is_adding(text, scored, capped, is_bonus=is_bonus, points=points):
        return Rule(Shape.ADD_EACH, {"adds": _labelled(scored), "cap": _cap(capped, points)})
    parts = _parts(text, points)
    if parts:
        return Rule(Shape.PARTS, {"parts": parts})
    if tiered is None and len(scored) <= 1 and (_ELSE_NONE.search(text) or _ZERO.search(text) or scored):
        return Rule(Shape.ALL_OR_NONE)
    return tiered


def _pairs(text: str) -> list[tuple[str, Decimal]]:
    """Return each condition with its points, in order, without caps and deductions."""
    found = []
    cap_spans = [match.span() for match in _CAP.finditer(text)]
    for match in _SCORED.finditer(text):
        condition = re.sub("^(?:或者|[、且或及和而,的])+", "", match[1])
        if any(start < match.end() <= end for start, end in cap_spans) or re.search(r"扣除?$|减$|满分$|共$", match[1]):
            continue
        found.append((condition, Decimal(match[2])))
    return found


def _adds(text: str) -> bool:
    return bool(re.search(r"加\d|得\d|计\d|记\d|奖\d|加分", text))


def _cap(found: re.Match[str] | None, points: Decimal) -> int | float:
    return number(next(value for value in found.groups() if value)) if found else number(points)


def _ratio(found: re.Match[str], text: str, points: Decimal) -> Rule:
    measure = re.sub(r"^(?:得分|分值|计分|最后得分|本项得分)?[=:]?", "", found[1] or "")
    measure = measure or re.split(r"[,;。]", text)[0][:12]
    times = found[2] if found.re is _RATIO else points
    return Rule(Shape.RATIO, {"measure": measure, "times": number(times)})


def _deduction(text: str) -> Rule | None:
    """Return the deduction of a text: one step for each fault, or a list of faults with their own points."""
    found = [(m[1], m[2], m[3]) for m in _EVERY.finditer(text)]
    if not found:
        return None
    repeated = [one for one in found if re.search(rf"每|\d+(?:个百分点|%|[{_UNITS}]|分)", one[0])]
    if repeated:
        fault, least, most = repeated[0]
        params: dict[str, Any] = {"step": number(least or most), "floor": 0, "per": _per(fault)}
        more = [[_per(other), number(step)] for other, _, step in repeated[1:]]
        params |= ({"step_max": number(most)} if least else {}) | ({"more": more} if more else {})
        return Rule(Shape.DEDUCT_EACH, params)
    faults = [[_label(fault), number(most)] for fault, _, most in found]
    return Rule(Shape.DEDUCT_EACH, {"faults": faults, "floor": 0})


def _per(fault: str) -> str:
    """Return for what one step is taken: 票据不全每笔 -> 票据不全1笔, 每缺1项 and 缺1项 as they stand."""
    fault = re.sub(r"的$", "", fault.lstrip("、"))
    return re.sub(rf"(?<=.)每([{_UNITS}])$", r"1\1", fault)


def _labelled(scored: Sequence[tuple[str, Decimal]], *, by_level: bool = False) -> list[list[Any]]:
    """Return labels with points; by level only 国家级, 省级 … where every condition names one."""
    if by_level and scored and all(_LEVELS.search(condition) for condition, _ in scored):
        return [[(_LEVELS.search(condition) or [condition])[0], number(points)] for condition, points in scored]
    return [[_label(condition), number(points)] for condition, points in scored]


_SCOPE = re.compile(rf"^(.*?)(?:[国省市州县区乡镇]+(?:家|级)?(?:\(?含?\)?及?以上))(.*?)(\d+[{_UNITS}])(.*)$")


def _label(condition: str) -> str:
    """Return a condition as a label: without 被, 有, 的 and without 市级以上 and its like."""
    text = re.sub(r"的$", "", condition.strip("、()"))
    scope = _SCOPE.match(text)
    if scope:
        verb = scope[2] if re.search(r"[被受获在于经]$", scope[1]) or not scope[1] else scope[1]
        text = verb + scope[3]
    text = re.sub(rf"每(?=[{_UNITS}])", "1", re.sub(r"^每(?=\D)|^每(?=1)", "", text))
    return re.sub(r"^(?:被|受到?|获得?|荣获|得到|建有|设有|配有|具有|备有|有)", "", text)


def _is_adding(
    text: str,
    scored: Sequence[tuple[str, Decimal]],
    capped: re.Match[str] | None,
    *,
    is_bonus: bool,
    points: Decimal,
) -> bool:
    """Say whether points add up for each thing done: each piece brings less than the item, and something repeats."""
    if not scored or any(value > points for _, value in scored):
        return False
    each = [re.search(rf"每|1[{_UNITS}]$|首", condition) for condition, _ in scored]
    if capped and any(each):
        return True
    return bool(re.search(rf"每(?:增加?|多|超|[{_UNITS}]|\d)[^,;。]*?(?:加|得|计|记)?\d+(?:\.\d+)?分", text)) or (
        is_bonus and all(value < points for _, value in scored) and any(each)
    )


def _parts(text: str, points: Decimal) -> list[list[Any]]:
    """Return the parts of an item whose points add up to it: 有甲得2分,有乙、丙各得1分."""
    parts: list[list[Any]] = []
    total = Decimal(0)
    for sentence in re.split(r"[;。]", text):
        start = 0
        for match in re.finditer(rf"(各|均|分别)?(?:得|计|记|给|为)?{_N}分", sentence):
            condition = sentence[start : match.start()].strip(",、")
            start = match.end()
            if not condition or re.search(r"满分|不超过|扣|共$", condition):
                continue
            names = re.split(r"[、,和]|以及", condition) if match[1] else [re.split(r",", condition)[-1]]
            for name in filter(None, names):
                parts.append([_label(name), number(match[2])])
                total += Decimal(match[2])
    return parts if len(parts) > 1 and total == points else []


_UNIT = r"(%|个百分点|万元|元|千元|小时|学时|个单位|人次|㎡|平方米|分|[次项个人条件篇场期名本户家起处间类份天年月])?"
_RANGE = re.compile(rf"{_N}{_UNIT}(?:\(不?含\))?[-~—至到]+{_N}{_UNIT}(?:\(不?含\))?")
_LEAST = re.compile(
    rf"(?:达到?|不少于|不低于|超过|大于|满|达|高于|>|≥)?{_N}{_UNIT}(?:\(含\))?(?:及|\(含\)|含)?(?:以上|及以上|上)?"
)
_LESS = re.compile(rf"(?:(?<!不)(?:不足|低于|少于|不到|小于|未达到?|<){_N}{_UNIT}|{_N}{_UNIT}(?:\(不含\))?以下)")


def _tiers(text: str, scored: Sequence[tuple[str, Decimal]], points: Decimal) -> list[list[Any]]:
    """Return thresholds or named levels with their points, as written; empty when the text holds no tiers.

    Tiers begin with the full points and fall.
    """
    said = [(condition, value) for condition, value in scored if value]
    values = [value for _, value in said]
    if len(said) < 2 or values[0] != points or any(a < b for a, b in pairwise(values)):
        return []
    nothing = next((re.sub("^(?:否|否则|其余|其它)$", "其他", m[1].lstrip("、,")) for m in _ZERO.finditer(text)), None)
    pairs = [*said, *([(nothing, Decimal(0))] if nothing is not None else [])]
    unit = _money_unit(pairs)
    limits = [_limit(condition, unit) for condition, _ in said]
    if limits[0] is None and all("%" in condition for condition, _ in said[1:]):
        limits[0] = Decimal(100)
        pairs[0] = ("100%", pairs[0][1])
    if None not in limits and len({_unit_of(condition) for condition, _ in pairs} - {""}) <= 1:
        return _numeric_tiers(pairs, unit)
    return [[label, number(v)] for label, (_, v) in zip(_level_labels([c for c, _ in pairs]), pairs, strict=True)]


def _unit_of(condition: str) -> str:
    """Return the unit of the number in a condition, 元 for 万元; "" when there is none."""
    found = _LESS.search(condition) or _RANGE.search(condition) or _LEAST.search(condition)
    units = [group for group in found.groups() if group and not group[0].isdigit()] if found else []
    return units[0].replace("万元", "元").replace("个单位", "个") if units else ""


def _money_unit(pairs: Sequence[tuple[str, Decimal]]) -> str:
    return "元" if any(re.search(r"\d万?元", condition) for condition, _ in pairs) else ""


def _limit(condition: str, unit: str) -> Decimal | None:
    """Return the lower limit that a condition names; -1 for 以下; None when it names no number."""
    if _LESS.search(condition):
        return Decimal(-1)
    found = _RANGE.search(condition)
    if found:
        return _scaled(found[1], found[2] or found[4], unit)
    found = _LEAST.search(condition)
    return _scaled(found[1], found[2], unit) if found else None


def _scaled(value: str, written: str | None, unit: str) -> Decimal:
    return Decimal(value) * (10000 if unit == "元" and written == "万元" else 1)


def _numeric_tiers(pairs: Sequence[tuple[str, Decimal]], unit: str) -> list[list[Any]]:
    """Return lower limits with points; "below" is 0, or the least positive number where nothing at all is a tier too."""
    has_nothing = _limit(pairs[-1][0], unit) is None
    tiers = []
    for condition, value in pairs:
        limit = _limit(condition, unit)
        if limit is None or (limit < 0 and value == 0):
            limit = Decimal(0)
        elif limit < 0:
            limit = Decimal(1 if has_nothing else 0)
        tiers.append([number(limit), number(value)])
    return tiers


def _level_labels(conditions: Sequence[str]) -> list[str]:
    """Return named levels without what they share: 按期换届, 经批准延期的 -> 按期, 批准延期; 效果好, 效果较好 -> 好, 较好."""
    labels = [re.sub(r"的$", "", re.split(r"且|并且|,", condition)[0]) for condition in conditions]
    labels = [re.sub(r"^(?:经|经过|评为|评价为|为|达到)(?=..)", "", label) for label in labels]
    grades = [_grade(condition) for condition in conditions]
    if all(grades):
        return grades
    found = re.fullmatch(r"(按期|按时|及时|如期|全面|基本|部分)(.{2,6})", labels[0])
    if found and all(re.match(r"按期|批准|未|不|基本|部分|延期|逾期|没", label) for label in labels[1:]):
        labels = [label.replace(found[2], "") or label for label in labels]
    return labels


def _grade(condition: str) -> str:
    """Return the grade word with which a condition ends (好, 较好, 优秀 …), "" when it ends with none."""
    text = re.sub(r"的$|者$", "", condition)
    return next((word for word in sorted(_GRADE_WORDS, key=len, reverse=True) if text.endswith(word)), "")


_COUNT_WORDS = {"次": "次数", "人": "人数", "条": "条数", "篇": "篇数", "项": "项数", "个": "个数", "场": "场数", "名": "人数",
                "件": "件数", "期": "期数", "户": "户数", "家": "家数", "天": "天数", "人次": "人次"}  # fmt: skip


def _measure(text: str, scored: Sequence[tuple[str, Decimal]], tiers: Sequence[Sequence[Any]], name: str) -> str:
    """Return what the tiers measure, from the words before the first number or from the first level, else the name."""
    first = scored[0][0]
    if isinstance(tiers[0][0], str):
        label = str(tiers[0][0])
        rest = re.sub(r"的$", "", first)
        rest = rest[: -len(label)] if label in _GRADE_WORDS else rest.replace(label, "", 1)
        rest = re.sub(r"^(?:被|获)?(?:评为|评定为|评价为|定为)$", "", re.split(r"[,、]", rest)[-1])
        if len(rest) < 2 and label in _GRADE_WORDS:
            return "评价等级"
        if re.search(r"\d|^且|^并", rest):
            rest = ""
        return (rest if len(rest) >= 2 else name or first) + "情况"
    subject = re.sub(r"(?:达到?|不少于|不低于|超过|大于|满|在|至少)$", "", re.split(r"\d", first)[0].split(",")[-1])
    subject = re.sub(r"开展|组织|举办|召开|举行|参加|完成", "", subject) or subject or name
    found = _RANGE.search(first) or _LEAST.search(first)
    unit = (found[2] or "") if found else ""
    if unit in _COUNT_WORDS:
        return subject + _COUNT_WORDS[unit] if not subject.endswith(_COUNT_WORDS[unit]) else subject
    shown = "元" if unit == "万元" else unit
    return f"{subject}({shown})" if shown else subject
