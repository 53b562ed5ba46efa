"""When an entry may be made."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide


def entry_allowed(*, on: date, today: date, amount_fen: int, direction: str) -> Decision:
    """Decide whether a sum may be entered: a positive amount on a day that has come."""
    return decide(
        on > today and Reason("日期还没有到，没有保存；请在收付办完后再登记。", "on"),
        amount_fen <= 0 and Reason("金额应大于 0；退款请登记为相反的收支方向。", "amount"),
        direction not in ("received", "spent") and Reason("请选择收入或支出。", "direction"),
    )
