"""What an office does with units: found, revise, place, record events, register venues. The only writers here."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.kernel import clock, pinyin
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound, Reason, Refused
from wuyou.orgs import queries, rules
from wuyou.orgs.models import (
    AreaServed,
    Hosting,
    HostUnit,
    LedBy,
    Placement,
    Unit,
    UnitEvent,
    UnitForm,
    UnitKind,
    Venue,
)
from wuyou.orgs.permissions import P
from wuyou.places.models import Division
from wuyou.platform import audit, locking
from wuyou.platform.service import service


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What is told of a unit when it enters the register. `founded` is ISO text as precise as known."""

    full_name: str
    short_name: str = ""
    kind: str = ""
    form: str = ""
    founded: str = ""
    approval_number: str = ""
    state: str = Unit.State.NORMAL
    county_id: int | None = None
    hosts: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    area_ids: tuple[int, ...] = ()
    has_study_rules: bool | None = None
    remark: str = ""
    source_batch: Any = None


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """What is told of a venue. `area_m2` is a decimal text, None when not known."""

    name: str
    address: str = ""
    right: str = Venue.Right.UNKNOWN
    area_m2: Any = None
    is_shared: bool = False
    hours: str = ""
    start: date | None = field(default=None)


@service
def found_unit(*, actor: Actor, parent_id: int | None, new: NewUnit, newly_established: bool = True) -> Unit:
    """Enter a unit into the register under a parent; a newly established one gets its event 新建.

    Raises: NotFound (no such parent in the actor's units), Forbidden, Refused (name taken, founded in the future).
    Source: yearly count of 新建 by event date (seed, 主要做法 一).
    """
    _hold_tree()
    parent = queries.unit_alone(actor, parent_id, needs=P.FOUND) if parent_id is not None else None
    if parent is None and not actor.can(P.FOUND, "/"):
        raise Forbidden(P.FOUND)
    taken = Unit.objects.filter(full_name=new.full_name.strip()).exclude(state=Unit.State.DISSOLVED).exists()
    rules.founding_allowed(full_name=new.full_name, taken=taken, founded=new.founded, today=clock.today()).or_refuse()
    unit = _enter(parent, new)
    _link(unit, new)
    if newly_established and new.founded:
        _note_event(unit, UnitEvent.Kind.ESTABLISH, new.founded, new.approval_number, "", new.source_batch)
    audit.record(actor, "orgs.unit.founded", unit, path=unit.path, **_told(new))
    return unit


@service
def found_county_office(*, actor: Actor, parent_id: int, county_code: str, source_batch: Any = None) -> Unit:
    """Enter the federation of a county under that of its city; one that is there already is returned.

    Its day of founding is left open and nothing is counted as 新建: it existed before it was entered.
    Raises: NotFound (no such parent or county), Forbidden.
    """
    queries.unit_alone(actor, parent_id, needs=P.FOUND)
    county = Division.objects.select_related("parent").filter(code=county_code).first()
    if county is None:
        raise NotFound
    present = Unit.objects.filter(parent=parent_id, county=county, kind__is_federation=True).first()
    if present is not None:
        return present
    city = county.parent.name if county.parent else ""
    new = NewUnit(
        full_name=f"{city}{county.name}归国华侨联合会",
        short_name=f"{county.name}侨联",
        kind="county_federation",
        county_id=county.pk,
        source_batch=source_batch,
    )
    return found_unit(actor=actor, parent_id=parent_id, new=new, newly_established=False)


@service
def revise_unit(*, actor: Actor, unit_id: int, seen: int | None, changes: dict[str, Any]) -> Unit:
    """Change what stands on a unit itself (names, kind, form, founding, approval number, remark, study rules).

    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (unknown field, empty name).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    wanted = _wanted(changes)
    locking.claim(unit, seen, wanted)
    before = {name: _plain(getattr(unit, name)) for name in wanted}
    for name, value in wanted.items():
        setattr(unit, name, value)
    if not unit.full_name.strip():
        raise Refused(Reason("组织全称不能为空，没有保存；请填写全称。", "full_name"))
    _index(unit)
    unit.save()
    after = {name: _plain(getattr(unit, name)) for name in wanted}
    audit.record(actor, "orgs.unit.revised", unit, path=unit.path, changes=audit.changes(before, after))
    return unit


@service
def record_event(*, actor: Actor, unit_id: int, kind: str, on: str, document: str = "", note: str = "",
                 source_batch: Any = None) -> UnitEvent:  # fmt: skip
    """Record what befell a unit and set the state it leaves it in. A replay of the same event returns the first.

    Raises: NotFound, Forbidden, Refused (future date, before founding, not possible in this state).
    Source: design 3 §2.3; the headline counts by event date.
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    earlier = UnitEvent.objects.filter(unit=unit, kind=kind, on=on).first()
    if earlier is not None:
        return earlier
    rules.event_allowed(kind=kind, on=on, state=unit.state, founded=unit.founded, today=clock.today()).or_refuse()
    event = _note_event(unit, kind, on, document, note, source_batch)
    newest = unit.events.exclude(kind=UnitEvent.Kind.RENAME).order_by("-on", "-id").first()
    if newest == event and kind in rules.EVENT_STATE:
        unit.state = rules.EVENT_STATE[kind]
        unit.version += 1
        unit.save(update_fields=["state", "version"])
    audit.record(actor, f"orgs.unit.{kind}", unit, path=unit.path, on=on, document=document, note=note)
    return event


@service
def record_past_event(*, actor: Actor, unit_id: int, kind: str, on: str, source_batch: Any = None) -> UnitEvent:
    """Record an event of the past that a ledger tells of; the unit's state is told by the ledger, not by this event.

    `on` may be as rough as a year. A unit that has such an event in that year keeps it. Raises NotFound, Forbidden.
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    earlier = UnitEvent.objects.filter(unit=unit, kind=kind, on__startswith=on[:4]).first()
    if earlier is not None:
        return earlier
    event = _note_event(unit, kind, on, unit.approval_number if kind == "establish" else "", "", source_batch)
    audit.record(actor, f"orgs.unit.{kind}", unit, path=unit.path, on=on)
    return event


@service
def place_unit(*, actor: Actor, unit_id: int, parent_id: int, start: date) -> Unit:
    """Put a unit, with everything below it, under another federation from a day on.

    Raises: NotFound, Forbidden, Refused (under itself, before its founding, not after the present placement began).
    """
    _hold_tree()
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    parent = queries.unit_alone(actor, parent_id, needs=P.FOUND)
    rules.placing_allowed(unit_path=unit.path, parent_path=parent.path, start=start, founded=unit.founded).or_refuse()
    present = unit.placements.filter(end=None).first()
    if present is not None and present.start and present.start >= start:
        raise Refused(Reason("起始日期不晚于现有指导关系的起始日期，没有保存；请核对日期。", "start"))
    if present is not None:
        present.end = start
        present.save(update_fields=["end"])
    Placement.objects.create(unit=unit, parent=parent, start=start)
    before = unit.path
    _rebase(unit, parent)
    audit.record(actor, "orgs.unit.placed", unit, path=unit.path, before=before, parent=parent.pk, start=str(start))
    return unit


@service
def register_venue(
    *, actor: Actor, unit_id: int, facts: VenueFacts, replaces: int | None = None, source_batch: Any = None
) -> Venue:
    """Register where a unit's people meet; the venue it replaces ends on that day.

    Raises: NotFound, Forbidden, Refused (no name). Source: 有阵地 (design 3 §1: address, area, right, shared use is normal).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT_VENUE)
    if not facts.name.strip():
        raise Refused(Reason("请填写阵地名称，例如“社区侨胞之家”。", "name"))
    start = facts.start or clock.today()
    if replaces is not None:
        unit.venues.filter(pk=replaces, end=None).update(end=start)
    venue = Venue.objects.create(unit=unit, source_batch=source_batch, **asdict(facts))
    audit.record(
        actor, "orgs.venue.registered", venue, path=unit.path, unit=unit.pk, name=facts.name, right=facts.right
    )
    return venue


@service
def correct_venue(*, actor: Actor, unit_id: int, venue_id: int, changes: dict[str, Any]) -> Venue:
    """Set right what is told of a unit's venue (name, address, right, area, shared, hours); it stays the same venue.

    Raises: NotFound, Forbidden, Refused (unknown field).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT_VENUE)
    venue = unit.venues.filter(pk=venue_id).first()
    if venue is None:
        raise NotFound
    if not set(changes) <= {"name", "address", "right", "area_m2", "is_shared", "hours"}:
        raise Refused("这些项目不能在阵地上修改，没有保存。")
    before = {name: str(getattr(venue, name)) for name in changes}
    for name, value in changes.items():
        setattr(venue, name, value)
    venue.save(update_fields=list(changes))
    told = audit.changes(before, {name: str(value) for name, value in changes.items()})
    audit.record(actor, "orgs.venue.corrected", venue, path=unit.path, unit=unit.pk, changes=told)
    return venue


@service
def set_hosts(*, actor: Actor, unit_id: int, names: Sequence[str], on: date) -> tuple[list[Hosting], list[Hosting]]:
    """Let a unit sit at these host units from a day on; return (what ended, what began).

    Raises: NotFound, Forbidden.
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    present = list(unit.hostings.filter(end=None).select_related("host"))
    over = [
        hosting for hosting in present if hosting.host.name not in names and (not hosting.start or hosting.start < on)
    ]
    for hosting in over:
        hosting.end = on
        hosting.save(update_fields=["end"])
    known = {hosting.host.name for hosting in present}
    begun = [
        Hosting.objects.create(unit=unit, host=host_for(name, unit.county_id), start=on)
        for name in dict.fromkeys(names)
        if name not in known
    ]
    if over or begun:
        told = {"before": sorted(known), "after": sorted(names)}
        audit.record(actor, "orgs.unit.hosted", unit, path=unit.path, **told)
    return over, begun


def host_for(name: str, county_id: int | None) -> HostUnit:
    """Return the host unit of that name in that county, entering it when it is new; part of a running service."""
    found = HostUnit.objects.filter(name=name).filter(Q(county_id=county_id) | Q(county=None)).first()
    return found or HostUnit.objects.create(name=name, county_id=county_id, pinyin=pinyin.sort_key(name)[:300])


def _hold_tree() -> None:
    """Let one at a time change the tree's shape, so that no unit is founded under a path that is just being changed."""
    list(Unit.objects.select_for_update(of=("self",)).filter(parent=None).values_list("pk"))


def _enter(parent: Unit | None, new: NewUnit) -> Unit:
    unit = Unit(
        full_name=new.full_name.strip(),
        short_name=(new.short_name or new.full_name).strip()[:60],
        kind=_kind(new.kind),
        form=UnitForm.objects.filter(code=new.form).first() if new.form else None,
        founded=new.founded,
        approval_number=new.approval_number,
        state=new.state,
        county_id=new.county_id,
        parent=parent,
        has_study_rules=new.has_study_rules,
        remark=new.remark,
        source_batch=new.source_batch,
    )
    unit.path = f"~{unit.uid}"
    _index(unit)
    unit.save(force_insert=True)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def _link(unit: Unit, new: NewUnit) -> None:
    start = _first_day(new.founded)
    if unit.parent_id is not None:
        Placement.objects.create(unit=unit, parent_id=unit.parent_id, start=start)
    for name in dict.fromkeys(new.hosts):
        Hosting.objects.create(unit=unit, host=host_for(name, new.county_id), start=start)
    for body in dict.fromkeys(new.led_by):
        LedBy.objects.create(unit=unit, body=body, start=start)
    for area_id in dict.fromkeys(new.area_ids):
        division = Division.objects.filter(pk=area_id).first()
        if division is None:
            raise Refused(Reason("请从列表中选择服务区域。", "areas"))
        AreaServed.objects.create(unit=unit, division=division, start=start)


def _note_event(unit: Unit, kind: str, on: str, document: str, note: str, batch: Any) -> UnitEvent:
    return UnitEvent.objects.create(
        unit=unit, kind=kind, on=on, document=document, note=note, recorded_at=clock.now(), source_batch=batch
    )


def _rebase(unit: Unit, parent: Unit) -> None:
    old, fresh = unit.path, f"{parent.path}{unit.pk}/"
    below = list(Unit.objects.filter(path__under=old))
    for item in below:
        item.path = fresh + item.path[len(old) :]
    Unit.objects.bulk_update(below, ["path"], batch_size=500)
    Unit.objects.filter(pk=unit.pk).update(parent=parent, version=unit.version + 1)
    unit.refresh_from_db()


def _kind(code: str) -> UnitKind:
    kind = UnitKind.objects.filter(Q(code=code) | Q(name=code)).first()
    if kind is None:
        raise Refused(Reason("请从列表中选择组织类型。", "kind"))
    return kind


_REVISABLE = (
    "full_name",
    "short_name",
    "founded",
    "approval_number",
    "has_study_rules",
    "remark",
    "state",
    "county_id",
)


def _wanted(changes: dict[str, Any]) -> dict[str, Any]:
    unknown = set(changes) - {*_REVISABLE, "kind", "form"}
    if unknown:
        raise Refused(f"不能修改的项目：{'、'.join(sorted(unknown))}。")
    wanted = {name: changes[name] for name in _REVISABLE if name in changes}
    if "kind" in changes:
        wanted["kind"] = _kind(changes["kind"])
    if "form" in changes:
        wanted["form"] = UnitForm.objects.filter(code=changes["form"]).first()
    return wanted


def _index(unit: Unit) -> None:
    unit.pinyin = pinyin.sort_key(unit.short_name or unit.full_name)[:300]
    unit.initials = pinyin.initials(unit.short_name or unit.full_name)[:60]


def _told(new: NewUnit) -> dict[str, Any]:
    said: Sequence[str] = ("full_name", "kind", "founded", "approval_number", "hosts", "state")
    return {name: value for name, value in asdict(new).items() if name in said and value}


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value


def _first_day(founded: str) -> date | None:
    if not founded:
        return None
    return (
        date.fromisoformat((founded + "-01-01")[:10])
        if len(founded) != len("2000-01")
        else date.fromisoformat(f"{founded}-01")
    )
