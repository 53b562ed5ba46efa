"""At which host units a unit sits, which bodies lead it, whom it serves: each from a day until a day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from wuyou.kernel import pinyin
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries
from wuyou.orgs.models import Hosting, HostUnit
from wuyou.orgs.permissions import P
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
