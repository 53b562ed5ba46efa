"""Who may be given which role where."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide
from wuyou.kernel.roles import Role


def grant_allowed(*, role: str, is_federation: bool, start: date, end: date | None, own: bool) -> Decision:
    """Decide whether a role may be granted on a unit.

    Source: separation of administration, business and audit (GB/T 22239-2019 8.1.4, 三权分立): nobody grants himself.
    """
    return decide(
        role not in set(Role) and Reason("请从列表中选择角色。", "role"),
        own and Reason("不能给自己授权；请由另一位管理员办理。", "user"),
        role != Role.GROUP_LEADER
        and not is_federation
        and Reason("这个角色只能授予侨联机关；小组请选择“小组负责人”。", "role"),
        end is not None and end <= start and Reason("截止日期要晚于起始日期；请核对日期。", "end"),
    )


def roles_compatible(*, held: frozenset[str], role: str) -> Decision:
    """Decide whether a role may stand beside those already held: who audits neither administers nor handles business."""
    others = held - {role}
    return decide(
        role == Role.AUDITOR
        and bool(others)
        and Reason("审计员不能兼任其他角色；请先停用此人的其他授权，或另选一位审计员。", "role"),
        role != Role.AUDITOR
        and Role.AUDITOR in held
        and Reason("此人是审计员，不能再授予其他角色；请另选一人。", "role"),
    )
