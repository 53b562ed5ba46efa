"""The real places of the city and what its invented units are called: counties, offices, names of hosts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wuyou.places import queries as places
from wuyou.places.models import Division

HOME = "530300"
CITY = "曲靖市"


@dataclass(frozen=True, slots=True)
class County:
    """A county: its office's user name, the mark of its documents, its share of the people, its groups by kind."""

    code: str
    name: str
    username: str
    officer: str
    mark: str
    share: int
    kinds: Mapping[str, int]

    @property
    def stem(self) -> str:
        """The name without 区, 县, 市."""
        return self.name[:-1]


def _kinds(text: str) -> dict[str, int]:
    return {kind: int(number) for kind, number in (part.split(":") for part in text.split())}


COUNTIES = (
    County("530302", "麒麟区", "county", "念朝阳", "麒侨发", 22, _kinds(
        "community:7 office:3 school:3 hospital:2 enterprise:2 zone:1 township:2 village:1 joint:1")),
    County("530303", "沾益区", "zhanyi", "浦海燕", "沾侨发", 9, _kinds(
        "community:2 township:2 village:2 enterprise:2 school:1 office:1 zone:1 joint:1")),
    County("530304", "马龙区", "malong", "桂家荣", "马侨发", 5, _kinds(
        "community:2 township:1 village:1 enterprise:1 zone:1 office:1 school:1")),
    County("530322", "陆良县", "luliang", "资文静", "陆侨发", 17, _kinds(
        "farm:1 community:3 township:2 village:3 school:2 office:1 hospital:1 enterprise:2 joint:1")),
    County("530323", "师宗县", "shizong", "窦永春", "师侨发", 7, _kinds(
        "farm:1 community:1 township:2 village:1 school:1 office:1 enterprise:1")),
    County("530324", "罗平县", "luoping", "敖雪梅", "罗侨发", 9, _kinds(
        "community:2 township:2 village:2 school:1 hospital:1 office:1 joint:1 other:1")),
    County("530325", "富源县", "fuyuan", "龚志平", "富侨发", 8, _kinds(
        "community:1 township:2 village:1 central_enterprise:2 school:1 hospital:1 office:1")),
    County("530326", "会泽县", "huize", "铁成林", "会侨发", 10, _kinds(
        "community:2 township:2 village:2 central_enterprise:1 school:1 office:1 hospital:1 enterprise:1")),
    County("530381", "宣威市", "xuanwei", "缪丽琼", "宣侨发", 13, _kinds(
        "community:3 township:3 village:2 central_enterprise:2 enterprise:2 school:2 hospital:1 office:1 joint:1")),
)  # fmt: skip
CITY_KINDS = _kinds("university:4 central_enterprise:3 office:2 hospital:1 zone:1 joint:1 school:1 other:1")
CITY_MARK = "曲侨联发"
CITY_SEAT = "530302"

_FIRST = (
    "汀硕枫岭皓泽栩恒铭稷涵桐昱璞岚沐穆嘉砥澜祥旻朗颂芷砚屹煦谷沁澄暄磊籽晟楠茗禹兆瑾翊筠棠珩洵梓笠韵驰沛邺煜菁衡淳"
)
_SECOND = "垣禾垚岩砺川峤垦屿坪溪峒坞"
STEMS = tuple(
    first + _SECOND[(place * 5 + turn) % len(_SECOND)] for turn in range(3) for place, first in enumerate(_FIRST)
)
"""Stems of invented hosts, none of which is a firm or a place that we know of."""

_PATTERNS = {
    "farm": ("{stem}华侨农场",),
    "central_enterprise": ("云南{stem}煤电有限公司", "滇东{stem}冶金有限公司", "云南{stem}铁路物流有限公司"),
    "enterprise": ("{stem}机械有限公司", "{stem}医药有限公司", "{stem}食品有限公司", "{stem}纺织有限公司"),
    "university": ("曲靖{stem}学院", "曲靖{stem}职业技术学院"),
    "school": ("{place}{stem}中学", "{place}{stem}小学"),
    "office": ("{place}农业农村局", "{place}教育体育局", "{place}卫生健康局", "{place}融媒体中心", "{place}供销合作社"),
    "hospital": ("{place}{stem}医院",),
    "zone": ("{place}{stem}产业园区管委会",),
    "other": ("{place}留学人员联谊会",),
    "community": ("{township}{stem}社区居委会",),
    "village": ("{township}{stem}村委会",),
}
_PARTNERS = ("{place}{stem}农技站", "{stem}建材有限公司", "{place}{stem}幼儿园", "{stem}物流有限公司")


def host_name(kind: str, number: int, *, stem: str, place: str, township: str) -> str:
    """Return the name of a host of that kind; `number` turns through the patterns of the kind."""
    if kind == "township":
        return township + ("办事处" if township.endswith("街道") else "人民政府")
    patterns = _PATTERNS["enterprise"] if kind == "joint" else _PATTERNS[kind]
    return patterns[number % len(patterns)].format(stem=stem, place=place, township=township)


def partner_name(number: int, *, stem: str, place: str) -> str:
    """Return the name of a further host of a joint group."""
    return _PARTNERS[number % len(_PARTNERS)].format(stem=stem, place=place)


@dataclass(frozen=True, slots=True)
class Place:
    """A township or village: code, name, and the name of its township (its own for a township)."""

    code: str
    name: str
    township: str


@dataclass(frozen=True, slots=True)
class Terrain:
    """The townships of each county, and the villages of each township, as far as they were loaded; by county code."""

    townships: Mapping[str, Sequence[Place]]
    villages: Mapping[str, Sequence[Place]]


def terrain() -> Terrain:
    """Return the places below the home city, each list in the order of its codes."""
    townships: dict[str, list[Place]] = {county.code: [] for county in COUNTIES}
    for found in sorted(places.below(HOME, Division.Level.TOWNSHIP), key=lambda d: d.code):
        townships[found.parent.code].append(Place(found.code, found.name, found.name))  # type: ignore[union-attr] # below the city
    names = {place.code: place.name for row in townships.values() for place in row}
    villages: dict[str, list[Place]] = {code: [] for code in names}
    for found in sorted(places.below(HOME, Division.Level.VILLAGE), key=lambda d: d.code):
        parent = found.parent
        if parent is not None:
            villages[parent.code].append(Place(found.code, found.name, names[parent.code]))
    return Terrain(townships, villages)
