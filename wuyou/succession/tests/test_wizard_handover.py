"""The pages of a change of several units: who takes part, who and what goes where."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wuyou.demo.factories import (
    make_count,
    make_person,
)
from wuyou.demo.small import HUIZE
from wuyou.funds.models import Entry
from wuyou.orgs.models import AreaServed, Unit
from wuyou.people.models import Affiliation
from wuyou.succession.plan import NewHeir, from_json
from wuyou.succession.tests.changing import drafted, into
from wuyou.succession.tests.walking import ON, address, begun, heir_told, posted, registers, saved, shown, states

pytestmark = pytest.mark.django_db


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
    assert [(roles, unit.pk) for roles, unit in told["units"]["shown"]] == [
        (("predecessor", "heir"), two[0].pk), (("predecessor",), two[1].pk),
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
