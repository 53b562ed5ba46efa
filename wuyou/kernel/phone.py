"""Telephone numbers as people note them down: mobile, land line, abroad, two at once, a neighbour's."""

import re
from typing import Any

from wuyou.kernel.hanzi import fold, is_empty, tidy
from wuyou.kernel.reading import Finding, Reading, empty, note, refused, taken, warn

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}", re.ASCII)
_GAP = r"[-. –—_]?"
_FOUND = re.compile(
    rf"""
    (?P<abroad>(?<![\d+])(?:\+|00)(?!{_GAP}86)[1-9]\d{{0,2}}(?:[-. ()]*\d){{5,13}}(?!\d))
    |(?P<home>(?<![\d+])(?:\(?\+?86\)?|0086){_GAP})?(?:
      (?P<mobile>(?(home)|(?<!\d))1[3-9](?:{_GAP}\d){{9}}(?!\d))
      |(?P<free>(?<!\d)[48]00{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d))
      |(?<!\d)\(?(?P<area>0?10|0?2\d|0[3-9]\d{{2}})\)?[-. –—_/]{{0,2}}
        (?P<local>\d{{3,4}}{_GAP}\d{{4}})(?!\d)
      |(?P<near>(?<![\d-])\d{{3,4}}{_GAP}\d{{4}}(?!\d))
    )(?:(?:转|分机|ext\.?|\#)\D?(?P<extension>\d{{1,6}})|-(?P<dashed>\d{{1,4}})(?!\d))?
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_FROM_ABROAD = re.compile(r"(?:\+|00)86[-\s]?(?=(?:10|2\d|[3-9]\d\d)[-\s]?\d{7,8}(?!\d))", re.ASCII)
_LABEL = re.compile(
    r"联系电话|联系方式|电话号码|手机号码?|手机|电话|号码|座机|固话|固定|移动|联通|电信|办公室?|住宅|宅电|家里|家庭|本人|自己|微信同号|同微信|微信|"
    r"短号|常用|备用|新号|老号|旧号|或者?|和|及|与|转|[的是为家宅办座新旧]|tel|mobile|phone|[a-z]*:",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s/\\、,;|:：()\[\]{}【】<>《》+.\-–—_'\"’‘“”·&*#~=]+")
_OTHER = re.compile(
    r"[儿女子媳婿父母爸妈爹娘爷奶公婆哥弟姐妹兄嫂妻夫孙侄甥舅叔伯姑姨婶]|老伴|爱人|配偶|老公|老婆|亲戚|亲属|家属|家人|邻居|隔壁|同事|朋友|村|社区|"
    r"组长|主任|书记|干部|监护|代[接转收]|转[告交]"
)


def read_phones(text: str, raw: Any = None, *, area_code: str = "", abroad: bool = False) -> Reading[tuple[str, ...]]:
    """Return the numbers in a cell: mobiles as 11 digits, land lines 0874-nnnnnnn, abroad as +95 …; text joins with |.

    `area_code` ("0874") completes a local number; without it such a number is kept with a warning. `abroad` is set for
    a column of numbers overseas: bare digits are then kept as they are. Two numbers, a number that belongs to somebody
    else and a remark are warned about; a wrong length and 1.99E+10 are refused.
    """
    if isinstance(raw, float | int) and not isinstance(raw, bool) and 0 < raw < 1e15 and raw % 10_000:
        text = str(int(raw))  # 1.99E+10 may only be how a narrow column shows the whole number
    if not abroad and _MOBILE.fullmatch(text):
        return taken((text,), text)
    return _read(tidy(fold(text)), area_code, abroad)


def _read(text: str, area_code: str, abroad: bool) -> Reading[tuple[str, ...]]:
    if is_empty(text):
        return empty()
    if _SCIENTIFIC.fullmatch(text):
        return refused("phone_scientific_notation")
    closed = re.sub(r"[\s-]|\.0$", "", text)
    if not abroad and _MOBILE.fullmatch(closed):
        return taken((closed,), closed, note("phone_marks"))
    if abroad and re.fullmatch(r"[\d\s().-]{5,20}", text) and not _MOBILE.fullmatch(text):
        kept = " ".join(text.split())
        return taken((kept,), kept)
    numbers: list[str] = []
    findings: list[Finding] = []
    with_zero = _FROM_ABROAD.sub("0", text)
    rest = _FOUND.sub(lambda found: _collect(found, area_code, numbers, findings), with_zero)
    if any(mark.isdecimal() for mark in rest) or not numbers:
        repaired = _zero_lost(text, area_code)
        return repaired or refused("phone_length" if any(map(str.isdecimal, text)) else "phone_unclear", phone=text)
    findings += _remarks(rest)
    unique = tuple(dict.fromkeys(numbers))
    if len(unique) > 1:
        findings.insert(0, warn("phone_multiple", count=str(len(unique))))
    joined = "|".join(unique)
    return taken(unique, joined, *findings, *(() if joined == text else (note("phone_marks"),)))


def _collect(found: re.Match[str], area_code: str, numbers: list[str], findings: list[Finding]) -> str:
    """Write one found number into the list in its canonical form; what is left of it in the text is a blank."""
    parts = found.groupdict()
    local = re.sub(r"\D", "", parts["local"] or parts["near"] or "")
    if parts["abroad"]:
        number = re.sub(r"^00", "+", " ".join(parts["abroad"].split()))
    elif parts["mobile"] or parts["free"]:
        number = re.sub(r"\D", "", parts["mobile"] or parts["free"])
    elif parts["area"]:
        number = f"0{parts['area'].lstrip('0')}-{local}"
    else:
        number = f"{area_code}-{local}" if area_code else local
        findings += [] if area_code else [warn("phone_area_missing")]
    extension = parts["extension"] or parts["dashed"]
    numbers.append(f"{number}转{extension}" if extension else number)
    return " "


def _zero_lost(text: str, area_code: str) -> Reading[tuple[str, ...]] | None:
    """Read 8740001234: a land line whose first zero went when the cell became a number."""
    digits = re.sub(r"[\s-]", "", text)
    bare = area_code.lstrip("0")
    if not bare or not digits.isdecimal() or not digits.startswith(bare) or len(digits) - len(bare) not in (7, 8):
        return None
    number = f"{area_code}-{digits[len(bare) :]}"
    return taken((number,), number, warn("phone_zero_lost"))


def _remarks(rest: str) -> list[Finding]:
    """Say what the words beside the numbers mean: whose number it is, or some other remark."""
    words = _MARKS.sub(" ", rest).strip()
    if _OTHER.search(words):
        return [warn("phone_of_other_person", whose=words)]
    words = _MARKS.sub(" ", _LABEL.sub(" ", words)).strip()
    return [warn("note_in_cell", note=words)] if words else []
