"""What is to be seen of each unit's leadership: its term, posts that nobody holds, long tenures, several posts in one hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wuyou.kernel.actor import Actor
from wuyou.leadership.models import Measures, Post, Seat
from wuyou.leadership.permissions import P
from wuyou.leadership.queries.staffing import requirements
from wuyou.leadership.queries.terms import TermOn, begun, measures, told
from wuyou.leadership.rules import (
    Reminder,
    Span,
    holders_on,
    is_over,
    reminder,
    required_of,
    tenure_begins,
    terms_in_row,
    vacant_since,
)
from wuyou.orgs.models import Unit
from wuyou.platform.scoping import scope


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post of which a unit lacks so many holders, and since when; None = it was never filled as far as is known."""

    post: str
    number: int
    since: date | None


@dataclass(frozen=True, slots=True)
class LongTenure:
    """Somebody who has held a leading post for so many terms in a row, more than the office finds usual."""

    name: str
    post: str
    terms: int


@dataclass(frozen=True, slots=True)
class Concurrent:
    """Somebody who holds several posts of a unit, or leads others besides; `others` are the other posts, as words."""

    name: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """One unit's leadership on a day. `term` None: no term is registered; `stayed` are who lead it after its term is over."""

    unit: Unit
    term: TermOn | None
    near: Reminder
    vacancies: tuple[Vacancy, ...]
    long: tuple[LongTenure, ...]
    concurrent: tuple[Concurrent, ...]
    stayed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Holding:
    unit_id: int
    unit: str
    post: str
    post_name: str
    leads: bool
    person_id: int
    name: str
    span: Span


def outlooks(actor: Actor, *, on: date) -> list[Outlook]:
    """Return what is to be seen of the leadership of each unit that was not dissolved, offices first, then by pinyin.

    Of posts in several units only those are told that lie where the actor may look. Six queries.
    """
    units = Unit.objects.filter(scope(actor, P.VIEW)).exclude(state=Unit.State.DISSOLVED).select_related("county")
    terms: dict[int, list[TermOn]] = {}
    for term in begun(on).filter(scope(actor, P.VIEW, "unit__path")).order_by("end_in_force", "pk"):
        terms.setdefault(term.unit_id, []).append(told(term))
    holdings = _holdings(actor)
    concurrent = _concurrent(holdings, on)
    known = _Known(on, measures(), dict(Post.objects.values_list("code", "name")))
    rows = requirements()
    return [
        known.outlook(
            unit,
            required_of(rows, form_id=unit.form_id, kind_id=unit.kind_id) or {},
            terms.get(unit.pk, []),
            holdings.get(unit.pk, []),
            concurrent.get(unit.pk, ()),
        )
        for unit in units.order_by("-kind__is_federation", "pinyin", "id")
    ]


def _holdings(actor: Actor) -> dict[int, list[_Holding]]:
    """Return every seat of the actor's units, past ones among them, as unit id -> seats by rank."""
    rows = Seat.objects.filter(scope(actor, P.VIEW, "unit__path")).order_by("post__order", "position", "pk")
    names = ("unit_id", "unit__short_name", "post__code", "post__name", "post__leads", "person_id", "person__name")
    found: dict[int, list[_Holding]] = {}
    every: Any = rows.values_list(*names, "start", "end")
    for unit_id, unit, post, post_name, leads, person_id, name, *span in every:
        held = _Holding(unit_id, unit, post, post_name, leads, person_id, name, (span[0], span[1]))
        found.setdefault(unit_id, []).append(held)
    return found


def _concurrent(holdings: Mapping[int, list[_Holding]], on: date) -> dict[int, list[Concurrent]]:
    """Return who holds two posts of a unit, or leads several units, as unit id -> one entry a person."""
    by_person: dict[int, list[_Holding]] = {}
    for held in (held for of_unit in holdings.values() for held in of_unit if holders_on([held.span], on)):
        by_person.setdefault(held.person_id, []).append(held)
    found: dict[int, list[Concurrent]] = {}
    for seats in by_person.values():
        for unit_id in {seat.unit_id for seat in seats}:
            here = [seat for seat in seats if seat.unit_id == unit_id]
            elsewhere = [seat for seat in seats if seat.unit_id != unit_id and seat.leads]
            others = [seat.post_name for seat in here] if len(here) > 1 else []
            if any(seat.leads for seat in here):
                others += [f"{seat.unit}{seat.post_name}" for seat in elsewhere]
            if others:
                found.setdefault(unit_id, []).append(Concurrent(here[0].name, tuple(others)))
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same for every unit: the day, what the office set, and how posts are called."""

    on: date
    measures: Measures
    post_names: Mapping[str, str]

    def outlook(
        self,
        unit: Unit,
        required: Mapping[str, int],
        terms: list[TermOn],
        held: list[_Holding],
        concurrent: Iterable[Concurrent],
    ) -> Outlook:
        ended = [term for term in terms if term.end is not None]
        term = ended[-1] if ended else terms[-1] if terms else None
        end = term.end if term else None
        leading = [one for one in held if one.leads and holders_on([one.span], self.on)]
        return Outlook(
            unit, term, reminder(end, self.on), tuple(self._vacancies(required, held)),
            tuple(self._long(leading, held, terms)), tuple(concurrent),
            tuple(one.name for one in leading) if is_over(end, self.on) else (),
        )  # fmt: skip

    def _vacancies(self, required: Mapping[str, int], held: list[_Holding]) -> Iterable[Vacancy]:
        for post, number in required.items():
            spans = [one.span for one in held if one.post == post]
            lacking = number - holders_on(spans, self.on)
            if lacking > 0:
                yield Vacancy(self.post_names[post], lacking, vacant_since(number, spans, self.on))

    def _long(self, leading: list[_Holding], held: list[_Holding], terms: list[TermOn]) -> Iterable[LongTenure]:
        starts = [term.start for term in terms if term.start is not None]
        for one in leading:
            spans = [other.span for other in held if other.leads and other.person_id == one.person_id]
            begin = tenure_begins(spans, self.on)
            if begin is None:
                continue
            number = terms_in_row(begin, starts, years=self.measures.term_years, on=self.on)
            if number > self.measures.most_terms:
                yield LongTenure(one.name, one.post_name, number)
