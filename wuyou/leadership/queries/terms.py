"""Reading terms of office, with the end that is in force: the one first set, or the day an extension put it off to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.leadership.models import Measures, Term, TermExtension
from wuyou.leadership.permissions import P
from wuyou.leadership.queries.seats import below
from wuyou.platform.scoping import allowed, scope

NEWEST = F("end_in_force").desc(nulls_last=True)
"""The term that ends last comes first, one without an end last, on both engines."""


@dataclass(frozen=True, slots=True)
class TermOn:
    """A term as it stood on a day: `end` is the end then in force, `first_end` the one that was set at first."""

    pk: int
    unit_id: int
    number: int | None
    start: date | None
    end: date | None
    first_end: date | None


def ending(found: QuerySet[Term], on: date | None = None) -> Any:
    """Return the terms each with `end_in_force`: with the extensions approved by a day; None = with all of them."""
    known = TermExtension.objects.filter(term=OuterRef("pk"))
    known = known if on is None else known.filter(approved_on__lte=on)
    return found.annotate(end_in_force=Coalesce(Subquery(known.order_by("-until").values("until")[:1]), F("end")))


def begun(on: date) -> Any:
    """Return the terms that had begun by a day, each with the `end_in_force` on that day."""
    return ending(Term.objects.filter(Q(start=None) | Q(start__lte=on)), on)


def term(actor: Actor, term_id: int, *, needs: str = P.VIEW) -> Term:
    """Return one term with its unit. Raises NotFound, or Forbidden when only the right lacks."""
    found = Term.objects.filter(scope(actor, P.VIEW, "unit__path"), pk=term_id)
    return allowed(found.select_related("unit").first(), actor, needs)


def term_for_update(actor: Actor, term_id: int, *, needs: str) -> Term:
    """Return one term, locked until the transaction ends. Raises as `term` does."""
    term(actor, term_id, needs=needs)
    return Term.objects.select_for_update(of=("self",)).select_related("unit").get(pk=term_id)


def end_in_force(term_id: int) -> date | None:
    """Return when a term ends with all its extensions; None when no end is known."""
    end: date | None = ending(Term.objects.filter(pk=term_id)).values_list("end_in_force", flat=True).get()
    return end


def current_terms(actor: Actor, *, on: date, under: str = "") -> dict[int, TermOn]:
    """Return each unit's newest term that had begun by a day, as it stood on that day, as unit id -> term."""
    found = begun(on).filter(scope(actor, P.VIEW, "unit__path"), below(under))
    oldest_first = found.order_by(F("end_in_force").asc(nulls_first=True), "pk")  # as `staffing_by_unit` has it
    return {term.unit_id: term for term in map(told, oldest_first)}


def terms(actor: Actor, unit_id: int, *, on: date | None = None) -> list[TermOn]:
    """Return a unit's terms, newest first, with the extensions approved by a day; none for a unit that is not the actor's.

    None as `on` means with all extensions.
    """
    found = ending(Term.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id), on)
    return [told(term) for term in found.order_by(NEWEST, "-pk")]


def told(term: Any) -> TermOn:
    """Return what is told of a term that has its `end_in_force`."""
    return TermOn(term.pk, term.unit_id, term.number, term.start, term.end_in_force, term.end)


def extensions(actor: Actor, unit_id: int) -> list[TermExtension]:
    """Return by what a unit's terms were extended, with the term, the newest first; none for a unit that is not his."""
    found = TermExtension.objects.filter(scope(actor, P.VIEW, "term__unit__path"), term__unit=unit_id)
    return list(found.select_related("term").order_by("-until", "-pk"))


def extension(actor: Actor, extension_id: int, *, needs: str = P.VIEW) -> TermExtension:
    """Return one extension with its term and unit. Raises NotFound, or Forbidden when only the right lacks."""
    found = TermExtension.objects.filter(scope(actor, P.VIEW, "term__unit__path"), pk=extension_id)
    one = found.select_related("term__unit").first()
    if one is None:
        raise NotFound
    if not actor.can(needs, one.term.unit.path):
        raise Forbidden(needs)
    return one


def extensions_by(document: str, unit_id: int) -> dict[str, Any]:
    """Return what stands under a document already: `used_here`, a term of this unit; `used_by`, another's that does not share it.

    `used_by` tells that unit and the day of approval, empty for none.
    """
    found = TermExtension.objects.filter(document=document)
    others = found.filter(shares_document=False).exclude(term__unit=unit_id).select_related("term__unit")
    other = others.first()
    used_by = {"unit": str(other.term.unit), "day": other.approved_on} if other is not None else {}
    return {"used_here": found.filter(term__unit=unit_id).exists(), "used_by": used_by}


def measures() -> Measures:
    """Return what the office set: length of a term, how many in a row are many, until which age somebody is young."""
    return Measures.objects.first() or Measures(pk=1)
