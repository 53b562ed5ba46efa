"""Cells of tables about groups: what each reader makes of one, given what stands around it.

`settings` that readers use, all optional: "places" (a `PlaceIndex`), "city" (its official name), "area_code" ("0874"),
"groups" (a `NameIndex`), "unit_kinds" (the office's own kinds by synonym), "today" (a date).
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.amount import money_unit, read_area, read_count, read_money
from wuyou.kernel.docnumber import read_document_number
from wuyou.kernel.hanzi import fold, is_empty, read_yes_no, squeeze, tidy
from wuyou.kernel.partialdate import PartialDate, read_date
from wuyou.kernel.personname import named_posts, read_name
from wuyou.kernel.phone import read_phones
from wuyou.kernel.reading import Reading, empty, note, refused, taken, warn
from wuyou.orgs.naming import GroupMatch, GroupName, NameIndex, form_of, read_group_name
from wuyou.orgs.words import (
    Status,
    Term,
    VenueSaid,
    read_hosts,
    read_kind,
    read_sources,
    read_status,
    read_term,
    read_venue,
)
from wuyou.places.index import PlaceIndex
from wuyou.platform.imports.columns import Around, Cell

_UNIT_TOLD = re.compile(r"单位[:为]?\s*(?:人民币)?\s*(?:[^\s,;。]{1,3}[、/])?[万千百]?元")
_FILLED = re.compile(
    r"(?:填报|填表|填写|统计|截至|截止|上报|制表|报送)(?:时间|日期|日|于)?[:为]?\s*(\d{4}[^\s,;)]{0,8})"
)


def today(around: Around) -> date:
    """Return the day on which the import runs, or which it was told to take."""
    return around.settings.get("today") or clock.today()


def as_of(around: Around) -> date:
    """Return the day as of which a table speaks: the day it was filled in, else its year's end, never after today."""
    now = today(around)
    found = _FILLED.search(fold(around.title))
    filled = read_date(found[1], today=now, kind="filled", year=around.year).value if found else None
    if filled is not None:
        return min(filled.first_day(), now)
    return min(date(around.year, 12, 31), now) if around.year else now


def county_of(around: Around) -> str:
    """Return the official name of the only county that sheet, title or file names; "" when there is none."""
    places: PlaceIndex | None = around.settings.get("places")
    county = places.county_in(around.sheet, around.title, around.file) if places else None
    return county.name if county else ""


def city_of(around: Around) -> str:
    """Return the official name of the home city, "" when no place index was prepared."""
    places: PlaceIndex | None = around.settings.get("places")
    return str(around.settings.get("city") or (places.home.name if places else ""))


def read_text(cell: Cell, around: Around) -> Reading[str]:
    """Return a remark or a free text as typed, without blanks at its ends; line breaks stay."""
    text = tidy(cell.text)
    return empty() if is_empty(text) else taken(text, text)


def read_serial(cell: Cell, around: Around) -> Reading[str]:
    """Return the serial number of a row as text."""
    text = squeeze(cell.text)
    return taken(text, text) if text else empty()


def read_name_cell(cell: Cell, around: Around) -> Reading[GroupName]:
    """Return the name of a group; a short one is completed from the host units in the same row."""
    hosts_cell = around.row.get("hosts")
    hosts = (read_hosts(hosts_cell.text).value if hosts_cell else None) or ()
    return read_group_name(cell.text, hosts, city=city_of(around), county=county_of(around))


def read_group_cell(cell: Cell, around: Around) -> Reading[GroupMatch]:
    """Return the registered group that a cell of another table names; the text is its full name."""
    groups: NameIndex | None = around.settings.get("groups")
    if groups is None:
        text = squeeze(cell.text)
        return taken(GroupMatch(None, text), text) if text else empty()
    return groups.read(cell.text, county=county_of(around))


def with_group(readings: Mapping[str, Reading[Any]], around: Around) -> Mapping[str, Reading[Any]]:
    """Return the row with its group told by the sheet's name, the title or the file's name where no column tells it."""
    groups: NameIndex | None = around.settings.get("groups")
    if "group" in readings or groups is None:
        return readings
    return {**readings, "group": _group_around(groups, around.sheet, around.title, around.file, county_of(around))}


@lru_cache(maxsize=64)
def _group_around(groups: NameIndex, sheet: str, title: str, file: str, county: str) -> Reading[GroupMatch]:
    for text in (sheet, title, PurePath(file).stem):
        reading = groups.told_in(text, county=county)
        if reading.value is not None:
            return taken(reading.value, reading.text, note("group_from_title", name=reading.text))
        if reading.refused:
            return reading
    return refused("group_not_told")


def read_money_cell(cell: Cell, around: Around) -> Reading[int]:
    """Return a sum in fen, its unit told by the cell, the header or the lines above the table."""
    told = _UNIT_TOLD.search(fold(around.title))
    return read_money(cell.text, cell.raw, unit=money_unit(around.header, told[0] if told else ""))


def read_count_cell(cell: Cell, around: Around) -> Reading[int]:
    """Return a count of people or times."""
    return read_count(cell.text, cell.raw)


def read_event_date(cell: Cell, around: Around) -> Reading[PartialDate]:
    """Return the day of something that happened in the year of the file."""
    return read_date(cell.text, cell.raw, today=today(around), kind="event", year=around.year)


def read_person(cell: Cell, around: Around) -> Reading[str]:
    """Return one person's name."""
    return read_name(cell.text)


def read_yes_no_cell(cell: Cell, around: Around) -> Reading[bool]:
    """Return yes or no; 无 and × are no."""
    return read_yes_no(cell.text)


def read_hosts_cell(cell: Cell, around: Around) -> Reading[tuple[str, ...]]:
    """Return the host units, one or several."""
    return read_hosts(cell.text)


def read_kind_cell(cell: Cell, around: Around) -> Reading[str]:
    """Return the kind of a group by its word in the office's list."""
    return read_kind(cell.text, around.settings.get("unit_kinds"))


def read_form_cell(cell: Cell, around: Around) -> Reading[str]:
    """Return the form (归国华侨联合会, 侨联联络组, 侨联小组) that a cell names."""
    form = form_of(cell.text)
    if form is None:
        kept = tidy(fold(cell.text))
        return empty() if is_empty(kept) else taken(kept, kept, warn("not_in_list", word=kept))
    return taken(form.value, form.value)


def read_founded(cell: Cell, around: Around) -> Reading[PartialDate]:
    """Return when a group was founded, as precisely as it is told."""
    return read_date(cell.text, cell.raw, today=today(around), kind="founded", year=around.year)


def read_document(cell: Cell, around: Around) -> Reading[str]:
    """Return the number of the approving document."""
    return read_document_number(cell.text)


def read_phones_cell(cell: Cell, around: Around) -> Reading[tuple[str, ...]]:
    """Return the telephone numbers of a cell."""
    return read_phones(cell.text, cell.raw, area_code=str(around.settings.get("area_code", "")))


def read_members(cell: Cell, around: Around) -> Reading[tuple[tuple[str, str], ...]]:
    """Return the officers of a list with their posts."""
    return named_posts(cell.text)


def read_term_cell(cell: Cell, around: Around) -> Reading[Term]:
    """Return the term of the officers as of the day the table speaks of."""
    return read_term(cell.text, cell.raw, as_of=as_of(around), header=around.header)


def read_venue_cell(cell: Cell, around: Around) -> Reading[VenueSaid]:
    """Return whether there is a venue and what is told of it."""
    return read_venue(cell.text)


def read_area_cell(cell: Cell, around: Around) -> Reading[Decimal]:
    """Return an area in m²."""
    return read_area(cell.text, cell.raw)


def read_sources_cell(cell: Cell, around: Around) -> Reading[tuple[str, ...]]:
    """Return where money comes from."""
    return read_sources(cell.text)


def read_status_cell(cell: Cell, around: Around) -> Reading[Status]:
    """Return the state of a group and what befell it in which year."""
    return read_status(cell.text, year=around.year)
