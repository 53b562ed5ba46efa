"""The demonstration city builds, is the same each time, has the faults a real city has, and its trail is whole."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from wuyou.accounts.models import Grant, User
from wuyou.activities.models import Activity
from wuyou.assessment import queries as assessment
from wuyou.assessment.rules import Verdict
from wuyou.demo import factories
from wuyou.demo.accounts import DEMO_SIGN_INS, LEADER_GROUP
from wuyou.demo.city import build_city
from wuyou.demo.names import stream
from wuyou.demo.plan import Plan, plan_city
from wuyou.demo.terrain import COUNTIES, Place, Terrain, terrain
from wuyou.demo.units import plan_groups
from wuyou.funds.models import DeclaredBudget, Entry
from wuyou.integrity import queries as integrity
from wuyou.kernel import clock, idnumber
from wuyou.kernel.personname import read_name
from wuyou.kernel.refusals import Refused
from wuyou.leadership.models import Seat, Term
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit, UnitEvent, Venue
from wuyou.people.models import Affiliation, ConsentBasis, HeadCount, Person
from wuyou.platform import audit
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.succession.models import Step, Succession

pytestmark = pytest.mark.django_db
TODAY = date(2025, 11, 20)


@dataclass(frozen=True)
class Built:
    """The plan that was carried out, and the places it stands on."""

    plan: Plan
    places: Terrain


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
    """Build the city once for this module, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_city(today=TODAY)
        places = terrain()
        yield Built(plan_city(2025, places, TODAY), places)
        transaction.set_rollback(True)


@pytest.fixture
def city(_built: Built) -> Iterator[Built]:
    with clock.held_at(TODAY):
        yield _built


def test_figures(city: Built) -> None:
    models = (Unit, UnitEvent, Person, Affiliation, Term, Seat, Venue, HeadCount, Activity, Entry, DeclaredBudget, User)
    assert {model.__name__: model.objects.count() for model in models} == {
        "Unit": 145,
        "UnitEvent": 204,
        "Person": 3000,
        "Affiliation": 2174,
        "Term": 173,
        "Seat": 519,
        "Venue": 102,
        "HeadCount": 438,
        "Activity": 993,
        "Entry": 438,
        "DeclaredBudget": 139,
        "User": 22,
    }


def test_plan_is_what_was_built_and_another_seed_gives_another(city: Built) -> None:
    assert Counter(Person.objects.values_list("name", flat=True)) == Counter(p.facts["name"] for p in city.plan.people)
    assert plan_groups(stream(2025, "groups"), city.places, TODAY) == city.plan.groups
    assert plan_groups(stream(2026, "groups"), city.places, TODAY) != city.plan.groups


def test_counts_by_county(city: Built) -> None:
    groups = Counter(Unit.objects.filter(kind__is_federation=False).values_list("county__name", flat=True))
    people = Counter(Person.objects.values_list("division__parent__name", flat=True))
    assert {county.name: (groups[county.name], people[county.name]) for county in COUNTIES} == {
        "麒麟区": (41, 829),
        "沾益区": (12, 265),
        "马龙区": (8, 169),
        "陆良县": (17, 437),
        "师宗县": (8, 216),
        "罗平县": (11, 277),
        "富源县": (9, 214),
        "会泽县": (12, 249),
        "宣威市": (17, 344),
    }


def test_headline_of_the_year(city: Built) -> None:
    found = orgs.units_by_event(factories.actor_for("city"), TODAY.year, as_of=TODAY)
    assert {kind: len(units) for kind, units in found.items()} == {
        "establish": 5,
        "reorganise": 3,
        "restore": 2,
        "lapse": 2,
    }


PAID = Q(direction__in=("received", "spent"))
LIVING = Q(kind__is_federation=False, state="normal")
FAULTS = {
    "term over": lambda: Unit.objects.filter(LIVING).exclude(terms__end__gte=TODAY).filter(terms__end__lt=TODAY),
    "term ends within half a year": lambda: Unit.objects.filter(
        LIVING, terms__end__range=(TODAY, TODAY + timedelta(days=183))
    ),
    "no term": lambda: Unit.objects.filter(LIVING, terms=None),
    "no venue": lambda: Unit.objects.filter(LIVING, venues=None),
    "venue without address": lambda: Venue.objects.filter(address=""),
    "stalled": lambda: Unit.objects.filter(state="lapsed"),
    "waiting for reorganisation": lambda: Unit.objects.filter(state="to_reorganise"),
    "dissolved": lambda: Unit.objects.filter(state="dissolved"),
    "no approval number": lambda: Unit.objects.filter(LIVING, approval_number=""),
    "no leader": lambda: Unit.objects.filter(LIVING).exclude(
        pk__in=Seat.objects.filter(post__leads=True, end=None).values("unit")
    ),
    "study rules not said": lambda: Unit.objects.filter(LIVING, has_study_rules=None),
    "no activity in a year": lambda: Unit.objects.filter(LIVING, activities=None),
    "no money": lambda: Unit.objects.filter(LIVING, fund_entries=None),
    "money without source": lambda: Entry.objects.filter(direction="received", source=None),
    "money without voucher": lambda: Entry.objects.filter(PAID, voucher=""),
    "activity without number present": lambda: Activity.objects.filter(present=None),
    "several hosts": lambda: Unit.objects.alias(n=Count("hostings", filter=Q(hostings__end=None))).filter(n__gt=1),
    "people and no group": lambda: HeadCount.objects.filter(
        division__level=4, category="", people__gt=0, division__served_by=None, division__member_counts=None
    ),
}


def test_faults_are_there(city: Built) -> None:
    assert {name: find().distinct().count() for name, find in FAULTS.items()} == {
        "term over": 16,
        "term ends within half a year": 5,
        "no term": 5,
        "no venue": 21,
        "venue without address": 7,
        "stalled": 7,
        "waiting for reorganisation": 4,
        "dissolved": 5,
        "no approval number": 9,
        "no leader": 6,
        "study rules not said": 14,
        "no activity in a year": 7,
        "no money": 18,
        "money without source": 8,
        "money without voucher": 20,
        "activity without number present": 38,
        "several hosts": 10,
        "people and no group": 59,
    }


def test_nothing_of_it_must_be_mended(city: Built) -> None:
    """What is missing is missing as in a real city; what is there does not contradict itself."""
    found = integrity.findings(factories.anybody(), on=TODAY, severity="mend")
    assert [(one.check.code, one.offenders[:3]) for one in found if one.offenders] == []


HISTORY = {
    "枕溪机械侨联小组": ("dissolved", ["establish 2009-04-16", "merge 2017-06-18"]),
    "归砚机械侨联小组": ("dissolved", ["establish 2012-11-05", "merge 2017-06-18"]),
    "枕归机械集团侨联小组": ("normal", ["succeed 2017-06-18", "rename 2022-03-09"]),
    "曲靖知澜学院侨联": ("normal", ["establish 2006-10-20", "split_off 2020-09-01"]),
    "曲靖知澜医学院侨联小组": ("normal", ["succeed 2020-09-01"]),
    "澈溪社区侨联": ("normal", ["establish 1989-05-12", "convert 2016-04-20"]),
    "砚泉医院侨联小组": ("normal", ["establish 2007-03-08", "lapse 2018-01-15", "restore 2021-10-12"]),
}


def test_ten_years_of_history(city: Built) -> None:
    units = {unit.short_name: unit for unit in Unit.objects.filter(short_name__in=HISTORY)}
    assert {
        name: (unit.state, [f"{event.kind} {event.on}" for event in unit.events.order_by("on")])
        for name, unit in units.items()
    } == HISTORY
    assert Succession.objects.filter(state="carried_out").count() == 6
    ended = Seat.objects.filter(unit__in=[units["枕溪机械侨联小组"], units["归砚机械侨联小组"]])
    assert set(ended.values_list("start", "end")) == {(date(2014, 3, 12), date(2017, 6, 18))}
    members = Affiliation.objects.filter(end=None, unit__in=units.values()).values_list("unit__short_name", flat=True)
    assert Counter(members) == {
        "枕归机械集团侨联小组": 12, "曲靖知澜学院侨联": 9, "曲靖知澜医学院侨联小组": 5, "澈溪社区侨联": 12, "砚泉医院侨联小组": 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("on", "names"),
    [
        (date(2016, 1, 1), {"枕溪机械侨联小组", "归砚机械侨联小组", "曲靖知澜学院侨联", "澈溪华侨农场侨联", "砚泉医院侨联小组"}),
        (date(2018, 1, 1), {"枕归机械侨联小组", "曲靖知澜学院侨联", "澈溪社区侨联", "砚泉医院侨联小组"}),
        (date(2022, 1, 1), {"枕归机械侨联小组", "曲靖知澜学院侨联", "曲靖知澜医学院侨联小组", "澈溪社区侨联",
                            "砚泉医院侨联小组"}),
    ],
)  # fmt: skip
def test_tree_of_a_past_day_has_the_units_of_that_day(city: Built, on: date, names: set[str]) -> None:
    words = ("枕溪", "归砚", "枕归", "知澜", "澈溪", "砚泉")
    then = orgs.units_on(factories.actor_for("city"), on=on)
    there = {unit.short_name for unit in then if unit.state in ("normal", "lapsed")}
    assert {name for name in there if any(word in name for word in words)} == names


def test_one_group_alone_spent_more_than_it_received(city: Built) -> None:
    plus, minus = Q(direction__in=("received", "taken_over")), Q(direction__in=("spent", "handed_over"))
    rows = Entry.objects.values("unit__short_name").annotate(
        left=Coalesce(Sum("amount_fen", filter=plus), 0) - Coalesce(Sum("amount_fen", filter=minus), 0)
    )
    assert [row["unit__short_name"] for row in rows if row["left"] < 0] == ["砚泉医院侨联小组"]


def test_group_of_the_leader_lacks_its_venue_and_nothing_else(city: Built) -> None:
    rows = assessment.all_pictures(factories.actor_for("city"), TODAY)
    verdicts = next(row.verdicts for row in rows if row.unit.short_name == LEADER_GROUP)
    lacking = {standard: [item for item, verdict in items.items() if verdict != Verdict.MET]
               for standard, items in verdicts.items()}  # fmt: skip
    assert lacking == {"five_haves_target": ["venue"], "five_haves_attained": ["place"]}


@pytest.mark.parametrize(("role", "username", "password", "unit"), DEMO_SIGN_INS)
def test_sign_ins_as_printed(city: Built, role: str, username: str, password: str, unit: str) -> None:
    assert authenticate(username=username, password=password) == User.objects.get(username=username)
    grant = Grant.objects.get(user__username=username)
    assert (grant.get_role_display(), grant.unit.short_name) == (role, unit)


def test_users_beside_those(city: Built) -> None:
    assert Counter(Grant.objects.values_list("role", flat=True)) == {
        "city_officer": 1, "auditor": 1, "administrator": 1, "county_officer": 9, "group_leader": 10
    }  # fmt: skip


def test_persons_are_invented(city: Built) -> None:
    numbers = [person.id_number for person in Person.objects.exclude(id_number="")]
    phones = [person.phone for person in Person.objects.exclude(phone="")]
    assert {(number[:6], idnumber.is_valid(number), number.endswith("000")) for number in numbers} == {
        ("530399", True, False)
    }
    assert {(phone[:7], len(phone)) for phone in phones} == {("1990000", 11)}
    assert (len(set(numbers)), len(set(phones))) == (len(numbers), len(phones))
    names = [read_name(name) for name in Person.objects.values_list("name", flat=True)]
    assert {finding.code for name in names for finding in name.findings} == {"latin_name"}
    assert Person.objects.exclude(id_number="").exclude(basis__ground=ConsentBasis.Ground.SEPARATE).count() == 0


def test_every_row_has_its_event(city: Built) -> None:
    """What a change of units made is told by the event of the change."""
    made: dict[str, set[Any]] = {}
    for table, ids in Step.objects.filter(action=Step.Action.MADE).values_list("table", "ids"):
        made.setdefault(table, set()).update(ids)
    for model in (Unit, ConsentBasis, Term, Seat, Venue, HeadCount, Activity, Entry, DeclaredBudget, User, Grant):
        told = AuditEvent.objects.filter(object_kind=model._meta.label_lower).values_list("object_id", flat=True)
        by_change = made.get(model._meta.label, set())
        assert set(map(int, told)) | by_change == set(model.objects.values_list("pk", flat=True)), model
    rolls = AuditPayload.objects.filter(
        event_id__in=AuditEvent.objects.filter(verb="people.persons.registered").values("seq")
    )
    registered = [pk for roll in rolls for pk in json.loads(roll.body)["persons"]]
    assert sorted(registered) == sorted(Person.objects.values_list("pk", flat=True))
    told_events = AuditEvent.objects.filter(object_kind="orgs.unit").exclude(
        verb__in=("orgs.unit.founded", "orgs.unit.placed")
    )
    assert Counter(UnitEvent.objects.exclude(kind="establish").values_list("kind", flat=True)) == Counter(
        verb.rpartition(".")[2] for verb in told_events.values_list("verb", flat=True)
    )


def test_trail_is_whole_and_reads_like_a_year(city: Built) -> None:
    assert list(audit.verify()) == []
    times = list(
        AuditEvent.objects.exclude(verb="places.divisions.loaded").order_by("seq").values_list("at", flat=True)
    )
    assert times == sorted(times)
    assert (times[0].date(), times[-1].astimezone(clock.CHINA).date()) == (TODAY - timedelta(days=400), TODAY)


def test_records_are_made_on_or_after_their_day(city: Built) -> None:
    assert Activity.objects.filter(recorded_at__date__lt=F("on")).count() == 0
    assert Entry.objects.filter(recorded_at__date__lt=F("on")).count() == 0


def test_is_not_built_into_a_database_that_has_units(city: Built) -> None:
    with pytest.raises(Refused, match="请使用空的数据目录"):
        build_city(today=TODAY)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 7, 31), date(2028, 2, 29), date(2031, 12, 31)])
def test_plan_of_any_day_has_nothing_after_it(city: Built, today: date) -> None:
    plan = plan_city(2025, city.places, today)
    days = [act.on for work in plan.work.values() for act in work.acts]
    days += [one.on for work in plan.work.values() for one in work.sums]
    days += [event.first_day for group in plan.groups for event in group.events]
    days += [group.first_day for group in plan.groups]
    days += [seat.start for work in plan.work.values() for seat in work.leadership.seats]
    assert max(days) <= today
    assert sum(group.story in ("new", "reorganised", "restored") for group in plan.groups) == 10


def test_groups_serve_villages_where_a_list_was_loaded(city: Built) -> None:
    villages = {code: [Place(f"{code}00{i}", name, place.name) for i, name in enumerate(("东门社区", "大坝村委会"), 1)]
                for row in city.places.townships.values() for place in row for code in [place.code]}  # fmt: skip
    groups = plan_groups(stream(2025, "groups"), Terrain(city.places.townships, villages), TODAY)
    served = {group.kind: group.area.name for group in groups if group.area and group.area != group.township}
    assert served == {"community": "东门社区", "village": "大坝村委会"}
    assert next(group.hosts for group in groups if group.kind == "village")[0].endswith("大坝村委会")
