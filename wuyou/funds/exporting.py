"""The list of fund entries as a table."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.funds import queries
from wuyou.funds.forms import EntryQueryForm
from wuyou.funds.permissions import P
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.platform.exports.tables import Export, ExportColumn, Kind

COLUMNS = (
    ExportColumn(_("日期"), Kind.DAY),
    ExportColumn(_("组织")),
    ExportColumn(_("收支")),
    ExportColumn(_("金额（元）"), Kind.MONEY),
    ExportColumn(_("资金来源")),
    ExportColumn(_("用途")),
    ExportColumn(_("凭证号")),
)


def entry_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the entries of the list, newest first, as it was narrowed."""
    _office, actor = orgs.looking_from(actor, asked.get("office", ""))
    by = EntryQueryForm(asked, actor=actor).narrowed(asked.get("unit", ""))
    for one in queries.entry_rows(actor, by):
        yield [
            one.on, one.unit.short_name, one.get_direction_display(), one.amount_fen,
            one.source.name if one.source else None, one.purpose, one.voucher,
        ]  # fmt: skip


EXPORTS = [Export("funds.entries", _("经费记录"), COLUMNS, entry_rows, P.VIEW, personal=False, page="funds:list")]
