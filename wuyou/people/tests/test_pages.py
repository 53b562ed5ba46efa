"""The pages of one person: what is changed, what stays sealed, who belongs where and since when."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_basis, make_person, make_unit
from wuyou.demo.small import BARE, GOOD, NO_VENUE, QILIN
from wuyou.people import services
from wuyou.people.models import Person
from wuyou.platform.models import AuditEvent, AuditPayload

pytestmark = pytest.mark.django_db
PHONE, NEW_PHONE, ID_NUMBER = "19900007777", "19900008888", "530399196405120021"


def registered(small, unit=NO_VENUE, ground="separate_consent", **facts):
    told = {"name": "黄秀兰", "phone": PHONE, "id_number": ID_NUMBER, "birth": "1964-05-12", "skills": "书法"}
    if ground == "consent":
        del told["id_number"]
    return make_person(small.unit(unit), small.unit(unit), basis=make_basis(ground), **{**told, **facts})


def at(name, row):
    return reverse(f"people:{name}", args=[row.pk])


def typed(client, person, **changed):
    """Return what the browser would send back of the page as it stands, with some boxes changed."""
    form = client.get(at("edit", person)).context["form"]
    told = {"version": person.version}
    for bound in form:
        if bound.name in ("area", "birth") or not bound.name.startswith("drop_"):
            told[bound.name] = bound.value() or ""
    return {**told, **changed}


def save(client, person, **changed):
    return client.post(at("edit", person), typed(client, person, **changed))


def test_numbers_stay_unless_they_are_typed_anew(small, sign_in):
    person, client = registered(small), sign_in("county")
    page = client.get(at("edit", person)).content.decode()
    assert (PHONE in page, ID_NUMBER in page, "199****7777" in page) == (False, False, True)
    assert save(client, person, skills="书法、合唱").status_code == 302
    person.refresh_from_db()
    assert (person.phone, person.id_number, person.skills) == (PHONE, ID_NUMBER, "书法、合唱")
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, AuditPayload.objects.get(pk=event.seq).body) == (
        "people.person.revised",
        '{"fields":["skills"]}',
    )


def test_a_number_is_replaced_or_left_out_when_that_is_said(small, sign_in):
    person, client = registered(small), sign_in("county")
    save(client, person, phone="199 0000 8888", drop_id_number="on")
    person.refresh_from_db()
    assert (person.phone, person.id_number) == (NEW_PHONE, "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": "19900"}, "phone"),
        ({"phone": NEW_PHONE, "drop_phone": "on"}, "phone"),
        ({"id_number": "530399196405120022"}, "id_number"),
        ({"name": ""}, "name"),
        ({"area": "没有这个村"}, "area"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(small, sign_in, changed, field):
    person, client = registered(small), sign_in("county")
    if "area" in changed:
        changed = {"area": "", "area_typed": changed["area"]}
    answer = save(client, person, **changed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Person.objects.get(pk=person.pk).version == person.version


@pytest.mark.parametrize(
    ("who", "unit", "ground", "hidden"),
    [
        ("county", NO_VENUE, "separate_consent", set()),
        ("county", NO_VENUE, "consent", {"id_number", "hardship", "health"}),
        ("leader", NO_VENUE, "separate_consent", {"birth", "id_number", "hardship", "health", "certified_status"}),
        (
            "city",
            NO_VENUE,
            "separate_consent",
            {"birth", "id_number", "hardship", "health", "phone", "address", "remark"},
        ),
    ],
)
def test_boxes_are_those_that_one_may_see_and_that_the_ground_covers(small, sign_in, who, unit, ground, hidden):
    form = sign_in(who).get(at("edit", registered(small, unit, ground))).context["form"]
    watched = {"birth", "id_number", "hardship", "health", "phone", "address", "remark", "certified_status", "name"}
    assert watched - set(form.fields) == hidden


def test_what_a_leader_cannot_see_he_does_not_change(small, sign_in):
    person, client = registered(small, hardship="住房困难"), sign_in("leader")
    assert save(client, person, occupation="教师").status_code == 302
    person.refresh_from_db()
    assert (person.occupation, person.hardship, person.birth) == ("教师", "住房困难", "1964-05-12")


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("leader", NO_VENUE, 200),
        ("leader", GOOD, 404),
        ("county", BARE, 404),
        ("huize", BARE, 200),
        ("auditor", GOOD, 403),
    ],
)
def test_who_may_edit_whom(small, sign_in, who, unit, status):
    person = make_person(small.unit(unit))
    for name in ("edit", "join"):
        assert sign_in(who).get(at(name, person)).status_code == status


def test_nothing_changed_is_no_event(small, sign_in):
    person, client = registered(small), sign_in("county")
    number = AuditEvent.objects.count()
    assert save(client, person).status_code == 302
    assert AuditEvent.objects.count() == number


def test_a_conflict_shows_both_with_numbers_masked(small, sign_in):
    person, client = registered(small), sign_in("county")
    told = typed(client, person, phone=NEW_PHONE, sex="male", skills="象棋")
    changes = {"phone": "19900009999", "division_id": small.unit(NO_VENUE).areas.get().division_id}
    services.revise_person(actor=anybody(), person_id=person.pk, seen=1, changes=changes)
    answer = client.post(at("edit", person), told)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("199****9999" in page, "199****8888" in page, "19900009999" in page) == (True, True, False)
    assert [word in page for word in ("文华街道", "女", "象棋")] == [True, True, True]
    again = client.post(at("edit", person), {**told, "version": 2})
    person.refresh_from_db()
    assert (again.status_code, person.phone, person.sex) == (302, NEW_PHONE, "male")


def test_joining_and_leaving_are_dated_and_kept(small, sign_in):
    person, client, unit = registered(small, QILIN), sign_in("county"), small.unit(GOOD)
    assert client.post(at("join", person), {"unit": unit.pk, "start": "2024-03-01"}).status_code == 302
    row = person.affiliations.get(unit=unit)
    assert client.post(at("leave", row), {"on": "2025-11-01"}).status_code == 302
    row.refresh_from_db()
    assert (row.start, row.end) == (date(2024, 3, 1), date(2025, 11, 1))
    rows = client.get(at("person", person)).context["groups"].rows
    assert [(r[0].value, r[1], r[2]) for r in rows] == [
        (QILIN, small.today, None), (GOOD, date(2024, 3, 1), date(2025, 11, 1)),
    ]  # fmt: skip


def test_a_leader_who_ends_the_last_tie_is_led_to_his_list(small, sign_in):
    person, client = make_person(small.unit(QILIN), small.unit(NO_VENUE)), sign_in("leader")
    row = person.affiliations.get()
    services.join_group(actor=anybody(), person_id=person.pk, unit_id=small.unit(GOOD).pk, start=date(2025, 1, 1))
    row.start = date(2025, 1, 1)
    row.save()
    answer = client.post(at("leave", row), {"on": "2025-11-01"})
    assert (answer.status_code, answer.url) == (302, reverse("people:list"))


@pytest.mark.parametrize(("groups", "queries"), [(1, 8), (3, 8)])
def test_a_person_s_page_asks_the_same_for_one_group_and_for_three(small, sign_in, groups, queries):
    person, client = registered(small), sign_in("county")
    for number in range(groups - 1):
        unit = make_unit(parent=small.unit(QILIN), full_name=f"第{number}联组")
        services.join_group(actor=anybody(), person_id=person.pk, unit_id=unit.pk)
    client.get(at("person", person))
    with CaptureQueriesContext(connection) as seen:
        client.get(at("person", person))
    assert len(seen) == queries
