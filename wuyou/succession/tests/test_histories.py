"""Random histories of an organisation: whatever happens in whatever order, nothing gets lost and every day can be read.

At every moment the tree is one tree; people, money and their keepers add up; rights lead to living units alone; what is
refused changes nothing; a change taken back leaves what was there before. As-of reads equal a naive replay of the events.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from wuyou.accounts.models import Grant
from wuyou.demo.accounts import SignIn, let_sign_in
from wuyou.demo.factories import anybody, make_entry, make_person, make_seat, make_unit, unit_named
from wuyou.demo.small import HUIZE, LULIANG, QILIN
from wuyou.funds.models import Entry
from wuyou.kernel import clock
from wuyou.kernel.refusals import Refused
from wuyou.kernel.roles import Role
from wuyou.orgs import queries as orgs
from wuyou.orgs import rules as org_rules
from wuyou.orgs import services as org_services
from wuyou.orgs.models import Placement, Unit, UnitEvent
from wuyou.people.models import Affiliation, Person
from wuyou.succession import services
from wuyou.succession.models import Succession
from wuyou.succession.plan import NewHeir, Sorting, unit_word
from wuyou.succession.tests.changing import drafted, everything

FIRST = date(2016, 1, 1)
EXAMPLES = int(os.environ.get("WUYOU_HISTORIES", "5"))
"""How many histories are tried; more of them before a release."""

DAYS = st.integers(0, 118).map(lambda month: FIRST + timedelta(days=30 * month))
SOME = st.integers(0, 10**6)
Deed = tuple[date, int, int, str, Any]
"""What the replay knows: day, order of telling, unit id, fact, value."""


class Histories(RuleBasedStateMachine):
    """The services on a small world, beside a plain list of what was told."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = transaction.atomic()
        self._whole.__enter__()
        self.actor = anybody()
        self.units: list[int] = []
        self.deeds: list[tuple[int, Deed]] = []
        self.done: list[tuple[int, dict[str, Any], int]] = []
        self.told = self.named = self.acts = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._whole.__exit__(None, None, None)

    # ---- the world -----------------------------------------------------------------------------------------------

    @initialize()
    def some_groups(self) -> None:
        for number, office in enumerate((QILIN, QILIN, QILIN, HUIZE, LULIANG)):
            self._found(unit_named(office), FIRST + timedelta(days=90 * number))
        for number, pk in enumerate(self.units):
            unit = Unit.objects.get(pk=pk)
            persons = [make_person(unit, unit) for _ in range(number % 3 + 1)]
            Affiliation.objects.filter(unit=unit).update(start=date.fromisoformat(unit.founded))
            make_seat(unit, persons[0], start=None)
            make_entry(unit, amount_fen=100 * (number + 1), on=date(2019, 1, 1) + timedelta(days=200 * number))
            let_sign_in(
                self.actor, SignIn(f"u{number}", f"组长{number}", Role.GROUP_LEADER, pk), start=date(2024, 1, 1)
            )

    def _found(self, office: Unit, on: date) -> None:
        unit = make_unit(
            parent=office, full_name=self._name(), founded=on.isoformat(), hosts=(f"单位{len(self.units)}",)
        )
        self._begun(unit, on, change=0)

    def _begun(self, unit: Unit, on: date, change: int) -> None:
        self.units.append(unit.pk)
        for fact, value in (("parent", unit.parent_id), ("name", unit.full_name), ("state", "normal")):
            self._tell(change, on, unit.pk, fact, value)

    def _tell(self, change: int, on: date, unit_id: int, fact: str, value: Any) -> None:
        self.told += 1
        self.deeds.append((change, (on, self.told, unit_id, fact, value)))

    def _name(self) -> str:
        self.named += 1
        return f"第{self.named}代侨联小组"

    def _unit(self, number: int) -> Unit:
        return Unit.objects.get(pk=self.units[number % len(self.units)])

    @contextmanager
    def _refused_changes_nothing(self) -> Iterator[None]:
        before = everything()
        try:
            with transaction.atomic():
                yield
        except Refused:
            assert everything() == before

    def _carried_out(self, kind: str, units: list[Unit], on: date, **plan: Any) -> Succession | None:
        """Return the change when it was possible; nothing changes when it was not."""
        before, done = everything(), None
        with self._refused_changes_nothing():
            draft = drafted(kind, units, on=on, **plan)
            done = services.carry_out(actor=self.actor, succession_id=draft.pk, compares=False)
        if done is not None:
            self.acts += 1
            self.done.append((done.pk, before, self.acts))
        else:
            Succession.objects.filter(state="draft").delete()
        return done

    def _closed(self, change: Succession, units: list[Unit], on: date) -> None:
        for unit in units:
            self._tell(change.pk, on, unit.pk, "state", "dissolved")

    # ---- what may happen -----------------------------------------------------------------------------------------

    @rule(number=SOME, on=DAYS)
    def is_renamed(self, number: int, on: date) -> None:
        unit, name = self._unit(number), self._name()
        change = self._carried_out("rename", [unit], on, facts={"full_name": name})
        if change is not None:
            self._tell(change.pk, on, unit.pk, "name", name)

    @rule(number=SOME, on=DAYS, kind=st.sampled_from(["lapse", "restore", "reorganise"]))
    def changes_state(self, number: int, on: date, kind: str) -> None:
        unit = self._unit(number)
        change = self._carried_out(kind, [unit], on)
        if change is not None:
            self._tell(change.pk, on, unit.pk, "state", "lapsed" if kind == "lapse" else "normal")

    @rule(number=SOME, on=DAYS, office=st.sampled_from([QILIN, HUIZE, LULIANG]))
    def is_moved(self, number: int, on: date, office: str) -> None:
        unit, parent = self._unit(number), unit_named(office)
        moved = False
        with self._refused_changes_nothing():
            org_services.place_unit(actor=self.actor, unit_id=unit.pk, parent_id=parent.pk, start=on)
            moved = True
        if moved:
            self.acts += 1
            self._tell(0, on, unit.pk, "parent", parent.pk)

    @rule(
        numbers=st.lists(SOME, min_size=2, max_size=3),
        on=DAYS,
        into_one_of_them=st.booleans(),
        kind=st.sampled_from(["merge", "reorganise"]),
        keeps_name=st.booleans(),
    )
    def merge(self, numbers: list[int], on: date, into_one_of_them: bool, kind: str, keeps_name: bool) -> None:
        units = list({number % len(self.units): self._unit(number) for number in numbers}.values())
        name = units[-1].full_name if keeps_name else self._name()
        if into_one_of_them:
            plan: dict[str, Any] = {"heirs": (unit_word(units[0].pk),)}
        else:
            plan = {"heirs": ("n0",), "founded": (NewHeir(full_name=name),)}
        change = self._carried_out(kind, units, on, **plan)
        if change is None:
            return
        self._closed(change, units[1:] if into_one_of_them else units, on)
        if into_one_of_them and kind == "reorganise":
            self._tell(change.pk, on, units[0].pk, "state", "normal")
        if not into_one_of_them:
            self._begun(
                Unit.objects.get(full_name=name, changes__succession=change, changes__role="heir"), on, change.pk
            )

    @rule(number=SOME, on=DAYS, survives=st.booleans(), chosen=st.lists(SOME, max_size=3))
    def split(self, number: int, on: date, survives: bool, chosen: list[int]) -> None:
        unit, names = self._unit(number), (self._name(), self._name())
        founded = tuple(NewHeir(full_name=name) for name in (names[:1] if survives else names))
        heirs = (unit_word(unit.pk), "n0") if survives else ("n0", "n1")
        persons = list(Affiliation.objects.filter(unit=unit).order_by("pk").values_list("person", flat=True))
        hand = {persons[one % len(persons)]: "n0" for one in chosen} if persons else {}
        change = self._carried_out(
            "split", [unit], on, heirs=heirs, founded=founded, people=Sorting(hand=hand, rest=heirs[1])
        )
        if change is None:
            return
        if not survives:
            self._closed(change, [unit], on)
        for heir in founded:
            self._begun(Unit.objects.get(full_name=heir.full_name), on, change.pk)

    @rule(number=SOME, other=SOME, on=DAYS, alone=st.booleans())
    def is_dissolved(self, number: int, other: int, on: date, alone: bool) -> None:
        unit = self._unit(number)
        change = self._carried_out("dissolve", [unit], on, heirs=() if alone else (unit_word(self._unit(other).pk),))
        if change is not None:
            self._closed(change, [unit], on)

    @rule(number=SOME)
    def somebody_joins(self, number: int) -> None:
        unit = self._unit(number)
        if unit.state != "dissolved":
            make_person(unit, unit)
            self.acts += 1

    @precondition(lambda self: self.done)
    @rule(number=SOME)
    def a_change_is_taken_back(self, number: int) -> None:
        """The change before whose eyes nothing happened since leaves what was there; an older one at least no loss."""
        place = number % len(self.done)
        pk, before, act = self.done[place]
        with self._refused_changes_nothing():
            services.take_back(actor=self.actor, succession_id=pk)
            if act == self.acts:
                assert everything() == before
                self.acts -= 1
            else:
                self.acts += 1
            self._forget(pk)
            del self.done[place]

    def _forget(self, change: int) -> None:
        self.deeds = [(of, deed) for of, deed in self.deeds if of != change]
        self.units = [unit for unit in self.units if Unit.objects.filter(pk=unit).exists()]

    # ---- what always holds ---------------------------------------------------------------------------------------

    @invariant()
    def the_tree_is_one(self) -> None:
        paths = dict(Unit.objects.values_list("pk", "path"))
        parents = dict(Unit.objects.values_list("pk", "parent"))
        assert sum(parent is None for parent in parents.values()) == 1
        assert {pk: f"{paths[up] if up else '/'}{pk}/" for pk, up in parents.items()} == paths
        assert dict(Placement.objects.filter(end=None).values_list("unit", "parent")) == {
            pk: up for pk, up in parents.items() if up
        }

    @invariant()
    def nobody_and_nothing_is_lost(self) -> None:
        closed = Unit.objects.filter(pk__in=self.units, state="dissolved")
        assert Person.objects.filter(keeper__in=closed).count() == 0
        assert Affiliation.objects.filter(unit__in=closed, end=None).count() == 0
        whole = {
            way: Entry.objects.filter(direction=way).aggregate(fen=Sum("amount_fen"))["fen"] or 0
            for way in ("handed_over", "taken_over")
        }
        assert whole["handed_over"] == whole["taken_over"]
        for unit in closed:
            rows = dict(
                Entry.objects.filter(unit=unit).values_list("direction").annotate(fen=Sum("amount_fen")).order_by()
            )
            assert rows.get("received", 0) + rows.get("taken_over", 0) == rows.get("spent", 0) + rows.get(
                "handed_over", 0
            )

    @invariant()
    def rights_lead_to_living_units(self) -> None:
        held = [grant for grant in Grant.objects.select_related("unit") if not grant.is_over(clock.today())]
        assert [grant for grant in held if grant.unit.state == "dissolved"] == []

    @invariant()
    def no_two_living_units_bear_one_name(self) -> None:
        names = Counter(Unit.objects.exclude(state="dissolved").values_list("full_name", flat=True))
        assert [name for name, number in names.items() if number > 1] == []

    @invariant()
    def every_day_reads_as_it_was(self) -> None:
        for on in (FIRST, date(2018, 7, 1), date(2021, 3, 15), clock.today()):
            expected = replayed([deed for _change, deed in self.deeds], on)
            read = {
                u.id: (u.state, u.full_name, u.parent_id)
                for u in orgs.units_on(self.actor, on=on)
                if u.id in self.units
            }
            living = {pk: told for pk, told in read.items() if told[0] != "not_founded"}
            for pk, told in living.items():
                if told[0] is None:  # nobody can say how a unit stood before a 重组 that is the first thing on record
                    first = (
                        UnitEvent.objects.filter(unit=pk, kind__in=org_rules.EVENT_STATE).order_by("on", "pk").first()
                    )
                    assert [first and first.kind, first and first.on > on.isoformat()] == ["reorganise", True]
                    expected[pk] = (None, *expected[pk][1:])
            assert living == expected, on


def replayed(deeds: list[Deed], on: date) -> dict[int, tuple[Any, str, int]]:
    """Return how each unit stood on a day, by telling the events again one after the other."""
    found: dict[int, dict[str, Any]] = {}
    for day, _order, unit_id, fact, value in sorted(deeds, key=lambda deed: deed[:2]):
        if day <= on:
            found.setdefault(unit_id, {})[fact] = value
    return {pk: (told["state"], told["name"], told["parent"]) for pk, told in found.items()}


@pytest.mark.django_db
def test_random_histories(small: None) -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )
