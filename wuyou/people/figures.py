"""The figures of the register of persons. Numbers without names; the lists behind them open to who may see names."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from wuyou.orgs.figures import living_ids
from wuyou.people import queries
from wuyou.people.permissions import P
from wuyou.people.queries import NOT_SAID, Numbers
from wuyou.people.words import CATEGORIES
from wuyou.platform.figures import Asked, Figure, FigureFamily


def _numbers(asked: Asked) -> dict[str, Numbers]:
    return queries.numbers_on(asked.actor, asked.as_of, asked.read(living_ids))


def _sum(name: str) -> Callable[[Asked], int]:
    return lambda asked: sum(getattr(numbers, name) for numbers in asked.read(_numbers).values())


def _categories(asked: Asked) -> Iterator[tuple[str, Any]]:
    """Yield the list's categories, then others that were registered, then "not said"."""
    others = sorted(set(asked.read(_numbers)) - {*CATEGORIES, ""})
    yield from ((word, word) for word in (*CATEGORIES, *others))
    yield NOT_SAID, _("未注明类别")


def _of_category(asked: Asked, code: str) -> int:
    return asked.read(_numbers).get("" if code == NOT_SAID else code, Numbers()).registered


def _list(asked: Asked, **narrowed: object) -> str:
    return asked.url("people:list", on=asked.as_of.isoformat(), **narrowed)


FIGURES = [
    Figure(
        "people.registered", _("登记的侨界群众人数"), "人",
        _("登记在册、截至统计日期未迁出或去世的人数，同一人只计一次，含各类别"),
        compute=_sum("registered"), link=_list, reads=P.COUNT, opens=P.VIEW,
    ),
    FigureFamily(
        "people.by_category", _("登记的{item}人数"), "人", _("登记的侨界群众人数中，侨情类别为“{item}”的人数"),
        members=_categories, compute=_of_category, link=lambda asked, code: _list(asked, category=code),
        reads=P.COUNT, opens=P.VIEW,
    ),
    Figure(
        "people.certified", _("经认定身份的人数"), "人", _("登记的侨界群众人数中，登记有侨务部门认定身份的人数"),
        compute=_sum("certified"), link=lambda asked: _list(asked, certified=1), reads=P.COUNT, opens=P.VIEW,
    ),
    Figure(
        "people.in_units", _("编入基层组织的人数"), "人",
        _("登记的侨界群众人数中，截至统计日期归属于某个未撤销的基层组织的人数，同一人只计一次"),
        compute=_sum("members"), link=lambda asked: _list(asked, member=1), reads=P.COUNT, opens=P.VIEW,
    ),
]  # fmt: skip
