"""Sums of one's own units; every total is the sum of its list."""

from datetime import date
from typing import Any

import pytest

from wuyou.demo.factories import make_entry, make_unit
from wuyou.demo.small import CITY, HUIZE, NO_VENUE, QILIN
from wuyou.funds import queries
from wuyou.funds.models import Entry
from wuyou.funds.queries import EntryFilter, Sums
from wuyou.kernel.period import Period, year


@pytest.mark.parametrize(("username", "top"), [("city", CITY), ("auditor", CITY), ("county", QILIN), ("huize", HUIZE),
                                               ("leader", NO_VENUE)])  # fmt: skip
def test_everybody_sees_his_own_units_money(small: Any, username: str, top: str) -> None:
    actor, expected = small.actor(username), Entry.objects.filter(unit__path__under=small.unit(top).path)
    total = sum(entry.amount_fen for entry in expected)
    assert set(queries.entry_page(actor, EntryFilter(), size=500)) == set(expected)
    assert sum(s.received_fen for s in queries.sums_by_unit(actor, year(2025)).values()) == total
    assert queries.sums(actor, EntryFilter()).received_fen == total
    assert sum(queries.received_by_source_code(actor, EntryFilter()).values()) == total
    assert {b.unit_id for b in queries.budgets(actor, 2025).values()} <= {e.unit_id for e in expected}


def test_sums_of_a_period(small: Any) -> None:
    unit = make_unit(parent=small.unit(QILIN))
    for on, fen, direction, source in (
        (date(2025, 2, 28), 1, "received", "host"), (date(2025, 3, 1), 10, "received", "host"),
        (date(2025, 3, 31), 100, "received", "own"), (date(2025, 3, 31), 1000, "spent", ""),
        (date(2025, 4, 1), 10000, "received", "host"),
    ):  # fmt: skip
        make_entry(unit, on=on, amount_fen=fen, direction=direction, source=source)
    march = Period(date(2025, 3, 1), date(2025, 4, 1))
    actor = small.actor("county")
    assert queries.sums_by_unit(actor, march, unit_id=unit.pk) == {unit.pk: Sums(110, 1000, 3, 2)}
    assert queries.received_by_source_code(actor, EntryFilter(unit=unit.pk, during=march)) == {"host": 10, "own": 100}
    assert queries.sums(small.actor("huize"), EntryFilter(unit=unit.pk)) == Sums()


def test_the_auditor_sees_money_and_the_administrator_does_not(small: Any) -> None:
    assert queries.visible(small.actor("auditor")).exists()
    assert not queries.visible(small.actor("admin")).exists()
