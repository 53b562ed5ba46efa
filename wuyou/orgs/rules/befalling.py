"""What may stand in the history of one unit: which events contradict each other. Plain values in, a decision out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wuyou.kernel.refusals import Decision, Reason, decide
from wuyou.orgs.rules import CLOSING, EVENT_STATE

AGAIN = "again"
"""What is said of an event that leaves the unit in the state in which it was."""
RETURNS = ("restore", "reorganise")
"""Events with which a closed unit comes back."""


@dataclass(frozen=True, slots=True)
class Befallen:
    """An event of a unit: its row, its kind with the word for it, its day as ISO text as precise as known."""

    id: int
    kind: str
    word: str
    on: str


def in_order(events: Sequence[Befallen]) -> list[Befallen]:
    """Return events by day, those of one day as they were entered."""
    return sorted(events, key=lambda event: (event.on, event.id))


def contradictions(events: Sequence[Befallen], founded: str) -> dict[tuple[int, str], Reason]:
    """Return what cannot be in a history, as (event's id, what) -> the sentence about that event; the oldest first.

    `founded` is ISO text as precise as known, "" = not known. Of days before the first event nothing is taken for granted.
    """
    found: dict[tuple[int, str], Reason] = {}
    state, closed = "", ""
    for event in in_order(events):
        if founded and event.on < founded[: len(event.on)]:
            found[event.id, "early"] = Reason(
                "日期早于成立时间（{founded}），没有保存；请核对日期。", "on", words={"founded": founded}
            )
        if closed and closed < event.on and event.kind not in RETURNS:
            found[event.id, "closed"] = Reason(
                "这个组织在 {day} 已经撤销或合并，没有保存；请核对日期。", "on", words={"day": closed}
            )
        if event.kind == "restore" and state == "normal":
            found[event.id, AGAIN] = Reason("它在这个日期是正常状态，不需要恢复，没有保存；请核对日期。", "on")
        if event.kind == "lapse" and state == "lapsed":
            found[event.id, AGAIN] = Reason("它在这个日期已经是停滞状态，没有保存；请核对日期。", "on")
        state = EVENT_STATE.get(event.kind, state)
        closed = event.on if event.kind in CLOSING else "" if event.kind in RETURNS else closed
    return found


def fits(events: Sequence[Befallen], *, kind: str, on: str, founded: str) -> Decision:
    """Decide whether one more event fits into the history of a unit, be it told in order or long afterwards.

    Only a contradiction that was not there before refuses: an event before the founding, or while the unit was closed. That
    it stood still twice in a row does not: what lay between may be told later. Source: life cycle of design 3 §2.3.
    """
    added = Befallen(max((event.id for event in events), default=0) + 1, kind, "", on)
    known = contradictions(events, founded)
    found = contradictions([*events, added], founded)
    fresh = {key: why for key, why in found.items() if key not in known and key[1] != AGAIN}
    own = [why for (pk, _what), why in fresh.items() if pk == added.id]
    rests = next((event for event in in_order(events) for pk, _what in fresh if pk == event.id), None)
    told = {"on": rests.on, "kind": rests.word} if rests is not None else {}
    return decide(
        *own[:1],
        bool(told and not own)
        and Reason("登记在这一天，{on} 登记的“{kind}”就对不上了，没有保存；请核对日期。", "on", words=told),
    )


def reopening_allowed(*, name_taken: bool, parent_closed: bool) -> Decision:
    """Decide whether a closed unit may be open again by what is told of its events.

    Not while another living unit bears its name (`name_taken`) or its office is dissolved (`parent_closed`).
    """
    return decide(
        name_taken and Reason("这样它就不再是撤销状态，而现在已有同名的组织，没有保存；请先核对全称。"),
        parent_closed and Reason("这样它就不再是撤销状态，而指导它的侨联已经撤销，没有保存；请先调整指导关系。"),
    )


def document_taken(used_by: Mapping[str, object], *, shared: bool) -> Reason | None:
    """Return why an event may not rest on a document; None when it may.

    `used_by` tells unit, kind and day of another event that rests on it, if any; `shared`: the document approved several.
    """
    if not used_by or shared:
        return None
    return Reason(
        "这个文号已用于“{unit}”的{kind}（{day}），没有保存；"
        "请核对文号，一份文件批准几项的，请勾选“同一份文件还批准了别的事项”。",
        "document",
        words=used_by,
    )
