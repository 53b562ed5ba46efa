"""The pages of a change: from the unit's page over the tasks to the result, and back."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import (
    anybody,
    make_count,
    make_entry,
    make_person,
    make_seat,
    make_unit,
    make_venue,
)
from wuyou.demo.small import DISSOLVED, GOOD, HUIZE, LAPSED, NO_VENUE, QILIN, SMALL_TODAY
from wuyou.funds.models import Entry
from wuyou.kernel import clock
from wuyou.orgs.models import AreaServed, Unit, UnitEvent
from wuyou.people.models import Affiliation
from wuyou.platform.models import Job
from wuyou.succession import services, tasks
from wuyou.succession.models import Succession
from wuyou.succession.plan import NewHeir, from_json
from wuyou.succession.tests.changing import changed, drafted, everything, into
from wuyou.succession.views import going

pytestmark = pytest.mark.django_db
ON = date(2025, 9, 1)


@pytest.fixture
def two(small):
    """Two groups of one county, each with three persons, a leader, a venue and some money."""
    office = small.unit(QILIN)
    units = [make_unit(parent=office, full_name=f"{name}厂侨联小组", hosts=(f"{name}厂",)) for name in "甲乙"]
    for number, unit in enumerate(units):
        persons = [make_person(unit, unit, name=f"{unit.short_name[0]}友{n}") for n in "一二三"]
        make_seat(unit, persons[0])
        make_venue(unit)
        make_entry(unit, amount_fen=100_00 * (number + 1), on=date(2025, 3, 1))
    Affiliation.objects.filter(unit__in=units).update(start=date(2022, 1, 1))
    return units


def registers():
    """Return every row of every register but the list of host units, in which a name once met stays."""
    found = everything()
    del found["orgs.HostUnit"]
    return found


def address(name, change, query=""):
    return reverse(f"succession:{name}", args=[change.pk]) + query


def begun(client, unit, kind):
    answer = client.post(reverse("succession:begin", args=[unit.pk]), {"kind": kind})
    change = Succession.objects.get(unit=unit, state="draft")
    assert (answer.status_code, answer.url) == (302, address("change", change))
    return change


def posted(client, name, change, query="", **told):
    change.refresh_from_db()
    return client.post(address(name, change, query), {"version": change.version, **told})


def saved(client, name, change, query="", **told):
    answer = posted(client, name, change, query, **told)
    assert answer.status_code == 302, answer.content.decode()
    change.refresh_from_db()
    return answer


def shown(client, name, change, query=""):
    answer = client.get(address(name, change, query))
    assert answer.status_code == 200, answer.status_code
    return answer.context


def heir_told(client, change, **told):
    form = shown(client, "heir", change)["form"]
    return {name: form[name].value() or "" for name in ("kind", "form", "county", "parent")} | told


def states(client, change):
    return [
        (task.code, str(task.word)) for task, _way in shown(client, "change", change)["tasks"] if task.code != "papers"
    ]


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


# ---- several units ------------------------------------------------------------------------------------------------


def test_a_merger_is_walked_from_the_first_page_to_its_undo(two, sign_in):
    client, before = sign_in("city"), registers()
    change = begun(client, two[0], "merge")
    assert states(client, change) == [("basics", "未填"), ("parties", "未填"), ("people", "未填"), ("money", "未填"),
                                      ("counts", "未填"), ("transfers", "未填")]  # fmt: skip
    saved(client, "basics", change, on="2025-09-01", document="曲侨发[2025]8号")
    saved(client, "parties", change, add="old", unit="", unit_typed="乙厂侨联小组")
    saved(client, "parties", change, stay=f"u{two[0].pk}")
    assert states(client, change) == [("basics", "已填"), ("parties", "已填"), ("people", "不需要"), ("money", "不需要"),
                                      ("counts", "不需要"), ("transfers", "不需要")]  # fmt: skip
    told = shown(client, "confirm", change)
    assert told["effects"] == [
        "从2025年9月1日起，“乙厂侨联小组”并入“甲厂侨联小组”。",
        "依据：曲侨发〔2025〕8号。",
        "“乙厂侨联小组”不再活动，页面、沿革和以往的记录都保留，按原来的名称仍能查到。",
        "“甲厂侨联小组”转入成员 3 人。",
        "个人资料改由承接的组织保管，请把这件事告诉本人。",
        "“甲厂侨联小组”转入经费 200.00 元。",
    ]
    assert told["warnings"] == ["还没有登记旧印章交回：乙厂侨联小组。"]
    assert told["table"].rows == [
        ["甲厂侨联小组", "3 → 6", "3 → 6", "100.00 元 → 300.00 元", "0 → 0"],
        ["乙厂侨联小组", "3 → 0", "3 → 0", "200.00 元 → 0.00 元", "0 → 0"],
    ]
    assert told["table"].total == ["合计", "6 → 6", "6 → 6", "300.00 元 → 300.00 元", "0 → 0"]
    assert saved(client, "confirm", change).url == address("result", change)
    told = shown(client, "result", change)
    assert [(roles, unit.pk, opens) for roles, unit, opens in told["units"]] == [
        (("predecessor", "heir"), two[0].pk, True), (("predecessor",), two[1].pk, True),
    ]  # fmt: skip
    assert ["成员", 3, None] in told["numbers"].rows
    assert (told["figures"], told["can_take_back"]) == (None, True)
    assert shown(client, "take_back", change)["rests"] == []
    saved(client, "take_back", change)
    assert registers() == before
    assert shown(client, "result", change)["can_take_back"] is False


def test_a_split_is_sorted_by_list_by_hand_and_its_money_divided(two, sign_in):
    client, unit, before = sign_in("city"), two[0], registers()
    change = begun(client, unit, "split")
    saved(client, "basics", change, on="2025-09-01")
    saved(client, "parties", change, stay=f"u{unit.pk}")
    saved(client, "heir", change, **heir_told(client, change, full_name="丙厂侨联小组", hosts="丙厂"))
    saved(client, "people", change, by="hand", rest=f"u{unit.pk}")
    lines = {line["person"].name: line["name"] for line in shown(client, "by_hand", change)["lines"]}
    saved(client, "by_hand", change, **{lines["甲友二"]: "n0", lines["甲友三"]: ""})
    told = posted(client, "by_list", change, heir="n0", names="甲友三、不认识")
    assert (len(told.context["meant"].ids), told.context["unknown"]) == (1, ["不认识"])
    saved(client, "by_list", change, heir="n0", names="甲友三\n不认识", confirmed="1")
    numbers = shown(client, "people", change)["table"]
    assert (numbers.rows, numbers.total) == (
        [["甲厂侨联小组", 3, 1, 1], ["丙厂侨联小组", None, 2, 2]], ["合计", 3, 3, 3],
    )  # fmt: skip
    money = {f"money_{unit.pk}_u{unit.pk}": "30", f"money_{unit.pk}_n0": "60"}
    errors = posted(client, "money", change, **money).context["form"].errors
    assert errors == {f"money_{unit.pk}_u{unit.pk}": ["各组织分得的金额合计与结余不相等，没有保存；请核对。"]}
    saved(client, "money", change, **{**money, f"money_{unit.pk}_n0": "70"})
    (line,) = shown(client, "transfers", change, "?table=orgs.venue.unit")["lines"]
    saved(client, "transfers", change, "?table=orgs.venue.unit", **{line["name"]: "n0"})
    saved(client, "confirm", change)
    heir = Unit.objects.get(full_name="丙厂侨联小组")
    assert sorted(Affiliation.objects.filter(unit=heir, end=None).values_list("person__name", flat=True)) == [
        "甲友三", "甲友二",
    ]  # fmt: skip
    assert (heir.venues.filter(end=None).count(), Entry.objects.get(unit=heir).amount_fen) == (1, 70_00)
    saved(client, "take_back", change)
    assert registers() == before


def test_people_are_sorted_by_the_host_unit_at_which_they_work(two, sign_in):
    client, unit = sign_in("city"), two[0]
    make_person(unit, unit, name="丙工", workplace="曲靖丙厂三车间")
    change = drafted("split", [unit], on=ON, heirs=(*into(unit), "n0"), founded=(NewHeir("丙组", hosts=("丙厂",)),))
    saved(client, "people", change, by="host", rest=f"u{unit.pk}")
    assert shown(client, "people", change)["table"].rows == [["甲厂侨联小组", 4, 3, 3], ["丙组", None, 1, 1]]
    saved(client, "people", change, by="area", rest=f"u{unit.pk}")
    assert shown(client, "people", change)["blind"] == ["甲厂侨联小组", "丙组"]


def test_a_list_of_names_comes_from_a_sheet_as_well(two, sign_in):
    client, unit = sign_in("city"), two[0]
    make_person(unit, unit, name="甲友二")
    change = drafted("split", [unit], on=ON, heirs=(*into(unit), "n0"), founded=(NewHeir("丙组"),))
    sheet = SimpleUploadedFile("名单.csv", "序号,姓名\n1,甲友一\n2,甲友二\n3,甲友九\n".encode())
    told = posted(client, "by_list", change, heir="n0", names="", sheet=sheet).context
    assert (told["names"], len(told["meant"].ids), told["unknown"], told["several"]) == (
        "甲友一\n甲友二\n甲友九", 1, ["甲友九"], ["甲友二"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "errors"),
    [
        ({"names": "", "heir": "n0"}, {"names": ["请写上姓名，或上传一份名单。"]}),
        ({"names": "甲友一", "heir": "u0"}, {"heir": ["请从列出的选项里选择名单上的人转到。"]}),
        (
            {"names": "、，", "heir": "n0"},
            {"names": ["没有找到姓名，什么都没有改动；请核对名单，或直接把姓名贴在上面。"]},
        ),
    ],
)
def test_a_bad_list_is_refused_at_its_box(two, sign_in, told, errors):
    change = drafted("split", [two[0]], on=ON, heirs=(*into(two[0]), "n0"), founded=(NewHeir("丙组"),))
    assert posted(sign_in("city"), "by_list", change, **told).context["form"].errors == errors


def test_a_file_that_is_no_sheet_is_refused_in_words(two, sign_in):
    change = drafted("split", [two[0]], on=ON, heirs=(*into(two[0]), "n0"), founded=(NewHeir("丙组"),))
    sheet = SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 broken")
    errors = posted(sign_in("city"), "by_list", change, heir="n0", names="", sheet=sheet).context["form"].errors
    assert (list(errors), len(errors["sheet"])) == (["sheet"], 1)


def test_head_counts_are_divided_and_add_up(two, sign_in):
    client, unit = sign_in("city"), two[0]
    make_count(30, unit=unit, counted_on=date(2025, 2, 1))
    change = drafted("split", [unit], on=ON, heirs=(*into(unit), "n0"), founded=(NewHeir("丙组"),))
    told = {f"count_0_u{unit.pk}": "20", "count_0_n0": "11"}
    errors = posted(client, "counts", change, **told).context["form"].errors
    assert errors == {f"count_0_u{unit.pk}": ["各组织的人数合计应为 30 人，没有保存；请核对。"]}
    saved(client, "counts", change, **{**told, "count_0_n0": "10"})
    assert from_json(change.plan).counts == {"people.headcount.unit": {f"u{unit.pk}": {"": 20}, "n0": {"": 10}}}


def test_money_is_proposed_by_the_number_of_members(two, sign_in):
    client, unit = sign_in("city"), two[0]
    person = Affiliation.objects.filter(unit=unit).first().person_id
    change = drafted("split", [unit], on=ON, heirs=(*into(unit), "n0"), founded=(NewHeir("丙组"),))
    saved(client, "by_hand", change, **{f"to-{person}": "n0"})
    ((_unit, _left, boxes),) = shown(client, "money", change, "?by=members")["groups"]
    assert [box.value() for box in boxes] == ["66.67", "33.33"]


def test_a_dissolved_unit_without_heir_leaves_its_people_to_the_office(two, sign_in):
    client, before = sign_in("city"), registers()
    change = begun(client, two[0], "dissolve")
    saved(client, "basics", change, on="2025-09-01")
    told = shown(client, "confirm", change)
    assert told["effects"][0] == "从2025年9月1日起，“甲厂侨联小组”撤销，没有承接的组织。"
    saved(client, "confirm", change)
    assert Affiliation.objects.filter(unit=two[0], end=None).count() == 0
    saved(client, "take_back", change)
    assert registers() == before


# ---- parties ------------------------------------------------------------------------------------------------------


def test_units_are_added_and_left_out(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "split")
    saved(client, "parties", change, add="heir", unit_typed="乙厂侨联小组")
    saved(client, "heir", change, **heir_told(client, change, full_name="丙组"))
    saved(client, "heir", change, **heir_told(client, change, full_name="丁组"))
    saved(client, "heir", change, "?n=1", **heir_told(client, change, full_name="戊组"))
    saved(client, "parties", change, main="n1")
    assert from_json(change.plan).heirs == ("n1", f"u{two[1].pk}", "n0")
    saved(client, "parties", change, drop_heir="n0")
    plan = from_json(change.plan)
    assert (plan.heirs, [heir.full_name for heir in plan.founded]) == (("n0", f"u{two[1].pk}"), ["戊组"])


def test_a_name_that_means_no_unit_or_a_taken_one_is_refused_at_its_box(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "merge")
    errors = posted(client, "parties", change, add="old", unit_typed="没有这样的组织").context["old_form"].errors
    assert errors == {"unit": ["没有找到“没有这样的组织”。请换一个名称再查，例如只写前几个字。"]}
    told = heir_told(client, change, full_name=two[1].full_name)
    errors = posted(client, "heir", change, **told).context["form"].errors
    assert errors == {"full_name": ["已有同名的组织，没有保存；请核对全称，或改选“由现有组织承接”。"]}


def test_a_unit_of_another_county_is_not_the_county_s_to_pick(small, two, sign_in):
    client = sign_in("county")
    change = begun(client, two[0], "merge")
    answer = posted(client, "parties", change, add="old", unit=small.unit(HUIZE).pk, unit_typed="")
    assert list(answer.context["old_form"].errors) == ["unit"]


def test_an_area_of_a_new_unit_is_kept(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "split")
    saved(client, "heir", change, **heir_told(client, change, full_name="丙组", area_typed="益宁街道"))
    place = from_json(change.plan).founded[0].area_ids
    assert len(place) == 1
    assert shown(client, "heir", change, "?n=0")["form"]["area"].value() != ""
    saved(client, "parties", change, stay=f"u{two[0].pk}")
    saved(client, "basics", change, on="2025-09-01")
    saved(client, "confirm", change)
    assert list(AreaServed.objects.filter(unit__full_name="丙组").values_list("division", flat=True)) == list(place)


# ---- two officers, double presses, later things -------------------------------------------------------------------


def test_the_second_of_two_officers_meets_the_page_of_the_conflict(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "rename")
    old = change.version
    saved(sign_in("county"), "facts", change, full_name="甲公司侨联小组", short_name="甲公司")
    told = {"version": old, "full_name": "甲集团侨联小组", "short_name": "甲集团"}
    answer = client.post(address("facts", change), told)
    assert answer.status_code == 409
    assert [(d.label, d.theirs, d.yours) for d in answer.context["conflict"].differences] == [
        ("改成什么", "全称：甲公司侨联小组；简称：甲公司", "全称：甲集团侨联小组；简称：甲集团")
    ]
    client.post(address("facts", change), {**told, "version": answer.context["conflict"].current_version})
    change.refresh_from_db()
    assert from_json(change.plan).facts["full_name"] == "甲集团侨联小组"


def test_what_somebody_changed_meanwhile_is_not_carried_out_unseen(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "lapse")
    saved(client, "basics", change, on="2025-09-01")
    old = change.version
    saved(client, "basics", change, on="2025-09-02")
    answer = client.post(address("confirm", change), {"version": old}, follow=True)
    assert "这份草稿刚才被别人修改过，没有办理；请按现在的内容再核对一遍。" in answer.content.decode()
    change.refresh_from_db()
    assert change.state == "draft"


def test_a_second_press_is_harmless(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "lapse")
    saved(client, "basics", change, on="2025-09-01")
    told = {"version": change.version, "once": "key"}
    answers = [client.post(address("confirm", change), told) for _press in range(2)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, address("result", change))}
    assert posted(client, "confirm", change).url == address("change", change)


def test_a_draft_of_a_unit_that_was_dissolved_meanwhile_says_so(two, sign_in):
    client = sign_in("city")
    change = drafted("merge", two, on=ON, heirs=into(two[0]))
    Unit.objects.filter(pk=two[1].pk).update(state="dissolved")
    assert [str(reason) for reason, _way in shown(client, "confirm", change)["hindered"]] == [
        "“乙厂侨联小组”已经撤销或合并，不能再办理这项变更；如需恢复，请先办理“恢复”。"
    ]


def test_what_rests_on_a_change_is_named_before_it_can_be_taken_back(two, sign_in):
    client = sign_in("city")
    change = changed("merge", two, on=ON, heirs=into(two[0]))
    with clock.held_at(SMALL_TODAY + timedelta(days=1)):
        changed("rename", [two[0]], on=date(2025, 10, 1), facts={"full_name": "甲集团侨联小组"})
    told = shown(client, "take_back", change)["rests"]
    assert "此后又办理了“甲集团侨联小组”的更名（2025-10-01）" in told
    errors = posted(client, "take_back", change).context["form"].non_field_errors()
    assert len(errors) == len(told)


def test_a_draft_is_thrown_away_after_a_question(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "merge")
    assert shown(client, "discard", change)["change"] == change
    assert posted(client, "discard", change).url == reverse("shell:unit", args=[two[0].pk])
    assert not Succession.objects.filter(pk=change.pk).exists()


def test_every_page_of_a_done_change_leads_to_its_result(two, sign_in):
    client, change = sign_in("city"), changed("lapse", [two[0]], on=ON)
    for name in ("basics", "facts", "parties", "heir", "people", "by_hand", "by_list", "money", "counts", "transfers",
                 "confirm", "discard"):  # fmt: skip
        answer = client.get(address(name, change), follow=True)
        assert answer.redirect_chain[-1][0] == address("result", change)


# ---- large changes ------------------------------------------------------------------------------------------------


def test_a_large_change_is_carried_out_and_taken_back_in_the_background(two, sign_in, monkeypatch, tmp_path, settings):
    settings.WUYOU_DATA = tmp_path
    monkeypatch.setattr(going, "LARGE", 2)
    client, before = sign_in("city"), registers()
    change = drafted("merge", two, on=ON, heirs=into(two[0]))
    assert saved(client, "confirm", change).url == address("change", change)
    job = Job.objects.get(pk=change.job)
    assert (job.task, job.state) == ("succession.carry_out", "queued")
    assert client.get(address("change", change)).context["progress"].sentence == "正在排队，马上开始。"
    assert client.get(address("basics", change)).url == address("change", change)
    told: list[tuple[int, int]] = []

    class Heard:
        def tell(self, done, total):
            told.append((done, total))

    for _run in range(2):
        page = tasks.carry_out(anybody(), Heard(), **job.arguments)
    assert page == {"page": ["succession:result", str(change.pk)]}
    assert told[-1] == (15, 15)
    Job.objects.filter(pk=job.pk).update(state="done")
    change.refresh_from_db()
    assert shown(client, "result", change)["can_take_back"] is True
    monkeypatch.setattr("wuyou.succession.views.done.LARGE", 2)
    saved(client, "take_back", change)
    job = Job.objects.get(pk=change.job)
    assert client.get(address("result", change)).context["progress"].sentence == "正在排队，马上开始。"
    for _run in range(2):
        tasks.take_back(anybody(), Heard(), **job.arguments)
    assert registers() == before


def test_a_change_that_was_begun_twice_in_the_background_is_queued_once(two, monkeypatch, tmp_path, settings):
    settings.WUYOU_DATA = tmp_path
    change = drafted("merge", two, on=ON, heirs=into(two[0]))
    for _press in range(2):
        services.start_carrying_out(actor=anybody(), succession_id=change.pk, seen=None)
    assert Job.objects.filter(task="succession.carry_out").count() == 1


# ---- the list -----------------------------------------------------------------------------------------------------


def test_the_list_of_changes_is_narrowed_and_asks_as_much_for_three_as_for_one(two, sign_in):
    client, list_page = sign_in("city"), reverse("succession:list")
    changed("lapse", [two[0]], on=date(2024, 9, 1))
    client.get(list_page)
    with CaptureQueriesContext(connection) as one:
        client.get(list_page)
    changed("merge", two, on=ON, heirs=into(two[0]))
    draft = drafted("rename", [two[0]], on=None)
    with CaptureQueriesContext(connection) as three:
        answer = client.get(list_page)
    assert len(one) == len(three)
    rows = answer.context["table"].rows
    assert [(str(row[1].value), str(row[2]), str(row[4])) for row in rows] == [
        ("甲厂侨联小组", "更名", "草稿"),
        ("甲厂侨联小组、乙厂侨联小组 → 甲厂侨联小组", "合并", "已办理"),
        ("甲厂侨联小组", "停滞", "已办理"),
    ]
    assert rows[0][1].href == address("change", draft)
    for query, number in (("year=2024", 1), ("kind=merge", 1), ("state=draft", 1), ("kind=nonsense", 3), ("year=x", 3)):
        assert len(client.get(f"{list_page}?{query}").context["table"].rows) == number


def test_drafts_are_listed_for_those_who_change(small, sign_in):
    drafted("rename", [small.unit(NO_VENUE)], on=ON)
    numbers = {
        who: len(sign_in(who).get(reverse("succession:list")).context["table"].rows)
        for who in ("city", "county", "leader", "auditor", "huize")
    }
    assert numbers == {"city": 1, "county": 1, "leader": 0, "auditor": 0, "huize": 0}


def test_figures_of_past_years_that_a_change_moved_are_told_by_their_words(two, sign_in):
    change = changed("dissolve", [two[0]], on=date(2024, 6, 1))
    rows = shown(sign_in("city"), "result", change)["figures"].rows
    assert [row for row in rows if row[1] == "基层组织总数"] == [["2024-12-31", "基层组织总数", "12 个", "11 个"]]


def test_the_tasks_are_told_in_english_as_well(two, sign_in):
    client = sign_in("city")
    change = begun(client, two[0], "merge")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert states(client, change)[0] == ("basics", "Not filled in")
