"""The measurements: each a name, the target of the specification, and a figure."""

import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benching import changing, province

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    work: str
    target: str
    found: str
    met: bool


def run(*, small: bool, only: str) -> None:
    """Measure everything, smallest database first, and print the table."""
    scale = 100 if small else 1
    table: list[Row] = []
    began = time.monotonic()
    world = province.build(60_000 // scale, 5000 // scale)
    print(f"province of {5000 // scale} groups built in {time.monotonic() - began:.0f} s", flush=True)
    table += _lists(world, 60_000 // scale, only)
    draw = random.Random(11)
    province.persons_into(draw, 540_000 // scale, world)
    _analyse()
    table += _pages(world, only)
    table += _verdicts(world, only)
    table += _past(world, only)
    table += _changes(world, 1000 // scale, only)
    table += _leader(world, only)
    province.persons_into(draw, 400_000 // scale, world)
    _analyse()
    table += _lists(world, 1_000_000 // scale, only)
    table += _import(100_000 // scale, 1_000_000 // scale, only, dict(os.environ))
    table += _import_into_empty(100_000 // scale, only)
    _print(table)


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _asked(world: dict[str, Any], user: str, url: str) -> tuple[float, int, bytes]:
    """Return CPU milliseconds (the middle of three after one to warm up), queries, and the page."""
    client = Client()
    client.force_login(world["users"][user])
    times, queries, body = [], 0, b""
    for turn in range(4):
        before = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url, HTTP_HOST="localhost")
        if turn:
            times.append((time.process_time() - before) * 1000)
        queries, body = len(asked), response.content
        if response.status_code != 200:
            raise RuntimeError(f"{url}: {response.status_code}")
    return statistics.median(times), queries, body


def _page(world: dict[str, Any], name: str, user: str, url: str, ms: int, most: int, only: str) -> list[Row]:
    if only and only not in name:
        return []
    cpu, queries, _body = _asked(world, user, url)
    found = f"{cpu:.0f} ms CPU, {queries} queries"
    row = Row(name, f"<= {ms} ms CPU, <= {most} queries", found, cpu <= ms and queries <= most)
    print("  ", row.work, row.found, flush=True)
    return [row]


def _lists(world: dict[str, Any], persons: int, only: str) -> list[Row]:
    people = reverse("people:list")
    found: list[Row] = []
    for name, query in (("page of 50", ""), ("two characters", "?q=王伟"), ("pinyin initials", "?q=ww")):
        title = f"person list, {name}, {persons:,} persons"
        found += _page(world, title, "province", people + query, 60, 12, only)
    return found


def _pages(world: dict[str, Any], only: str) -> list[Row]:
    county, group = world["offices"][0], world["groups"][0]
    pages = (
        ("unit list", "province", reverse("shell:units")),
        ("unit detail", "county", reverse("shell:unit", args=[group.pk])),
        ("五有 of a county", "county", reverse("assessment:units") + f"?county={county.county.code}"),
        ("workbench of a city", "city", reverse("shell:home")),
        ("workbench of a county", "county", reverse("shell:home")),
        ("coverage, counties", "province", reverse("coverage:counties")),
        ("coverage, one county", "province", reverse("coverage:places", args=[county.county.code])),
    )
    found = [row for name, user, url in pages for row in _page(world, f"{name}, tier L", user, url, 80, 15, only)]
    whole = (  # each reads all that is on record of 5,000 groups
        ("班子与换届 of all units", reverse("leadership:outlook"), 1000, 15),
        ("资料核对, all checks", reverse("integrity:checks"), 3000, 40),
        ("chart of the organisation, folded", reverse("shell:chart"), 1000, 15),
    )
    for name, url, ms, most in whole:
        found += _page(world, f"{name}, tier L", "province", url, ms, most, only)
    return found


def _timed(work: Callable[[], Any]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _verdicts(world: dict[str, Any], only: str) -> list[Row]:
    from wuyou.accounts.queries import actor_of
    from wuyou.assessment import queries as assessment
    from wuyou.kernel import clock

    if only and only not in "五有 verdicts":
        return []
    actor = actor_of(world["users"]["province"].pk)
    group = world["groups"][0].pk
    every = _timed(lambda: list(assessment.all_pictures(actor, clock.today())))
    one = statistics.median(_timed(lambda: assessment.unit_picture(actor, group, clock.today())) for _n in range(5))
    return [
        Row("all 五有 verdicts, both standards", "<= 10 s", f"{every:.1f} s CPU", every <= 10),
        Row("五有 of one unit after an edit", "<= 20 ms", f"{one * 1000:.0f} ms CPU", one <= 0.02),
    ]


def _past(world: dict[str, Any], only: str) -> list[Row]:
    """Read the tree as it was on a day a while ago and ten years ago; only the whole tree is worth a measurement."""
    from wuyou.accounts.queries import actor_of
    from wuyou.orgs import queries as orgs

    if only and only not in "tree as of a day":
        return []
    actor = actor_of(world["users"]["province"].pk)
    found = []
    for name, day in (("last year", "2025-06-30"), ("ten years ago", "2016-11-20")):
        on = date.fromisoformat(day)
        with CaptureQueriesContext(connection) as asked:
            number = len(orgs.tree_on(actor, on=on))
        ms = 1000 * statistics.median(_timed(lambda: orgs.tree_on(actor, on=on)) for _n in range(5))  # noqa: B023 -- at once
        work = f"tree as of a day, {name}, {number:,} of 5,000 groups with ten years of events"
        row = Row(work, "<= 150 ms CPU", f"{ms:.0f} ms CPU, {len(asked)} queries", ms <= 150)
        print("  ", row.work, row.found, flush=True)
        found.append(row)
    return found


def _changes(world: dict[str, Any], groups: int, only: str) -> list[Row]:
    if only and only not in "changes: move, merge":
        return []
    moved, told = changing.move(world), changing.merge(world, groups)
    speed = told["persons"] / told["merge"]
    what = f"{groups:,} groups, {told['persons']:,.0f} members"
    return [
        Row(
            f"move of an office with {changing.MOVED:,} units",
            "<= 300 ms CPU",
            f"{moved * 1000:.0f} ms CPU",
            moved <= 0.3,
        ),
        Row(
            f"merge of {what}",
            ">= 2,000 persons/s",
            f"{speed:,.0f} persons/s, {told['merge']:.1f} s CPU",
            speed >= 2000,
        ),
        Row("  its preview", "-", f"{told['preview']:.1f} s CPU", True),
        Row("  taking it back", "-", f"{told['back']:.1f} s CPU", True),
    ]


def _leader(world: dict[str, Any], only: str) -> list[Row]:
    from django.contrib.staticfiles import finders

    if only and only not in "leader":
        return []
    _cpu, _queries, body = _asked(world, "leader", reverse("shell:home"))
    files = ("wuyou/wuyou.css", "wuyou/wuyou.js", "django_htmx/htmx-2.min.js", "wuyou/mark.svg")
    size = len(gzip.compress(body)) + sum(len(gzip.compress(Path(finders.find(f)).read_bytes())) for f in files)
    return [Row("first visit of the leader's page", "<= 120 kB, 1 host", f"{size / 1000:.0f} kB gzip", size <= 120_000)]


def _import_into_empty(rows: int, only: str) -> list[Row]:
    if only and only not in "import":
        return []
    with tempfile.TemporaryDirectory(prefix="wuyou-bench-") as data:
        environment = {**os.environ, "WUYOU_DATA": data}
        words = [
            "createadmin",
            "--office",
            "曲靖市归国华侨联合会",
            "--username",
            "bench",
            "--password",
            "Bench-2026-long",
        ]
        make = [sys.executable, "-m", "wuyou.config.cli", *words]
        subprocess.run(make, check=True, env=environment, cwd=HERE.parents[1], capture_output=True)
        return _import(rows, 0, only, environment)


def _import(rows: int, persons: int, only: str, environment: dict[str, str]) -> list[Row]:
    """Bring a roll into the register as it stands, in a process of its own; the commit is how long the database is held."""
    if only and only not in "import":
        return []
    roll = Path(environment["WUYOU_DATA"]) / "roll.xlsx"
    make = [sys.executable, "-m", "wuyou.intake.tests.rolls", str(rows), str(roll), str(persons + 1)]
    subprocess.run(make, check=True, env=environment, cwd=HERE.parents[1])
    code = [sys.executable, str(HERE / "bringing.py"), str(roll)]
    said = subprocess.run(code, check=True, capture_output=True, text=True, env=environment).stdout
    told = json.loads(said.splitlines()[-1])
    rate, parent, child = rows / told["seconds"], told["parent"], told["child"]
    met = rate >= 1500 and parent < 200_000 and child < 512_000
    found = (
        f"{rate:,.0f} rows/s ({rows / told['cpu']:,.0f} per CPU s), parent {parent // 1000} MB, child {child // 1000} MB, "
        f"commit {told['steps']['commit']:.0f} s"
    )
    target = ">= 1,500 rows/s, parent < 200 MB, child < 512 MB"
    row = Row(f"import of {rows:,} x 25 persons (.xlsx), {persons:,} persons", target, found, met)
    print("  ", row.work, row.found, flush=True)
    return [row]


def _print(table: list[Row]) -> None:
    widths = [max(len(getattr(row, name)) for row in table) for name in ("work", "target", "found")]
    print()
    for row in table:
        cells = zip((row.work, row.target, row.found), widths, strict=True)
        print("| " + " | ".join(text.ljust(width) for text, width in cells), "|", "met |" if row.met else "MISSED |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    print(f"\npeak memory of this process: {peak} MB")
