"""The composition of leaderships as a table: the numbers of the page, hidden where they are hidden there."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.leadership import presenting, queries
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.platform.exports.tables import Columns, Export, ExportColumn, Kind
from wuyou.platform.presentation import percent


def columns(_actor: Actor) -> Columns:
    """Return the columns: level, persons, and of each trait the number, the share and how many are not known."""
    found = [ExportColumn(gettext_lazy("级别")), ExportColumn(gettext_lazy("任职人数"), Kind.WHOLE)]
    for word in presenting.TRAIT_WORDS.values():
        found += [
            ExportColumn(word),
            ExportColumn(_("%(trait)s占比") % {"trait": word}),
            ExportColumn(_("%(trait)s未登记") % {"trait": word}),
        ]
    return tuple(found)


def composition_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the lines of the page, the total last; of a hidden number neither it nor its share."""
    _office, actor = orgs.looking_from(actor, asked.get("office", ""))
    for line in queries.composition(actor, on=clock.today()):
        row: list[Any] = [str(presenting.level_word(line.level)), line.people]
        for yes, unknown in line.traits.values():
            share = percent(yes.number, line.people) if yes.number is not None else ""
            row += [presenting.number_word(yes), share, presenting.number_word(unknown)]
        yield row


EXPORTS = [
    Export(
        "leadership.composition", gettext_lazy("班子构成"), columns, composition_rows, P.VIEW, personal=False,
        page="leadership:composition",
    )
]  # fmt: skip
