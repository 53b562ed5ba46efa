"""What the first page of each role says: what needs doing, where nobody is reached, how the year stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wuyou.activities import queries as activities
from wuyou.assessment import presenting
from wuyou.assessment import queries as assessment
from wuyou.assessment.languages import words
from wuyou.coverage import queries as coverage
from wuyou.coverage.permissions import P as CoverageP
from wuyou.funds import queries as funds
from wuyou.kernel import clock, period
from wuyou.kernel.actor import Actor
from wuyou.leadership import queries as leadership
from wuyou.leadership.permissions import P as LeadershipP
from wuyou.leadership.rules import Reminder, reminder
from wuyou.orgs import queries as orgs
from wuyou.orgs import rules as org_rules
from wuyou.orgs import target_pages
from wuyou.orgs.permissions import P as OrgsP
from wuyou.orgs.rules.targets import planned
from wuyou.platform.presentation import Text, day, quantity, yuan

SHOWN = 6


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: what, why now, where, and the word of its state."""

    label: str
    note: str
    href: str
    state: str


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of the first page with the list behind it."""

    label: str
    value: Any
    href: str
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A living group as the first page needs it."""

    pk: int
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Living:
    """The living units in sight by id, in the order of their names: the groups, and the offices whose terms the actor notes."""

    groups: dict[int, Group]
    offices: dict[int, str]


def living(actor: Actor) -> Living:
    """Return what of the organisation the first page speaks of, in one query."""
    found = Living({}, {})
    rows = orgs.living(actor).order_by("pinyin", "pk")
    for pk, name, state, path, is_office in rows.values_list(
        "pk", "short_name", "state", "path", "kind__is_federation"
    ):
        if not is_office:
            found.groups[pk] = Group(pk, name, state)
        elif actor.can(LeadershipP.EDIT, path):
            found.offices[pk] = name
    return found


Told = Callable[[], ToDo]
"""Something to do that is put into words only where it is shown: a city has hundreds, and its first page shows six."""


def to_do(actor: Actor, units: Living) -> tuple[list[ToDo], int]:
    """Return the first things to do, most pressing first, and how many there are in all."""
    today, groups = clock.today(), units.groups.values()
    found: list[Told] = [partial(_stalled, group) for group in groups if group.state in ("to_reorganise", "lapsed")]
    found += _terms(actor, units, today)
    led = {
        pk for pk, held in leadership.holders_by_unit(actor, on=today).items() if any(leads for _code, leads in held)
    }
    found += [partial(_leaderless, group) for group in groups if group.state == "normal" and group.pk not in led]
    return [told() for told in found[:SHOWN]], len(found)


def _stalled(group: Group) -> ToDo:
    if group.state == "to_reorganise":
        return ToDo(group.name, _("等待重组，重组后请登记"), _event(group.pk, "reorganise"), _("待重组"))
    return ToDo(group.name, _("已停滞，恢复活动后请登记"), _event(group.pk, "restore"), _("停滞"))


def _leaderless(group: Group) -> ToDo:
    return ToDo(group.name, _("没有登记负责人"), reverse("leadership:seat", args=[group.pk]), _("待办"))


_NEAR: dict[Reminder, Text] = {
    Reminder.OVERDUE: gettext_lazy("超期"),
    Reminder.THREE_MONTHS: gettext_lazy("快到期"),
    Reminder.SIX_MONTHS: gettext_lazy("半年内换届"),
}


def _terms(actor: Actor, units: Living, today: date) -> list[Told]:
    """Return the terms of living groups, and of offices for which the actor notes terms, that end soon or are over."""
    names = units.offices | {group.pk: group.name for group in units.groups.values()}
    found: list[tuple[date, str, Told]] = []
    for unit_id, term in leadership.current_terms(actor, on=today).items():
        near = reminder(term.end, today)
        if unit_id in names and term.end is not None and near:
            found.append((term.end, names[unit_id], partial(_term, unit_id, names[unit_id], term.end, near, today)))
    return [told for _end, _name, told in sorted(found, key=itemgetter(0, 1))]


def _term(unit_id: int, name: str, end: date, near: Reminder, today: date) -> ToDo:
    return ToDo(name, _term_note(end, today), reverse("leadership:term", args=[unit_id]), str(_NEAR[near]))


def _term_note(end: date, today: date) -> str:
    days = (end - today).days
    if days < 0:
        words = ngettext("任期 %(day)s 届满，已超期 %(n)d 天", "任期 %(day)s 届满，已超期 %(n)d 天", -days)
    else:
        words = ngettext("任期 %(day)s 届满，还有 %(n)d 天", "任期 %(day)s 届满，还有 %(n)d 天", days)
    return words % {"day": day(end), "n": abs(days)}


def gaps(actor: Actor) -> list[coverage.PlaceRow]:
    """Return the first places with people and nobody to reach them; none for those who may not see coverage."""
    if not actor.can(CoverageP.VIEW):
        return []
    return coverage.gaps(actor, settings.WUYOU_HOME_DIVISION, as_of=clock.today())[:SHOWN]


def numbers(
    actor: Actor, groups: Mapping[int, Group], events: Mapping[str, set[int]], plan: orgs.YearPlan | None
) -> list[Number]:
    """Return the year's figures of the first page; `events` as `orgs.units_by_event` gives them, `plan` for this year."""
    year = clock.today().year
    units = reverse("shell:units")
    found = [
        Number(label, len(events.get(kind, ())), f"{reverse('shell:events')}?kind={kind}&year={year}", _("个"),
               _planned(plan, kind))
        for kind, label in (("establish", _("本年新建")), ("reorganise", _("本年重组")), ("restore", _("本年恢复")))
    ]  # fmt: skip
    if actor.can(OrgsP.VIEW_TARGETS):
        whole = planned(plan.numbers, year=year) if plan is not None else None
        told = f"{_headline_number(events)}/{whole}" if whole is not None else _("未定计划")
        source = _("完成数/计划数") if whole is not None else _("三至五年目标计划")
        found.append(Number(_("本年目标"), told, reverse("orgs:targets"), source=source))
    lapsed = sum(group.state == "lapsed" for group in groups.values())
    behind = urlencode({"behind": "orgs.total", "year": year, "on": clock.today().isoformat()})
    found.append(Number(_("基层组织"), len(groups), f"{units}?{behind}", _("个")))
    found.append(Number(_("停滞"), lapsed, f"{units}?state=lapsed", _("个")))
    done = activities.done(actor, activities.ActivityFilter(during=period.year(year)))
    days = f"start={year}-01-01&until={year}-12-31"
    found.append(Number(_("本年活动"), done.total, f"{reverse('activities:list')}?{days}", _("次")))
    sums = funds.sums(actor, funds.EntryFilter(during=period.year(year)))
    received = f"{reverse('funds:list')}?year={year}&direction=received"
    found.append(Number(_("本年收入"), yuan(sums.received_fen), received))
    return found


def headline(events: Mapping[str, set[int]], plan: orgs.YearPlan | None) -> str:
    """Return the yearly headline of the source as a sentence: 年内完成新建、重组、恢复 … 个, against the plan if there is one."""
    year, number = clock.today().year, _headline_number(events)
    whole = planned(plan.numbers, year=year) if plan is not None else None
    if whole is not None:
        told = {"year": year, "said": target_pages.against(number, whole)}
        return _("%(year)d年新建、重组、恢复基层组织：%(said)s") % told
    words = ngettext(
        "%(year)d年完成新建、重组、恢复基层组织 %(n)d 个", "%(year)d年完成新建、重组、恢复基层组织 %(n)d 个", number
    )
    return words % {"year": year, "n": number}


def _headline_number(events: Mapping[str, set[int]]) -> int:
    return sum(len(events.get(kind, ())) for kind in org_rules.HEADLINE_KINDS)


def _planned(plan: orgs.YearPlan | None, kind: str) -> str:
    """Return what is planned of one event this year; "" where there is no plan."""
    if plan is None:
        return ""
    number = planned(plan.numbers, year=clock.today().year, events=(kind,))
    return _("未定计划") if number is None else _("计划 %(number)s") % {"number": quantity(number, _("个"))}


def _event(unit_id: int, kind: str) -> str:
    return f"{reverse('succession:begin', args=[unit_id])}?kind={kind}"


MOST_GROUPS = 3
"""A leader commonly has one group; for more the pages of the groups are a tap away."""


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A leader's group and its items of the standard in force."""

    pk: int
    name: str
    cards: tuple[Any, ...]


def own_groups(actor: Actor) -> list[OwnGroup]:
    """Return a leader's first groups, each with its 五有."""
    today = clock.today()
    found = []
    book = next(iter(assessment.rulebooks(actor, today)), None)
    for group in list(living(actor).groups.values())[:MOST_GROUPS]:
        if book is None:  # every standard is retired: there is nothing to be lacking
            found.append(OwnGroup(group.pk, group.name, ()))
            continue
        picture = assessment.unit_picture(actor, group.pk, today, words=words(), book=book)
        found.append(OwnGroup(group.pk, group.name, tuple(presenting.cards(actor, picture))))
    return found


def leader_terms(actor: Actor, groups: list[OwnGroup]) -> list[ToDo]:
    """Return the terms of a leader's own groups that end soon or are over; noting the new one is the office's part."""
    today = clock.today()
    current = leadership.current_terms(actor, on=today)
    found = []
    for group in groups:
        term = current.get(group.pk)
        near = reminder(term.end, today) if term is not None else Reminder.NONE
        if term is not None and term.end is not None and near:
            url = reverse("leadership:ever", args=[group.pk])
            label = _("准备换届：%(name)s") % {"name": group.name}
            found.append(ToDo(label, _term_note(term.end, today), url, str(_NEAR[near])))
    return found


def leader_to_do(groups: list[OwnGroup]) -> list[ToDo]:
    """Return what a leader can do himself about what is missing, one thing for each item."""
    return [
        ToDo(action.label, card.why, action.href, card.word)
        for group in groups
        for card in group.cards
        for action in card.actions[:1]
        if action.href
    ]
