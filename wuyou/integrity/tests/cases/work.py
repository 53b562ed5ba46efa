"""Cases of activities and money."""

from datetime import date

from wuyou.demo import factories as make
from wuyou.integrity.tests.cases import Case, case
from wuyou.integrity.tests.cases.life import befell, group
from wuyou.orgs.models import Unit


def _worked(small, work, on_closed):
    """Let one unit work before it was founded, one after it was dissolved, and two as they should."""
    early, rough, late, timely = (group(small, name) for name in ("成立前小组", "当年小组", "撤销后小组", "撤销前小组"))
    for unit in (early, rough):
        work(unit, date(2021, 3, 1))
    Unit.objects.filter(pk=early.pk).update(founded="2021-04")
    Unit.objects.filter(pk=rough.pk).update(founded="2021")
    work(late, on_closed)
    work(timely, date(2024, 1, 1))
    for unit in (late, timely):
        befell(unit, "dissolve", "2024-01-01")
    return Case(("成立前小组", "撤销后小组"), ("当年小组", "撤销前小组"))


@case("work.activity_outside_life")
def _activity_outside_life(small):
    return _worked(small, lambda unit, on: make.make_activity(unit, on=on), date(2024, 1, 2))


@case("work.entry_outside_life")
def _entry_outside_life(small):
    return _worked(small, lambda unit, on: make.make_entry(unit, on=on), date(2024, 1, 2))


@case("work.overspent")
def _overspent(small):
    for name, spent in (("透支小组", 2_000_01), ("花完小组", 2_000_00)):
        unit = group(small, name)
        make.make_entry(unit)
        make.make_entry(unit, amount_fen=spent, direction="spent", source="", voucher="002")
    return Case(("透支小组",), ("花完小组",))


@case("work.closed_with_money")
def _closed_with_money(small):
    for name, spent in (("余钱小组", 1_999_99), ("花完小组", 2_000_00)):
        unit = group(small, name)
        make.make_entry(unit)
        make.make_entry(unit, amount_fen=spent, direction="spent", source="", voucher="002")
        befell(unit, "dissolve", "2025-11-20")
    make.make_entry(group(small, "活着小组"))
    return Case(("余钱小组",), ("花完小组", "活着小组"))


@case("work.source_missing")
def _source_missing(small):
    make.make_entry(group(small, "来源不明小组"), source="")
    make.make_entry(group(small, "来源清楚小组"))
    make.make_entry(group(small, "支出小组"), source="", direction="spent")
    return Case(("来源不明小组",), ("来源清楚小组", "支出小组"))
