"""The office's own workbooks: brought in with the counts of their truth files, again without change, and taken back."""

import io
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from wuyou.activities.models import Activity, Visit
from wuyou.demo.factories import anybody
from wuyou.funds.models import Entry
from wuyou.intake import queries, services
from wuyou.intake.batches import run
from wuyou.intake.tests.offices import (
    ACTIVITIES,
    FUNDS,
    LEDGER,
    RUBRIC,
    brought,
    city_office,
    counts,
    differing,
    everything,
    lines_of,
    previewed,
    received,
)
from wuyou.kernel.sayings import spoken
from wuyou.orgs import queries as orgs
from wuyou.orgs.models import Unit
from wuyou.places import services as place_services
from wuyou.platform import audit
from wuyou.platform.imports.report import CellsFile
from wuyou.platform.models import AuditEvent
from wuyou.platform.tests.beside import SAMPLES, VILLAGES

pytestmark = pytest.mark.samples
ALL = (LEDGER, ACTIVITIES, FUNDS, RUBRIC)
NEW = {
    "organisations": (90, 0, 0, 0),
    "activities": (380, 0, 0, 20),
    "visits": (64, 0, 0, 0),
    "funds": (153, 0, 0, 7),
    "rubric": (1, 0, 0, 0),
}
AGAIN = {
    "organisations": (0, 0, 90, 0),
    "activities": (0, 0, 380, 20),
    "visits": (0, 0, 64, 0),
    "funds": (0, 0, 153, 7),
    "rubric": (0, 0, 1, 0),
}


def truth(name: str) -> Any:
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


@pytest.fixture
def office(db: None) -> Unit:
    return city_office()


def test_one_batch_of_all_files_has_the_truths_counts_and_the_second_changes_nothing(office: Unit) -> None:
    before = everything()
    assert counts(previewed(office, *ALL)) == NEW
    assert differing(before, everything()) == {}
    batch, outcome = brought(office, *ALL)
    assert counts(outcome) == NEW
    _groups_are_as_the_truth_says()
    _activities_are_as_the_truth_says()
    _money_is_as_the_truth_says()
    assert counts(previewed(office, RUBRIC)) == {"rubric": (0, 0, 1, 0)}
    _nothing_changes_the_second_time(office)
    number, left = services.undo(actor=anybody(), batch_id=batch.pk)
    assert left == []
    assert differing(before, everything()) == {}
    assert number > 90 + 380 + 64 + 153
    assert list(audit.verify()) == []


def _groups_are_as_the_truth_says() -> None:
    found = truth("truth_summary.json")["groups"]
    groups = orgs.groups(anybody())
    assert groups.count() == found["total"] == 90
    by_county = Counter(groups.values_list("county__name", flat=True))
    assert by_county == found["by_county"]
    assert {unit.parent.county.name for unit in groups.select_related("parent__county")} == set(by_county)
    events = orgs.units_by_event(anybody(), 2025)
    names = {"establish": "新建", "restore": "恢复", "reorganise": "重组"}
    assert {names[kind]: len(units) for kind, units in events.items()} == found["events_in_year"]
    states = {"lapsed": found["status"]["停滞"], "to_reorganise": found["status"]["待重组"]}
    states["normal"] = found["total"] - sum(states.values())
    assert orgs.count_by(anybody(), "state") == states
    full = {row["name_full"] for row in lines_of(SAMPLES / "truth_groups.csv")}
    assert set(groups.values_list("full_name", flat=True)) == full


def _activities_are_as_the_truth_says() -> None:
    wanted = {
        (row["name_full"], int(row["month"])): int(row["distinct"])
        for row in lines_of(SAMPLES / "truth_activity_counts.csv")
    }
    found = Counter((name, on.month) for name, on in Activity.objects.values_list("unit__full_name", "on"))
    assert found == wanted
    summary = truth("truth_summary.json")["activities"]
    kinds = Counter(Activity.Kind(kind).label for kind in Activity.objects.values_list("kind", flat=True))
    assert kinds == summary["by_kind"]
    assert Activity.objects.filter(leaders_present=True).count() == summary["leader_present"]
    assert sum(n or 0 for n in Activity.objects.values_list("present", flat=True)) == summary["present"]
    assert sum(n or 0 for n in Activity.objects.values_list("cost_fen", flat=True)) == summary["cost_yuan"] * 100


def _money_is_as_the_truth_says() -> None:
    told = truth("truth_subsidies.json")
    names = {row["group_id"]: row["name_full"] for row in lines_of(SAMPLES / "truth_groups.csv")}
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in Entry.objects.select_related("unit", "source"):
        fen = entry.amount_fen if entry.direction == "received" else -entry.amount_fen
        sums["by_source"][entry.source.name] += fen
        sums["by_purpose"][entry.purpose] += fen
        sums["by_month"][str(entry.on.month)] += fen
        sums["by_group"][entry.unit.full_name] += fen
        sums["all"]["all"] += fen
    told["by_group"] = {names[group]: yuan for group, yuan in told["by_group"].items()}
    told["all"] = {"all": told["sum_distinct_yuan"]}
    for name, found in sums.items():
        assert found == {key: yuan * 100 for key, yuan in told[name].items()}, name
    states = Counter(state or "未办" for state in Visit.objects.values_list("state", flat=True))
    assert states == told["visits"]["by_state"], "a visit of which nothing was said is one not yet dealt with"
    assert sum(n or 0 for n in Visit.objects.values_list("cost_fen", flat=True)) == told["visits"]["money_yuan"] * 100


def _nothing_changes_the_second_time(office: Unit) -> None:
    before, events = everything(), AuditEvent.objects.count()
    _batch, outcome = brought(office, *ALL)
    assert (counts(outcome), outcome.stored) == (AGAIN, 0)
    assert differing(before, everything()) == {}
    assert AuditEvent.objects.count() - events == 3, "received, chosen and committed, and nothing else"


def test_a_corrected_ledger_changes_what_differs_and_undo_gives_the_former_values_back(office: Unit) -> None:
    first, _outcome = brought(office, LEDGER)
    before, units = everything(), _units()
    corrected = _corrected(LEDGER.read_bytes())
    batch, outcome = brought(office, (LEDGER.name, corrected))
    assert counts(outcome) == {"organisations": (0, 2, 88, 0)}
    shown = {row["label"]: spoken(row["differences"]) for row in outcome.shown if row["action"] == "changed"}
    assert sorted(difference[0] for found in shown.values() for difference in found) == ["归侨人数", "批复文号"]
    assert services.undo(actor=anybody(), batch_id=batch.pk) == (2, [])
    assert set(differing(before, everything())) <= {"orgs_unit"}, "only the versions have moved on"
    assert _units() == units
    assert services.undo(actor=anybody(), batch_id=first.pk)[1] != [], "changed and restored since: kept and said"


def _corrected(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book["麒麟区"]
    heads = {
        str(cell.value): cell.column for row in sheet.iter_rows(min_row=1, max_row=4) for cell in row if cell.value
    }
    number = next(column for head, column in heads.items() if "文号" in head)
    people = next(column for head, column in heads.items() if "归侨" in head)
    sheet.cell(5, number).value = "麒侨发〔2006〕99号"
    sheet.cell(6, people).value = 77
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _units() -> list[tuple[Any, ...]]:
    """Return the units but for their versions, which only ever grow."""
    names = [field.attname for field in Unit._meta.local_fields if field.attname != "version"]
    return sorted(Unit.objects.values_list(*names))


@pytest.mark.villages
def test_what_was_made_of_each_cell_is_right(office: Unit, tmp_path: Path) -> None:
    place_services.load_villages(actor=anybody(), path=VILLAGES)
    out = tmp_path / "cells.csv"
    files = [
        path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".xlsx", ".csv") and "truth" not in path.name
    ]
    with out.open("w", encoding="utf-8", newline="") as handle:
        cells = CellsFile(handle)
        run(anybody(), queries.wanted(received(office, *files)), write=False, said=cells.write)
    words = [sys.executable, str(SAMPLES.parent / "check_cells.py"), str(SAMPLES), str(out)]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    right, wrong, alarms = (float(number) for number in re.findall(r"([\d.]+) %", told))
    assert (right >= 97, wrong <= 0.5, alarms <= 0.5) == (True, True, True), told
