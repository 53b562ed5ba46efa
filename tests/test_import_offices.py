"""Workbooks of offices that the import was not tuned to are understood as a careful reader would."""

import pytest

from tests.offices import LISTS
from tests.other_offices import RECORDS
from tests.strange_offices import STRANGE
from tests.unseen_offices import UNSEEN
from wuyou.activities.columns import ACTIVITIES, VISITS
from wuyou.assessment.columns import RUBRIC
from wuyou.funds.columns import FUNDS
from wuyou.orgs.columns import ORGANISATIONS
from wuyou.people.columns import PERSONS
from wuyou.platform.imports.analysis import analyse
from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.columns import Policy
from wuyou.platform.imports.mapping import SILENT_FROM
from wuyou.platform.imports.packed import column_letters
from wuyou.platform.imports.reader import TableReader

KINDS = (PERSONS, ORGANISATIONS, ACTIVITIES, VISITS, FUNDS, RUBRIC)
OFFICES = [*LISTS, *RECORDS, *UNSEEN, *STRANGE]


def read(office, tmp_path, **options):
    path = tmp_path / office.name
    path.write_bytes(office.data)
    with open_book(path) as book:
        return analyse(book, KINDS, **options)


@pytest.mark.parametrize("make", OFFICES, ids=[make.__name__ for make in OFFICES])
def test_tables_of_an_unknown_office(tmp_path, make):
    office = make()
    parts = read(office, tmp_path)
    assert [(p.table.sheet, p.mapping.name, p.table.form.value) for p in parts] == [
        (t.sheet, t.kind, t.form) for t in office.tables
    ]
    for part, truth in zip(parts, office.tables, strict=True):
        if truth.form != "list":
            continue
        table = part.table
        assert (table.header_first, table.header_last) == truth.header
        assert (table.first_row, table.last_row, table.rows) == (truth.first, truth.last, truth.rows)
        assert {row: str(reason) for row, reason in table.skipped.items()} == truth.skipped


@pytest.mark.parametrize("make", OFFICES, ids=[make.__name__ for make in OFFICES])
def test_columns_of_an_unknown_office(tmp_path, make):
    office = make()
    for part, truth in zip(read(office, tmp_path), office.tables, strict=True):
        found = {column_letters(match.index): match.field for match in part.mapping.matches}
        wrong = {
            letters: (found.get(letters), wanted)
            for letters, wanted in truth.fields.items()
            if found.get(letters) not in wanted.split("|")
        }
        assert wrong == {}


def test_what_must_not_be_kept_is_refused_under_words_never_seen(tmp_path):
    office = next(make for make in OFFICES if make.__name__ == "must_not_keep")()
    (part,) = read(office, tmp_path)
    kept = {m.header for m in part.mapping.matches if m.policy is Policy.STORE or (m.column and m.column.purpose)}
    assert kept == {"姓名", "身份证", "电话", "身份"}


def test_nothing_below_an_exact_header_is_silent(tmp_path):
    office = next(make for make in OFFICES if make.__name__ == "meaningless_headers")()
    (part,) = read(office, tmp_path)
    assert [match.header for match in part.mapping.matches if match.confidence >= SILENT_FROM] == []


def test_remembered_choices_come_first(tmp_path):
    office = next(make for make in OFFICES if make.__name__ == "meaningless_headers")()
    (part,) = read(
        office, tmp_path, remembered={"persons": {"字段一": "relative_name", "字段八": "nationality"}}, only="persons"
    )
    by_header = {match.header: (match.field, match.how.value) for match in part.mapping.matches}
    assert (by_header["字段一"], by_header["字段八"]) == (
        ("relative_name", "remembered"),
        ("nationality", "remembered"),
    )


@pytest.mark.parametrize("make", OFFICES, ids=[make.__name__ for make in OFFICES])
def test_rows_of_an_unknown_office_are_read(tmp_path, make):
    office = make()
    path = tmp_path / office.name
    path.write_bytes(office.data)
    with open_book(path) as book:
        for part, truth in zip(analyse(book, KINDS), office.tables, strict=True):
            if part.is_readable:
                reader = TableReader(book, part.sheet, part.table, part.mapping)
                rows = list(reader.rows())
                if truth.form == "form":
                    assert len(rows) == truth.rows
                    continue
                assert [row.number for row in rows] == [
                    number for number in range(truth.first, truth.last + 1) if number not in truth.skipped
                ]
                assert office.name == "book.xlsx" or reader.sum_lines() == []
