"""Who sees which persons, and of them what; pages by pinyin that go on after a mark."""

from typing import Any

import pytest

from wuyou.demo.factories import anybody, make_basis, make_person, make_unit
from wuyou.demo.small import BARE, GOOD, HUIZE, NO_VENUE
from wuyou.kernel.refusals import NotFound
from wuyou.people import queries
from wuyou.people.models import Person
from wuyou.people.queries import PersonFilter

CONTACT = {"phone", "other_phone", "address", "needs", "remark"}
SENSITIVE = {"id_number", "birth", "hardship", "health"}
SEES = (
    ("city", set()),
    ("county", CONTACT | SENSITIVE),
    ("leader", CONTACT),
    ("auditor", set()),
    ("admin", set()),
)


def names(username: str, small: Any, **by: Any) -> set[str]:
    page = queries.person_page(small.actor(username), PersonFilter(**by), size=500)
    return {person.name for person in page.persons}


def kept_under(small: Any, unit: str) -> set[str]:
    return set(Person.objects.filter(keeper__path__under=small.unit(unit).path).values_list("name", flat=True))


def test_everybody_sees_his_own_units_persons(small: Any) -> None:
    everybody = set(Person.objects.values_list("name", flat=True))
    assert names("city", small) == everybody
    assert names("huize", small) == kept_under(small, HUIZE)
    assert names("leader", small) == kept_under(small, NO_VENUE)
    assert (names("auditor", small), names("admin", small)) == (set(), set())


def test_a_member_of_ones_group_is_seen_wherever_he_is_kept(small: Any) -> None:
    person = make_person(small.unit(GOOD), small.unit(NO_VENUE), name="跨组成员")
    assert "跨组成员" in names("leader", small)
    person.affiliations.update(start=None, end=small.today)
    assert "跨组成员" not in names("leader", small)


@pytest.mark.parametrize("username", ["huize", "leader", "auditor", "admin"])
def test_a_foreign_person_does_not_exist(small: Any, username: str) -> None:
    person = make_person(small.unit(GOOD))
    with pytest.raises(NotFound):
        queries.person(small.actor(username), person.pk)


@pytest.mark.parametrize(("username", "fields"), SEES)
def test_contact_and_sensitive_fields_need_their_own_right(small: Any, username: str, fields: set[str]) -> None:
    person = Person.objects.filter(keeper=small.unit(NO_VENUE)).first()
    assert person is not None
    assert (CONTACT | SENSITIVE) & set(queries.shown(person, small.actor(username))) == fields


def test_nobody_reads_another_county_s_contacts(small: Any) -> None:
    person = make_person(small.unit(BARE), phone="19900004321")
    assert queries.shown(person, small.actor("county")) == {}


def test_by_identity_finds_whole_values_within_ones_units(small: Any) -> None:
    person = make_person(
        small.unit(GOOD), basis=make_basis("separate_consent"), phone="19900004321", id_number="53039919640512002X"
    )
    for by in ({"phone": "199-0000-4321"}, {"id_number": "53039919640512002x"}):
        assert queries.by_identity(small.actor("county"), **by) == [person]
        assert queries.by_identity(small.actor("huize"), **by) == []
    assert queries.by_identity(small.actor("county"), phone="1990000432") == []
    assert queries.by_identity(small.actor("county")) == []


FOUND = (
    ("张", ["张三", "张三丰"]), ("张三", ["张三", "张三丰"]), ("张三丰", ["张三丰"]), ("三", []), ("zs", ["张三", "张三丰"]),
    ("zhang", ["张三", "张三丰"]), ("ZSF", ["张三丰"]), ("%", []), ("", ["木·阿珍", "张三", "张三丰"]),
    (" ", ["木·阿珍", "张三", "张三丰"]), ("木", ["木·阿珍"]), ("\U0010ffff", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_person_is_found_by_the_beginning_of_name_and_pinyin(db: None, text: str, expected: list[str]) -> None:
    unit = make_unit()
    for name in ("张三丰", "木·阿珍", "张三"):
        make_person(unit, name=name)
    page = queries.person_page(anybody(), PersonFilter(text=text))
    assert [person.name for person in page.persons] == expected


def test_pages_go_on_after_their_mark_and_miss_nobody(small: Any) -> None:
    actor, seen, mark = small.actor("city"), [], ""
    for _ in range(50):
        page = queries.person_page(actor, PersonFilter(after=mark), size=7)
        seen += [person.pk for person in page.persons]
        mark = page.next_mark
        if not mark:
            break
    everybody = queries.person_page(actor, PersonFilter(), size=500).persons
    assert seen == [person.pk for person in everybody]
    assert len(seen) == len(set(seen)) == Person.objects.filter(left_on=None).count()


@pytest.mark.parametrize("mark", ["x", "~", "a~b", "zzzz~1"])
def test_a_wrong_mark_does_no_harm(small: Any, mark: str) -> None:
    assert isinstance(queries.person_page(small.actor("city"), PersonFilter(after=mark)).persons, tuple)


def test_counts_agree_with_the_list(small: Any) -> None:
    actor = small.actor("county")
    assert sum(queries.count_by_category(actor).values()) == len(names("county", small))
    assert (
        sum(queries.count_by_category(small.actor("auditor")).values()) == Person.objects.filter(left_on=None).count()
    )
