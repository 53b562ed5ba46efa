"""When an activity may be recorded."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide

MOST_PRESENT = 100_000


def record_allowed(*, on: date, today: date, present: int | None, cost_fen: int | None, dissolved: bool) -> Decision:
    """Decide whether an activity may be recorded: it took place, by a living unit, with plausible numbers."""
    return decide(
        on > today and Reason("活动日期还没有到，没有保存；请在活动办完后再记录。", "on"),
        on.year < 1949 and Reason("日期太早，没有保存；请核对年份。", "on"),
        dissolved and Reason("这个组织已经撤销，不能再记录活动；请选择现在的组织。", "unit"),
        present is not None
        and not 0 <= present <= MOST_PRESENT
        and Reason("参加人数应是 0 到 100000 的整数；请核对。", "present"),
        cost_fen is not None and cost_fen < 0 and Reason("费用不能是负数；请核对。", "cost"),
    )
