"""The groups of the demonstration city as a plan: what each is, what befell it, and what it lacks.

The plan is made of plain values and is the same for the same seed, day and places; `city` carries it out.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from wuyou.demo.accounts import LEADER_GROUP
from wuyou.demo.terrain import (
    CITY,
    CITY_KINDS,
    CITY_MARK,
    CITY_SEAT,
    COUNTIES,
    STEMS,
    County,
    Place,
    Terrain,
    host_name,
    partner_name,
)
from wuyou.orgs import naming

FORMS = (
    ("committee", 50, naming.Form.FEDERATION),
    ("liaison_group", 30, naming.Form.LIAISON),
    ("group", 0, naming.Form.GROUP),
)
STORIES = {
    "new": 5, "reorganised": 3, "restored": 2, "lapsed": 7, "awaiting": 4, "dissolved": 3, "once_restored": 6,
    "once_reorganised": 8, "renamed": 4,
}  # fmt: skip
"""How many groups have which story; 新建、重组、恢复 of the year are ten in all, as in the source."""
FAULTS = {
    "term_over": 16, "term_soon": 7, "no_term": 5, "no_venue": 20, "bare_venue": 8, "no_leader": 6, "no_approval": 9,
    "no_study_rules": 18, "study_not_said": 12, "no_funds": 15, "idle": 6,
}  # fmt: skip
"""How many of the working groups have which fault; a group may have several."""
LEADER_STEM, LEADER_TOWNSHIP = "学府", "文华街道"
NEVER_NEW = ("farm", "university")
NAMED_WITHOUT_STEM = ("township", "office", "other")
PLACED_BY_NAME = ("central_enterprise", "enterprise", "university", "joint")


@dataclass(frozen=True, slots=True)
class Event:
    """What befell a group: kind, day as precise as known, document, note."""

    kind: str
    on: str
    document: str = ""
    note: str = ""

    @property
    def first_day(self) -> date:
        """The first day that the date may mean."""
        return _first_day(self.on)


def _first_day(text: str) -> date:
    return date.fromisoformat(text + {4: "-01-01", 7: "-01", 10: ""}[len(text)])


@dataclass(frozen=True, slots=True)
class Group:
    """A group to be founded. `under` and `county` are county codes, `under` is "" for the city's own groups."""

    number: int
    kind: str
    under: str
    county: str
    short: str
    full: str
    hosts: tuple[str, ...]
    area: Place | None
    township: Place
    people: int
    form: str
    founded: str
    approval: str = ""
    story: str = ""
    events: tuple[Event, ...] = ()
    faults: frozenset[str] = field(default_factory=frozenset)
    vigour: int = 2

    @property
    def works(self) -> bool:
        """Whether the group is at work at the end of the story."""
        return self.story not in ("lapsed", "awaiting", "dissolved")

    @property
    def first_day(self) -> date:
        """The first day that its founding date may mean."""
        return _first_day(self.founded)

    @property
    def known_from(self) -> date:
        """The day from which records of the group can exist in the system: its founding, when that is of this year."""
        return self.first_day if self.story == "new" else date.min


def plan_groups(chance: random.Random, terrain: Terrain, today: date) -> list[Group]:
    """Return all groups of the city in a fixed order; the first community of the seat is that of the user `leader`."""
    sites = list(_sites(chance, terrain))
    free = [site.number for site in sites if site.short != LEADER_GROUP and site.kind not in NEVER_NEW]
    stories = _allot(chance, STORIES, free)
    told = [_with_story(chance, site, next(iter(stories.get(site.number, ())), ""), today) for site in sites]
    working = [group.number for group in told if group.works and group.story != "new" and group.short != LEADER_GROUP]
    faults = _allot(chance, FAULTS, working, exclusive=False)
    return [_with_faults(chance, group, frozenset(faults.get(group.number, ()))) for group in told]


def _sites(chance: random.Random, terrain: Terrain) -> Iterator[Group]:
    stems, number = iter(STEMS), 0
    for county in (None, *COUNTIES):
        code = county.code if county else CITY_SEAT
        townships = list(terrain.townships[code])
        chance.shuffle(townships)
        for kind, many in (county.kinds if county else CITY_KINDS).items():
            for turn in range(many):
                number += 1
                is_leaders = county is COUNTIES[0] and (kind, turn) == ("community", 0)
                township = _township(townships, kind, turn + number, LEADER_TOWNSHIP if is_leaders else "")
                if kind == "township":
                    townships.remove(township)
                stem = LEADER_STEM if is_leaders else "" if kind in NAMED_WITHOUT_STEM else next(stems)
                site = _site(chance, terrain, county, kind, turn, township, stem)
                yield replace(site, number=number, short=LEADER_GROUP if is_leaders else site.short)


def _township(townships: list[Place], kind: str, turn: int, name: str) -> Place:
    """Return the township of that name, else the next that fits: communities mostly lie in streets, villages do not."""
    fitting = [place for place in townships if place.name == name]
    if not fitting and kind in ("community", "village"):
        fitting = [place for place in townships if place.name.endswith("街道") == (kind == "community")]
    return (fitting or townships)[turn % len(fitting or townships)]


def _site(chance: random.Random, terrain: Terrain, county: County | None, kind: str, turn: int, township: Place,
          stem: str) -> Group:  # fmt: skip
    place = county.name if county else CITY
    area = township if kind == "township" else _village(chance, terrain, kind, township)
    if kind == "village" and area is not None:
        host = f"{township.name}{area.name.removesuffix('委会')}委会"
    else:
        host = host_name(kind, turn, stem=stem, place=place, township=township.name)
    hosts = (host, *(partner_name(turn + i, stem=stem, place=place) for i in range(_partners(chance, kind))))
    people = 24 if stem == LEADER_STEM else _size(chance, kind)
    form, _, ending = next(f for f in FORMS if f[1] <= people)
    if turn == 2:  # the form of an earlier day, which no longer fits the number of people
        form, _, ending = FORMS[1]
    full, short = _names(hosts, kind, ending, county)
    return Group(
        number=0, kind=kind, under=county.code if county else "", county=county.code if county else CITY_SEAT,
        short=short, full=full, hosts=hosts, area=area, township=township, people=people, form=form, founded="",
    )  # fmt: skip


def _village(chance: random.Random, terrain: Terrain, kind: str, township: Place) -> Place | None:
    """Return the village that a group of a community or village serves; None where no village list was loaded."""
    ending = {"community": "社区", "village": "村"}.get(kind)
    fitting = [v for v in terrain.villages[township.code] if ending and ending in v.name] if ending else []
    return chance.choice(fitting) if fitting else None


def _partners(chance: random.Random, kind: str) -> int:
    return (
        chance.choice((1, 2, 3)) if kind == "joint" else int(kind in ("enterprise", "school") and chance.random() < 0.1)
    )


def _size(chance: random.Random, kind: str) -> int:
    low, high = {"farm": (120, 180), "university": (40, 110), "township": (20, 90), "joint": (20, 60)}.get(
        kind, (8, 64)
    )
    return round(chance.triangular(low, high, low + (high - low) / 4))


def _names(hosts: tuple[str, ...], kind: str, ending: naming.Form, county: County | None) -> tuple[str, str]:
    host = hosts[0].removesuffix("办事处").removesuffix("人民政府").removesuffix("居委会")
    before = "" if kind in PLACED_BY_NAME or host.startswith(CITY) else CITY
    if before and county and not host.startswith(county.name):
        before += county.name
    full = before + host + ("等单位联合" if len(hosts) > 1 else "") + ending.value
    return full, naming.short_name(full, city=CITY, county=county.name if county else "")


def _allot(
    chance: random.Random, wanted: dict[str, int], numbers: list[int], *, exclusive: bool = True
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    free = list(numbers)
    for word, many in wanted.items():
        for number in chance.sample(free, many):
            found.setdefault(number, []).append(word)
            if exclusive:
                free.remove(number)
    return found


def _with_story(chance: random.Random, group: Group, story: str, today: date) -> Group:
    this_year = date(today.year, 1, 1)
    if story == "new":
        founded = _between(chance, this_year, today).isoformat()
    else:
        founded = _founded(chance, today, early=story != "" or group.short == LEADER_GROUP)
    approval = f"{_mark(group)}〔{founded[:4]}〕{chance.randint(2, 38)}号"
    return replace(group, story=story, founded=founded, approval=approval, events=_events(chance, group, story, today))


def _mark(group: Group) -> str:
    return next((county.mark for county in COUNTIES if county.code == group.under), CITY_MARK)


def _founded(chance: random.Random, today: date, *, early: bool) -> str:
    """Return a founding date before the register was begun: half within ten years, one in five known to month or year."""
    year = today.year
    born = chance.randint(1979, year - 11) if early or chance.random() < 0.45 else chance.randint(year - 10, year - 2)
    day = min(date(born, chance.randint(1, 12), chance.randint(1, 28)), today - timedelta(days=430)).isoformat()
    return day[: chance.choices((10, 7, 4), (80, 12, 8))[0]]


def _between(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))


def _events(chance: random.Random, group: Group, story: str, today: date) -> tuple[Event, ...]:
    """Return what the story tells beside the founding, earliest first."""
    this_year, mark = date(today.year, 1, 1), _mark(group)

    def past(most: int, least: int) -> str:
        return date(today.year - chance.randint(least, most), chance.randint(1, 12), chance.randint(1, 28)).isoformat()

    def papers(on: str) -> str:
        return f"{mark}〔{on[:4]}〕{chance.randint(2, 38)}号"

    merged = "挂靠单位合并后工作停滞"
    if story in ("reorganised", "restored"):
        kind, on = ("reorganise", "restore")[story == "restored"], _between(chance, this_year, today).isoformat()
        return (Event("lapse", past(5, 2)[:7], note=merged), Event(kind, on, papers(on)))
    if story in ("once_reorganised", "once_restored"):
        kind, on = ("reorganise", "restore")[story == "once_restored"], past(7, 1)
        return (Event("lapse", past(9, 8)[:4], note=merged), Event(kind, on, papers(on)))
    if story == "lapsed":
        recent = group.number % 3 == 0
        return (
            Event("lapse", (_between(chance, this_year, today).isoformat() if recent else past(4, 1)), note=merged),
        )
    if story == "dissolved":
        on = past(6, 1)
        return (Event("dissolve", on, papers(on), "挂靠单位撤销，成员就近编入其他小组"),)
    if story == "renamed":
        on = past(8, 1)
        return (Event("rename", on, papers(on), "随挂靠单位更名"),)
    return ()


def _with_faults(chance: random.Random, group: Group, faults: frozenset[str]) -> Group:
    vigour = 0 if not group.works else chance.choices((1, 2, 3), (25, 50, 25))[0]
    if group.short == LEADER_GROUP:
        return replace(group, faults=frozenset({"no_venue"}), vigour=3)
    if not group.works:
        faults |= {"no_funds", "term_over"} | ({"no_venue"} if chance.random() < 0.6 else set())
    return replace(
        group, faults=faults, vigour=0 if "idle" in faults else vigour,
        approval="" if "no_approval" in faults else group.approval,
    )  # fmt: skip
