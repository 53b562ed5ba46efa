"""Reading terms of office."""

from datetime import date

from django.db.models import F, Q

from wuyou.kernel.actor import Actor
from wuyou.leadership.models import Term
from wuyou.leadership.permissions import P
from wuyou.leadership.queries.seats import below
from wuyou.platform.scoping import allowed, scope

NEWEST = F("end").desc(nulls_last=True)
"""The term that ends last comes first, one without an end last, on both engines."""


def term(actor: Actor, term_id: int, *, needs: str = P.VIEW) -> Term:
    """Return one term with its unit. Raises NotFound, or Forbidden when only the right lacks."""
    found = Term.objects.filter(scope(actor, P.VIEW, "unit__path"), pk=term_id)
    return allowed(found.select_related("unit").first(), actor, needs)


def term_for_update(actor: Actor, term_id: int, *, needs: str) -> Term:
    """Return one term, locked until the transaction ends. Raises as `term` does."""
    term(actor, term_id, needs=needs)
    return Term.objects.select_for_update(of=("self",)).select_related("unit").get(pk=term_id)


def current_terms(actor: Actor, *, on: date, under: str = "") -> dict[int, Term]:
    """Return each unit's newest term that had begun by a day, as unit id -> term."""
    begun = Term.objects.filter(scope(actor, P.VIEW, "unit__path")).filter(Q(start=None) | Q(start__lte=on))
    oldest_first = begun.filter(below(under)).order_by(
        F("end").asc(nulls_first=True), "pk"
    )  # as `staffing_by_unit` has it
    return {term.unit_id: term for term in oldest_first}


def terms(actor: Actor, unit_id: int) -> list[Term]:
    """Return a unit's terms, newest first; none for a unit that is not the actor's."""
    return list(Term.objects.filter(scope(actor, P.VIEW, "unit__path"), unit=unit_id).order_by(NEWEST, "-pk"))
