"""What units did and what they spent: on days on which there was no such unit, money that does not add up."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max, Min, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wuyou.activities.models import Activity
from wuyou.activities.permissions import P as Activities
from wuyou.funds.models import Entry
from wuyou.funds.permissions import P as Funds
from wuyou.integrity import rules
from wuyou.integrity.definition import Check, Inspection, Offender, Severity
from wuyou.integrity.readings import UnitFacts, closed_units, closing_days, in_order
from wuyou.platform.presentation import day, yuan
from wuyou.platform.scoping import scope


def activity_outside_life(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with an activity before their founding or after their end."""
    rows = Activity.objects.filter(scope(seen.actor, Activities.VIEW, "unit__path")).order_by()
    days = _first_and_last(rows.values_list("unit_id").annotate(first=Min("on"), last=Max("on")))
    return _outside_life(
        seen, days, (_("%(day)s 的活动早于成立时间 %(limit)s"), _("%(day)s 的活动晚于撤销时间 %(limit)s"))
    )


def entry_outside_life(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with an entry of money before their founding or after their end."""
    rows = Entry.objects.filter(scope(seen.actor, Funds.VIEW, "unit__path")).order_by()
    days = _first_and_last(rows.values_list("unit_id").annotate(first=Min("on"), last=Max("on")))
    return _outside_life(
        seen, days, (_("%(day)s 的经费早于成立时间 %(limit)s"), _("%(day)s 的经费晚于撤销时间 %(limit)s"))
    )


def _first_and_last(rows: Any) -> dict[int, tuple[date, date]]:
    return {unit_id: (first, last) for unit_id, first, last in rows}


def _outside_life(seen: Inspection, days: dict[int, tuple[date, date]], words: tuple[str, str]) -> Iterator[Offender]:
    closed = seen.read(closing_days)
    for unit in in_order(seen, days):
        first, last = days[unit.id]
        end = closed.get(unit.id, "")
        if rules.is_before(first.isoformat(), unit.founded):
            yield _of_unit(unit, words[0] % {"day": day(first), "limit": day(unit.founded)})
        elif rules.is_before(end, last.isoformat()):
            yield _of_unit(unit, words[1] % {"day": day(last), "limit": day(end)})


def _of_unit(unit: UnitFacts, what: str) -> Offender:
    """Return the unit as an offender whose list of records mends it."""
    return unit.found(what, query=(("unit", unit.id),))


def balances(seen: Inspection) -> dict[int, int]:
    """Return what each unit has left of all that it received and took over, in fen, as unit id -> balance."""
    rows = Entry.objects.filter(scope(seen.actor, Funds.VIEW, "unit__path"), on__lte=seen.day).order_by()
    way = Entry.Direction
    told = rows.values_list("unit_id").annotate(
        plus=Coalesce(Sum("amount_fen", filter=Q(direction__in=[way.RECEIVED, way.TAKEN_OVER])), 0),
        minus=Coalesce(Sum("amount_fen", filter=Q(direction__in=[way.SPENT, way.HANDED_OVER])), 0),
    )
    return {unit_id: plus - minus for unit_id, plus, minus in told}


def overspent(seen: Inspection) -> Iterator[Offender]:
    """Yield the units that spent more than they ever received."""
    left = seen.read(balances)
    for unit in in_order(seen, left):
        if left[unit.id] < 0:
            yield _of_unit(unit, _("支出比收入多 %(sum)s") % {"sum": yuan(-left[unit.id])})


def closed_with_money(seen: Inspection) -> Iterator[Offender]:
    """Yield the dissolved units with money left."""
    left = seen.read(balances)
    for unit in seen.read(closed_units):
        if left.get(unit.id, 0) > 0:
            yield _of_unit(unit, _("已撤销，账上还结余 %(sum)s") % {"sum": yuan(left[unit.id])})


def source_missing(seen: Inspection) -> Iterator[Offender]:
    """Yield the units with money received of which nobody said where it came from."""
    rows = Entry.objects.filter(
        scope(seen.actor, Funds.VIEW, "unit__path"), direction=Entry.Direction.RECEIVED, source=None
    ).order_by()
    told = dict(rows.values_list("unit_id").annotate(fen=Sum("amount_fen")))
    for unit in in_order(seen, told):
        yield _of_unit(unit, _("收入 %(sum)s 没有登记来源") % {"sum": yuan(told[unit.id])})


CHECKS = (
    Check(
        "work.overspent", gettext_lazy("支出多于收入"), Severity.LOOK,
        gettext_lazy("登记的支出比收入多，说明漏登了收入，或者支出记错了组织。"),
        gettext_lazy("请补登收入，或更正记错的支出。"), overspent, "funds:list", Funds.VIEW, reads=Funds.VIEW, keyed=False,
    ),
    Check(
        "work.closed_with_money", gettext_lazy("撤销后还有结余"), Severity.LOOK,
        gettext_lazy("组织撤销后结余要交回或转给接续的组织，账上不应再有钱。"),
        gettext_lazy("请登记结余交回或转出的一笔；已经花完的，请补登支出。"),
        closed_with_money, "funds:list", Funds.VIEW, reads=Funds.VIEW, keyed=False,
    ),
    Check(
        "work.source_missing", gettext_lazy("收入没有来源"), Severity.LOOK,
        gettext_lazy("没有来源的收入说不清是财政、挂靠单位还是捐赠，公开经费时也列不出来。"),
        gettext_lazy("请打开这些收入，补上资金来源。"), source_missing, "funds:list", Funds.VIEW, reads=Funds.VIEW, keyed=False,
    ),
    Check(
        "work.entry_outside_life", gettext_lazy("经费早于成立或晚于撤销"), Severity.LOOK,
        gettext_lazy("组织成立以前、撤销以后不会有经费，可能记错了组织或日期。"),
        gettext_lazy("请核对经费的日期和组织，以及组织的成立、撤销日期。"),
        entry_outside_life, "funds:list", Funds.VIEW, reads=Funds.VIEW, keyed=False,
    ),
    Check(
        "work.activity_outside_life", gettext_lazy("活动早于成立或晚于撤销"), Severity.LOOK,
        gettext_lazy("组织成立以前、撤销以后不会有活动，可能记错了组织或日期。"),
        gettext_lazy("请核对活动的日期和组织，以及组织的成立、撤销日期。"),
        activity_outside_life, "activities:list", Activities.VIEW, reads=Activities.VIEW, keyed=False,
    ),
)  # fmt: skip
