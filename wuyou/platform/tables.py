"""A list as data: columns and rows, from which the table on the desk, the records on the phone and the sheet are made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from wuyou.platform.presentation import DateLike, Text, day, moment, thousands, tone, yuan

Kind = Literal["text", "number", "money", "date", "tag"]
Phone = Literal["name", "tag", "line", "hide", "only"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is more than its value: a link, a state's word with its tone, a second line in grey."""

    value: "Plain"
    href: str = ""
    note: Text = ""
    tone: str = ""


Plain = Text | int | float | date | datetime | None
Written = Plain | Cell


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `kind` decides how values are written: number, money (fen), date, tag (a state's word), or text. `phone` decides
    where a narrow screen puts it: `name` and `tag` share the first line of a record, `line` joins the grey second line,
    `hide` is left out, `only` joins the second line and is left out on a wide screen. Figures on the second line are led
    by `short` (or the label). `sort` is the value of the `sort` parameter, "" when the list cannot be ordered by it.
    """

    label: Text
    kind: Kind = "text"
    phone: Phone = "line"
    short: Text = ""
    sort: str = ""

    @property
    def css(self) -> str:
        """The classes of the column's cells."""
        aligned = " num" if self.kind in ("number", "money") else " nowrap" if self.kind in ("date", "tag") else ""
        place = "p-line only-narrow" if self.phone == "only" else f"p-{self.phone}"
        return f"{place}{aligned}"


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list without rows says: what it is for, and the first thing to do."""

    title: Text
    text: Text = ""
    href: str = ""
    label: Text = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell ready for the page."""

    text: Text
    css: str
    href: str = ""
    note: Text = ""
    tone: str = ""
    lead: Text = ""
    head: bool = False


def written(value: Plain, kind: Kind = "text") -> Text:
    """Return a value as its column shows it; "" for None."""
    if value is None or isinstance(value, str):
        return day(value) if kind == "date" else value or ""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float):
        return yuan(int(value)) if kind == "money" else thousands(value)
    return value


@dataclass(frozen=True, slots=True)
class Table:
    """A list to show.

    Each row has one value (or `Cell`) per column; `total` is the row under the table. `ordered` is the `sort` value in
    force, with a leading `-` when descending. `wide` lets the table scroll in its own box with its first column fixed.
    """

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Written]]
    empty: Empty | None = None
    total: Sequence[Written] = ()
    ordered: str = ""
    wide: bool = False
    caption_shown: bool = False

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the columns, before anybody reads a figure under the wrong head."""
        if any(len(row) != len(self.columns) for row in (*self.rows, *([self.total] if self.total else []))):
            raise ValueError(f"a row of “{self.caption}” does not have {len(self.columns)} cells")

    @property
    def heads(self) -> Iterator[tuple[Column, str, str]]:
        """Each column with the `sort` value its head leads to and its aria-sort word ("" when not ordered by it)."""
        for column in self.columns:
            if self.ordered == column.sort and column.sort:
                yield column, f"-{column.sort}", "ascending"
            elif self.ordered == f"-{column.sort}":
                yield column, column.sort, "descending"
            else:
                yield column, column.sort, ""

    def shown(self) -> Iterator[list[Shown]]:
        """Yield the rows ready for the page."""
        return (self._row(row) for row in self.rows)

    def shown_total(self) -> list[Shown]:
        """Return the total row ready for the page."""
        return self._row(self.total)

    def _row(self, row: Sequence[Written]) -> list[Shown]:
        named = next((at for at, column in enumerate(self.columns) if column.phone == "name"), 0)
        return [
            _cell(value, column, at == named) for at, (value, column) in enumerate(zip(row, self.columns, strict=True))
        ]


def _cell(value: Written, column: Column, head: bool) -> Shown:
    cell = value if isinstance(value, Cell) else Cell(value)
    text = written(cell.value, column.kind)
    lead = column.short or column.label if column.phone == "line" and column.css.endswith("num") else column.short
    css = f"{column.css}{' nowrap' if len(str(text)) <= 6 and column.kind == 'text' else ''}{'' if text else ' nil'}"
    shade = cell.tone or (tone(text) if column.kind == "tag" and text else "")
    return Shown(text, css, cell.href, cell.note, shade, lead, head)


__all__ = ["Cell", "Column", "DateLike", "Empty", "Shown", "Table", "written"]
