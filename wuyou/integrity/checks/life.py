"""How units came to be and what befell them: days that contradict each other, states that no event explains."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.activities.permissions import P as Activities
from wuyou.integrity import rules
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import (
    DISSOLVED,
    NORMAL,
    EventFacts,
    all_events,
    all_units,
    closed_units,
    former_until,
    in_order,
    last_activities,
    living_groups,
    open_areas,
    open_bodies,
    open_hosts,
    open_venues,
    predecessors,
)
from wuyou.orgs.models import Unit
from wuyou.orgs.permissions import P as Orgs
from wuyou.platform.presentation import day
from wuyou.succession.permissions import P as Succession

LAPSED, TO_REORGANISE = Unit.State.LAPSED, Unit.State.TO_REORGANISE
STALLED_YEARS = 3
"""A group that stalled three years ago is to be restored, reorganised or dissolved: the plan of widening runs three to five."""
RECENT_YEARS = 1
"""Foundings of this year and the last are looked at for their event: older ones were entered from ledgers without one."""


def founding_missing(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups of which nobody said when they were founded."""
    return (unit.found(_("没有成立时间")) for unit in seen.read(living_groups) if not unit.founded)


def founding_uncounted(seen: Inspection) -> Iterator[Offender]:
    """Yield the groups founded this year or the last without the event that the year's headline counts."""
    events = seen.read(all_events)
    for unit in seen.read(living_groups):
        kinds = {event.kind for event in events.get(unit.id, ())}
        if unit.founded[:4] >= str(seen.day.year - RECENT_YEARS) and "establish" not in kinds:
            yield unit.found(_("%(founded)s 成立，没有登记新建") % {"founded": day(unit.founded)})


def founding_differs(seen: Inspection) -> Iterator[Offender]:
    """Yield the units whose event 新建 tells another day than the one that stands on the unit."""
    events = seen.read(all_events)
    for unit in seen.read(all_units).values():
        told = [event.on for event in events.get(unit.id, ()) if event.kind == "establish"]
        if told and unit.founded and not any(rules.may_be_same(on, unit.founded) for on in told):
            words = _("成立时间是 %(founded)s，登记的新建是 %(on)s")
            yield unit.found(words % {"founded": day(unit.founded), "on": day(told[0])})


def event_before_founding(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with an event that lies before their founding; another day for 新建 is a finding of its own."""
    events = seen.read(all_events)
    for unit in seen.read(all_units).values():
        early = [e for e in events.get(unit.id, ()) if e.kind != "establish" and rules.is_before(e.on, unit.founded)]
        if early:
            told = {"on": day(early[0].on), "event": early[0].word, "founded": day(unit.founded)}
            yield unit.found(_("%(on)s 的“%(event)s”早于成立时间 %(founded)s") % told)


def state_differs(seen: Inspection) -> Iterator[Offender]:
    """Yield the units whose state is not the one in which their newest event left them.

    待重组 is no event: it may follow a stall as well as normal work.
    """
    events = seen.read(all_events)
    for unit in seen.read(all_units).values():
        newest = _newest(events.get(unit.id, []))
        if newest is None or unit.state == newest.leaves:
            continue
        if unit.state == TO_REORGANISE and newest.leaves != DISSOLVED:
            continue
        told = {"state": Unit.State(unit.state).label, "on": day(newest.on), "event": newest.word}
        yield unit.found(_("状态是“%(state)s”，最近一次登记是 %(on)s 的“%(event)s”") % told)


def _newest(events: list[EventFacts]) -> EventFacts | None:
    return next((event for event in reversed(events) if event.leaves), None)


def state_unexplained(seen: Inspection) -> Iterator[Offender]:
    """Yield the stalled and the dissolved units of which no event says since when."""
    events = seen.read(all_events)
    for unit in seen.read(all_units).values():
        if unit.state in (LAPSED, DISSOLVED) and all(e.leaves != unit.state for e in events.get(unit.id, ())):
            words = _("状态是“%(state)s”，没有登记从什么时候起")
            yield unit.found(words % {"state": Unit.State(unit.state).label})


def stalled_long(seen: Inspection) -> Iterator[Offender]:
    """Yield the groups that stalled years ago and neither work again nor were dissolved."""
    events, limit = seen.read(all_events), rules.years_before(seen.day, STALLED_YEARS).isoformat()
    for unit in seen.read(living_groups):
        newest = _newest(events.get(unit.id, []))
        if unit.state == NORMAL or newest is None or newest.leaves != LAPSED:
            continue
        if rules.is_before(newest.on, limit):
            yield unit.found(_("%(on)s 停滞，至今没有恢复、重组或撤销") % {"on": day(newest.on)})


def stalled_but_active(seen: Inspection) -> Iterator[Offender]:
    """Yield the stalled groups with an activity after the day on which they stalled: perhaps they work again."""
    events, last = seen.read(all_events), seen.read(last_activities)
    for unit in seen.read(living_groups):
        newest, done = _newest(events.get(unit.id, [])), last.get(unit.id)
        if unit.state != LAPSED or newest is None or newest.leaves != LAPSED or done is None:
            continue
        if rules.is_before(newest.on, done.isoformat()):
            yield unit.found(_("%(on)s 停滞，%(last)s 又有活动记录") % {"on": day(newest.on), "last": day(done)})


_TIES: tuple[tuple[Callable[[Inspection], dict[int, list[tuple[Any, ...]]]], Any], ...] = (
    (open_hosts, gettext_lazy("挂靠单位")),
    (open_bodies, gettext_lazy("领导单位")),
    (open_areas, gettext_lazy("服务区域")),
    (open_venues, gettext_lazy("阵地")),
)


def closed_with_ties(seen: Inspection) -> Iterator[Offender]:
    """Yield the dissolved units that still sit at a host unit, are led, serve an area or have a venue."""
    for unit in seen.read(closed_units):
        held = [str(word) for reading, word in _TIES if unit.id in seen.read(reading)]
        if held:
            yield unit.found(_("已撤销，还登记着：%(ties)s") % {"ties": _("、").join(held)})


def without_successor(seen: Inspection) -> Iterator[Offender]:
    """Yield the units dissolved by merging or splitting of which nobody says into which others they went."""
    events, went_on = seen.read(all_events), seen.read(predecessors)
    for unit in seen.read(closed_units):
        newest = _newest(events.get(unit.id, []))
        if newest is not None and newest.kind in ("merge", "split") and unit.id not in went_on:
            told = {"on": day(newest.on), "event": newest.word}
            yield unit.found(_("%(on)s %(event)s，没有登记由哪个组织承接") % told)


def renamed_before_founding(seen: Inspection) -> Iterator[Offender]:
    """Yield the units that had another name or kind only until a day before their founding."""
    until = seen.read(former_until)
    for unit in in_order(seen, until):
        first = until[unit.id].isoformat()
        if rules.is_before(first, unit.founded):
            told = {"day": day(first), "founded": day(unit.founded)}
            yield unit.found(_("曾用名用到 %(day)s，早于成立时间 %(founded)s") % told)


def area_ceased(seen: Inspection) -> Iterator[Offender]:
    """Yield the living units that serve a division which is no more."""
    areas = seen.read(open_areas)
    for unit in seen.read(living_groups):
        gone = [name for _pk, name, until in areas.get(unit.id, ()) if until is not None and until <= seen.day]
        if gone:
            yield unit.found(_("服务区域“%(area)s”已经撤销或改设") % {"area": gone[0]})


CHECKS = (
    Check(
        "life.event_before_founding", gettext_lazy("沿革早于成立"), Severity.MEND,
        gettext_lazy("组织成立以前不会有停滞、重组、恢复，按日期查看时这个组织的状态会算错。"),
        gettext_lazy("请核对两个日期，更正填错的一个。"), event_before_founding, "shell:recorded", Orgs.EDIT,
    ),
    Check(
        "life.state_differs", gettext_lazy("状态与沿革不一致"), Severity.MEND,
        gettext_lazy("状态是正常还是停滞，决定它计不计入覆盖；和沿革不一致时，今天的数字和过去的数字对不上。"),
        gettext_lazy("请补登漏掉的事项（停滞、恢复、重组或撤销），或更正、撤回登记错的，状态会随之改正。"),
        state_differs, "shell:recorded", Orgs.EDIT,
    ),
    Check(
        "life.without_successor", gettext_lazy("合并拆分后没有承接"), Severity.MEND,
        gettext_lazy("合并、拆分后由谁承接没有登记，原来的成员、经费和记录就找不到下落。"),
        gettext_lazy("请撤回这次合并或拆分，重新办理，并选择承接的组织。"), without_successor, "shell:unit", Orgs.VIEW,
    ),
    Check(
        "life.renamed_before_founding", gettext_lazy("曾用名早于成立"), Severity.LOOK,
        gettext_lazy("组织成立以前不会更名，成立时间和更名日期至少有一个不对。"),
        gettext_lazy("请核对成立时间；成立时间填晚了，请改正。"), renamed_before_founding, "orgs:edit", Orgs.EDIT,
    ),
    Check(
        "life.founding_missing", gettext_lazy("没有成立时间"), Severity.LOOK,
        gettext_lazy("不知道从什么时候起有这个组织，查看过去某天的组织时只能当它一直存在。"),
        gettext_lazy("请按批复文件填写成立时间，只知道年份的填年份。"), founding_missing, "orgs:edit", Orgs.EDIT,
    ),
    Check(
        "life.founding_uncounted", gettext_lazy("新成立未登记新建"), Severity.LOOK,
        gettext_lazy("“年内新建、重组、恢复”按登记的事项统计，没有登记新建就会少算。"),
        gettext_lazy("请登记“新建”事项，日期和文号按批复文件填写。"), founding_uncounted, "orgs:event", Orgs.EDIT,
    ),
    Check(
        "life.founding_differs", gettext_lazy("成立时间与新建事项不同"), Severity.LOOK,
        gettext_lazy("新建按事项日期计入年度，成立时间写在组织资料里，两处不同时年度数会引起疑问。"),
        gettext_lazy("请按批复文件核对，更正填错的一个。"), founding_differs, "shell:recorded", Orgs.EDIT,
    ),
    Check(
        "life.state_unexplained", gettext_lazy("停滞或撤销没有日期"), Severity.LOOK,
        gettext_lazy("没有登记从什么时候起停滞或撤销，过去各年的组织数会算错。"),
        gettext_lazy("请登记“停滞”或“撤销”事项，填写事情发生的日期。"), state_unexplained, "orgs:event", Orgs.EDIT,
    ),
    Check(
        "life.stalled_long", gettext_lazy("停滞三年以上"), Severity.LOOK,
        gettext_lazy("停滞的组织不联系群众，时间长了应当恢复、重组或撤销，名册才反映实际。"),
        gettext_lazy("请了解情况后登记“恢复”“重组”或“撤销”。"), stalled_long, "succession:begin", Succession.CHANGE,
    ),
    Check(
        "life.stalled_but_active", gettext_lazy("停滞后又有活动"), Severity.LOOK,
        gettext_lazy("停滞的组织不计入覆盖；如果它又开展活动，覆盖人数就少算了。"),
        gettext_lazy("已经恢复活动的，请登记“恢复”；活动记错组织的，请更正活动记录。"),
        stalled_but_active, "succession:begin", Succession.CHANGE, reads=Activities.VIEW,
    ),
    Check(
        "life.closed_with_ties", gettext_lazy("撤销后还挂着关系"), Severity.LOOK,
        gettext_lazy("撤销的组织不再挂靠单位、服务区域或使用阵地，留着会让人以为那里还有组织。"),
        gettext_lazy("请从撤销之日起结束这些关系，停用阵地或转给接续的组织。"), closed_with_ties, "orgs:links", Orgs.EDIT,
    ),
    Check(
        "life.area_ceased", gettext_lazy("服务区域已撤销"), Severity.LOOK,
        gettext_lazy("行政区划撤并后，原区域的群众归到新的区域，这个组织就没有覆盖到他们。"),
        gettext_lazy("请把服务区域改成撤并后的乡镇（街道）或社区（村）。"), area_ceased, "orgs:links", Orgs.EDIT,
    ),
)  # fmt: skip
