"""Figures: numbers with a meaning and a list behind them, announced by the package that keeps the register.

A package lists its `Figure`s and `FigureFamily`s as `FIGURES` in its `plugs.py`. A family stands for as many figures as an
office has kinds, sources or items: `orgs.by_kind` is told of as `orgs.by_kind.farm` and so on. Whoever wants numbers makes
one `Asked` and hands it to every figure; what several figures need is read once (`Asked.read`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from wuyou.kernel.actor import Actor
from wuyou.kernel.period import Period, Span
from wuyou.platform.plugs import announced

T = TypeVar("T")

UNIT_LIST = "shell:units"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for figures: by whom, for which year, counted to the end of which day of it.

    `office` is the id of the office whose units alone count, which the lists behind the figures are told of; the actor is
    then already one who looks from there (`Actor.at`). None: all that the actor may see.
    """

    actor: Actor
    year: int
    as_of: date
    office: int | None = None
    _told: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def during(self) -> Period:
        """The days of the year up to the as-of day."""
        return Period(date(self.year, 1, 1), self.as_of + timedelta(days=1))

    def read(self, what: Callable[["Asked"], T]) -> T:
        """Return what a reading tells; the second figure that needs the same reading gets the first one's answer."""
        if what not in self._told:
            self._told[what] = what(self)
        told: T = self._told[what]
        return told

    def url(self, name: str, **narrowed: object) -> str:
        """Return the address of a list, narrowed as told and to the office; "" and None narrow nothing."""
        told = {key: value for key, value in (*narrowed.items(), ("office", self.office)) if value not in ("", None)}
        return f"{reverse(name)}?{urlencode(told)}" if told else reverse(name)


Units = Callable[[Asked], Collection[int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its words and its list.

    `compute` returns an int (people, units, times, or fen where `unit` is 元), None when there are no data. `link` returns
    the address of the list that the number counts or adds up. `reads` is the permission without which there is no number,
    `opens` the one without which the list stays shut ("" = the same). `units` returns the ids of the units counted, where
    the figure counts units. `item` is the office's own word for a member of a family.
    """

    name: str
    label: Any
    unit: Any
    definition: Any
    compute: Callable[[Asked], int | None]
    link: Callable[[Asked], str]
    reads: str
    opens: str = ""
    span: Span = Span.DAY
    units: Units | None = None
    item: Any = ""

    def value(self, asked: Asked) -> int | None:
        """Return the number; None without data, and for who may not read it."""
        return self.compute(asked) if asked.actor.can(self.reads) else None

    def url(self, asked: Asked) -> str:
        """Return the address of the list behind the number; "" for who may not open it."""
        return self.link(asked) if asked.actor.can(self.opens or self.reads) else ""


@dataclass(frozen=True, slots=True)
class FigureFamily:
    """Figures of which an office has as many as it has members; `{item}` in the words is the office's own.

    `members` returns (code, the office's word) in the office's order; `compute`, `link` and `units` get the code as well.
    """

    name: str
    label: Any
    unit: Any
    definition: Any
    members: Callable[[Asked], Iterable[tuple[str, Any]]]
    compute: Callable[[Asked, str], int | None]
    link: Callable[[Asked, str], str]
    reads: str
    opens: str = ""
    span: Span = Span.DAY
    units: Callable[[Asked, str], Collection[int]] | None = None

    def figures(self, asked: Asked) -> list[Figure]:
        """Return the figure of every member."""
        return [self._member(code, item) for code, item in self.members(asked)] if asked.actor.can(self.reads) else []

    def _member(self, code: str, item: Any) -> Figure:
        return Figure(
            name=f"{self.name}.{code}",
            label=str(self.label).format(item=item),
            unit=self.unit,
            definition=str(self.definition).format(item=item),
            compute=lambda asked: self.compute(asked, code),
            link=lambda asked: self.link(asked, code),
            reads=self.reads,
            opens=self.opens,
            span=self.span,
            units=(lambda asked: self.units(asked, code)) if self.units else None,  # type: ignore[misc] # checked here
            item=item,
        )


def counting_units(
    name: str, label: Any, definition: Any, units: Units, reads: str, *, span: Span = Span.DAY, at: str = UNIT_LIST
) -> Figure:
    """Return a figure that counts units; its list is the list of units `at` that URL name, narrowed to just these."""
    return Figure(
        name, label, "个", definition, compute=lambda asked: len(units(asked)), link=partial(_unit_list, name, at),
        reads=reads, span=span, units=units,
    )  # fmt: skip


def counting_units_of(
    name: str,
    label: Any,
    definition: Any,
    members: Callable[[Asked], Iterable[tuple[str, Any]]],
    units: Callable[[Asked, str], Collection[int]],
    reads: str,
    *,
    at: str = UNIT_LIST,
) -> FigureFamily:
    """Return a family of figures that count units, as `counting_units` does."""
    return FigureFamily(
        name, label, "个", definition, members, compute=lambda asked, code: len(units(asked, code)),
        link=lambda asked, code: _unit_list(f"{name}.{code}", at, asked), reads=reads, units=units,
    )  # fmt: skip


def _unit_list(name: str, at: str, asked: Asked) -> str:
    return asked.url(at, behind=name, year=asked.year, on=asked.as_of.isoformat())


def all_figures(asked: Asked) -> list[Figure]:
    """Return every announced figure, members of families in the place of their family."""
    found: list[Figure] = []
    for one in announced.figures.values():
        found += one.figures(asked) if isinstance(one, FigureFamily) else [one]
    return found


def figure_named(name: str, asked: Asked) -> Figure | None:
    """Return the figure of that name; None when there is none."""
    one = announced.figures.get(name)
    if isinstance(one, Figure):
        return one
    family = announced.figures.get(name.rpartition(".")[0])
    found = family.figures(asked) if isinstance(family, FigureFamily) else []
    return next((figure for figure in found if figure.name == name), None)


def may_open(actor: Actor, name: str) -> bool:
    """Say whether the actor may open the list behind a figure; False for a figure that there is no longer."""
    one = announced.figures.get(name) or announced.figures.get(name.rpartition(".")[0])
    return one is not None and actor.can(one.opens or one.reads)


@dataclass(frozen=True, slots=True)
class Behind:
    """A list narrowed to the units that a figure counts."""

    figure: Figure
    asked: Asked
    units: frozenset[int]


def units_behind(actor: Actor, query: Mapping[str, str]) -> Behind | None:
    """Return what a list of units is to be narrowed to, when its address says `behind`; None when it does not.

    A figure that does not exist, or a day that is none, narrows nothing: None.
    """
    year, day = query.get("year", ""), query.get("on", "")
    try:
        asked = Asked(actor, int(year), date.fromisoformat(day))
        asked.during  # noqa: B018 -- a year beyond the calendar is found out here
    except (ValueError, OverflowError):
        return None
    figure = figure_named(query.get("behind", ""), asked)
    if figure is None or figure.units is None or not actor.can(figure.reads):
        return None
    return Behind(figure, asked, frozenset(figure.units(asked)))
