"""The calendars that people give dates in: solar, lunar (农历), years of the Republic (民国), English month names.

A date as written is rewritten here into plain digits with the marks 年月日, and what calendar it was is told apart.
"""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from wuyou.kernel.hanzi import number_of

_PLAIN_WORDS = str.maketrans("農曆陰國號歷閏臘舊陽統歲後", "农历阴国号历闰腊旧阳统岁后")
_LUNAR = re.compile(r"农历|阴历|旧历|古历|老历|夏历|农$|^农|阴$")
_SOLAR = re.compile(r"公历|阳历|新历|西历|国历|公元|西元|阳$")
_REPUBLIC = re.compile(r"(?:中华)?民国(元|[\d一二三四五六七八九十廿卅]{1,3})年?")
_YEAR = re.compile(r"([〇零○Oo一二三四五六七八九]{2,4})(?=年|[./\-])")
_MONTH = re.compile(r"(闰?)(正|冬|腊|[一二三四五六七八九十]{1,3}|\d{1,2})月")
_DAY = re.compile(r"(?<=月)(初?[〇一二三四五六七八九十廿卅]{1,3})(?=日|号|$|[^〇一二三四五六七八九十廿卅])")
_LUNAR_DAY = re.compile(r"(?<=月)(?:初|廿|卅)")
_SPECIAL_MONTH = {"正": 1, "冬": 11, "腊": 12}
_FESTIVALS = {
    "春节": "1月1", "元宵节": "1月15", "元宵": "1月15", "端午节": "5月5", "端午": "5月5", "七夕": "7月7",
    "中元节": "7月15", "中秋节": "8月15", "中秋": "8月15", "重阳节": "9月9", "重阳": "9月9", "腊八": "12月8",
}  # fmt: skip
_FESTIVAL = re.compile("年(" + "|".join(sorted(_FESTIVALS, key=len, reverse=True)) + ")$")
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  # one line reads better
_ENGLISH = re.compile(
    r"^(?:(?P<day>\d{1,2})[-/., ]*)?(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"[-/., ]*(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?[-/, ]+)?(?P<year>\d{4}|\d{2})$",
    re.IGNORECASE,
)

_JULIAN_2000 = 2451545  # the Julian day number of 1 January 2000


@dataclass(frozen=True, slots=True)
class Written:
    """A date rewritten into digits and 年月日 marks, and the calendar it was given in."""

    text: str
    lunar: bool = False
    leap_month: bool = False
    republic: bool = False


def rewrite(text: str) -> Written:
    """Return a folded date text with all numerals as digits (一九六五年腊月廿三 = 1965年12月23日, lunar)."""
    text = text.translate(_PLAIN_WORDS)
    if text.isascii():
        return Written(_english(text))
    lunar = bool(_LUNAR.search(text))
    text = _SOLAR.sub("", _LUNAR.sub("", text)).strip()
    text, republic = _REPUBLIC.subn(_from_republic, text)
    text = _YEAR.sub(lambda found: str(number_of(found[1].replace("O", "〇").replace("o", "〇"))), text)
    text, festival = _FESTIVAL.subn(lambda found: "年" + _FESTIVALS[found[1]], text)
    lunar = lunar or bool(festival) or bool(re.search(r"[正冬腊闰]", text)) or bool(_LUNAR_DAY.search(text))
    leap = "闰" in text
    text = _MONTH.sub(_month_digits, text)
    text = _DAY.sub(lambda found: str(number_of(found[1].removeprefix("初")) or found[1]), text)
    return Written(text, lunar, leap, bool(republic))


def _from_republic(found: re.Match[str]) -> str:
    count = 1 if found[1] == "元" else int(found[1]) if found[1].isdecimal() else number_of(found[1]) or 0
    return f"{1911 + count}年"


def _month_digits(found: re.Match[str]) -> str:
    word = found[2]
    month = _SPECIAL_MONTH.get(word) or (int(word) if word.isdecimal() else number_of(word))
    return f"{month}月"


def _english(text: str) -> str:
    found = _ENGLISH.match(text.strip())
    if not found:
        return text
    month = _MONTH_NAMES.index(found["month"].lower()) + 1
    day = found["day"] or found["after"]
    return f"{found['year']}年{month}月" + (f"{day}日" if day else "")


def solar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """Return the solar day of a lunar date; None when that lunar year has no such day or no such leap month.

    Nor is there one for the last lunar year of all, which ends beyond what a date can hold.

    Source: GB/T 33661-2017 (calculation and promulgation of the Chinese calendar), as lunar-python computes it.
    """
    from lunar_python import LunarYear  # noqa: PLC0415  # slow to load and rarely needed

    found = LunarYear.fromYear(year).getMonth(-month if leap else month) if year < MAXYEAR else None
    if found is None or not 1 <= day <= found.getDayCount():
        return None
    return date(2000, 1, 1) + timedelta(days=int(found.getFirstJulianDay()) - _JULIAN_2000 + day - 1)
