"""When an activity may be recorded."""

import re
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


_PARTED = re.compile(r"[、，,；;：:/\s]+")
_ASIDE = re.compile(r"[（(].*?[）)]")
_TITLES = (
    "主席", "秘书长", "书记", "部长", "主任", "组长", "常委", "委员", "局长", "科长", "会长", "县长", "区长", "市长", "镇长",
    "校长", "院长", "经理", "董事长", "同志", "领导", "老师", "调研员", "侨联",
)  # fmt: skip
_TITLE = re.compile(rf"(?:党委|党组|党总支|党支部|常务|第一|副)*(?:{'|'.join(_TITLES)})")


def names_leader(text: str, name: str) -> bool:
    """Say whether a list of leaders, as somebody typed it, names a person: 侨联主席张三、李四副主席（主持）.

    Names are parted by signs or blanks; a title may stand before or after a name. 王明 is not named by 王明华.
    """
    for part in _PARTED.split(_ASIDE.sub("", text)):
        before, found, after = part.partition(name)
        if found and (not before or before.endswith(_TITLES)) and (not after or _TITLE.fullmatch(after)):
            return True
    return False
