"""The list of persons as a table: what the actor may read of each, and nothing that identifies beyond name and contact.

Identity numbers, health and hardship never leave the house by this road, whoever asks.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.people import queries
from wuyou.people.forms import PersonQueryForm, at_groups
from wuyou.people.permissions import P
from wuyou.platform.exports.tables import Columns, Export, ExportColumn

_OPEN = (
    ExportColumn(_("姓名")),
    ExportColumn(_("性别")),
    ExportColumn(_("侨情类别")),
    ExportColumn(_("申报身份")),
    ExportColumn(_("认定身份")),
    ExportColumn(_("所在地")),
    ExportColumn(_("登记单位")),
)
_CONTACT = (ExportColumn(_("电话")), ExportColumn(_("住址")))


def columns(actor: Actor) -> Columns:
    """Return the columns that the actor may read somewhere."""
    return (*_OPEN, *_CONTACT) if actor.can(P.READ_CONTACT) else _OPEN


def person_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the persons of the list, by pinyin, as it was narrowed; contacts where the actor may read them."""
    _office, actor = orgs.looking_from(actor, asked.get("office", ""))
    form = PersonQueryForm(asked)
    by = at_groups(form.narrowed(asked.get("unit", ""), ""), form, actor)
    with_contacts = actor.can(P.READ_CONTACT)
    for person in queries.person_rows(actor, by):
        place = person.division.name if person.division else None
        row = [
            person.name, person.get_sex_display() if person.sex else None, person.category, person.claimed_status,
            person.certified_status, place, person.keeper.short_name,
        ]  # fmt: skip
        if with_contacts:
            may = actor.can(P.READ_CONTACT, person.keeper.path)
            row += [person.phone, person.address] if may else [None, None]
        yield row


EXPORTS = [
    Export(
        "people.persons", _("成员名单"), columns, person_rows, P.EXPORT, personal=True, page="people:list",
        note=_("身份证号、出生日期、健康和困难情况不在导出的表格里。"),
    )
]  # fmt: skip
