"""Registering persons: grounds, rights, and an audit trail that names fields and never values."""

from datetime import timedelta
from typing import Any

import pytest

from wuyou.demo.factories import make_basis, make_person
from wuyou.demo.small import BARE, GOOD, NO_VENUE, QILIN
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound, Refused
from wuyou.orgs.models import HostUnit
from wuyou.people import queries, services
from wuyou.people.models import Affiliation, ConsentBasis, HeadCount, Person
from wuyou.people.services import NewPerson
from wuyou.places.models import Division
from wuyou.platform.models import AuditPayload
from wuyou.platform.tests.acting import answered

ALLOWED = None
PHONE, ID_NUMBER = "19900007777", "530399196405120021"
WHO = (
    ("county", GOOD, ALLOWED), ("city", BARE, ALLOWED), ("leader", NO_VENUE, ALLOWED), ("leader", GOOD, NotFound),
    ("county", BARE, NotFound), ("huize", GOOD, NotFound), ("auditor", GOOD, Forbidden), ("admin", GOOD, Forbidden),
)  # fmt: skip
WHO_COUNTS = (
    ("county", GOOD, ALLOWED), ("city", BARE, ALLOWED), ("leader", NO_VENUE, Forbidden), ("leader", GOOD, NotFound),
    ("county", BARE, NotFound), ("auditor", GOOD, Forbidden), ("admin", GOOD, Forbidden),
)  # fmt: skip


def register(actor: Actor, keeper: int, groups: tuple[int, ...] = (), ground: str = "consent", **facts: Any) -> Person:
    new = NewPerson(keeper, make_basis(ground).pk, {"name": "黄秀兰", **facts}, groups)
    return services.register_person(actor=actor, new=new)


@pytest.mark.parametrize(("username", "unit", "answer"), WHO)
def test_who_registers_where(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    make_basis()
    answered(answer, lambda: register(actor, pk), Person, HeadCount)


@pytest.mark.parametrize(("username", "unit", "answer"), [*WHO[:2], *WHO[3:]])
def test_who_revises_whom(small: Any, username: str, unit: str, answer: Any) -> None:
    person, actor = make_person(small.unit(unit)), small.actor(username)
    # the auditor and the administrator know of no person at all
    answer = NotFound if answer is Forbidden else answer
    answered(answer, lambda: services.revise_person(
        actor=actor, person_id=person.pk, seen=1, changes={"skills": "书法"}
    ))  # fmt: skip


@pytest.mark.parametrize(("username", "unit", "answer"), WHO_COUNTS)
def test_who_declares_numbers(small: Any, username: str, unit: str, answer: Any) -> None:
    pk, actor = small.unit(unit).pk, small.actor(username)
    answered(answer, lambda: services.declare_count(
        actor=actor, people=9, counted_on=small.today, source="填报", unit_id=pk
    ), Person, HeadCount)  # fmt: skip


PLACES = (("county", "530302", ALLOWED), ("county", "530326", NotFound), ("huize", "530326", ALLOWED),
          ("city", "530326", ALLOWED), ("leader", "530302", NotFound), ("auditor", "530302", NotFound))  # fmt: skip


@pytest.mark.parametrize(("username", "code", "answer"), PLACES)
def test_who_declares_numbers_of_a_place(small: Any, username: str, code: str, answer: Any) -> None:
    actor = small.actor(username)
    county = Division.objects.get(code=code)
    host = HostUnit.objects.create(name="某单位", county=county)
    for place in (county, Division.objects.filter(parent=county).first()):
        assert place is not None
        answered(answer, lambda place=place: services.declare_count(
            actor=actor, people=9, counted_on=small.today, source="上报", division_id=place.pk
        ), Person, HeadCount)  # fmt: skip
    answered(answer, lambda: services.declare_count(
        actor=actor, people=9, counted_on=small.today, source="上报", host_id=host.pk
    ), Person, HeadCount)  # fmt: skip


@pytest.mark.parametrize("where", [{}, {"unit_id": None}])
def test_a_number_is_somewhere_and_not_negative(small: Any, where: dict[str, Any]) -> None:
    actor, unit = small.actor("county"), small.unit(GOOD)
    for people, place in ((5, where), (-1, {"unit_id": unit.pk})):
        with pytest.raises(Refused, match="请填写人数"):
            services.declare_count(actor=actor, people=people, counted_on=small.today, source="填报", **place)


def test_nobody_declares_what_will_be_counted_tomorrow(small: Any) -> None:
    """Source: the newest count wins, so one of a far day would stand for years."""
    with pytest.raises(Refused, match="统计日期还没有到"):
        services.declare_count(
            actor=small.actor("county"), people=9, counted_on=small.today + timedelta(days=1), source="填报",
            unit_id=small.unit(GOOD).pk,
        )  # fmt: skip


REFUSED = (
    ({"name": " "}, "consent", "请填写姓名。"),
    ({"agreed": False}, "consent", "本人不同意登记，没有保存"),
    ({"id_number": ID_NUMBER}, "consent", "需要本人单独同意"),
    ({"hardship": "重病"}, "office", "需要本人单独同意"),
)


@pytest.mark.parametrize(("facts", "ground", "sentence"), REFUSED)
def test_what_is_not_registered(small: Any, facts: dict[str, Any], ground: str, sentence: str) -> None:
    before = Person.objects.count()
    with pytest.raises(Refused, match=sentence):
        register(small.actor("county"), small.unit(GOOD).pk, ground=ground, **facts)
    assert Person.objects.count() == before


def test_without_a_ground_nobody_is_registered(small: Any) -> None:
    with pytest.raises(Refused, match="请先选择登记依据和用途"):
        services.register_person(
            actor=small.actor("county"), new=NewPerson(small.unit(GOOD).pk, None, {"name": "黄秀兰"})
        )


@pytest.mark.parametrize("ground", ["separate_consent", "legal_duty"])
def test_sensitive_data_with_their_ground(small: Any, ground: str) -> None:
    person = register(small.actor("county"), small.unit(GOOD).pk, ground=ground, id_number=ID_NUMBER)
    assert Person.objects.get(pk=person.pk).id_number == ID_NUMBER


def test_the_trail_names_fields_not_values(small: Any) -> None:
    person = register(small.actor("county"), small.unit(GOOD).pk, phone=PHONE, address="文化路 1 号")
    services.revise_person(actor=small.actor("county"), person_id=person.pk, seen=1, changes={"phone": "19900008888"})
    bodies = " ".join(AuditPayload.objects.values_list("body", flat=True))
    assert '{"fields":["address","name","phone"]}' in bodies
    assert [word for word in (PHONE, "19900008888", "文化路", "黄秀兰") if word in bodies] == []


def test_a_purpose_is_needed_for_a_ground(small: Any) -> None:
    with pytest.raises(Refused, match="请说明登记个人信息的用途"):
        services.note_basis(actor=small.actor("county"), ground="consent", purpose=" ")
    assert ConsentBasis.objects.filter(purpose="").count() == 0


def test_a_person_joins_a_group_once(small: Any) -> None:
    actor, unit = small.actor("county"), small.unit(GOOD)
    person = register(actor, unit.pk, groups=(unit.pk, unit.pk))
    again = services.join_group(actor=actor, person_id=person.pk, unit_id=unit.pk)
    assert list(Affiliation.objects.filter(person=person)) == [again]


def test_nobody_is_put_into_a_foreign_group(small: Any) -> None:
    actor, unit = small.actor("county"), small.unit(GOOD)
    with pytest.raises(NotFound):
        register(actor, unit.pk, groups=(small.unit(BARE).pk,))
    person = register(actor, unit.pk)
    for username, target in (("county", BARE), ("huize", BARE), ("leader", NO_VENUE)):
        with pytest.raises(NotFound):
            services.join_group(actor=small.actor(username), person_id=person.pk, unit_id=small.unit(target).pk)


@pytest.mark.parametrize("field", ["keeper_id", "uid", "religion", "source_batch"])
def test_what_cannot_be_revised(small: Any, field: str) -> None:
    person = make_person(small.unit(GOOD))
    with pytest.raises(Refused, match=f"不能修改的项目：{field}"):
        services.revise_person(actor=small.actor("county"), person_id=person.pk, seen=1, changes={field: "x"})


def test_sensitive_data_are_not_added_later_without_their_ground(small: Any) -> None:
    person = make_person(small.unit(GOOD))
    with pytest.raises(Refused, match="需要本人单独同意"):
        services.revise_person(actor=small.actor("county"), person_id=person.pk, seen=1, changes={"health": "偏瘫"})


def test_a_member_kept_by_the_county_is_open_to_his_group_s_leader(small: Any) -> None:
    """He stands in the leader's list, so his page and, with the right to it, his telephone open as well."""
    qilin, group, leader = small.unit(QILIN), small.unit(NO_VENUE), small.actor("leader")
    person = make_person(qilin, group, phone=PHONE)
    other = make_person(qilin, small.unit(GOOD), phone=PHONE)
    assert queries.person(leader, person.pk) == person
    assert queries.shown(person, leader)["phone"] == PHONE
    assert (
        services.revise_person(actor=leader, person_id=person.pk, seen=1, changes={"skills": "书法"}).skills == "书法"
    )
    with pytest.raises(NotFound):
        queries.person(leader, other.pk)
