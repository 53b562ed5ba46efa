"""A plan's numbers as a table of offices, kinds and events by years, as spreadsheets hold it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wuyou.kernel.digits import whole
from wuyou.kernel.hanzi import fold, is_empty, squeeze
from wuyou.kernel.refusals import Reason
from wuyou.orgs.rules.targets import MOST_PLANNED, Spot, Years

ALL_KINDS = ("全部", "全部类型", "各类", "不分类型", "合计")
NOT_PLANNED = "未定计划"
TOTALS = ("合计", "总计", "小计", "全市合计", "全县合计", "全市", "全县")
_OFFICE = ("侨联", "县区", "单位", "县侨联", "县市区", "县(市、区)", "组织", "名称")
_KIND = ("类型", "组织类型", "类别")
_EVENT = ("事项", "目标", "目标事项")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Words:
    """What may stand in the table, each as word without blanks -> id (of events: their code), and the years of the plan.

    A kind None is all kinds together.
    """

    offices: Mapping[str, int]
    kinds: Mapping[str, int | None]
    events: Mapping[str, str]
    years: Years
    heads: Mapping[str, str] = field(default_factory=dict)
    """Further heads of columns, as word -> office, kind or event: the same heads in the reader's language."""


@dataclass(slots=True)
class SheetReading:
    """What a table says: a number for a place, None where its cell is empty; and what could not be read, in sentences."""

    numbers: dict[Spot, int | None] = field(default_factory=dict)
    problems: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a table, counted from 0: who, of which kind, what, and for each year's column the event it names."""

    office: int
    kind: int | None
    event: int | None
    years: Mapping[int, tuple[int, str | None]]


def read_sheet(rows: Sequence[Sequence[str]], words: Words) -> SheetReading:
    """Read a table: heads, then a row for each office, kind and event with a number for each year.

    A year's head may name the event (2025年新建); then no column of events is needed. An office left empty is that of the
    row above. Rows of totals are passed over. What is not understood is said, and the rest is read.
    """
    found = SheetReading()
    start, head = next(((at, head) for at, row in enumerate(rows) if (head := _head(row, words))), (0, None))
    if head is None:
        found.problems.append(
            Reason("没有找到表头；表里要有“侨联”“事项”和各年度的列，请连同表头一起复制，或先导出现在的表再改。")
        )
        return found
    outside = sorted({year for year, _event in head.years.values() if year not in words.years.all()})
    found.problems += [
        Reason("{year} 年不在计划的年度之内，这一列没有读入；请核对，或先修改计划的年度。", words={"year": year})
        for year in outside
    ]
    above = ""
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = [squeeze(fold(cell)) for cell in row]
        above = _cell(cells, head.office) or above
        if any(cells) and above not in TOTALS:
            _read_row(found, number, cells, above, head, words)
    return found


def _head(row: Sequence[str], words: Words) -> _Head | None:
    cells = [squeeze(fold(cell)) for cell in row]
    roles = {word: role for role, known in (("office", _OFFICE), ("kind", _KIND), ("event", _EVENT)) for word in known}
    roles.update(words.heads)
    at = {role: place for place, cell in reversed(list(enumerate(cells))) if (role := roles.get(cell))}
    years = {
        place: (int(year[1]), _event_in(cell, words))
        for place, cell in enumerate(cells)
        if (year := _YEAR.search(cell))
    }
    named = bool(years) and all(event for _year, event in years.values())
    if "office" not in at or not years or ("event" not in at and not named):
        return None
    return _Head(at["office"], at.get("kind"), at.get("event"), years)


def _event_in(head: str, words: Words) -> str | None:
    return next((event for word, event in words.events.items() if word in head), None)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _read_row(found: SheetReading, number: int, cells: Sequence[str], office: str, head: _Head, words: Words) -> None:
    kind, event = _cell(cells, head.kind), _cell(cells, head.event)
    kinds = {**dict.fromkeys(("", *ALL_KINDS)), **words.kinds}
    office_id, of_row = words.offices.get(office), words.events.get(event)
    known = {"row": number, "office": office, "kind": kind, "event": event}
    if office_id is None:
        found.problems.append(
            Reason("第 {row} 行：计划里没有叫“{office}”的侨联，这一行没有读入；请核对名称。", words=known)
        )
    elif kind not in kinds:
        found.problems.append(
            Reason("第 {row} 行：没有叫“{kind}”的组织类型，这一行没有读入；请核对名称。", words=known)
        )
    elif head.event is not None and of_row is None:
        found.problems.append(Reason("第 {row} 行：事项要写新建、重组或恢复，“{event}”没有读入；请改正。", words=known))
    else:
        for year, event_of, cell in _numbers(cells, head, of_row, words.years):
            _put(found, number, Spot(office_id, kinds[kind], year, event_of), cell)


def _numbers(cells: Sequence[str], head: _Head, of_row: str | None, years: Years) -> Iterator[tuple[int, str, str]]:
    for place, (year, named) in head.years.items():
        event = named or of_row
        if event is not None and year in years.all():
            yield year, event, _cell(cells, place)


def _put(found: SheetReading, row: int, spot: Spot, cell: str) -> None:
    empty = is_empty(cell) or cell == NOT_PLANNED
    number = None if empty else whole(cell.removesuffix("个"), longest=4)
    if number is None and not empty:
        told = {"row": row, "year": spot.year, "cell": cell, "most": MOST_PLANNED}
        found.problems.append(
            Reason("第 {row} 行 {year} 年：“{cell}”不是 0 到 {most} 之间的整数，没有读入；请改正。", words=told)
        )
    elif spot in found.numbers:
        found.problems.append(
            Reason(
                "第 {row} 行 {year} 年：同一个侨联、类型和事项前面已经有了，没有读入；请只留一行。",
                words={"row": row, "year": spot.year},
            )
        )
    else:
        found.numbers[spot] = number
