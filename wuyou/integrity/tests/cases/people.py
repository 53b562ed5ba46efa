"""Cases of members and numbers."""

from datetime import date

from wuyou.demo import factories as make
from wuyou.demo.small import GOOD
from wuyou.integrity.tests.cases import Case, case
from wuyou.integrity.tests.cases.life import befell, group
from wuyou.people.models import Person
from wuyou.places.models import Division


@case("people.kept_by_closed")
def _kept_by_closed(small):
    for name, left_on in (("留人小组", None), ("人已走小组", date(2025, 1, 1))):
        unit = group(small, name)
        person = make.make_person(unit)
        Person.objects.filter(pk=person.pk).update(left_on=left_on)
        befell(unit, "dissolve", "2025-03-01")
    return Case(("留人小组",), ("人已走小组", GOOD))


@case("people.members_of_closed")
def _members_of_closed(small):
    for name, end in (("留成员小组", None), ("成员已退小组", date(2025, 11, 20))):
        unit = group(small, name)
        person = make.make_person(small.unit(GOOD), unit)
        person.affiliations.update(start=date(2024, 1, 1), end=end)
        befell(unit, "dissolve", "2025-11-20")
    return Case(("留成员小组",), ("成员已退小组",))


@case("people.number_missing")
def _number_missing(small):
    group(small, "没人数小组")
    make.make_count(12, unit=group(small, "填了人数小组"))
    member_only = group(small, "有成员小组")
    make.make_person(member_only, member_only)
    return Case(("没人数小组",), ("填了人数小组", "有成员小组"))


@case("people.number_old")
def _number_old(small):
    make.make_count(12, unit=group(small, "老人数小组"), counted_on=date(2022, 11, 19))
    renewed = group(small, "新人数小组")
    make.make_count(12, unit=renewed, counted_on=date(2021, 1, 1))
    make.make_count(13, unit=renewed, counted_on=date(2022, 11, 20))
    return Case(("老人数小组",), ("新人数小组",))


@case("people.declared_too_few")
def _declared_too_few(small):
    for name, people in (("填少小组", 1), ("填够小组", 2)):
        unit = group(small, name)
        make.make_count(people, unit=unit)
        for _number in range(2):
            make.make_person(unit, unit)
    return Case(("填少小组",), ("填够小组",))


@case("people.members_elsewhere")
def _members_elsewhere(small):
    here = Division.objects.filter(parent__code="530302", level=4).first()
    there = Division.objects.filter(parent__code="530326", level=4).first()
    for name, places in (
        ("都在外县小组", (there, there)),
        ("有人在本区小组", (there, here)),
        ("不知住处小组", (None,)),
    ):
        unit = group(small, name)
        for place in places:
            make.make_person(unit, unit, division_id=place.pk if place else None)
    return Case(("都在外县小组",), ("有人在本区小组", "不知住处小组"))
