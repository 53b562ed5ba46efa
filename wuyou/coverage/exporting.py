"""Coverage as a table: the counties, the townships where people are, or the host units."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.coverage import queries
from wuyou.coverage.forms import AsOfForm, HostsForm, TownshipsForm
from wuyou.coverage.permissions import P
from wuyou.coverage.queries import PlaceRow
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.platform.exports.tables import Export, ExportColumn, Kind

_NUMBERS = (
    ExportColumn(gettext_lazy("侨界群众"), Kind.WHOLE),
    ExportColumn(gettext_lazy("已覆盖"), Kind.WHOLE),
    ExportColumn(gettext_lazy("未覆盖"), Kind.WHOLE),
    ExportColumn(gettext_lazy("组织")),
    ExportColumn(gettext_lazy("人数来源")),
    ExportColumn(gettext_lazy("统计日期"), Kind.DAY),
)
_HOST = (
    ExportColumn(gettext_lazy("单位")), ExportColumn(gettext_lazy("侨界群众"), Kind.WHOLE),
    ExportColumn(gettext_lazy("未覆盖"), Kind.WHOLE), ExportColumn(gettext_lazy("正常活动的组织"), Kind.WHOLE),
    ExportColumn(gettext_lazy("组织")), ExportColumn(gettext_lazy("截至日期"), Kind.DAY),
)  # fmt: skip
_PLACE = (ExportColumn(gettext_lazy("行政区划代码")), ExportColumn(gettext_lazy("地方")))


def county_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the counties, most people not reached first, for the day asked for."""
    _office, actor = orgs.looking_from(actor, asked.get("office", ""))
    rows = queries.county_rows(actor, settings.WUYOU_HOME_DIVISION, as_of=AsOfForm(asked).day(), names=queries.ALL)
    return ([row.division.code, row.division.name, *_numbers(row)] for row in rows)


def township_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the townships of the list, most people not reached first, for the day asked for."""
    _office, actor = orgs.looking_from(actor, asked.get("office", ""))
    form = TownshipsForm(asked)
    spread = queries.spread(actor, settings.WUYOU_HOME_DIVISION, as_of=form.day(), names=queries.ALL)
    rows = queries.townships_shown(spread.townships, form.told("show") or "")
    return ([spread.county_of(row), row.division.code, row.division.name, *_numbers(row)] for row in rows)


def host_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the host units of the list, most people not reached first, for the day asked for."""
    _office, actor = orgs.looking_from(actor, asked.get("office", ""))
    form = HostsForm(asked)
    rows = queries.hosts_shown(queries.host_rows(actor, as_of=form.day()), form.told("show") or "")
    short = orgs.names_on({unit for row in rows for unit in row.groups}, on=form.day())
    for row in rows:
        names = "、".join(sorted(short[unit] for unit in row.groups if unit in short))
        yield [row.name, row.people, row.not_reached, len(row.groups), names, form.day()]


def _numbers(row: PlaceRow) -> list[Any]:
    reach = row.reach
    source = {"declared": _("填报"), "registered": _("登记")}.get(reach.counted)
    names = "、".join(name for _pk, name in row.groups)
    return [reach.people, reach.reached, reach.not_reached, names, source, reach.counted_on]


EXPORTS = [
    Export(
        "coverage.counties", gettext_lazy("各县区覆盖情况"), (*_PLACE, *_NUMBERS), county_rows, P.VIEW, personal=False,
        page="coverage:counties",
    ),
    Export(
        "coverage.townships", gettext_lazy("各乡镇（街道）覆盖情况"),
        (ExportColumn(gettext_lazy("县区")), *_PLACE, *_NUMBERS), township_rows, P.VIEW, personal=False,
        page="coverage:townships",
    ),
    Export(
        "coverage.hosts", gettext_lazy("各单位覆盖情况"), _HOST, host_rows, P.VIEW, personal=False, page="coverage:hosts"
    ),
]  # fmt: skip
