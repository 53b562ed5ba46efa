"""The figures of the activity records."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.activities import queries
from wuyou.activities.models import Activity
from wuyou.activities.permissions import P
from wuyou.activities.queries import Done
from wuyou.kernel.period import Span
from wuyou.orgs.figures import living_ids
from wuyou.platform.figures import Asked, Figure, FigureFamily, counting_units


def _done(asked: Asked) -> dict[int, Done]:
    return {unit_id: done for unit_id, (done,) in queries.done_over(asked.actor, asked.during).items()}


def _active(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) & asked.read(_done).keys()


def _without(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) - asked.read(_done).keys()


def _sum(name: str) -> Callable[[Asked], int]:
    return lambda asked: sum(getattr(done, name) for done in asked.read(_done).values())


def _list(asked: Asked, **narrowed: object) -> str:
    return asked.url("activities:list", start=f"{asked.year}-01-01", until=asked.as_of.isoformat(), **narrowed)


def _figure(name: str, label: Any, unit: str, definition: Any, field: str, **narrowed: object) -> Figure:
    return Figure(
        name, label, unit, definition, compute=_sum(field), link=lambda asked: _list(asked, **narrowed), reads=P.VIEW,
        span=Span.YEAR,
    )  # fmt: skip


FIGURES = [
    _figure(
        "activities.total", _("年内各类活动总次数"), "次",
        _("年内登记的活动、学习、走访、座谈记录数，含县级以上侨联自己开展的"), "total",
    ),
    FigureFamily(
        "activities.by_kind", _("年内{item}次数"), "次", _("年内登记的类型为“{item}”的活动记录数，含县级以上侨联自己开展的"),
        members=lambda _asked: Activity.Kind.choices, compute=lambda asked, code: _sum(code)(asked),
        link=lambda asked, code: _list(asked, kind=code), reads=P.VIEW, span=Span.YEAR,
    ),
    _figure(
        "activities.attendance", _("年内参加活动人次"), "人次",
        _("年内各项活动登记的参加人数之和，未登记人数的活动不计"), "present",
    ),
    _figure(
        "activities.with_leaders", _("领导参加的活动次数"), "次", _("年内活动记录中登记为有领导参加的次数"), "with_leaders",
        leaders=1,
    ),
    Figure(
        "activities.home_visits", _("年内走访慰问人次"), "人次",
        _("走访台账中年内登记的走访慰问人次，同一组织同一天对同一人的同一事由只计一次，含县级以上侨联自己开展的；"
          "类型为“走访”的活动记录另有数字，两者不相加"),
        compute=lambda asked: queries.visits(asked.actor, asked.during).count(),
        link=lambda asked: asked.url("activities:visits", start=f"{asked.year}-01-01", until=asked.as_of.isoformat()),
        reads=P.VIEW, span=Span.YEAR,
    ),
    counting_units(
        "activities.units_active", _("年内开展活动的基层组织数"),
        _("截至统计日期未撤销的基层组织中，年内登记有至少一次活动的组织数"), _active, P.VIEW, span=Span.YEAR,
    ),
    counting_units(
        "activities.units_without", _("年内未开展活动的基层组织数"),
        _("截至统计日期未撤销的基层组织中，年内没有登记任何活动的组织数"), _without, P.VIEW, span=Span.YEAR,
    ),
]  # fmt: skip
