"""How units are staffed on a day: posts that somebody should hold, posts held, and the end of the term."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Subquery

from wuyou.kernel.actor import Actor
from wuyou.leadership.models import RequiredPost
from wuyou.leadership.permissions import P
from wuyou.leadership.queries.seats import in_office
from wuyou.leadership.queries.terms import NEWEST, begun
from wuyou.leadership.rules import Requirement, required_of
from wuyou.orgs.models import Unit
from wuyou.platform.scoping import scope, within


def requirements() -> list[Requirement]:
    """Return how many holders of which post units of a form or kind should have."""
    rows = RequiredPost.objects.order_by("post__order", "post").values_list("form", "kind", "post__code", "number")
    return [Requirement(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who leads a unit on a day: holders by post code, whether one of them leads, and when the term in force ends.

    `required` is the number of seats that are asked for of units of its form and kind, None when nothing is said of such;
    `filled` counts holders, of each post at most as many as are asked for. `term_end` None: no end is known.
    """

    required: int | None
    filled: int
    leads: bool
    held: dict[str, int] = field(default_factory=dict)
    term_end: date | None = None

    @property
    def vacant(self) -> int:
        """The seats asked for that nobody holds; 0 when it is not known how many are asked for."""
        return max(0, (self.required or 0) - self.filled)


def staffing_by_unit(actor: Actor, *, on: date, under: str = "", permission: str = P.VIEW) -> dict[int, Staffing]:
    """Return how each grassroots unit is staffed on a day, as unit id -> `Staffing`; every unit is there. Two queries."""
    units = Unit.objects.filter(scope(actor, permission), kind__is_federation=False)
    units = units.filter(within((under,))) if under else units
    terms = begun(on).filter(unit=OuterRef("pk")).order_by(NEWEST, "-pk")
    rows = units.annotate(
        in_office=FilteredRelation("seats", condition=in_office(on, "seats__")),
        term_end=Subquery(terms.values("end_in_force")[:1]),
    ).values_list("id", "form", "kind", "term_end", "in_office__post__code", "in_office__post__leads")
    by_unit: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, *told in rows.order_by():
        by_unit.setdefault(unit_id, []).append(tuple(told))
    wanted = _wanted({(told[0][0], told[0][1]) for told in by_unit.values()})
    return {unit_id: _staffing(told, wanted[told[0][:2]]) for unit_id, told in by_unit.items()}


def _wanted(sorts: set[tuple[int | None, int]]) -> dict[tuple[int | None, int], dict[str, int] | None]:
    """Return for each form and kind that occurs how many holders of which post such a unit should have."""
    rows = requirements()
    return {(form_id, kind_id): required_of(rows, form_id=form_id, kind_id=kind_id) for form_id, kind_id in sorts}


def _staffing(rows: list[tuple[Any, ...]], wanted: dict[str, int] | None) -> Staffing:
    held: dict[str, int] = {}
    for *_unit, code, _leads in rows:
        if code is not None:
            held[code] = held.get(code, 0) + 1
    counted = held.items() if wanted is None else ((code, min(n, wanted.get(code, 0))) for code, n in held.items())
    filled = sum(number for _code, number in counted)
    required = None if wanted is None else sum(wanted.values())
    return Staffing(required, filled, any(row[-1] for row in rows), held, rows[0][2])
