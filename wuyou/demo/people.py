"""The invented persons of the demonstration city as a plan, and the number of people that places and groups declare."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wuyou.demo.accounts import LEADER_GROUP, LEADER_NAME
from wuyou.demo.names import FEMALE, MALE, Names
from wuyou.demo.terrain import COUNTIES, Place, Terrain
from wuyou.demo.units import PLACED_BY_NAME, Group
from wuyou.kernel import idnumber
from wuyou.kernel.calendars import solar_day
from wuyou.people.models import Person
from wuyou.people.words import RELATIONS, SCHOOLING

PERSONS = 3000
OFFICERS = {"city": 8, "county": 4}
"""How many persons of each office are registered, beside the members of groups and those whom no group reaches."""

_CATEGORIES = {
    "侨眷": 52, "归侨": 9, "侨属": 12, "港澳眷属": 6, "台属": 4, "留学人员": 4, "留学人员家属": 5,
    "归难侨": 5, "华侨": 2, "外籍华人": 1,
}  # fmt: skip
_ABROAD = ("华侨", "外籍华人", "留学人员")
_COUNTRIES = {
    "缅甸": 30, "泰国": 17, "美国": 11, "越南": 9, "老挝": 8, "新加坡": 5, "马来西亚": 5, "加拿大": 4, "澳大利亚": 4, "日本": 3,
    "英国": 2, "印度尼西亚": 2, "法国": 1, "韩国": 1, "新西兰": 1, "柬埔寨": 1,
}  # fmt: skip
_OF_REGION = {"港澳眷属": {"中国香港": 4, "中国澳门": 1}, "台属": {"中国台湾": 1}}
_CAME_FROM = {
    "归侨": ({"缅甸": 40, "印度尼西亚": 22, "泰国": 12, "越南": 10, "马来西亚": 9, "印度": 4, "老挝": 3}, (1951, 1967)),
    "归难侨": ({"越南": 92, "老挝": 5, "柬埔寨": 3}, (1978, 1980)),
}  # fmt: skip
_PEOPLES = {"汉族": 88, "彝族": 6, "回族": 4, "白族": 1, "傣族": 1}
_LOCAL_PEOPLES = ("彝族", "壮族", "苗族", "瑶族", "布依族", "水族", "回族")
_OCCUPATIONS = ("务农", "教师", "医生", "个体经营", "职工", "公务员", "工程师", "退休", "自由职业", "技工")
_SKILLS = ("缅语", "泰语", "书法", "广场舞", "法律咨询", "电脑维修", "合唱", "果树栽培", "太极拳", "摄影")
_NEEDS = ("子女上学咨询", "与海外亲属失去联系", "办理探亲手续", "希望参加技能培训", "房产证明", "就医帮助")
_HARDSHIPS = ("独居老人", "重病家庭", "残疾", "低保户")


@dataclass(frozen=True, slots=True)
class NewComer:
    """A person to be registered: by which unit ("" the city, a county code, or a group's number), in which group."""

    keeper: str | int
    group: int | None
    township: str
    sensitive: bool
    facts: dict[str, Any]
    is_officer: bool = False


@dataclass(slots=True)
class Crowd:
    """Makes one person after the other; telephone numbers and identity numbers never repeat."""

    chance: random.Random
    today: date
    order: int = 0

    def one(self, keeper: str | int, group: Group | None, place: Place, *, adult: bool = False) -> NewComer:
        """Return somebody who lives at that place; `adult` makes him fit for a post."""
        chance = self.chance
        category = chance.choices(list(_CATEGORIES), list(_CATEGORIES.values()))[0]
        if adult and category in _ABROAD:
            category = "侨眷"
        born = self._born(category, adult)
        facts: dict[str, Any] = {"category": category, "sex": chance.choice((FEMALE, MALE)), "agreed": True}
        facts |= self._ties(category, born)
        facts["ethnicity"] = self._people_of(place, category)
        is_latin = category == "外籍华人" and chance.random() < 0.5
        names = Names(chance)
        facts["name"] = names.latin() if is_latin else names.of(facts["sex"], born.year, facts["ethnicity"])
        facts |= self._birth(born) | self._work(group, born) | self._contact(place)
        sensitive = self._sensitive(facts, born)
        return NewComer(keeper, group.number if group else None, place.code, bool(sensitive), facts | sensitive)

    def _born(self, category: str, adult: bool) -> date:
        low, high = {"归侨": (1932, 1958), "归难侨": (1938, 1976), "留学人员": (1980, 2003)}.get(category, (1938, 2006))
        low, high = (max(low, 1952), max(min(high, 1995), 1960)) if adult else (low, high)
        return date(self.chance.randint(low, high), self.chance.randint(1, 12), self.chance.randint(1, 28))

    def _ties(self, category: str, born: date) -> dict[str, Any]:
        chance, found = self.chance, dict[str, Any]()
        if category in _CAME_FROM:
            countries, (first, last) = _CAME_FROM[category]
            found["from_country"] = chance.choices(list(countries), list(countries.values()))[0]
            found["returned"] = str(max(born.year, chance.randint(first, last)))
        if category not in ("归侨", "归难侨") or chance.random() < 0.4:
            countries = _OF_REGION.get(category, _COUNTRIES)
            found["relative_country"] = chance.choices(list(countries), list(countries.values()))[0]
            found["relation"] = "" if category in _ABROAD else chance.choice(RELATIONS)
        found["claimed_status"] = category if chance.random() < 0.9 else ""
        if category in ("归侨", "归难侨") or (category == "侨眷" and chance.random() < 0.35):
            found["certified_status"] = "侨眷" if category == "侨眷" else "归侨"
        return found

    def _people_of(self, place: Place, category: str) -> str:
        local = [people for people in _LOCAL_PEOPLES if people in place.name]
        if category == "外籍华人" or not local or self.chance.random() < 0.5:
            return self.chance.choices(list(_PEOPLES), list(_PEOPLES.values()))[0]
        return self.chance.choice(local)

    def _birth(self, born: date) -> dict[str, Any]:
        """Return the birth as precise as it was told; some old people know it by the lunar calendar."""
        if born.year < 1950 and self.chance.random() < 0.1:
            return {"birth": str(solar_day(born.year, born.month, born.day)), "birth_calendar": "lunar"}
        length = self.chance.choices((10, 7, 4, 0), (62, 20, 15, 3))[0]
        return {"birth": born.isoformat()[:length]}

    def _work(self, group: Group | None, born: date) -> dict[str, Any]:
        chance, age = self.chance, self.today.year - born.year
        lowest = 1 if age > 60 else 3
        works_there = group is not None and group.kind not in ("community", "village", "township", "farm")
        found = {
            "education": chance.choice(SCHOOLING[lowest:8]) if chance.random() < 0.8 else "",
            "occupation": "退休" if age > 62 else chance.choice(_OCCUPATIONS) if chance.random() < 0.8 else "",
            "workplace": chance.choice(group.hosts) if group and works_there and age <= 62 else "",
            "skills": chance.choice(_SKILLS) if chance.random() < 0.12 else "",
            "needs": chance.choice(_NEEDS) if chance.random() < 0.06 else "",
        }
        return {name: value for name, value in found.items() if value}

    def _contact(self, place: Place) -> dict[str, Any]:
        self.order += 1
        found: dict[str, Any] = {}
        if self.chance.random() < 0.8:
            found["phone"] = f"1990000{self.order:04}"
        if self.chance.random() < 0.7:
            found["address"] = f"{place.township}{self.chance.randint(1, 12)}组{self.chance.randint(1, 240)}号"
        return found

    def _sensitive(self, facts: dict[str, Any], born: date) -> dict[str, Any]:
        """Return what needs separate consent: an identity number, for a part of those whose day of birth is known."""
        found: dict[str, Any] = {}
        if facts["birth"] == born.isoformat() and facts["ethnicity"] and self.chance.random() < 0.45:
            found["id_number"] = invented_id(born, self.order, facts["sex"])
        if self.chance.random() < 0.03:
            found["hardship"] = self.chance.choice(_HARDSHIPS)
        return found


def invented_id(born: date, order: int, sex: str) -> str:
    """Return a valid identity number of the county 530399, which does not exist; `order` is odd for men, even for women."""
    turn = (
        order % 99 * 10 + (sex == Person.Sex.MALE) + 2
    )  # never 000 at the end, which would look like a damaged number
    first = f"530399{born:%Y%m%d}{turn:03}"
    return first + idnumber.check_digit(first)


def plan_people(chance: random.Random, terrain: Terrain, groups: Sequence[Group], today: date) -> list[NewComer]:
    """Return 3,000 persons: officers of the federations, members of the groups, and those whom no group reaches."""
    crowd = Crowd(chance, today)
    found = list(_officers(crowd, terrain))
    for group in groups:
        found += _members(crowd, terrain, group)
    shares = [county.share for county in COUNTIES]
    while len(found) < PERSONS:
        county = chance.choices(COUNTIES, shares)[0]
        places = terrain.townships[county.code]
        place = places[min(int(chance.expovariate(2 / len(places))), len(places) - 1)]
        found.append(crowd.one(county.code, None, place))
    return found


def _officers(crowd: Crowd, terrain: Terrain) -> Iterator[NewComer]:
    for county in (None, *COUNTIES):
        place = terrain.townships[(county or COUNTIES[0]).code][0]
        for _ in range(OFFICERS["county" if county else "city"]):
            somebody = crowd.one(county.code if county else "", None, place, adult=True)
            yield replace(somebody, is_officer=True)


def _members(crowd: Crowd, terrain: Terrain, group: Group) -> Iterator[NewComer]:
    if group.story == "dissolved":
        return
    number = max(5, round(group.people * (0.48 if group.works else 0.3)))
    town = terrain.townships[group.county][:4]
    for turn in range(number):
        at_home = group.kind not in (*PLACED_BY_NAME, "school", "office", "hospital", "zone", "other")
        place = group.township if at_home else crowd.chance.choice(town)
        somebody = crowd.one(group.number, group, place, adult=turn < 8)
        if turn == 0 and group.short == LEADER_GROUP:
            facts = somebody.facts | {"name": LEADER_NAME, "sex": FEMALE}
            facts.pop("id_number", None)
            somebody = replace(somebody, sensitive=False, facts={k: v for k, v in facts.items() if k != "hardship"})
        yield somebody


def plan_counts(chance: random.Random, terrain: Terrain, people: Sequence[NewComer]) -> dict[str, tuple[int, int, int]]:
    """Return what each township declares, by its code: all people, among them 侨眷 and 归侨; never fewer than registered."""
    lived: dict[str, list[str]] = {}
    for somebody in people:
        lived.setdefault(somebody.township, []).append(somebody.facts["category"])
    found = {}
    for place in (place for row in terrain.townships.values() for place in row):
        here = lived.get(place.code, [])
        if not here and chance.random() < 0.3:
            continue
        more = chance.randint(0, 8 + len(here) * 2 // 3)
        kin, returned = here.count("侨眷") + more * 2 // 3, here.count("归侨") + more // 12
        found[place.code] = (len(here) + more, kin, returned)
    return found
