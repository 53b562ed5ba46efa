"""What the remarks under an assessment table decide: grades, mandatory marks, caps, weights.

Every function takes the remarks as one text in the form of `rubric_phrases.plain`.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from wuyou.assessment.rubric_phrases import plain
from wuyou.kernel.amount import number_text

MARKS = re.compile(r"[★☆▲△●○■*※]")


def joined(notes: Iterable[str]) -> str:
    """Return the remarks as one text without their numbering (1. 2. 3. in order)."""
    text = plain("。".join(notes))
    number = 1
    while found := re.search(rf"(?:^|(?<=[:;。])){number}[.、]", text):
        text = text[: found.start()] + text[found.end() :]
        number += 1
    return text


def mandatory_marks(words: str) -> str:
    """Return the marks that the notes call mandatory; ★ when they explain none."""
    told = [
        m[1]
        for m in re.finditer(
            r"(?:标注?|带|打|注)?[“\"'(]?([★☆▲△●○■*※])[”\"')]?[^,;。]{0,8}?(?:必备|必须|必达|否决|一票|底线)", words
        )
    ]
    return "".join(told) or ("" if MARKS.search(words) else "★")


def maximum_of(total: Decimal, bonus_cap: Decimal | None, words: str) -> tuple[Decimal, str]:
    """Return the highest final score and the sentence that says so. Jiangsu: extras may not lift it above the total."""
    limit = re.search(
        r"(?:总分|最终得分|总得分|最后得分|总成绩)[^;。\d]{0,8}?(?:不超过|不得超过|最高(?:为|不超过)?|以)(\d+(?:\.\d+)?)分",
        words,
    )
    highest = Decimal(limit[1]) if limit else total + (bonus_cap or Decimal(0))
    if bonus_cap is None:
        return highest, ""
    return highest, f"附加分计入总分,最高{number_text(highest)}分"


_GRADE = re.compile(
    r"(?:(?P<low>\d+(?:\.\d+)?)分?(?:\(含\))?(?:(?:及|含)?以上|[-~—至到](?P<high>\d+(?:\.\d+)?)分?(?:\(不?含\))?|\(含\)以上)"
    r"|(?P<below>\d+(?:\.\d+)?)分?(?:\(不含\))?以下|(?:不足|低于)(?P<less>\d+(?:\.\d+)?)分?)"
    r"[^,;。\d]{0,6}?(?:为|的?评?定?为|是|:|,?等次为|评为)?“?(?P<name>[5一二三四五][星A]级?|[1-5]A级?|优秀|良好|优|良|好|较好|中|合格|称职|基本合格|"
    r"基本称职|达标|基本达标|一般|较差|差|不合格|不称职|不达标|未达标|[一二三四]等奖?|[甲乙丙丁ABCD]等?级?|[一二三四五]星级?)”?"
)
_GRADE_FIRST = re.compile(
    r"(?P<name>优秀|良好|合格|基本合格|不合格|一般|较差|差|优|良|中|[1-5]A|[一二三四五]星级?)(?:等次)?(?:为|:|,|\()?"
    r"(?:(?P<low>\d+(?:\.\d+)?)分?(?:\(含\))?(?:(?:及|含)?以上|[-~—至到]\d+(?:\.\d+)?分?)|(?P<below>\d+(?:\.\d+)?)分?以下)"
)


def grades_of(words: str) -> tuple[tuple[Decimal, str], ...]:
    """Return the grades with their lower limits, highest first; () when the notes name none."""
    for pattern in (_GRADE, _GRADE_FIRST):
        found: dict[str, Decimal] = {}
        for match in pattern.finditer(words):
            low = match["low"]
            found.setdefault(match["name"], Decimal(low) if low else Decimal(0))
        if len(found) > 1:
            return tuple(sorted(((limit, name) for name, limit in found.items()), reverse=True))
    return ()


def mandatory_rule(words: str) -> str:
    """Return the sentence of which grade is barred when a mandatory item is not met; "" when the words say none."""
    found = re.search(r"([^;。]*)(?:必备|必达|必须达到)[^;。]*?不(?:得|能)(?:评为|评|定为)([^,;。]{2,4})", words)
    if not found:
        return ""
    mark = MARKS.search(found[1])
    return f"{mark[0] if mark else '必备'}项未达到的,不得评为{found[2]}"


def weights_of(words: str) -> tuple[tuple[str, Decimal], ...] | None:
    """Return shares of parts that weigh the total: 平时考核占60%,实地考核占40%."""
    found = re.findall(
        r"([\u4e00-\u9fff]{2,8}?)(?:得分|成绩|分值|权重)?(?:占(?:总分的?)?|权重为?|按)(\d+(?:\.\d+)?)%", words
    )
    shares = tuple((name, Decimal(share)) for name, share in found)
    return shares if len(shares) > 1 and sum(share for _, share in shares) == 100 else None
