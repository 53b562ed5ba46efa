"""Entering sums: who may, what is refused, whole fen."""

from datetime import date
from typing import Any

import pytest

from wuyou.demo.small import BARE, GOOD, NO_VENUE
from wuyou.funds import services
from wuyou.funds.models import DeclaredBudget, Entry
from wuyou.funds.services import NewEntry
from wuyou.kernel.refusals import Forbidden, NotFound, Refused
from wuyou.platform.tests.acting import answered

WHO = (
    ("leader", NO_VENUE, None), ("county", GOOD, None), ("city", BARE, None), ("leader", GOOD, NotFound),
    ("county", BARE, NotFound), ("huize", GOOD, NotFound), ("auditor", GOOD, Forbidden), ("admin", GOOD, NotFound),
)  # fmt: skip


def new(unit: int, **facts: Any) -> NewEntry:
    return NewEntry(**({"unit_id": unit, "on": date(2025, 11, 19), "amount_fen": 123_45, "source": "host"} | facts))


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_enters_sums(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    answer = Forbidden if username == "admin" else answer  # the administrator knows the unit, not its money
    answered(answer, lambda: services.record_entry(actor=actor, new=new(pk)), Entry)
    answered(answer, lambda: services.declare_budget(actor=actor, unit_id=pk, year=2024, amount_fen=5), Entry)


def test_an_entry_keeps_whole_fen_and_its_source(small: Any) -> None:
    entry = services.record_entry(
        actor=small.actor("county"), new=new(small.unit(GOOD).pk, source="挂靠单位", voucher="7")
    )
    fresh = Entry.objects.select_related("source").get(pk=entry.pk)
    assert (fresh.amount_fen, fresh.source.code if fresh.source else "", fresh.voucher, fresh.direction) == (
        123_45, "host", "7", "received",
    )  # fmt: skip


@pytest.mark.parametrize(
    "facts", [{"amount_fen": 0}, {"on": date(2025, 11, 21)}, {"direction": "lent"}, {"source": "彩票"}]
)
def test_what_is_refused(small: Any, facts: dict[str, Any]) -> None:
    actor, pk = small.actor("county"), small.unit(GOOD).pk
    answered(Refused, lambda: services.record_entry(actor=actor, new=new(pk, **facts)), Entry)


def test_a_budget_is_not_negative_and_a_later_one_replaces_the_earlier(small: Any) -> None:
    actor, pk = small.actor("county"), small.unit(GOOD).pk
    with pytest.raises(Refused, match="不能是负数"):
        services.declare_budget(actor=actor, unit_id=pk, year=2024, amount_fen=-1)
    for amount in (5, None, 7):
        services.declare_budget(actor=actor, unit_id=pk, year=2024, amount_fen=amount, sources=("host", "own"))
    budget = DeclaredBudget.objects.get(unit=pk, year=2024)
    assert (budget.amount_fen, budget.sources, budget.declared_on) == (7, "host,own", small.today)
