"""What a unit's leadership adds to its history: terms that began, terms put off, who came and went between elections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel.actor import Actor
from wuyou.leadership import queries
from wuyou.leadership.models import Seat
from wuyou.platform.presentation import day


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that befell a unit's leadership on a day, by a document ("" = none is known)."""

    on: date
    title: str
    document: str = ""


_CAME = {"co_option": gettext_lazy("增补%(name)s为%(post)s"), "by_election": gettext_lazy("补选%(name)s为%(post)s")}
_WENT = {"resigned": gettext_lazy("%(name)s辞去%(post)s"), "removed": gettext_lazy("免去%(name)s%(post)s")}


def happenings(actor: Actor, unit_id: int, terms: Sequence[queries.TermOn], seats: Iterable[Seat]) -> list[Happening]:
    """Return what befell the leadership of a unit with these terms and seats, past ones among them, in no order.

    Extensions are asked for only where one moved the end of a term.
    """
    found = [
        Happening(term.start, _("第 %(number)d 届任期开始") % {"number": term.number})
        for term in terms
        if term.start is not None and term.number
    ]
    found += [
        Happening(one.approved_on, _("批准延期换届到 %(day)s") % {"day": day(one.until)}, one.document)
        for one in (queries.extensions(actor, unit_id) if any(t.end != t.first_end for t in terms) else ())
    ]
    for seat in seats:
        who = {"name": seat.person.name, "post": seat.post.name}
        if seat.start is not None and seat.came in _CAME:
            found.append(Happening(seat.start, str(_CAME[seat.came]) % who, seat.came_document))
        if seat.end is not None and seat.went in _WENT:
            found.append(Happening(seat.end, str(_WENT[seat.went]) % who, seat.went_document))
    return found
