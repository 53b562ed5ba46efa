"""How the cells of a list of persons are read; and what an identity number says about the rest of its row.

`settings` that readers use, all optional: "places" (a `PlaceIndex`; without it addresses stay text), "area_code"
("0874", for local telephone numbers), "today" (a date).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.hanzi import fold, read_yes_no, squeeze, tidy
from wuyou.kernel.hanzi import words as word_set
from wuyou.kernel.idnumber import check_against, read_id
from wuyou.kernel.partialdate import Kind, PartialDate, read_date
from wuyou.kernel.personname import read_name
from wuyou.kernel.phone import read_phones
from wuyou.kernel.reading import Reading, empty, refused, taken, warn
from wuyou.people import words
from wuyou.people.countries import read_country
from wuyou.places.index import PlaceIndex, PlaceMatch
from wuyou.platform.imports.columns import Around, Cell

CellReader = Callable[[Cell, Around], Reading[Any]]

_NO_TEXT = frozenset(("/", "\\", "-", "--", "—", "——", "–", "－"))
_OTHER_DOCUMENTS = word_set("护照 军官证 士兵证 户口 户口本 户口簿 通行证 回乡证 居留证 台胞证 出生证 驾驶证")


def _today(around: Around) -> date:
    return around.settings.get("today") or clock.today()


def text(limit: int) -> CellReader:
    """Return a reader that keeps a free text as typed, up to `limit` characters; the rest is left off with a warning.

    无 and 不详 are kept: in a free text they are an answer. Only a bare stroke counts as blank.
    """

    def read(cell: Cell, around: Around) -> Reading[str]:
        kept = tidy(cell.text)
        if not kept or kept in _NO_TEXT:
            return empty()
        if len(kept) > limit:
            return taken(kept[:limit], kept[:limit], warn("text_too_long", limit=str(limit)))
        return taken(kept, kept)

    return read


def number_text(cell: Cell, around: Around) -> Reading[str]:
    """Return a serial or household number as text, without the .0 of a number cell."""
    plain = squeeze(cell.text).removesuffix(".0")[:30]
    return taken(plain, plain) if plain else empty()


def name(cell: Cell, around: Around) -> Reading[str]:
    """Return a person's name."""
    return read_name(cell.text)


def day(kind: Kind) -> CellReader:
    """Return a reader of dates of a kind; the year that the file speaks of completes what was filled in that year."""

    def read(cell: Cell, around: Around) -> Reading[PartialDate]:
        year = around.year if kind == "filled" else None
        return read_date(cell.text, cell.raw, today=_today(around), kind=kind, year=year)

    return read


def identity_number(cell: Cell, around: Around) -> Reading[str]:
    """Return an identity number; a number that the row calls a passport's is another document's."""
    reading = read_id(cell.text, cell.raw, today=_today(around))
    if reading.refused and reading.findings[0].code in ("id_length", "id_check_digit"):
        kind = around.row.get("id_kind")
        if kind and any(word in fold(kind.text) for word in _OTHER_DOCUMENTS):
            return refused("id_is_other_document", word=kind.text)
    return reading


def phones(cell: Cell, around: Around) -> Reading[tuple[str, ...]]:
    """Return the telephone numbers of a cell; a local number gets the office's area code."""
    return read_phones(cell.text, cell.raw, area_code=str(around.settings.get("area_code", "")))


def phones_abroad(cell: Cell, around: Around) -> Reading[tuple[str, ...]]:
    """Return the telephone numbers of a cell, as numbers of another country unless they are clearly not."""
    return read_phones(cell.text, cell.raw, abroad=True)


def yes_no(cell: Cell, around: Around) -> Reading[bool]:
    """Return whether the cell says yes."""
    return read_yes_no(cell.text)


def by_word(read: Callable[[str], Reading[Any]]) -> CellReader:
    """Return a reader of code words for one that reads texts."""
    return lambda cell, around: read(cell.text)


sex, ethnicity = by_word(words.read_sex), by_word(words.read_ethnic_group)
category, relation = by_word(words.read_category), by_word(words.read_relation)
schooling, country = by_word(words.read_schooling), by_word(read_country)


@lru_cache(maxsize=256)
def _county(places: PlaceIndex, sheet: str, title: str, file: str) -> str:
    county = places.county_in(sheet, title, file)
    return county.name if county else ""


def _placed(cell: Cell, around: Around, township: str) -> Reading[Any]:
    places: PlaceIndex | None = around.settings.get("places")
    if places is None:
        kept = tidy(cell.text)
        return taken(kept, kept) if kept else empty()
    county = _county(places, around.sheet, around.title, around.file)
    return places.read(cell.text, county=county or None, township=township or None)


def address(cell: Cell, around: Around) -> Reading[PlaceMatch]:
    """Return the division of an address, its text as county/township/village."""
    return _placed(cell, around, "")


def township(cell: Cell, around: Around) -> Reading[PlaceMatch]:
    """Return the township of a column that asks for no more: there a township alone is not incomplete."""
    reading: Reading[PlaceMatch] = _placed(cell, around, "")
    if isinstance(reading.value, PlaceMatch) and reading.value.township:
        kept = tuple(finding for finding in reading.findings if finding.code != "place_incomplete")
        return replace(reading, findings=kept)
    return reading


def village(cell: Cell, around: Around) -> Reading[PlaceMatch]:
    """Return the village of a cell, within the township that the row, else the sheet, names."""
    beside = around.row.get("town")
    return _placed(cell, around, (beside.text if beside else "") or around.sheet)


def check_person(readings: Mapping[str, Reading[Any]], around: Around) -> Mapping[str, Reading[Any]]:
    """Return the row's readings with what its identity number contradicts said at birth and sex."""
    number = readings.get("id_no")
    if number is None or number.value is None or number.refused:
        return readings
    birth, sex_said = readings.get("birth"), readings.get("sex")
    known = birth.value if birth and not birth.refused else None
    findings = check_against(number.value, known, sex_said.value if sex_said else None)
    if not findings:
        return readings
    told = dict(readings)
    for finding in findings:
        field = "birth" if finding.code == "id_birth_mismatch" else "sex"
        told[field] = replace(told[field], findings=(*told[field].findings, finding))
    return told
