"""The figures of coverage: people, and townships and host units where people are, with and without a working group.

People are added up over the counties as the coverage page shows them; townships are counted one by one.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wuyou.coverage import queries
from wuyou.coverage.permissions import P
from wuyou.coverage.queries import PlaceRow, Spread
from wuyou.coverage.rules import HostReach, Reach
from wuyou.platform.figures import Asked, Figure


def _spread(asked: Asked) -> Spread:
    return queries.spread(asked.actor, settings.WUYOU_HOME_DIVISION, as_of=asked.as_of, names=0)


def _total(asked: Asked) -> Reach:
    return queries.totals(asked.read(_spread).counties)


def _hosts(asked: Asked) -> list[HostReach]:
    return queries.host_rows(asked.actor, as_of=asked.as_of)


def _people(number: Callable[[Reach], int], asked: Asked) -> int | None:
    total = asked.read(_total)
    return None if total.counted_on is None else number(total)


def _places(show: str, asked: Asked) -> int | None:
    found = queries.townships_shown(asked.read(_spread).townships, show)
    return None if asked.read(_total).counted_on is None else len(found)


def _without_group(asked: Asked) -> int | None:
    found: list[PlaceRow] = queries.townships_shown(asked.read(_spread).townships, "gap")
    return None if asked.read(_total).counted_on is None else sum(row.reach.people for row in found)


def _host_number(show: str, asked: Asked) -> int | None:
    rows = asked.read(_hosts)
    return None if all(row.people is None for row in rows) else len(queries.hosts_shown(rows, show))


def _list(name: str, show: str, asked: Asked) -> str:
    return asked.url(name, on=asked.as_of.isoformat(), show=show)


def _figure(
    name: str, label: Any, unit: str, definition: Any, compute: Callable[[Asked], int | None], page: str, show: str = ""
) -> Figure:
    link = partial(_list, f"coverage:{page}", show)
    return Figure(f"coverage.{name}", label, unit, definition, compute=compute, link=link, reads=P.VIEW)


FIGURES = [
    _figure(
        "people", _("各地侨界群众人数"), "人",
        _("各县（市、区）侨界群众人数之和：各地取截至统计日期最近一次被采用的人数，由填报或按登记人员统计，只有下级的就用下级之和"),
        partial(_people, lambda total: total.people), "counties",
    ),
    _figure(
        "people_reached", _("已覆盖的侨界群众人数"), "人",
        _("各地侨界群众人数中，由正常运转的基层组织联系的人数：服务该地的组织联系全部，否则计下级已覆盖的和登记成员；"
          "组织的状态和成员以统计日期当天的登记为准"),
        partial(_people, lambda total: total.reached), "counties",
    ),
    _figure(
        "people_not_reached", _("未覆盖的侨界群众人数"), "人", _("各地侨界群众人数减去已覆盖的侨界群众人数"),
        partial(_people, lambda total: total.not_reached), "counties",
    ),
    _figure(
        "places_with_people", _("有侨界群众的乡镇（街道）数"), "个",
        _("截至统计日期最近一次被采用的人数大于零的乡镇（街道）数"), partial(_places, "people"), "townships",
    ),
    _figure(
        "places_reached", _("已覆盖的乡镇（街道）数"), "个",
        _("有侨界群众的乡镇（街道）中，有正常运转的基层组织服务或有其成员的数目；组织的状态和成员以统计日期当天的登记为准"),
        partial(_places, "reached"), "townships", "reached",
    ),
    _figure(
        "places_without_group", _("有人无组织的乡镇（街道）数"), "个",
        _("有侨界群众的乡镇（街道）中，没有正常运转的基层组织服务、也没有其成员的数目；组织的状态和成员以统计日期当天的登记为准"),
        partial(_places, "gap"), "townships", "gap",
    ),
    _figure(
        "people_without_group", _("有人无组织的乡镇（街道）的侨界群众人数"), "人",
        _("有人无组织的乡镇（街道）的侨界群众人数之和"), _without_group, "townships", "gap",
    ),
    _figure(
        "hosts_with_people", _("有侨界群众的单位数"), "个",
        _("基层组织挂靠的机关、企业、学校等单位中，截至统计日期最近一次被采用的人数大于零的单位数"),
        partial(_host_number, "people"), "hosts", "people",
    ),
    _figure(
        "hosts_without_group", _("有人无组织的单位数"), "个",
        _("有侨界群众的单位中，没有正常运转的基层组织的数目；组织的状态以统计日期当天的登记为准"), partial(_host_number, "gap"),
        "hosts", "gap",
    ),
]  # fmt: skip
