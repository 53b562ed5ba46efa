"""The small world is what the tests of all packages rely on: its names, its states, its figures, its trail."""

import socket

import pytest
from django.db import connection

from wuyou.assessment import queries as assessment
from wuyou.assessment.rules import Verdict
from wuyou.demo import small as names
from wuyou.demo.small import build_small
from wuyou.kernel import clock, idnumber
from wuyou.kernel.refusals import Refused
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import HostUnit, Unit, UnitEvent
from wuyou.people.models import HeadCount, Person
from wuyou.platform import audit
from wuyou.platform.models import AuditHead


@pytest.mark.django_db
def test_nothing_is_there_without_it() -> None:
    assert (Unit.objects.count(), Person.objects.count(), AuditHead.objects.get().seq) == (0, 0, 0)


def test_states_of_the_groups(small) -> None:
    groups = orgs.groups(small.actor("city")) | Unit.objects.filter(state="dissolved")
    assert dict(groups.values_list("short_name", "state")) == {
        names.GOOD: "normal",
        names.NO_VENUE: "normal",
        names.TERM_OVER: "normal",
        names.JOINT: "normal",
        names.LAPSED: "lapsed",
        names.NEW: "normal",
        names.UNIVERSITY: "normal",
        names.FARM: "normal",
        names.REORGANISED: "normal",
        names.AWAITING: "to_reorganise",
        names.BARE: "normal",
        names.DISSOLVED: "dissolved",
    }


def test_headline_of_the_year(small) -> None:
    found = orgs.units_by_event(small.actor("city"), 2025, as_of=small.today)
    named = {kind: [Unit.objects.get(pk=pk).short_name for pk in pks] for kind, pks in found.items()}
    assert named == {"establish": [names.NEW], "restore": [names.FARM], "reorganise": [names.REORGANISED]}


def test_verdicts_of_the_two_groups_that_pages_show(small) -> None:
    rows = assessment.all_pictures(small.actor("city"), small.today)
    lacking = {
        row.unit.short_name: [
            item for item, verdict in row.verdicts["five_haves_target"].items() if verdict != Verdict.MET
        ]
        for row in rows
        if row.unit.short_name in (names.GOOD, names.NO_VENUE)
    }
    assert lacking == {names.GOOD: [], names.NO_VENUE: ["venue"]}


def test_several_hosts(small) -> None:
    unit = small.unit(names.JOINT)
    assert orgs.hosts_of([unit.pk], on=small.today) == {
        unit.pk: ["滇源机械有限公司", "麒麟区云坪农机站", "滇源物流有限公司"]
    }


@pytest.mark.parametrize(
    ("username", "units"),
    [("city", 16), ("county", 7), ("leader", 1), ("auditor", 16), ("admin", 16), ("luliang", 4), ("huize", 3)],
)
def test_who_sees_how_many_units(small, username: str, units: int) -> None:
    assert orgs.visible(small.actor(username)).count() == units


def test_its_day_is_held(small) -> None:
    assert clock.today() == small.today


def test_identity_number_is_invented_and_valid(small) -> None:
    numbers = [person.id_number for person in Person.objects.exclude(id_number="")]
    assert [(number[:6], idnumber.is_valid(number)) for number in numbers] == [("530399", True)]


def test_figures(small) -> None:
    assert (Person.objects.count(), HeadCount.objects.count(), HostUnit.objects.count()) == (38, 16, 13)
    assert UnitEvent.objects.count() == 21


def test_trail_is_whole(small) -> None:
    assert list(audit.verify()) == []


def test_is_not_built_twice(small) -> None:
    with pytest.raises(Refused):
        build_small()


def test_a_copy_of_it_may_be_committed_to(small, own_database) -> None:
    assert not connection.in_atomic_block
    assert Unit.objects.count() == 16


def test_signs_in(small, sign_in) -> None:
    leader = small.actor("leader")
    assert sign_in("leader").session["_auth_user_id"] == str(leader.user_id)


def test_no_other_machine_is_reached() -> None:
    with socket.socket() as other, pytest.raises(AssertionError, match="tried to reach"):
        other.connect(("192.0.2.1", 80))
