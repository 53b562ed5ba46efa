"""Who is the same person: two descriptions compared, and those who may be meant held ready to be found, in little memory.

Decided in tiers: the identity number; name, birth and place; name and telephone. What is only likely is said and left to
a human; two people are never merged because they look alike (design 5 §4, point 7; design 3 §4.4).
"""

from array import array
from enum import IntEnum
from typing import NamedTuple

from wuyou.kernel.numberindex import NumberIndex

_BITS = (1 << 60) - 1


class Verdict(IntEnum):
    """What two descriptions are to each other."""

    OTHER = 0
    DOUBT = 1
    SAME = 2


class Births(IntEnum):
    """How two dates of birth stand to each other: `NEAR` is what a slip or the other calendar makes of one."""

    DIFFER = 0
    UNKNOWN = 1
    NEAR = 2
    YEAR = 3
    MONTH = 4
    DAY = 5


class Sign(NamedTuple):
    """What of a person tells him from others, as whole numbers; 0 means unknown.

    `name`, `sound`, `id` and `phones` are made of texts by `number_of`; `family` is the first character's code point;
    `sex` is 1 for female, 2 for male; `birth` is 19520503, 19520500 or 19520000; places are keys of divisions.
    """

    name: int
    sound: int = 0
    family: int = 0
    sex: int = 0
    birth: int = 0
    id: int = 0
    phone: int = 0
    other_phone: int = 0
    county: int = 0
    township: int = 0
    village: int = 0


def number_of(text: str) -> int:
    """Return a number for a text, the same for the same text while the program runs; 0 for ""."""
    return (hash(text) & _BITS) or 1 if text else 0


def births(one: int, other: int) -> Births:
    """Return how two births stand to each other, each as the number of its digits."""
    if not one or not other:
        return Births.UNKNOWN
    year, month, day = one // 10000, one // 100 % 100, one % 100
    its_year, its_month, its_day = other // 10000, other // 100 % 100, other % 100
    if year != its_year:
        return Births.NEAR if abs(year - its_year) == 1 else Births.DIFFER
    if not month or not its_month:
        return Births.YEAR
    if month != its_month:
        return Births.NEAR
    if not day or not its_day:
        return Births.MONTH
    return Births.DAY if day == its_day else Births.NEAR


def judge(one: Sign, other: Sign) -> Verdict:
    """Return whether two descriptions are of one person, surely or perhaps."""
    if one.id and other.id:
        return _by_number(one, other)
    if one.name == other.name:
        return _namesakes(one, other)
    if not _may_share_sex(one, other):
        return Verdict.OTHER
    born = births(one.birth, other.birth)
    if one.sound == other.sound:
        likely = born >= Births.MONTH or (born is not Births.DIFFER and _share_phone(one, other))
        return Verdict.DOUBT if likely or (born is Births.YEAR and _same_township(one, other)) else Verdict.OTHER
    household = one.family == other.family and _share_phone(one, other)
    return Verdict.DOUBT if household and born >= Births.MONTH else Verdict.OTHER


def likeness(one: Sign, other: Sign) -> int:
    """Return on how many points two descriptions say the same: of several that fit, the best is meant."""
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=True))


def _by_number(one: Sign, other: Sign) -> Verdict:
    """Judge two whose identity numbers are known: the number decides unless the name speaks clearly against it."""
    born = births(one.birth, other.birth)
    if one.id == other.id:
        if one.name == other.name or one.sound == other.sound:
            return Verdict.SAME
        slip = one.family == other.family and born >= Births.YEAR and _may_share_sex(one, other)
        return Verdict.SAME if slip else Verdict.DOUBT
    near = one.name == other.name and (born >= Births.NEAR or _share_phone(one, other))
    return Verdict.DOUBT if near else Verdict.OTHER


def _namesakes(one: Sign, other: Sign) -> Verdict:
    """Judge two of one name: birth and place, or the telephone, decide; what contradicts makes it a doubt."""
    born = births(one.birth, other.birth)
    if not _may_share_sex(one, other):
        return Verdict.DOUBT if born >= Births.MONTH or _share_phone(one, other) else Verdict.OTHER
    if _share_phone(one, other):
        return Verdict.DOUBT if born is Births.DIFFER else Verdict.SAME
    if one.county and one.county == other.county and _birth_decides(born, one, other):
        return Verdict.SAME
    likely = born >= Births.MONTH or (born is not Births.DIFFER and _same_township(one, other))
    return Verdict.DOUBT if likely else Verdict.OTHER


def _birth_decides(born: Births, one: Sign, other: Sign) -> bool:
    """Say whether name, birth and county are enough: the less exact the birth, the less may speak against it."""
    against = bool(one.phone and other.phone) + bool(one.township and other.township and one.township != other.township)
    village = one.village != 0 and one.village == other.village
    if born is Births.DAY:
        return against < 2
    if born is Births.MONTH:
        return against == 0 or village
    return born is Births.YEAR and village and against == 0


def _may_share_sex(one: Sign, other: Sign) -> bool:
    return not one.sex or not other.sex or one.sex == other.sex


def _same_township(one: Sign, other: Sign) -> bool:
    return one.township != 0 and one.township == other.township


def _share_phone(one: Sign, other: Sign) -> bool:
    return (one.phone != 0 and one.phone in (other.phone, other.other_phone)) or (
        one.other_phone != 0 and one.other_phone in (other.phone, other.other_phone)
    )


class Crowd:
    """Those known who may be meant, and everybody of the batch so far, by position: their signs, findable by each tier.

    `places` gives county, township and village of a division; 0 is nowhere.
    """

    def __init__(self, places: dict[int, tuple[int, int, int]]) -> None:
        """Start with nobody."""
        self._places = {0: (0, 0, 0), **places}
        self._columns = {name: array("Q") for name in ("name", "sound", "id", "phone", "other_phone")}
        self._columns |= {name: array("I") for name in ("family", "sex", "birth", "division")}
        self._ids, self._phones, self._births, self._towns = (NumberIndex() for _ in range(4))
        self.numbers = array("Q")
        """The primary key of each who was stored before the batch; 0 for the batch's own."""

    def __len__(self) -> int:
        return len(self.numbers)

    def place_of(self, division: int) -> tuple[int, int, int]:
        """Return county, township and village of a division."""
        return self._places.get(division, (0, 0, 0))

    def add(self, sign: Sign, division: int, number: int = 0) -> int:
        """Add a person and return his position."""
        at = len(self.numbers)
        self.numbers.append(number)
        for name, column in self._columns.items():
            column.append(division if name == "division" else getattr(sign, name))
        self._index(at, sign)
        return at

    def learn(self, at: int, sign: Sign, division: int) -> None:
        """Note what has become known of somebody: he is found by it from now on, and by what was known before."""
        for name, column in self._columns.items():
            column[at] = (division if name == "division" else getattr(sign, name)) or column[at]
        self._index(at, self.sign(at))

    def sign(self, at: int) -> Sign:
        """Return what is known of the person at a position."""
        told = {name: column[at] for name, column in self._columns.items()}
        county, township, village = self.place_of(told.pop("division"))
        return Sign(**told, county=county, township=township, village=village)

    def division(self, at: int) -> int:
        """Return where the person at a position lives; 0 when that is not known."""
        return self._columns["division"][at]

    def find(self, sign: Sign) -> tuple[int | None, list[int]]:
        """Return who this surely is (the one most alike; None when nobody), and who it may be."""
        best, score = None, -1
        doubts: list[int] = []
        for at in self._near(sign):
            known = self.sign(at)
            verdict = judge(sign, known)
            if verdict is Verdict.DOUBT:
                doubts.append(at)
            elif verdict is Verdict.SAME:
                points = likeness(sign, known)
                if points > score or (points == score and best is not None and self._rank(at) < self._rank(best)):
                    best, score = at, points
        return best, sorted(doubts, key=self._rank)

    def _rank(self, at: int) -> int:
        """Return who comes first of several alike: whoever is stored, the longest there first; then the batch's own."""
        return self.numbers[at] or _BITS + at

    def _near(self, sign: Sign) -> set[int]:
        found = {*self._ids.find(sign.id), *self._phones.find(sign.phone), *self._phones.find(sign.other_phone)}
        found.update(self._births.find(_with(sign.sound, sign.birth // 10000)))
        found.update(self._towns.find(_with(sign.sound, sign.township)))
        return found

    def _index(self, at: int, sign: Sign) -> None:
        for index, key in (
            (self._ids, sign.id),
            (self._phones, sign.phone),
            (self._phones, sign.other_phone),
            (self._births, _with(sign.sound, sign.birth // 10000)),
            (self._towns, _with(sign.sound, sign.township)),
        ):
            if key and at not in index.find(key):
                index.add(key, at)


def _with(sound: int, more: int) -> int:
    """Return a number for two together; 0 when one of them is unknown."""
    return (hash((sound, more)) & _BITS) or 1 if sound and more else 0
