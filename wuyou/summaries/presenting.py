"""A summary as its page shows it: lines of text in which every number leads to its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wuyou.platform.documents.numbering import Counter
from wuyou.platform.presentation import day, quantity, yuan
from wuyou.platform.tables import Cell, Column, Empty, Table, Written
from wuyou.summaries.figures import AS_OF, MISSING, Figure, Figures, Token, chinese_date, names_in, pieces, token
from wuyou.summaries.queries import Reading
from wuyou.summaries.rules import lines_of
from wuyou.summaries.words import Span

GROUPS = (
    ("orgs", _lazy("组织")), ("people", _lazy("成员与侨情")), ("coverage", _lazy("覆盖")), ("leadership", _lazy("班子")),
    ("activities", _lazy("活动")), ("funds", _lazy("经费")), ("assessment", _lazy("五有")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, or a number: then with what it counts (`tip`) and where its list is ("" = not for you)."""

    text: str
    href: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the text: a paragraph (level 0) or a heading (1, 2), its number written."""

    level: int
    pieces: tuple[Piece, ...]


def lines(read: Reading) -> Iterator[ShownLine]:
    """Yield the lines of the text, headings counted, tokens replaced by their numbers."""
    counter = Counter()
    for line in lines_of(read.body):
        if line.level:
            yield ShownLine(line.level, (Piece(counter.next(line.level) + line.text),))
        else:
            yield ShownLine(0, tuple(_piece(part, read) for part in pieces(line.text)))


def _piece(part: str | Token, read: Reading) -> Piece:
    if isinstance(part, str):
        return Piece(part)
    if part.name == AS_OF:
        return Piece(chinese_date(read.as_of))
    figure = read.figures.get(part.name)
    return Piece(figure.printed, figure.list_url, tip(figure)) if figure else Piece(MISSING)


def tip(figure: Figure) -> str:
    """Return what a reader sees who rests on a number: its name, the days counted, what is counted."""
    words = {"label": figure.word.label, "when": figure.when, "definition": figure.word.definition}
    return _("%(label)s（%(when)s）：%(definition)s。") % words


def used_table(read: Reading, caption: str) -> Table:
    """Return the list of the figures that the text uses, in its order."""
    return figures_table([read.figures[name] for name in names_in(read.body) if name in read.figures], caption)


def figures_table(figures: list[Figure], caption: str) -> Table:
    """Return a table of figures: name, number with its list, days, definition."""
    columns = (
        Column(_("数据名称"), phone="name"), Column(_("数值"), phone="tag"), Column(_("统计时间"), "date", phone="line"),
        Column(_("统计口径"), phone="hide"),
    )  # fmt: skip
    return Table(caption, columns, [_row(figure) for figure in figures], Empty(_("文中没有登记数字")))


def _row(figure: Figure) -> list[Written]:
    return [figure.word.label, Cell(_number(figure), figure.list_url), _when(figure), figure.word.definition]


def _number(figure: Figure) -> str:
    """Return the number with its unit: to a Chinese reader as documents write it, else in the reader's language."""
    if _as_in_documents():
        return figure.with_unit
    if figure.value is None:
        return _("无数据")
    return yuan(figure.value) if figure.word.unit == "元" else quantity(figure.value, _(figure.word.unit))


def _when(figure: Figure) -> str:
    """Return the days that were counted as tables write days: a day, or the first and the last of a span."""
    last = day(figure.as_of)
    if figure.word.span is Span.DAY:
        return _("截至 %(on)s") % {"on": last}
    return _("%(first)s 至 %(last)s") % {"first": day(figure.as_of.replace(month=1, day=1)), "last": last}


def _as_in_documents() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("zh")


@dataclass(frozen=True, slots=True)
class Insert:
    """A number that an editor may put into the text: its token as typed, and what it is now."""

    token: str
    label: str
    now: str


def inserts(figures: Figures) -> list[tuple[Any, list[Insert]]]:
    """Return the figures with data that are not nought, in groups, to be put into a text."""
    found: list[tuple[Any, list[Insert]]] = []
    for package, title in GROUPS:
        own = [f for name, f in figures.items() if name.startswith(f"{package}.") and f.value]
        if own:
            found.append((title, [Insert(token(f.word.label), f.word.label, f.with_unit) for f in own]))
    return found
