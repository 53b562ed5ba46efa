"""A change in which units of two counties take part: each county sees it, and of the other county nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import make_person, make_seat, make_unit, make_venue
from wuyou.demo.small import HUIZE, QILIN
from wuyou.succession.models import Succession
from wuyou.succession.plan import NewHeir
from wuyou.succession.tests.changing import changed, drafted, into
from wuyou.succession.tests.walking import ON, address, posted, shown
from wuyou.succession.urls import urlpatterns

pytestmark = pytest.mark.django_db

DRAFT_PAGES = sorted(
    one.name for one in urlpatterns if "<int:change_id>" in str(one.pattern) and one.name not in ("result", "change")
)


@pytest.fixture
def pair(small):
    """A group of each of two counties, with a person, a seat and a venue."""
    units = [
        make_unit(parent=small.unit(county), full_name=f"{name}侨联小组")
        for county, name in ((QILIN, "甲"), (HUIZE, "乙"))
    ]
    for unit in units:
        person = make_person(unit, unit, name=f"{unit.full_name[0]}某某")
        make_seat(unit, person)
        make_venue(unit, name=f"{unit.full_name[0]}之家")
    return units


def merged(pair):
    change = changed("merge", pair, on=ON, document="曲侨发〔2025〕8号", heirs=into(pair[0]))
    Succession.objects.filter(pk=change.pk).update(note="乙某某同意并入")
    return change


def text_of(client, way):
    answer = client.get(way)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize(("who", "own", "other"), [("county", "甲", "乙"), ("huize", "乙", "甲")])
def test_each_county_sees_the_facts_and_its_own_unit(pair, sign_in, who, own, other):
    change, client = merged(pair), sign_in(who)
    page = text_of(client, address("result", change))
    assert all(word in page for word in (f"{own}侨联小组", "曲侨发〔2025〕8号", "另有 1 个组织不在您负责的范围里"))
    assert [
        word for word in (f"{other}侨联小组", f"{other}某某", f"{other}之家", "同意并入", "→", "撤回") if word in page
    ] == []
    page = text_of(client, reverse("succession:list"))
    assert (f"{own}侨联小组" in page, f"{other}侨联小组" in page, "不在您负责范围里的组织" in page) == (
        True,
        False,
        True,
    )


def test_the_city_sees_all_of_it(pair, sign_in):
    page = text_of(sign_in("city"), address("result", merged(pair)))
    assert all(word in page for word in ("甲侨联小组", "乙侨联小组", "同意并入", "2 → 2", "撤回"))


def test_a_third_county_does_not_know_of_it(pair, sign_in, small):
    other = make_unit(parent=small.unit(HUIZE), full_name="丙侨联小组")
    change = changed("lapse", [other], on=ON)
    assert sign_in("county").get(address("result", change)).status_code == 404


@pytest.mark.parametrize("who", ["county", "huize"])
@pytest.mark.parametrize("name", ["change", *DRAFT_PAGES])
def test_a_draft_is_worked_on_only_by_who_may_change_all(pair, sign_in, who, name):
    draft = drafted("merge", pair, on=ON, heirs=("n0",), founded=(NewHeir(full_name="新侨联小组"),))
    client = sign_in(who)
    assert client.get(address(name, draft)).status_code == 403
    assert posted(client, name, draft).status_code == 403
    assert shown_rows(client) == []


@pytest.mark.parametrize("who", ["county", "huize"])
@pytest.mark.parametrize("name", ["take_back", "papers", "sheet", "notice"])
def test_what_was_carried_out_is_taken_back_and_told_only_by_who_may_change_all(pair, sign_in, who, name):
    assert sign_in(who).get(address(name, merged(pair))).status_code == 403


def shown_rows(client):
    return client.get(reverse("succession:list")).context["table"].rows


@pytest.mark.parametrize(("who", "number"), [("county", 0), ("huize", 1)])
def test_a_county_whose_unit_is_in_the_draft_of_others_begins_no_second_one(pair, sign_in, who, number):
    drafted("merge", pair, on=ON, heirs=into(pair[0]))
    client, way = sign_in(who), reverse("succession:begin", args=[pair[number].pk])
    assert client.get(way).status_code == 200
    told = "这个组织有一项没有办完的变更（合并），没有新建；请先办完，或删除那份草稿。"
    assert client.post(way, {"kind": "merge"}).context["form"].errors == {"kind": [told]}


def test_the_result_asks_as_much_of_the_one_as_of_the_other(pair, sign_in):
    change = merged(pair)
    numbers = []
    for who in ("county", "huize"):
        client = sign_in(who)
        shown(client, "result", change)
        with CaptureQueriesContext(connection) as asked:
            shown(client, "result", change)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
