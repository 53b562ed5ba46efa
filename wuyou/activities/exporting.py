"""The list of activity records as a table."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.activities import queries
from wuyou.activities.forms import ActivityQueryForm
from wuyou.activities.permissions import P
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.platform.exports.tables import Export, ExportColumn, Kind

COLUMNS = (
    ExportColumn(_("日期"), Kind.DAY),
    ExportColumn(_("组织")),
    ExportColumn(_("类型")),
    ExportColumn(_("主题")),
    ExportColumn(_("参加人数"), Kind.WHOLE),
    ExportColumn(_("领导参加"), Kind.YES_NO),
    ExportColumn(_("费用（元）"), Kind.MONEY),
)


def activity_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the records of the list, newest first, as it was narrowed."""
    _office, actor = orgs.looking_from(actor, asked.get("office", ""))
    by = ActivityQueryForm(asked).narrowed(asked.get("unit", ""), asked.get("leaders", ""))
    for one in queries.activity_rows(actor, by):
        yield [
            one.on, one.unit.short_name, one.get_kind_display(), one.topic, one.present, one.leaders_present,
            one.cost_fen,
        ]  # fmt: skip


EXPORTS = [
    Export(
        "activities.activities", _("活动记录"), COLUMNS, activity_rows, P.VIEW, personal=False, page="activities:list"
    )
]
