"""What is found on a sheet: tables with their header rows, data rows and all rows that are no data, and why.

Nothing here depends on fixed words alone: a row is a header because it does not belong to what stands under it.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from wuyou.platform.imports.packed import column_letters


class Skip(StrEnum):
    """Why a row inside or under a table is no data row (the words of the report)."""

    BLANK = "blank"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    REPEAT_HEADER = "repeat_header"
    SECTION = "section"
    NOTE = "note"
    SIGNATURE = "signature"


class TableForm(StrEnum):
    """What a found piece of a sheet is: rows under columns, a form to fill in (labels beside values), or just text."""

    LIST = "list"
    FORM = "form"
    TEXT = "text"


@dataclass
class FoundColumn:
    """A column of a found table: its place (A is 0), the words above it, and what stands in it."""

    index: int
    header: str
    hidden: bool = False
    filled: int = 0
    samples: list[str] = field(default_factory=list)
    colours: Counter[str] = field(default_factory=Counter)

    @property
    def letters(self) -> str:
        """The column's letters in the sheet."""
        return column_letters(self.index)


class Place(NamedTuple):
    """Where a value of a form stands: row (from 1), column (A is 0), and the first column of values of its row."""

    row: int
    column: int
    first: int = 0


@dataclass
class FoundTable:
    """A table of a sheet. Row numbers count from 1; 0 means that there is no such row.

    `skipped` tells every row that is not data, by its number. A form has no rows of its own: `records` tells for each
    filled-in form where the value of each word stands (None: the word has none), by the number of the word's column.
    """

    sheet: str
    number: int
    form: TableForm = TableForm.LIST
    title: str = ""
    header_first: int = 0
    header_last: int = 0
    first_row: int = 0
    last_row: int = 0
    rows: int = 0
    hidden_rows: int = 0
    columns: list[FoundColumn] = field(default_factory=list)
    skipped: dict[int, Skip] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    records: list[dict[int, Place | None]] = field(default_factory=list)

    @property
    def has_header(self) -> bool:
        """Whether there are header rows at all."""
        return self.header_first > 0

    def is_data(self, row: int) -> bool:
        """Tell whether the numbered row is a data row of this table."""
        return self.first_row <= row <= self.last_row and row not in self.skipped
