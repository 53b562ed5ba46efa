"""A venue is set right, closed and opened again; what one clerk saved, another never overwrites unseen."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from wuyou.demo.factories import anybody, make_venue
from wuyou.demo.small import GOOD, NO_VENUE
from wuyou.kernel.refusals import Conflict, NotFound, Refused
from wuyou.orgs import services
from wuyou.orgs.models import Venue
from wuyou.platform.models import AuditEvent
from wuyou.platform.tests.databases import OwnDatabase, at_once

NOV = date(2025, 11, 1)


def correct(venue: Venue, seen: int | None = None, **changes: Any) -> Venue:
    return services.correct_venue(actor=anybody(), unit_id=venue.unit_id, venue_id=venue.pk, changes=changes, seen=seen)


def differences(act: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(Conflict) as conflict:
        act()
    return [(told.label, told.theirs, told.yours) for told in conflict.value.differences]


def verbs(since: int) -> list[str]:
    return list(AuditEvent.objects.filter(seq__gt=since).order_by("seq").values_list("verb", flat=True))


def test_each_correction_is_a_version_and_the_same_again_none(small: Any) -> None:
    venue, since = small.unit(GOOD).venues.get(), AuditEvent.objects.latest("seq").seq
    told = {"hours": "每周五", "area_m2": Decimal("88.50"), "right": "own"}
    assert [correct(venue, 1, **told).version, correct(venue, 1, **told).version] == [2, 2]
    assert correct(venue, 2, end=NOV).version == 3
    assert correct(venue, 3, end=None, hours="每周六").version == 4
    assert verbs(since) == [
        "orgs.venue.corrected", "orgs.venue.closed", "orgs.venue.corrected", "orgs.venue.reopened",
    ]  # fmt: skip


def test_what_another_clerk_saved_is_shown_and_not_overwritten(small: Any) -> None:
    venue = small.unit(GOOD).venues.get()
    correct(venue, 1, right="rented", area_m2=Decimal("30"))
    told = {"name": venue.name, "right": "own", "area_m2": venue.area_m2, "end": None}
    area = str(venue.area_m2)
    assert differences(lambda: correct(venue, 1, **told)) == [
        ("使用权", "租用", "自有"), ("面积（平方米）", "30.00", area),
    ]  # fmt: skip
    venue.refresh_from_db()
    assert (venue.right, venue.area_m2) == ("rented", Decimal("30"))


def test_what_another_clerk_closed_is_not_opened_by_a_correction(small: Any) -> None:
    venue = small.unit(GOOD).venues.get()
    correct(venue, 1, end=NOV)
    assert differences(lambda: correct(venue, 1, hours="每周五", end=None)) == [
        ("开放时间", venue.hours, "每周五"), ("停用日期", "2025-11-01", ""),
    ]  # fmt: skip
    venue.refresh_from_db()
    assert venue.end == NOV


def test_a_venue_that_another_replaced_meanwhile_is_a_newer_version(small: Any) -> None:
    old = small.unit(GOOD).venues.get()
    services.register_venue(
        actor=anybody(), unit_id=old.unit_id, facts=services.VenueFacts("新活动室", start=NOV), replaces=old.pk
    )
    assert differences(lambda: correct(old, 1, end=None)) == [("停用日期", "2025-11-01", "")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"end": date(2025, 11, 21)}, "这个日期还没有到，没有保存；请在停用后再登记。"),
        ({"end": date(2020, 1, 1)}, "停用日期要晚于启用日期（2020-01-01），没有保存；请核对日期。"),
        ({"name": " "}, "请填写阵地名称，例如“社区侨胞之家”。"),
        ({"unit_id": 1}, "这些项目不能在阵地上修改，没有保存。"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(small: Any, changes: Any, sentence: str) -> None:
    venue = make_venue(small.unit(NO_VENUE), start=date(2020, 1, 1))
    with pytest.raises(Refused) as refused:
        correct(venue, 1, **changes)
    assert [str(reason) for reason in refused.value.reasons] == [sentence]
    venue.refresh_from_db()
    assert (venue.version, venue.end) == (1, None)


def test_a_venue_is_that_of_its_unit(small: Any) -> None:
    venue = small.unit(GOOD).venues.get()
    with pytest.raises(NotFound):
        services.correct_venue(
            actor=anybody(), unit_id=small.unit(NO_VENUE).pk, venue_id=venue.pk, changes={"hours": "每周五"}
        )


def test_of_a_correction_and_a_closing_at_once_one_is_saved(small: Any, own_database: OwnDatabase) -> None:
    venue = small.unit(GOOD).venues.get()
    wanted: list[dict[str, Any]] = [{"hours": "每周五", "end": None}, {"hours": venue.hours, "end": NOV}]
    found = at_once(4, lambda i: correct(venue, 1, **wanted[i % 2]))
    assert sorted({type(each).__name__ for each in found}) == ["Conflict", "Venue"]
    venue.refresh_from_db()
    assert (venue.version, {"hours": venue.hours, "end": venue.end} in wanted) == (2, True)


# ---- the page ----------------------------------------------------------------------------------------------------


def opened(client: Any, venue: Venue) -> tuple[str, dict[str, Any]]:
    """Return the address of a venue's page and what the browser would send back of it."""
    address = reverse("orgs:venue_edit", args=[venue.pk])
    answer = client.get(address)
    boxes = {bound.name: bound.value() or "" for bound in answer.context["form"]}
    assert f'name="version" value="{venue.version}"' in answer.content.decode()
    return address, {**boxes, "version": venue.version}


@pytest.mark.django_db
def test_the_conflict_page_shows_what_the_other_wrote_and_lets_one_choose(small, sign_in):
    venue, county, city = small.unit(GOOD).venues.get(), sign_in("county"), sign_in("city")
    address, typed = opened(county, venue)
    assert city.post(address, {**typed, "hours": "每周一", "end": "2025-11-01"}).status_code == 302
    answer = county.post(address, {**typed, "hours": "每周五"})
    text = answer.content.decode()
    assert answer.status_code == 409
    shown = ("每周一", "每周五", "停用日期", "2025-11-01", 'name="version" value="2"')
    assert [word for word in shown if word not in text] == []
    venue.refresh_from_db()
    assert (venue.hours, venue.end) == ("每周一", NOV)
    assert county.post(address, {**typed, "hours": "每周五", "version": 2}).status_code == 302
    venue.refresh_from_db()
    assert (venue.hours, venue.end, venue.version) == ("每周五", None, 3)


@pytest.mark.django_db
def test_a_closed_venue_s_page_tells_the_day_and_takes_it_back(small, sign_in):
    venue, client = small.unit(GOOD).venues.get(), sign_in("county")
    venue = correct(venue, 1, end=NOV)
    address, typed = opened(client, venue)
    assert typed["end"] == NOV
    assert client.post(address, {**typed, "end": "2025-10-01"}).status_code == 302
    venue.refresh_from_db()
    address, typed = opened(client, venue)
    assert client.post(address, {**typed, "end": ""}).status_code == 302
    venue.refresh_from_db()
    assert (venue.end, venue.version) == (None, 4)
