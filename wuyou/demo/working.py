"""Recording the city's year: activities and money, each some days after it happened, by the officer who answers for it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from wuyou.activities import services as activities
from wuyou.demo.contacts import leaders_named
from wuyou.demo.diary import Diary
from wuyou.demo.registering import City, Key
from wuyou.demo.units import Group
from wuyou.demo.year import Act, Sum
from wuyou.funds import services as funds
from wuyou.orgs import services as orgs

SETTLED = timedelta(days=35)
"""After this many days the register is filled, and the records of earlier years are entered."""


def note_work(diary: Diary, city: City) -> None:
    """Note when each record of the year is made."""
    for code, acts in city.plan.office_acts.items():
        for turn, act in enumerate(acts):
            diary.note(act.on + timedelta(days=turn % 4), partial(_act, city, code, act))
        for one in city.plan.office_sums[code]:
            _note_sum(diary, city, code, one, "")
    for group in city.plan.groups:
        _note_group(diary, city, group)


def note_move(diary: Diary, city: City, group: Group, parent: Key) -> None:
    """Note that a group of the city comes under the guidance of the county in which it lies, half a year ago."""
    start = city.today - timedelta(days=180)
    diary.note(start, lambda: orgs.place_unit(
        actor=city.actors[""], unit_id=city.units[group.number], parent_id=city.units[parent], start=start
    ))  # fmt: skip


def _note_group(diary: Diary, city: City, group: Group) -> None:
    work = city.plan.work[group.number]
    for turn, act in enumerate(work.acts):
        named = replace(act, leaders=leaders_named(city.plan, group, act.leaders))
        diary.note(act.on + timedelta(days=(turn + group.number) % 6), partial(_act, city, group.number, named))
    handler = city.plan.leader_name(group, city.today)
    for one in work.sums:
        _note_sum(diary, city, group.number, one, handler)
    codes = tuple(dict.fromkeys(one.source for one in work.sums if one.is_received and one.source))
    for back, fen in work.budgets:
        year = city.today.year - back
        due = max(date(year, 1, 18), city.begin + SETTLED, group.known_from + timedelta(days=10))
        diary.note(due, partial(_budget, city, group.number, year, fen, codes))


def _note_sum(diary: Diary, city: City, key: Key, one: Sum, handler: str) -> None:
    diary.note(max(one.on + timedelta(days=1), city.begin + SETTLED), partial(_sum, city, key, one, handler))


def _act(city: City, key: Key, act: Act) -> None:
    new = activities.NewActivity(
        city.units[key], act.kind, act.on, act.topic, act.present, bool(act.leaders), act.leaders, act.cost_fen
    )
    activities.record_activity(actor=city.actor(key), new=new)


def _sum(city: City, key: Key, one: Sum, handler: str) -> None:
    new = funds.NewEntry(
        city.units[key], one.on, one.fen, "received" if one.is_received else "spent", one.source, one.purpose[:60],
        one.voucher, handler,
    )  # fmt: skip
    funds.record_entry(actor=city.actor(key), new=new)


def _budget(city: City, key: Key, year: int, fen: int, sources: tuple[str, ...]) -> None:
    funds.declare_budget(actor=city.actor(key), unit_id=city.units[key], year=year, amount_fen=fen, sources=sources)
