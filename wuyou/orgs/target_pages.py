"""How far an office is with its plan, as the page shows it: a table, bars, and a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wuyou.orgs.models import Unit, UnitKind
from wuyou.orgs.queries import Progress
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.orgs.rules.targets import share
from wuyou.platform.charts import Bar, Chart, bars
from wuyou.platform.presentation import Text, quantity
from wuyou.platform.tables import Cell, Column, Table, Written


def against(achieved: int, planned: int | None) -> str:
    """Return what is done beside what was planned: 计划 12 个，已完成 10 个（83%）; that nothing was, where nothing was."""
    done = quantity(achieved, _("个"))
    if planned is None:
        return _("未定计划，已完成 %(done)s") % {"done": done}
    words = {"planned": quantity(planned, _("个")), "done": done, "share": share(achieved, planned)}
    if words["share"] is None:
        return _("计划 %(planned)s，已完成 %(done)s") % words
    return _("计划 %(planned)s，已完成 %(done)s（%(share)d%%）") % words


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an office's progress is shown: of which kind of group (None = of all) and of which events."""

    found: Progress
    kind: UnitKind | None = None
    events: tuple[str, ...] = HEADLINE_KINDS
    row: Unit | None = None

    @property
    def by_kind(self) -> bool:
        """Whether the rows are kinds of group: where there is one office, and no kind was asked for."""
        return len(self.found.rows) == 1 and self.kind is None

    def table(self) -> Table:
        """Return what is done and planned: a row for each office or kind, a column for each year."""
        years = [_("%(year)d年") % {"year": year} for year in self.found.years.all()]
        columns = [
            Column(_("组织类型") if self.by_kind else _("侨联"), phone="name"),
            *(Column(label, "number", phone="line") for label in years),
            Column(_("合计"), "number", phone="tag"),
        ]
        rows = [*self._kind_rows()] if self.by_kind else [*self._office_rows()]
        return Table(_("目标与进度"), columns, rows, total=[_("合计"), *self._cells()])

    def chart(self) -> Chart:
        """Return bars of what is done and planned in each year, in the order of the years."""
        items = []
        for year in self.found.years.all():
            achieved, planned = self._numbers(year)
            if achieved is not None:
                items.append(Bar(_("%(year)d年完成") % {"year": year}, achieved, self._list(year)))
            if planned is not None:
                items.append(Bar(_("%(year)d年计划") % {"year": year}, planned))
        return bars(_("各年度计划和完成"), items, unit=_("个"), head=_("年度"))

    def this_year(self) -> Text:
        """Return the sentence of the year of the as-of day; "" where the plan is not for it."""
        year = self.found.as_of.year
        achieved, planned = self._numbers(year)
        if year not in self.found.years.all() or achieved is None:
            return ""
        return _("%(year)d年：%(said)s。") % {"year": year, "said": against(achieved, planned)}

    def _office_rows(self) -> Iterator[list[Written]]:
        for row in self.found.rows:
            name: Written = Cell(row.short_name, f"{reverse('orgs:targets')}?office={row.pk}")
            if row.pk == self.found.office.pk:
                name = _("%(office)s直接指导") % {"office": row.short_name}
            yield [name, *replace(self, row=row)._cells()]

    def _kind_rows(self) -> Iterator[list[Written]]:
        for kind in self.found.kinds:
            yield [kind.name, *replace(self, kind=kind)._cells()]

    def _numbers(self, year: int | None) -> tuple[int | None, int | None]:
        narrowed: dict[str, Any] = {
            "office": self.row.pk if self.row is not None else None,
            "kind": self.kind.pk if self.kind is not None else None,
            "year": year,
            "events": self.events,
        }
        return self.found.achieved(**narrowed), self.found.planned(**narrowed)

    def _cells(self) -> list[Written]:
        return [_cell(*self._numbers(year), self._list(year)) for year in (*self.found.years.all(), None)]

    def _list(self, year: int | None) -> str:
        """Return the address of the list behind what was done in a year; None is all years of the plan so far."""
        last = min(self.found.years.last, self.found.as_of.year) if year is None else year
        told = {
            "year": last,
            "since": self.found.years.first if year is None and self.found.years.first < last else None,
            "kind": self.events[0] if self.events != HEADLINE_KINDS else None,
            "unit_kind": self.kind.code if self.kind is not None else None,
            "on": self.found.as_of.isoformat() if last == self.found.as_of.year else None,
            **self._whose(),
        }
        return (
            f"{reverse('shell:events')}?{urlencode({key: value for key, value in told.items() if value is not None})}"
        )

    def _whose(self) -> dict[str, int]:
        """Return what narrows a list of events to the row: to an office and all below it, or to what one guides itself."""
        office = self.found.office
        if self.row is not None and self.row.pk == office.pk and len(self.found.rows) > 1:
            return {"guided": office.pk}
        if self.row is not None and self.row.pk != office.pk:
            return {"office": self.row.pk}
        return {"office": office.pk} if office.parent_id is not None else {}


def _cell(achieved: int | None, planned: int | None, href: str) -> Cell:
    told = _("未定计划") if planned is None else str(planned)
    return Cell(f"— / {told}") if achieved is None else Cell(f"{achieved} / {told}", href)
