"""Setting an entry right and taking it back: by whom, what is refused, what two people at once see."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from wuyou.demo.factories import make_entry
from wuyou.demo.small import BARE, CITY, GOOD, NO_VENUE
from wuyou.funds import queries, services
from wuyou.funds.models import Entry, Source
from wuyou.funds.queries import EntryFilter
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.acting import answered

pytestmark = pytest.mark.django_db
WHO = (
    ("leader", NO_VENUE, None), ("county", GOOD, None), ("county", BARE, NotFound), ("leader", GOOD, NotFound),
    ("auditor", GOOD, Forbidden),
)  # fmt: skip


def corrected(small: Any, entry: Entry, seen: int | None = None, **changes: Any) -> Entry:
    return services.correct_entry(actor=small.actor("county"), entry_id=entry.pk, seen=seen, changes=changes)


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_may(small: Any, username: str, unit: str, answer: Any) -> None:
    actor, entry = small.actor(username), make_entry(small.unit(unit))
    told = {"actor": actor, "entry_id": entry.pk}
    for act in (
        lambda: services.correct_entry(**told, seen=1, changes={"amount_fen": 5}),
        lambda: services.take_back_entry(**told, seen=2),
    ):
        answered(answer, act)
    assert Entry.objects.filter(pk=entry.pk).exists() == (answer is not None)


def test_a_wrong_sum_is_set_right_and_the_trail_says_what_it_was(small: Any) -> None:
    entry = make_entry(small.unit(GOOD), amount_fen=20_000_00)
    corrected(small, entry, amount_fen=2_000_00, source="挂靠单位", on=date(2025, 11, 1))
    fresh = queries.entry(small.actor("county"), entry.pk)
    assert (fresh.amount_fen, fresh.source.code if fresh.source else "", fresh.on, fresh.version) == (
        2_000_00, "host", date(2025, 11, 1), 2,
    )  # fmt: skip
    event = AuditEvent.objects.latest("seq")
    told = json.loads(AuditPayload.objects.get(event_id=event.seq).body)
    assert (event.verb, told["changes"]) == (
        "funds.entry.corrected",
        {"amount_fen": [2_000_000, 200_000], "source": ["city_federation", "host"], "on": ["2025-11-20", "2025-11-01"]},
    )


@pytest.mark.parametrize(
    "changes",
    [{"amount_fen": 0}, {"on": date(2025, 11, 21)}, {"source": "彩票"}, {"direction": "lent"}, {"unit_id": 1}],
)
def test_what_is_refused(small: Any, changes: dict[str, Any]) -> None:
    entry = make_entry(small.unit(GOOD))
    with pytest.raises(Refused):
        corrected(small, entry, **changes)
    assert Entry.objects.get(pk=entry.pk).version == 1


def test_the_second_of_two_editors_sees_what_differs(small: Any) -> None:
    entry = make_entry(small.unit(GOOD))
    corrected(small, entry, 1, voucher="8")
    with pytest.raises(Conflict) as clash:
        corrected(small, entry, 1, voucher="9", source="host")
    assert {(one.field, one.theirs, one.yours) for one in clash.value.differences} == {
        ("voucher", "8", "9"), ("source", "市侨联补助", "挂靠单位"),
    }  # fmt: skip
    with pytest.raises(Conflict):
        services.take_back_entry(actor=small.actor("county"), entry_id=entry.pk, seen=1)


def test_what_is_taken_back_counts_no_longer(small: Any) -> None:
    actor, unit = small.actor("county"), small.unit(GOOD)
    before = queries.sums(actor, EntryFilter(unit=unit.pk))
    twice = make_entry(unit)
    services.take_back_entry(actor=actor, entry_id=twice.pk, seen=1)
    assert queries.sums(actor, EntryFilter(unit=unit.pk)) == before
    assert AuditEvent.objects.latest("seq").verb == "funds.entry.taken_back"


def test_a_clerk_reads_sets_right_and_takes_back(small: Any, sign_in: Any) -> None:
    entry, client = make_entry(small.unit(GOOD), handler="李华"), sign_in("county")
    Source.objects.filter(code="city_federation").update(is_active=False)
    rows = client.get(reverse("funds:list"), {"unit": entry.unit_id}).context["table"].rows
    assert rows[0][1].href == reverse("funds:entry", args=[entry.pk])
    assert "李华" in client.get(rows[0][1].href).content.decode()
    at = reverse("funds:correct", args=[entry.pk])
    form = client.get(at).context["form"]
    told = {name: form[name].value() for name in form.fields} | {"on": "2025-11-20", "version": 1}
    assert (told["amount"], told["source"]) == ("2000.00", "city_federation")
    assert client.post(at, {**told, "amount": "0"}).context["form"].errors == {
        "amount": ["金额应大于 0；退款请登记为相反的收支方向。"]
    }
    assert client.post(at, {**told, "amount": "1999.99"}).status_code == 302
    assert client.post(at, {**told, "amount": "1"}).status_code == 409
    assert (Entry.objects.get(pk=entry.pk).amount_fen, client.post(at, {"take_back": "1", "version": 2}).status_code) == (
        1_999_99, 302,
    )  # fmt: skip
    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_an_office_enters_its_own_money(small: Any, sign_in: Any) -> None:
    city = small.unit(CITY)
    told = {"unit": city.pk, "unit_typed": CITY, "direction": "received", "on": "2025-11-20", "amount": "240000"}
    assert sign_in("city").post(reverse("funds:record"), told).status_code == 302
    assert Entry.objects.get(unit=city).amount_fen == 240_000_00
