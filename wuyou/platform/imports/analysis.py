"""What a file holds: its tables, the kind of each, and which column is which. The first step of every import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wuyou.platform.imports.book import Book, Sheet
from wuyou.platform.imports.columns import ImportKind
from wuyou.platform.imports.mapping import UNKNOWN, Mapper, TableMapping
from wuyou.platform.imports.marks import LIST_SHEET, batch_in_header
from wuyou.platform.imports.tables import FoundTable, TableForm
from wuyou.platform.imports.walk import find_tables
from wuyou.platform.imports.words import vocabulary_of


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a file with its mapping."""

    sheet: Sheet
    table: FoundTable
    mapping: TableMapping

    @property
    def is_readable(self) -> bool:
        """Whether rows can be taken from it: a list, or filled-in forms, whose kind is known."""
        return self.table.form is not TableForm.TEXT and self.mapping.kind is not None and self.table.rows > 0


def analyse(
    book: Book,
    kinds: Iterable[ImportKind],
    *,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    only: str | None = None,
) -> list[Part]:
    """Return the tables of the file in the order of its sheets.

    `kinds` are all announced kinds; `only` is the name of the one that the user has chosen (None = tell by the table).
    `remembered` holds by kind what this office chose before: plain header to field name.
    """
    kinds = tuple(kinds)
    vocabulary, mapper = vocabulary_of(kinds), Mapper(kinds, remembered)
    parts = []
    for sheet in book.sheets:
        if book.batch and sheet.name == LIST_SHEET:
            continue  # our own list of problems in a file that comes back
        for table in find_tables(book, sheet, vocabulary):
            is_text = table.form is TableForm.TEXT
            mapping = TableMapping(None, UNKNOWN, 0.0, ()) if is_text else mapper.map(table, only=only)
            parts.append(Part(sheet, table, mapping))
    return parts


def batch_of(book: Book, parts: Iterable[Part]) -> str:
    """Return the number of the batch for which this file was given back, "" when it is a new file."""
    return book.batch or next(
        (batch for part in parts for column in part.table.columns if (batch := batch_in_header(column.header))), ""
    )
