"""A year of work as a plan: activities, study, visits and symposia; sums received and spent; venues.

It reaches from a year before the city's day up to that day, thick where a group is lively and thin where it is not.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wuyou.demo.units import Group

ACTIVITY, STUDY, VISIT, SYMPOSIUM = "activity", "study", "visit", "symposium"
_TOPICS = {
    ACTIVITY: ("侨法宣传角活动", "侨界志愿服务进社区", "归侨侨眷健康义诊", "侨界书画展", "徒步健身活动", "侨胞之家开放日",
               "侨界趣味运动会", "消防安全演练", "送科技下乡"),
    STUDY: ("学习归侨侨眷权益保护法", "学习中国侨联章程", "党的创新理论学习", "侨务政策学习", "学习出入境管理知识",
            "防范跨境诈骗学习"),
    VISIT: ("走访归侨侨眷", "走访侨资企业", "看望住院侨眷", "走访留学人员家庭", "走访困难侨界群众", "走访挂靠单位"),
    SYMPOSIUM: ("侨情座谈会", "侨界代表人士座谈会", "与挂靠单位党组织座谈", "小组工作务虚会", "新侨座谈会"),
}  # fmt: skip
_SEASONAL = {
    (1, VISIT): "春节走访慰问归侨侨眷", (2, VISIT): "春节走访慰问归侨侨眷", (2, ACTIVITY): "元宵侨界联欢",
    (3, SYMPOSIUM): "“三八”侨界妇女座谈会", (6, ACTIVITY): "端午侨界联谊", (9, ACTIVITY): "中秋国庆侨界联欢",
    (9, VISIT): "中秋走访慰问", (10, VISIT): "重阳节看望老归侨", (12, SYMPOSIUM): "年终工作座谈会",
}  # fmt: skip
_HOURS = ("周一至周五 9:00-17:00", "每周二、周四", "每月10日、20日", "")
_NUMBERS = {0: (0, 0), 1: (1, 4), 2: (6, 11), 3: (11, 16)}
_LEADERS = ("县侨联主席", "县侨联副主席", "县委统战部副部长", "挂靠单位党委副书记", "市侨联副主席")
_PURPOSES = ("活动补助", "工作经费", "走访慰问", "阵地维护", "学习资料")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a unit did: day, kind, topic, number present (None = not noted), which leader came, cost in fen."""

    on: date
    kind: str
    topic: str
    present: int | None
    leaders: str = ""
    cost_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum received or spent: day, fen, source ("" = not noted), purpose, voucher ("" = none)."""

    on: date
    fen: int
    is_received: bool
    source: str
    purpose: str
    voucher: str


@dataclass(frozen=True, slots=True)
class Room:
    """A venue: what it is called, and what is known of it."""

    name: str
    address: str = ""
    right: str = "unknown"
    area_m2: str | None = None
    is_shared: bool = False
    hours: str = ""


def plan_acts(chance: random.Random, group: Group, today: date) -> list[Act]:
    """Return what a group did within the year before the day, earliest first."""
    first, last = _window(group, today)
    low, high = _NUMBERS[group.vigour if group.works else 2]
    length = (last - first).days
    number = round(chance.randint(low, high) * length / 365) if length > 15 else 0
    if group.story in ("new", "restored", "reorganised") and group.vigour and length > 20:
        number = max(1, number)
    days = sorted(first + timedelta(days=chance.randint(1, max(1, length))) for _ in range(number))
    kinds = chance.choices((ACTIVITY, STUDY, VISIT, SYMPOSIUM), (35, 30, 22, 13), k=number)
    if group.vigour == 3 and number > 5:
        kinds[:4] = [VISIT, STUDY, SYMPOSIUM, STUDY]
    most = min(group.people, 60)
    return [
        _act(chance, day, kind, most, sure=place == 2)
        for place, (day, kind) in enumerate(zip(days, kinds, strict=True))
    ]


def plan_office_acts(chance: random.Random, number: int, today: date) -> list[Act]:
    """Return what a federation's own office did within the year, earliest first; its leaders are always there."""
    days = sorted(today - timedelta(days=chance.randint(0, 364)) for _ in range(number))
    kinds = chance.choices((VISIT, SYMPOSIUM, ACTIVITY, STUDY), (40, 25, 20, 15), k=number)
    return [_act(chance, day, kind, 60, sure=True) for day, kind in zip(days, kinds, strict=True)]


def _act(chance: random.Random, on: date, kind: str, most: int, *, sure: bool) -> Act:
    topic = _SEASONAL.get((on.month, kind)) if chance.random() < 0.6 else None
    cost = chance.randint(2, 60) * 50_00 if kind != STUDY and chance.random() < 0.45 else None
    leaders = chance.choice(_LEADERS) if sure or chance.random() < 0.12 else ""
    present = None if chance.random() < 0.04 else chance.randint(min(4, most), max(4, most))
    return Act(on, kind, topic or chance.choice(_TOPICS[kind]), present, leaders, cost)


def _window(group: Group, today: date) -> tuple[date, date]:
    """Return the first and last day on which the group could work within the year."""
    first, last = today - timedelta(days=364), today
    begun = [event.on for event in group.events if event.kind in ("restore", "reorganise")]
    begun += [group.founded] if group.story == "new" else []
    if begun:
        first = max(first, date.fromisoformat(begun[-1]))
    if group.story == "lapsed":
        last = date.fromisoformat(group.events[-1].on)
    elif not group.works:
        last = first
    return first, last


def plan_sums(chance: random.Random, group: Group, acts: Sequence[Act], today: date) -> list[Sum]:
    """Return what a group received within two years and what it spent on its activities."""
    found: list[Sum] = []
    if "no_funds" not in group.faults:
        usual = chance.choice((1, 2, 2, 3, 4, 6)) * 500_00 * (6 if group.kind in ("farm", "university") else 1)
        found += _received(chance, group, usual, today)
    for act in acts:
        if act.cost_fen and "no_funds" not in group.faults and chance.random() < 0.65:
            on = min(today, act.on + timedelta(days=chance.randint(0, 12)))
            found.append(Sum(on, act.cost_fen, False, "", act.topic, _voucher(chance, on)))
    return sorted(_covered(found), key=lambda one: one.on)


def _covered(sums: list[Sum]) -> list[Sum]:
    """Return the sums with so much received that nothing is spent that was not there; who received nothing spends nothing."""
    received = [one for one in sums if one.is_received]
    short = sum(-one.fen if one.is_received else one.fen for one in sums)
    if short <= 0 or not received:
        return sums if short <= 0 else []
    first, steps = received[0], -(-short // 500_00)
    return [replace(one, fen=one.fen + steps * 500_00) if one is first else one for one in sums]


def _received(chance: random.Random, group: Group, usual: int, today: date) -> Iterator[Sum]:
    near = ["host", "county_federation" if group.under else "city_finance", "city_federation", "donation", "own"]
    weights = (35 if group.kind not in ("community", "village", "township") else 8, 20, 30, 8, 7)
    for back, number in (
        (364, chance.choice((1, 1, 2, 2, 3))),
        (729, 1 if group.vigour == 3 else chance.choice((0, 1, 1))),
    ):
        for _ in range(number):
            on = today - timedelta(days=back - chance.randint(0, 350))
            if on < group.first_day or (group.story == "new" and on < date.fromisoformat(group.founded)):
                continue
            source = "" if chance.random() < 0.06 else chance.choices(near, weights)[0]
            voucher = "" if chance.random() < 0.08 else _voucher(chance, on)
            yield Sum(on, usual * chance.randint(1, 3), True, source, chance.choice(_PURPOSES), voucher)


def plan_office_sums(chance: random.Random, source: str, yearly_fen: int, today: date) -> list[Sum]:
    """Return the money that a federation's office got for its grassroots work in this year and the one before."""
    days = [today - timedelta(days=back + chance.randint(0, 60)) for back in (30, 240, 480)]
    return [Sum(on, yearly_fen // 2, True, source, "基层组织建设专项", _voucher(chance, on)) for on in sorted(days)]


def _voucher(chance: random.Random, on: date) -> str:
    return f"记{on:%Y%m}-{chance.randint(1, 180):03}"


def plan_room(chance: random.Random, group: Group) -> Room | None:
    """Return where a group meets; None when it has no place."""
    if "no_venue" in group.faults or group.story == "dissolved":
        return None
    name = "侨胞之家" if group.form == "committee" else "侨界活动室"
    if "bare_venue" in group.faults:
        return Room(name)
    right = chance.choices(("free", "own", "rented"), (70, 22, 8))[0]
    host = group.hosts[0].removeprefix(group.township.name)
    where = f"{group.township.name}{host}{chance.randint(1, 4)}楼"
    area, is_shared = str(chance.randint(3, 24) * 5), chance.random() < 0.45
    return Room(name, where, right, area, is_shared, chance.choice(_HOURS))
