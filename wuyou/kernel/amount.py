"""Sums of money in integer fen, head counts, areas: read as typed, written as receipts and reports want them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal

from wuyou.kernel.hanzi import fold, is_empty, number_of, split_notes, tidy
from wuyou.kernel.reading import Finding, Reading, empty, note, refused, taken, warn

Unit = Literal["元", "百元", "千元", "万元"]
_YUAN: dict[Unit, int] = {"元": 1, "百元": 100, "千元": 1000, "万元": 10_000}
_UNIT = re.compile(r"[万千百]元|[万千]\)|\([万千]|元")
_BRACKETED = re.compile(r"\(\s*(\d[\d,]{0,15}(?:\.\d{1,6})?)\s*\)")
# What is larger is no sum, count or area of an office but a number of another kind (a card, an identity) in the wrong place.
_MOST_FEN, _MOST_COUNTED, _MOST_M2 = 10**14, 10**9, 10**7
_LONGEST_NUMERAL = 30

_CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_TO_COMMON = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬圆億兩贰弍貳參陸〇○", "一二三四五六七八九十百千万元亿两二二二三六零零"
)
_PLAIN = re.compile(r"-?\d{1,13}(?:\.\d{1,6})?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}(?:\D|$))")
_ABOUT = re.compile(
    r"^(?:约|大约|大概|近|将近|接近|估计|预计|不少于|不低于|至少|超过|超|>=?|≥|共约)|[多余几](?=[万千百十元人次]|$)|左右|上下|以上|以内|以下|不等|\+$"
)
_DECORATION = re.compile(
    r"^(?:共计|合计|总计|小计|计|共|每年|年均|年|人民币|RMB|CNY)[:为]?|[¥￥]|(?:[/每]年|/次|每次|整|正|RMB|CNY)$|^\+",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^-?\d[\d.]*(?:万|千|百)?[元人次名个]?\s*(?:-|–|—|－|~|至|到|/|或)+\s*\d[\d.]*\D{0,4}$")
_FOREIGN = re.compile(r"美元|美金|USD|\$|港[元币]|HK|欧元|€|日元|泰铢|缅币|越南盾|英镑", re.IGNORECASE)
_MONEY = re.compile(r"(-?\d{1,13}(?:\.\d{1,6})?)(?:(亿|万|千|百|w|W|k|K)元?|元|块钱?)?(?:(\d)千?)?")
_SCALE = {"亿": 100_000_000, "万": 10_000, "w": 10_000, "W": 10_000, "千": 1000, "k": 1000, "K": 1000, "百": 100}
_COMMON = re.compile(r"[零一二三四五六七八九十百千万亿两]+")
_CAPITAL = re.compile(
    r"(?:([零一二三四五六七八九十百千万亿两]+)元?)?"
    r"(?:零?([一二三四五六七八九])角)?(?:零?([一二三四五六七八九])分)?"
)


def capital(fen: int) -> str:
    """Return the sum in capital characters as receipts want it: 120000 fen is 壹仟贰佰元整.

    Raises: ValueError when negative. Source: 支付结算办法, annex 1, clauses 1-3 (numerals, 整, zeros).
    """
    if fen < 0:
        raise ValueError("a receipt has no negative sum")
    yuan, cents = divmod(fen, 100)
    jiao, cent = divmod(cents, 10)
    text = (_capital_integer(yuan) + "元") if yuan or not cents else ""
    if not cents:
        return text + "整"
    text += (_CAPITAL_DIGITS[jiao] + "角") if jiao else ("零" if yuan else "")
    return text + (_CAPITAL_DIGITS[cent] + "分" if cent else "整")


def _capital_integer(number: int) -> str:
    """Return a whole number in capital characters, each inner run of zeros as one 零."""
    if number == 0:
        return "零"
    groups: list[str] = []
    for place, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, place)
        if not group:
            if groups and number and groups[-1] != "零":
                groups.append("零")
            continue
        if groups and group < 1000 and groups[-1] != "零":
            groups.append("零")
        groups.append(_capital_group(group) + name)
    return "".join(groups)


def _capital_group(group: int) -> str:
    text, pending = "", False
    for place, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, group = divmod(group, place)
        if digit:
            text += ("零" if pending and text else "") + _CAPITAL_DIGITS[digit] + name
            pending = False
        else:
            pending = True
    return text


def parse_capital(text: str) -> int | None:
    """Return the fen of a sum in Chinese numerals, capital (伍佰元整) or common (一千二百元); None when it is none."""
    found = _CAPITAL.fullmatch(text.translate(_TO_COMMON).removesuffix("整").removesuffix("正"))
    if not found or not found[0]:
        return None
    yuan = _whole_number(found[1] or "零")
    if yuan is None:
        return None
    return yuan * 100 + (number_of(found[2] or "零") or 0) * 10 + (number_of(found[3] or "零") or 0)


def _whole_number(text: str) -> int | None:
    """Return 三万五千 as 35000; None when the numerals make no number."""
    if len(text) > _LONGEST_NUMERAL:
        return None
    for mark, scale in (("亿", 100_000_000), ("万", 10_000)):
        head, found, tail = text.partition(mark)
        if found:
            high, low = _whole_number(head), _whole_number(tail) if tail else 0
            return None if high is None or low is None else high * scale + low
    return number_of(text.lstrip("零") or "零")


def fen_text(fen: int) -> str:
    """Return the sum in yuan with thousands separators and two decimals: 123456789 fen is 1,234,567.89."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def yuan_text(fen: int) -> str:
    """Return the sum in yuan without separators, decimals only where there are any: 150000 fen is 1500."""
    whole, cents = divmod(abs(fen), 100)
    decimals = f".{cents:02d}".rstrip("0") if cents else ""
    return f"{'-' if fen < 0 else ''}{whole}{decimals}"


def money_unit(*texts: str) -> Unit:
    """Return the unit that a header, or the lines above the table, name: 年度经费(万元) is 万元, else 元.

    The first of the texts that names one decides.
    """
    for text in texts:
        found = _UNIT.search(fold(text))
        if found:
            return next((unit for unit in ("万元", "千元", "百元") if unit[0] in found[0]), "元")
    return "元"


def read_money(text: str, raw: Any = None, *, unit: Unit = "元") -> Reading[int]:
    """Return a sum in fen, its text in yuan without separators. `unit` is what a bare number means (from the header).

    A unit in the cell wins over the header's. A bare number that cannot be in the header's unit (50000 under 万元) is
    taken in the other with unit_suspect. Warns about 约; refuses from-to, other currencies and words.
    """
    return _read_money(tidy(fold(text)), unit)


@lru_cache(maxsize=8192)
def _read_money(text: str, unit: Unit) -> Reading[int]:
    if is_empty(text):
        return empty()
    if _PLAIN.fullmatch(text):
        return _bare(Decimal(text), unit, (), text)
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        less = _bare(-Decimal(bracketed[1].replace(",", "")), unit, (), text)
        return less if less.refused else Reading(less.value, less.text, (note("amount_negative"),))
    outside, findings = _stripped(text)
    if "¥" in text or "￥" in text:
        unit = "元"
    if _FOREIGN.search(outside):
        return refused("amount_currency", amount=text)
    if _RANGE.fullmatch(outside):
        return refused("amount_range", amount=text)
    if _PLAIN.fullmatch(outside):
        return _bare(Decimal(outside), unit, findings, text)
    fen = parse_capital(outside)
    if fen is None:
        found = _MONEY.fullmatch(outside)
        if not found:
            return refused("amount_unclear", amount=text)
        scale = _SCALE.get(found[2] or "", 1)
        fen = _fen(Decimal(found[1]) * scale) + int(found[3] or 0) * scale * 10
        if found[3] and (scale == 1 or "." in found[1]):
            return refused("amount_unclear", amount=text)
    return _sum(fen, text, findings)


def _stripped(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text without remarks, marks and 约, and the warnings about what was taken away."""
    outside, notes = split_notes(text)
    findings: tuple[Finding, ...] = ()
    if notes and not outside:
        outside, notes = notes[0], notes[1:]
    remarks = [remark for remark in notes if not re.fullmatch(r"万?元|大写|小写|人民币|人|㎡|平方米", remark)]
    if any(remarks):
        findings += (warn("note_in_cell", note="; ".join(remarks)),)
    outside = _DECORATION.sub("", outside.strip("'\"’‘。,;、 ")).strip()
    outside, about = _ABOUT.subn("", outside)
    if about:
        findings += (warn("amount_approximate"),)
    outside = _DECORATION.sub("", _THOUSANDS.sub("", outside)).replace(" ", "")
    return outside, findings


def _fen(yuan: Decimal) -> int:
    return int((yuan * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _sum(fen: int, text: str, findings: tuple[Finding, ...]) -> Reading[int]:
    return refused("amount_unclear", amount=text) if abs(fen) > _MOST_FEN else taken(fen, yuan_text(fen), *findings)


def _bare(number: Decimal, unit: Unit, findings: tuple[Finding, ...], text: str) -> Reading[int]:
    """Read a number without a unit of its own in the header's unit, unless only the other unit can be meant.

    A group's 200 and more under 万元 would be two million yuan; 0.5 under 元 would be five jiao.
    """
    taken_in: Unit = unit
    if unit == "万元" and number >= 200:
        taken_in = "元"
    elif unit == "元" and 0 < number < 10 and number != number.to_integral_value():
        taken_in = "万元"
    fen = _fen(number * _YUAN[taken_in])
    if taken_in != unit:
        findings = (*findings, warn("unit_suspect", header=unit, taken=taken_in))
    return _sum(fen, text, findings)


_COUNT_UNIT = re.compile(r"(?:人次|人数|人|名|位|个|次|场|户|家|期|件|份|项|条|只|分|岁|学时|天|间|册)$")
_PART = re.compile(r"(?:[^\d\s:、,;]{1,8}?)[:为有]?\s*(\d{1,9})(?!\d)\s*[人名次]?")


def read_count(text: str, raw: Any = None) -> Reading[int]:
    """Return a count of persons, times or things: 12人, 约30, 20余人, 十二人, 12(男5女7).

    Warns about 约, about parts that do not add up, and remarks; refuses 3-5 and fractions.
    """
    return _read_count(tidy(fold(text)))


@lru_cache(maxsize=8192)
def _read_count(text: str) -> Reading[int]:
    if text.isdecimal() and len(text) < 10:
        return taken(int(text), str(int(text)))
    if is_empty(text):
        return empty()
    reading = _number(text)
    if reading.value is None:
        summed = None if reading.findings[0].code == "amount_range" else _summed(text)
        return summed or Reading(None, "", reading.findings)
    if reading.value != reading.value.to_integral_value() or not 0 <= reading.value <= _MOST_COUNTED:
        return refused("amount_unclear", amount=text)
    count = int(reading.value)
    return taken(count, str(count), *_parts_findings(text, count, reading.findings))


def _parts_findings(text: str, count: int, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Turn a remark that lists the parts of a count into nothing, or into a warning when they do not add up."""
    notes = split_notes(text)[1]
    parts = [int(number) for number in _PART.findall(";".join(notes))]
    if not parts or not any(f.code == "note_in_cell" for f in findings):
        return findings
    others = tuple(f for f in findings if f.code != "note_in_cell")
    if len(parts) > 1 and sum(parts) != count:
        return (*others, warn("sum_mismatch", printed=str(count), sum=str(sum(parts))))
    return (*others, note("note_in_cell", note="; ".join(notes)))


def _summed(text: str) -> Reading[int] | None:
    """Read 男5女7, parts without a total, as their sum."""
    parts = _PART.findall(text)
    if len(parts) < 2 or re.search(r"\d", _PART.sub("", text)):
        return None
    count = sum(map(int, parts))
    return taken(count, str(count), warn("amount_summed", parts="+".join(parts)))


def read_number(text: str, raw: Any = None) -> Reading[Decimal]:
    """Return a plain number such as a score (4.5, 4.5分, 约3); its text has no trailing zeros. Refuses from-to."""
    text = tidy(fold(text))
    return empty() if is_empty(text) else _number(text)


def _number(text: str) -> Reading[Decimal]:
    outside, findings = _stripped(text)
    if _RANGE.fullmatch(outside):
        return refused("amount_range", amount=text)
    outside = _COUNT_UNIT.sub("", outside)
    if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", outside):
        value = Decimal(outside)
    elif _COMMON.fullmatch(outside) and _whole_number(outside) is not None:
        value = Decimal(_whole_number(outside) or 0)
    else:
        return refused("amount_unclear", amount=text)
    return taken(value, number_text(value), *findings)


def number_text(value: Decimal) -> str:
    """Return a number without an exponent or trailing zeros: Decimal("100.50") is 100.5."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


_AREA_UNIT = re.compile(r"(?:㎡|m2|m²|M2|M²|平方米|平米|平方|多平|平|公顷|亩)$")
_SQUARE_METRES = {"亩": Decimal(2000) / 3, "公顷": Decimal(10_000)}


def read_area(text: str, raw: Any = None) -> Reading[Decimal]:
    """Return an area in m²: 100㎡, 约60平方米; 亩 (2000/3 m²) and 公顷 are converted with a warning. Refuses 3间."""
    text = tidy(fold(text))
    if is_empty(text):
        return empty()
    outside, notes = split_notes(text)
    unit = _AREA_UNIT.search(outside)
    if re.search(r"间|室|层|[×xX*]", outside):
        return refused("amount_unclear", amount=text)
    plain = outside[: unit.start()] if unit else outside
    reading = _number(plain + "".join(f"({remark})" for remark in notes))
    scale = _SQUARE_METRES.get(unit[0]) if unit else None
    if reading.value is not None and reading.value * (scale or 1) >= _MOST_M2:
        return refused("amount_unclear", amount=text)
    if reading.value is None or scale is None:
        return reading
    value = (reading.value * scale).quantize(Decimal(1))
    return taken(value, number_text(value), *reading.findings, warn("unit_converted", unit=unit[0] if unit else ""))
