"""What an imported table is made of: cells, the columns that a package can take, and the kinds of table.

A package announces an `ImportKind` in its `plugs.py`. The machine finds the table, decides which column is which (by
header words *and* by what the column contains), reads every cell with the column's `read`, and gives each row, as
readings by field name, to the kind's `row` check and then to its service.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wuyou.kernel.reading import Reading


class Policy(StrEnum):
    """What may happen to a column: kept, kept only with a chosen purpose, never kept, or of no meaning to us."""

    STORE = "store"
    ASK_PURPOSE = "ask_purpose"
    REFUSE = "refuse"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the file has it.

    `text` is what a person sees (line breaks kept as \\n, surrounding blanks kept); `raw` the typed value (str, int,
    float, bool, date, datetime, time or None). `where` is Excel's name of it ("K17"). `error` is true for #N/A and its
    kin, `formula` when the shown value was computed. `comment` is the remark pinned to it. `colour` is the colour of
    its type where it is not the usual one. `merged` is true when the value belongs to a merged area that began in
    another cell.
    """

    where: str
    text: str
    raw: Any = None
    error: bool = False
    formula: bool = False
    comment: str = ""
    colour: str = ""
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a reader may know about where its cell stands.

    `header` is the text above the column (levels joined by "/"), `title` the lines above the table, `sheet` and `file`
    their names, `year` the year the file speaks of (None when it says none), `row` the cells of the same row by field
    name, `settings` what the kind prepared once for the whole batch (indexes of places, groups, code lists).

    The machine reads a text that it has read before in the same column only once, unless the reader looked into `row`:
    a reader must depend on nothing but the cell, this, and what it finds in `row`. `row` is valid only during the call.
    """

    header: str
    title: str = ""
    sheet: str = ""
    file: str = ""
    year: int | None = None
    row: Mapping[str, Cell] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


ANYBODY = "*"
"""Of whom a field speaks that may stand in a table for any person that it tells of."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind of table can have.

    `headers` are words seen above such a column, most usual first. `read` turns a cell into a reading. `fits` gives the
    share (0..1) of sample texts that look like this field; None when content tells nothing and only the header counts.
    `suits` gives the share that the field may hold where its header says so: it may be more lenient than `fits`, which
    has to tell the field from all others (None: the same as `fits`). `free` says that under its header any text may stand.
    `purpose` names why a column under `ASK_PURPOSE` may be kept ("" = no purpose exists, so it never is).
    `stems` are pieces of words that give the field away inside a header never seen before ("资产", "信教"); they weigh
    less than a whole header and matter most for columns that must not be kept.
    `units` are what such a header tells in brackets ("(元)", "(㎡)").
    `listed` says that the field's words may also stand as headers over columns to tick (归侨 | 侨眷 | …, each with √);
    `several` that more than one column may feed the field (手机, 固定电话): its values are tuples. `or_else` names
    fields each of which stands in for a required one; `in_title` that a
    required one may be told by the title, the sheet's or the file's name instead. `of` says of whom the field speaks, as
    the kind's `speaks_of` does: "" of whom the row is about, `ANYBODY` of anyone. `stands_for` names the field whose
    header words mean this one where the table speaks of that other (姓名 under 海外亲属). `never_beside` names fields that
    say the same better: where all of them stand, the header means something else (方向 of a balance beside 借方 and 贷方).
    """

    field: str
    label: str
    headers: tuple[str, ...]
    read: Callable[[Cell, Around], Reading[Any]]
    fits: Callable[[Sequence[str]], float] | None = None
    policy: Policy = Policy.STORE
    purpose: str = ""
    required: bool = False
    stems: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    listed: bool = False
    several: bool = False
    or_else: tuple[str, ...] = ()
    in_title: bool = False
    suits: Callable[[Sequence[str]], float] | None = None
    free: bool = False
    of: str = ""
    stands_for: str = ""
    never_beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of table that an office may bring.

    `check_row` looks at the readings of one row together (identity number against birth, village against township) and
    returns the readings to use instead, by field name. `prepare` builds, once per batch, what readers need (`settings`).
    `identity` names the fields that together say "this is the same entry again": a second row with the same canonical
    texts there is warned about (`duplicate_row`); () compares every stored field but the serial number.
    `cap` tells from a row's readings how much the rows around it may add up to at most ("附加分不超过10分"), None when
    there is no limit; printed sums are compared with the limited ones. `speaks_of` tells from a header, or (True) from
    the words over a group of headers, of whom they speak: "" of whom the row is about; None when all columns do.
    `subject` is the field that names whom the row is about: only beside it may other columns speak of others.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    check_row: Callable[[Mapping[str, Reading[Any]], Around], Mapping[str, Reading[Any]]] | None = None
    prepare: Callable[..., Mapping[str, Any]] | None = None
    identity: tuple[str, ...] = ()
    cap: Callable[[Mapping[str, Reading[Any]]], Decimal | None] | None = None
    speaks_of: Callable[[str, bool], str] | None = None
    subject: str = ""
