"""Of whom the headers of a list of persons speak: of who is listed, their kin abroad, the head of their household, others."""

import re
from typing import Final

from wuyou.platform.imports.headerscore import SOMEBODY_ELSE
from wuyou.platform.imports.words import plain_header

RELATIVE: Final = "relative"
HEAD: Final = "head"

_OTHERS = re.compile(
    r"监护人|联系人|联络人|干部|网格员|专干|调查员|填表人|填报人|(?<!被)登记人|经办人|采集人|摸排人|信息员|联络员|代理人|代办人|委托人|介绍人|证明人"
    r"|责任人|帮扶人|帮扶单位|负责人|村长|组长|书记|邻居|配偶|爱人|丈夫|妻子|父亲|母亲|父母|子女|儿子|女儿"
)
_LISTED = re.compile(r"本人|国内|境内|居民|被调查|归侨|侨眷|侨属|归国|回国|与.*关系")
_ABROAD_GROUP = re.compile(r"亲属|亲友|亲人|亲戚|眷属|侨胞|华侨|海外|境外|国外|旅外|在外|港澳")
_ABROAD = re.compile(
    r"^在外(?:从事|职业)|^(?:侨胞|华侨|华人)|^(?:主要)?(?:亲属|亲友|亲人|亲戚|(?:海外|境外|国外|旅外|港澳台?|台湾)(?:亲|侨胞|人员|联系人|华侨|华人))"
)


def whose(words: str, is_group: bool) -> str:
    """Return whom a header names (RELATIVE, HEAD, SOMEBODY_ELSE), "" when none but who is listed.

    `is_group` is true for words that stand over several headers: there 旅外侨胞情况 is enough, where as a header of its
    own 海外学历 may still be of who is listed.
    """
    plain = plain_header(words)
    if _LISTED.search(plain):
        return ""
    if (_ABROAD_GROUP if is_group else _ABROAD).search(plain):
        return RELATIVE
    if "户主" in plain:
        return HEAD
    return SOMEBODY_ELSE if _OTHERS.search(plain) else ""
