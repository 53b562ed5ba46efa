"""What an official document holds, as plain data: no fonts here, no numbers of headings, no paper sizes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in running text that leads to its row in an appendix.

    `text` is the number as printed, `anchor` the mark of the table row that explains it (letters, digits and "_", a
    letter first, at most 40), `tip` what a reader sees who rests the mouse on it.
    """

    text: str
    anchor: str
    tip: str = ""


Run = str | Figure


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, indented by two characters."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; its number (一、 (一) 1. (1)) is counted by the writer.

    With `runs` the heading is run in: the text goes on behind it in the same paragraph.
    """

    level: int
    text: str
    runs: tuple[Run, ...] = ()


class Align(StrEnum):
    """Where the text of a table's column stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: what stands at its head, its share of the width (any unit, shares are added up), where its text stands."""

    head: str
    share: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells, one for each column; `anchor` is the mark to which a `Figure` leads ("" = none)."""

    cells: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on every page."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


Block = Paragraph | Heading | Table


@dataclass(frozen=True, slots=True)
class Appendix:
    """What is bound behind the document; its title is the one that the note under the body announces."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document as an office sends it.

    `title` is one text a line, as the office breaks it. `letterhead` is the red line of the issuing office ("" = plain
    paper), `number` the document number, `addressee` whom it goes to. `signer` answers for a document to an office above
    and stands beside the number ("" = none). `signed_by` and `dated` close it, `undated` stands where the day is not known
    yet; `sealed` leaves the place for a seal over both. `note` stands in brackets under the day.
    """

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    subtitle: str = ""
    letterhead: str = ""
    number: str = ""
    signer: str = ""
    addressee: str = ""
    signed_by: str = ""
    dated: date | None = None
    undated: str = ""
    note: str = ""
    sealed: bool = True
    appendices: tuple[Appendix, ...] = ()
