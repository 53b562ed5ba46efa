"""Building the demonstration city: the plan is carried out through the services, day by day, by those who would do it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.db import transaction

from wuyou.demo.accounts import LEADER_GROUP, SignIn, let_sign_in
from wuyou.demo.contacts import note_contacts
from wuyou.demo.diary import Diary
from wuyou.demo.history import FOUNDED_BY_CHANGES, OLD, note_history
from wuyou.demo.plan import plan_city
from wuyou.demo.registering import City, note_group, note_offices, note_townships, open_offices
from wuyou.demo.targets import note_targets
from wuyou.demo.terrain import CITY_SEAT, HOME, terrain
from wuyou.demo.units import Group
from wuyou.demo.working import note_move, note_work
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor, machine
from wuyou.kernel.refusals import Refused
from wuyou.kernel.roles import Role
from wuyou.orgs.models import Unit
from wuyou.places import queries as places
from wuyou.places import services as place_services
from wuyou.platform import permissions

LEADERS = 10
Told = Callable[[str], None]


def quiet(sentence: str) -> None:
    """Tell nobody."""


def build_city(*, seed: int = 2025, today: date | None = None, told: Told = quiet) -> None:
    """Fill an empty database with the demonstration city as of a day (by default the day it is), all of it or nothing.

    The same seed and day give the same city. Raises Refused when there are units already.
    """
    today = today or clock.today()
    if Unit.objects.exists():
        raise Refused("数据库中已有组织，没有生成演示城市；请使用空的数据目录。")
    filler = machine("demo", *permissions.labels())
    with transaction.atomic():
        if places.division(HOME) is None:
            place_services.load_divisions(actor=filler, home=HOME)
        city = City(plan_city(seed, terrain(), today), today, places.ids_by_code())
        diary = _diary(city, filler)
        groups = len(city.plan.groups) + len(OLD) + FOUNDED_BY_CHANGES
        told(f"办理 {len(diary.deeds)} 件事项：{groups} 个基层组织，{len(city.plan.people)} 名虚构人员……")
        diary.carry_out()
    told("演示城市已生成。")


def _diary(city: City, filler: Actor) -> Diary:
    diary = Diary(city.today)
    diary.note(city.begin, partial(open_offices, city, filler))
    note_offices(diary, city)
    note_townships(diary, city)
    note_targets(diary, city)
    for group in city.plan.groups:
        note_group(diary, city, group)
    note_contacts(diary, city)
    _note_leaders_sign_in(diary, city, filler)
    note_work(diary, city)
    moved = next(group for group in city.plan.groups if group.under == "" and group.kind == "school")
    note_move(diary, city, moved, CITY_SEAT)
    note_history(diary, city)
    return diary


def _note_leaders_sign_in(diary: Diary, city: City, filler: Actor) -> None:
    """Note when the leaders of ten lively groups become users: `leader`, then `leader2` to `leader10`."""
    lively = [group for group in city.plan.groups if group.vigour == 3 and group.story != "new"]
    lively = [group for group in lively if city.plan.leader_name(group, city.today)]
    lively.sort(key=lambda group: group.short != LEADER_GROUP)
    for number, group in enumerate(lively[:LEADERS], start=1):
        username = "leader" if number == 1 else f"leader{number}"
        diary.note(city.begin + timedelta(days=34), partial(_sign_in, city, filler, group, username))


def _sign_in(city: City, filler: Actor, group: Group, username: str) -> None:
    name = city.plan.leader_name(group, city.today)
    somebody = SignIn(username, name, Role.GROUP_LEADER, city.units[group.number])
    let_sign_in(filler, somebody, start=clock.today())
