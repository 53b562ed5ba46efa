"""What may befall a unit, and which form fits its size. Plain values in, a decision or an answer out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wuyou.kernel.refusals import Decision, Reason, decide


class Level(StrEnum):
    """Where a unit stands in the organisation: an office of a city or above, a county's office, a grassroots group."""

    CITY = "city"
    COUNTY = "county"
    GROUP = "group"


COUNTY_FEDERATION = "county_federation"
"""The kind of a county's office; every other kind of federation is a city's or one above."""


def level_of(kind: str, *, is_federation: bool) -> Level:
    """Return at which level the units of a kind (its code) stand."""
    if not is_federation:
        return Level.GROUP
    return Level.COUNTY if kind == COUNTY_FEDERATION else Level.CITY


EVENT_STATE = {
    "establish": "normal",
    "reorganise": "normal",
    "restore": "normal",
    "lapse": "lapsed",
    "dissolve": "dissolved",
    "merge": "dissolved",
    "split": "dissolved",
}
"""Which state an event leaves a unit in; the others (更名、升格、改挂 …) leave the state as it is."""

NOT_FOUNDED = "not_founded"
"""Not a state that is stored: how a unit stands on a day before it was founded."""

STATE_BEFORE = {
    "establish": NOT_FOUNDED,
    "restore": "lapsed",
    **dict.fromkeys(("lapse", "dissolve", "merge", "split"), "normal"),
}
"""How a unit stood before its first event, where that event tells; before a 重组 nobody can say."""

CLOSING = ("merge", "split", "dissolve")
"""Events with which a unit closes."""

SINGLE_KINDS = ("establish", "reorganise", "restore", "lapse", "dissolve", "rename")
"""What may be recorded of one unit alone, with nothing to hand over."""

HEADLINE_KINDS = ("establish", "reorganise", "restore")
"""新建、重组、恢复: the yearly headline of the source ("年内，完成新建、重组、恢复侨联基层组织十个")."""


@dataclass(frozen=True, slots=True)
class FormAdvice:
    """The form that the threshold table advises for a number of people; a warning, never a block.

    `source` is the document that says so, "" when the office names none; `id` is that of the table's row. From `below` people
    on the next form is advised, None = this is the last.
    """

    code: str
    name: str
    min_people: int
    source: str = ""
    id: int = 0
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as it stood on a day. `state` None: not known; `founded` is ISO text as precise as known.

    Names, kind, form and county are those of that day; approval number and study rules are today's: their past is not kept.
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


def was_under(path: str, under: str, moved: Mapping[int, str]) -> bool:
    """Say whether a unit was guided from an office, or from below it, before some units moved.

    `path` and `under` are today's paths; `moved` gives for each unit that has moved since the path of the federation that
    it was under then. A unit that came along with a federation was where that federation was.
    """
    office, left = under.rstrip("/").rpartition("/")[2], dict(moved)
    ids = [part for part in path.split("/") if part]
    at = len(ids) - 1
    while at >= 0:
        above = left.pop(int(ids[at]), None)
        if above is not None:  # from here up the way was another one
            ids = [*(part for part in above.split("/") if part), *ids[at:]]
            at = len(ids) - 1
        else:
            at -= 1
    return office in ids


def event_allowed(*, kind: str, on: str, state: str, founded: str, today: date) -> Decision:
    """Decide whether an event may be recorded for a unit in the given state.

    `on` and `founded` are ISO texts as precise as known. Source: life cycle of design 3 §2.3 (seed and press).
    """
    earliest = founded[: len(on)]
    return decide(
        on > today.isoformat() and Reason("这个日期还没有到，没有保存；请填写事情办完的日期。", "on"),
        bool(founded)
        and on < earliest
        and Reason("日期早于成立时间（{founded}），没有保存；请核对日期。", "on", words={"founded": founded}),
        state == "dissolved"
        and kind != "restore"
        and Reason("这个组织已经撤销，不能再登记这类事项；如需恢复，请登记“恢复”。", "kind"),
        kind == "restore"
        and state == "normal"
        and Reason("这个组织现在是正常状态，不需要恢复；如果只是补登过去的停滞，请先登记“停滞”。", "kind"),
        kind == "lapse" and state == "lapsed" and Reason("这个组织已经是停滞状态，没有重复登记。", "kind"),
        kind not in SINGLE_KINDS and Reason("请从列表中选择事项。", "kind"),
    )


def event_again(*, on: str, told: Sequence[str], held: Sequence[str]) -> Decision:
    """Decide whether an event that is on record may be told once more: only when nothing told of it differs ("" = not told).

    What was not known of it then may be told now.

    `told` and `held` are its document and note.
    """
    return decide(
        any(now and before and now != before for now, before in zip(told, held, strict=True))
        and Reason(
            "这个事项在 {on} 已经登记过，文号或说明与您填写的不同，没有重复登记，也没有改动；请在组织沿革里核对。",
            "document",
            words={"on": on},
        )
    )


def founding_allowed(*, full_name: str, taken: bool, founded: str, today: date) -> Decision:
    """Decide whether a unit may be founded: it has a name that no living unit bears, and is not founded in the future."""
    return decide(
        not full_name.strip() and Reason("请填写组织全称。", "full_name"),
        taken and Reason("已有同名的组织，没有重复新建；请在组织列表中查看，或改用不同的名称。", "full_name"),
        founded > today.isoformat() and Reason("成立时间还没有到，没有保存；请核对日期。", "founded"),
    )


def revision_allowed(
    *, full_name: str, taken: bool, founded: str, same_level: bool, today: date, earliest: str = ""
) -> Decision:
    """Decide whether what stands on a unit may become this; `taken`: the name is new and a living unit bears it.

    `earliest` is the day of its oldest event, ISO text as precise as known, "" = none: it was founded by then.

    `same_level`: the kind told stands where the unit stands; a group does not become an office by another word for it.
    """
    return decide(
        not full_name and Reason("组织全称不能为空，没有保存；请填写全称。", "full_name"),
        taken and Reason("已有同名的组织，没有保存；请核对全称。", "full_name"),
        founded > today.isoformat() and Reason("成立时间还没有到，没有保存；请核对日期。", "founded"),
        bool(founded and earliest)
        and earliest < founded[: len(earliest)]
        and Reason(
            "沿革里 {day} 已有事项，成立时间不能更晚，没有保存；请核对日期。", "founded", words={"day": earliest}
        ),
        not same_level and Reason("小组和侨联机关不能互相改，没有保存；请选择原来一级的类型。", "kind"),
    )


def placing_allowed(
    *,
    unit_path: str,
    parent_path: str,
    start: date,
    parent_state: str = "normal",
    present: tuple[str, date | None] | None = None,
    was_below: bool = False,
) -> Decision:
    """Decide whether a unit may be put under a parent from a day on (`change_dated` decides on the day itself).

    Never under itself or what is below it, never under a dissolved office, and only after its present placement began:
    `present` is (path of the present parent, its first day; None = not known); `was_below`: at some time from that day on
    the parent itself stood below the unit.
    """
    above, since = present or ("", None)
    return decide(
        parent_path.startswith(unit_path) and Reason("不能把组织放到它自己或它的下级之下；请选择别的上级。", "parent"),
        was_below
        and not parent_path.startswith(unit_path)
        and Reason("所选的侨联在这个日期之后曾经在它之下，没有保存；请改用更晚的日期。", "start"),
        parent_state == "dissolved" and Reason("所选的侨联已经撤销，没有保存；请选择别的侨联。", "parent"),
        parent_path == above and Reason("这个组织现在就由所选的侨联指导，没有改动；请选择别的侨联。", "parent"),
        since is not None
        and since >= start
        and Reason(
            "起始日期不晚于现有指导关系的起始日期（{since}），没有保存；请核对日期。", "start", words={"since": since}
        ),
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


def change_dated(*, on: date, today: date, founded: str, field: str) -> Decision:
    """Decide whether a unit's ties may change on a day: not in the future, not before it was founded.

    `founded` is ISO text as precise as known; a year or month counts from its first day.
    """
    return decide(
        on > today and Reason("这个日期还没有到，没有保存；请在变更生效后再登记。", field),
        bool(founded)
        and on.isoformat()[: len(founded)] < founded
        and Reason("日期早于成立时间（{founded}），没有保存；请核对日期。", field, words={"founded": founded}),
    )


def closing_allowed(*, on: date, start: date | None, today: date) -> Decision:
    """Decide whether a venue may close on a day: not in the future, and after its use began (None = not known)."""
    return decide(
        on > today and Reason("这个日期还没有到，没有保存；请在停用后再登记。", "end"),
        start is not None
        and on <= start
        and Reason("停用日期要晚于启用日期（{start}），没有保存；请核对日期。", "end", words={"start": start}),
    )


Key = str | int
"""By what two ties are known to be of the same thing: a name, or an id."""


@dataclass(frozen=True, slots=True)
class Held:
    """A dated tie of a unit: to what (`key`, shown as `label`), from a day (None = not known) until a day (None = still)."""

    id: int
    key: Key
    label: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Relinking:
    """What makes the ties of a unit those wanted from a day on.

    `over`: rows that end on that day; `void`: rows that began on that very day, and so held on none; `begun`: keys of
    which a row begins.
    """

    over: tuple[int, ...] = ()
    void: tuple[int, ...] = ()
    begun: tuple[Key, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything changes."""
        return bool(self.over or self.void or self.begun)


def relinked(held: Sequence[Held], wanted: Iterable[Key], on: date) -> Relinking:
    """Return how the ties held, past ones among them, become those wanted from a day on; what was stays on record."""
    wanted = tuple(dict.fromkeys(wanted))
    unwanted = [tie for tie in held if tie.end is None and tie.key not in wanted]
    present = {tie.key for tie in held if tie.end is None}
    return Relinking(
        over=tuple(tie.id for tie in unwanted if tie.start != on),
        void=tuple(tie.id for tie in unwanted if tie.start == on),
        begun=tuple(key for key in wanted if key not in present),
    )


def relinking_allowed(held: Sequence[Held], wanted: Iterable[Key], on: date, field: str) -> Decision:
    """Decide whether the ties may become those wanted: none ends before it began, none begins while it still held."""
    change = relinked(held, wanted, on)
    early = [tie for tie in held if tie.id in change.over and tie.start is not None and tie.start > on]
    again = [tie for tie in held if tie.key in change.begun and tie.end is not None and tie.end > on]
    return decide(
        *(
            Reason(
                "“{name}”从 {start} 起才开始，不能在更早的日期结束，没有保存；请核对变更日期。", field,
                words={"name": tie.label, "start": tie.start},
            )
            for tie in early
        ),
        *(
            Reason(
                "“{name}”到 {end} 才结束，不能在更早的日期重新开始，没有保存；请核对变更日期。", field,
                words={"name": tie.label, "end": tie.end},
            )
            for tie in again
        ),
    )  # fmt: skip
