"""Reading fund entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum

from wuyou.funds.models import DeclaredBudget, Entry, Source
from wuyou.funds.permissions import P
from wuyou.kernel.actor import Actor
from wuyou.kernel.period import ALWAYS, Period
from wuyou.orgs import queries as orgs
from wuyou.platform.scoping import allowed, scope, within

PAGE_SIZE = 50
NOT_SAID = "none"
"""The code that asks for entries of which no source is said."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What a list of entries is narrowed to; "" and None narrow nothing."""

    unit: int | None = None
    under: str = ""
    source: str = ""
    direction: str = ""
    during: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Sums:
    """What a unit received and spent in a period, in fen, with the number of entries and of sources."""

    received_fen: int = 0
    spent_fen: int = 0
    entries: int = 0
    sources: int = 0


def visible(actor: Actor, permission: str = P.VIEW) -> QuerySet[Entry]:
    """Return the entries of the units on which the actor holds the permission."""
    return Entry.objects.filter(scope(actor, permission, "unit__path"))


def entry(actor: Actor, entry_id: int, *, needs: str = P.VIEW) -> Entry:
    """Return one entry with unit and source. Raises NotFound, or Forbidden when only the right lacks."""
    return allowed(visible(actor).select_related("unit", "source").filter(pk=entry_id).first(), actor, needs)


def entry_for_update(actor: Actor, entry_id: int, *, needs: str) -> Entry:
    """Return one entry, locked until the transaction ends. Raises as `entry` does."""
    entry(actor, entry_id, needs=needs)
    return Entry.objects.select_for_update(of=("self",)).select_related("unit", "source").get(pk=entry_id)


def entry_page(actor: Actor, by: EntryFilter, page: int = 1, size: int = PAGE_SIZE) -> Any:
    """Return one page of entries with unit and source, newest first."""
    found = narrowed(visible(actor), by).select_related("unit", "source").order_by("-on", "-pk")
    return Paginator(found, size).get_page(page)


def entry_rows(actor: Actor, by: EntryFilter) -> Iterator[Entry]:
    """Yield every entry that the filter leaves, with unit and source, newest first."""
    found = narrowed(visible(actor), by).select_related("unit", "source").order_by("-on", "-pk")
    return found.iterator(chunk_size=2000)


def narrowed(found: QuerySet[Entry], by: EntryFilter) -> QuerySet[Entry]:
    """Return the entries that the filter leaves."""
    if by.during.start is not None:
        found = found.filter(on__gte=by.during.start)
    if by.during.end is not None:
        found = found.filter(on__lt=by.during.end)
    if by.unit is not None:
        found = found.filter(unit=by.unit)
    if by.under:
        found = found.filter(within((by.under,), "unit__path"))
    if by.source:
        found = found.filter(source=None) if by.source == NOT_SAID else found.filter(source__code=by.source)
    if by.direction:
        found = found.filter(direction=by.direction)
    return found


def sums_by_unit(actor: Actor, during: Period, *, under: str = "", unit_id: int | None = None) -> dict[int, Sums]:
    """Return what each unit received and spent in a period, as unit id -> `Sums`; units without an entry are absent."""
    found = narrowed(visible(actor), EntryFilter(under=under, during=during, unit=unit_id))
    rows: Any = found.values("unit_id").annotate(**_SUMS).order_by()
    return {row["unit_id"]: _sums(row) for row in rows}


def sums(actor: Actor, by: EntryFilter) -> Sums:
    """Return what was received and spent in all by the units the filter leaves."""
    return _sums(narrowed(visible(actor), by).aggregate(**_SUMS))


def received_by_source_code(actor: Actor, by: EntryFilter) -> dict[str, int]:
    """Return the fen received by source's code; "" is a source not said."""
    found = narrowed(visible(actor), by).filter(direction=Entry.Direction.RECEIVED).order_by()
    return {code or "": fen for code, fen in found.values_list("source__code").annotate(fen=Sum("amount_fen"))}


def budgets(actor: Actor, year: int, *, under: str = "") -> dict[int, DeclaredBudget]:
    """Return what each unit declared as its funds for a year, as unit id -> budget."""
    found = DeclaredBudget.objects.filter(scope(actor, P.VIEW, "unit__path"), year=year)
    if under:
        found = found.filter(within((under,), "unit__path"))
    return {budget.unit_id: budget for budget in found}


def sources() -> list[Source]:
    """Return the sources, retired ones among them, in the office's order."""
    return list(Source.objects.all())


def offered_sources(held: str = "") -> list[Source]:
    """Return the sources in use, and one that is held though retired (its code), in the office's order."""
    return list(Source.objects.filter(Q(is_active=True) | Q(code=held)))


def is_declared(code: str) -> bool:
    """Say whether some unit's declared budget names a source (by its code)."""
    named = DeclaredBudget.objects.filter(sources__contains=code).values_list("sources", flat=True)
    return any(code in sources.split(",") for sources in named)


_OWN = Q(direction__in=["received", "spent"])
"""Not what units handed over to each other: that is neither income nor spending."""

_SUMS: dict[str, Any] = {
    "received": Sum("amount_fen", filter=Q(direction="received")),
    "spent": Sum("amount_fen", filter=Q(direction="spent")),
    "number": Count("pk", filter=_OWN),
    "kinds": Count("source", distinct=True, filter=_OWN),
}


def _sums(row: dict[str, Any]) -> Sums:
    return Sums(row["received"] or 0, row["spent"] or 0, row["number"], row["kinds"])


def first_and_last_day(actor: Actor) -> tuple[date, date] | None:
    """Return the days of the oldest and the newest visible entry; None without any."""
    days = visible(actor).order_by("on").values_list("on", flat=True)
    first, last = days.first(), days.last()
    return (first, last) if first and last else None


def sums_over(actor: Actor, *periods: Period, under: str = "", permission: str = P.VIEW) -> dict[int, tuple[Sums, ...]]:
    """Return what each unit received and spent in each of some periods, as unit id -> one `Sums` a period; one query.

    A unit is there when it has an entry between the first and the last day of them all; the periods have both ends. The
    rows are summed here, which costs less than many conditional sums in the database.
    """
    found = Entry.objects.filter(
        unit__in=orgs.ids_under(actor, under, permission),
        on__gte=min(period.start for period in periods if period.start),
        on__lt=max(period.end for period in periods if period.end),
    )
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, *told in found.values_list("unit_id", "on", "direction", "amount_fen", "source_id"):
        rows.setdefault(unit_id, []).append(tuple(told))
    return {unit_id: tuple(_sums_in(period, told) for period in periods) for unit_id, told in rows.items()}


def _sums_in(period: Period, rows: Iterable[tuple[Any, ...]]) -> Sums:
    own = (Entry.Direction.RECEIVED, Entry.Direction.SPENT)
    inside = [row for row in rows if period.covers(row[0]) and row[1] in own]
    return Sums(
        received_fen=sum(row[2] for row in inside if row[1] == Entry.Direction.RECEIVED),
        spent_fen=sum(row[2] for row in inside if row[1] == Entry.Direction.SPENT),
        entries=len(inside),
        sources=len({row[3] for row in inside} - {None}),
    )


def declared_by_unit(
    actor: Actor, year: int, *, until: date, under: str = "", permission: str = P.VIEW
) -> dict[int, int]:
    """Return the fen that each unit declared, until a day, as its funds for a year, as unit id -> fen."""
    found = DeclaredBudget.objects.filter(
        unit__in=orgs.ids_under(actor, under, permission), year=year, declared_on__lte=until, amount_fen__isnull=False
    )
    return {unit_id: fen for unit_id, fen in found.values_list("unit_id", "amount_fen") if fen is not None}


def any_entry(during: Period) -> bool:
    """Say whether any unit at all has an entry of these days: whether the register was in use."""
    return narrowed(Entry.objects.all(), EntryFilter(during=during)).exists()


def entries_known(actor: Actor) -> dict[tuple[int, date, str, int, str, str, str], int]:
    """Return the entries by what makes them the same: (unit id, day, direction, fen, source code, purpose, voucher) -> id."""
    rows = visible(actor).values_list(
        "pk", "unit_id", "on", "direction", "amount_fen", "source__code", "purpose", "voucher"
    )
    return {(unit, on, way, fen, code or "", purpose, voucher): pk
            for pk, unit, on, way, fen, code, purpose, voucher in rows}  # fmt: skip
