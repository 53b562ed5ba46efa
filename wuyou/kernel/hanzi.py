"""Chinese text as clerks type it: full-width signs, stray blanks, traditional characters, slips, 无 and 是.

Everything here is about *comparing and tidying*. What a person typed as a name is never rewritten by these functions'
callers beyond blanks and full-width signs: 陸 stays 陸 in the register and is only compared as 陆.
"""

import json
import re
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

from wuyou.kernel import sounds
from wuyou.kernel.reading import Reading, empty, note, refused, taken

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD.update(dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000"), ord(" ")))
_FOLD.update(dict.fromkeys(map(ord, _INVISIBLE)))  # type: ignore[arg-type]  # str.translate takes None to delete
_BLANKS = re.compile(r"\s+")
_EDGES = " \t\r\n\v\f\u00a0\u2002\u2003\u2009\u202f\u3000" + _INVISIBLE
_LINES = re.compile(r"\r\n?")
_BRACKETED = re.compile(r"[(\[{【〔〖<《]([^()\[\]{}【】〔〕〖〗<>《》]*)[)\]}】〕〗>》]")


def words(text: str) -> frozenset[str]:
    """Return the blank-separated words of a list written as running text."""
    return frozenset(text.split())


EMPTY_WORDS = words("""
    无 無 / \\ — – - ― -- --- —— ——— . 。 、 , * × x X ? ?? 空 空白 无此项 不详 不祥 不知 不知道 不清楚 不明 未知 不清
    未填 未详 未统计 未登记 未提供 未办 未办理 没有 没 暂无 暂缺 暂不详 暂未提供 待查 待补 待定 待核实 缺 略 保密
    空号 停机 已停机 已停用 无电话 无手机 无号码 无证 无证件 无资料 遗失 丢失 已遗失 记不清 忘记 拒绝提供 不愿提供
    (空) (跳过) (未填) (无) (空白) (略) 【空】 [空]
    n/a N/A na NA nil NIL null NULL none None NONE
""")
_YES = words("""
    是 有 √ ✓ ✔ ☑ 对 已 已有 已签 已完成 同意 已同意 可以 愿意 好 具备 健全 完善 达标 落实 已落实 已建立 已制定 建立
    符合 属实 已上墙 已建 固定 自有 共用 y Y yes Yes YES true TRUE True 1 v V
""")
_NO = words("""
    否 无 没有 没 × ✗ ✘ ╳ x X 不 不是 未 未有 未建 未建立 未制定 不同意 未同意 不愿意 不具备 不健全 不达标 未落实 未完成
    暂无 尚无 尚未 正在制定 正在建立 正在筹建 正在完善 筹备中 筹建中 制定中 拟建 计划中 待建
    n N no No NO false FALSE False 0
""")

_DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
           "两": 2, "元": 1}  # fmt: skip
_TENS = {"十": 10, "廿": 20, "卅": 30, "卌": 40, "百": 100, "千": 1000}


def fold(text: str) -> str:
    """Return the text with full-width signs made half-width, odd blanks made plain and invisible marks taken out.

    Not Unicode NFKC: that would also turn ㎡ into m2 and swap compatibility ideographs, which may be somebody's name.
    """
    return text if text.isascii() else text.translate(_FOLD)


def tidy(text: str) -> str:
    """Return the text without blanks and invisible marks at its ends, every line break as \\n."""
    text = text.strip(_EDGES)
    return _LINES.sub("\n", text) if "\r" in text else text


def squeeze(text: str) -> str:
    """Return the folded text without any blank or line break."""
    return _BLANKS.sub("", fold(text))


def split_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text outside brackets, and what stood inside each pair of them, in order."""
    folded = fold(text)
    if not any(mark in folded for mark in "([{【〔〖<《"):
        return text, ()
    notes = tuple(found.strip() for found in _BRACKETED.findall(folded))
    return _BRACKETED.sub("", folded).strip(), notes


@cache
def _traditional_table() -> dict[int, str]:
    """Return single traditional characters with their simplified form, from the data file of zhconv.

    Read from the file because the package leaves it open when it loads it itself.
    """
    words = json.loads(resources.files("zhconv").joinpath("zhcdict.json").read_bytes())["zh2Hans"]
    return {ord(old): new for old, new in words.items() if len(old) == 1 and old != new}


@lru_cache(maxsize=65536)
def simplified(text: str) -> str:
    """Return the text in simplified characters, one character for one, for comparing only."""
    return text if text.isascii() else text.translate(_traditional_table())


# Variants that the 通用规范汉字表 (2013) takes back as standard characters of names and places.
_STANDARD_AGAIN = frozenset("昇喆堃淼甦甯龢迺邨犇祎頔仝谿崑菓")


@lru_cache(maxsize=4096)
def _is_traditional(character: str) -> bool:
    if ord(character) < 0x2E80 or character in _STANDARD_AGAIN or ord(character) not in _traditional_table():
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def has_traditional(text: str) -> bool:
    """Return whether a character is written in its traditional form (乾, 於 and the like, in both sets, are not)."""
    return not text.isascii() and any(map(_is_traditional, text))


def is_empty(text: str) -> bool:
    """Return whether the text says that there is nothing: blank, 无, /, —, 不详 …"""
    text = tidy(fold(text))
    return not text or text in EMPTY_WORDS or (not text.strip("-—–―_/\\.·… 　") and len(text) < 9)


_CODE_BEFORE = re.compile(
    r"^\s*(?:\d{1,2}\s*[.、:\-—)]|\d{1,2}\s+|\d{1,2}(?![年月日号个位名人岁次级代])(?=[^\W\d_a-zA-Z])|[A-Ha-h]\s*[.、:)])\s*(?=[^\W\d_a-zA-Z])"
)


def without_code(text: str) -> str:
    """Return a word of a list without the code that stands before it: 02 侨眷, A.有, 2-本科; as it is without one."""
    return _CODE_BEFORE.sub("", fold(text), count=1)


def number_of(text: str) -> int | None:
    """Return the number that Chinese numerals write, else None.

    十二 = 12, 廿一 = 21, 一九六五 = 1965, 一百零三 = 103.
    """
    if not text or any(mark not in _DIGITS and mark not in _TENS for mark in text):
        return None
    if not any(mark in _TENS for mark in text):
        return int("".join(str(_DIGITS[mark]) for mark in text))
    total, digit = 0, 0
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in "廿卅卌":
            total, digit = total + _TENS[mark], 0
        else:
            total, digit = total + (digit or 1) * _TENS[mark], 0
    return total + digit


@lru_cache(maxsize=1024)
def _yes_no(text: str) -> Reading[bool]:
    outside, notes = split_notes(text)
    word = squeeze(outside) or (notes[0] if notes else "")
    remark = (note("note_in_cell", note=notes[0]),) if notes and squeeze(outside) else ()
    if word in _YES or (word.startswith("已") and len(word) <= 6):
        return taken(True, "是", *remark)
    if word in _NO or word.startswith(("未", "没", "尚未", "正在", "不")):
        return taken(False, "否", *remark)
    if is_empty(word):
        return empty()
    bare = without_code(text)
    return refused("not_in_list", word=text) if bare == text else _yes_no(bare)


def read_yes_no(text: str) -> Reading[bool]:
    """Return yes (是, 有, √, 已上墙) or no (否, 无, ×, 正在制定), text 是 or 否; 无 means no here, not "empty".

    A remark in brackets is noted, not warned about. Refuses with not_in_list what is neither.
    """
    return _yes_no(tidy(fold(text)))


_SAME_SOUND = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def _sound(character: str) -> str:
    """Return the toneless syllable in which the pairs that south-western ears confuse are one (zh/z, n/l, ing/in)."""
    syllable = sounds.of_character(character)
    for old, new in _SAME_SOUND:
        syllable = syllable.replace(old, new)
    return "l" + syllable[1:] if syllable[0] == "n" and len(syllable) > 1 else syllable


def _sounds(text: str) -> tuple[str, ...]:
    return tuple(map(_sound, text))


@lru_cache(maxsize=65536)
def similar(one: str, other: str) -> float:
    """Return how alike two short names are, 0..1, by characters or by sound, whichever is higher.

    The same sound written otherwise (桥眷 for 侨眷) counts a little less than the same characters.
    """
    one, other = simplified(squeeze(one)), simplified(squeeze(other))
    if one == other:
        return 1.0
    by_character = Levenshtein.normalized_similarity(one, other)
    by_sound = Levenshtein.normalized_similarity(_sounds(one), _sounds(other))
    return max(by_character, 0.95 * by_sound)
