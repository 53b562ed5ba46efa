"""A merger is killed at any moment: all of it is there or nothing, and it is carried out and taken back afterwards.

WUYOU_KILLS says how often; 20 before a release, two in the usual run.
"""

import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from wuyou.demo.factories import anybody, make_basis, make_entry, make_unit, make_venue
from wuyou.kernel import clock
from wuyou.people.models import Affiliation, Person
from wuyou.platform import audit
from wuyou.platform.tests.databases import OwnDatabase
from wuyou.succession import services
from wuyou.succession.models import Succession
from wuyou.succession.plan import NewHeir
from wuyou.succession.tests.changing import drafted, everything

KILLS = int(os.environ.get("WUYOU_KILLS", "2"))
GROUPS, EACH = 12, 60
ON = date(2026, 1, 1)
CARRY_OUT = """
import django
django.setup()
from wuyou.demo.factories import anybody
from wuyou.succession import services
print("begun", flush=True)
services.carry_out(actor=anybody(), succession_id={change})
"""


def merger() -> Succession:
    """Return the draft of a merger of twelve groups with sixty people, a venue and money each."""
    office, basis = make_unit(full_name="曲靖市归国华侨联合会", kind="city_federation", founded=""), make_basis()
    units = [make_unit(parent=office, full_name=f"第{n}小组", hosts=(f"第{n}厂",)) for n in range(GROUPS)]
    for unit in units:
        make_venue(unit)
        make_entry(unit, on=date(2025, 5, 1))
        persons = Person.objects.bulk_create(
            Person(name=f"侨友{unit.pk}之{n}", keeper=unit, basis=basis, registered_at=clock.now()) for n in range(EACH)
        )
        Affiliation.objects.bulk_create(Affiliation(person=p, unit=unit, start=date(2022, 1, 1)) for p in persons)
    return drafted("merge", units, on=ON, heirs=("n0",), founded=(NewHeir(full_name="合成小组"),))


def begun(environment: dict[str, str], change: int, said: Path) -> subprocess.Popen[bytes]:
    """Let another process carry the change out; return it when it begins."""
    words = [sys.executable, "-c", CARRY_OUT.format(change=change)]
    with said.open("wb") as out:
        running = subprocess.Popen(words, env=environment, stdout=out, stderr=subprocess.STDOUT)
    until = time.monotonic() + 120
    while "begun" not in said.read_text(encoding="utf-8"):
        assert running.poll() is None, said.read_text(encoding="utf-8")
        assert time.monotonic() < until, said.read_text(encoding="utf-8")
        time.sleep(0.01)
    return running


def test_a_killed_merger_is_whole_or_not_at_all(own_database: OwnDatabase, tmp_path: Path) -> None:
    change, said, before = merger(), tmp_path / "said", everything()
    chance, seconds = random.Random(), 0.5
    for kill in range(KILLS + 1):
        started = time.monotonic()
        running = begun(own_database.environment, change.pk, said)
        if kill:
            time.sleep(chance.uniform(0, seconds))
            running.kill()
        assert (running.wait(300) == 0) or kill, said.read_text(encoding="utf-8")
        seconds = seconds if kill else max(0.1, time.monotonic() - started - 1)
        change.refresh_from_db()
        if change.state == "carried_out":
            assert Affiliation.objects.filter(unit__full_name="合成小组", end=None).count() == GROUPS * EACH
            services.take_back(actor=anybody(), succession_id=change.pk)
            Succession.objects.filter(pk=change.pk).update(state="draft")
            change.steps.all().delete()
        assert everything() == before
        assert list(audit.verify()) == []
