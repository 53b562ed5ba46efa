"""Dates of which only the year, or the year and the month, may be known, and the many ways clerks write them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, total_ordering
from typing import Any, Literal

from wuyou.kernel import calendars
from wuyou.kernel.hanzi import fold, is_empty, split_notes, tidy
from wuyou.kernel.reading import Finding, Reading, Severity, empty, refused, taken, warn

Kind = Literal["birth", "event", "founded", "filled", "year"]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year or a day, as far as it is known. An unknown part sorts before every known one.

    Raises: ValueError when the year is outside 1..9999 or there is no such month or day.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{self.year:04d}{month}{day}"

    def __lt__(self, other: "PartialDate") -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Return the day as a date whose every part is known."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date of its own ISO form (1952, 1952-05, 1952-05-03).

        Raises: ValueError for every other text.
        """
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(f"not an ISO date: {text!r}")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]  # year is there

    def first_day(self) -> date:
        """Return the earliest day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """Return the latest day that the date can mean."""
        if self.day is not None:
            return self.first_day()
        if self.month is None or self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def covers(self, other: "PartialDate | date") -> bool:
        """Return whether the other date can be this one: 1952 covers 1952-05 and 1952-05-03, not the other way."""
        theirs = other if isinstance(other, PartialDate) else PartialDate.of(other)
        return (
            self.year == theirs.year
            and (self.month is None or self.month == theirs.month)
            and (self.day is None or self.day == theirs.day)
        )


# What is dropped silently around a date: it adds nothing to it.
_AROUND = re.compile(
    r"^(?:出?生于|成立于|创建于|建于|始建于|于|在|自)|(?:出生|生|成立|建立|创建|组建|起)$"
    r"|(?:星期|周|礼拜)[一二三四五六日天]|[上下]午|早上|晚上|中午|凌晨|全天|半天"
    r"|T(?=\d{1,2}:)|(?<=[日号\sT午上晨])\d{1,2}(?:[:时点]\d{0,2}分?){1,2}(?::?\d{1,2})?(?:\.\d+)?|[子丑寅卯辰巳午未申酉戌亥]时"
)
_ABOUT = re.compile(r"^(?:约|大约|大概|估计|可能|应为)|(?:左右|前后|上下|许|\?)$")
_SILENT_NOTE = re.compile(r"(?:农历|阴历|旧历|古历|老历|农|阴|公历|阳历|新历|公|阳|星期.|周.|[上下]午|全天|生|出生)?")
_CALENDAR_NOTE = re.compile(r"农历|阴历|旧历|古历|老历|農曆|陰曆|^[农阴]$")
_FROM_TO = re.compile(r"\s*(?:至|到|—+|–|－|~|∼|-+|、|和|及|,|;)\s*")
_TAIL = re.compile(r"(?:\d{1,4}[年月日号./\-]?){1,3}止?")
_SEPARATOR = r"(?:[./\-,·、_。—–]|\s)+"
_NUMBERS = re.compile(rf"(\d{{1,8}})(?:({_SEPARATOR})(\d{{1,4}})(?:({_SEPARATOR})(\d{{1,4}}))?)?[.,、。]?")
_MARKED = re.compile(r"(?:(\d{4}|\d{2})年)?(?:(\d{1,2})月份?(?:(\d{1,2})[日号]?)?)?")
_PLAIN = re.compile(r"(\d{4})(?:([-./])(\d{1,2})(?:\2(\d{1,2}))?|年(\d{1,2})月(?:(\d{1,2})日)?)")
_LETTERS = str.maketrans("OoIlＯ", "00110")
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of a date: of what kind it is, on which day, in which year's file."""

    kind: Kind
    today: date
    year: int | None


def read_date(
    text: str, raw: Any = None, *, today: date, kind: Kind = "birth", year: int | None = None
) -> Reading[PartialDate]:
    """Return the date that a cell gives, with the precision that is known; text is its ISO form.

    `raw` is the typed value beside the shown text (a date, an Excel day number, a float that lost its last zero).
    `kind` says what may be assumed: a two-digit year of a birth is 19xx where that leaves an age up to 100; an `event`
    lies in the file's `year`, which also completes month and day; `filled` is completed by the year but may lie
    outside it; a `year` is satisfied with a year. Refuses days that do not exist, lie after `today`, or more than 120
    years before.
    """
    if isinstance(raw, date):
        return _from_date(text, raw, _Question(kind, today, year))
    lost_zero = isinstance(raw, float) and not raw.is_integer() and _is_shown_as_number(text, raw)
    return _read(tidy(fold(text)), lost_zero, _Question(kind, today, year))


def _is_shown_as_number(text: str, raw: float) -> bool:
    """Whether the shown text adds no zero: 1970.1 may be October, shown as 1970.10 it is."""
    return not fold(text).strip().endswith("0") and fold(text).strip() == repr(raw)


def _from_date(text: str, raw: date, asked: _Question) -> Reading[PartialDate]:
    value = PartialDate.of(raw.date() if isinstance(raw, datetime) else raw)
    if value.day == 1 and re.fullmatch(r"\d{4}年\d{1,2}月|\d{4}[./-]\d{1,2}|[A-Za-z]{3}-\d{2}", text.strip()):
        value = PartialDate(value.year, value.month)  # Excel keeps a month as its first day
    return _judged(value, (), asked)


@lru_cache(maxsize=8192)
def _read(text: str, lost_zero: bool, asked: _Question) -> Reading[PartialDate]:
    plain = _PLAIN.fullmatch(text)
    if plain and not lost_zero:
        return _resolved((plain[1], plain[3] or plain[5], plain[4] or plain[6]), (), asked)
    if is_empty(text):
        return empty()
    outside, notes = split_notes(text)
    findings: tuple[Finding, ...] = ()
    remarks = [remark for remark in notes if not _SILENT_NOTE.fullmatch(remark)]
    calendar = "农历" if any(map(_CALENDAR_NOTE.search, notes)) else ""
    if not outside.strip():
        outside, remarks = (remarks[0] if remarks else ""), remarks[1:]
    if remarks:
        findings += (warn("note_in_cell", note="; ".join(remarks)),)
    outside, about = _ABOUT.subn("", outside.strip("'\"’‘“” "))
    if about:
        findings += (warn("date_approximate"),)
    written = calendars.rewrite(calendar + _AROUND.sub("", outside).strip())
    if written.republic:
        findings += (warn("date_era_converted", era="民国"),)
    return _read_written(written, lost_zero, findings, asked)


def _read_written(
    written: calendars.Written, lost_zero: bool, findings: tuple[Finding, ...], asked: _Question
) -> Reading[PartialDate]:
    text = written.text
    numbers = _numbers(text, mixed=asked.kind == "birth")
    if numbers is None:
        head, found = _range_head(text, asked)
        if found:
            text, numbers, findings = head, _numbers(head, mixed=True), (*findings, warn("date_range"))
    if numbers is None and (text.translate(_LETTERS)) != text:
        numbers = _numbers(text.translate(_LETTERS), mixed=False)
        findings = (*findings, warn("letters_for_digits"))
    if numbers is None:
        return refused("date_unclear")
    if written.lunar:
        return _from_lunar(numbers, written, findings, asked)
    if lost_zero:
        return _from_float(numbers, findings, asked)
    return _resolved(numbers, findings, asked)


Numbers = tuple[str | None, str | None, str | None]


def _numbers(text: str, *, mixed: bool) -> Numbers | None:
    """Return year, month and day as written, None where absent; None when the text is no single date.

    `mixed` lets two different separators stand in one date (1965.3-8); otherwise that is a range.
    """
    marked = _MARKED.fullmatch(text.replace(" ", ""))
    if marked and any(marked.groups()):
        return marked[1], marked[2], marked[3]
    if "年" in text:
        text = text.replace("年", ".").replace("月", ".").rstrip("日号.")
    found = _NUMBERS.fullmatch(text.removesuffix(".0") if re.fullmatch(r"\d{4,8}\.0", text) else text)
    if not found:
        return None
    first, one, second, two, third = found.groups()
    if third is not None and one.strip() != two.strip() and not mixed:
        return None
    return _ordered(first, second, third)


def _ordered(first: str, second: str | None, third: str | None) -> Numbers | None:
    """Put bare numbers into the order year, month, day by their lengths; None when they cannot be a date."""
    lengths = len(first), len(second or ""), len(third or "")
    if lengths[1:] == (0, 0):
        return _from_run(first)
    if lengths[0] == 4 and lengths[1] <= 2 and lengths[2] <= 2:
        return first, second, third
    if lengths[0] == 4 and lengths[1] == 4 and second and not third:
        return (first, second[:2], second[2:]) if int(second) < 1900 else None
    if lengths[0] <= 2 and lengths[1] == 4 and not third:
        return second, first, None
    if lengths[0] <= 2 and lengths[1] <= 2 and third and lengths[2] in (2, 4):
        return _with_year_last(first, second or "", third)
    if lengths[0] <= 2 and lengths[1] <= 2 and not third:
        return first, second, None
    return (first, second, third) if lengths[0] == 2 and lengths[1] <= 2 and lengths[2] <= 2 else None


def _with_year_last(first: str, second: str, third: str) -> Numbers:
    """Order day, month, year; the month stays open ("?") when day and month could be either."""
    if len(third) == 2 and len(first) == 2 and int(second) <= 12:
        return first, second, third  # 65.3.18, 12.05.06: the year first, as Chinese offices write
    if int(first) > 12:
        return third, second, first
    if int(second) > 12 or first == second:
        return third, first, second
    return third, "?", None


def _from_run(digits: str) -> Numbers | None:
    if len(digits) == 8:
        return digits[:4], digits[4:6], digits[6:]
    if len(digits) == 6:
        whole_year = 1910 <= int(digits[:4]) <= 2099 and 1 <= int(digits[4:]) <= 12
        return (digits[:4], digits[4:], None) if whole_year else (digits[:2], digits[2:4], digits[4:])
    if len(digits) == 5:
        return digits, "serial", None
    return (digits, None, None) if len(digits) == 4 else None


def _range_head(text: str, asked: _Question) -> tuple[str, bool]:
    """Return the first day of from-to and whether the text is a from-to."""
    for mark in _FROM_TO.finditer(text):
        head, tail = text[: mark.start()], text[mark.end() :]
        if _TAIL.fullmatch(tail.strip()) and _numbers(head, mixed=False) is not None:
            return head, True
    return "", False


def _from_float(numbers: Numbers, findings: tuple[Finding, ...], asked: _Question) -> Reading[PartialDate]:
    """Read 1970.1, typed as a number: January, or October whose zero Excel dropped; 1.2: the 2nd or the 20th."""
    year, month, day = numbers
    as_month_day = asked.kind in ("event", "filled") and year is not None and len(year) <= 2 and int(year) <= 12
    if as_month_day and month in ("1", "2", "3") and asked.year:
        return _resolved((str(asked.year), year, None), (*findings, warn("date_ambiguous")), asked)
    if not as_month_day and month == "1" and day is None:
        return _resolved((year, None, None), (*findings, warn("date_ambiguous")), asked)
    return _resolved(numbers, findings, asked)


def _from_lunar(
    numbers: Numbers, written: calendars.Written, findings: tuple[Finding, ...], asked: _Question
) -> Reading[PartialDate]:
    if numbers[0] is None or (len(numbers[0]) <= 2 and "年" not in written.text and numbers[2] is None):
        return refused("date_no_year")
    if len(numbers[0]) > 4 or not int(numbers[0]):
        return refused("date_unclear")
    year, more = _century(numbers[0], asked)
    findings = (*findings, *more, warn("lunar_date_converted"))
    month, day = (int(part) if part and part.isdecimal() else None for part in numbers[1:])
    if month is None:
        return _judged(PartialDate(year), findings, asked)
    solar = calendars.solar_day(year, month, day or 1, leap=written.leap_month) if month <= 12 else None
    if solar is None:
        return refused("date_invalid")
    if day is not None:
        return _judged(PartialDate.of(solar), findings, asked)
    if (solar + timedelta(days=28)).year != solar.year:
        return refused("date_ambiguous")
    return _judged(PartialDate(solar.year), findings, asked)


def _century(digits: str, asked: _Question) -> tuple[int, tuple[Finding, ...]]:
    """Return the full year of two or four digits, with the warning that a century was assumed."""
    if len(digits) > 2:
        return int(digits), ()
    short = int(digits)
    youngest = 100 if asked.kind == "birth" else 75
    year = 1900 + short
    if asked.today.year - year > youngest and 2000 + short <= asked.today.year:
        year = 2000 + short
    return year, (warn("date_two_digit_year", year=str(year)),)


def _resolved(numbers: Numbers, findings: tuple[Finding, ...], asked: _Question) -> Reading[PartialDate]:
    """Turn year, month and day as written into a date, completing or questioning the year."""
    year_text, month_text, day_text = numbers
    if month_text == "serial":
        return _from_serial(int(year_text or 0), findings, asked)
    if _is_month_and_day(numbers, asked):
        if asked.kind not in ("event", "filled") or asked.year is None:
            return refused("date_no_year")
        if year_text is not None:
            month_text, day_text = year_text, month_text
        year = asked.year
    else:
        year, more = _century(year_text or "", asked)
        findings = (*findings, *more)
    if month_text == "?":
        month_text, findings = None, (*findings, warn("date_ambiguous"))
    month, day = int(month_text or 0) or None, int(day_text or 0) or None
    try:
        value = PartialDate(year, month, day)
    except ValueError:
        return refused("date_invalid")
    return _judged(value, findings, asked)


def _is_month_and_day(numbers: Numbers, asked: _Question) -> bool:
    first, second, third = numbers
    if first is None:
        return True
    if third is not None or second is None or len(first) > 2 or not second.isdecimal():
        return False
    possible = 1 <= int(first) <= 12 and 1 <= int(second) <= 31
    if asked.kind in ("event", "filled") and asked.year is not None:
        return possible
    return possible and (len(first) == 1 or int(second) > 12)


def _from_serial(number: int, findings: tuple[Finding, ...], asked: _Question) -> Reading[PartialDate]:
    """Read an Excel day number. Source: ECMA-376 part 1, 18.17.4.1 (1900 date base; 61 is 1 March 1900)."""
    value = PartialDate.of(date(1899, 12, 30) + timedelta(days=number))
    return _judged(value, (*findings, warn("date_from_serial", number=str(number))), asked)


def _judged(value: PartialDate, findings: tuple[Finding, ...], asked: _Question) -> Reading[PartialDate]:
    """Say of a date that was understood whether it can be true here."""
    today = asked.today
    code = ""
    if asked.kind == "event" and asked.year is not None and value.year != asked.year:
        code = "date_outside_year"
    elif value.first_day() > today:
        code = "date_future"
    elif (value.last_day().year, value.last_day().month) < (today.year - _OLDEST, today.month):
        code = "date_too_old"
    if code:
        return Reading(value, str(value), (*findings, Finding(code, Severity.ERROR, (("date", str(value)),))))
    if value.month is None and asked.kind != "year" and not any(f.code in _SAYS_YEAR_ONLY for f in findings):
        findings = (*findings, warn("date_year_only"))
    return taken(value, str(value), *findings)


_SAYS_YEAR_ONLY = frozenset({"date_ambiguous", "lunar_date_converted"})
