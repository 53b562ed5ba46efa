"""What units hold together, and which figures of past year-ends a change moved."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import Q

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.platform.figures import Asked, all_figures
from wuyou.platform.handover import Balance, Carry, Move
from wuyou.succession.handover import handing
from wuyou.succession.handover.links import of_policy
from wuyou.succession.rules import Sums

FAR = date.max


def of(unit_ids: Collection[int], on: date) -> Sums:
    """Return what units hold together on a day; what is dated later counts as well."""
    kept = open_matters = 0
    for link in of_policy(Move):
        number = link.of(*unit_ids).filter(link.policy.only).count()
        if link.policy.person:
            kept += number
        else:
            open_matters += number
    members: set[int] = set()
    for link in of_policy(Carry):
        if link.policy.person:
            rows = link.of(*unit_ids).filter(Q(end=None) | Q(end__gt=on))
            members.update(rows.values_list(f"{link.policy.person}_id", flat=True))
    return Sums(kept, len(members), sum(balances_fen(unit_ids, FAR).values()), open_matters)


def balances_fen(unit_ids: Collection[int], before: date) -> dict[int, int]:
    """Return what units have left over before a day, in fen, from all tables that keep money, as unit id -> fen."""
    found = dict.fromkeys(unit_ids, 0)
    for link in of_policy(Balance):
        for pk, fen in handing.balances_fen(link, list(unit_ids), before).items():
            found[pk] += fen
    return found


def told(sums: Sums) -> dict[str, int]:
    """Return the sums as plain values."""
    return asdict(sums)


Figures = dict[tuple[int, str], dict[str, int | None]]


def figures_until(actor: Actor, on: date | None, last: date | None = None) -> Figures:
    """Return every figure of the year-ends that lie between a day and today, as (year, day) -> name -> value.

    `last` leaves out later years than its own. Empty for a day of this year: no year that is told already changes.
    """
    found: Figures = {}
    over = min(clock.today().year, last.year + 1) if last is not None else clock.today().year
    for year in range(on.year if on is not None else over, over):
        asked = Asked(actor, year, date(year, 12, 31))
        found[year, asked.as_of.isoformat()] = {figure.name: figure.value(asked) for figure in all_figures(asked)}
    return found


def changed(before: Figures, after: Figures) -> list[dict[str, Any]]:
    """Return the figures that are others after, by year and in the order of the figures: year, day, name, before, after."""
    return [
        {"year": year, "day": day, "name": name, "before": before.get((year, day), {}).get(name), "after": value}
        for (year, day), values in after.items()
        for name, value in values.items()
        if before.get((year, day), {}).get(name) != value
    ]
