"""Header words: how they are compared, and which of them the announced kinds of table know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from wuyou.kernel.hanzi import fold, simplified
from wuyou.platform.imports.columns import ImportKind

_BRACKETS = re.compile(r"[(\[{【〔<《「]([^()\[\]{}【】〔〕<>《》「」]*)[)\]}】〕>》」]")
_LEADING_NUMBER = re.compile(
    r"^\s*(?:\d{1,2}[、.)]|[一二三四五六七八九十]{1,3}、|\(\d{1,2}\)|[①-⑳]|(?:[A-Z]\d{1,3}|\d{2}\s)\s*(?=[\u4e00-\u9fff]{2}))"
)
_TWO_LANGUAGES = (
    re.compile(r"(?P<own>[^a-z]*[\u4e00-\u9fff]{2}[^a-z]*?)[\s/|·]*(?P<other>[a-z][a-z\s/.'&-]*[a-z.])", re.IGNORECASE),
    re.compile(r"(?P<other>[a-z][a-z\s.'&-]*[a-z.])[\s/|·]+(?P<own>[^a-z]*[\u4e00-\u9fff]{2}[^a-z]*)", re.IGNORECASE),
)
_SHORTEST_OTHER = 3
"""A shorter piece of Latin letters behind a word without a blank is part of it: 附件A."""
_MARKS = re.compile(r"[\s*★☆※#:：、,，.。/\\|_\-—–“”\"'’‘·;；!?！？()\[\]{}【】〔〕<>《》「」]+")


_ALL_OF_IT = frozenset(["计", "合计", "小计", "总计", "总数", "共计"])
"""Under a group of headers these say the group's own word again: 参加人数 / 归侨 | 侨眷 | 计."""


@lru_cache(maxsize=4096)
def plain_header(text: str) -> str:
    """Return a header as it is compared: simplified, small letters, without blanks, marks and leading number."""
    text = _LEADING_NUMBER.sub("", fold(text))
    return _MARKS.sub("", simplified(text)).lower()


def two_languages(text: str) -> tuple[str, str] | None:
    """Return the Chinese and the Latin words of a header that says one thing twice (姓名 Name), None when it does not."""
    text = fold(text).strip()
    for pattern in _TWO_LANGUAGES:
        found = pattern.fullmatch(text)
        if found and (len(found["other"]) >= _SHORTEST_OTHER or text[len(found["own"])] in " \n/|"):
            return found["own"].strip(), found["other"].strip()
    return None


@lru_cache(maxsize=4096)
def header_forms(text: str) -> tuple[str, ...]:
    """Return the forms under which one header may be known: itself, its main words, then words that say less surely.

    The main words are those outside brackets, or of two languages the Chinese: "联系方式(手机)" gives itself, 联系方式, and
    手机; "姓名 Name" itself, 姓名, and name; "电话/微信" twice itself, as neither of both is all of it, 电话, and 微信.
    """
    folded = fold(text)
    outside, inside = _BRACKETS.sub("", folded), _BRACKETS.findall(folded)
    spoken = two_languages(outside)
    whole = plain_header(folded)
    main = plain_header(spoken[0] if spoken else outside) or whole
    others = [*(spoken[1:] if spoken else outside.split("/")), *inside]
    rest = [form for form in dict.fromkeys(map(plain_header, others)) if form not in ("", whole, main)]
    return (whole, main, *rest) if rest or main != whole else (whole,) if whole else ()


def level_forms(header: str) -> tuple[str, ...]:
    """Return the forms of a header of several levels: the last level, and the levels joined."""
    levels = header.split("/")
    forms = list(header_forms(levels[-1]))
    if len(levels) > 1:
        forms[:0] = header_forms("".join(levels[-2:]))
        forms.append(plain_header("".join(levels)))
        if forms and plain_header(levels[-1]) in _ALL_OF_IT:
            forms[:0] = header_forms(levels[-2])
    return tuple(dict.fromkeys(forms))


@dataclass(frozen=True)
class Vocabulary:
    """All header words that the announced kinds know."""

    exact: frozenset[str]
    stems: tuple[str, ...]

    def knows(self, text: str) -> float:
        """Return how surely the text is a header word: 1 known as it stands, less by a form or a stem, 0 unknown."""
        return _knows(self, text)


@lru_cache(maxsize=8192)
def _knows(vocabulary: Vocabulary, text: str) -> float:
    forms = header_forms(text)
    if not forms or min(map(len, forms[:2])) > 24:
        return 0.0
    if forms[0] in vocabulary.exact:
        return 1.0
    if any(form in vocabulary.exact for form in forms[1:2]):
        return 0.8
    if any(form in vocabulary.exact for form in forms[2:]):
        return 0.4
    return 0.4 if any(stem in forms[0] for stem in vocabulary.stems) else 0.0


def vocabulary_of(kinds: Iterable[ImportKind]) -> Vocabulary:
    """Return the header words of all columns of all kinds."""
    exact: set[str] = set()
    stems: set[str] = set()
    for kind in kinds:
        for column in kind.columns:
            exact.update(plain_header(word) for word in (column.label, *column.headers))
            stems.update(plain_header(word) for word in column.stems)
    return Vocabulary(frozenset(exact - {""}), tuple(sorted(stems - {""})))


_NUMBER = re.compile(
    r"[约近¥￥$]?\s*[-+]?\d[\d,]*(?:\.\d+)?\s*(?:余|多)?(?:万元|元|万|人次|人|次|%|㎡|m2|m²|平方米|平米|分|岁|户|个|年|场|件|张|亩)?"
)
_DATE = re.compile(
    r"(?:农历)?'?\d{2,4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*(?:\d{1,2})?\s*[日号]?)?.*|\d{1,2}月\d{1,2}[日号]?.*|\d{4}年"
)
_LONG = re.compile(r"[+\d][\d\s\-*xX]{6,}")
_LABEL_WITH_VALUE = re.compile(r"[:：]\s*\S")
_OF_WHICH = re.compile(r"^\s*其中\s*:")
_SPAN = re.compile(r"\d{1,4}\s*[年月]?\s*[-—–~至]+\s*\d{1,4}\s*(?:年|月|季度)")
_LETTER = re.compile(r"[^\W\d_]")
_ABBREVIATION = re.compile(r"(?:^|[^A-Za-z])[A-Za-z]{1,5}\.$")  # No. and Tel., but no sentence


@lru_cache(maxsize=8192)
def shape(text: str) -> str:
    """Return what a text looks like: n number, d date, i long number (telephone, identity), t words, "" nothing."""
    text = fold(text).strip()
    if not text:
        return ""
    if not any(mark.isdigit() for mark in text):
        return "t"
    if _DATE.fullmatch(text) and len(text) < 24:
        return "d"
    if _NUMBER.fullmatch(text):
        return "i" if sum(mark.isdigit() for mark in text) >= 7 and "." not in text else "n"
    return "i" if _LONG.fullmatch(text) else "t"


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Tell whether a text could be a header word: short words, no sentence, no value, no "label: value"."""
    text = text.strip()
    if not text or len(text) > 60 or text.endswith(("。", "；")) or shape(text) != "t":
        return False
    if _SPAN.fullmatch(fold(text)):
        return False
    if text.endswith(".") and not _ABBREVIATION.search(text):
        return False
    bare = _OF_WHICH.sub("", _BRACKETS.sub("", fold(text)))
    if any(len(re.sub(r"\s", "", one)) > (24 if one.isascii() else 18) for one in two_languages(bare) or (bare,)):
        return False
    if not _LETTER.search(text):
        return False
    return not _LABEL_WITH_VALUE.search(bare) and sum(mark.isdigit() for mark in bare) <= 4
