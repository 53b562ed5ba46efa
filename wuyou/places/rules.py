"""How Chinese divisions are named: levels, grades, short forms, the many ways to write a village, names no longer used.

Nothing here knows of a particular city except `FORMER_NAMES`, a short table with which a new register begins and which
an office edits afterwards.
"""

from dataclasses import dataclass
from enum import IntEnum

MINORITIES = (
    "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族",
    "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族",
    "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族",
    "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族", "保安族",
    "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族", "各族",
)  # fmt: skip
_WITHOUT_ZU = (*(people[:-1] for people in MINORITIES if len(people) > 3), "蒙古", "锡伯")
_MINORITY_ENDS = tuple(sorted((*MINORITIES, *_WITHOUT_ZU), key=len, reverse=True))


class Level(IntEnum):
    """The five levels of division, from the widest to the smallest."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5


class Kind(IntEnum):
    """What a settlement calls its own body: a community of residents, a village, or neither."""

    OTHER = 0
    COMMUNITY = 1
    VILLAGE = 2


GRADES: dict[Level, tuple[str, ...]] = {
    Level.PROVINCE: ("特别行政区", "自治区", "省", "市"),
    Level.CITY: ("自治州", "地区", "盟", "州", "市"),
    Level.COUNTY: ("自治县", "自治旗", "矿区", "林区", "特区", "新区", "县", "区", "市", "旗"),
    Level.TOWNSHIP: ("街道办事处", "街道办", "街道", "民族乡", "民族苏木", "人民公社", "公社", "苏木", "乡", "镇"),
}
"""Words that close a name and tell the grade, longest first within each level."""

VILLAGE_ENDS: tuple[tuple[str, Kind], ...] = (
    ("社区居民委员会", Kind.COMMUNITY),
    ("社区居委会", Kind.COMMUNITY),
    ("居民委员会", Kind.COMMUNITY),
    ("社区居委", Kind.COMMUNITY),
    ("居委会", Kind.COMMUNITY),
    ("社区", Kind.COMMUNITY),
    ("居委", Kind.COMMUNITY),
    ("村民委员会", Kind.VILLAGE),
    ("村村委会", Kind.VILLAGE),
    ("行政村", Kind.VILLAGE),
    ("村委会", Kind.VILLAGE),
    ("村委", Kind.VILLAGE),
    ("村", Kind.VILLAGE),
)
"""Words that close the name of a village or community, and the kind they tell."""

BODY_ENDS = tuple(end for end, _ in VILLAGE_ENDS if end != "村")
"""Endings that only a registered village or community has; a bare 村 may be a natural village that no list knows."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One division as plain data.

    `code` and `parent` are texts (never numbers); `parent` is "" at the top. `former` holds names no longer used that
    still stand in old papers; `short` a name in daily use that cannot be derived from the full one.
    """

    code: str
    level: Level
    name: str
    parent: str
    short: str = ""
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a division bore from one year to another (None = since before the records)."""

    code: str
    name: str
    since: int | None
    until: int


FORMER_NAMES: tuple[FormerName, ...] = (
    FormerName("530300", "曲靖地区", None, 1997),
    FormerName("530302", "曲靖县", None, 1983),
    FormerName("530302", "曲靖市", 1983, 1997),
    FormerName("530302", "县级曲靖市", 1983, 1997),
    FormerName("530303", "沾益县", 1997, 2016),
    FormerName("530304", "马龙县", None, 2018),
    FormerName("530381", "宣威县", None, 1994),
)
"""With what a register begins; years of the State Council's approvals, for an office to correct and to continue.

A mere change of grade (县 to 市 or 区) need not be listed: `other_grade` recognises it everywhere.
"""


def _without(name: str, ends: tuple[str, ...]) -> str:
    for end in ends:
        if name.endswith(end) and len(name) > len(end):
            return name[: -len(end)]
    return name


def _without_minorities(name: str) -> str:
    """Return a name without the peoples named at its end, as long as two characters remain."""
    while True:
        end = next((m for m in _MINORITY_ENDS if name.endswith(m)), "")
        if not end or len(name) - len(end) < 2:
            return name
        name = name[: -len(end)]


def stem(name: str, level: Level) -> str:
    """Return what remains of a name without its grade and peoples; "" when that is less than two characters.

    龙庆彝族壮族乡 -> 龙庆, 楚雄彝族自治州 -> 楚雄, 城区 -> "".
    """
    if level is Level.VILLAGE:
        return village_forms(name)[0][0]
    bare = _without(name, GRADES[level])
    if bare == name:
        return name
    bare = _without_minorities(bare)
    return bare if len(bare) >= 2 else ""


def other_grade(written: str, name: str, level: Level) -> bool:
    """Say whether a written name is this name with another grade: 沾益县 for 沾益区, 潇湘乡 for 潇湘街道."""
    bare = stem(name, level)
    return written != name and bool(bare) and written in {bare + grade for grade in GRADES[level]}


def village_forms(name: str) -> tuple[tuple[str, Kind], ...]:
    """Return the stems, and their kinds, under which a village may be written, the plain one first.

    东门社区居民委员会 -> (东门, community). 沙锅村村委会 -> (沙锅村, village), (沙锅, village): both 沙锅村村委会 and
    沙锅村 are full names of it. A name with no known ending is its own stem.
    """
    for end, kind in VILLAGE_ENDS:
        if end != "村村委会" and name.endswith(end) and len(name) > len(end):
            plain = name[: -len(end)]
            if kind is Kind.VILLAGE and end != "村" and plain.endswith("村") and len(plain) > 1:
                return ((plain, kind), (plain[:-1], kind))
            return ((plain, kind),)
    return ((name, Kind.OTHER),)


def village_end(text: str, at: int) -> tuple[int, Kind]:
    """Return where the ending that begins at `at` stops, and its kind; (at, OTHER) when none begins there."""
    for end, kind in VILLAGE_ENDS:
        if text.startswith(end, at):
            return at + len(end), kind
    return at, Kind.OTHER
