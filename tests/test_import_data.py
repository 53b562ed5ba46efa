"""The sample workbooks beside the repository are understood as their truth files say."""

import csv
import subprocess
import sys

import pytest

from wuyou.platform.tests.beside import ROOT, SAMPLES

pytestmark = [pytest.mark.samples, pytest.mark.villages]


def test_tables_columns_and_cells_are_as_the_truth_says(tmp_path):
    cells = tmp_path / "cells.csv"
    done = subprocess.run(
        [sys.executable, "tools/check_import.py", str(SAMPLES), "--cells", str(cells)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip().endswith("0 differences"), done.stdout + done.stderr
    right, wrong, alarms = scored(SAMPLES / "truth_cells.csv", cells)
    assert (right >= 0.97, wrong <= 0.005, alarms <= 0.005) == (True, True, True), (right, wrong, alarms)


def scored(truth, cells):
    """Return the shares of messy cells right, of wrong values taken, and of alarms on clean cells."""
    found = {}
    for line in rows(cells):
        found.setdefault((line["file"], line["sheet"], line["cell"]), []).append(line)
    messy = clean = right = wrong = alarms = 0
    for true in rows(truth):
        lines = found.get((true["file"], true["sheet"], true["cell"]), [None])
        outcomes = [outcome(true, line) for line in lines]
        result = "right" if "right" in outcomes else outcomes[0]
        if true["mess"] == "clean":
            clean += 1
            alarms += result == "alarm" and len(lines) == 1
        else:
            messy += 1
            right += result == "right"
            wrong += result == "wrong"
    return right / messy, wrong / messy, alarms / clean


def outcome(true, line):
    value = true["raw"].strip() if line is None else line["value"].strip()
    severity = "ok" if line is None else line["severity"]
    if true["mess"] == "clean":
        return "right" if severity == "ok" and (line is None or value == true["expected_value"].strip()) else "alarm"
    if true["severity"] == "error":
        return "right" if severity == "error" else "wrong"
    if severity == "error":
        return "refused"
    if value != true["expected_value"].strip():
        return "wrong"
    return "right" if severity == true["severity"] else "other weight"


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))
