"""When a leader of an office may be made responsible for a group, and until when."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide


def contact_allowed(*, is_group: bool, dissolved: bool, holds_office: bool, start: date, today: date) -> Decision:
    """Decide whether somebody may be the contact leader of a unit from a day on.

    Only groups have contact leaders, and only who holds a post of a federation's office on that day is one.
    Source: design 3 §2.3 (主要领导、分管领导 take part in group activities: each group has a named contact leader).
    """
    return decide(
        not is_group and Reason("侨联机关不登记联系领导，没有保存；请在基层组织的页面登记。", "person"),
        dissolved and Reason("这个组织已经撤销，没有保存；请选择现在的组织。", "person"),
        start > today and Reason("这个日期还没有到，没有保存；请在开始联系后再登记。", "start"),
        not holds_office and Reason("此人这一天没有担任侨联机关的职务，没有保存；请先登记任职，或核对日期。", "person"),
    )


def contact_again(*, start: date, since: date | None) -> Decision:
    """Decide whether who is responsible since a day may be told to be so from a day: only from that very day."""
    return decide(
        start != since
        and Reason(
            "此人从 {since} 起已经联系这个组织，没有重复登记；日期登记错了，请先撤回那一条。", "start",
            words={"since": since or "—"},
        )
    )  # fmt: skip


def contact_over(*, on: date, start: date | None, over: date | None, today: date) -> Decision:
    """Decide whether somebody may stop being responsible on a day: after it began, not in the future, and once."""
    return decide(
        on > today and Reason("这个日期还没有到，没有保存；请在不再联系后再登记。", "on"),
        start is not None
        and on <= start
        and Reason("结束日期要晚于开始日期（{start}），没有保存；请核对。", "on", words={"start": start}),
        over is not None and Reason("已登记到 {over} 为止，没有重复登记。", "on", words={"over": over}),
    )
