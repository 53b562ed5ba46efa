"""A change of many units: they come in and go out together, and every page of the change stays short."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wuyou.demo.factories import make_entry, make_unit
from wuyou.demo.small import HUIZE, QILIN
from wuyou.orgs.models import Unit
from wuyou.succession.plan import NewHeir, from_json, unit_word
from wuyou.succession.tests.changing import changed, drafted
from wuyou.succession.tests.walking import ON, address, begun, posted, saved, shown

pytestmark = pytest.mark.django_db


def groups(small, number, under=QILIN, name="众"):
    return [make_unit(parent=small.unit(under), full_name=f"{name}{n:02d}侨联小组") for n in range(number)]


def inside(change):
    change.refresh_from_db()
    return list(from_json(change.plan).predecessors)


def told(answer):
    return [str(message) for message in answer.wsgi_request._messages]


# ---- in and out ---------------------------------------------------------------------------------------------------


def test_all_that_a_filter_leaves_come_in_at_once_and_go_out_again(small, sign_in):
    client, many, other = sign_in("city"), groups(small, 55), groups(small, 3, HUIZE, "众外")
    change = begun(client, many[0], "merge")
    page = shown(client, "gather", change, f"?q=众&office={small.unit(QILIN).pk}")
    assert (page["number"], len(page["units"]), page["pages"].last, page["taken"]) == (54, 50, 2, 1)
    query = f"?q=众&office={small.unit(QILIN).pk}&page=2"
    answer = saved(client, "gather", change, query, press="all")
    assert (answer.url.endswith("page=2"), told(answer)) == (True, ["已加入 54 个组织。"])
    assert set(inside(change)) == {unit.pk for unit in many}
    assert shown(client, "gather", change, query)["number"] == 0
    assert told(saved(client, "gather", change, "?q=众", press="ticked", unit=[other[1].pk])) == ["已加入 1 个组织。"]
    answer = saved(client, "gather", change, "?show=inside&q=众0", press="all")
    assert told(answer)[-1] == "已去掉 9 个组织。"  # all but the one with which the change began
    assert set(inside(change)) == {many[0].pk, other[1].pk, *(unit.pk for unit in many[10:])}
    saved(client, "gather", change, "?show=inside", press="ticked", unit=[many[11].pk, many[0].pk])
    assert set(inside(change)) == {many[0].pk, other[1].pk, many[10].pk, *(unit.pk for unit in many[12:])}
    saved(client, "gather", change, "?show=inside", press="all")
    assert inside(change) == [many[0].pk]


def test_filters_leave_the_groups_of_a_kind_and_only_of_the_level(small, sign_in):
    client, many = sign_in("city"), groups(small, 3)
    change = begun(client, many[0], "merge")
    form = shown(client, "gather", change)["query"]
    assert list(form.fields) == ["q", "office", "kind", "county", "state"]
    assert {"county_federation", "city_federation"} & {code for code, _name in form.fields["kind"].choices} == set()
    living = Unit.objects.filter(kind__is_federation=False).exclude(state="dissolved").exclude(pk=many[0].pk)
    assert shown(client, "gather", change)["number"] == living.count()
    kind = living.first().kind
    assert shown(client, "gather", change, f"?kind={kind.code}")["number"] == living.filter(kind=kind).count()


def test_who_is_left_out_is_said_with_the_reason(small, sign_in):
    client, many = sign_in("county"), groups(small, 5)
    drafted("rename", [many[3]], on=None)
    changed("lapse", [many[2]], on=ON)
    gone = make_unit(parent=small.unit(QILIN), full_name="已撤侨联小组")
    changed("dissolve", [gone], on=ON)
    change = begun(client, many[0], "merge")
    page = shown(client, "gather", change, "?q=众")
    assert [(unit.pk, busy) for unit, busy in page["units"]] == [
        (many[1].pk, False), (many[2].pk, False), (many[3].pk, True), (many[4].pk, False),
    ]  # fmt: skip
    foreign = make_unit(parent=small.unit(HUIZE), full_name="别处侨联小组")
    ticked = [many[1].pk, many[2].pk, many[3].pk, gone.pk, small.unit(QILIN).pk, foreign.pk, 999_999_999]
    answer = saved(client, "gather", change, press="ticked", unit=ticked)
    assert inside(change) == [many[0].pk, many[1].pk, many[2].pk]
    assert told(answer) == [
        "已加入 2 个组织。",
        "5 个没有加入：有一项没有办完的变更的 1 个（众03侨联小组）；已经撤销或合并的 1 个（" + gone.short_name + "）；"
        "不是同一级的组织的 1 个（麒麟区侨联）；不由您办理变更的 2 个。",
    ]


def test_of_many_left_out_the_first_few_are_named(small, sign_in):
    client, many = sign_in("city"), groups(small, 9)
    for unit in many[1:8]:
        drafted("rename", [unit], on=None)
    change = begun(client, many[0], "merge")
    names = "、".join(unit.short_name for unit in many[1:6])
    assert told(saved(client, "gather", change, "?q=众", press="all")) == [
        "已加入 1 个组织。", f"7 个没有加入：有一项没有办完的变更的 7 个（{names}等 7 个组织）。",
    ]  # fmt: skip


def test_one_that_another_draft_has_does_not_come_in_alone_either(small, sign_in):
    client, many = sign_in("city"), groups(small, 2)
    drafted("rename", [many[1]], on=None)
    change = begun(client, many[0], "merge")
    answer = posted(client, "parties", change, add="old", unit="", unit_typed=many[1].short_name)
    assert answer.context["old_form"].errors == {
        "unit": [f"“{many[1].short_name}”有一项没有办完的变更，没有加入；请先办完，或删除那份草稿。"]
    }


@pytest.mark.parametrize(
    ("query", "press", "sentence"),
    [
        ("", "ticked", "还没有勾选组织，没有改动；请先勾选。"),
        ("?kind=no_such_kind", "all", "查询条件不对，没有改动；请重新查询。"),
    ],
)
def test_what_cannot_be_told_changes_nothing(small, sign_in, query, press, sentence):
    client, many = sign_in("city"), groups(small, 3)
    change = begun(client, many[0], "merge")
    answer = posted(client, "gather", change, query, press=press)
    assert (answer.context["form"].non_field_errors(), inside(change)) == ([sentence], [many[0].pk])


def test_a_split_has_no_such_page(small, sign_in):
    client, many = sign_in("city"), groups(small, 1)
    change = begun(client, many[0], "split")
    answer = client.get(address("gather", change))
    assert (answer.status_code, answer.url) == (302, address("change", change))


# ---- pages of a change of many ------------------------------------------------------------------------------------


def whole(many, heirs=("n0",), kind="merge"):
    founded = tuple(NewHeir(full_name=f"合众{n}侨联小组", parent_id=many[0].parent_id) for n, _word in enumerate(heirs))
    return drafted(kind, many, on=ON, heirs=heirs, founded=founded)


@pytest.mark.parametrize("name", ["change", "parties", "gather", "basics", "people", "money", "transfers", "confirm"])
def test_a_page_of_more_units_asks_no_more_questions(small, sign_in, name):
    client = sign_in("city")
    numbers = []
    for number in (24, 36):
        change = whole(groups(small, number, name=f"组{number}号"), ("n0", "n1"), "reorganise")
        client.get(address(name, change))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(name, change))
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_many_units_are_folded_on_the_pages_of_a_merger(small, sign_in):
    client, many = sign_in("city"), groups(small, 25)
    change = whole(many)
    page = shown(client, "parties", change)
    assert (page["number"], len(page["old"]), len(page["stay"])) == (25, 10, 25)
    parties = next(task for task, _way in shown(client, "change", change)["tasks"] if task.code == "parties")
    first = [unit.short_name for unit in many[:5]]
    assert parties.note == "、".join(first) + "等 25 个组织 → 合众0侨联小组"
    page = shown(client, "confirm", change)
    quoted = "".join(f"“{name}”" for name in first)
    assert page["effects"][0] == f"从2025年9月1日起，{quoted}等 25 个组织合并成新的组织“合众0侨联小组”。"
    assert "还没有登记旧印章交回：" + "、".join(first) + "等 25 个组织。" in page["warnings"]
    assert [row[0] for row in page["table"].rows] == [
        *(unit.short_name for unit in many[:20]), "其余 5 个组织",
    ]  # fmt: skip
    saved(client, "confirm", change)
    units = shown(client, "result", change)["units"]
    assert (len(units["shown"]), [unit.pk for _roles, unit in units["folded"]]) == (
        21, [unit.pk for unit in many[20:]],
    )  # fmt: skip


def test_among_many_the_one_that_goes_on_is_named(small, sign_in):
    client, many = sign_in("city"), groups(small, 12)
    change = whole(many, ())
    saved(client, "parties", change, add="stay", unit="", unit_typed=many[7].short_name)
    assert from_json(change.plan).heirs == (unit_word(many[7].pk),)


def test_the_seals_of_many_come_back_on_one_day(small, sign_in):
    client, many = sign_in("city"), groups(small, 22)
    change = whole(many)
    assert list(shown(client, "basics", change)["form"].fields) == [
        "on",
        "document",
        "shares_document",
        "note",
        "seals",
    ]
    saved(client, "basics", change, on="2025-09-01", seals="2025-09-08")
    seals = from_json(change.plan).seals
    assert (set(seals), {day.isoformat() for day in seals.values()}) == ({unit.pk for unit in many}, {"2025-09-08"})
    assert shown(client, "basics", change)["form"]["seals"].value().isoformat() == "2025-09-08"
    saved(client, "basics", change, on="2025-09-01", seals="")
    assert from_json(change.plan).seals == {}


def test_the_money_of_many_is_divided_page_by_page_or_all_by_members(small, sign_in):
    client, many = sign_in("city"), groups(small, 22)
    for unit in many:
        make_entry(unit, amount_fen=100_00, on=date(2025, 3, 1))
    change = whole(many, ("n0", "n1"), "reorganise")
    page = shown(client, "money", change)
    assert (len(page["groups"]), page["pages"].last) == (20, 2)
    parts = {f"money_{unit.pk}_{word}": part for unit in many for word, part in (("n0", "30"), ("n1", "70"))}
    assert saved(client, "money", change, **parts).url == address("money", change, "?page=2")
    assert len(from_json(change.plan).money) == 20
    assert saved(client, "money", change, "?page=2", **parts).url == address("change", change)
    assert from_json(change.plan).money == {unit.pk: {"n0": 30_00, "n1": 70_00} for unit in many}
    saved(client, "money", change, all_by_members="1")
    assert from_json(change.plan).money == {unit.pk: {"n0": 50_00, "n1": 50_00} for unit in many}


@pytest.mark.parametrize("paper", ["request", "reply", "sheet", "notice"])
def test_the_papers_of_many_units_are_written(small, sign_in, paper):
    """A title with all names, and an author longer than 255 characters, once made them fail."""
    client, change = sign_in("city"), whole(groups(small, 40))
    answer = client.get(address(paper, change))
    assert (answer.status_code, len(b"".join(answer.streaming_content)) > 10_000) == (200, True)
