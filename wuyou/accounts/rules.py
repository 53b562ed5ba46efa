"""Who may be given which role where."""

from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide
from wuyou.kernel.roles import Role
from wuyou.orgs.rules import Level

OFFICES = frozenset({Level.CITY, Level.COUNTY})
LEVELS: dict[Role, frozenset[Level]] = {
    Role.ADMINISTRATOR: OFFICES,
    Role.CITY_OFFICER: frozenset({Level.CITY}),
    Role.COUNTY_OFFICER: frozenset({Level.COUNTY}),
    Role.GROUP_LEADER: frozenset({Level.GROUP}),
    Role.AUDITOR: OFFICES,
}
"""The units for which each role is made. Whoever stands nearer to people may read their telephone numbers, so a county's or
a group's role on an office above would open those of the whole county or city (design of the architecture 1.3: personal
data is never opened by seniority)."""


def grant_allowed(*, role: str, level: Level, start: date, end: date | None, own: bool) -> Decision:
    """Decide whether a role may be granted on a unit of a level.

    Source: separation of administration, business and audit (GB/T 22239-2019 8.1.4, 三权分立): nobody grants himself.
    """
    return decide(
        role not in set(Role) and Reason("请从列表中选择角色。", "role"),
        own and Reason("不能给自己授权；请由另一位管理员办理。", "user"),
        role in set(Role) and level not in LEVELS[Role(role)] and _WRONG_LEVEL[level],
        end is not None and end <= start and Reason("截止日期要晚于起始日期；请核对日期。", "end"),
    )


_WRONG_LEVEL = {
    Level.CITY: Reason(
        "这个角色不能授予市侨联，没有授权；市侨联的人请选择“市侨联干部”“系统管理员”或“审计员”。", "role"
    ),
    Level.COUNTY: Reason(
        "这个角色不能授予县侨联，没有授权；县侨联的人请选择“县侨联干部”“系统管理员”或“审计员”。", "role"
    ),
    Level.GROUP: Reason("这个角色只能授予侨联机关，没有授权；小组的人请选择“小组负责人”。", "role"),
}


def grant_again(*, told: tuple[date | None, date | None, str], held: tuple[date, date | None, str]) -> Decision:
    """Decide whether a grant that is held may be told once more: only when nothing told of it differs.

    Both are (first day, last day, reason); None as the first day told, and "" as the reason, are not told.
    """
    same = told[0] in (None, held[0]) and told[1] == held[1] and told[2] in ("", held[2])
    sentence = (
        "此人已经有这项授权，起止日期或理由与您填写的不同，没有重复授予，也没有改动；要改，请先停用原来的授权，再授予。"
    )
    return decide(not same and Reason(sentence, "role"))


def roles_compatible(*, held: frozenset[str], role: str) -> Decision:
    """Decide whether a role may stand beside those held at the same time.

    Who audits neither administers nor handles business (GB/T 22239-2019 8.1.4, 三权分立).
    """
    others = held - {role}
    return decide(
        role == Role.AUDITOR
        and bool(others)
        and Reason("审计员不能兼任其他角色；请先停用此人的其他授权，或另选一位审计员。", "role"),
        role != Role.AUDITOR
        and Role.AUDITOR in held
        and Reason("此人是审计员，不能再授予其他角色；请另选一人。", "role"),
    )
