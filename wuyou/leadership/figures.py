"""The figures of seats and terms. Seats are counted in the groups of which it is said how many seats there should be."""

from collections.abc import Callable, Collection
from functools import partial

from django.utils.translation import gettext_lazy as _

from wuyou.kernel.period import Span
from wuyou.leadership import queries
from wuyou.leadership.permissions import P
from wuyou.leadership.queries import Staffing
from wuyou.leadership.rules import is_over
from wuyou.orgs.figures import living_ids
from wuyou.platform.figures import Asked, Figure, counting_units


def living_staffing(asked: Asked) -> dict[int, Staffing]:
    """Return how the groups living on the as-of day were staffed, as unit id -> `Staffing`."""
    living = asked.read(living_ids)
    told = queries.staffing_by_unit(asked.actor, on=asked.as_of)
    return {unit_id: staffing for unit_id, staffing in told.items() if unit_id in living}


def _with_known_seats(asked: Asked) -> list[Staffing]:
    return [staffing for staffing in asked.read(living_staffing).values() if staffing.required is not None]


def _sum(number: Callable[[Staffing], int]) -> Callable[[Asked], int | None]:
    def total(asked: Asked) -> int | None:
        known = asked.read(_with_known_seats)
        return sum(map(number, known)) if known else None

    return total


def _terms_over(asked: Asked) -> Collection[int]:
    return [pk for pk, told in asked.read(living_staffing).items() if is_over(told.term_end, asked.as_of)]


def _staffing_list(show: str, asked: Asked) -> str:
    return asked.url("leadership:staffing", on=asked.as_of.isoformat(), show=show)


FIGURES = [
    *(
        Figure(
            f"leadership.{name}", label, "个", definition, compute=_sum(number), reads=P.VIEW,
            link=partial(_staffing_list, "vacant" if name == "seats_vacant" else ""),
        )
        for name, label, definition, number in (
            (
                "seats", _("应配班子职数"),
                _("截至统计日期未撤销的基层组织，按应配职务表应配备的班子职数之和，表里没有适用要求的不计"),
                lambda staffing: staffing.required or 0,
            ),
            (
                "seats_filled", _("已配班子职数"),
                _("应配班子职数中，截至统计日期有人任职的职数，同一职务超配的按应配数计"),
                lambda staffing: staffing.filled,
            ),
            (
                "seats_vacant", _("空缺班子职数"), _("应配班子职数中，截至统计日期无人任职的职数"),
                lambda staffing: staffing.vacant,
            ),
        )
    ),
    counting_units(
        "leadership.terms_lapsed", _("届期已满未换届的基层组织数"),
        _("截至统计日期未撤销的基层组织中，最近一届的换届日期早于统计日期的组织数，未登记换届日期的不计"), _terms_over, P.VIEW,
    ),
    Figure(
        "leadership.appointed_in_year", _("年内新任职人次"), "人次",
        _("任职起始日期在年内的基层组织班子任职记录数，一人任两职计两人次"),
        compute=lambda asked: queries.seats_begun(asked.actor, asked.during).count(),
        link=lambda asked: asked.url("leadership:appointed", year=asked.year, on=asked.as_of.isoformat()),
        reads=P.VIEW, span=Span.YEAR,
    ),
]  # fmt: skip
