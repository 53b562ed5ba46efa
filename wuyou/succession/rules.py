"""What changes of the organisation are possible, and what must agree before and after. Plain values in, a decision out.

Source: life cycle of grassroots organisations as the seed and design 3 §2.3 tell it; transfer plan of design 5 §1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide

SEVERAL = ("merge", "split", "reorganise", "dissolve")
"""Changes in which units close or give away, so that things are handed over."""

ALONE = ("restore", "lapse", "rename", "upgrade", "downgrade", "change_host", "convert")
"""Changes of one unit that stays itself. A 重组 without another unit is one as well."""

CLOSING_EVENT = {"merge": "merge", "split": "split", "dissolve": "dissolve"}
"""What befalls a unit that closes; in a 重组 it is a 合并 or a 拆分, by how many units go on."""

PAPERS_ASKED = ("merge", "split", "reorganise", "dissolve", "restore", "rename", "upgrade", "downgrade", "convert")
"""For these the approval's number is asked; a 停滞 befalls a group without one."""


@dataclass(frozen=True, slots=True)
class Side:
    """A unit that takes part, as a rule sees it. `founded` is ISO text as precise as known.

    `state` is how it stood on the day of the change (None = nobody can say), `is_closed` whether it is closed today.
    `later` is what happened to it after that day, as (what, day) for a person to read.
    """

    id: int
    name: str
    level: str
    state: str | None
    founded: str
    is_closed: bool = False
    later: tuple[tuple[str, str], ...] = ()


def is_alone(kind: str, predecessors: int, heirs: int) -> bool:
    """Say whether a change is one of a single unit that stays itself."""
    return kind in ALONE or (kind == "reorganise" and predecessors == 1 and heirs == 0)


def possible_kinds(state: str, level: str) -> tuple[str, ...]:
    """Return the changes that a unit in a state and at a level may go through, those of several units first.

    Only a dissolved unit has nothing before it but its 恢复; an office of a city or above neither merges nor ends here.
    """
    if state == "dissolved":
        return ("restore",)
    found = SEVERAL + ALONE if level == "group" else () if level == "city" else SEVERAL
    told = found if level == "group" else (*found, "rename", "change_host")
    left_out = {"normal": {"restore"}, "lapsed": {"lapse"}}.get(state, set())
    return tuple(kind for kind in told if kind not in left_out)


def closing_event(kind: str, heirs: int) -> str:
    """Return what befalls a unit that closes in a change of this kind with so many units going on."""
    return CLOSING_EVENT.get(kind) or ("split" if heirs > 1 else "merge")


def day_allowed(on: date | None, today: date, sides: Sequence[Side]) -> Decision:
    """Decide whether a change may take effect on a day: known, not in the future, after every unit's founding."""
    if on is None:
        return decide(Reason("请填写生效日期。", "on"))
    early = [side for side in sides if side.founded and on.isoformat()[: len(side.founded)] < side.founded]
    return decide(
        on > today and Reason("生效日期还没有到，没有办理；请在变更生效后再办理，草稿已保存。", "on"),
        *(
            Reason(
                "生效日期早于“{name}”的成立时间（{founded}），没有办理；请核对日期。", "on",
                words={"name": side.name, "founded": side.founded},
            )
            for side in early
        ),
    )  # fmt: skip


def parties_allowed(
    kind: str, predecessors: Sequence[Side], existing: Sequence[Side], founded: Sequence[str]
) -> Decision:
    """Decide whether these units may take part: enough of them, living, of one level, not twice, not each of itself.

    `existing` are the heirs that exist already, `founded` the full names of those that the change founds.
    """
    heirs = len(existing) + len(founded)
    surviving = {side.id for side in predecessors} & {side.id for side in existing}
    closing = [side for side in predecessors if side.id not in surviving]
    sides = {side.id: side for side in (*predecessors, *existing)}
    return decide(
        *enough(kind, len(predecessors), heirs, closes=bool(closing)),
        len({side.id for side in predecessors}) < len(predecessors)
        and Reason("同一个组织选了两次，没有办理；请去掉重复的。", "predecessors"),
        len({side.id for side in existing}) < len(existing)
        and Reason("同一个承接组织选了两次，没有办理；请去掉重复的。", "heirs"),
        any(not name.strip() for name in founded) and Reason("请填写新组织的全称。", "heirs"),
        len(set(founded)) < len(founded) and Reason("两个新组织的全称相同，没有办理；请改用不同的名称。", "heirs"),
        *(
            Reason("“{name}”已经撤销或合并，不能再办理这项变更；如需恢复，请先办理“恢复”。", words={"name": side.name})
            for side in sides.values()
            if side.state == "dissolved" or side.is_closed
        ),
        len({side.level for side in sides.values()}) > 1
        and Reason("小组和侨联机关不能一起合并或互相承接，没有办理；请选择同一级的组织。", "heirs"),
        any(side.level == "city" for side in sides.values())
        and kind in SEVERAL
        and Reason("市级以上侨联不能在这里合并、拆分或撤销。", "predecessors"),
        *(
            Reason(
                "“{name}”在这之后还登记有{what}（{day}），没有办理；请先核对，或改用更晚的生效日期。", "on",
                words={"name": side.name, "what": what, "day": day},
            )
            for side in closing
            for what, day in side.later[:1]
        ),
    )  # fmt: skip


def free_to_join(elsewhere: Sequence[str]) -> Decision:
    """Decide whether units may join a draft; `elsewhere` are the names of those in which another one is being worked on."""
    text = "“{names}”有一项没有办完的变更，没有加入；请先办完，或删除那份草稿。"
    return decide(bool(elsewhere) and Reason(text, "unit", words={"names": "”“".join(elsewhere)}))


def names_allowed(taken: Sequence[str]) -> Decision:
    """Decide whether units may be called as they would be; `taken` are full names that another living unit bears then."""
    text = "已有另一个组织叫“{name}”，没有办理；请改用不同的名称，或先给那个组织更名。"
    return decide(*(Reason(text, "heirs", words={"name": name}) for name in taken))


def enough(kind: str, predecessors: int, heirs: int, *, closes: bool) -> list[Reason]:
    """Return what is missing or too much among so many old units and heirs; `closes`: an old unit is no heir."""
    found: list[Reason] = []
    if kind == "merge" and predecessors < 2:
        found.append(Reason("合并至少要有两个组织；请再选一个。", "predecessors"))
    if kind == "merge" and heirs != 1:
        found.append(Reason("合并后只能是一个组织；请选择并入哪一个，或填写新组织的名称。", "heirs"))
    if kind == "split" and (predecessors != 1 or heirs < 2):
        found.append(Reason("拆分是一个组织分成两个以上；请填写分出的每一个组织。", "heirs"))
    if kind == "dissolve" and predecessors != 1:
        found.append(Reason("一次撤销一个组织。", "predecessors"))
    if kind == "dissolve" and not closes:
        found.append(Reason("撤销的组织不能承接自己；请选择别的组织，或者不选。", "heirs"))
    if kind == "reorganise" and heirs and not closes:
        found.append(Reason("承接组织就是原组织，没有什么要移交；原组织自己重组的，请不要选承接组织。", "heirs"))
    return found


def alone_allowed(kind: str, unit: Side, *, office_closed: bool = False) -> Decision:
    """Decide whether a unit may go through a change of its own in the state in which it is.

    `office_closed`: it would be open again under an office that is dissolved.
    """
    return decide(
        office_closed and reopened_under((unit.name,)),
        unit.state == "dissolved"
        and kind != "restore"
        and Reason("“{name}”已经撤销或合并，不能再办理这项变更；如需恢复，请先办理“恢复”。", words={"name": unit.name}),
        kind == "restore"
        and unit.state == "normal"
        and Reason("“{name}”在这一天是正常状态，不需要恢复；请核对日期。", words={"name": unit.name}),
        kind == "lapse"
        and unit.state == "lapsed"
        and Reason("“{name}”在这一天已经是停滞状态，没有重复登记。", words={"name": unit.name}),
    )


def reopened_under(names: Sequence[str]) -> Reason | None:
    """Return why closed units may not be open again; `names` are those whose office is dissolved. None when they may."""
    text = "指导“{names}”的侨联已经撤销，没有办理；请先恢复那个侨联，或先调整指导关系。"
    return Reason(text, words={"names": "”“".join(names)}) if names else None


def document_allowed(document: str, *, used_by: Mapping[str, object], shared: bool) -> Decision:
    """Decide whether a change may rest on a document; `used_by` tells unit, kind and day of another that does, if any."""
    text = (
        "文号 {number} 已用于“{unit}”的{kind}（{day}），没有办理；"
        "请核对文号，一份文件批准几项变更的，请勾选“同一份文件还批准了别的变更”。"
    )
    return decide(
        bool(document and used_by)
        and not shared
        and Reason(
            text,
            "document",
            words={"number": document, **used_by},
        )
    )


def identity_allowed(*, changes: bool, taken: bool, full_name: str, again: bool, on: date | None) -> Decision:
    """Decide whether a unit may be called and be otherwise from a day on.

    `changes`: something becomes other; `taken`: another living unit bears the name; `again`: that day had a change already.
    """
    return decide(
        not full_name.strip() and Reason("组织全称不能为空，没有办理；请填写全称。", "full_name"),
        not changes and Reason("新的名称、类型和形式与原来的一样，没有办理；请填写改成什么。", "full_name"),
        taken and Reason("已有同名的组织，没有办理；请核对全称。", "full_name"),
        again and Reason("这一天（{on}）已经登记过名称或类型的变更，没有办理；请核对日期。", "on", words={"on": on}),
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """What must not get lost between units: persons kept, persons who are members, money left over in fen, open needs.

    `members` counts a person of several of the units once.
    """

    kept: int = 0
    members: int = 0
    balance_fen: int = 0
    open_matters: int = 0


def sums_agree(before: Sums, after: Sums, *, leaving: int = 0) -> Decision:
    """Decide whether what the units held together before they still hold; `leaving`: members who end with their unit."""
    wrong = [
        word
        for word, a, b in (
            ("登记的人员", before.kept, after.kept),
            ("成员", before.members - leaving, after.members),
            ("经费结余", before.balance_fen, after.balance_fen),
            ("未办结事项", before.open_matters, after.open_matters),
        )
        if a != b
    ]
    return decide(
        bool(wrong)
        and Reason(
            "变更前后的数目不一致（{what}），没有办理，原来的资料没有改动；请把这句话告诉管理员。",
            words={"what": "、".join(wrong)},
        )
    )


def money_divided(balance_fen: int, parts: Mapping[str, int]) -> Decision:
    """Decide whether parts in fen are the whole of a balance, each of them on its side of nothing."""
    total = sum(parts.values())
    return decide(
        total != balance_fen
        and Reason("各组织分得的金额合计与结余不相等，没有保存；请核对。", "money"),
        any(part * balance_fen < 0 for part in parts.values())
        and Reason("分得的金额不能与结余方向相反，没有保存；请核对。", "money"),
    )  # fmt: skip


def apportioned(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return a whole number divided by weights, adding up to it exactly: largest remainders, ties to the first told.

    Without any weight all shares are as equal as can be. The order of the answer is that of the weights.
    """
    names = list(weights)
    if not names:
        return {}
    sum_of = sum(weights.values())
    told = {name: weights[name] if sum_of else 1 for name in names}
    whole = sum_of or len(names)
    shares = {name: total * told[name] // whole for name in names}
    left = total - sum(shares.values())
    by_rest = sorted(names, key=lambda name: (-(total * told[name] % whole), names.index(name)))
    for name in by_rest[:left]:
        shares[name] += 1
    return shares


def taking_back_allowed(state: str, rests: Sequence[str]) -> Decision:
    """Decide whether a change may be taken back; `rests` says what later things rest on it, each for a person to read."""
    return decide(
        state != "carried_out" and Reason("这项变更没有办理，或已经撤回，没有改动。"),
        *(Reason("{what}，不能撤回；请先处理，再撤回这项变更。", words={"what": what}) for what in rests),
    )
