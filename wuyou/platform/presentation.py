"""How dates, money, people and numbers are written for people, the same on every page, sheet and document.

Tables show `2026-07-02`, prose shows `2026年7月2日`; dates known only to the year or the month are written as far as they
are known. Money is kept in fen and shown in yuan. Telephone and ID numbers are shown masked unless somebody asks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wuyou.kernel import sayings
from wuyou.kernel.amount import fen_text
from wuyou.kernel.digits import whole
from wuyou.kernel.partialdate import PartialDate

DateLike = date | datetime | PartialDate | str | None
Text = str | Promise

PEOPLE, ROWS = gettext_lazy("人"), gettext_lazy("行")

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?")

# The words that a state is called by, and the tone in which each is shown (design: status badges).
_TONES = {
    "info": ("新建", "办理中", "公示中", "进行中", "在办", "恢复", "重组"),
    "success": ("已具备", "达标", "已办结", "正常", "已完成", "已确认", "有效", "在任"),
    "warning": ("待办", "快到期", "部分具备", "部分达标", "待重组", "待确认", "待核对", "需核对", "缺阵地", "届满"),
    "danger": ("超期", "停滞", "已退回", "未具备", "未达标", "已失败", "拒绝", "已过期"),
    "special": ("涉密不录", "限阅"),
}
_TONE_OF = {word: tone for tone, words in _TONES.items() for word in words}


def _parts(value: DateLike) -> tuple[str, str, str] | None:
    """Return year, month and day as written digits, the unknown ones as ""; None when this is no date."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    found = _PARTIAL.fullmatch(value.isoformat() if isinstance(value, date) else str(value or ""))
    return (found[1], found[2] or "", found[3] or "") if found else None


def day(value: DateLike) -> str:
    """Return a date as tables show it: 2026-07-02, or 1952-05, or 1952; "" for None; other text unchanged."""
    parts = _parts(value)
    return "-".join(part for part in parts if part) if parts else str(value or "")


def day_in_prose(value: DateLike) -> str:
    """Return a date as sentences show it: 2026年7月2日, or 1952年5月, or 1952年; "" for None; other text unchanged."""
    parts = _parts(value)
    if parts is None:
        return str(value or "")
    year, month, month_day = parts
    if month_day:
        return _("%(year)s年%(month)d月%(day)d日") % {"year": year, "month": int(month), "day": int(month_day)}
    if month:
        return _("%(year)s年%(month)d月") % {"year": year, "month": int(month)}
    return _("%(year)s年") % {"year": year}


def moment(value: datetime | None) -> str:
    """Return a point in time in the office's own time zone, to the minute: 2026-07-02 14:05; "" for None."""
    if value is None:
        return ""
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")


def thousands(number: float | None) -> str:
    """Return a number with separators, at most two decimals: 12,345 or 0.5; "" for None."""
    if number is None:
        return ""
    if number == int(number):
        return f"{int(number):,}"
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def yuan(fen: int | None) -> str:
    """Return fen as yuan: 1,234.00 元; "" for None."""
    if fen is None:
        return ""
    return _("%(amount)s 元") % {"amount": fen_text(fen)}


def quantity(number: float | None, unit: Text = PEOPLE) -> str:
    """Return a number with its counting word: 3 人, 1,234 个; "" for None."""
    return "" if number is None else f"{thousands(number)} {counting_word(unit, number)}".rstrip()


def counting_word(unit: Text, number: float = 0) -> str:
    """Return a counting word as it goes with a number: translations mark the plural, as in record(s)."""
    return str(unit).replace("(s)", "" if number == 1 else "s")


def percent(part: float, whole: float) -> str:
    """Return a share in whole percent; "" when there is no whole. Only all is 100 %, only nothing is 0 %."""
    if whole <= 0:
        return ""
    rounded = round(100 * part / whole)
    if part > 0:
        rounded = max(rounded, 1)
    if part < whole:
        rounded = min(rounded, 99)
    return f"{rounded}%"


def masked_phone(number: str | None) -> str:
    """Return a telephone number with its middle hidden: 138****5678; of other numbers only the last four show."""
    digits = re.sub(r"\D", "", number or "")
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-4:]}" if len(digits) > 6 else "*" * len(digits)


def masked_id(number: str | None) -> str:
    """Return an ID number of which the first and the last four characters show: 5303**********1234."""
    text = (number or "").strip()
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}" if len(text) >= 15 else "*" * len(text)


def time_left(seconds: float | None) -> str:
    """Return how long something will still take, roughly: 约 2 分钟; "" when nobody knows."""
    if seconds is None:
        return ""
    if seconds < 60:
        return _("不到 1 分钟")
    if seconds < 3600:
        return _("约 %(minutes)d 分钟") % {"minutes": round(seconds / 60)}
    return _("约 %(hours)s 小时") % {"hours": thousands(round(seconds / 3600, 1))}


def file_size(size: int) -> str:
    """Return a number of bytes as people read it: 820 B, 12 KB, 3.4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def said(what: Any) -> str:
    """Return a saying, as it was made or as it was kept, in the reader's language; "" for None."""
    return sayings.said(what, _)


def tone(word: Text) -> str:
    """Return the tone of a state's word: info, success, warning, danger, special, or neutral for any other word."""
    return _tones(get_language()).get(str(word), "neutral")


@cache
def _tones(_language: str | None) -> dict[str, str]:
    return {_(word): tone for word, tone in _TONE_OF.items()} | _TONE_OF


def page_asked(query: Mapping[str, str]) -> int:
    """Return the number of the page that an address asks for, the first when it asks for none."""
    return whole(query.get("page", ""), longest=6) or 1


def page_numbers(current: int, last: int) -> list[int | None]:
    """Return the page numbers to offer, ascending: both ends and two around the current one; None stands for a gap."""
    shown = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and numbers[-1] is not None and number - numbers[-1] == 2:
            numbers.append(number - 1)  # a gap of one page is no gap
        elif numbers and numbers[-1] is not None and number - numbers[-1] > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list stands among its pages.

    Counted lists give `number`, `last` and `total`. Lists too long to count give only `before` and `after`: the values
    of the `page` parameter that lead back and on, "" where there is no such page.
    """

    number: int = 1
    last: int = 1
    total: int | None = None
    unit: Text = ""
    before: str = ""
    after: str = ""

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to offer; empty for a list that is not counted."""
        return page_numbers(self.number, self.last) if self.last > 1 else []

    @property
    def previous(self) -> str:
        """The `page` value of the page before; "" on the first."""
        return self.before or (str(self.number - 1) if self.number > 1 else "")

    @property
    def following(self) -> str:
        """The `page` value of the page after; "" on the last."""
        return self.after or (str(self.number + 1) if self.number < self.last else "")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    `percent` is 0 to 100, or None while nobody knows; `done` and `total` count `unit` (行, 个组织); `sentence` says in
    words what happens or how it ended; `result_url` opens the outcome once `finished`.
    """

    title: Text
    percent: int | None = None
    done: int = 0
    total: int | None = None
    unit: Text = ROWS
    seconds_left: float | None = None
    finished: bool = False
    failed: bool = False
    sentence: Text = ""
    result_url: str = ""
    result_label: Text = ""
