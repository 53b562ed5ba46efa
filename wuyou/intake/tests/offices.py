"""What the tests of intake share: an office with its counties, files given to it, and everything the database holds."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from openpyxl import Workbook

from wuyou.demo.factories import anybody, make_unit
from wuyou.intake import queries, services
from wuyou.intake.batches import Outcome, run
from wuyou.orgs.models import Unit
from wuyou.places import services as place_services
from wuyou.platform.models import ImportBatch
from wuyou.platform.tests.beside import SAMPLES

LEDGER = SAMPLES / "2025年基层组织台账.xlsx"
ACTIVITIES = SAMPLES / "2025年会议活动记录.xlsx"
FUNDS = SAMPLES / "2025年走访需求与经费台账.xlsx"
RUBRIC = SAMPLES / "2025年度考核评分表.xlsx"
HOME = "530300"
_OWN_TRAIL = ("platform_audit", "platform_import", "platform_storedfile", "platform_remembered", "sqlite_", "django_")


def city_office() -> Unit:
    """Return the office of a city whose counties and townships are known and whose register is empty."""
    place_services.load_divisions(actor=anybody(), home=HOME)
    return make_unit(full_name="曲靖市归国华侨联合会", kind="city_federation", founded="", parent=None)


def received(office: Unit, *files: Path | tuple[str, bytes], kind: str = "", **choices: Any) -> ImportBatch:
    """Return a batch of these files, each a path or a name with bytes."""
    uploads = [file if isinstance(file, tuple) else (file.name, file.read_bytes()) for file in files]
    batch = services.receive(
        actor=anybody(), uploads=[(name, [content]) for name, content in uploads], unit_id=office.pk, kind=kind
    )
    services.choose(actor=anybody(), batch_id=batch.pk, edits={}, choices=choices)
    return queries.batch(anybody(), batch.pk)


def brought(office: Unit, *files: Path | tuple[str, bytes], **more: Any) -> tuple[ImportBatch, Outcome]:
    """Return a committed batch of these files with what came of it."""
    batch = received(office, *files, **more)
    outcome = services.commit(actor=anybody(), batch_id=batch.pk)
    return queries.batch(anybody(), batch.pk), outcome


def previewed(office: Unit, *files: Path | tuple[str, bytes], **more: Any) -> Outcome:
    """Return what checking these files says; nothing is written but the batch."""
    return run(anybody(), queries.wanted(received(office, *files, **more)), write=False)


def counts(outcome: Outcome) -> dict[str, tuple[int, int, int, int]]:
    """Return (new, changed, unchanged, rejected) of each kind."""
    told = outcome.as_json()["counts"]
    return {kind: (n["new"], n["changed"], n["unchanged"], n["rejected"]) for kind, n in told.items()}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, sorted, but for the trail that an import itself leaves."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith(_OWN_TRAIL):
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted((tuple(row) for row in cursor.fetchall()), key=repr)
    return found


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Return the tables that differ, with how many rows only the one and only the other has."""
    found = {}
    for table, rows in before.items():
        was, now = set(map(repr, rows)), set(map(repr, after[table]))
        if was != now:
            found[table] = (len(was - now), len(now - was))
    return found


def workbook(*rows: tuple[Any, ...], sheet: str = "Sheet1") -> bytes:
    """Return an .xlsx with these rows on one sheet."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def lines_of(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a truth file."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        yield from csv.DictReader(handle)
