"""At which host units a unit sits, which bodies lead it, whom it serves: each from a day until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuyou.kernel import clock, pinyin
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Conflict, Difference, Reason, Refused
from wuyou.orgs import queries, rules
from wuyou.orgs.models import Hosting, HostUnit, Unit
from wuyou.orgs.permissions import P
from wuyou.orgs.rules import Key
from wuyou.places.models import Division
from wuyou.platform import audit
from wuyou.platform.service import service


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


@dataclass(frozen=True, slots=True)
class Links:
    """Which bodies lead a unit, at which host units it sits, which divisions it serves (ids)."""

    led_by: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    area_ids: tuple[int, ...] = ()


@service
def link_unit(*, actor: Actor, unit_id: int, links: Links, on: date, seen: int | None = None) -> Unit:
    """Let a unit be led, hosted and serve as told from a day on: what is left out ends, what is new begins that day.

    Rows of the past stay as they are; the same told again changes nothing.
    Raises: NotFound, Forbidden, Conflict (somebody else changed the unit meanwhile), Refused (a day in the future or before
    the founding, an end before its beginning, an unknown division).
    """
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    ties = _ties(unit)
    wanted: dict[str, tuple[Key, ...]] = {"led_by": links.led_by, "hosts": links.hosts, "areas": links.area_ids}
    changes = {kind: rules.relinked(ties[kind], wanted[kind], on) for kind in ties}
    if not any(changes.values()):
        return unit
    names = {kind: _names_of(kind, ties[kind], wanted[kind]) for kind in ties}
    if seen is not None and seen != unit.version:
        raise Conflict(str(unit), _differences(ties, names), unit.version)
    rules.change_dated(on=on, today=clock.today(), founded=unit.founded, field="on").or_refuse()
    for kind, held in ties.items():
        rules.relinking_allowed(held, wanted[kind], on, "on").or_refuse()
    for kind, change in changes.items():
        _carry_out(unit, kind, change, on)
    unit.version += 1
    unit.save(update_fields=["version"])
    told = audit.changes({kind: _open_names(held) for kind, held in ties.items()}, names)
    audit.record(actor, "orgs.unit.linked", unit, path=unit.path, on=str(on), changes=told)
    return unit


_LABELS = {"led_by": _("领导单位"), "hosts": _("挂靠单位"), "areas": _("服务区域")}


def _ties(unit: Unit) -> dict[str, list[rules.Held]]:
    hostings = unit.hostings.select_related("host").order_by("pk")
    areas = unit.areas.select_related("division").order_by("pk")
    return {
        "led_by": [rules.Held(t.pk, t.body, t.body, t.start, t.end) for t in unit.led_by.order_by("pk")],
        "hosts": [rules.Held(t.pk, t.host.name, t.host.name, t.start, t.end) for t in hostings],
        "areas": [rules.Held(t.pk, t.division_id, t.division.name, t.start, t.end) for t in areas],
    }


def _open_names(held: Sequence[rules.Held]) -> list[str]:
    return [tie.label for tie in held if tie.end is None]


def _names_of(kind: str, held: Sequence[rules.Held], wanted: Sequence[Key]) -> list[str]:
    """Return the names of what is wanted, in that order; Refused for a division that is none."""
    if kind != "areas":
        return [str(key) for key in dict.fromkeys(wanted)]
    known = dict(Division.objects.filter(pk__in=wanted).values_list("pk", "name"))
    if set(wanted) - set(known):
        raise Refused(Reason("请从列表中选择服务区域。", "area"))
    return [known[int(key)] for key in dict.fromkeys(wanted)]


def _differences(ties: dict[str, list[rules.Held]], wanted: dict[str, list[str]]) -> tuple[Difference, ...]:
    return tuple(
        Difference(kind, str(_LABELS[kind]), "、".join(_open_names(held)), "、".join(wanted[kind]))
        for kind, held in ties.items()
        if sorted(_open_names(held)) != sorted(wanted[kind])
    )


def _carry_out(unit: Unit, kind: str, change: rules.Relinking, on: date) -> None:
    rows: Any = {"led_by": unit.led_by, "hosts": unit.hostings, "areas": unit.areas}[kind]
    rows.filter(pk__in=change.void).delete()
    rows.filter(pk__in=change.over).update(end=on)
    for key in change.begun:
        if kind == "hosts":
            rows.create(start=on, host=host_for(str(key), unit.county_id))
        else:
            rows.create(start=on, **{"body" if kind == "led_by" else "division_id": key})
