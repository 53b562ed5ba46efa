"""Targets as tables: the grid of a plan that goes out and comes back, and progress as the page shows it."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.kernel.actor import Actor
from wuyou.kernel.hanzi import squeeze
from wuyou.orgs import queries
from wuyou.orgs.models import TargetPlan, Unit, UnitKind
from wuyou.orgs.permissions import P
from wuyou.orgs.rules.target_sheet import SheetReading, Words, read_sheet
from wuyou.orgs.rules.targets import Numbers, Spot, share
from wuyou.orgs.target_forms import ProgressForm, grid_rows
from wuyou.platform import sealedbytes
from wuyou.platform.exports.tables import Export, ExportColumn, Kind
from wuyou.platform.imports.book import Book
from wuyou.platform.imports.child import lines_of
from wuyou.platform.imports.packed import text_of

MOST_ROWS = 5_000
"""A grid has offices times kinds times three rows; what is longer is another table."""


def plan_sheet(plan: TargetPlan, offices: list[Unit], kinds: list[UnitKind], numbers: Numbers) -> Export:
    """Return a plan's grid as a table that can come back: a row for each office, kind and event, a column for each year."""
    years = queries.years_of(plan)
    columns = (
        ExportColumn(_("侨联")), ExportColumn(_("组织类型")), ExportColumn(_("事项")),
        *(ExportColumn(_("%(year)d年") % {"year": year}, Kind.WHOLE) for year in years.all()),
    )  # fmt: skip

    def rows(_actor: Actor, _asked: Mapping[str, str]) -> Iterator[list[Any]]:
        for event, word in queries.target_words().items():
            for row in grid_rows(offices, kinds, numbers, ()):
                kind = row.kind[0] if row.kind else None
                told = [numbers.get(Spot(row.office[0], kind, year, event)) for year in years.all()]
                yield [row.office[1], row.kind[1] if row.kind else _("全部"), str(word), *told]

    return Export("orgs.target_plan", plan.name, columns, rows, P.VIEW_TARGETS, personal=False)


def read_table(plan: TargetPlan, offices: list[Unit], kinds: list[UnitKind], rows: list[list[str]]) -> SheetReading:
    """Return what a table says of a plan: the inverse of `plan_sheet`, and of what an office makes of it."""
    named: dict[str, int] = {}
    for office in offices:
        county = office.county.name if office.county is not None else ""
        named |= {squeeze(name): office.pk for name in (office.short_name, office.full_name, county) if name}
    events = {str(word): event for event, word in queries.target_words().items()}
    words = Words(
        offices=named,
        kinds={squeeze(_("全部")): None, **{squeeze(kind.name): kind.pk for kind in kinds}},
        events={**events, "新建": "establish", "重组": "reorganise", "恢复": "restore"},
        years=queries.years_of(plan),
        heads={squeeze(_("侨联")): "office", squeeze(_("组织类型")): "kind", squeeze(_("事项")): "event"},
    )
    return read_sheet(rows, words)


def changes_told(
    before: Numbers, told: Mapping[Spot, int | None], offices: list[Unit], kinds: list[UnitKind]
) -> list[tuple[str, str, str]]:
    """Return what a table would change, as (place, number before, number then); "" where nothing is planned."""
    names = {office.pk: office.short_name for office in offices}
    of_kind, words = {kind.pk: kind.name for kind in kinds}, queries.target_words()
    return [
        (
            " ".join(
                str(part)
                for part in (names[spot.office], of_kind.get(spot.kind or 0, ""), spot.year, words[spot.event])
                if part
            ),
            _shown(before.get(spot)),
            _shown(number),
        )
        for spot, number in told.items()
        if before.get(spot) != number
    ]


def _shown(number: int | None) -> str:
    return _("未定计划") if number is None else str(number)


def pasted_rows(text: str) -> list[list[str]]:
    """Return the cells of a pasted table, row by row."""
    return [line.split("\t") for line in text.splitlines()[:MOST_ROWS]]


def file_rows(file: Any) -> list[list[str]]:
    """Return the cells of the first sheet of a file with anything in it, row by row. Raises FileRefused."""
    with Book(file.name or "", sealedbytes.sealed_aside(lines_of(file))) as book:
        for sheet in book.sheets:
            rows = [
                [text_of(cell) for cell in row.cells]
                for row, _n in zip(book.rows(sheet), range(MOST_ROWS), strict=False)
            ]
            if rows:
                return rows
    return []


PROGRESS_COLUMNS = (
    ExportColumn(gettext_lazy("侨联")),
    ExportColumn(gettext_lazy("组织类型")),
    ExportColumn(gettext_lazy("年度")),
    ExportColumn(gettext_lazy("事项")),
    ExportColumn(gettext_lazy("计划数"), Kind.WHOLE),
    ExportColumn(gettext_lazy("完成数"), Kind.WHOLE),
    ExportColumn(gettext_lazy("完成比例（%）"), Kind.WHOLE),
)


def progress_rows(actor: Actor, asked: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield what is planned and done by office, kind, year and event, in the order of the page."""
    office = queries.target_office(actor, asked.get("office", ""))
    if office is None:
        return
    form = ProgressForm(asked, plans=queries.plans_for(actor, office))
    found = queries.progress(actor, office, form.plan_asked(), as_of=form.day_asked())
    asked_kind = form.unit_kind_asked()
    kinds = (None, *found.kinds) if asked_kind is None else (asked_kind,)
    words = queries.target_words()
    for row, kind, year, event in product(found.rows, kinds, found.years.all(), form.events_asked()):
        place = {"office": row.pk, "kind": kind.pk if kind else None, "year": year, "events": (event,)}
        planned, achieved = found.planned(**place), found.achieved(**place)
        if kind is None or planned is not None or achieved:
            part = None if achieved is None else share(achieved, planned)
            name = kind.name if kind else _("全部")
            yield [row.short_name, name, str(year), str(words[event]), planned, achieved, part]


PROGRESS = Export(
    "orgs.targets",
    gettext_lazy("目标与进度"),
    PROGRESS_COLUMNS,
    progress_rows,
    P.VIEW_TARGETS,
    personal=False,
    page="orgs:targets",
)
