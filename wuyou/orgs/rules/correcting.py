"""When an event or a placement of a unit that was entered wrongly may be set right. Plain values in, a decision out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide
from wuyou.orgs.rules import EVENT_STATE, STATE_BEFORE
from wuyou.orgs.rules.befalling import Befallen, contradictions, document_taken, in_order


def newest(events: Sequence[Befallen]) -> Befallen | None:
    """Return the newest event that tells in which state it left the unit; None for none."""
    return next((event for event in reversed(in_order(events)) if event.kind in EVENT_STATE), None)


def state_after(before: Sequence[Befallen], after: Sequence[Befallen], state: str) -> str:
    """Return the state of a unit once its events are others than before; it stays while the newest is of the same kind.

    When no event is left that tells a state, the unit stands as it stood before the one that told it.
    """
    was, now = newest(before), newest(after)
    if was is None or (now is not None and now.kind == was.kind and (now.id == was.id or now.on == was.on)):
        return state
    if now is not None:
        return EVENT_STATE[now.kind]
    told = STATE_BEFORE.get(was.kind, "")
    return told if told in EVENT_STATE.values() else state


def days_touched(before: Sequence[Befallen], after: Sequence[Befallen]) -> tuple[str, str]:
    """Return from which day to which a correction of events can move what is told of a past day; "" as the last = today.

    Both are ISO texts as precise as known. Where the events follow each other as before, only the days between count.
    """
    moved = sorted({(one.id, one.on) for one in before} ^ {(one.id, one.on) for one in after}, key=lambda pair: pair[1])
    if not moved:
        return "", ""
    first, last = moved[0][1], moved[-1][1]
    if [one.id for one in in_order(before)] == [one.id for one in in_order(after)]:
        return first, last
    return first, next((one.on for one in in_order(after) if one.on > last and one.kind in EVENT_STATE), "")


def event_corrected(
    *,
    wanted: Befallen,
    events: Sequence[Befallen],
    founded: tuple[str, str],
    today: date,
    used_by: Mapping[str, object],
    shared: bool,
) -> Decision:
    """Decide whether an event may become the wanted one; `events` are those on record, itself among them.

    `founded` is the unit's founding before and after. Only a contradiction that was not there before refuses. `used_by` tells
    unit, kind and day of another event that rests on its new document, if any; `shared`: the document approved several.
    Source: life cycle of design 3 §2.3.
    """
    others = [event for event in events if event.id != wanted.id]
    known = contradictions(events, founded[0])
    fresh = {key: why for key, why in contradictions([*others, wanted], founded[1]).items() if key not in known}
    own = [why for (pk, _what), why in fresh.items() if pk == wanted.id]
    words = {event.id: {"on": event.on, "kind": event.word} for event in others}
    rests = [words[pk] for pk, _what in fresh if pk != wanted.id]
    return decide(
        wanted.on > today.isoformat() and Reason("这个日期还没有到，没有保存；请填写事情办完的日期。", "on"),
        any((event.kind, event.on) == (wanted.kind, wanted.on) for event in others)
        and Reason("这一天已经登记过同样的事项，没有保存；登记重了的，请撤回其中一项。", "on"),
        *own[:1],
        bool(rests and not own)
        and Reason("改成这个日期，{on} 登记的“{kind}”就对不上了，没有保存；请核对日期。", "on", words=next(iter(rests), {})),
        document_taken(used_by, shared=shared),
    )  # fmt: skip


def event_withdrawn(
    *, event: Befallen, events: Sequence[Befallen], founded: str, reopens: bool, name_taken: bool, parent_closed: bool
) -> Decision:
    """Decide whether an event entered by mistake may be withdrawn: no later one rests on it.

    `reopens`: without it the unit is closed no longer; then another living unit must not bear its name by now
    (`name_taken`), nor its office be dissolved (`parent_closed`).
    """
    left = [other for other in events if other.id != event.id]
    fresh = {pk for pk, _what in contradictions(left, founded).keys() - contradictions(events, founded).keys()}
    rests = next((other for other in in_order(left) if other.id in fresh), None)
    told = {"on": rests.on, "kind": rests.word} if rests is not None else {}
    return decide(
        rests is not None and Reason("{on} 登记的“{kind}”以这一项为前提，没有撤回；请先更正或撤回那一项。", words=told),
        reopens
        and name_taken
        and Reason("撤回以后这个组织不再是撤销状态，而现在已有同名的组织，没有撤回；请先核对全称。"),
        reopens
        and parent_closed
        and Reason("撤回以后这个组织不再是撤销状态，而指导它的侨联已经撤销，没有撤回；请先核对指导关系。"),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time for which an office guided a unit: its row, from a day (None = not known) until a day (None = still)."""

    id: int
    start: date | None
    end: date | None


def moved_along(changed: Stretch, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return what becomes other when a stretch does: itself and those that touched it, which go on touching it.

    In an order in which no two of them overlap while they are written one after the other.
    """
    was = next(one for one in stretches if one.id == changed.id)
    found = [changed]
    for other in stretches:
        if was.start is not None and other.end == was.start and changed.start != was.start:
            found.append(Stretch(other.id, other.start, changed.start))
        elif was.end is not None and other.start == was.end and changed.end != was.end:
            found.append(Stretch(other.id, changed.end, other.end))
    held = {one.id: one for one in stretches}
    return sorted(found, key=lambda one: (one.id != changed.id) * (1 if _length(one) > _length(held[one.id]) else -1))


def _length(one: Stretch) -> int:
    return (one.end or date.max).toordinal() - (one.start or date.min).toordinal()


def placement_corrected(
    *,
    changed: Stretch,
    stretches: Sequence[Stretch],
    founded: str,
    closed: str,
    today: date,
    circle: bool,
) -> Decision:
    """Decide whether a stretch may have these days; `stretches` are all of the unit, itself among them.

    `founded` and `closed` ("" = open) are ISO texts as precise as known; `circle`: the office stood below the unit itself at
    some time of the stretch, or that of one that moves along did. What holds still is ended by moving the unit, never here.
    """
    was = next(one for one in stretches if one.id == changed.id)
    after = {**{one.id: one for one in stretches}, **{one.id: one for one in moved_along(changed, stretches)}}
    start, end = changed.start, changed.end
    empty = [one for one in after.values() if one.start is not None and one.end is not None and one.end <= one.start]
    both = next((one for one in after.values() if one.id != changed.id and _overlap(one, changed)), None)
    until = both.end or today if both is not None else None
    return decide(
        any(day is not None and day > today and day not in (was.start, was.end) for day in (start, end))
        and Reason("这个日期还没有到，没有保存；请核对日期。", "start" if start and start > today else "end"),
        was.end is None
        and end is not None
        and Reason("现在的指导关系不在这里结束，没有保存；改由别的侨联指导的，请用“调整”。", "end"),
        was.end is not None and end is None and Reason("这一段已经结束，请填写结束日期。", "end"),
        was.start is not None and start is None and Reason("请填写起始日期。", "start"),
        bool(empty)
        and Reason("这样改，有一段的结束日期就不晚于起始日期，没有保存；请核对日期。", "start" if start != was.start else "end"),
        not empty
        and both is not None
        and Reason("这一段与另一段（到 {day} 为止）重叠，同一天只能由一个侨联指导，没有保存；请核对日期。",
                   "start" if start != was.start else "end", words={"day": until}),
        start is not None
        and start != was.start
        and bool(founded)
        and start.isoformat()[: len(founded)] < founded
        and Reason("日期早于成立时间（{founded}），没有保存；请核对日期。", "start", words={"founded": founded}),
        start is not None
        and start != was.start
        and bool(closed)
        and start.isoformat()[: len(closed)] > closed
        and Reason("这个组织在 {day} 已经撤销或合并，没有保存；请核对日期。", "start", words={"day": closed}),
        circle and Reason("所选的侨联在这段时间里曾经在它之下，没有保存；请核对日期。", "start"),
    )  # fmt: skip


def _overlap(one: Stretch, other: Stretch) -> bool:
    return (one.start or date.min) < (other.end or date.max) and (other.start or date.min) < (one.end or date.max)
