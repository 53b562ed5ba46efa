"""From a fact to the records behind it, from a mending action to the page where it is done."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from wuyou.activities.permissions import P as ActivityP
from wuyou.assessment.facts import Fact, Mend, Over, days_of
from wuyou.funds.permissions import P as FundP
from wuyou.kernel.actor import Actor
from wuyou.leadership.permissions import P as LeadershipP
from wuyou.orgs.permissions import P as OrgP
from wuyou.orgs.rules import Standing
from wuyou.people.permissions import P as PeopleP
from wuyou.platform.asof import AsOf
from wuyou.succession.permissions import P as SuccessionP

UNIT_PAGE = "shell:unit"


@dataclass(frozen=True, slots=True)
class Way:
    """Where something is done: the URL's name, the permission it needs, and what its address is given.

    `asked` is the query, `{unit}` standing for the unit's id; empty: the unit's id is part of the path.
    """

    name: str
    needs: str
    asked: dict[str, str] = field(default_factory=dict)


_OF_UNIT = {"unit": "{unit}"}
WAYS: dict[str, Way] = {
    "orgs.restore": Way("succession:begin", SuccessionP.CHANGE),
    "orgs.details": Way("orgs:edit", OrgP.EDIT),
    "orgs.study_rules": Way("orgs:edit", OrgP.EDIT),
    "orgs.venue": Way("orgs:venue", OrgP.EDIT_VENUE),
    "leadership.seats": Way("leadership:seat", LeadershipP.EDIT),
    "leadership.term": Way("leadership:term", LeadershipP.EDIT),
    "people.register": Way("people:register", PeopleP.REGISTER, _OF_UNIT),
    "people.headcount": Way("people:count", PeopleP.DECLARE),
    "funds.entry": Way("funds:record", FundP.RECORD, _OF_UNIT),
    "activities.record": Way("activities:record", ActivityP.RECORD, _OF_UNIT),
    "activities.study": Way("activities:record", ActivityP.RECORD, {**_OF_UNIT, "kind": "study"}),
    "activities.visit": Way("activities:record", ActivityP.RECORD, {**_OF_UNIT, "kind": "visit"}),
    "activities.symposium": Way("activities:record", ActivityP.RECORD, {**_OF_UNIT, "kind": "symposium"}),
}
"""Where each mending action of `facts.MENDS` is carried out."""

ANCHORS = {
    "orgs.unit": "",
    "orgs.events": "events",
    "orgs.hosts": "",
    "orgs.venues": "venues",
    "leadership.seats": "seats",
    "leadership.terms": "seats",
    "people.headcounts": "",
    "funds.budgets": "",
}
LISTS: dict[str, Way] = {
    "people.members": Way("people:list", PeopleP.VIEW, _OF_UNIT),
    "funds.entries": Way("funds:list", FundP.VIEW, _OF_UNIT),
    "activities.all": Way("activities:list", ActivityP.VIEW, _OF_UNIT),
    "activities.study": Way("activities:list", ActivityP.VIEW, {**_OF_UNIT, "kind": "study"}),
    "activities.visit": Way("activities:list", ActivityP.VIEW, {**_OF_UNIT, "kind": "visit"}),
    "activities.symposium": Way("activities:list", ActivityP.VIEW, {**_OF_UNIT, "kind": "symposium"}),
    "activities.with_leaders": Way("activities:list", ActivityP.VIEW, {**_OF_UNIT, "leaders": "1"}),
}
"""The list behind a fact's `records`: a part of the unit's page (`ANCHORS`), or a list of its own."""


def mend_url(actor: Actor, unit: Standing, mend: Mend) -> str:
    """Return where the actor can do it for the unit; "" when he may not."""
    way = WAYS[mend.slug]
    return _url(way, unit.id, {}) if actor.can(way.needs, unit.path) else ""


def records_url(actor: Actor, unit: Standing, fact: Fact, as_of: date) -> str:
    """Return the list that a fact of the unit was taken from, of the same days; "" when the actor may not see it."""
    way = LISTS.get(fact.records)
    if way is None:
        anchor = ANCHORS[fact.records]
        page = AsOf(as_of).at(reverse(UNIT_PAGE, args=[unit.id]))
        return f"{page}#{anchor}" if anchor else page
    if not actor.can(way.needs, unit.path):
        return ""
    return _url(way, unit.id, {} if fact.over is Over.AS_OF else _days(fact, as_of))


def _days(fact: Fact, as_of: date) -> dict[str, str]:
    days = days_of(fact.over, as_of)
    last = days.end - timedelta(days=1) if days.end else as_of
    return {"start": days.start.isoformat() if days.start else "", "until": last.isoformat()}


def _url(way: Way, unit_id: int, more: dict[str, str]) -> str:
    try:
        address = reverse(way.name, args=[] if way.asked else [unit_id])
    except NoReverseMatch:
        return reverse(UNIT_PAGE, args=[unit_id])
    asked = {name: value.format(unit=unit_id) for name, value in way.asked.items()} | more
    return f"{address}?{urlencode(asked)}" if asked else address
