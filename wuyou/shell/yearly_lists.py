"""Where the lists behind the figures of past years are: only such as hold exactly what a figure counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wuyou.activities.permissions import P as ActivitiesP
from wuyou.funds.permissions import P as FundsP
from wuyou.kernel.actor import Actor
from wuyou.orgs import queries as orgs
from wuyou.people.permissions import P as PeopleP

Events = Mapping[str, Sequence[frozenset[int]]]
"""The events that a figure counts, as kind -> year for year the ids."""


def addresses(
    actor: Actor,
    unit: Any,
    stood: Sequence[orgs.Standpoint],
    under: Sequence[frozenset[int]],
    counted: Sequence[frozenset[int]],
    events: Sequence[Mapping[str, str]],
) -> list[dict[str, str]]:
    """Return year for year the addresses of the lists, as figure -> address; a figure without a list of its own is absent.

    `under` are the units under this one on each year's day, `counted` those whose figures are added up, `events` the addresses
    of the lists of events.
    """
    found = []
    for at, one in enumerate(stood):
        lists = dict(events[at])
        if unit.kind.is_federation:
            if one.living & counted[at] == one.living & under[at]:
                lists["groups"] = _at("shell:units", office=unit.pk, groups=1, on=one.day)
            whose = {"office": unit.pk} if counted[at] == under[-1] else {}
        else:
            whose = {"unit": unit.pk} if counted[at] == {unit.pk} else {}
            if whose and actor.can(PeopleP.VIEW):
                lists["members"] = _at("people:list", **whose, on=one.day)
        if whose:
            days = {"start": date(one.day.year, 1, 1), "until": one.day}
            if actor.can(ActivitiesP.VIEW):
                lists["activities"] = _at("activities:list", **whose, **days)
            if actor.can(FundsP.VIEW):
                lists["received"] = _at("funds:list", **whose, direction="received", **days)
        found.append(lists)
    return found


def of_events(
    actor: Actor, unit_id: int, told: Sequence[orgs.Counted], mine: Events, years: Sequence[int], today: frozenset[int]
) -> list[dict[str, str]]:
    """Return year for year the addresses of the lists of events that hold exactly those counted, as kind -> address.

    `told` are all counted events in sight, `mine` those of the unit, `today` the units that are under it now.
    """
    offices = {office.pk for office in orgs.federations(actor)}
    ways: list[tuple[dict[str, int], set[int]]] = [
        ({}, {one.event.pk for one in told}),
        ({"guided": unit_id}, {one.event.pk for one in told if one.under(offices) == unit_id}),
        ({"office": unit_id}, {one.event.pk for one in told if one.event.unit_id in today}),
    ]
    if unit_id not in offices:
        ways = ways[:1]
    elif len(offices) < 2:
        del ways[1]  # the list offers no choice of one
    of_year: dict[tuple[str, int], set[int]] = {}
    for one in told:
        of_year.setdefault((one.event.kind, one.year), set()).add(one.event.pk)
    found = []
    for at, year in enumerate(years):
        lists = {}
        for kind, ids in mine.items():
            all_told = of_year.get((kind, year), set())
            way = next((asked for asked, held in ways if held & all_told == ids[at]), None)
            if way is not None and ids[at]:
                lists[kind] = _at("shell:events", year=year, kind=kind, **way)
        found.append(lists)
    return found


def _at(page: str, **asked: Any) -> str:
    return f"{reverse(page)}?{urlencode(asked)}"
