"""The pages on which a unit's events and placements are set right, and what they say of figures that moved."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import HUIZE, LULIANG, QILIN
from wuyou.kernel.refusals import Refused
from wuyou.orgs import services
from wuyou.orgs.models import Placement, Unit, UnitEvent
from wuyou.succession import services as changes
from wuyou.succession.tests.changing import changed, into

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(small: Any) -> Unit:
    unit = make_unit(parent=small.unit(QILIN), full_name="更正小组")
    services.record_event(actor=anybody(), unit_id=unit.pk, kind="lapse", on="2024-06-01")
    return unit


def recorded(unit: Unit) -> str:
    return reverse("shell:recorded", args=[unit.pk])


def lapse(unit: Unit) -> UnitEvent:
    return UnitEvent.objects.get(unit=unit, kind="lapse")


def test_a_back_dated_event_lists_the_figures_that_it_moved(group: Unit, sign_in: Any) -> None:
    client = sign_in("county")
    page = reverse("shell:correct_event", args=[lapse(group).pk])
    assert client.get(page).status_code == 200
    answer = client.post(page, {"on": "2023-06-01", "document": "", "note": "", "version": "1"}, follow=True)
    rows = {(row[0], row[1]): row[2:] for row in answer.context["figures"].rows}
    assert rows["2023-12-31", "停滞状态的组织数"] == ["1 个", "2 个"]
    assert rows["2024-12-31", "年内停滞的基层组织数"] == ["1 个", "0 个"]
    assert ("2024-12-31", "停滞状态的组织数") not in rows  # by then it had stalled before as well
    way = answer.redirect_chain[-1][0]
    assert way.startswith(f"{recorded(group)}?moved=")
    neighbour = make_unit(parent=Unit.objects.get(short_name=QILIN), full_name="邻居小组")
    elsewhere = way.replace(recorded(group), recorded(neighbour))
    assert [client.get(page).context["figures"] for page in (recorded(group), elsewhere)] == [None, None]


def test_a_withdrawn_event_lists_the_figures_and_the_state_goes_back(group: Unit, sign_in: Any) -> None:
    client = sign_in("county")
    page = reverse("shell:correct_event", args=[lapse(group).pk])
    answer = client.post(page, {"take_back": "1", "version": "1"}, follow=True)
    rows = {(row[0], row[1]): row[2:] for row in answer.context["figures"].rows}
    assert rows["2024-12-31", "停滞状态的组织数"] == ["2 个", "1 个"]
    group.refresh_from_db()
    assert (group.state, "已撤回这一项登记。" in answer.content.decode()) == ("normal", True)


def test_the_figures_of_all_that_an_officer_sees_are_told_to_him_alone(group: Unit, sign_in: Any) -> None:
    """The city's numbers are not the county's to read, who may read the unit."""
    told = {"on": "2023-06-01", "document": "", "note": "", "version": "1"}
    city = sign_in("city")
    way = city.post(reverse("shell:correct_event", args=[lapse(group).pk]), told)["Location"]
    assert [sign_in(name).get(way).context["figures"] is not None for name in ("city", "county", "auditor")] == [
        True, False, False,
    ]  # fmt: skip


def test_what_is_refused_stands_at_the_box_and_moves_nothing(group: Unit, sign_in: Any) -> None:
    client = sign_in("county")
    page = reverse("shell:correct_event", args=[lapse(group).pk])
    answer = client.post(page, {"on": "2019-01-01", "document": "", "note": "", "version": "1"})
    assert answer.context["form"].errors == {"on": ["日期早于成立时间（2020-05-06），没有保存；请核对日期。"]}
    assert client.get(recorded(group)).context["figures"] is None


def test_the_second_of_two_officers_sees_the_page_of_the_conflict(group: Unit, sign_in: Any) -> None:
    client, page = sign_in("county"), reverse("shell:correct_event", args=[lapse(group).pk])
    told = {"on": "2024-07-01", "document": "", "note": "", "version": "1"}
    assert client.post(page, told).status_code == 302
    assert client.post(page, told | {"on": "2024-08-01"}).status_code == 409


def test_a_placement_is_set_right_and_today_s_has_no_end(small: Any, group: Unit, sign_in: Any) -> None:
    """The city may: the group is guided from another county now."""
    office = small.unit(HUIZE)
    services.place_unit(actor=anybody(), unit_id=group.pk, parent_id=office.pk, start=date(2023, 1, 1))
    client = sign_in("city")
    past, now = (reverse("shell:correct_placement", args=[row.pk]) for row in group.placements.order_by("start"))
    assert [list(client.get(page).context["form"].fields) for page in (past, now)] == [
        ["start", "end", "document"], ["start", "document"],
    ]  # fmt: skip
    answer = client.post(now, {"start": "2022-03-01", "document": "曲侨发〔2022〕3号", "version": "1"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(recorded(group))
    assert list(Placement.objects.filter(unit=group).order_by("start").values_list("start", "end")) == [
        (date(2020, 5, 6), date(2022, 3, 1)), (date(2022, 3, 1), None),
    ]  # fmt: skip


def test_what_a_change_noted_leads_to_the_change(small: Any, sign_in: Any) -> None:
    office = small.unit(LULIANG)
    two = [make_unit(parent=office, full_name=name) for name in ("甲厂小组", "乙厂小组")]
    change = changed("merge", two, on=date(2025, 9, 1), heirs=into(two[1]))
    row, way = UnitEvent.objects.get(unit=two[0], kind="merge"), reverse("succession:result", args=[change.pk])
    client, page = sign_in("luliang"), reverse("shell:correct_event", args=[row.pk])
    shown = client.get(recorded(two[0])).context["events"].rows
    assert [line[-1].href for line in shown] == [
        way, reverse("shell:correct_event", args=[UnitEvent.objects.get(unit=two[0], kind="establish").pk]),
    ]  # fmt: skip
    assert f'href="{way}"' in client.get(page).content.decode()
    assert "form" not in client.get(page).context
    with pytest.raises(Refused) as raised:
        services.take_back_event(actor=anybody(), event_id=row.pk, seen=None)
    assert [str(reason) for reason in raised.value.reasons] == [
        "这一条是办理“甲厂小组”的合并（2025-09-01）时记下的，没有改动；要改，请先撤回那项变更。"
    ]
    changes.take_back(actor=anybody(), succession_id=change.pk)
    assert [one.kind for one in two[0].events.all()] == ["establish"]


def test_who_only_reads_is_offered_no_correction(group: Unit, sign_in: Any) -> None:
    client = sign_in("auditor")
    page = client.get(recorded(group))
    assert [len(page.context[name].columns) for name in ("events", "placements")] == [4, 4]
    assert client.get(reverse("shell:correct_event", args=[lapse(group).pk])).status_code == 403
