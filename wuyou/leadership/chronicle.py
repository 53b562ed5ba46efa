"""What a unit's leadership adds to its history: terms that began, terms put off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wuyou.kernel.actor import Actor
from wuyou.leadership import queries
from wuyou.platform.presentation import day


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that befell a unit's leadership on a day, by a document ("" = none is known)."""

    on: date
    title: str
    document: str = ""


def happenings(actor: Actor, unit_id: int, terms: Iterable[queries.TermOn]) -> list[Happening]:
    """Return what befell the leadership of a unit with these terms, in no order; nothing of a unit that is not his."""
    found = [
        Happening(term.start, _("第 %(number)d 届任期开始") % {"number": term.number})
        for term in terms
        if term.start is not None and term.number
    ]
    found += [
        Happening(one.approved_on, _("批准延期换届到 %(day)s") % {"day": day(one.until)}, one.document)
        for one in queries.extensions(actor, unit_id)
    ]
    return found
