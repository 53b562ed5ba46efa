"""What tests of changes begin with: two groups of one county."""

from datetime import date
from typing import Any

import pytest

from wuyou.demo.factories import make_entry, make_person, make_seat, make_unit, make_venue
from wuyou.demo.small import QILIN
from wuyou.orgs.models import Unit
from wuyou.people.models import Affiliation


@pytest.fixture
def two(small: Any) -> list[Unit]:
    """Two groups of one county, each with three persons, a leader, a venue and some money."""
    office = small.unit(QILIN)
    units = [make_unit(parent=office, full_name=f"{name}厂侨联小组", hosts=(f"{name}厂",)) for name in "甲乙"]
    for number, unit in enumerate(units):
        persons = [make_person(unit, unit, name=f"{unit.short_name[0]}友{n}") for n in "一二三"]
        make_seat(unit, persons[0])
        make_venue(unit)
        make_entry(unit, amount_fen=100_00 * (number + 1), on=date(2025, 3, 1))
    Affiliation.objects.filter(unit__in=units).update(start=date(2022, 1, 1))
    return units
