"""One unit's page, composed of all registers: as it is, or was on a day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wuyou.activities import queries as activities
from wuyou.activities.permissions import P as ActivitiesP
from wuyou.funds import queries as funds
from wuyou.kernel.actor import Actor
from wuyou.kernel.period import Period
from wuyou.leadership import queries as leadership
from wuyou.leadership.chronicle import happenings
from wuyou.leadership.permissions import P as LeadershipP
from wuyou.orgs import advising
from wuyou.orgs import queries as orgs
from wuyou.orgs.permissions import P
from wuyou.people import queries as people
from wuyou.people.permissions import P as PeopleP
from wuyou.platform.asof import AsOf, as_of
from wuyou.platform.permissions import needs
from wuyou.shell import charting, timeline
from wuyou.shell.words import state_word
from wuyou.succession import queries as succession
from wuyou.succession.permissions import P as SuccessionP


@needs(P.VIEW)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show one unit: 班子, members, venues, money, activities, and how it came to be."""
    found = orgs.unit(request.actor, unit_id)
    actor, day = request.actor, as_of(request.GET)
    then = orgs.unit_on(actor, found, on=day.day) if day.is_past else orgs.as_it_stands(actor, found)
    ties, told = orgs.ties(actor, unit_id), orgs.events(actor, unit_id)
    tied = _tied(ties, day.day)
    venues, closed_venues = orgs.venues_of(actor, unit_id, on=day.day)
    terms, seats = leadership.terms(actor, unit_id, on=day.day), leadership.seats_ever(actor, unit_id)
    by_changes = any(event.kind != "establish" for event in told)
    context = {
        "unit": found,
        "then": then,
        "day": day,
        "state": state_word(then.state),
        "tied": tied,
        "chart": charting.unit_chart(then, tied, day),
        "chart_url": _chart_url(then, day),
        "seats": leadership.of_day(seats, day.day),
        "term": next((term for term in terms if term.start is None or term.start <= day.day), None),
        "venues": venues,
        "closed_venues": closed_venues,
        "contacts": [] if then.is_federation else leadership.contacts(actor, unit_id, on=day.day),
        "events": timeline.lines(
            told,
            ties,
            found.founded,
            happenings(actor, unit_id, terms, seats),
            succession.done_on(actor, unit_id) if by_changes else {},
            until=day.day,
        ),
        "ways": timeline.ways_on(actor, unit_id, told, day),
        **_numbers(actor, found, day),
        **_rights(actor, found, day),
        **_addresses(unit_id, day),
    }
    if not day.is_past:
        context["advice"] = _advice(found, context["declared"], context["members"])
    return render(request, "shell/unit.html", context)


def _numbers(actor: Actor, found: Any, day: AsOf) -> dict[str, Any]:
    """Return how many people, activities and money there were on the day, in its year until then."""
    pk, on = found.pk, day.day
    counts = actor.can(PeopleP.COUNT)
    year = Period(date(on.year, 1, 1), date.fromordinal(on.toordinal() + 1) if day.is_past else date(on.year + 1, 1, 1))
    members = people.member_numbers(actor, [pk], on=on if day.is_past else None) if counts else {}
    declared = people.declared_people(actor, under=found.path, as_of=on if day.is_past else None) if counts else {}
    return {
        "members": members.get(pk, 0),
        "declared": declared.get(pk),
        "done": activities.done_by_unit(actor, year, unit_id=pk).get(pk, activities.Done()),
        "money": funds.sums_by_unit(actor, year, unit_id=pk).get(pk, funds.Sums()),
    }


def _rights(actor: Actor, found: Any, day: AsOf) -> dict[str, bool]:
    """Return what the actor may do here; a day of the past is only read."""
    may = {
        "can_edit": actor.can(P.EDIT, found.path),
        "can_change": actor.can(SuccessionP.CHANGE, found.path),
        "can_move": not day.is_past and orgs.may_be_moved(actor, found),
        "can_edit_seats": actor.can(LeadershipP.EDIT, found.path),
        "can_edit_venue": actor.can(P.EDIT_VENUE, found.path),
        "can_declare": actor.can(PeopleP.DECLARE, found.path),
        "can_edit_tables": orgs.may_edit_tables(actor),
        "can_record": actor.can(ActivitiesP.RECORD, found.path),
    }
    may["drafted"] = may["can_change"] and not day.is_past and succession.open_draft(actor, found.pk) is not None
    shown = actor.can(PeopleP.COUNT, found.path) and not found.kind.is_federation
    return {**{name: held and not day.is_past for name, held in may.items()}, "counts_people": shown}


def _chart_url(then: orgs.UnitThen, day: AsOf) -> str:
    """Return where the chart of the unit's office is, of the office's own where it is one; "" when that is out of sight."""
    office = then.id if then.is_federation else then.parent_id if then.parent_in_sight else None
    return day.at(f"{reverse('shell:chart')}?office={office}") if office else ""


def _addresses(unit_id: int, day: AsOf) -> dict[str, str]:
    """Return where the lists behind the page's numbers and the pages around it are, of the same day."""
    days = {"start": date(day.day.year, 1, 1), "until": day.day} if day.is_past else {}
    asked = urlencode({"unit": unit_id, **days})
    return {
        "activities_url": f"{reverse('activities:list')}?{asked}",
        "funds_url": f"{reverse('funds:list')}?{asked}",
        "members_url": day.at(f"{reverse('people:list')}?{urlencode({'unit': unit_id})}"),
        "record_url": f"{reverse('activities:record')}?{urlencode({'unit': unit_id})}",
        "list_url": day.at(reverse("shell:units")),
        "five_url": day.at(reverse("assessment:unit", args=[unit_id])),
    }


def _advice(unit: Any, declared: int | None, members: int) -> Any:
    """Return which form the number of people advises for a living group: as it declared, else as registered."""
    if unit.kind.is_federation or unit.state == "dissolved":
        return None
    form = unit.form
    has = {"has": form.code, "has_name": form.name} if form else {}
    return advising.of_form(declared if declared is not None else members or None, **has)


def _tied(ties: list[Any], today: date) -> dict[str, list[str]]:
    """Return the names of what a unit is tied to today, kind by kind."""
    found: dict[str, list[str]] = {}
    for tie in ties:
        if (tie.start is None or tie.start <= today) and (tie.end is None or tie.end > today):
            found.setdefault(tie.kind, []).append(tie.name)
    return found
