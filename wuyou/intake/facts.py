"""What a row of a roll says of a person: facts by the register's field names, place, group, and the sign to match by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wuyou.intake.matching import Sign, number_of
from wuyou.kernel.hanzi import simplified
from wuyou.kernel.personname import pinyin_key
from wuyou.kernel.reading import Reading
from wuyou.people import bulk
from wuyou.people.columns import PERSONS
from wuyou.people.services import SENSITIVE
from wuyou.platform.imports.columns import Policy
from wuyou.platform.keys import keys

Readings = Mapping[str, Reading[Any]]

FIELDS = {
    "name": "name", "former_name": "former_name", "ethnicity": "ethnicity", "native": "native_place",
    "birthplace": "birthplace", "nationality": "nationality", "edu": "education", "certificate": "certificate",
    "from_country": "from_country", "country": "relative_country", "relative_name": "relative_name",
    "rel_job": "relative_job", "unit": "workplace", "job": "occupation", "wechat": "wechat", "email": "email",
    "id_no": "id_number", "skills": "skills", "health": "health", "hardship": "hardship", "needs": "needs",
    "house_no": "house_no", "kin": "kin", "surveyor": "surveyor", "surveyed": "surveyed", "returned": "returned",
    "left": "went_abroad", "birth": "birth", "category": "category", "relation": "relation",
    "overseas_phone": "overseas_phone", "remark": "remark",
}  # fmt: skip
"""By column of the roll, those fields that take its canonical text. Sex, telephones, place, consent and group follow."""
LABELS = {FIELDS[c.field]: c.label for c in PERSONS.columns if c.field in FIELDS} | {
    "sex": "性别", "phone": "联系电话", "other_phone": "其他电话", "division_id": "所在地", "address": "住址",
    "agreed": "本人是否同意登记", "birth_calendar": "历法", "group": "所属侨联组织",
}  # fmt: skip
_GUARDED = {c.field for c in PERSONS.columns if c.policy is Policy.ASK_PURPOSE}
_SEXES = {"女": "female", "男": "male"}
_SEX_NUMBERS = {"female": 1, "male": 2}
_WHERE = ("residence", "village", "town", "address")
"""The columns that tell where a person lives, the most telling first."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: facts by field name (only what it does say), their blind indexes, a group's name, the sign.

    `county` is the name of the county in which the person lives, "" when the row does not tell; `mark` is the same for
    every row that says the same; `sound` is the name's pinyin key as the register holds it.
    """

    facts: dict[str, Any]
    indexes: dict[str, str]
    group: str
    county: str
    sign: Sign
    mark: str
    sound: str = ""


class Listener:
    """Turns readings into facts, keeping only what may be kept under the batch's purposes and ground."""

    def __init__(
        self,
        kept: frozenset[str],
        ground: str,
        divisions: Mapping[str, int],
        places: Mapping[int, tuple[int, int, int]],
    ) -> None:
        """`divisions` are primary keys by code, `places` county, township and village of each."""
        barred = _GUARDED - kept
        if not bulk.gives_separate_consent(ground):
            barred |= {column for column, name in FIELDS.items() if name in SENSITIVE}
        self._texts = tuple((c, n, bulk.LIMITS.get(n, 0)) for c, n in FIELDS.items() if c not in barred)
        self._divisions, self._places, self._ring = divisions, places, keys()

    def hear(self, readings: Readings) -> Said:
        """Return what the row says; refused and empty cells say nothing."""
        facts: dict[str, Any] = {}
        for column, name, limit in self._texts:
            reading = readings.get(column)
            if reading is not None and reading.text and not (reading.findings and reading.refused):
                told = reading.text.replace("|", "、") if "|" in reading.text else reading.text
                facts[name] = told[:limit] if limit else told
        if "birth" in facts and any(f.code == "lunar_date_converted" for f in readings["birth"].findings):
            facts["birth_calendar"] = "lunar"
        sex, agreed = _value(readings, "sex"), _value(readings, "consent")
        if sex:
            facts["sex"] = _SEXES[sex]
        if agreed is not None:
            facts["agreed"] = agreed
        phones = _value(readings, "phone") or ()
        facts.update(zip(("phone", "other_phone"), phones, strict=False))
        county = self._where(readings, facts)
        indexes = bulk.blind_indexes(facts, self._ring)
        group = _value(readings, "group") or ""
        mark = bulk.mark_of(
            "\x1f".join([f"{name}={told}" for name, told in facts.items()]) + f"\x1f{group}", self._ring
        )
        sound = pinyin_key(facts.get("name", ""))[:120]
        return Said(facts, indexes, group, county, self._sign(facts, indexes, sound), mark, sound)

    def _where(self, readings: Readings, facts: dict[str, Any]) -> str:
        """Add division and address, and return the county's name."""
        door = _value(readings, "door") or ""
        for column in _WHERE:
            match = _value(readings, column)
            if match is None:
                continue
            if isinstance(match, str):
                facts["address"] = (match + door)[: bulk.LIMITS["address"]]
                return ""
            if match.deepest is not None and match.deepest.code in self._divisions:
                facts["division_id"] = self._divisions[match.deepest.code]
            facts["address"] = (match.path.replace("/", "") + match.rest + door)[: bulk.LIMITS["address"]]
            return match.county.name if match.county else ""
        return ""

    def _sign(self, facts: Mapping[str, Any], indexes: Mapping[str, str], sound: str) -> Sign:
        name = facts.get("name", "")
        places = self._places.get(facts.get("division_id", 0), (0, 0, 0))
        numbers = tuple(indexes.get(index, "") for index in ("id_index", "phone_index", "other_phone_index"))
        return sign_of(name, sound, facts.get("sex", ""), facts.get("birth", ""), numbers, places)


def sign_of(
    name: str, sound: str, sex: str, birth: str, indexes: tuple[str, ...], places: tuple[int, int, int]
) -> Sign:
    """Return the sign of a person by what the register holds.

    `indexes` are the blind indexes of identity number, telephone and other telephone; `places` county, township, village.
    """
    plain = simplified(name).replace("·", "").casefold()
    number, phone, other = map(_digits, indexes)
    return Sign(
        number_of(plain), number_of(sound), ord(plain[0]) if plain else 0, _SEX_NUMBERS.get(sex, 0), birth_number(birth),
        number, phone, other, *places,
    )  # fmt: skip


def birth_number(birth: str) -> int:
    """Return an ISO date as a number: 1952-05-03 is 19520503, 1952 is 19520000, "" is 0."""
    return int(birth.replace("-", "").ljust(8, "0")) if birth else 0


def _digits(index: str) -> int:
    return int(index[:15], 16) if index else 0


def _value(readings: Readings, column: str) -> Any:
    reading = readings.get(column)
    if reading is None or reading.value is None or (reading.findings and reading.refused):
        return None
    return reading.value
