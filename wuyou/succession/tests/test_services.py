"""Units that merge, split, are dissolved and change: what is refused, handed over, told to the trail, and put back."""

from datetime import date

import pytest

from wuyou.demo.factories import (
    anybody,
    make_entry,
    make_person,
    make_seat,
    make_unit,
    make_venue,
    unit_named,
)
from wuyou.demo.small import QILIN
from wuyou.funds.models import Entry
from wuyou.leadership.models import Seat
from wuyou.orgs.models import Hosting, Lineage, Unit, UnitEvent, Venue
from wuyou.people.models import Affiliation, Person
from wuyou.succession import inventory, services, sums
from wuyou.succession.plan import NewHeir, from_json, unit_word
from wuyou.succession.rules import Sums
from wuyou.succession.tests.changing import changed, drafted, everything, into

pytestmark = pytest.mark.django_db
ON = date(2025, 9, 1)


@pytest.fixture
def two(small: None) -> tuple[Unit, Unit]:
    """Two groups of one county with people, money, a venue, a leader."""
    office = unit_named(QILIN)
    units = tuple(make_unit(parent=office, full_name=f"{name}厂侨联小组", hosts=(f"{name}厂",)) for name in "甲乙")
    for number, unit in enumerate(units):
        persons = [make_person(unit, unit, name=f"侨友{number}{n}") for n in range(3)]
        make_seat(unit, persons[0])
        make_venue(unit)
        make_entry(unit, amount_fen=1000 * (number + 1), on=date(2025, 3, 1))
    Affiliation.objects.filter(unit__in=units).update(start=date(2022, 1, 1))
    return units  # type: ignore[return-value] # two of them


def test_a_merger_into_a_new_unit_hands_everything_over_and_can_be_taken_back(two: tuple[Unit, Unit]) -> None:
    before = everything()
    change = changed("merge", list(two), on=ON, heirs=("n0",), founded=(NewHeir(full_name="甲乙厂侨联小组"),))
    heir = Unit.objects.get(full_name="甲乙厂侨联小组")
    assert {unit.state for unit in Unit.objects.filter(pk__in=[u.pk for u in two])} == {"dissolved"}
    assert heir.parent_id == two[0].parent_id
    assert Affiliation.objects.filter(unit=heir, start=ON, end=None).count() == 6
    assert Person.objects.filter(keeper=heir).count() == 6
    assert sorted(Venue.objects.filter(unit=heir, end=None).values_list("name", flat=True)) == ["侨胞之家"] * 2
    assert sorted(Hosting.objects.filter(unit=heir, end=None).values_list("host__name", flat=True)) == ["乙厂", "甲厂"]
    assert sorted(Entry.objects.filter(unit=heir).values_list("direction", "amount_fen")) == [
        ("taken_over", 1000), ("taken_over", 2000),
    ]  # fmt: skip
    assert Seat.objects.filter(unit__in=two, end=None).count() == Seat.objects.filter(unit=heir).count() == 0
    assert sorted(Lineage.objects.filter(successor=heir).values_list("predecessor", flat=True)) == [u.pk for u in two]
    assert sorted(UnitEvent.objects.filter(on=ON.isoformat()).values_list("kind", flat=True)) == [
        "merge", "merge", "succeed",
    ]  # fmt: skip
    assert change.outcome["before"] == change.outcome["after"] == {
        "kept": 6, "members": 6, "balance_fen": 3000, "open_matters": 0,
    }  # fmt: skip
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert everything() == before


def test_what_is_shown_before_is_what_happens(two: tuple[Unit, Unit]) -> None:
    draft = drafted("merge", list(two), on=ON, heirs=into(two[1]))
    plan = from_json(draft.plan)
    shown = inventory.preview(plan, ON)
    assert shown.together_before == shown.together_after == Sums(6, 6, 3000, 0)
    assert shown.after == {unit_word(two[0].pk): Sums(), unit_word(two[1].pk): Sums(6, 6, 3000, 0),
                           unit_word(two[0].parent_id or 0): Sums(), "over": Sums()}  # fmt: skip
    tables = {table.link: table for table in inventory.open_tables(plan, ON)}
    assert {link: (len(table.rows), sum(table.numbers.values())) for link, table in tables.items()} == {
        "leadership.seat.unit": (2, 2), "people.person.keeper": (0, 6), "people.affiliation.unit": (0, 6),
        "orgs.hosting.unit": (2, 2), "orgs.venue.unit": (2, 2),
    }  # fmt: skip
    assert [(row.what, row.destination, row.may_end) for row in tables["leadership.seat.unit"].rows] == [
        ("组长 侨友00", "over", True), ("组长 侨友10", unit_word(two[1].pk), True),
    ]  # fmt: skip
    services.carry_out(actor=anybody(), succession_id=draft.pk)
    for word, expected in shown.after.items():
        if word != "over":
            assert sums.of([int(word[1:])], ON) == expected, word
