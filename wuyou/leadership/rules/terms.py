"""When a term ends, is to be reminded of and is over; which days it may have; by what it may last longer."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from wuyou.kernel.refusals import Decision, Reason, decide

FIRST_REMINDER, SECOND_REMINDER = 6, 3
"""So many months before a term ends its unit is reminded (behaviour of party-building software, design 3 §2.4)."""


class Reminder(StrEnum):
    """How near the end of a term is."""

    NONE = ""
    SIX_MONTHS = "six_months"
    THREE_MONTHS = "three_months"
    OVERDUE = "overdue"


def reminder(end: date | None, on: date) -> Reminder:
    """Return what is to be reminded of on a day, for a term that ends on `end` (None = no end is known).

    The first reminder begins on the day six calendar months before the end, the second three months before; the term is
    overdue from the day after its end.
    """
    if end is None:
        return Reminder.NONE
    if is_over(end, on):
        return Reminder.OVERDUE
    if on >= months_later(end, -SECOND_REMINDER):
        return Reminder.THREE_MONTHS
    return Reminder.SIX_MONTHS if on >= months_later(end, -FIRST_REMINDER) else Reminder.NONE


def is_over(end: date | None, on: date) -> bool:
    """Say whether a term whose 换届 day is `end` is over on a day; None as `end` means that no end is known."""
    return end is not None and end < on


def months_later(day: date, months: int) -> date:
    """Return the same day some months later or earlier; a day that this month does not have becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_proposed(start: date | None, years: int) -> date | None:
    """Return when a term of the usual length ends that begins on a day; None when it is not known when it begins."""
    return None if start is None else months_later(start, 12 * years)


def term_allowed(*, start: date | None, end: date | None) -> Decision:
    """Decide whether a term may be noted with these days."""
    return decide(
        end is None and Reason("请填写换届日期（本届任期届满的日期）。", "end"),
        start is not None
        and end is not None
        and end <= start
        and Reason("换届日期要晚于任期起始日期，没有保存；请核对。", "end"),
    )


def extension_allowed(
    *,
    until: date,
    document: str,
    approved_on: date,
    start: date | None,
    end: date | None,
    used_by: Mapping[str, object],
    used_here: bool,
    shared: bool,
    today: date,
) -> Decision:
    """Decide whether a term that ends on `end` (None = not known) may last until a later day.

    `document` is the number of the approval; `used_by` tells unit and day of another unit's extension that it stands under and
    that does not share it, `shared` says that it approved several; `used_here`: it extended a term of this unit already.
    Source: design 3 §2.4 (换届 may be put off in special cases, with an approval).
    """
    return decide(
        end is None and Reason("这一届没有登记换届日期，没有保存；请先更正届期，再登记延期。", "until"),
        end is not None
        and until <= end
        and Reason("延长到的日期要晚于现在的换届日期（{end}），没有保存；请核对。", "until", words={"end": end}),
        not document.strip() and Reason("请填写批准延期的文号。", "document"),
        used_here and Reason("这个文号已经用于这个组织的另一次延期，没有保存；请核对批复文号。", "document"),
        bool(used_by)
        and not used_here
        and not shared
        and Reason(
            "这个文号已经用于“{unit}”的延期（{day} 批复），没有保存；"
            "请核对文号，一份批复批准几个组织的，请勾选“同一份批复还批准了别的组织延期”。",
            "document",
            words=used_by,
        ),
        approved_on > today and Reason("批复日期还没有到，没有保存；请在批复后再登记。", "approved_on"),
        start is not None
        and approved_on < start
        and Reason("批复日期早于本届起始日期（{start}），没有保存；请核对。", "approved_on", words={"start": start}),
    )


def extended_term_kept(*, extended: bool, end: date | None, was: date | None) -> Decision:
    """Decide whether a term's own end may become `end`: not while an extension counts from the one that it `was`."""
    return decide(
        extended
        and end != was
        and Reason("这一届已经批准延期，换届日期没有改动；要改原定日期，请先撤回延期登记。", "end")
    )
