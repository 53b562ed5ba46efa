"""Founding units and revising what stands on them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound, Reason, Refused
from wuyou.orgs import naming, queries, rules
from wuyou.orgs.models import AreaServed, Hosting, LedBy, Placement, Unit, UnitEvent, UnitForm, UnitKind
from wuyou.orgs.permissions import P
from wuyou.orgs.services.events import note_event
from wuyou.orgs.services.links import host_for
from wuyou.orgs.services.placing import hold_tree
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


@service
def found_unit(*, actor: Actor, parent_id: int | None, new: NewUnit, newly_established: bool = True,
               closing: Collection[int] = ()) -> Unit:  # fmt: skip
    """Enter a unit into the register under a parent; a newly established one gets its event 新建.

    `closing` are units that close in the same transaction: the new one may be called as one of them was.
    Raises: NotFound (no such parent in the actor's units), Forbidden, Refused (name taken, founded in the future).
    Source: yearly count of 新建 by event date (seed, 主要做法 一).
    """
    hold_tree()
    parent = queries.unit_alone(actor, parent_id, needs=P.FOUND) if parent_id is not None else None
    if parent is None and not actor.can(P.FOUND, "/"):
        raise Forbidden(P.FOUND)
    taken = queries.name_taken(new.full_name.strip(), besides=closing)
    rules.founding_allowed(full_name=new.full_name, taken=taken, founded=new.founded, today=clock.today()).or_refuse()
    unit = _enter(parent, new)
    _link(unit, new)
    if newly_established and new.founded:
        note_event(unit, UnitEvent.Kind.ESTABLISH, new.founded, new.approval_number, "", new.source_batch)
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
        kind=rules.COUNTY_FEDERATION,
        county_id=county.pk,
        source_batch=source_batch,
    )
    return found_unit(actor=actor, parent_id=parent_id, new=new, newly_established=False)


@service
def revise_unit(*, actor: Actor, unit_id: int, seen: int | None, changes: dict[str, Any]) -> Unit:
    """Change what stands on a unit itself (names, kind, form, founding, approval number, remark, study rules).

    A unit without a short name goes by its full one.
    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (unknown field, empty name or one that
    another unit bears, founded in the future, a group made an office or the other way).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    wanted = _wanted(changes)
    locking.claim(unit, seen, wanted)
    before = {name: _plain(getattr(unit, name)) for name in wanted}
    level, called = unit.kind.level, unit.full_name
    for name, value in wanted.items():
        setattr(unit, name, value)
    unit.full_name = unit.full_name.strip()
    unit.short_name = unit.short_name.strip() or unit.full_name[:60]
    rules.revision_allowed(
        full_name=unit.full_name,
        taken=unit.full_name != called and queries.name_taken(unit.full_name),
        founded=unit.founded if "founded" in wanted else "",
        same_level=unit.kind.level == level,
        earliest=_earliest(unit),
        today=clock.today(),
    ).or_refuse()
    _index(unit)
    unit.save()
    after = {name: _plain(getattr(unit, name)) for name in wanted}
    audit.record(actor, "orgs.unit.revised", unit, path=unit.path, changes=audit.changes(before, after))
    return unit


def _earliest(unit: Unit) -> str:
    """Return when the first thing befell a unit besides its founding; "" for never."""
    told = unit.events.exclude(kind=UnitEvent.Kind.ESTABLISH).order_by("on").values_list("on", flat=True)
    return told.first() or ""


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
        raise Refused(Reason("不能修改的项目：{names}。", words={"names": sorted(unknown)}))
    wanted = {name: changes[name] for name in _REVISABLE if name in changes}
    if "kind" in changes:
        wanted["kind"] = _kind(changes["kind"])
    if "form" in changes:
        wanted["form"] = UnitForm.objects.filter(code=changes["form"]).first()
    return wanted


def _index(unit: Unit) -> None:
    for name, value in naming.sort_keys(unit.short_name or unit.full_name).items():
        setattr(unit, name, value)


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
