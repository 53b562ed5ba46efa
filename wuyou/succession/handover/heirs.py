"""The units that go on: those that a change founds, and by what each of them is known when people are sorted."""

from collections.abc import Collection
from datetime import date

from wuyou.kernel.actor import Actor
from wuyou.orgs import services as orgs
from wuyou.orgs.models import AreaServed, Hosting, Unit
from wuyou.orgs.queries import open_on
from wuyou.places.models import Division
from wuyou.succession.handover.assigning import Assignment, Ground
from wuyou.succession.handover.destinations import Destinations
from wuyou.succession.handover.links import links
from wuyou.succession.plan import NewHeir, Plan, unit_word
from wuyou.succession.steps.journal import Journal


def found(
    actor: Actor, journal: Journal, heir: NewHeir, *, like: Unit, on: date, document: str, closing: Collection[int]
) -> Unit:
    """Found a unit on the day of a change, with nothing counted as 新建: it goes on from others.

    What is not said of it is as with the old unit `like`. It may bear the name of a unit that closes in this change
    (`closing`, ids). Raises as `found_unit` does.
    """
    parent_id = heir.parent_id or like.parent_id
    new = orgs.NewUnit(
        full_name=heir.full_name,
        short_name=heir.short_name,
        kind=heir.kind or like.kind.code,
        form=heir.form,
        founded=on.isoformat(),
        approval_number=document,
        county_id=heir.county_id or like.county_id,
        hosts=heir.hosts,
        led_by=heir.led_by,
        area_ids=heir.area_ids,
    )
    unit = orgs.found_unit(actor=actor, parent_id=parent_id, new=new, newly_established=False, closing=closing)
    journal.adopt([unit])
    for link in links():
        rows = list(link.of(unit.pk).order_by("pk")) if link.model is not Unit else []
        if rows:
            journal.adopt(rows, watch=tuple(name for name in ("start", "end") if hasattr(rows[0], name)))
    return unit


def destinations(plan: Plan, on: date) -> Destinations:
    """Return where everything open goes by a plan, were it carried out on a day."""
    return Destinations(plan, on, office_of(plan), Assignment(plan, grounds(plan, on)))


def office_of(plan: Plan) -> str:
    """Return the destination of what must have an owner when nobody goes on: the office that guides the first old unit.

    "" when there is none above it.
    """
    parent_id = Unit.objects.filter(pk__in=plan.predecessors[:1]).values_list("parent_id", flat=True).first()
    return unit_word(parent_id) if parent_id is not None else ""


def grounds(plan: Plan, on: date) -> dict[str, Ground]:
    """Return by which places and host units each heir is known on a day, as destination -> `Ground`."""
    existing = plan.existing_heirs
    areas: dict[int, list[str]] = {}
    for pk, path in AreaServed.objects.filter(open_on(on), unit__in=existing).values_list("unit", "division__path"):
        areas.setdefault(pk, []).append(path)
    hosts: dict[int, list[str]] = {}
    for pk, name in Hosting.objects.filter(open_on(on), unit__in=existing).values_list("unit", "host__name"):
        hosts.setdefault(pk, []).append(name)
    told = {unit_word(pk): Ground(tuple(areas.get(pk, ())), tuple(hosts.get(pk, ()))) for pk in existing}
    for place, heir in enumerate(plan.founded):
        paths = Division.objects.filter(pk__in=heir.area_ids).values_list("path", flat=True)
        told[f"n{place}"] = Ground(tuple(paths), heir.hosts)
    return told
