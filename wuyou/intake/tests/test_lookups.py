"""Known persons are looked up for many rows at once: the same are found as if everybody were at hand, in a few queries."""

import random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wuyou.demo import small as world
from wuyou.intake.persons import PersonIntake
from wuyou.intake.planning import Choices, RowRef
from wuyou.intake.tests.test_persons import ASKED, OTHER_NUMBER, brought, readings
from wuyou.people.models import Person

pytestmark = pytest.mark.django_db

NAMES = ("普玉仙", "普玉先", "朴玉仙", "段丽", "段莉", "角文")
BIRTHS = ("", "1952", "1952-05", "1952-05-03", "1953-05-03", "1980-01-01")
PLACES = ("", "麒麟区南宁街道5号", "麒麟区益宁街道", "麒麟区", "会泽县者海镇", "昆明市五华区")
PHONES = ("", "19900001234", "19900001235", "19900001234 19900001236")
NUMBERS = ("", "", "530399195205030022", OTHER_NUMBER)


def drawn(chance, number):
    return [
        {
            "name": chance.choice(NAMES), "sex": chance.choice(("", "女", "男")), "birth": chance.choice(BIRTHS),
            "residence": chance.choice(PLACES), "phone": chance.choice(PHONES), "id_no": chance.choice(NUMBERS),
            "job": chance.choice(("", "教师", "医生")), "consent": "是",
        }
        for _ in range(number)
    ]  # fmt: skip


def intake(small):
    choices = Choices(small.unit(world.QILIN).pk, "separate_consent", "侨情调查", ASKED)
    return PersonIntake(small.actor("county"), choices, uuid4())


def told(planned):
    return [(p.action, p.record_id, p.label, p.doubt, sorted(p.differences, key=repr)) for p in planned]


@pytest.mark.parametrize("seed", range(4))
def test_who_is_looked_up_is_who_is_found_among_all(small, seed):
    chance = random.Random(seed)
    unit, actor = small.unit(world.QILIN), small.actor("county")
    brought(actor, drawn(chance, 25), unit=unit, chunk=7)
    brought(actor, drawn(chance, 12), unit=unit, chunk=5)
    rows = [(RowRef(0, "摸底表", at), readings(texts)) for at, texts in enumerate(drawn(chance, 60), 2)]
    everybody, looking, one_by_one = intake(small), intake(small), intake(small)
    everybody._learn_known(sorted(Person.objects.values_list("pk", flat=True)))
    expected = told([everybody.plan(*row) for row in rows])
    found = []
    for start in range(0, len(rows), 16):
        looking.foresee(rows[start : start + 16])
        found += [looking.plan(*row) for row in rows[start : start + 16]]
    assert told(found) == expected
    assert told([one_by_one.plan(*row) for row in rows]) == expected


@pytest.mark.parametrize("number", [5, 40])
def test_planning_some_rows_takes_four_queries_however_many_they_are(small, number):
    unit, actor = small.unit(world.QILIN), small.actor("county")
    known = [
        {"name": f"佴佴{chr(0x4E00 + at)}", "birth": f"19{at + 10}-01-01", "residence": PLACES[1], "consent": "是"}
        for at in range(number)
    ]
    brought(actor, known, unit=unit, chunk=50)
    rows = [(RowRef(0, "摸底表", at), readings({**texts, "job": "教师"})) for at, texts in enumerate(known, 2)]
    taking = intake(small)
    with CaptureQueriesContext(connection) as asked:
        taking.foresee(rows)
        planned = [taking.plan(*row) for row in rows]
    assert {p.action.value for p in planned} == {"changed"}
    assert len(asked) == 4, [query["sql"][:90] for query in asked]
    again = [(RowRef(0, "另表", at), readings({**texts, "job": "教师"})) for at, texts in enumerate(known, 2)]
    with CaptureQueriesContext(connection) as asked:
        taking.foresee(again)
        assert {taking.plan(*row).action.value for row in again} == {"unchanged"}
    assert len(asked) == 1
