"""Whom units reach: places and host units with people and nobody for them, units that are nowhere."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.coverage import queries as coverage
from wuyou.coverage.permissions import P as Coverage
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import NORMAL, all_units, host_rows, living_groups, open_areas, open_hosts
from wuyou.orgs.permissions import P as Orgs
from wuyou.people import queries as people
from wuyou.succession.permissions import P as Succession


def nowhere(seen: Inspection) -> Iterator[Offender]:
    """Yield the living groups that neither sit at a host unit nor serve an area."""
    hosts, areas = seen.read(open_hosts), seen.read(open_areas)
    for unit in seen.read(living_groups):
        if unit.id not in hosts and unit.id not in areas:
            yield unit.found(_("没有挂靠单位，也没有服务区域"))


def place_unserved(seen: Inspection) -> Iterator[Offender]:
    """Yield the townships where people are and no working group reaches anybody, by county and code."""
    spread = coverage.spread(seen.actor, settings.WUYOU_HOME_DIVISION, as_of=seen.day, names=0)
    for row in sorted(spread.townships, key=lambda row: row.division.code):
        if row.reach.people and not row.reach.groups:
            query = (("area", row.division.code), ("people", row.reach.not_reached))
            what = _("有侨界群众 %(people)s 人，没有组织联系") % {"people": row.reach.people}
            yield Offender(row.division.name, what, spread.county_of(row), query=query)


def host_deserted(seen: Inspection) -> Iterator[Offender]:
    """Yield the host units where people were counted and every group is dissolved or no longer works."""
    units, counted = seen.read(all_units), people.declared_at_hosts(as_of=seen.day)
    groups: dict[int, list[int]] = {}
    rows = [row for row in seen.read(host_rows) if row.unit_id in units and counted.get(row.host_id)]
    for row in rows:
        groups.setdefault(row.host_id, []).append(row.unit_id)
    for row in rows:
        told = [units[pk] for pk in groups.pop(row.host_id, ())]
        if told and all(unit.state != NORMAL for unit in told):
            what = _("有侨界群众 %(people)s 人，那里的组织都已停滞或撤销") % {"people": counted[row.host_id]}
            yield Offender(row.name, what, told[0].county_name or "", told[0].id, told[0].path, told[0].id)


CHECKS = (
    Check(
        "reach.place_unserved", gettext_lazy("有人没有组织的地方"), Severity.LOOK,
        gettext_lazy("哪里有侨界群众，组织就建到哪里；这些乡镇（街道）有群众，没有组织联系。"),
        gettext_lazy("请在那里新建组织，或让邻近的组织把它列为服务区域。"),
        place_unserved, "orgs:found", Orgs.FOUND, reads=Coverage.VIEW, keyed=False,
    ),
    Check(
        "reach.host_deserted", gettext_lazy("有人没有组织的单位"), Severity.LOOK,
        gettext_lazy("这些单位有侨界群众，原来的组织停滞或撤销以后没有人联系他们。"),
        gettext_lazy("请恢复、重组那里的组织，或由别的组织接续。"), host_deserted, "succession:begin", Succession.CHANGE,
        reads=Coverage.VIEW,
    ),
    Check(
        "reach.nowhere", gettext_lazy("没有单位也没有区域"), Severity.LOOK,
        gettext_lazy("既不挂靠单位又不服务区域的组织，不知道它联系谁，覆盖里也不算它。"),
        gettext_lazy("请登记挂靠单位或服务区域。"), nowhere, "orgs:links", Orgs.EDIT,
    ),
)  # fmt: skip
