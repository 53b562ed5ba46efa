"""Contact leaders of the demonstration city: which officer is responsible for a group, and how a record names him."""

from datetime import date, timedelta
from functools import partial

from wuyou.demo.diary import Diary
from wuyou.demo.plan import Plan
from wuyou.demo.registering import City
from wuyou.demo.units import Group
from wuyou.kernel import clock
from wuyou.leadership import services as leadership

NOBODY_EVERY = 7
"""Each group whose number this divides has nobody yet."""


def contact_of(plan: Plan, group: Group) -> tuple[int, str] | None:
    """Return which officer of its office is responsible for a group, as (place, name); None = nobody."""
    names = [str(one.facts["name"]) for one in plan.people if one.keeper == group.under and one.is_officer]
    if not names or group.story == "dissolved" or group.number % NOBODY_EVERY == 0:
        return None
    place = group.number % min(3, len(names))
    return place, names[place]


def note_contacts(diary: Diary, city: City) -> None:
    """Note when officers become responsible for the groups, once the offices and the groups are entered."""
    for group in city.plan.groups:
        told = contact_of(city.plan, group)
        if told is not None:
            day = max(city.begin, group.first_day) + timedelta(days=30 + group.number % 12)
            diary.note(day, partial(_assign, city, group, told[0]))


def _assign(city: City, group: Group, place: int) -> None:
    start: date = clock.today()
    leadership.assign_contact(
        actor=city.actor(group.number), unit_id=city.units[group.number], person_id=city.persons[group.under][place],
        start=start,
    )  # fmt: skip


def leaders_named(plan: Plan, group: Group, leaders: str) -> str:
    """Return who of the leaders came, as a record says it: by title, and the group's own contact leader by name."""
    told = contact_of(plan, group)
    return f"{leaders}、{told[1]}" if leaders and told is not None else leaders
