"""What the words of one row say of it: that it prints a sum, remarks on the table, is signed, is an example, numbers columns."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from wuyou.kernel.hanzi import fold
from wuyou.platform.imports.tables import Skip

_TOTAL_SIGN = re.compile(r"[计数]|全.$|[汇总小]|total|sum", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:.{0,12}?)(?P<word>小计|小结|本页计|本页合计|本页人数|本页户数|本页累计|合计|总计|共计|累计|总数|总合计|总合|合总|总和|总人数|总户数|总金额|总分"
    r"|(?<![^\s])全[省市县区镇乡州](?=$)|汇总(?=$)|(?<![^\s])(?:总|计|合)(?=$))(?:[:：(（共计\d为].*)?"
    r"|(?P<english>(?:grand|sub-?)?total|sum)(?![a-z]).*",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"承前页|承上页|接前页|接上页|过次页|转下页|转次页|结转下[页年月期]|(?:上年|上年度|上月|上期|年初|期初|月初)(?:结转|结余|余额)"
)
"""What is carried over from elsewhere: neither an entry nor the sum of what stands above."""
_ADDS_UP = re.compile(r"[总计合结累汇共]|total|sum", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:备?注|说明|附注|附|填表说明|填报说明|填写说明|注意|提示|※|\*|note|remark)\s*\d*\s*[:：.、\s※*]", re.IGNORECASE
)
_SIGNATURE = re.compile(
    r"(?:.{0,8}(?:填表|制表|造册|造表|编制|审核|审批|复核|经办|填报|统计|录入|负责|主管|分管|签字|签名|签章|盖章|核对|校对|考核组"
    r"|被考核|联系|报送|调查员|登记人|采集人).{0,8}|(?:单位|部门|日期|时间|电话).{0,6})[:：].*"
)
_ASKED = re.compile(r"[^\W\d]{2,10}:")
_ANSWERED = re.compile(r"[^\W\d]{2,10}:\s*[^\s:]{1,12}")
_SIGNED = re.compile(r"(?:[^\W\d]{2,8}:\s*[^\s:]{0,12}(?:\s+|$)){2,}")
_NUMBER = re.compile(r"(-?\d[\d,]{0,14}(?:\.\d{1,4})?)(?:元|人|名|次|户)?")
_LONGEST_CARRIED = 14
_LONGEST_EXAMPLE = 10
_EXAMPLE = re.compile(r"(?:填写)?(?:示例|样例|范例|举例|例)\s*\d?\s*[:：]?")
_HOW_TO_FILL = re.compile(
    r"必填|选填|必录|可不填|非必|填写|填报|下拉|勾选|单选|多选|^(?:文本|数字|日期|字符|数值|整数)(?:型|类型|格式)?$|格式|例如|^如[:,]|^例[:,]"
    r"|不超过\d+|限\d+字|^\d+位|请[填选输按写]|^填|填\d|隔开|yyyy|×××"
)
_HOW_TO = frozenset(["要求", "填报要求", "填写要求", "填报说明", "填写说明", "填表说明", "填表要求", "格式要求"])
_SEQUENCES = tuple(
    tuple(words)
    for words in ("一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
)


def total_word(text: str) -> Skip | None:
    """Return whether the text says that its row prints a total, a subtotal or what is carried over; None when it does not."""
    if len(text) <= _LONGEST_CARRIED and _CARRIED.match("".join(fold(text).split())):
        return Skip.NOTE
    if len(text) > 40 or not _TOTAL_SIGN.search(text):
        return None
    found = _TOTAL.fullmatch("".join(fold(text).split()))
    if found is None:
        return None
    word = (found.group("word") or found.group("english") or "").lower()
    return Skip.SUBTOTAL if word.startswith(("小", "本页", "sub")) else Skip.TOTAL


def adds_up(text: str) -> bool:
    """Tell whether a short text may head a row of sums in words of its own: 镇内小结, 全县总人数, 各组相加合起来."""
    return len(text) <= 14 and bool(_ADDS_UP.search(text))


def number_of(text: str) -> Decimal | None:
    """Return the plain number that a text writes (1,200 and 1200元 too), None when it is none."""
    found = _NUMBER.fullmatch("".join(fold(text).split()))
    return Decimal(found[1].replace(",", "")) if found else None


def is_note(text: str) -> bool:
    """Tell whether the text begins as a remark on the table does."""
    return bool(_NOTE.match(text + " "))


def is_signature(text: str) -> bool:
    """Tell whether the text is a line to sign: who filled in the table, who checked it, when."""
    folded = fold(text).strip()
    return bool(_SIGNATURE.fullmatch(folded) or (_SIGNED.fullmatch(folded) and _SIGNATURE.search(folded)))


def are_signatures(texts: Sequence[str]) -> bool:
    """Tell whether the cells of a row are lines to sign, each whole or as a word with its name in the next cell."""
    words = [fold(text).strip() for text in texts]
    if sum(map(is_signature, words)) >= 0.5 * len(words):
        return True
    asks = [bool(_ASKED.fullmatch(text)) for text in words]
    whole = [bool(_ANSWERED.fullmatch(text)) for text in words]
    if asks[0] and any(map(is_signature, words)) and not any(a and b for a, b in pairwise([not ask for ask in asks])):
        return True
    left_over = (not (ask or full or before) for ask, full, before in zip(asks, whole, [False, *asks], strict=False))
    if sum(asks) + sum(whole) >= 2 and total_word(words[0].rstrip(":")) is None and not any(left_over):
        return all(number_of(text) is None for text in words)
    roles = words[::2]
    return len(words) >= 4 and all(is_signature(f"{role}:") and len(role) <= 8 for role in roles)


def is_example(text: str) -> bool:
    """Tell whether the text says that its row shows how to fill in the table."""
    return len(text) <= _LONGEST_EXAMPLE and bool(_EXAMPLE.fullmatch(text.strip("()（）【】[] ")))


def is_instruction(texts: Sequence[str]) -> bool:
    """Tell whether the cells of the first row say how to fill in their columns: 必填 选填 必填, 文本 日期 下拉选择."""
    if texts[0].strip(" :：()（）") in _HOW_TO:
        return True
    said = sum(bool(_HOW_TO_FILL.search(fold(text))) for text in texts)
    return len(texts) >= 2 and said >= 0.6 * len(texts)


def is_numbering(texts: Sequence[str]) -> bool:
    """Tell whether the texts only number the columns: 1 2 3 …, 甲 乙 丙 …, A B C …, (1) (2) (3) …"""
    words = tuple(text.strip(" ()（）栏列").upper() for text in texts)
    words = words[1:] if len(words) > 4 and words[0] in ("次", "栏次", "") else words
    if len(words) < 4:
        return False
    if words == tuple(str(place) for place in range(1, len(words) + 1)):
        return True
    return any(words == sequence[: len(words)] for sequence in _SEQUENCES)
