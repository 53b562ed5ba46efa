"""Brings a roll of persons in as the worker does: reads, checks, previews, commits. Prints seconds and peak memory."""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.conf import settings  # noqa: E402

from wuyou.config import installation  # noqa: E402
from wuyou.intake import services, tasks  # noqa: E402
from wuyou.intake.tests.rolls import write_roll  # noqa: E402
from wuyou.orgs import queries as orgs  # noqa: E402
from wuyou.platform.jobs import Progress  # noqa: E402


def main(rows: int) -> None:
    """Write the workbook (not counted), then bring it in."""
    path = settings.WUYOU_DATA / "roll.xlsx"
    write_roll(path, rows)
    actor = installation.operator()
    office = orgs.federations(actor)[0]
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    with path.open("rb") as handle:
        chunks = iter(lambda: handle.read(1 << 20), b"")
        batch = services.receive(actor=actor, uploads=[(path.name, chunks)], unit_id=office.pk, kind="persons")
    told, one = Progress(batch.pk), {"batch_id": str(batch.pk)}
    tasks.read(actor, told, **one)
    choices = {"ground": "separate_consent", "purpose": "侨情统计和联系服务", "unit_id": office.pk}
    services.choose(actor=actor, batch_id=batch.pk, edits={}, choices=choices)
    tasks.check(actor, told, **one)
    tasks.commit(actor, told, **one, all_or_nothing=False)
    seconds = time.monotonic() - began
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(base, seconds, parent, child)


main(int(sys.argv[1]))
