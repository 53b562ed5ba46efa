"""What may be planned for some years, what a plan amounts to, and how much of it is done."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from wuyou.kernel.refusals import Decision, Reason, decide
from wuyou.orgs.rules import HEADLINE_KINDS, Level

LEAST_PLAN_YEARS, MOST_PLAN_YEARS = 3, 5
"""How many years a target plan is for."""

MOST_PLANNED = 9_999
"""More groups than so many nobody plans for a year."""

FAR = 30
"""A plan that begins further away than so many years is a slip of the hand."""


class Spot(NamedTuple):
    """What a number of a plan is for: the office (id), the kind of unit (id, None = of all kinds), the year, the event."""

    office: int
    kind: int | None
    year: int
    event: str


Numbers = Mapping[Spot, int]
"""The numbers of a plan; what is not planned is not in it."""


class Years(NamedTuple):
    """The first and the last year of a plan, both included."""

    first: int
    last: int

    def all(self) -> range:
        """Return the years in order."""
        return range(self.first, self.last + 1)


def plan_allowed(
    *,
    name: str,
    years: Years,
    level: Level,
    this_year: int,
    others: Sequence[tuple[str, Years]] = (),
    held: Collection[int] = (),
    dissolved: bool = False,
) -> Decision:
    """Decide whether an office may have a plan for some years.

    `others` are the office's other plans, by name; `held` the years for which the plan has numbers already.
    Source: design 3 §2.3: a target plan of three to five years; one for an office and year.
    """
    same = [(told, other) for told, other in others if other.first <= years.last and years.first <= other.last]
    left_out = sorted(year for year in set(held) if year not in years.all())
    length = years.last - years.first + 1
    return decide(
        level is Level.GROUP and Reason("目标计划由县级以上侨联制定，没有保存；请选择侨联机关。", "office"),
        dissolved and Reason("这个侨联已经撤销，没有保存；请选择别的侨联。", "office"),
        not name.strip() and Reason("请填写计划名称，例如“基层组织建设三年计划”。", "name"),
        abs(years.first - this_year) > FAR
        and Reason("起始年度不对，没有保存；请核对年份。", "first_year"),
        not LEAST_PLAN_YEARS <= length <= MOST_PLAN_YEARS
        and Reason(
            "目标计划应为 {least} 至 {most} 年，没有保存；请核对起止年度。", "last_year",
            words={"least": LEAST_PLAN_YEARS, "most": MOST_PLAN_YEARS},
        ),
        *(
            Reason(
                "这些年度里已有目标计划“{name}”（{first}—{last}年），没有保存；请修改那个计划，或改起止年度。", "first_year",
                words={"name": told, "first": other.first, "last": other.last},
            )
            for told, other in same
        ),
        bool(left_out)
        and Reason(
            "计划里 {years} 年已有计划数，改了年度就会丢掉，没有保存；请先清空这些年的计划数。", "last_year",
            words={"years": "、".join(map(str, left_out))},
        ),
    )  # fmt: skip


def numbers_allowed(
    numbers: Numbers, years: Years, offices: Mapping[int, str], kinds: Collection[int], words: Mapping[str, str]
) -> Decision:
    """Decide whether a plan may consist of these numbers: of its years and offices, whole and parts in keeping.

    `offices` are the names of the offices by id, `kinds` the ids of the kinds of group, `words` the names of the events.
    """
    foreign = any(
        spot.office not in offices
        or (spot.kind is not None and spot.kind not in kinds)
        or spot.event not in HEADLINE_KINDS
        for spot in numbers
    )
    outside = sorted({spot.year for spot in numbers if spot.year not in years.all()})
    odd = [spot for spot, number in numbers.items() if not 0 <= number <= MOST_PLANNED]
    return decide(
        foreign and Reason("表里有这个计划以外的侨联、类型或事项，没有保存；请重新打开计划再填。"),
        bool(outside)
        and Reason(
            "{years} 年不在计划的年度（{first}—{last}年）之内，没有保存；请核对年份，或先修改计划的年度。",
            words={"years": "、".join(map(str, outside)), "first": years.first, "last": years.last},
        ),
        bool(odd) and Reason("计划数要在 0 到 {most} 之间，没有保存；请核对。", words={"most": MOST_PLANNED}),
        *(
            Reason(
                "{office} {year} 年{event}：分类型的计划数合计 {parts} 个，多于总数 {whole} 个，没有保存；请核对。",
                words={"office": offices.get(office, ""), "year": year, "event": words.get(event, event),
                       "parts": parts, "whole": whole},
            )
            for (office, year, event), (whole, parts) in _wholes(numbers).items()
            if whole is not None and parts is not None and parts > whole
        ),
    )  # fmt: skip


def planned(
    numbers: Numbers,
    *,
    office: int | None = None,
    kind: int | None = None,
    year: int | None = None,
    events: Collection[str] = HEADLINE_KINDS,
) -> int | None:
    """Return how many are planned, of one office, kind and year or of all; None where nothing is planned (0 is a plan).

    A number for all kinds is the whole, and those for single kinds are parts of it; without it the parts add up.
    """
    asked = {
        spot: number
        for spot, number in numbers.items()
        if (office is None or spot.office == office)
        and (kind is None or spot.kind == kind)
        and (year is None or spot.year == year)
        and spot.event in events
    }
    told = [parts if whole is None else whole for whole, parts in _wholes(asked).values()]
    return sum(number for number in told if number is not None) if told else None


def share(achieved: int, of: int | None) -> int | None:
    """Return how much of a plan is done in whole percent; None without a plan or where it plans nothing.

    Only all of it is 100, only nothing 0; more than planned is more than 100.
    """
    if not of:
        return None
    percent = round(100 * achieved / of)
    if 0 < achieved < of:
        return min(99, max(1, percent))
    return percent if achieved in (0, of) else max(101, percent)


def in_force(plans: Mapping[int, Years], year: int) -> int | None:
    """Return which of an office's plans (by id) is for a year; None when none is."""
    return next((pk for pk, years in plans.items() if year in years.all()), None)


def _wholes(numbers: Numbers) -> dict[tuple[int, int, str], tuple[int | None, int | None]]:
    """Return, by office, year and event, the number for all kinds and the sum over single kinds; None = none told."""
    found: dict[tuple[int, int, str], tuple[int | None, int | None]] = {}
    for spot, number in numbers.items():
        key = (spot.office, spot.year, spot.event)
        whole, parts = found.get(key, (None, None))
        found[key] = (number, parts) if spot.kind is None else (whole, (parts or 0) + number)
    return found
