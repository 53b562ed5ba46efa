"""The whole demonstration city as plain values: the same for the same seed, day and places."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wuyou.demo.leadership import Leadership, leader_of, plan_leadership
from wuyou.demo.names import stream
from wuyou.demo.people import NewComer, plan_counts, plan_people
from wuyou.demo.terrain import COUNTIES, Terrain
from wuyou.demo.units import Group, plan_groups
from wuyou.demo.year import Act, Room, Sum, plan_acts, plan_office_acts, plan_office_sums, plan_room, plan_sums


@dataclass(frozen=True, slots=True)
class Work:
    """What a group has and did: leadership, venue, activities, money, its budgets by years back, head counts newest last."""

    leadership: Leadership
    room: Room | None
    acts: Sequence[Act]
    sums: Sequence[Sum]
    budgets: Sequence[tuple[int, int]]
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Plan:
    """The city: groups, persons, work by group number, the offices' own work by county code ("" the city)."""

    groups: Sequence[Group]
    people: Sequence[NewComer]
    work: dict[int, Work]
    office_acts: dict[str, Sequence[Act]]
    office_sums: dict[str, Sequence[Sum]]
    townships: dict[str, tuple[int, int, int]]

    def group(self, number: int) -> Group:
        """Return the group of that number; groups are numbered from 1 in their order."""
        return self.groups[number - 1]

    def members(self, group: Group) -> list[NewComer]:
        """Return the persons of a group, those fit for posts first."""
        return [somebody for somebody in self.people if somebody.group == group.number]

    def leader_name(self, group: Group, today: date) -> str:
        """Return the name of who leads a group today, "" when nobody does."""
        place = leader_of(self.work[group.number].leadership.seats, today)
        return str(self.members(group)[place].facts["name"]) if place is not None else ""


def plan_city(seed: int, terrain: Terrain, today: date) -> Plan:
    """Return the plan of the city as of a day."""
    groups = plan_groups(stream(seed, "groups"), terrain, today)
    people = plan_people(stream(seed, "people"), terrain, groups, today)
    numbers: dict[int | None, int] = {}
    for somebody in people:
        numbers[somebody.group] = numbers.get(somebody.group, 0) + 1
    work = {group.number: _work(stream(seed, f"group {group.number}"), group, numbers.get(group.number, 0), today)
            for group in groups}  # fmt: skip
    offices = stream(seed, "offices")
    return Plan(
        groups,
        people,
        work,
        office_acts={code: plan_office_acts(offices, 30 if code == "" else 14, today) for code in _offices()},
        office_sums={code: plan_office_sums(offices, *_grant(code), today) for code in _offices()},
        townships=plan_counts(stream(seed, "counts"), terrain, people),
    )


def _offices() -> list[str]:
    return ["", *(county.code for county in COUNTIES)]


def _grant(code: str) -> tuple[str, int]:
    return ("county_finance", 60_000_00) if code else ("city_finance", 240_000_00)


def _work(chance: random.Random, group: Group, members: int, today: date) -> Work:
    acts = plan_acts(chance, group, today)
    sums = plan_sums(chance, group, acts, today)
    received = sum(one.fen for one in sums if one.is_received)
    budgets = [] if "no_funds" in group.faults else [(0, received // 2), (1, received // 3)]
    counts = [group.people, group.people + chance.randint(-2, 6)] if chance.random() < 0.4 else [group.people]
    return Work(
        plan_leadership(chance, group, members, today), plan_room(chance, group), acts, sums,
        [budget for budget in budgets if budget[1] and chance.random() < 0.75],
        [] if group.story == "dissolved" or chance.random() < 0.06 else counts,
    )  # fmt: skip
