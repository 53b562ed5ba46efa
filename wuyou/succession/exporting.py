"""The list of persons who must be told that another unit keeps their data now: names, units, and room to note the telling."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.actor import Actor
from wuyou.people import queries as people
from wuyou.people.permissions import P as PeopleP
from wuyou.platform.exports.tables import Export, ExportColumn, Kind
from wuyou.succession import drafts
from wuyou.succession.papers.case import persons_handed_over

COLUMNS = (
    ExportColumn(_("姓名")),
    ExportColumn(_("原组织")),
    ExportColumn(_("承接组织")),
    ExportColumn(_("告知方式"), width=14),
    ExportColumn(_("告知日期"), Kind.DAY, width=14),
    ExportColumn(_("备注"), width=20),
)


def person_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield who must be told of the change that `asked` names, by pinyin; the last three columns are to be filled in.

    Nobody but whom the actor may export is among them. Raises NotFound, Forbidden.
    """
    typed = asked.get("change", "")
    if not typed.isdigit():
        return
    draft = drafts.draft(actor, int(typed))
    going = persons_handed_over(draft)
    names = {pk: unit.short_name for pk, unit in draft.units.items()}
    for pk, name in people.names_by_pinyin(actor, going, permission=PeopleP.EXPORT):
        unit_id, keeper = going[pk]
        yield [name, names.get(unit_id, ""), keeper, None, None, None]


EXPORTS = [
    Export(
        "succession.persons", _("需要告知的人员"), COLUMNS, person_rows, PeopleP.EXPORT, personal=True,
        page="succession:list", note=_("只有姓名和组织；告知后请把方式和日期填在表里。"),
    )
]  # fmt: skip
