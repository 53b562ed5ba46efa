"""Keeping counts in step with the register; called inside a running service, never on its own.

Counting again is exact and can be repeated; adding and subtracting would drift.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from wuyou.people.models import Affiliation, HeadCount, MemberCount, Person

REGISTERED = HeadCount.Origin.REGISTERED


def recount(division_ids: Iterable[int | None]) -> None:
    """Count the members per group of these places anew, and the people of places that have a registered snapshot."""
    wanted = {pk for pk in division_ids if pk is not None}
    if not wanted:
        return
    _count_members(wanted)
    snapshots = HeadCount.objects.filter(origin=REGISTERED, division__in=wanted)
    days: dict[Any, date] = dict(snapshots.order_by("counted_on").values_list("division_id", "counted_on"))
    by_day: dict[date, set[int]] = {}
    for division_id, day in days.items():
        by_day.setdefault(day, set()).add(division_id)
    for day, divisions in by_day.items():
        snapshot(divisions, day, source="", batch=None)


def recount_units(unit_ids: Iterable[int]) -> None:
    """Count anew the members of every place where one of these groups has or had any."""
    wanted = set(unit_ids)
    places = set(MemberCount.objects.filter(unit__in=wanted).values_list("division_id", flat=True))
    members = Affiliation.objects.filter(unit__in=wanted, end=None, person__division__isnull=False)
    _count_members(places | set(members.values_list("person__division_id", flat=True).distinct()))


def snapshot(division_ids: Iterable[int], on: date, *, source: str, batch: Any) -> int:
    """Take a count of the registered persons of these places, dated and accepted; return the number of people.

    A snapshot of the same day is replaced. "" as `source` keeps what the earlier one said.
    """
    wanted = set(division_ids)
    living = Person.objects.filter(division__in=wanted, left_on=None)
    numbers: dict[tuple[int, str], int] = {}
    for division_id, category, number in (
        living.values_list("division_id", "category").annotate(n=Count("pk")).order_by()
    ):
        numbers[division_id, category] = number
        numbers[division_id, ""] = numbers.get((division_id, ""), 0) + (number if category else 0)
    earlier = HeadCount.objects.filter(origin=REGISTERED, division__in=wanted, counted_on=on)
    known = {count.division_id: (count.source, count.source_batch) for count in earlier}
    earlier.delete()
    HeadCount.objects.bulk_create(
        HeadCount(
            division_id=division_id, category=category, people=number, counted_on=on, origin=REGISTERED,
            source=source or known.get(division_id, ("", None))[0],
            source_batch=batch or known.get(division_id, ("", None))[1],
        )
        for (division_id, category), number in numbers.items()
    )  # fmt: skip
    return sum(number for (_division, category), number in numbers.items() if not category)


def _count_members(division_ids: set[int]) -> None:
    """Count each person with the group joined last; one joined on an unknown day was joined before all others."""
    belonging = Affiliation.objects.filter(end=None).alias(since=Coalesce("start", Value(date.min)))
    joined_later = Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))
    newest = belonging.exclude(Exists(belonging.filter(joined_later, person=OuterRef("person"))))
    there = newest.filter(person__division__in=division_ids, person__left_on=None)
    rows = there.values_list("person__division_id", "unit_id").annotate(n=Count("pk")).order_by()
    MemberCount.objects.filter(division__in=division_ids).delete()
    MemberCount.objects.bulk_create(MemberCount(division_id=d, unit_id=u, people=n) for d, u, n in rows)
