"""The advice which form of organisation fits a number of people, in words: why, and by which row of the threshold table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wuyou.orgs import queries


@dataclass(frozen=True, slots=True)
class Advice:
    """The form advised (its code and row of the table), whether the unit has it, and the sentence why."""

    code: str
    row_id: int
    agrees: bool
    sentence: str


def of_form(people: int | None, has: str = "", has_name: str = "") -> Advice | None:
    """Return the advice for a number of people; None when the number is not known or the table says nothing for it.

    `has` and `has_name` are the form that the unit has now, "" for none. It is advice and never a must.
    """
    found = queries.advised_form(people)
    if found is None:
        return None
    size = _size(found.min_people, found.below)
    words = {"people": people, "form": found.name, "size": size, "source": found.source, "has": has_name}
    if found.code == has:
        return Advice(found.code, found.id, True, _("%(people)d 人，用“%(form)s”与人数标准（%(size)s）相符。") % words)
    sentence = _("%(people)d 人，按人数标准（%(size)s）建议用“%(form)s”。") % words
    if has_name:
        sentence += _("现在登记的是“%(has)s”。") % words
    if found.source:
        sentence += _("依据：%(source)s。") % words
    return Advice(found.code, found.id, False, sentence)


def _size(least: int, below: int | None) -> str:
    if below is None:
        return _("%(least)d 人起") % {"least": least}
    if not least:
        return _("不到 %(below)d 人") % {"below": below}
    return _("%(least)d—%(most)d 人") % {"least": least, "most": below - 1}
