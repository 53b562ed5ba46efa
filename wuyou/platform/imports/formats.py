"""What a person sees in a number cell: number formats applied, dates told by their format.

Plain Python; runs in the child process.
Source: ECMA-376 part 1, 18.8.30 (numFmt) with the built-in numbers of Chinese Excel and WPS (27-36, 50-58).
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

_BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒",
    34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日",
    54: "m月d日", 55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format as far as reading needs it.

    `date` is "" for a plain number, else which of y, m, d, t (time of day) it shows ("ymd", "ym", "md", "t", "ymdt").
    """

    date: str = ""
    decimals: int | None = None
    thousands: bool = False
    percent: bool = False
    before: str = ""
    after: str = ""
    width: int = 0


GENERAL: Final = NumberFormat()


def number_format(number: int, code: str | None) -> NumberFormat:
    """Return what the numbered format (its own code, or the built-in one when None) does to a number."""
    code = _BUILT_IN.get(number, "") if code is None else code
    section = code.split(";")[0]
    bare = _BRACKETED.sub("", _QUOTED.sub("", section)).lower()
    if "general" in bare or bare in ("", "@"):
        return GENERAL
    if re.search(r"[ymdhs]", bare) and not re.search(r"[0#?]", bare.replace(".0", "")):
        return NumberFormat(date=_date_parts(bare))
    if "e+" in bare or "e-" in bare or "/" in bare:
        return GENERAL
    return _plain_format(section)


def _date_parts(bare: str) -> str:
    """Say which parts of a moment a bare date format shows; an m beside hours or seconds is minutes."""
    timed = bool(re.search(r"[hs]", bare))
    days = re.sub(r"\[?h+\]?[^ymd]*m+|m+[^ymdh]*s+|am/pm", "", bare) if timed else bare
    parts = "".join(letter for letter in "ymd" if letter in days)
    return parts + ("t" if timed else "")


def _plain_format(section: str) -> NumberFormat:
    section = _BRACKETED.sub("", section)
    bare = _QUOTED.sub("", section)
    digits = re.search(r"[0#?,]+(\.[0#?]*)?", bare)
    if digits is None:
        return GENERAL
    where = re.search(r"[0#?][0#?,.]*", section)
    before, after = (section[: where.start()], section[where.end() :]) if where else ("", "")
    whole = digits.group().split(".")[0]
    return NumberFormat(
        decimals=len((digits.group(1) or ".")[1:].replace("#", "")) if "#" not in (digits.group(1) or "") else None,
        thousands="," in whole.rstrip(","),
        percent="%" in bare,
        before=_literals(before),
        after=_literals(after.replace("%", "")),
        width=whole.count("0"),
    )


def _literals(piece: str) -> str:
    """Keep the words that a format puts beside a number; its padding signs are dropped."""
    found = _LITERAL.sub(lambda m: m.group(1) or m.group(2) or "", re.sub(r"[_*].", "", piece))
    return re.sub(r"[0#?@;\"\\]", "", found).strip() if not found.isalpha() else found


def shown_number(value: float, form: NumberFormat) -> str:
    """Return a number as the sheet shows it; digits are never hidden behind an exponent or by a narrow column."""
    if form.percent:
        value = value * 100
    if form.decimals is None or form is GENERAL:
        text = plain_number(value)
    else:
        try:
            number = Decimal(repr(value)).quantize(Decimal(1).scaleb(-form.decimals), ROUND_HALF_UP)
        except InvalidOperation:
            return plain_number(value)
        text = f"{number:,f}" if form.thousands else f"{number:f}"
        text = text.zfill(form.width) if form.width > 1 and "." not in text else text
    return form.before + text + ("%" if form.percent else "") + form.after


def plain_number(value: float) -> str:
    """Return a number with all its digits: whole numbers without ".0", others to Excel's 15 digits."""
    if isinstance(value, int):
        return str(value)
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text and abs(value) >= 1e-9 else text


def shown_date(serial: float, form: NumberFormat, is_1904: bool) -> tuple[str, str, str] | None:
    """Return (text, kind, raw) of a day number under a date format, or None when it is no day of the calendar.

    Kind is "d" (raw ISO date), "m" (raw ISO date and time), "t" (raw ISO time) or "s" (only a month or a year is
    shown, so nothing finer may be taken: raw is the text itself).
    """
    moment = day_of_serial(serial, is_1904)
    if moment is None:
        return None
    if form.date == "t" and serial < 1:
        clock = moment.time()
        return _clock(clock), "t", clock.isoformat()
    if form.date in ("ym", "y"):
        text = f"{moment:%Y-%m}" if form.date == "ym" else f"{moment:%Y}"
        return text, "s", text
    if "t" in form.date and (moment.hour or moment.minute or moment.second):
        return f"{moment:%Y-%m-%d} {_clock(moment.time())}", "m", moment.isoformat()
    return f"{moment:%Y-%m-%d}", "d", moment.date().isoformat()


def _clock(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def day_of_serial(serial: float, is_1904: bool = False) -> datetime | None:
    """Return the moment of an Excel day number, with Excel's day that never was (1900-02-29); None when out of range."""
    if not 0 <= serial < 2_958_466:
        return None
    if is_1904:
        serial += 1462
    base = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)  # noqa: DTZ001 -- a sheet has no zone
    return base + timedelta(seconds=round(serial * 86_400))
