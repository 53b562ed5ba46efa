"""Recording activities: who may, what is refused, what a repeat does."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from wuyou.activities import services
from wuyou.activities.models import Activity, DeclaredNumber
from wuyou.activities.services import NewActivity
from wuyou.demo.factories import make_activity
from wuyou.demo.small import BARE, CITY, DISSOLVED, GOOD, NO_VENUE
from wuyou.kernel.refusals import Forbidden, NotFound, Refused
from wuyou.platform.models import AuditEvent, AuditPayload
from wuyou.platform.tests.acting import answered

WHO = (
    ("leader", NO_VENUE, None), ("county", GOOD, None), ("city", BARE, None), ("leader", GOOD, NotFound),
    ("county", BARE, NotFound), ("huize", GOOD, NotFound), ("auditor", GOOD, Forbidden), ("admin", GOOD, Forbidden),
)  # fmt: skip


def new(unit: int, **facts: Any) -> NewActivity:
    return NewActivity(**({"unit_id": unit, "kind": "study", "on": date(2025, 11, 19)} | facts))


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_records(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    answered(answer, lambda: services.record_activity(actor=actor, new=new(pk)), Activity)


@pytest.mark.parametrize(("username", "unit", "answer"), WHO[:6])
def test_who_revises(small: Any, username: str, unit: str, answer: Any) -> None:
    activity, actor = make_activity(small.unit(unit)), small.actor(username)
    answered(answer, lambda: services.revise_activity(
        actor=actor, activity_id=activity.pk, seen=1, changes={"present": 7}
    ), Activity)  # fmt: skip


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_declares_a_number(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    answered(answer, lambda: services.declare_number(actor=actor, unit_id=pk, year=2024, number=4), Activity)


def test_a_record_keeps_what_was_told(small: Any) -> None:
    actor, unit = small.actor("leader"), small.unit(NO_VENUE)
    told = new(
        unit.pk, topic="侨法学习", present=12, leaders_present=True, leaders="副主席", cost_fen=35_00, note="雨天"
    )
    activity = Activity.objects.get(pk=services.record_activity(actor=actor, new=told).pk)
    assert (activity.topic, activity.present, activity.leaders_present, activity.cost_fen) == (
        "侨法学习",
        12,
        True,
        35_00,
    )
    assert (activity.recorded_by, activity.version, activity.unit_id) == (actor.user_id, 1, unit.pk)


def test_a_repeat_with_the_same_key_returns_the_first(small: Any) -> None:
    actor, pk, key = small.actor("leader"), small.unit(NO_VENUE).pk, uuid.uuid4()
    first = services.record_activity(actor=actor, new=new(pk), client_key=key)
    told = AuditEvent.objects.count()
    again = services.record_activity(actor=actor, new=new(pk, topic="再发一次"), client_key=key)
    assert (again, again.topic, AuditEvent.objects.count()) == (first, "", told)
    assert services.record_activity(actor=actor, new=new(pk)) != first


@pytest.mark.parametrize("facts", [{"on": date(2025, 11, 21)}, {"present": -1}, {"cost_fen": -1}])
def test_what_is_refused(small: Any, facts: dict[str, Any]) -> None:
    actor, pk = small.actor("leader"), small.unit(NO_VENUE).pk
    answered(Refused, lambda: services.record_activity(actor=actor, new=new(pk, **facts)), Activity)
    activity = make_activity(small.unit(NO_VENUE))
    answered(Refused, lambda: services.revise_activity(
        actor=actor, activity_id=activity.pk, seen=None, changes=facts
    ), Activity)  # fmt: skip


def test_a_dissolved_unit_does_nothing_any_more(small: Any) -> None:
    with pytest.raises(Refused, match="这个组织已经撤销"):
        services.record_activity(actor=small.actor("city"), new=new(small.unit(DISSOLVED).pk))


@pytest.mark.parametrize("field", ["unit_id", "recorded_by", "client_key", "version"])
def test_a_record_is_not_moved_elsewhere(small: Any, field: str) -> None:
    activity = make_activity(small.unit(NO_VENUE))
    with pytest.raises(Refused, match="不能在活动记录上修改"):
        services.revise_activity(
            actor=small.actor("leader"), activity_id=activity.pk, seen=1, changes={field: small.unit(BARE).pk}
        )


def test_a_revision_tells_before_and_after(small: Any) -> None:
    activity = make_activity(small.unit(NO_VENUE), present=20)
    services.revise_activity(actor=small.actor("leader"), activity_id=activity.pk, seen=1, changes={"present": 21})
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, AuditPayload.objects.get(pk=event.pk).body) == (
        "activities.activity.revised", '{"changes":{"present":[20,21]}}',
    )  # fmt: skip


def test_a_later_declaration_replaces_the_earlier(small: Any) -> None:
    actor, pk = small.actor("county"), small.unit(GOOD).pk
    for number in (4, 6):
        services.declare_number(actor=actor, unit_id=pk, year=2024, number=number)
    assert list(DeclaredNumber.objects.filter(unit=pk, year=2024).values_list("number", flat=True)) == [6]


def test_an_office_records_what_it_did_itself(small: Any, sign_in: Any) -> None:
    city = small.unit(CITY)
    told = {"unit": city.pk, "unit_typed": CITY, "kind": "visit", "on": "2025-11-19", "topic": "走访重点侨企"}
    assert sign_in("city").post(reverse("activities:record"), told).status_code == 302
    assert Activity.objects.get(unit=city).topic == "走访重点侨企"


def test_a_record_made_twice_is_taken_back_by_who_saw_it_as_it_is(small: Any, sign_in: Any) -> None:
    twice, county = make_activity(small.unit(GOOD), topic=""), sign_in("county")
    at = reverse("activities:edit", args=[twice.pk])
    assert (">活动</a>" in county.get(at).content.decode(), "撤回登记" in county.get(at).content.decode()) == (
        True,
        True,
    )
    services.revise_activity(actor=small.actor("county"), activity_id=twice.pk, seen=1, changes={"topic": "中秋茶话会"})
    assert county.post(at, {"take_back": "1", "version": 1}).status_code == 409
    assert county.post(at, {"take_back": "1", "version": 2}).status_code == 302
    event = AuditEvent.objects.latest("seq")
    assert (Activity.objects.filter(pk=twice.pk).exists(), event.verb) == (False, "activities.activity.taken_back")
    assert "中秋茶话会" in AuditPayload.objects.get(event_id=event.seq).body
