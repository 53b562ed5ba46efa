"""The people of the old units while a draft sorts them: a page of them, where each goes, and whom a list of names means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from wuyou.kernel.actor import Actor
from wuyou.kernel.personname import read_name
from wuyou.kernel.refusals import Reason, Refused
from wuyou.people import queries as people
from wuyou.people.headers import HEADERS
from wuyou.people.models import Affiliation, Person
from wuyou.platform.imports.book import Book
from wuyou.platform.imports.child import lines_of
from wuyou.platform.imports.packed import Row, text_of
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sentences import file_saying
from wuyou.platform.sealedbytes import sealed_aside
from wuyou.succession.handover import heirs
from wuyou.succession.plan import Plan, unit_word

PAGE_SIZE = 50
MOST_NAMES = 5000
_BETWEEN = re.compile(r"[、，,；;\n\r\t]+")
_HEADS = frozenset(HEADERS["name"])


def persons_of(actor: Actor, plan: Plan) -> QuerySet[Person]:
    """Return the persons who belong to an old unit or are kept by one, as far as the actor may see them."""
    member = Affiliation.objects.filter(unit__in=plan.predecessors, end=None).values("person")
    own = Q(keeper__in=plan.predecessors) | Q(pk__in=member)
    return people.visible(actor).filter(own)


def person_page(actor: Actor, plan: Plan, text: str, page: int) -> Any:
    """Return one page of the people of the old units, by pinyin, narrowed to a name."""
    found = persons_of(actor, plan).select_related("division")
    if text:
        found = found.filter(name__icontains=text)
    return Paginator(found.order_by("pinyin", "pk"), PAGE_SIZE).get_page(page)


def destinations_of(plan: Plan, on: date, persons: Sequence[Person]) -> dict[int, str]:
    """Return where each of some persons would go, as person id -> destination."""
    going = heirs.destinations(plan, on)
    ids = [person.pk for person in persons]
    found = going.persons(ids)
    home = {pk: unit_word(pk) for pk in plan.predecessors} | dict.fromkeys(plan.closing, plan.main)
    first = home[plan.predecessors[0]] if plan.predecessors else plan.main
    return {person.pk: found.get(person.pk) or home.get(person.keeper_id, first) for person in persons}


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a list of names means: the ids of those it names beyond doubt, names nobody bears, names that several bear."""

    ids: list[int]
    unknown: list[str]
    several: list[str]


def meant(actor: Actor, plan: Plan, names: Sequence[str]) -> Meant:
    """Return whom a list of names means among the people of the old units: as it is written, or as names are usually."""
    usual = {name: read_name(name).value or name for name in names}
    bearers = _bearers(actor, plan, {*usual, *usual.values()})
    found = {name: bearers.get(name) or bearers.get(usual[name], []) for name in names}
    return Meant(
        list(dict.fromkeys(ids[0] for ids in found.values() if len(ids) == 1)),
        [name for name, ids in found.items() if not ids],
        [name for name, ids in found.items() if len(ids) > 1],
    )


def _bearers(actor: Actor, plan: Plan, names: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    persons, wanted = persons_of(actor, plan), sorted(names)
    for start in range(0, len(wanted), 500):
        rows = persons.filter(name__in=wanted[start : start + 500]).order_by("pk").values_list("pk", "name")
        for pk, name in rows:
            found.setdefault(name, []).append(pk)
    return found


def names_in(text: str, sheet: Any) -> list[str]:
    """Return the names that were typed and those of a workbook, each once. Raises Refused."""
    names = _BETWEEN.split(text)
    if sheet is not None:
        names += _names_of_sheet(sheet)
    found = [name for name in dict.fromkeys(map(str.strip, names)) if name]
    if not found:
        raise Refused(Reason("没有找到姓名，什么都没有改动；请核对名单，或直接把姓名贴在上面。", "names"))
    if len(found) > MOST_NAMES:
        text = "名单超过 {most} 人，什么都没有改动；请分几次上传。"
        raise Refused(Reason(text, "names", words={"most": MOST_NAMES}))
    return found


def _names_of_sheet(sheet: Any) -> list[str]:
    """Return the cells under the head 姓名 of a workbook, or those of the first column where there is no such head."""
    try:
        with Book(sheet.name, sealed_aside(lines_of(sheet))) as book:
            return [name for one in book.sheets for name in _column(book.rows(one))]
    except FileRefused as refusal:
        raise Refused(Reason("{why}", "sheet", words={"why": file_saying(refusal)})) from None


def _column(rows: Iterable[Row]) -> list[str]:
    place, found, first = None, [], []
    for row in rows:
        cells = [text_of(cell).strip() for cell in row.cells]
        head = next((n for n, cell in enumerate(cells) if "".join(cell.split()) in _HEADS), None)
        if place is None and head is not None:
            place = head
        elif place is not None:
            found += cells[place : place + 1]
        else:
            first += cells[:1]
    return found if place is not None else first
