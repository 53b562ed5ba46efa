"""How somebody came to a seat and why he left it: kept, corrected, refused, and told in the unit's history."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from wuyou.demo.factories import anybody, make_person, make_seat
from wuyou.demo.small import GOOD, NO_VENUE
from wuyou.kernel.refusals import Refused
from wuyou.leadership import queries, rules, services
from wuyou.leadership.chronicle import happenings
from wuyou.leadership.models import Seat
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.acting import answered

TODAY = date(2025, 11, 20)
PAPER = "曲侨发〔2025〕8号"
DAYS = (
    (None, "", []), (None, "resigned", ["end"]), (None, PAPER, ["end"]), (date(2025, 1, 1), "resigned", []),
    (date(2025, 1, 1), "", []),
)  # fmt: skip
CAME = (
    ("elected", []), ("appointed", []), ("", []), ("co_option", [("增补黄秀兰为顾问", PAPER)]),
    ("by_election", [("补选黄秀兰为顾问", PAPER)]),
)  # fmt: skip
WENT = (
    ("term_over", []), ("moved", []), ("died", []), ("", []), ("resigned", [("黄秀兰辞去顾问", PAPER)]),
    ("removed", [("免去黄秀兰顾问", PAPER)]),
)  # fmt: skip


@pytest.mark.parametrize(("end", "went", "fields"), DAYS)
def test_a_reason_of_leaving_needs_its_day(end: date | None, went: str, fields: list[str]) -> None:
    told = rules.seat_allowed(start=date(2024, 1, 1), end=end, today=TODAY, went=went)
    assert [reason.field for reason in told.reasons] == fields


def seat(small: Any, **told: Any) -> Seat:
    group = small.unit(GOOD)
    return make_seat(group, make_person(group, group, name="黄秀兰"), "adviser", **told)


def history(made: Seat) -> list[tuple[str, str]]:
    return [
        (one.title, one.document)
        for one in happenings(anybody(), made.unit_id, [], queries.seats_ever(anybody(), made.unit_id))
    ]


@pytest.mark.parametrize(("came", "told"), CAME)
def test_how_somebody_came_is_kept_and_told(small: Any, came: str, told: Any) -> None:
    made = seat(small, came=came, came_document=PAPER)
    assert (made.came, made.came_document, history(made)) == (came, PAPER, told)
    body = json.loads(AuditPayload.objects.get(event_id=AuditEvent.objects.latest("seq").seq).body)
    assert (body["came"], body["document"]) == (came, PAPER)


@pytest.mark.parametrize(("went", "told"), WENT)
def test_why_somebody_left_is_kept_and_told(small: Any, went: str, told: Any) -> None:
    made = seat(small)
    leave = {"actor": anybody(), "seat_id": made.pk, "on": date(2025, 9, 1), "went": went, "went_document": PAPER}
    left = services.leave_seat(**leave)
    assert (left.went, left.went_document, history(made)) == (went, PAPER, told)
    events = AuditEvent.objects.count()
    assert (services.leave_seat(**leave), AuditEvent.objects.count()) == (left, events)
    assert services.leave_seat(actor=anybody(), seat_id=made.pk, on=date(2025, 9, 1)) == left
    other = "died" if went != "died" else "moved"
    with pytest.raises(Refused, match="已登记 2025-09-01 离任"):
        services.leave_seat(**{**leave, "went": other})


def test_what_is_no_choice_is_refused(small: Any) -> None:
    made = seat(small)
    mine = {"actor": anybody(), "seat_id": made.pk}
    group, days = small.unit(NO_VENUE), {"start": made.start, "end": None}
    other = make_person(group, group)
    for act in (
        lambda: make_seat(group, other, "adviser", came="heir"),
        lambda: services.leave_seat(**mine, on=date(2025, 9, 1), went="bored"),
        lambda: services.correct_seat(**mine, seen=1, post_code="adviser", **days, came="heir"),
        lambda: services.correct_seat(**mine, seen=1, post_code="adviser", **days, went="resigned"),
        lambda: services.correct_seat(**mine, seen=1, post_code="adviser", **days, went_document=PAPER),
    ):
        answered(Refused, act)


@pytest.mark.parametrize("told", [{"came": "heir"}, {"went": "bored", "end": TODAY}, {"went": "resigned"}])
def test_the_database_refuses_it_too(small: Any, told: dict[str, Any]) -> None:
    made = seat(small)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=made.pk).update(**told)


def test_a_clerk_notes_a_by_election_and_a_resignation_on_the_pages_of_the_seat(small: Any, sign_in: Any) -> None:
    group, client = small.unit(GOOD), sign_in("county")
    person = make_person(group, group, name="黄秀兰")
    told = {"post": "adviser", "person": person.pk, "person_typed": person.name, "start": "2025-03-01"}
    paper = {"came": "by_election", "came_document": "曲侨发[2025]8号"}
    assert client.post(reverse("leadership:seat", args=[group.pk]), {**told, **paper}).status_code == 302
    made = Seat.objects.get(person=person)
    leave = {"on": "2025-09-01", "went": "resigned", "went_document": "曲侨发[2025]9号"}
    assert client.post(reverse("leadership:leave", args=[made.pk]), leave).status_code == 302
    row = client.get(reverse("leadership:ever", args=[group.pk])).context["seats"].rows[-1]
    assert row[2:6] == [date(2025, 3, 1), f"补选 {PAPER}", date(2025, 9, 1), "辞职 曲侨发〔2025〕9号"]
    page = reverse("leadership:correct_seat", args=[made.pk])
    form = client.get(page).context["form"]
    assert [form.initial[name] for name in ("came", "went", "went_document")] == [
        "by_election", "resigned", "曲侨发〔2025〕9号",
    ]  # fmt: skip
    typed = {"post": "adviser", "start": "2025-03-01", "end": "", "went": "resigned", "version": 2}
    assert list(client.post(page, typed).context["form"].errors) == ["end"]
    assert "黄秀兰辞去顾问" in client.get(reverse("shell:unit", args=[group.pk])).content.decode()
