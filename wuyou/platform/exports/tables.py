"""What an exported table is: its columns, where its rows come from, and the line that says who took it and what for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from wuyou.kernel.actor import Actor
from wuyou.kernel.clock import CHINA
from wuyou.platform.exports.guard import printable

Row = Sequence[Any]


class Kind(StrEnum):
    """What a column holds.

    `TEXT` also takes numbers that are names (identity numbers, telephones, document numbers): never counted with, never
    shortened. `MONEY` is an int of fen, `DAY` a date, `MOMENT` a datetime; a text in any of these columns stays text.
    """

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: what stands at its head, what it holds, its width in half-width signs (0 = as its content needs)."""

    label: Any
    kind: Kind = Kind.TEXT
    width: int = 0


Columns = tuple[ExportColumn, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A table that a package offers.

    `rows(actor, asked)` yields one sequence of values a row, in the order of `columns`, None for what is not known; it
    reads through queries, so that nobody exports what he may not see. `asked` is what the list on the page was narrowed
    to, as its address says it. `columns` may be a function of the actor, where who he is decides what he may read; rows
    then follow it. `needs` is the permission, `personal` is true when a row is about a person: then a purpose is asked
    for and the table carries a watermark. `page` is the URL name of the list it is taken from, `note` what the person
    should know before.
    """

    name: str
    label: Any
    columns: Columns | Callable[[Actor], Columns]
    rows: Callable[..., Iterable[Row]]
    needs: str
    personal: bool
    page: str = ""
    note: Any = ""

    def columns_for(self, actor: Actor) -> Columns:
        """Return the columns that this actor's table has."""
        return self.columns(actor) if callable(self.columns) else self.columns


@dataclass(frozen=True, slots=True)
class Watermark:
    """Who took the table, when and what for; `number` is that of the record of the export."""

    unit: str
    by: str
    at: datetime
    purpose: str
    number: str = ""

    def line(self) -> str:
        """Return the line that stands above the table and on each printed page."""
        moment = f"{self.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        parts = [
            self.unit,
            self.by,
            _("%(moment)s 导出") % {"moment": moment},
            _("用途：%(purpose)s") % {"purpose": self.purpose},
        ]
        parts += [_("编号：%(number)s") % {"number": self.number}] if self.number else []
        return "　".join(part for part in parts if part)


def shown(value: Any, kind: Kind) -> str:
    """Return a value as text: dates as 2025-03-01, fen as yuan with two decimals, yes and no as 是 and 否, None as ""."""
    if value is None:
        return ""
    if kind is Kind.MONEY and type(value) is int:
        sign, fen = ("-" if value < 0 else ""), abs(value)
        return f"{sign}{fen // 100}.{fen % 100:02d}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return printable(str(value))
