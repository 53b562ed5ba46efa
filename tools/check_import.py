#!/usr/bin/env python3
"""Read a folder of workbooks as an import does, and compare what was understood with truth files beside them.

usage: check_import.py FOLDER [--truth FOLDER] [--cells OUT.csv] [--villages VILLAGES.csv] [--home CODE]

Prints where tables and columns differ from truth_tables.csv and truth_columns.csv (the field names of the truth are
compared with ours through `SAME_FIELD`). With --cells the cells are written as `wuyou import --cells` writes them.
"""

import argparse
import csv
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wuyou.config.settings")

SAME_KIND = {"groups": "organisations", "people": "persons", "subsidies": "funds"}


def main() -> int:
    """Run the comparison; returns 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--cells", type=Path)
    parser.add_argument("--villages", type=Path, default=Path("var/villages.csv"))
    parser.add_argument("--home", default="530300")
    arguments = parser.parse_args()
    import django

    django.setup()
    check = Check(arguments.truth or arguments.folder, arguments.cells, arguments.villages, arguments.home)
    paths = [path for path in sorted(arguments.folder.iterdir()) if path.suffix in (".xlsx", ".csv")]
    check.read_all([path for path in paths if not path.name.startswith("truth_")])
    return check.finish()


def _truths(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


class Check:
    """Reads files and collects the differences."""

    def __init__(self, truth: Path, cells: Path | None, villages: Path, home: str) -> None:
        from wuyou.platform.imports.report import CellsFile

        self._tables = {(t["file"], t["sheet"], t["table"]): t for t in _truths(truth / "truth_tables.csv")}
        self._columns: dict[tuple[str, str, str], dict[str, dict[str, str]]] = {}
        for column in _truths(truth / "truth_columns.csv"):
            self._columns.setdefault((column["file"], column["sheet"], column["table"]), {})[column["column"]] = column
        self._handle = cells.open("w", encoding="utf-8", newline="") if cells else None
        self._cells = CellsFile(self._handle) if self._handle else None
        self._kinds = announced_kinds()
        self._settings = {"places": place_index(villages, home), "area_code": "0874", "today": date(2025, 11, 20)}
        self._groups: list[Any] = []
        self._differences = 0

    def read_all(self, paths: list[Path]) -> None:
        """Read the files, those that register groups first: the others name these groups."""
        from wuyou.orgs.naming import NameIndex
        from wuyou.platform.imports.analysis import analyse
        from wuyou.platform.imports.book import open_book

        later = []
        for path in paths:
            began = time.perf_counter()
            book = open_book(path)
            parts = analyse(book, self._kinds)
            seconds = time.perf_counter() - began
            if any(part.mapping.name == "organisations" for part in parts):
                self._read(book, parts, seconds)
            else:
                later.append((book, parts, seconds))
        self._settings["groups"] = NameIndex(self._groups, city=self._settings["places"].home.name)
        for book, parts, seconds in later:
            self._read(book, parts, seconds)

    def _read(self, book: Any, parts: list[Any], seconds: float) -> None:
        """Read one file's tables and compare them."""
        from wuyou.platform.imports.crosscheck import Tally, overview_lines
        from wuyou.platform.imports.mapping import SUMMARY
        from wuyou.platform.imports.reader import TableReader

        tallies: dict[str, Any] = {}
        began, rows = time.perf_counter(), 0
        for part in parts:
            self._compare(book.name, part)
            if not part.is_readable:
                continue
            reader = TableReader(book, part.sheet, part.table, part.mapping, settings=self._settings)
            tally = tallies.setdefault(part.sheet.name, Tally(part.sheet.name, part.mapping.kind))
            for row in reader.rows():
                rows += 1
                tally.add(row)
                if part.mapping.name == "organisations":
                    self._register(row, part.sheet.name)
                if self._cells:
                    self._cells.write(reader.lines(row))
            if self._cells:
                self._cells.write(reader.sum_lines())
        for part in parts:
            if part.mapping.name == SUMMARY and self._cells:
                self._cells.write(overview_lines(book, part, tallies))
        print(f"{book.name}: {rows} rows, {seconds:.1f} s to find tables, {time.perf_counter() - began:.1f} s to read")

    def _register(self, row: Any, sheet: str) -> None:
        from wuyou.orgs.naming import GroupRow

        name, hosts = row.readings["name"], row.readings.get("hosts")
        county = self._settings["places"].county_in(sheet)
        self._groups.append(
            GroupRow(
                len(self._groups) + 1,
                name.text,
                name.value.short if name.value else "",
                tuple(hosts.value or ()) if hosts else (),
                county.name if county else "",
            )
        )

    def _compare(self, file: str, part: Any) -> None:
        table = part.table
        key = (file, table.sheet, str(table.number))
        truth = self._tables.get(key)
        if truth is None:
            self._say(key, "not in the truth", table.form.value, f"rows {table.rows}")
            return
        skipped = ";".join(f"{row}:{reason}" for row, reason in sorted(table.skipped.items()))
        found = {"header_first_row": table.header_first, "header_last_row": table.header_last,
                 "first_data_row": table.first_row, "last_data_row": table.last_row, "data_rows": table.rows,
                 "skip_rows": skipped, "kind": part.mapping.name}  # fmt: skip
        for name, value in found.items():
            right = SAME_KIND.get(truth[name], truth[name])
            if str(value) != right:
                self._say(key, name, f"found {value}", f"truth {right}")
        for match in part.mapping.matches:
            self._compare_column(key, match)

    def _compare_column(self, key: tuple[str, str, str], match: Any) -> None:
        from wuyou.platform.imports.packed import column_letters

        letters = column_letters(match.index)
        truth = self._columns.get(key, {}).get(letters)
        if truth is None:
            return
        # a rubric's columns have no field names of their own in the truth: any field will do
        field = match.field if truth["field"] == truth["header"] and match.field else truth["field"]
        if (match.field, match.policy.value) != (field, truth["policy"]):
            self._say(key, f"{letters} {truth['header']}", f"found {match.field}/{match.policy.value}",
                      f"truth {truth['field']}/{truth['policy']}", f"{match.how.value} {match.confidence}")  # fmt: skip

    def _say(self, *words: object) -> None:
        self._differences += 1
        print("DIFFERS", *words)

    def finish(self) -> int:
        """Say how much differed and close the cells file."""
        if self._handle:
            self._handle.close()
        print(f"{self._differences} differences")
        return int(self._differences > 0)


def announced_kinds() -> list[Any]:
    """Return the kinds of all packages."""
    import importlib

    names = (("people", "PERSONS"), ("orgs", "ORGANISATIONS"), ("activities", "ACTIVITIES"), ("activities", "VISITS"),
             ("funds", "FUNDS"), ("assessment", "RUBRIC"))  # fmt: skip
    kinds = []
    for package, name in names:
        try:
            kinds.append(getattr(importlib.import_module(f"wuyou.{package}.columns"), name))
        except (ImportError, AttributeError) as fault:
            print("missing:", package, name, fault)
    return kinds


def place_index(villages: Path, home: str) -> Any:
    """Return the index of the home city's places, with villages when their file is there."""
    from wuyou.places.index import PlaceIndex
    from wuyou.places.sources import national_divisions, villages_from_csv

    divisions = national_divisions()
    near = [
        row for row in divisions if row.code.startswith(home[:4]) or row.code == home[:2] + "0000" or row.level == 1
    ]
    rows = [*near, *(villages_from_csv(villages, near).rows if villages.exists() else ())]
    return PlaceIndex(rows, home=home, elsewhere=[row for row in divisions if row.level <= 3])


if __name__ == "__main__":
    sys.exit(main())
