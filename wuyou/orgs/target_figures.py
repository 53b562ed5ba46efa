"""The figures of targets: what was planned for the year and for the whole plan, and how much of it is done."""

from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.period import Span
from wuyou.orgs import queries
from wuyou.orgs.figures import headline
from wuyou.orgs.permissions import P
from wuyou.orgs.queries import YearPlan
from wuyou.orgs.rules import HEADLINE_KINDS
from wuyou.orgs.rules.targets import planned, share
from wuyou.platform.figures import Asked, Figure


def _plan(asked: Asked) -> YearPlan | None:
    return queries.year_plan(asked.actor, asked.year)


def _planned(asked: Asked, *events: str, year: int | None = None) -> int | None:
    found = asked.read(_plan)
    return planned(found.numbers, year=year, events=events or HEADLINE_KINDS) if found is not None else None


def _planned_this_year(event: str, asked: Asked) -> int | None:
    return _planned(asked, *([event] if event else []), year=asked.year)


def _share(asked: Asked) -> int | None:
    return share(headline(asked), _planned(asked, year=asked.year))


def _achieved_in_plan(asked: Asked) -> int | None:
    found = asked.read(_plan)
    if found is None:
        return None
    counted = queries.counted_events(asked.actor, found.plan.first_year, asked.year, as_of=asked.as_of)
    return sum(one.event.kind in HEADLINE_KINDS for one in counted)


def _progress(asked: Asked) -> str:
    return asked.url("orgs:targets", on=asked.as_of.isoformat())


def _events(asked: Asked) -> str:
    found = asked.read(_plan)
    since = found.plan.first_year if found is not None and found.plan.first_year < asked.year else None
    return asked.url("shell:events", year=asked.year, since=since, on=asked.as_of.isoformat())


def _figure(name: str, label: Any, unit: str, definition: Any, compute: Any, link: Any, span: Span) -> Figure:
    return Figure(
        f"orgs.targets.{name}", label, unit, definition, compute=compute, link=link, reads=P.VIEW_TARGETS, span=span
    )


FIGURES = [
    _figure(
        "planned_in_year", _("年内计划新建、重组、恢复的基层组织数"), "个",
        _("有效的目标计划中当年新建、重组、恢复的计划数之和；本级没有计划的，用上级侨联计划中给本级定的数"),
        partial(_planned_this_year, ""), _progress, Span.YEAR,
    ),
    *(
        _figure(
            f"planned_{name}_in_year", format_lazy(_("年内计划{word}的基层组织数"), word=word), "个",
            format_lazy(_("有效的目标计划中当年{word}的计划数"), word=word),
            partial(_planned_this_year, kind), _progress, Span.YEAR,
        )
        for name, kind, word in (
            ("established", "establish", _("新建")), ("reorganised", "reorganise", _("重组")), ("restored", "restore", _("恢复")),
        )
    ),
    _figure(
        "share_in_year", _("年内目标完成比例"), "%",
        _("年内新建、重组、恢复的基层组织数占当年计划数的百分比，取整数；没有计划数的没有比例"), _share, _progress, Span.YEAR,
    ),
    _figure(
        "planned_in_plan", _("目标计划的计划总数"), "个", _("当年有效的目标计划各年度新建、重组、恢复的计划数之和"),
        _planned, _progress, Span.DAY,
    ),
    _figure(
        "achieved_in_plan", _("目标计划累计完成数"), "个",
        _("从当年有效的目标计划的第一年起，到统计日期为止，新建、重组、恢复事项数之和，按事项发生日期统计、计入当时指导的侨联，同一组织同一事项一年只计一次"),
        _achieved_in_plan, _events, Span.DAY,
    ),
]  # fmt: skip
