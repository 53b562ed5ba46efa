"""Reading activity records."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet, Sum

from wuyou.activities.models import Activity, DeclaredNumber, Visit
from wuyou.activities.permissions import P
from wuyou.activities.rules import names_leader
from wuyou.kernel.actor import Actor
from wuyou.kernel.period import ALWAYS, Period
from wuyou.orgs import queries as orgs
from wuyou.platform.scoping import allowed, scope, within

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What a list of activities is narrowed to; "" and None narrow nothing."""

    kind: str = ""
    unit: int | None = None
    under: str = ""
    during: Period = ALWAYS
    leaders_only: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What a unit did in a period: number of records by kind, people present, with leaders, and the last day."""

    activity: int = 0
    study: int = 0
    visit: int = 0
    symposium: int = 0
    present: int = 0
    with_leaders: int = 0
    cost_fen: int = 0
    last_on: date | None = None

    @property
    def total(self) -> int:
        """All records of the period."""
        return self.activity + self.study + self.visit + self.symposium


def visible(actor: Actor, permission: str = P.VIEW) -> QuerySet[Activity]:
    """Return the records of the units on which the actor holds the permission."""
    return Activity.objects.filter(scope(actor, permission, "unit__path"))


def activity(actor: Actor, activity_id: int, *, needs: str = P.VIEW) -> Activity:
    """Return one record with its unit. Raises NotFound, or Forbidden when only the right lacks."""
    return allowed(visible(actor).select_related("unit").filter(pk=activity_id).first(), actor, needs)


def activity_page(actor: Actor, by: ActivityFilter, page: int = 1, size: int = PAGE_SIZE) -> Any:
    """Return one page of records with their units, newest first."""
    found = narrowed(visible(actor), by).select_related("unit").order_by("-on", "-pk")
    return Paginator(found, size).get_page(page)


def activity_rows(actor: Actor, by: ActivityFilter) -> Iterator[Activity]:
    """Yield every record that the filter leaves, with its unit, newest first."""
    found = narrowed(visible(actor), by).select_related("unit").order_by("-on", "-pk")
    return found.iterator(chunk_size=2000)


def narrowed(found: QuerySet[Activity], by: ActivityFilter) -> QuerySet[Activity]:
    """Return the records that the filter leaves."""
    found = _during(found, by.during)
    if by.kind:
        found = found.filter(kind=by.kind)
    if by.unit is not None:
        found = found.filter(unit=by.unit)
    if by.under:
        found = found.filter(within((by.under,), "unit__path"))
    if by.leaders_only:
        found = found.filter(leaders_present=True)
    if by.text:
        found = found.filter(Q(topic__icontains=by.text) | Q(unit__short_name__icontains=by.text))
    return found


def done_by_unit(actor: Actor, during: Period, *, under: str = "", unit_id: int | None = None) -> dict[int, Done]:
    """Return what each unit did in a period, as unit id -> `Done`; units without a record are absent."""
    found = _during(visible(actor), during)
    if under:
        found = found.filter(within((under,), "unit__path"))
    if unit_id is not None:
        found = found.filter(unit=unit_id)
    rows: Any = found.values("unit_id").annotate(**_SUMS).order_by()
    return {row["unit_id"]: _done(row) for row in rows}


def done(actor: Actor, by: ActivityFilter) -> Done:
    """Return what was done in all by the units the filter leaves."""
    return _done(narrowed(visible(actor), by).aggregate(**_SUMS))


def _kind_count(kind: str) -> Count:
    return Count("pk", filter=Q(kind=kind))


_SUMS: dict[str, Any] = {
    "n_activity": _kind_count("activity"),
    "n_study": _kind_count("study"),
    "n_visit": _kind_count("visit"),
    "n_symposium": _kind_count("symposium"),
    "n_present": Sum("present"),
    "n_leaders": Count("pk", filter=Q(leaders_present=True)),
    "n_cost": Sum("cost_fen"),
    "last": Max("on"),
}


def _done(row: dict[str, Any]) -> Done:
    return Done(
        row["n_activity"], row["n_study"], row["n_visit"], row["n_symposium"], row["n_present"] or 0, row["n_leaders"],
        row["n_cost"] or 0, row["last"],
    )  # fmt: skip


def _during(found: QuerySet[Activity], during: Period) -> QuerySet[Activity]:
    if during.start is not None:
        found = found.filter(on__gte=during.start)
    if during.end is not None:
        found = found.filter(on__lt=during.end)
    return found


def last_days(actor: Actor, unit_ids: Iterable[int], *, until: date | None = None) -> dict[int, date]:
    """Return the day of each unit's last record (until a day), as unit id -> day; units without one are absent."""
    found = visible(actor).filter(unit__in=list(unit_ids))
    if until is not None:
        found = found.filter(on__lte=until)
    return dict(found.values_list("unit_id").annotate(last=Max("on")).order_by())


def done_over(actor: Actor, *periods: Period, under: str = "", permission: str = P.VIEW) -> dict[int, tuple[Done, ...]]:
    """Return what each unit did in each of some periods, as unit id -> one `Done` a period; in one query.

    A unit is there when it did something between the first and the last day of them all. The rows are summed here: that
    costs less than putting a dozen conditional sums into words for the database, for one unit as for five thousand.
    """
    found = _during(Activity.objects.filter(unit__in=orgs.ids_under(actor, under, permission)), _hull(periods))
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, *told in found.values_list("unit_id", "on", "kind", "present", "leaders_present", "cost_fen"):
        rows.setdefault(unit_id, []).append(tuple(told))
    return {unit_id: tuple(_done_in(period, told) for period in periods) for unit_id, told in rows.items()}


def _done_in(period: Period, rows: Iterable[tuple[Any, ...]]) -> Done:
    inside = [row for row in rows if period.covers(row[0])]
    kinds = [row[1] for row in inside]
    return Done(
        activity=kinds.count("activity"),
        study=kinds.count("study"),
        visit=kinds.count("visit"),
        symposium=kinds.count("symposium"),
        present=sum(row[2] or 0 for row in inside),
        with_leaders=sum(row[3] for row in inside),
        cost_fen=sum(row[4] or 0 for row in inside),
        last_on=max((row[0] for row in inside), default=None),
    )


def last_days_until(actor: Actor, *, until: date, under: str = "", permission: str = P.VIEW) -> dict[int, date]:
    """Return the day of each unit's last record until a day, that day included, as unit id -> day."""
    found = Activity.objects.filter(unit__in=orgs.ids_under(actor, under, permission), on__lte=until)
    return dict(found.values_list("unit_id").annotate(last=Max("on")).order_by())


def named_days(actor: Actor, leaders: Collection[tuple[int, str]], during: Period) -> dict[tuple[int, str], list[date]]:
    """Return on which days of a period the records of a unit name a leader, as (unit id, name) -> days, oldest first.

    One query, and only those asked for; a leader whom no record of the unit names is absent.
    """
    names: dict[int, list[str]] = {}
    for unit_id, name in leaders:
        names.setdefault(unit_id, []).append(name)
    found: dict[tuple[int, str], list[date]] = {}
    rows = _during(visible(actor), during).filter(unit__in=list(names)).exclude(leaders="").order_by("on", "pk")
    for unit_id, on, text in rows.values_list("unit_id", "on", "leaders"):
        for name in names[unit_id]:
            if names_leader(text, name):
                found.setdefault((unit_id, name), []).append(on)
    return found


def any_record(during: Period) -> bool:
    """Say whether any unit at all has a record of these days: whether the register was in use."""
    return _during(Activity.objects.all(), during).exists()


def _hull(periods: tuple[Period, ...]) -> Period:
    starts, ends = [period.start for period in periods], [period.end for period in periods]
    return Period(
        None if None in starts else min(day for day in starts if day),
        None if None in ends else max(day for day in ends if day),
    )


def declared_numbers(actor: Actor, year: int) -> dict[int, int]:
    """Return how many activities each unit says it held in a year, as unit id -> number."""
    found = DeclaredNumber.objects.filter(scope(actor, P.VIEW, "unit__path"), year=year)
    return dict(found.values_list("unit_id", "number"))


def entries_known(actor: Actor) -> dict[tuple[int, date, str, str], int]:
    """Return the records by what makes them the same entry: (unit id, day, kind, topic) -> id."""
    rows = visible(actor).values_list("unit_id", "on", "kind", "topic", "pk")
    return {(unit_id, on, kind, topic): pk for unit_id, on, kind, topic, pk in rows}


def visits(actor: Actor, during: Period) -> QuerySet[Visit]:
    """Return the calls on persons in a period by the units that the actor may see; the day of each alone decides."""
    found = Visit.objects.filter(scope(actor, P.VIEW, "unit__path"))
    if during.start is not None:
        found = found.filter(on__gte=during.start)
    return found.filter(on__lt=during.end) if during.end is not None else found


def visit_page(actor: Actor, during: Period, page: int = 1, size: int = PAGE_SIZE) -> Any:
    """Return one page of the calls on persons in a period, with their units, newest first."""
    return Paginator(visits(actor, during).select_related("unit").order_by("-on", "-pk"), size).get_page(page)


def visits_known(actor: Actor) -> dict[tuple[int, date, str, str], int]:
    """Return the visits by what makes them the same: (unit id, day, person, occasion) -> id."""
    rows = Visit.objects.filter(scope(actor, P.VIEW, "unit__path"))
    found = rows.values_list("unit_id", "on", "person_name", "occasion", "pk")
    return {(unit_id, on, name, occasion): pk for unit_id, on, name, occasion, pk in found}
