"""What the database itself refuses of a unit's history, when a service should ever forget its rule."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from wuyou.demo.factories import make_unit, unit_named
from wuyou.demo.small import CITY, HUIZE, QILIN
from wuyou.kernel import clock
from wuyou.orgs.models import Lineage, Placement, Unit, UnitEvent

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)


def befell(unit: Unit, kind: str, on: str) -> UnitEvent:
    return UnitEvent.objects.create(unit=unit, kind=kind, on=on, recorded_at=clock.now())


def closed() -> Unit:
    unit = make_unit(parent=unit_named(QILIN), full_name="关门小组")
    befell(unit, "merge", "2024-05-01")
    return unit


def grown() -> tuple[Unit, Unit]:
    office = make_unit(
        parent=unit_named(CITY), full_name="新区归国华侨联合会", kind="county_federation", founded="2019"
    )
    return office, make_unit(parent=office, full_name="新区小组")


def before_the_founding() -> None:
    befell(make_unit(parent=unit_named(QILIN)), "lapse", "2020-05-05")


def a_year_before_the_founding() -> None:
    befell(make_unit(parent=unit_named(QILIN)), "lapse", "2019")


def on_a_closed_unit() -> None:
    befell(closed(), "rename", "2024-05-02")


def two_placements_at_once() -> None:
    Placement.objects.create(unit=closed(), parent=unit_named(HUIZE), start=date(2021, 1, 1), end=DAY)


def a_placement_that_grows_into_another() -> None:
    years = {"start": date(2001, 1, 1), "end": date(2002, 1, 1)}
    placed = Placement.objects.create(unit=closed(), parent=unit_named(HUIZE), **years)
    Placement.objects.filter(pk=placed.pk).update(end=DAY)


def a_unit_under_what_is_below_it() -> None:
    office, below = grown()
    Unit.objects.filter(pk=office.pk).update(parent=below)


def a_placement_under_what_is_below_it() -> None:
    office, below = grown()
    Placement.objects.filter(unit=office).update(end=DAY)
    Placement.objects.create(unit=office, parent=below, start=DAY)


def lineage_of_itself() -> None:
    unit = closed()
    Lineage.objects.create(predecessor=unit, successor=unit, on=DAY, kind="merge")


def lineage_both_ways() -> None:
    pair = grown()
    for one, other in (pair, pair[::-1]):
        Lineage.objects.create(predecessor=one, successor=other, on=DAY, kind="merge")


REFUSED: tuple[Callable[[], None], ...] = (
    before_the_founding, a_year_before_the_founding, on_a_closed_unit, two_placements_at_once,
    a_placement_that_grows_into_another, a_unit_under_what_is_below_it, a_placement_under_what_is_below_it,
    lineage_of_itself, lineage_both_ways,
)  # fmt: skip


@pytest.mark.parametrize("act", REFUSED)
def test_the_database_refuses(small: None, act: Callable[[], None]) -> None:
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        act()


def test_the_database_takes_what_is_true(small: None) -> None:
    unit = closed()
    befell(unit, "restore", "2024-06-01")
    befell(unit, "rename", "2024-07-01")
    befell(unit, "lapse", "2021")
    Placement.objects.create(unit=unit, parent=unit_named(HUIZE), start=date(2001, 1, 1), end=date(2020, 5, 6))
    assert unit.events.count() == 5
    assert unit.placements.count() == 2
