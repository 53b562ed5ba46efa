"""班子构成: of whom the leaderships under an office consist, level by level, with small numbers hidden. No ranking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.leadership import presenting, queries
from wuyou.leadership.permissions import P
from wuyou.orgs import queries as orgs
from wuyou.platform.permissions import needs
from wuyou.platform.tables import Column, Empty, Table, Written


@needs(P.VIEW)
def composition(request: HttpRequest) -> HttpResponse:
    """Show the shares of women, youth, minorities, 新侨 and office staff among the present holders of posts."""
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    lines = queries.composition(actor, on=clock.today())
    context = {
        "office": office,
        "today": clock.today(),
        "measures": queries.measures(),
        "table": _table(lines),
    }
    return render(request, "leadership/composition.html", context)


def _table(lines: list[Any]) -> Table:
    columns = (
        Column(_("级别"), phone="name"),
        Column(_("任职人数"), "number", phone="line"),
        *(Column(label, "number", phone="line", short=label) for label in map(str, presenting.TRAIT_WORDS.values())),
    )
    rows = [_row(line) for line in lines]
    empty = Empty(_("还没有登记班子成员"), _("登记任职以后，这里统计班子成员的构成。"))
    return Table(_("班子构成"), columns, rows[:-1], empty, total=rows[-1] if rows else ())


def _row(line: Any) -> list[Written]:
    told = [presenting.with_unclear(yes, unknown, line.people) for yes, unknown in line.traits.values()]
    return [str(presenting.level_word(line.level)), line.people, *told]
