"""When a seat may be taken, left and corrected; which post a ledger's word means."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide


def seat_allowed(*, start: date | None, end: date | None, today: date, went: str = "") -> Decision:
    """Decide whether a seat may be noted with these days; `went` is what is told of why it ended ("" = nothing)."""
    return decide(
        end is None
        and bool(went)
        and Reason("填写了离任原因或文号，没有填写离任日期，没有保存；请补上离任日期，还在任的请清空。", "end"),
        start is not None and start > today and Reason("任职日期还没有到，没有保存；请核对日期。", "start"),
        start is not None
        and end is not None
        and end <= start
        and Reason("离任日期要晚于任职日期，没有保存；请核对。", "end"),
        end is not None and end > today and Reason("离任日期还没有到，没有保存；请在离任后再登记。", "end"),
    )


def taker_allowed(*, departed: date | None) -> Decision:
    """Decide whether somebody may take a post who moved away or died on a day (None = neither)."""
    return decide(
        departed is not None
        and Reason(
            "此人已登记于 {departed} 迁出或去世，没有登记任职；迁出登记有误的，请先在成员页面撤回。", "person",
            words={"departed": departed},
        )
    )  # fmt: skip


def seat_again(*, on: date | None, since: date | None) -> Decision:
    """Decide whether who holds a post since a day may be told to take it on a day: only on that very day.

    None as `on` asks for no day, None as `since` means that the day is not known.
    """
    known = "此人从 {since} 起已经担任这个职务，没有重复登记，任职日期没有改动；日期登记错了，请在“班子与届期”中更正。"
    unknown = "此人已经担任这个职务（任职日期没有登记），没有重复登记，也没有改动；请在“班子与届期”中补上日期。"
    return decide(
        on is not None
        and on != since
        and (Reason(known, "start", words={"since": since}) if since is not None else Reason(unknown, "start"))
    )


def leaving_allowed(*, on: date, start: date | None, left: date | None, today: date) -> Decision:
    """Decide whether the holder of a seat may leave on a day: after it began (None = not known), and once."""
    return decide(
        on > today and Reason("离任日期还没有到，没有保存；请在离任后再登记。", "on"),
        start is not None
        and on <= start
        and Reason("离任日期要晚于任职日期（{start}），没有保存；请核对日期。", "on", words={"start": start}),
        left is not None and Reason("已登记 {left} 离任，没有重复登记。", "on", words={"left": left}),
    )


_LEADING = {"committee": "chair", "liaison_group": "leader", "group": "leader"}
_BESIDE = {"committee": "member", "liaison_group": "group_member", "group": "group_member"}


def post_for(word: str, *, leads: bool, form: str, known: dict[str, str]) -> str:
    """Return the code of the post that a ledger's word means, by the office's own post names (name -> code).

    An unknown or missing word means the leading post of the unit's form for its head, else a plain member's.
    """
    code = next((code for name, code in sorted(known.items(), key=lambda pair: -len(pair[0])) if name in word), "")
    if code and not (leads and code in _BESIDE.values()):
        return code
    return (_LEADING if leads else _BESIDE).get(form, "leader" if leads else "group_member")
