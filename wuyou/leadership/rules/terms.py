"""When a term is over, and which days it may have."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide


def is_over(end: date | None, on: date) -> bool:
    """Say whether a term whose 换届 day is `end` is over on a day; None as `end` means that no end is known."""
    return end is not None and end < on


def term_allowed(*, start: date | None, end: date | None) -> Decision:
    """Decide whether a term may be noted with these days."""
    return decide(
        end is None and Reason("请填写换届日期（本届任期届满的日期）。", "end"),
        start is not None
        and end is not None
        and end <= start
        and Reason("换届日期要晚于任期起始日期，没有保存；请核对。", "end"),
    )
