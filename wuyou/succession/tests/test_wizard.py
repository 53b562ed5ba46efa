"""The pages of a change: the way in, changes of one unit, the basics."""

from datetime import date

import pytest
from django.urls import reverse

from wuyou.demo.small import DISSOLVED, GOOD, HUIZE, LAPSED, NO_VENUE
from wuyou.orgs.models import Unit, UnitEvent
from wuyou.succession.plan import from_json
from wuyou.succession.tests.changing import changed
from wuyou.succession.tests.walking import ON, address, begun, posted, registers, saved, shown, states

pytestmark = pytest.mark.django_db


# ---- the way in ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [
        (GOOD, ["merge", "split", "reorganise", "lapse", "upgrade", "downgrade", "rename", "change_host", "convert", "dissolve"]),
        (LAPSED, ["merge", "split", "reorganise", "restore", "upgrade", "downgrade", "rename", "change_host", "convert",
                  "dissolve"]),
        (DISSOLVED, ["restore"]),
        (HUIZE, ["merge", "split", "reorganise", "rename", "change_host", "dissolve"]),
    ],
)  # fmt: skip
def test_what_is_possible_in_the_state_of_a_unit_is_offered(small, sign_in, unit, kinds):
    answer = sign_in("city").get(reverse("succession:begin", args=[small.unit(unit).pk]))
    assert [code for code, _word, _sentence, _chosen in answer.context["form"].offered()] == kinds


def test_a_kind_that_is_not_offered_is_refused_at_the_choice(small, sign_in):
    answer = sign_in("city").post(reverse("succession:begin", args=[small.unit(GOOD).pk]), {"kind": "restore"})
    assert answer.context["form"].errors == {"kind": ["请从列出的选项里选择办理什么。"]}


def test_the_unit_s_page_leads_to_a_change_and_to_one_that_was_begun(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    assert "办理变更" in client.get(reverse("shell:unit", args=[unit.pk])).content.decode()
    change = begun(client, unit, "rename")
    assert "继续办理变更" in client.get(reverse("shell:unit", args=[unit.pk])).content.decode()
    answer = client.get(reverse("succession:begin", args=[unit.pk]))
    assert (answer.status_code, answer.url) == (302, address("change", change))


def test_a_second_change_of_the_unit_is_not_begun_beside_the_first(small, sign_in):
    unit, client = small.unit(GOOD), sign_in("county")
    begun(client, unit, "rename")
    answer = client.post(reverse("succession:begin", args=[unit.pk]), {"kind": "lapse"})
    told = "这个组织有一项没有办完的变更（更名），没有新建；请先办完，或删除那份草稿。"
    assert answer.context["form"].errors == {"kind": [told]}


def test_a_leader_is_offered_no_change(small, sign_in):
    unit = small.unit(NO_VENUE)
    assert "办理变更" not in sign_in("leader").get(reverse("shell:unit", args=[unit.pk])).content.decode()


# ---- changes of one unit ------------------------------------------------------------------------------------------


ALONE = [
    ("rename", {"full_name": "甲公司侨联小组", "short_name": "甲公司小组"}),
    ("upgrade", {"form": "liaison_group", "kind": "enterprise", "full_name": "甲厂侨联联络组", "short_name": ""}),
    ("downgrade", {"form": "liaison_group", "kind": "enterprise", "full_name": "甲厂侨联小组", "short_name": "甲厂"}),
    ("convert", {"kind": "community", "form": "group", "full_name": "甲社区侨联小组", "short_name": "", "county": "",
                 "hosts": "甲社区居委会", "led_by": ""}),
    ("change_host", {"hosts": "丁公司", "led_by": "丁公司党委"}),
    ("reorganise", {"full_name": "甲厂侨联小组", "short_name": "甲厂", "form": "group", "hosts": "甲厂", "led_by": "甲厂党委"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "told"), ALONE, ids=[kind for kind, _told in ALONE])
def test_a_unit_that_stays_itself_is_changed_and_changed_back(two, sign_in, kind, told):
    client, unit, before = sign_in("city"), two[0], registers()
    change = begun(client, unit, kind)
    saved(client, "basics", change, on="2025-09-01", document="曲侨发[2025]8号")
    saved(client, "facts", change, **told)
    assert {state for code, state in states(client, change) if code != "parties"} == {"已填"}
    assert shown(client, "confirm", change)["hindered"] == []
    assert saved(client, "confirm", change).url == address("result", change)
    unit.refresh_from_db()
    assert (unit.full_name, change.state) == (told.get("full_name", "甲厂侨联小组"), "carried_out")
    assert UnitEvent.objects.filter(unit=unit, kind=kind, on="2025-09-01", document="曲侨发〔2025〕8号").count() == 1
    line = client.get(reverse("shell:unit", args=[unit.pk])).context["events"][0]
    assert line["href"] == address("result", change)
    saved(client, "take_back", change)
    assert registers() == before


def test_a_unit_lapses_and_is_restored_with_two_pages(two, sign_in):
    client, unit = sign_in("city"), two[0]
    for kind, day, state in (("lapse", "2025-05-01", "lapsed"), ("restore", "2025-09-01", "normal")):
        change = begun(client, unit, kind)
        saved(client, "basics", change, on=day)
        saved(client, "confirm", change)
        unit.refresh_from_db()
        assert unit.state == state


def test_facts_as_they_are_change_nothing(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "rename")
    answer = posted(client, "facts", change, full_name=two[0].full_name, short_name=two[0].short_name)
    assert answer.context["form"].non_field_errors() == ["填写的与现在一样，没有保存；请填写改成什么。"]


def test_what_is_missing_is_said_on_the_last_page_with_the_way_there(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "rename")
    told = shown(client, "confirm", change)["hindered"]
    assert [(str(reason), way) for reason, way in told] == [
        ("请填写生效日期。", address("basics", change)),
        ("还没有填写改成什么。", address("facts", change)),
    ]


# ---- basics -------------------------------------------------------------------------------------------------------


def test_basics_are_kept_with_the_number_as_it_is_printed(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "rename")
    saved(client, "basics", change, on="2025-09-01", document="曲侨发[2025]08号", note="办公会同意",
          **{f"seal_{two[0].pk}": "2025-09-10"})  # fmt: skip
    assert (change.on, change.document, change.note) == (ON, "曲侨发〔2025〕8号", "办公会同意")
    assert from_json(change.plan).seals == {two[0].pk: date(2025, 9, 10)}
    form = shown(client, "basics", change)["form"]
    assert form[f"seal_{two[0].pk}"].value() == date(2025, 9, 10)


def test_a_day_to_come_can_be_noted_and_is_said_to_be_early(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "lapse")
    saved(client, "basics", change, on="2026-03-01")
    told = shown(client, "confirm", change)["hindered"]
    assert [str(reason) for reason, _way in told] == ["生效日期还没有到，没有办理；请在变更生效后再办理，草稿已保存。"]
    assert posted(client, "confirm", change).context["form"].non_field_errors() == [str(told[0][0])]


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"on": ""}, "on", "请填写生效日期。"),
        ({"on": "2025-02-30"}, "on", "生效日期的写法不对，请核对。"),
        ({"on": "1899-12-31"}, "on", "年份不对，请核对日期。"),
        ({"on": "1999-01-01"}, "on", "生效日期早于“甲厂侨联小组”的成立时间（2016-05-03），没有办理；请核对日期。"),
        ({"on": "2025-09-01", "note": "字" * 301}, "note", None),
    ],
)
def test_bad_basics_are_refused_at_their_boxes(two, sign_in, told, field, sentence):
    Unit.objects.filter(pk=two[0].pk).update(founded="2016-05-03")
    client = sign_in("city")
    change = begun(client, two[0], "lapse")
    errors = posted(client, "basics", change, **told).context["form"].errors
    assert list(errors) == [field]
    assert sentence is None or errors[field] == [sentence]


def test_a_number_that_another_change_rests_on_is_refused_unless_it_is_shared(two, sign_in):
    changed("lapse", [two[1]], on=ON, document="曲侨发〔2025〕8号")
    client = sign_in("city")
    change = begun(client, two[0], "lapse")
    told = {"on": "2025-09-02", "document": "曲侨发[2025]8号"}
    assert list(posted(client, "basics", change, **told).context["form"].errors) == ["document"]
    saved(client, "basics", change, **told, shares_document="on")
