"""Brings a roll of persons in as the worker does: reads, checks, previews, commits. Prints what it took, as one line of JSON.

usage: bringing.py ROLL.xlsx     (the roll is made beforehand by another process, so that its memory is not counted)

`child` is the peak of the reading process as the system tells it of that process (VmHWM): what the system adds up for
children (RUSAGE_CHILDREN) begins with the parent's own memory at the moment of the fork.
"""

import contextlib
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from wuyou.config import installation  # noqa: E402
from wuyou.intake import services, tasks  # noqa: E402
from wuyou.orgs import queries as orgs  # noqa: E402
from wuyou.platform.jobs import Progress  # noqa: E402


def peak(process: str = "self") -> int:
    """Return the most memory that a process ever held, in kB; 0 when it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


class Children(threading.Thread):
    """Looks at this process's children while it lives; `peaks` is the last peak seen of each."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peaks: dict[str, int] = {}

    def run(self) -> None:
        """Look every hundredth of a second."""
        while True:
            for task in Path("/proc/self/task").iterdir():
                with contextlib.suppress(OSError):
                    for child in (task / "children").read_text().split():
                        self.peaks[child] = peak(child) or self.peaks.get(child, 0)
            time.sleep(0.01)


def main(path: Path) -> None:
    """Bring the workbook in, each step as a job of its own does it."""
    children = Children()
    children.start()
    actor = installation.operator()
    office = orgs.federations(actor)[0]
    took: dict[str, float] = {}

    def step(name: str, work: Any) -> Any:
        began = time.monotonic()
        found = work()
        took[name] = round(time.monotonic() - began, 2)
        return found

    with path.open("rb") as handle:
        chunks = iter(lambda: handle.read(1 << 20), b"")
        uploads = [(path.name, chunks)]
        batch = step(
            "receive", lambda: services.receive(actor=actor, uploads=uploads, unit_id=office.pk, kind="persons")
        )
    told, one = Progress(batch.pk), {"batch_id": str(batch.pk)}
    step("read", lambda: tasks.read(actor, told, **one))
    choices = {"ground": "separate_consent", "purpose": "侨情统计和联系服务", "unit_id": office.pk}
    services.choose(actor=actor, batch_id=batch.pk, edits={}, choices=choices)
    step("check", lambda: tasks.check(actor, told, **one))
    step("commit", lambda: tasks.commit(actor, told, **one, all_or_nothing=False))
    cpu = sum(os.times()[:4])
    found = {
        "steps": took,
        "seconds": sum(took.values()),
        "cpu": cpu,
        "parent": peak(),
        "child": max(children.peaks.values()),
    }
    print(json.dumps(found))


main(Path(sys.argv[1]))
