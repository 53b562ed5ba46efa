"""The figures of the fund entries; sums in fen."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.funds import queries
from wuyou.funds.permissions import P
from wuyou.funds.queries import NOT_SAID, EntryFilter, Sums
from wuyou.kernel.period import Span
from wuyou.orgs.figures import living_ids
from wuyou.platform.figures import Asked, Figure, FigureFamily, counting_units


def _sums(asked: Asked) -> dict[int, Sums]:
    return {unit_id: sums for unit_id, (sums,) in queries.sums_over(asked.actor, asked.during).items()}


def _by_source(asked: Asked) -> dict[str, int]:
    return queries.received_by_source_code(asked.actor, EntryFilter(during=asked.during))


def _sources(_asked: Asked) -> list[tuple[str, Any]]:
    return [*((source.code, source.name) for source in queries.sources()), (NOT_SAID, _("未注明来源"))]


def _receivers(asked: Asked) -> set[int]:
    return {unit_id for unit_id, sums in asked.read(_sums).items() if sums.received_fen}


def _with(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) & asked.read(_receivers)


def _without(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) - asked.read(_receivers)


def _sum(name: str) -> Callable[[Asked], int]:
    return lambda asked: sum(getattr(sums, name) for sums in asked.read(_sums).values())


def _list(asked: Asked, **narrowed: object) -> str:
    return asked.url("funds:list", start=f"{asked.year}-01-01", until=asked.as_of.isoformat(), **narrowed)


FIGURES = [
    Figure(
        "funds.received", _("年内经费收入"), "元", _("年内登记的经费收入之和，含县级以上侨联登记的"),
        compute=_sum("received_fen"), link=lambda asked: _list(asked, direction="received"), reads=P.VIEW, span=Span.YEAR,
    ),
    FigureFamily(
        "funds.by_source", _("年内经费收入（{item}）"), "元", _("年内登记的经费收入中，资金来源为“{item}”的金额之和"),
        members=_sources, compute=lambda asked, code: asked.read(_by_source).get("" if code == NOT_SAID else code, 0),
        link=lambda asked, code: _list(asked, direction="received", source=code), reads=P.VIEW, span=Span.YEAR,
    ),
    Figure(
        "funds.spent", _("年内经费支出"), "元", _("年内登记的经费支出之和，含县级以上侨联登记的"),
        compute=_sum("spent_fen"), link=lambda asked: _list(asked, direction="spent"), reads=P.VIEW, span=Span.YEAR,
    ),
    counting_units(
        "funds.units_with", _("年内有经费收入的基层组织数"), _("截至统计日期未撤销的基层组织中，年内登记有经费收入的组织数"),
        _with, P.VIEW, span=Span.YEAR,
    ),
    counting_units(
        "funds.units_without", _("年内没有经费收入的基层组织数"),
        _("截至统计日期未撤销的基层组织中，年内没有登记经费收入的组织数"), _without, P.VIEW, span=Span.YEAR,
    ),
]  # fmt: skip
