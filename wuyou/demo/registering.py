"""Entering the city's units, people, seats, venues and counts: what the offices do in their first weeks with the system."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from wuyou.demo.accounts import SignIn, let_sign_in, office_users
from wuyou.demo.diary import Diary
from wuyou.demo.leadership import Held, Leadership, plan_office
from wuyou.demo.people import NewComer
from wuyou.demo.plan import Plan, Work
from wuyou.demo.terrain import CITY, COUNTIES
from wuyou.demo.units import Event, Group
from wuyou.demo.year import Room
from wuyou.kernel.actor import Actor
from wuyou.kernel.roles import Role
from wuyou.leadership import services as leadership
from wuyou.orgs import queries as org_queries
from wuyou.orgs import services as orgs
from wuyou.orgs.models import Unit
from wuyou.people import services as people
from wuyou.people.models import ConsentBasis

CITY_FOUNDED, COUNTY_FOUNDED = date(1983, 5, 10), date(1987, 9, 1)
Key = str | int
"""Which unit: "" is the city's office, a county's code its office, a number a group."""


@dataclass(slots=True)
class City:
    """What has been entered so far: the ids of divisions, units and persons, and who acts for which office."""

    plan: Plan
    today: date
    divisions: dict[str, int]
    actors: dict[str, Actor] = field(default_factory=dict)
    units: dict[Key, int] = field(default_factory=dict)
    persons: dict[Key, list[int]] = field(default_factory=dict)
    bases: dict[bool, int] = field(default_factory=dict)

    @property
    def begin(self) -> date:
        """The day on which the city begins to use the system: some weeks before its year of work."""
        return self.today - timedelta(days=400)

    def actor(self, key: Key) -> Actor:
        """Return the officer who answers for a unit."""
        return self.actors[key if isinstance(key, str) else self.plan.group(key).under]


def open_offices(city: City, machine: Actor) -> None:
    """Enter the federations, their officers as users, and the grounds on which persons are registered."""
    office = orgs.NewUnit(f"{CITY}归国华侨联合会", f"{CITY}侨联", kind="city_federation", founded=str(CITY_FOUNDED),
                          approval_number="曲编〔1983〕21号", has_study_rules=True)  # fmt: skip
    city.units[""] = orgs.found_unit(actor=machine, parent_id=None, new=office).pk
    for somebody in office_users(city.units[""]):
        actor = let_sign_in(machine, somebody, start=city.begin)
        city.actors.setdefault("", actor)
    for county in COUNTIES:
        new = orgs.NewUnit(f"{CITY}{county.name}归国华侨联合会", f"{county.name}侨联", kind="county_federation",
                           founded=str(COUNTY_FOUNDED), county_id=city.divisions[county.code], has_study_rules=True,
                           approval_number=f"{county.mark}〔1987〕1号")  # fmt: skip
        unit = orgs.found_unit(actor=city.actors[""], parent_id=city.units[""], new=new)
        city.units[county.code] = unit.pk
        officer = SignIn(county.username, county.officer, Role.COUNTY_OFFICER, unit.pk)
        city.actors[county.code] = let_sign_in(machine, officer, start=city.begin)
    for sensitive, ground, purpose in (
        (False, ConsentBasis.Ground.CONSENT, "联系服务归侨侨眷"),
        (True, ConsentBasis.Ground.SEPARATE, "发放慰问款、办理证明时核对身份，困难帮扶"),
    ):
        basis = people.note_basis(actor=city.actors[""], ground=ground, purpose=purpose, reference="侨情登记同意书")
        city.bases[sensitive] = basis.pk


def note_offices(diary: Diary, city: City) -> None:
    """Note when the officers of the federations are registered with their posts, and those whom no group reaches."""
    for turn, code in enumerate(city.plan.office_acts):
        day = city.begin + timedelta(days=1 + turn)
        own = [somebody for somebody in city.plan.people if somebody.keeper == code and somebody.is_officer]
        others = [somebody for somebody in city.plan.people if somebody.keeper == code and not somebody.is_officer]
        _note_roll(diary, city, code, own, day)
        founded = COUNTY_FOUNDED if code else CITY_FOUNDED
        _note_leaders(diary, city, code, plan_office(city.today, len(own), founded=founded), day + timedelta(days=1))
        _note_roll(diary, city, code, others, day + timedelta(days=12))


def note_townships(diary: Diary, city: City) -> None:
    """Note when the counties declare the people of their townships: all, and for every third place by category."""
    for turn, (code, numbers) in enumerate(city.plan.townships.items()):
        day = city.begin + timedelta(days=20 + turn % 12)
        for category, number in zip(("", "侨眷", "归侨") if turn % 3 == 0 else ("",), numbers, strict=False):
            diary.note(day, partial(_declare_place, city, code, category, number, day))


def _declare_place(city: City, code: str, category: str, number: int, day: date) -> None:
    people.declare_count(
        actor=city.actor(code[:6]), people=number, counted_on=day, source="乡镇（街道）上报", category=category,
        division_id=city.divisions[code],
    )  # fmt: skip


def note_group(diary: Diary, city: City, group: Group) -> None:
    """Note when a group is entered, and what befell it; then its people, leaders, venue and counts."""
    work, day = city.plan.work[group.number], city.begin + timedelta(days=2 + group.number % 9)
    if group.story == "new":
        day = date.fromisoformat(group.founded) + timedelta(days=2)
    diary.note(day, partial(_found, city, group))
    for event in group.events:
        diary.note(max(day, event.first_day + timedelta(days=2)), partial(_event, city, group, event))
    _note_roll(diary, city, group.number, city.plan.members(group), day + timedelta(days=1 + group.number % 4))
    _note_leaders(diary, city, group.number, work.leadership, day + timedelta(days=6))
    if work.room:
        diary.note(day + timedelta(days=7), partial(_venue, city, group, work.room))
    for turn, number in enumerate(work.counts):
        on = min(city.today, day + timedelta(days=8 + 150 * turn))
        diary.note(on, partial(_declare, city, group, number, on))
        if group.kind in ("enterprise", "central_enterprise", "school", "university", "hospital") and not turn:
            diary.note(on, partial(_declare_host, city, group, work, on))


def _found(city: City, group: Group) -> None:
    awaiting = group.story == "awaiting"
    new = orgs.NewUnit(
        full_name=group.full, short_name=group.short, kind=group.kind, form=group.form, founded=group.founded,
        approval_number=group.approval, county_id=city.divisions[group.county], hosts=group.hosts,
        led_by=(f"{group.hosts[0].removesuffix('办事处').removesuffix('人民政府')}党委",),
        area_ids=(city.divisions[group.area.code],) if group.area else (),
        has_study_rules=None if "study_not_said" in group.faults else "no_study_rules" not in group.faults,
        state=Unit.State.TO_REORGANISE if awaiting else Unit.State.NORMAL,
        remark="挂靠单位正在合并，等待重组" if awaiting else "",
    )  # fmt: skip
    parent = city.units[group.under]
    city.units[group.number] = orgs.found_unit(actor=city.actor(group.number), parent_id=parent, new=new).pk


def _event(city: City, group: Group, event: Event) -> None:
    orgs.record_event(
        actor=city.actor(group.number), unit_id=city.units[group.number], kind=event.kind, on=event.on,
        document=event.document, note=event.note,
    )  # fmt: skip


def _note_roll(diary: Diary, city: City, keeper: Key, roll: Sequence[NewComer], day: date) -> None:
    if roll:
        diary.note(day, partial(_register, city, keeper, roll))


def _register(city: City, keeper: Key, roll: Sequence[NewComer]) -> None:
    news = [
        people.NewPerson(
            keeper_id=city.units[keeper], basis_id=city.bases[somebody.sensitive],
            facts=somebody.facts | {"division_id": city.divisions[somebody.township]},
            group_ids=(city.units[somebody.group],) if somebody.group else (),
        )
        for somebody in roll
    ]  # fmt: skip
    registered = people.register_persons(actor=city.actor(keeper), news=news)
    city.persons.setdefault(keeper, []).extend(person.pk for person in registered)


def _note_leaders(diary: Diary, city: City, key: Key, planned: Leadership, day: date) -> None:
    terms: dict[date, int] = {}
    for number, start, end in planned.terms:
        diary.note(max(day, start), partial(_term, city, key, number, start, end, terms))
    if planned.extended is not None:
        ends = planned.terms[-1][2]
        diary.note(max(day + timedelta(days=3), ends), partial(_extend, city, key, terms, ends, *planned.extended))
    for held in planned.seats:
        seats: list[int] = []
        diary.note(max(day, held.start), partial(_seat, city, key, held, terms, seats))
        if held.end is not None:
            diary.note(max(day, held.end), partial(_left, city, key, seats, held.end, held.went))


def _term(city: City, key: Key, number: int, start: date, end: date, terms: dict[date, int]) -> None:
    term = leadership.note_term(
        actor=city.actor(key), unit_id=city.units[key], number=number, start=start, end=end
    )  # fmt: skip
    terms[start] = term.pk


def _extend(city: City, key: Key, terms: dict[date, int], ends: date, until: date, document: str) -> None:
    newest = terms[max(terms)]
    leadership.extend_term(
        actor=city.actor(key), term_id=newest, until=until, document=document, approved_on=ends - timedelta(days=40),
        reason="挂靠单位机构调整",
    )  # fmt: skip


def _seat(city: City, key: Key, held: Held, terms: dict[date, int], seats: list[int]) -> None:
    actor, person = city.actor(key), city.persons[key][held.who]
    seat = leadership.fill_seat(
        actor=actor, unit_id=city.units[key], post_code=held.post, person_id=person, start=held.start,
        term_id=terms.get(held.start), position=held.who, came=held.came,
    )  # fmt: skip
    seats.append(seat.pk)


def _left(city: City, key: Key, seats: list[int], on: date, went: str) -> None:
    leadership.leave_seat(actor=city.actor(key), seat_id=seats[0], on=on, went=went)


def _venue(city: City, group: Group, room: Room) -> None:
    facts = orgs.VenueFacts(room.name, room.address, room.right, room.area_m2, room.is_shared, room.hours)
    orgs.register_venue(actor=city.actor(group.number), unit_id=city.units[group.number], facts=facts)


def _declare(city: City, group: Group, number: int, on: date) -> None:
    people.declare_count(
        actor=city.actor(group.number),
        people=number,
        counted_on=on,
        source="小组填报",
        unit_id=city.units[group.number],
    )


def _declare_host(city: City, group: Group, work: Work, on: date) -> None:
    for turn, name in enumerate(group.hosts):
        host = org_queries.host_named(name)
        if host is not None:
            number = work.counts[0] // (turn + 1) + group.number % 7
            people.declare_count(
                actor=city.actor(group.number), people=number, counted_on=on, source="挂靠单位填报", host_id=host.pk
            )
