"""What the checks found as a table: all of it, or what one check found."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.integrity import queries
from wuyou.integrity.definition import SEVERITIES, SUBJECTS
from wuyou.integrity.forms import ChecksForm
from wuyou.integrity.permissions import P
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.platform.exports.tables import Export, ExportColumn

COLUMNS = (
    ExportColumn(_("类别")), ExportColumn(_("核对项目")), ExportColumn(_("轻重")), ExportColumn(_("县区")),
    ExportColumn(_("名称")), ExportColumn(_("问题")), ExportColumn(_("怎么办")),
)  # fmt: skip


def offender_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield what the checks found today, as the page was narrowed; `check` asks for one check. Users are left out."""
    form = ChecksForm(asked, actor=actor)
    _office, actor = orgs.looking_from(actor, form.told("office"))
    day, code = clock.today(), asked.get("check", "")
    found = (
        [queries.finding(actor, code, on=day)]
        if code
        else queries.findings(actor, on=day, severity=form.told("severity"))
    )
    for one in found:
        if one.check.names_users:
            continue
        head = [str(SUBJECTS[one.check.subject]), str(one.check.name), str(SEVERITIES[one.check.severity])]
        for offender in one.offenders:
            yield [*head, offender.county, offender.label, offender.what, str(one.check.remedy)]


EXPORTS = [
    Export(
        "integrity.offenders", _("资料核对"), COLUMNS, offender_rows, P.VIEW, personal=False, page="integrity:checks",
    )
]  # fmt: skip
