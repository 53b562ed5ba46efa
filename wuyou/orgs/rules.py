"""What may befall a unit, and which form fits its size. Plain values in, a decision or an answer out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wuyou.kernel.refusals import Decision, Reason, decide

EVENT_STATE = {
    "establish": "normal",
    "reorganise": "normal",
    "restore": "normal",
    "lapse": "lapsed",
    "dissolve": "dissolved",
}
"""Which state an event leaves a unit in; a rename leaves the state as it is."""

NOT_FOUNDED = "not_founded"
"""Not a state that is stored: how a unit stands on a day before it was founded."""

STATE_BEFORE = {"establish": NOT_FOUNDED, "restore": "lapsed", "lapse": "normal", "dissolve": "normal"}
"""How a unit stood before its first event, where that event tells; before a 重组 nobody can say."""

HEADLINE_KINDS = ("establish", "reorganise", "restore")
"""新建、重组、恢复: the yearly headline of the source ("年内，完成新建、重组、恢复侨联基层组织十个")."""


@dataclass(frozen=True, slots=True)
class FormAdvice:
    """The form that the threshold table advises for a number of people; a warning, never a block."""

    code: str
    name: str
    min_people: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as it stood on a day. `state` None: not known; `founded` is ISO text as precise as known.

    Names, kind, county, approval number, form and study rules are today's: their past is not kept.
    """

    id: int
    path: str
    full_name: str
    short_name: str
    kind: str
    county: str
    state: str | None
    founded: str
    has_approval_number: bool
    has_study_rules: bool | None
    form_id: int | None

    @property
    def is_living(self) -> bool:
        """Whether the unit was founded and not dissolved on that day."""
        return self.state not in (NOT_FOUNDED, "dissolved")


def state_on(*, day: date, state_today: str, founded: str, latest: str, following: str) -> str | None:
    """Return the state of a unit on a day: a value of `Unit.State`, `NOT_FOUNDED`, or None when nobody can say.

    `latest` is the kind of its newest event until that day, `following` of its first event after it, "" for none;
    renames left out. With no event after the day it stands as today; else as the latest event left it; before its first
    event as that event tells. A date known to the year or month counts from its first day.
    """
    if founded > day.isoformat():
        return NOT_FOUNDED
    if not following:
        return state_today
    return EVENT_STATE[latest] if latest else STATE_BEFORE.get(following)


def event_allowed(*, kind: str, on: str, state: str, founded: str, today: date) -> Decision:
    """Decide whether an event may be recorded for a unit in the given state.

    `on` and `founded` are ISO texts as precise as known. Source: life cycle of design 3 §2.3 (seed and press).
    """
    earliest = founded[: len(on)]
    return decide(
        on > today.isoformat() and Reason("这个日期还没有到，没有保存；请填写事情办完的日期。", "on"),
        bool(founded) and on < earliest and Reason("日期早于成立时间（{founded}），没有保存；请核对日期。", "on", words={"founded": founded}),
        state == "dissolved"
        and kind != "restore"
        and Reason("这个组织已经撤销，不能再登记这类事项；如需恢复，请登记“恢复”。", "kind"),
        kind == "restore"
        and state == "normal"
        and Reason("这个组织现在是正常状态，不需要恢复；如果只是补登过去的停滞，请先登记“停滞”。", "kind"),
        kind == "lapse" and state == "lapsed" and Reason("这个组织已经是停滞状态，没有重复登记。", "kind"),
        kind not in (*EVENT_STATE, "rename") and Reason("请从列表中选择事项。", "kind"),
    )


def founding_allowed(*, full_name: str, taken: bool, founded: str, today: date) -> Decision:
    """Decide whether a unit may be founded: it has a name that no living unit bears, and is not founded in the future."""
    return decide(
        not full_name.strip() and Reason("请填写组织全称。", "full_name"),
        taken and Reason("已有同名的组织，没有重复新建；请在组织列表中查看，或改用不同的名称。", "full_name"),
        founded > today.isoformat() and Reason("成立时间还没有到，没有保存；请核对日期。", "founded"),
    )


def placing_allowed(*, unit_path: str, parent_path: str, start: date | None, founded: str) -> Decision:
    """Decide whether a unit may be put under a parent: never under itself, never before it was founded."""
    return decide(
        parent_path.startswith(unit_path) and Reason("不能把组织放到它自己或它的下级之下；请选择别的上级。", "parent"),
        start is not None
        and bool(founded)
        and start.isoformat() < founded[:10]
        and len(founded) == len("2000-01-01")
        and Reason("起始日期早于成立时间（{founded}），没有保存；请核对日期。", "start", words={"founded": founded}),
    )


def advised_form(people: int | None, thresholds: Iterable[FormAdvice]) -> FormAdvice | None:
    """Return the form with the highest threshold not above the number; None when the number is not known.

    Source: 北京 rule: >= 50 联合会, 30-49 联络组, < 30 小组; thresholds are local and stand in an editable table.
    """
    if people is None:
        return None
    fitting = [form for form in thresholds if form.min_people <= people]
    return max(fitting, key=lambda form: form.min_people, default=None)


def counted_once(events: Sequence[tuple[int, str, str]], year: int) -> dict[str, set[int]]:
    """Return, by kind, the units with such an event dated in the year: a unit counts once a year for each kind.

    `events` are (unit id, kind, ISO date as precise as known).
    """
    found: dict[str, set[int]] = {}
    for unit_id, kind, on in events:
        if on[:4] == str(year):
            found.setdefault(kind, set()).add(unit_id)
    return found
