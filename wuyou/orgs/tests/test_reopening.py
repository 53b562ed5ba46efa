"""What brings a closed unit back may neither give a name to two units nor set a unit under a dissolved office."""

from typing import Any

import pytest

from wuyou.demo.factories import anybody, make_unit, unit_named
from wuyou.demo.small import CITY
from wuyou.kernel.refusals import Refused
from wuyou.orgs import services
from wuyou.orgs.models import Unit, UnitEvent

pytestmark = pytest.mark.django_db

NAME = "这样它就不再是撤销状态，而现在已有同名的组织，没有保存；请先核对全称。"
OFFICE = "这样它就不再是撤销状态，而指导它的侨联已经撤销，没有保存；请先调整指导关系。"


@pytest.fixture
def office(small: Any) -> Unit:
    return make_unit(parent=unit_named(CITY), full_name="某县侨联", kind="county_federation")


@pytest.fixture
def closed(office: Unit) -> Unit:
    """A group that stalled in 2021, was restored that year and dissolved in 2022."""
    unit = make_unit(parent=office, full_name="复归小组")
    for kind, on in (("lapse", "2021-03-01"), ("restore", "2021-06-01"), ("dissolve", "2022-03-01")):
        befell(unit, kind, on)
    return unit


def befell(unit: Unit, kind: str, on: str) -> UnitEvent:
    return services.record_event(actor=anybody(), unit_id=unit.pk, kind=kind, on=on)


def restored(unit: Unit) -> None:
    befell(unit, "restore", "2023-03-01")


def dissolved_earlier(unit: Unit) -> None:
    """The day of the dissolution is set right: the restoration comes after it then."""
    row = UnitEvent.objects.get(unit=unit, kind="dissolve")
    services.correct_event(actor=anybody(), event_id=row.pk, seen=None, on="2021-05-01")


WAYS = pytest.mark.parametrize("come_back", [restored, dissolved_earlier])


def refusal(act: Any, unit: Unit) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(unit)
    unit.refresh_from_db()
    assert (unit.state, UnitEvent.objects.filter(unit=unit, on__gte="2022-03-01").count()) == ("dissolved", 1)
    return [str(reason) for reason in raised.value.reasons]


@WAYS
def test_a_closed_unit_does_not_come_back_under_the_name_of_another(closed: Unit, office: Unit, come_back: Any) -> None:
    make_unit(parent=office, full_name="复归小组")
    assert refusal(come_back, closed) == [NAME]


@WAYS
def test_a_closed_unit_does_not_come_back_under_a_dissolved_office(closed: Unit, office: Unit, come_back: Any) -> None:
    befell(office, "dissolve", "2022-06-01")
    assert refusal(come_back, closed) == [OFFICE]


@WAYS
def test_a_closed_unit_comes_back_where_nothing_is_in_the_way(closed: Unit, come_back: Any) -> None:
    come_back(closed)
    closed.refresh_from_db()
    assert closed.state == "normal"
