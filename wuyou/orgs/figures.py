"""The figures of the registers of units: how many groups there are, of which kind, in which state, what befell them."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.period import Span
from wuyou.orgs import queries
from wuyou.orgs.permissions import P
from wuyou.orgs.rules import HEADLINE_KINDS, Standing
from wuyou.platform.figures import Asked, Figure, counting_units, counting_units_of

NONE = "none"
"""The code of the member that stands for what nobody has said; codes of the office's tables never are this word."""

STATES = (
    ("normal", _("正常")),
    ("lapsed", _("停滞")),
    ("to_reorganise", _("待重组")),
    ("dissolved", _("已撤销")),
    (NONE, _("不明")),
)


# ---- what is read, once for all figures that need it -------------------------------------------------------------


def all_standings(asked: Asked) -> list[Standing]:
    """Return how every group stood on the as-of day, living or not."""
    return queries.standings(asked.actor, on=asked.as_of)


def living(asked: Asked) -> list[Standing]:
    """Return the groups founded and not dissolved on the as-of day."""
    return [unit for unit in asked.read(all_standings) if unit.is_living]


def living_ids(asked: Asked) -> frozenset[int]:
    """Return the ids of the groups founded and not dissolved on the as-of day."""
    return frozenset(unit.id for unit in asked.read(living))


def _by_kind(asked: Asked) -> dict[str, set[int]]:
    code_of = {kind.name: kind.code for kind in asked.read(_kinds)}
    return _grouped((code_of[unit.kind], unit.id) for unit in asked.read(living))


def _by_form(asked: Asked) -> dict[str, set[int]]:
    code_of = {form.pk: form.code for form in asked.read(_forms)}
    return _grouped((code_of[unit.form_id] if unit.form_id else NONE, unit.id) for unit in asked.read(living))


def _by_state(asked: Asked) -> dict[str, set[int]]:
    return _grouped((unit.state or NONE, unit.id) for unit in asked.read(all_standings))


def _kinds(_asked: Asked) -> list[Any]:
    return queries.grassroots_kinds()


def _forms(_asked: Asked) -> list[Any]:
    return queries.forms()


def _venues(asked: Asked) -> dict[int, queries.Venues]:
    return queries.venues_by_unit(asked.actor, on=asked.as_of)


def _hosts(asked: Asked) -> dict[int, int]:
    return queries.host_numbers(asked.actor, on=asked.as_of)


def _events(asked: Asked) -> dict[str, set[int]]:
    return queries.units_by_event(asked.actor, asked.year, as_of=asked.as_of)


def headline(asked: Asked) -> int:
    """Return how many groups were founded, reorganised and restored in the year: the sum over the three."""
    return sum(len(asked.read(_events).get(kind, ())) for kind in HEADLINE_KINDS)


def _grouped(pairs: Iterator[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for code, pk in pairs:
        found.setdefault(code, set()).add(pk)
    return found


# ---- which units each figure counts ------------------------------------------------------------------------------


def _with_venue(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) & asked.read(_venues).keys()


def _without_venue(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) - asked.read(_venues).keys()


def _shared_venue(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) & {pk for pk, told in asked.read(_venues).items() if told.shared}


def _cross_unit(asked: Asked) -> Collection[int]:
    return asked.read(living_ids) & {pk for pk, number in asked.read(_hosts).items() if number > 1}


def _with_study_rules(asked: Asked) -> Collection[int]:
    return [unit.id for unit in asked.read(living) if unit.has_study_rules]


def _of(grouped: Callable[[Asked], dict[str, set[int]]]) -> Callable[[Asked, str], Collection[int]]:
    return lambda asked, code: asked.read(grouped).get(code, set())


# ---- events ------------------------------------------------------------------------------------------------------


def _event(name: str, label: Any, word: Any, *kinds: str) -> Figure:
    return Figure(
        f"orgs.events.{name}",
        label,
        "个",
        word,
        compute=lambda asked: sum(len(asked.read(_events).get(kind, ())) for kind in kinds),
        link=lambda asked: asked.url(
            "shell:events", year=asked.year, on=asked.as_of.isoformat(), kind=kinds[0] if len(kinds) == 1 else ""
        ),
        reads=P.VIEW,
        span=Span.YEAR,
    )


FIGURES = [
    counting_units(
        "orgs.total", _("基层组织总数"), _("截至统计日期已成立、未撤销的侨联基层组织数，含停滞和待重组的，不含县级以上侨联"),
        living_ids, P.VIEW,
    ),
    counting_units_of(
        "orgs.by_kind", _("{item}类组织数"), _("基层组织总数中类型为“{item}”的组织数"),
        lambda asked: [(kind.code, kind.name) for kind in asked.read(_kinds)], _of(_by_kind), P.VIEW,
    ),
    counting_units_of(
        "orgs.by_form", _("{item}形式的组织数"), _("基层组织总数中组织形式登记为“{item}”的组织数"),
        lambda asked: [*((form.code, form.name) for form in asked.read(_forms)), (NONE, _("未登记"))],
        _of(_by_form), P.VIEW,
    ),
    counting_units_of(
        "orgs.by_state", _("{item}状态的组织数"),
        _("截至统计日期状态为“{item}”的侨联基层组织数，过去某天的状态按登记的沿革推算"), lambda _asked: STATES,
        _of(_by_state), P.VIEW,
    ),
    counting_units(
        "orgs.cross_unit", _("跨单位设置的基层组织数"), _("基层组织总数中截至统计日期挂靠两个以上单位的组织数"),
        _cross_unit, P.VIEW,
    ),
    counting_units(
        "orgs.with_venue", _("有活动场所的基层组织数"),
        _("基层组织总数中截至统计日期登记有在用活动场所的组织数，与其他组织共用的计算在内"), _with_venue, P.VIEW,
    ),
    counting_units(
        "orgs.without_venue", _("没有活动场所的基层组织数"), _("基层组织总数中截至统计日期没有登记在用活动场所的组织数"),
        _without_venue, P.VIEW,
    ),
    counting_units(
        "orgs.venue_shared", _("与其他组织共用场所的基层组织数"),
        _("基层组织总数中截至统计日期至少有一处在用活动场所登记为与其他组织共用的组织数"), _shared_venue, P.VIEW,
    ),
    counting_units(
        "orgs.with_study_rules", _("有学习制度的基层组织数"), _("基层组织总数中现在登记为有学习制度的组织数"),
        _with_study_rules, P.VIEW,
    ),
    _event(
        "founding_in_year", _("年内新建、重组、恢复的基层组织数"),
        _(
            "年内登记的新建、重组、恢复事项数之和，按事项发生日期统计、计入当时指导的侨联，"
            "同一组织同一事项一年只计一次"
        ), *HEADLINE_KINDS,
    ),
    *(
        _event(
            f"{name}_in_year", format_lazy(_("年内{word}的基层组织数"), word=word),
            format_lazy(_(
                "年内登记有{word}事项的基层组织数，按事项发生日期统计、计入当时指导的侨联，同一组织一年只计一次"
            ), word=word), kind,
        )
        for name, kind, word in (
            ("established", "establish", _("新建")), ("reorganised", "reorganise", _("重组")), ("restored", "restore", _("恢复")),
            ("lapsed", "lapse", _("停滞")), ("dissolved", "dissolve", _("撤销")), ("renamed", "rename", _("更名")),
        )
    ),
]  # fmt: skip
