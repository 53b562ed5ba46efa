"""Names that a change brings: of new units, like one that closes and like nobody else; of host units, gone when it is undone."""

from datetime import date

import pytest

from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import QILIN
from wuyou.kernel.refusals import Refused
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import HostUnit, Unit
from wuyou.succession import services
from wuyou.succession.plan import NewHeir
from wuyou.succession.tests.changing import changed, drafted, into
from wuyou.succession.tests.walking import ON, begun, heir_told, posted, saved, shown

pytestmark = pytest.mark.django_db

NAME = "乙厂侨联小组"
TAKEN = "已有另一个组织叫“乙厂侨联小组”，没有办理；请改用不同的名称，或先给那个组织更名。"


def named_on(on):
    """Return the living units called like the second group on a day, as an as-of read finds them."""
    found = orgs.listed_on(anybody(), orgs.UnitFilter(text=NAME), on=on)
    return [unit.id for unit in found if unit.full_name == NAME]


def kept_name(two):
    return {"heirs": ("n0",), "founded": (NewHeir(full_name=NAME, parent_id=two[0].parent_id),)}


def test_a_new_unit_may_be_called_as_one_that_closes_and_each_day_shows_the_right_one(two):
    change = changed("merge", two, on=ON, **kept_name(two))
    heir = change.parties.get(role="heir").unit
    assert (heir.full_name, Unit.objects.get(pk=two[1].pk).state) == (NAME, "dissolved")
    assert named_on(date(2025, 8, 31)) == [two[1].pk]
    assert named_on(ON) == named_on(date(2025, 11, 1)) == [heir.pk]
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert list(Unit.objects.filter(full_name=NAME).values_list("pk", "state")) == [(two[1].pk, "normal")]
    assert named_on(date(2025, 8, 31)) == named_on(ON) == [two[1].pk]


def test_it_may_not_be_called_as_one_that_goes_on(two):
    third = make_unit(parent=two[0].parent, full_name="丙厂侨联小组")
    plan = {"heirs": ("n0", *into(two[1])), "founded": (NewHeir(full_name=NAME),)}
    draft = drafted("reorganise", [two[0], two[1], third], on=ON, **plan)
    with pytest.raises(Refused, match=TAKEN):
        services.carry_out(actor=anybody(), succession_id=draft.pk)


def test_the_page_takes_the_name_of_one_that_closes_and_no_other(two, sign_in):
    client = sign_in("city")
    make_unit(parent=two[0].parent, full_name="丙厂侨联小组")
    change = begun(client, two[0], "merge")
    saved(client, "parties", change, add="old", unit="", unit_typed=NAME)
    answer = posted(client, "heir", change, **heir_told(client, change, full_name="丙厂侨联小组"))
    assert list(answer.context["form"].errors) == ["full_name"]
    saved(client, "heir", change, **heir_told(client, change, full_name=NAME))
    saved(client, "basics", change, on="2025-09-01")
    assert shown(client, "confirm", change)["hindered"] == []
    saved(client, "parties", change, drop_old=two[1].pk)
    make = make_unit(parent=two[0].parent, full_name="戊厂侨联小组")
    saved(client, "parties", change, add="old", unit="", unit_typed=make.short_name)
    assert [str(reason.text) for reason, _way in shown(client, "confirm", change)["hindered"]] == [
        "已有另一个组织叫“{name}”，没有办理；请改用不同的名称，或先给那个组织更名。"
    ]


def test_a_closed_unit_whose_name_is_borne_now_is_restored_only_under_another(two):
    changed("merge", two, on=ON, **kept_name(two))
    draft = drafted("restore", [two[1]], on=date(2025, 10, 1))
    with pytest.raises(Refused, match=TAKEN):
        services.carry_out(actor=anybody(), succession_id=draft.pk)
    services.discard(actor=anybody(), succession_id=draft.pk)
    facts = {"full_name": "乙厂新侨联小组", "short_name": "乙厂新小组"}
    assert changed("restore", [two[1]], on=date(2025, 10, 1), facts=facts).state == "carried_out"


def test_a_merger_is_not_taken_back_when_another_unit_took_a_name_meanwhile(two, small):
    change = changed("merge", two, on=ON, heirs=into(two[0]))
    make_unit(parent=small.unit(QILIN), full_name=NAME)
    with pytest.raises(Refused, match=TAKEN):
        services.take_back(actor=anybody(), succession_id=change.pk)
    assert Unit.objects.get(pk=two[1].pk).state == "dissolved"


@pytest.mark.parametrize("sits_there_too", [False, True])
def test_a_host_unit_that_the_change_entered_goes_with_it_unless_somebody_sits_there(two, sits_there_too):
    founded = (NewHeir(full_name="丙厂侨联小组", hosts=("丙厂", "甲厂"), county_id=two[0].county_id),)
    change = changed("merge", two, on=ON, heirs=("n0",), founded=founded)
    assert HostUnit.objects.filter(name="丙厂").count() == 1
    if sits_there_too:
        make_unit(parent=two[0].parent, full_name="丁厂侨联小组", hosts=("丙厂",), county_id=two[0].county_id)
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert HostUnit.objects.filter(name="丙厂").exists() == sits_there_too
    assert HostUnit.objects.filter(name="甲厂").exists()


def test_a_host_unit_that_nobody_used_before_stays(two):
    HostUnit.objects.create(name="戊厂", county_id=two[0].county_id)
    change = changed("change_host", two[:1], on=ON, facts={"hosts": ["戊厂"]})
    services.take_back(actor=anybody(), succession_id=change.pk)
    assert HostUnit.objects.filter(name="戊厂").exists()
