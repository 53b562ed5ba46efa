"""What a registration must have before it is kept."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide


def registration_allowed(
    *, name: str, has_basis: bool, agreed: bool | None, sensitive: bool, separate: bool
) -> Decision:
    """Decide whether a person may be registered.

    `sensitive` tells that a field is filled that needs separate consent, `separate` that the ground gives it.
    Source: 个人信息保护法 arts. 13, 29; minimal form of design 3 §4.3.
    """
    return decide(
        not name.strip() and Reason("请填写姓名。", "name"),
        not has_basis and Reason("请先选择登记依据和用途，再登记个人信息。", "basis"),
        agreed is False and Reason("本人不同意登记，没有保存；如本人改变意见，可以随时再登记。", "agreed"),
        sensitive
        and not separate
        and Reason("身份证号、困难情况等敏感信息需要本人单独同意；请选择相应的依据，或不填这些项目。", "basis"),
    )


def count_allowed(*, people: int, somewhere: bool, on: date, today: date) -> Decision:
    """Decide whether a number of people may be declared: not below nought, of some place or unit, counted by today."""
    return decide(
        (people < 0 or not somewhere) and Reason("请填写人数，并说明是哪个地方或单位的人数。", "people"),
        on > today and Reason("统计日期还没有到，没有保存；请填写实际统计的日期。", "counted_on"),
    )


def departure_allowed(*, on: date, today: date) -> Decision:
    """Decide whether a person may be noted as moved away or dead on a day."""
    return decide(on > today and Reason("这个日期还没有到，没有保存；请填写实际迁出或去世的日期。", "on"))


def joining_allowed(*, on: date, today: date, left: date | None, departed: date | None) -> Decision:
    """Decide whether somebody may join a group on a day.

    `left` is the day on which he last left it, `departed` the one on which he moved away or died; None = never.
    """
    return decide(
        departed is not None
        and Reason(
            "此人已登记于 {departed} 迁出或去世，没有保存；如登记有误，请先撤回。", words={"departed": departed}
        ),
        on > today and Reason("这个日期还没有到，没有保存；请填写实际参加的日期。", "start"),
        left is not None
        and on < left
        and Reason(
            "此人到 {left} 才退出这个组织，不能从更早的日期重新参加，没有保存；请核对日期。",
            "start",
            words={"left": left},
        ),
    )


def joining_again(*, on: date | None, joined: date | None) -> Decision:
    """Decide whether somebody who belongs to a group since `joined` may be told to join on a day: only on that very day.

    None as `on` asks for no day, None as `joined` means that the day is not known.
    """
    known = "此人从 {joined} 起已经参加这个组织，没有重复登记，参加日期没有改动；请核对日期。"
    unknown = "此人已经参加这个组织（参加日期没有登记），没有重复登记，也没有改动；请返回成员页面查看。"
    return decide(
        on is not None
        and on != joined
        and (Reason(known, "start", words={"joined": joined}) if joined is not None else Reason(unknown, "start"))
    )


def leaving_allowed(*, on: date, today: date, joined: date | None, left: date | None) -> Decision:
    """Decide whether somebody may leave a group on a day: after he joined (None = not known), and once."""
    return decide(
        on > today and Reason("这个日期还没有到，没有保存；请填写实际退出的日期。", "on"),
        joined is not None
        and on <= joined
        and Reason("退出日期要晚于参加日期（{joined}），没有保存；请核对日期。", "on", words={"joined": joined}),
        left is not None and Reason("此人已于 {left} 退出这个组织，没有重复登记。", "on", words={"left": left}),
    )
