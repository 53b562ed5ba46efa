"""Figures in a text: what one amounts to, how it is printed, and the token that stands for it while words are edited.

In stored text a number is never written as digits but as a token, ⟦orgs.total⟧; the digits come from the registers when
the text is shown, so that nobody can change a number by typing. Editors show the label in the token instead of the name.

Numbers are printed in Arabic digits. The source writes 十个; GB/T 15835-2011 prefers Arabic digits where a text counts and
measures, and wants one manner kept through a document, which with figures of every size can only be digits.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wuyou.summaries.words import FigureWord, Span

OPEN, CLOSE = "⟦", "⟧"
AS_OF = "as_of"
AS_OF_LABEL = "统计日期"
MISSING = "（暂无数据）"

_TOKEN = re.compile(f"{OPEN}([^{OPEN}{CLOSE}\n]*){CLOSE}")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure amounts to on a day; `value` is in whole units, fen where the unit is 元, None without data."""

    word: FigureWord
    value: int | None
    as_of: date
    list_url: str = ""

    @property
    def name(self) -> str:
        """The name under which the figure is registered."""
        return self.word.name

    @property
    def printed(self) -> str:
        """The number as it stands in the text, without its unit; money in yuan, with decimals only if there are any."""
        if self.value is None:
            return MISSING
        if self.word.unit != "元":
            return str(self.value)
        sign, (yuan, fen) = ("-" if self.value < 0 else ""), divmod(abs(self.value), 100)
        return f"{sign}{yuan}" + (f".{fen:02d}".rstrip("0") if fen else "")

    @property
    def with_unit(self) -> str:
        """The number with its unit; without data only that."""
        return self.printed if self.value is None else f"{self.printed}{self.word.unit}"

    @property
    def when(self) -> str:
        """The days that were counted: 截至2025年12月31日, or 2025年1月1日至12月31日."""
        day = chinese_date(self.as_of)
        if self.word.span is Span.DAY:
            return f"截至{day}"
        return f"{self.as_of.year}年1月1日至{self.as_of.month}月{self.as_of.day}日"


Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Token:
    """A place in a text at which a figure, or the day counted to, is printed."""

    name: str


def chinese_date(day: date) -> str:
    """Return a day as documents write it: 2025年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def token(name: str) -> str:
    """Return the token of a figure as stored text holds it."""
    return f"{OPEN}{name}{CLOSE}"


def pieces(text: str) -> tuple[str | Token, ...]:
    """Return the text cut at its tokens, empty pieces left out."""
    cut = _TOKEN.split(text)
    found: list[str | Token] = []
    for place, piece in enumerate(cut):
        if place % 2:
            found.append(Token(piece.strip()))
        elif piece:
            found.append(piece)
    return tuple(found)


def joined(parts: Iterable[str | Token]) -> str:
    """Return the text of pieces, the inverse of `pieces`."""
    return "".join(part if isinstance(part, str) else token(part.name) for part in parts)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of the figures that the text uses, in order of first use, each once."""
    names = (part.name for part in pieces(text) if isinstance(part, Token))
    return tuple(dict.fromkeys(name for name in names if name != AS_OF))


def value_of(name: str, figures: Figures) -> int | None:
    """Return the value of a figure; None when it is unknown or without data."""
    return figures[name].value if name in figures else None


def used(text: str, figures: Figures) -> tuple[Figure, ...]:
    """Return the figures that the text uses, in order of first use. Raises: KeyError for an unknown one."""
    return tuple(figures[name] for name in names_in(text))


def printed(text: str, figures: Figures, as_of: date) -> str:
    """Return the text as it is read, every token replaced; an unknown figure counts as one without data."""
    return "".join(part if isinstance(part, str) else _said(part, figures, as_of) for part in pieces(text))


def _said(part: Token, figures: Figures, as_of: date) -> str:
    if part.name == AS_OF:
        return chinese_date(as_of)
    return figures[part.name].printed if part.name in figures else MISSING


def records(figures: Iterable[Figure]) -> dict[str, dict[str, Any]]:
    """Return figures as they are kept with a frozen summary, by name, in their order."""
    return {
        figure.name: {
            "label": figure.word.label,
            "unit": figure.word.unit,
            "definition": figure.word.definition,
            "span": figure.word.span.value,
            "item": figure.word.item,
            "value": figure.value,
            "as_of": figure.as_of.isoformat(),
            "list_url": figure.list_url,
        }
        for figure in figures
    }


def from_records(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Figure]:
    """Return the figures of a frozen summary as they stood; the inverse of `records`."""
    return {
        name: Figure(
            FigureWord(name, one["label"], one["unit"], one["definition"], Span(one["span"]), item=one["item"]),
            one["value"],
            date.fromisoformat(one["as_of"]),
            one["list_url"],
        )
        for name, one in kept.items()
    }
