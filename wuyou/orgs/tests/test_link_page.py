"""The page of a unit's ties: several areas are added at once, and what is wrong is said at its row."""

import pytest
from django.urls import reverse

from wuyou.demo.small import GOOD
from wuyou.orgs.forms import MOST_NEW_AREAS, new_areas
from wuyou.platform.models import AuditEvent

pytestmark = pytest.mark.django_db


def opened(client, unit):
    """Return the address of the page and what the browser would send back of it."""
    address = reverse("orgs:links", args=[unit.pk])
    form = client.get(address).context["form"]
    told = {"version": unit.version, "on": "2025-11-01"}
    for name in ("hosts", "led_by", "areas"):
        told[name] = form[name].value()
    return address, {**told, **{f"{name}_typed": "" for name in form.rows}}


def served(unit):
    return sorted(unit.areas.filter(end=None).values_list("division__name", flat=True))


@pytest.mark.parametrize(
    ("posted", "rows"),
    [
        ((), 3), (("area_typed", "area_2_typed", "area_3_typed"), 3), (("area_5",), 5), (("area_typed", "more"), 6),
        (("area_6_typed", "more"), 9), (("area_60_typed", "more"), 60), (("area_61_typed", "area_0", "area_x"), 3),
    ],
)  # fmt: skip
def test_rows_are_those_that_were_sent_and_three_more_when_asked_for(posted, rows):
    assert len(new_areas(dict.fromkeys(posted, ""))) == rows <= MOST_NEW_AREAS


def test_several_areas_are_added_in_one_save(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    address, told = opened(client, unit)
    before, number = served(unit), AuditEvent.objects.count()
    answer = client.post(address, {**told, "area_typed": "益宁街道", "area_3_typed": "文华街道"})
    assert answer.status_code == 302
    unit.refresh_from_db()
    assert (served(unit), unit.version) == (sorted([*before, "益宁街道", "文华街道"]), 2)
    assert AuditEvent.objects.count() == number + 1


def test_what_is_wrong_with_a_row_is_said_there_and_nothing_typed_is_lost(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    address, told = opened(client, unit)
    before = served(unit)
    answer = client.post(
        address, {**told, "area_typed": "益宁街道", "area_2_typed": "没有这个村", "area_3_typed": "文华街道"}
    )
    form, page = answer.context["form"], answer.content.decode()
    assert form.errors == {"area_2": ["没有找到“没有这个村”。请换一个名称再查，例如只写前几个字。"]}
    assert [f'value="{name}"' in page for name in ("益宁街道", "没有这个村", "文华街道")] == [True, True, True]
    assert served(unit) == before


def test_more_rows_are_given_without_saving(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    address, told = opened(client, unit)
    before = served(unit)
    answer = client.post(address, {**told, "area_typed": "益宁街道", "hosts": "新挂靠单位", "more": "1"})
    form = answer.context["form"]
    assert (answer.status_code, len(form.rows), form["hosts"].value()) == (200, 6, "新挂靠单位")
    assert "益宁街道" in answer.content.decode()
    assert served(unit) == before
    assert client.post(address, {**told, "area_6_typed": "文华街道"}).status_code == 302
    assert served(unit) == sorted([*before, "文华街道"])


def test_the_same_area_twice_is_served_once(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    address, told = opened(client, unit)
    before = served(unit)
    answer = client.post(
        address, {**told, "area_typed": "益宁街道", "area_2_typed": "益宁街道", "area_3_typed": before[0]}
    )
    assert answer.status_code == 302
    assert served(unit) == sorted([*before, "益宁街道"])


def test_a_conflict_keeps_all_rows(small, sign_in):
    unit, county, city = small.unit(GOOD), sign_in("county"), sign_in("city")
    address, told = opened(county, unit)
    assert city.post(address, {**told, "led_by": "机关党委"}).status_code == 302
    typed = {**told, "area_typed": "益宁街道", "area_3_typed": "文华街道"}
    clash = county.post(address, typed)
    page = clash.content.decode()
    assert clash.status_code == 409
    assert [f'name="{name}"' in page for name in ("area_typed", "area_3_typed")] == [True, True]
    assert county.post(address, {**typed, "version": 2}).status_code == 302
    assert {"益宁街道", "文华街道"} <= set(served(unit))
