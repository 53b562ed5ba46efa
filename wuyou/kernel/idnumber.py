"""The citizen identity number: check digit, old 15-digit form, what it says of birth and sex, and how tables damage it."""

import re
from datetime import date
from typing import Any

from wuyou.kernel.hanzi import fold, is_empty, split_notes, tidy
from wuyou.kernel.partialdate import PartialDate
from wuyou.kernel.reading import Finding, Reading, empty, note, refused, taken, warn

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_WHOLE = re.compile(r"\d{17}[\dX]", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")
_MARKS = str.maketrans("", "", " \t\n-_.,'\"’‘“”·:;、。—–")
_LABEL = re.compile(r"^(?:居民|第?[一二]代)?身份证(?:件)?(?:号码|号)?[:为是]?")
_MASK = re.compile(r"[*●■□◆?#]|[xX×]{2,}")
_OTHER = re.compile(
    r"护照|通行证|回乡证|台胞证|旅行证|户口|军官|士兵|警官|文职|居留|居住证|绿卡|驾驶|驾照|出生证|出生医学|港澳|台湾|社保|军人|侨眷证|归侨证"
)
_LETTERED = re.compile(r"[A-Za-z]{1,3}\d{6,10}(?:\(\d\))?")


def check_digit(first: str) -> str:
    """Return the check character (0-9 or X) of the first 17 digits. Source: GB 11643-1999, 4.2 and annex A."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def is_valid(number: str) -> bool:
    """Return whether the text is an 18-character number with a day of birth that exists and the right check digit."""
    return bool(_WHOLE.fullmatch(number)) and check_digit(number[:17]) == number[17] and birth_of(number) is not None


def lengthened(number: str) -> str:
    """Return the 18-character form of a 15-digit number. Source: GB 11643-1999; orders 996-999 are of the 1800s."""
    century = "18" if number[12:] >= "996" else "19"
    first = number[:6] + century + number[6:]
    return first + check_digit(first)


def birth_of(number: str) -> date | None:
    """Return the day of birth in an 18-character number; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """Return 男 or 女, by the order number's last digit (odd is male). Source: GB 11643-1999, 3.3."""
    return "男" if int(number[16]) % 2 else "女"


def read_id(text: str, raw: Any = None, *, today: date | None = None) -> Reading[str]:
    """Return the 18-character number of a cell, capital X.

    `raw` is the typed value (a number cell keeps only 15 digits of an 18-digit number); `today` lets a birth in the
    future be refused. Refuses what is damaged, masked, of wrong length, or another document; such a value is never
    repaired by guessing.
    """
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        if raw >= 1e17:
            return refused("id_truncated_by_excel")
        text = str(int(raw)) if raw > 1e14 else text  # 5.30399E+14 may only be how a narrow column shows it
    reading = _read(text)
    birth = birth_of(reading.value) if reading.value else None
    if birth and today and birth > today:
        return refused("date_future", date=birth.isoformat())
    return reading


def _read(text: str) -> Reading[str]:
    if _WHOLE.fullmatch(text):
        return _whole(text, ())
    folded = tidy(fold(text))
    if is_empty(folded):
        return empty()
    if _SCIENTIFIC.fullmatch(folded):
        return refused("id_scientific_notation")
    outside, notes = split_notes(folded)
    if _OTHER.search(folded) or _LETTERED.fullmatch(folded.replace(" ", "")):
        return refused("id_is_other_document", word=folded)
    outside = _LABEL.sub("", outside) or (notes[0] if notes else "")
    findings = (warn("note_in_cell", note="; ".join(notes)),) if notes and outside != notes[0] else ()
    outside = outside.removesuffix(".0") if re.fullmatch(r"\d{15}\.0", outside) else outside
    return _digits(outside.translate(_MARKS), findings)


def _digits(text: str, findings: tuple[Finding, ...]) -> Reading[str]:
    number = text.upper().replace("×", "X") if text[-1:] in "xX×" else text
    if _WHOLE.fullmatch(number):
        return _whole(number, (*findings, note("id_marks")))
    if _MASK.search(text):
        return refused("id_masked")
    if not re.fullmatch(r"\d+X?", number):
        code = "id_is_other_document" if sum(map(str.isdecimal, number)) < 12 else "id_length"
        return refused(code, word=text)
    if len(number) != 15:
        return refused("id_length", length=str(len(number)))
    longer = lengthened(number)
    if birth_of(longer) is None:
        return refused("id_birth_invalid")
    return taken(longer, longer, *findings, warn("id_15_digits"))


def _whole(number: str, findings: tuple[Finding, ...]) -> Reading[str]:
    if number.endswith("000"):
        return refused("id_truncated_by_excel")
    if check_digit(number[:17]) != number[17]:
        return refused("id_check_digit")
    if birth_of(number) is None:
        return refused("id_birth_invalid")
    return taken(number, number, *findings)


def check_against(number: str, birth: PartialDate | None, sex: str | None) -> tuple[Finding, ...]:
    """Return warnings where a valid number says another birth (id_birth_mismatch) or sex (id_sex_mismatch).

    A birth of which only the year or month is known is compared as far as it is known. None compares nothing.
    """
    findings = []
    said = birth_of(number)
    if birth is not None and said is not None and not birth.covers(said):
        findings.append(warn("id_birth_mismatch", number=said.isoformat(), birth=str(birth)))
    if sex in ("男", "女") and sex_of(number) != sex:
        findings.append(warn("id_sex_mismatch", number=sex_of(number), sex=sex))
    return tuple(findings)
