"""Terms and seats of the demonstration city as a plan: who leads which group, and where a term is over or a seat empty."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wuyou.demo.units import Group

_POSTS = {
    "group": ("leader", "liaison_officer", "deputy_leader"),
    "liaison_group": ("leader", "deputy_leader", "liaison_officer", "group_member"),
    "committee": ("chair", "vice_chair", "secretary_general", "member"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A seat: post, which of the unit's persons (by place in its list), from, until (None = still), in the present term.

    `came` and `went` are how and why, as `Seat` has them.
    """

    post: str
    who: int
    start: date
    end: date | None = None
    in_term: bool = True
    came: str = "elected"
    went: str = ""


@dataclass(frozen=True, slots=True)
class Leadership:
    """A unit's terms as (number, start, end), the present one last, its seats, and until when the last term was extended."""

    terms: tuple[tuple[int, date, date], ...]
    seats: tuple[Held, ...]
    extended: tuple[date, str] | None = None


def plan_leadership(chance: random.Random, group: Group, members: int, today: date) -> Leadership:
    """Return the terms and seats of a group with that many registered members."""
    term = _term(chance, group, today)
    start = term[1] if term else max(group.first_day, date(today.year - 4, 3, 1))
    posts = _POSTS[group.form][
        : chance.choice((2, 3)) if group.form == "group" and "no_venue" not in group.faults else None
    ]
    seats = [Held(post, place, start) for place, post in enumerate(posts[:members])]
    terms = [term] if term else []
    before = start.replace(year=start.year - 5, day=min(start.day, 28))
    if term and before > group.first_day and chance.random() < 0.4:
        terms.insert(0, (term[0] - 1, before, start))
        if members > len(seats):
            seats.append(Held(posts[0], len(seats), before, start, in_term=False, went="term_over"))
    if "no_leader" in group.faults and seats:
        left = max(today - timedelta(days=chance.randint(20, 200)), start + timedelta(days=1))
        seats[0] = replace(seats[0], end=left, went=("resigned", "moved")[group.number % 2])
    if len(seats) > 2 and group.number % 5 == 0:  # one came in between
        seats[2] = replace(seats[2], came=("co_option", "by_election")[group.number % 2])
    return Leadership(tuple(terms), tuple(seats), _extended(group, terms, today))


def _extended(group: Group, terms: Sequence[tuple[int, date, date]], today: date) -> tuple[date, str] | None:
    """Return until when the last term of one in four whose time is up lasts, and by which document."""
    if not terms or terms[-1][2] >= today or group.number % 4:
        return None
    return later(terms[-1][2], 1), f"曲侨发〔{terms[-1][2].year}〕{100 + group.number}号"


def plan_office(today: date, officers: int, *, founded: date) -> Leadership:
    """Return the leadership of a federation's office: chair, vice-chairs, secretary-general, in a term of five years."""
    start = date(today.year - 2, 4, 16)
    posts = ("chair", "vice_chair", "vice_chair", "secretary_general", *["standing_member"] * officers)[:officers]
    number = max(1, (start.year - founded.year) // 5)
    seats = tuple(Held(post, place, start) for place, post in enumerate(posts))
    return Leadership(((number, start, later(start, 5)),), seats)


def later(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes the 28th."""
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _term(chance: random.Random, group: Group, today: date) -> tuple[int, date, date] | None:
    founded, years = group.first_day, 3 if chance.random() < 0.2 else 5
    if "no_term" in group.faults:
        return None
    if group.story == "new":
        start = date.fromisoformat(group.founded)
        return 1, start, later(start, years)
    if "term_over" in group.faults:
        end = today - timedelta(days=chance.randint(30, 900))
    elif "term_soon" in group.faults:
        end = today + timedelta(days=chance.randint(20, 170))
    else:
        end = today + timedelta(days=chance.randint(200, years * 365 - 120))
    start = max(later(end, -years), founded)
    number = max(1, (start.year - founded.year) // 5 + 1)
    return (number, start, end) if start < end else None


def leader_of(seats: Sequence[Held], today: date) -> int | None:
    """Return which of the unit's persons leads it today, None when nobody does."""
    return next((s.who for s in seats if s.post in ("leader", "chair") and (s.end is None or s.end > today)), None)
