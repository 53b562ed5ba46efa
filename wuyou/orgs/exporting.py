"""The list of units as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries
from wuyou.orgs.event_forms import EventQueryForm
from wuyou.orgs.figures import NONE, STATES
from wuyou.orgs.forms import UnitQueryForm
from wuyou.orgs.permissions import P
from wuyou.orgs.target_sheets import PROGRESS
from wuyou.places import queries as places
from wuyou.platform.asof import as_of
from wuyou.platform.exports.tables import Export, ExportColumn, Kind
from wuyou.platform.figures import units_behind

COLUMNS = (
    ExportColumn(gettext_lazy("全称")),
    ExportColumn(gettext_lazy("简称")),
    ExportColumn(gettext_lazy("类型")),
    ExportColumn(gettext_lazy("组织形式")),
    ExportColumn(gettext_lazy("状态")),
    ExportColumn(gettext_lazy("县区")),
    ExportColumn(gettext_lazy("上级侨联")),
    ExportColumn(gettext_lazy("挂靠单位")),
    ExportColumn(gettext_lazy("成立时间")),
    ExportColumn(gettext_lazy("批复文号")),
    ExportColumn(gettext_lazy("有学习制度"), Kind.YES_NO),
)


def unit_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the units of the list, in its order, as it was narrowed, of the day for which it is read."""
    office, looking = queries.looking_from(actor, asked.get("office", ""))
    by = UnitQueryForm(asked, counties=places.counties(settings.WUYOU_HOME_DIVISION)).narrowed()
    behind = units_behind(looking, asked)
    day = behind.asked.as_of if behind is not None else as_of(asked).day
    if behind is not None:
        by = replace(by, only=tuple(behind.units), include_dissolved=True)
    if day < clock.today():
        under = office.pk if office is not None and behind is None else None
        return _rows_then(actor, queries.listed_on(actor, by, on=day, office=under), day)
    return _rows_now(looking, by)


def _rows_now(actor: Actor, by: queries.UnitFilter) -> Iterator[list[Any]]:
    hosts = queries.host_names(actor, on=clock.today())
    for unit in queries.unit_rows(actor, by):
        yield [
            unit.full_name, unit.short_name, unit.kind.name, unit.form.name if unit.form else _("未登记"),
            unit.get_state_display(), unit.county.name if unit.county else None,
            unit.parent.short_name if unit.parent else None, "、".join(hosts.get(unit.pk, ())), unit.founded,
            unit.approval_number, unit.has_study_rules,
        ]  # fmt: skip


def _rows_then(actor: Actor, units: list[queries.UnitThen], day: date) -> Iterator[list[Any]]:
    """Yield the rows of a day of the past; approval number and study rules are today's, as their past is not kept."""
    hosts, kept = queries.host_names(actor, on=day), queries.undated(actor)
    states = dict(STATES)
    for unit in units:
        yield [
            unit.full_name, unit.short_name, unit.kind_name, unit.form_name or _("未登记"),
            str(states[unit.state or NONE]), unit.county or None, unit.parent_name or None,
            "、".join(hosts.get(unit.id, ())), unit.founded, *kept.get(unit.id, ("", None)),
        ]  # fmt: skip


EVENT_COLUMNS = (
    ExportColumn(gettext_lazy("日期")),
    ExportColumn(gettext_lazy("组织")),
    ExportColumn(gettext_lazy("当时指导的侨联")),
    ExportColumn(gettext_lazy("组织类型")),
    ExportColumn(gettext_lazy("事项")),
    ExportColumn(gettext_lazy("文号")),
)


def event_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the events of the list, as it was narrowed, of the units that the actor may see today."""
    _office, looking = queries.looking_from(actor, asked.get("office", ""))
    found = queries.narrowed_events(looking, EventQueryForm(asked, actor=looking).narrowed())
    names = queries.short_names({guide for one in found for guide in one.guides[1:2]})
    for one in found:
        if queries.may_open(actor, one):
            event, guide = one.event, next((names[guide] for guide in one.guides[1:2]), None)
            yield [event.on, event.unit.full_name, guide, one.kind.name, event.get_kind_display(), event.document]


EXPORTS = [
    Export("orgs.units", gettext_lazy("组织列表"), COLUMNS, unit_rows, P.VIEW, personal=False, page="shell:units"),
    Export(
        "orgs.events", gettext_lazy("组织事项"), EVENT_COLUMNS, event_rows, P.VIEW, personal=False, page="shell:events"
    ),
    PROGRESS,
]
