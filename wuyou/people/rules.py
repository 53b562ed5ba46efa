"""What a registration must have before it is kept."""

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
