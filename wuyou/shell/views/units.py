"""Units as everything knows them: the list, the tree, and one unit's page composed of all registers."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wuyou.activities import queries as activities
from wuyou.activities.permissions import P as ActivitiesP
from wuyou.funds import queries as funds
from wuyou.kernel import clock, period
from wuyou.leadership import queries as leadership
from wuyou.leadership.chronicle import happenings
from wuyou.leadership.permissions import P as LeadershipP
from wuyou.orgs import advising
from wuyou.orgs import queries as orgs
from wuyou.orgs.figures import all_standings
from wuyou.orgs.forms import UnitQueryForm
from wuyou.orgs.permissions import P
from wuyou.people import queries as people
from wuyou.people.permissions import P as PeopleP
from wuyou.places import queries as places
from wuyou.platform.figures import Behind, units_behind
from wuyou.platform.permissions import needs
from wuyou.platform.presentation import Pages, page_asked
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.shell import timeline
from wuyou.succession import queries as succession
from wuyou.succession.permissions import P as SuccessionP

STATE_WORDS = {
    "normal": _lazy("正常"),
    "lapsed": _lazy("停滞"),
    "to_reorganise": _lazy("待重组"),
    "dissolved": _lazy("已撤销"),
}


@needs(P.VIEW)
def units(request: HttpRequest) -> HttpResponse:
    """List the units below the actor: kind, state, people, last activity."""
    form = UnitQueryForm(request.GET, counties=places.counties(settings.WUYOU_HOME_DIVISION))
    office, actor = orgs.looking_from(request.actor, request.GET.get("office", ""))
    behind = units_behind(actor, request.GET)
    by = form.narrowed()
    if behind:
        by = replace(by, only=tuple(behind.units), include_dissolved=True)
    page = orgs.unit_page(actor, by, page_asked(request.GET))
    context = {
        "form": form,
        "office": office,
        "behind": behind,
        "table": _units_table(actor, list(page.object_list), behind),
        "pages": Pages(page.number, page.paginator.num_pages, page.paginator.count, _("个组织")),
        "can_found": request.actor.can(P.FOUND),
        "today": clock.today(),
    }
    return render(request, "shell/units.html", context)


@needs(P.VIEW)
def tree(request: HttpRequest) -> HttpResponse:
    """Show federations with their groups as a tree."""
    rows = orgs.tree(request.actor)
    nodes: dict[int, dict[str, Any]] = {}
    tops: list[dict[str, Any]] = []
    for unit in rows:
        node: dict[str, Any] = {
            "label": unit.short_name,
            "href": reverse("shell:unit", args=[unit.pk]),
            "note": unit.kind.name,
            "state": "" if unit.state == "normal" else STATE_WORDS[unit.state],
            "children": [],
            "opened": unit.kind.is_federation and unit.parent_id is None,
        }
        nodes[unit.pk] = node
        (nodes[unit.parent_id]["children"] if unit.parent_id in nodes else tops).append(node)
    return render(request, "shell/tree.html", {"nodes": tops, "number": len(rows)})


@needs(P.VIEW)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show one unit: 班子, members, venues, money, activities, and how it came to be."""
    found = orgs.unit(request.actor, unit_id)
    today = clock.today()
    this_year = period.year(today.year)
    actor = request.actor
    ties = orgs.ties(actor, unit_id)
    venues, closed_venues = orgs.venues_of(actor, unit_id, on=today)
    members = people.members_by_unit(actor, under=found.path).get(unit_id, 0) if actor.can(PeopleP.COUNT) else 0
    declared = people.declared_people(actor, under=found.path).get(unit_id) if actor.can(PeopleP.COUNT) else None
    terms = leadership.terms(actor, unit_id)
    context = {
        "unit": found,
        "state": STATE_WORDS[found.state],
        "advice": _advice(found, declared, members),
        "tied": _tied(ties, today),
        "seats": leadership.seats(actor, unit_id, on=today),
        "terms": terms,
        "contacts": leadership.contacts(actor, unit_id, on=today),
        "venues": venues,
        "closed_venues": closed_venues,
        "members": members,
        "declared": declared,
        "done": activities.done_by_unit(actor, this_year, unit_id=unit_id).get(unit_id, activities.Done()),
        "money": funds.sums_by_unit(actor, this_year, unit_id=unit_id).get(unit_id, funds.Sums()),
        "events": timeline.lines(
            orgs.events(actor, unit_id),
            ties,
            found.founded,
            happenings(actor, unit_id, terms),
            succession.done_on(actor, unit_id),
        ),
        "unit_key": str(unit_id),
        "can_edit": actor.can(P.EDIT, found.path),
        "can_change": actor.can(SuccessionP.CHANGE, found.path),
        "drafted": actor.can(SuccessionP.CHANGE, found.path) and succession.open_draft(actor, unit_id) is not None,
        "can_move": orgs.may_be_moved(actor, found),
        "can_edit_seats": actor.can(LeadershipP.EDIT, found.path),
        "can_edit_venue": actor.can(P.EDIT_VENUE, found.path),
        "counts_people": actor.can(PeopleP.COUNT, found.path) and not found.kind.is_federation,
        "can_declare": actor.can(PeopleP.DECLARE, found.path),
        "can_edit_tables": orgs.may_edit_tables(actor),
        "can_record": actor.can(ActivitiesP.RECORD, found.path),
        "today": today,
    }
    return render(request, "shell/unit.html", context)


def _units_table(actor: Any, rows: list[Any], behind: Behind | None) -> Table:
    """Return the table; behind a figure of an earlier day, states and leaders are those of that day."""
    ids = [u.pk for u in rows]
    on = behind.asked.as_of if behind else clock.today()
    states = {s.id: s.state for s in behind.asked.read(all_standings)} if behind else {}
    leaders = leadership.leaders_by_unit(actor, ids, on=on)
    last = activities.last_days(actor, ids)
    numbers = people.member_numbers(actor, ids)
    columns = (
        Column(_("县区"), phone="line"),
        Column(_("组织"), phone="name"),
        Column(_("类型"), phone="line"),
        Column(_("负责人"), phone="hide"),
        Column(_("成员"), "number", phone="line"),
        Column(_("状态"), "tag", phone="tag"),
        Column(_("最近活动"), "date", phone="hide"),
    )
    body = [
        _unit_row(u, leaders.get(u.pk, ""), numbers.get(u.pk), last.get(u.pk), states.get(u.pk, u.state)) for u in rows
    ]
    empty = Empty(
        _("没有符合条件的组织"),
        _("换一个条件再查，或导入本单位的基层组织台账。"),
        reverse("shell:units"),
        _("查看全部组织"),
    )
    return Table(_("组织列表"), columns, body, empty)


def _unit_row(u: Any, leader: str, number: int | None, last: date | None, state: str | None) -> list[Written]:
    name = Cell(u.short_name, reverse("shell:unit", args=[u.pk]))
    return [
        u.county.name if u.county else "",
        name,
        u.kind.name,
        leader,
        number,
        STATE_WORDS[state] if state else "",
        last,
    ]


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
