"""An import is killed at any moment, or two run at once: all of it is there or nothing, and no row twice.

WUYOU_KILLS says how often it is killed; 20 before a release, two in the usual run.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from wuyou.demo.factories import anybody
from wuyou.intake import queries, services
from wuyou.intake.tests.offices import brought, city_office, counts, differing, everything, received, workbook
from wuyou.orgs.models import Unit
from wuyou.platform import audit
from wuyou.platform.models import ImportBatch
from wuyou.platform.tests.databases import OwnDatabase, at_once

KILLS = int(os.environ.get("WUYOU_KILLS", "2"))
GROUPS = 40
HEAD = (
    "序号",
    "组织名称",
    "类型",
    "挂靠单位",
    "成立时间",
    "批复文号",
    "负责人",
    "职务",
    "联系电话",
    "侨界群众人数",
    "年度经费（元）",
)
SURNAMES = "赵钱孙李周吴郑王冯陈"


def ledger(groups: int = GROUPS) -> bytes:
    """Return a ledger of invented groups of 麒麟区."""
    rows = [
        (
            n + 1, f"曲靖市麒麟区第{n + 1}小学侨联小组", "学校", f"麒麟区第{n + 1}小学", "2019-05", f"麒侨发〔2019〕{n + 1}号",
            f"{SURNAMES[n % 10]}明{'一二三四五六七八九十'[n // 10]}", "组长", f"1990000{n:04d}", 20 + n, 5000,
        )
        for n in range(groups)
    ]  # fmt: skip
    return workbook(("麒麟区基层侨联组织台账",), HEAD, *rows, sheet="麒麟区")


@pytest.fixture
def office(own_database: OwnDatabase) -> Unit:
    return city_office()


def command(environment: dict[str, str], file: Path, said: Path) -> subprocess.Popen[bytes]:
    """Start `wuyou import … --yes` and return it when it begins to write; what it says goes to the file `said`."""
    words = [sys.executable, "-m", "wuyou.config.cli", "import", "organisations", str(file), "--yes"]
    with said.open("wb") as out:
        running = subprocess.Popen(words, env=environment, stdout=out, stderr=subprocess.STDOUT)
    until = time.monotonic() + 120
    while "批次" not in said.read_text(encoding="utf-8"):
        assert running.poll() is None, said.read_text(encoding="utf-8")
        assert time.monotonic() < until, said.read_text(encoding="utf-8")
        time.sleep(0.02)
    return running


def sizes(found: dict[str, list[Any]]) -> dict[str, int]:
    return {table: len(rows) for table, rows in found.items()}


def test_a_killed_import_leaves_nothing_and_runs_again_to_the_same_rows(
    own_database: OwnDatabase, office: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(ledger())
    before = everything()
    said = tmp_path / "said"
    running, began = command(own_database.environment, file, said), time.monotonic()
    assert running.wait(300) == 0, said.read_text(encoding="utf-8")
    seconds, whole, told = time.monotonic() - began, everything(), facts()
    batch = ImportBatch.objects.get(state="committed")
    assert services.undo(actor=anybody(), batch_id=batch.pk)[1] == []
    chance, partial = random.Random(), {}
    for _kill in range(KILLS):
        running = command(own_database.environment, file, said)
        time.sleep(chance.uniform(0, seconds))
        running.kill()
        running.wait()
        found = everything()
        if ImportBatch.objects.filter(state="committed").exists():
            assert sizes(found) == sizes(whole)
            services.undo(actor=anybody(), batch_id=ImportBatch.objects.get(state="committed").pk)
        else:
            partial |= differing(before, found)
        assert list(audit.verify()) == []
    assert partial == {}
    _batch, outcome = brought(office, file)
    assert counts(outcome) == {"organisations": (GROUPS, 0, 0, 0)}
    assert sizes(everything()) == sizes(whole)
    assert facts() == told


def facts() -> list[tuple[Any, ...]]:
    """Return the units with what hangs on them, without the numbers that the database counts on."""
    names = (
        "full_name",
        "short_name",
        "founded",
        "approval_number",
        "state",
        "seats__person__name",
        "hostings__host__name",
    )
    return sorted(Unit.objects.values_list(*names), key=repr)


def test_two_imports_of_the_same_file_at_once_bring_every_group_once(own_database: OwnDatabase, office: Unit) -> None:
    content = ledger(12)
    batches = [received(office, ("台账.xlsx", content), kind="organisations") for _ in range(2)]
    came = at_once(2, lambda place: counts(services.commit(actor=anybody(), batch_id=batches[place].pk)))
    assert sorted(map(repr, came)) == [
        repr({"organisations": (0, 0, 12, 0)}),
        repr({"organisations": (12, 0, 0, 0)}),
    ]
    assert Unit.objects.filter(kind__is_federation=False).count() == 12
    assert {queries.batch(anybody(), batch.pk).state for batch in batches} == {"committed"}
    assert list(audit.verify()) == []
