"""Background work: queued with the transaction that asks for it, done by the worker, its progress seen by who asked.

Jobs and their queue are tables of the same database. Progress is a small file under the data directory, as the work
itself may hold the database's only write lock until it commits. Tasks are named in `plugs.JOBS`; arguments are ids.
"""

import json
import logging
import time
import traceback
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Refusal
from wuyou.platform.models import Job
from wuyou.platform.plugs import announced

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a job is: done of total (0 = not known yet), seconds left (None = not known), what it is at."""

    done: int = 0
    total: int = 0
    seconds_left: int | None = None
    note: str = ""

    @property
    def percent(self) -> int:
        """Whole percent done, 0..100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class Progress:
    """What a running task tells about how far it is; written at most four times a second."""

    def __init__(self, job_id: uuid.UUID) -> None:
        self._path = settings.WUYOU_DATA / "progress" / f"{job_id}.json"
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._began, self._written = time.monotonic(), 0.0

    def tell(self, done: int, total: int, note: str = "") -> None:
        """Say that `done` of `total` are done."""
        moment = time.monotonic()
        if moment - self._written < 0.25 and done < total:
            return
        self._written = moment
        left = round((moment - self._began) / done * (total - done)) if done else None
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps({"done": done, "total": total, "seconds_left": left, "note": note}))
        fresh.replace(self._path)


def standing(job: Job) -> Standing:
    """Return how far a job is."""
    try:
        return Standing(**json.loads((settings.WUYOU_DATA / "progress" / f"{job.id}.json").read_text()))
    except (OSError, ValueError, TypeError):
        return Standing()


def after_commit(actor: Actor, name: str, *, label: str, **arguments: Any) -> Job:
    """Queue the task of that name with the running transaction and return its job. Raises KeyError on an unknown name."""
    known = announced.jobs[name]
    job = Job.objects.create(
        task=known.name, label=label, actor_id=actor.user_id, arguments=arguments, queued_at=clock.now()
    )
    run_job.enqueue(str(job.id))
    return job


def own_job(actor: Actor, job_id: Any) -> Job:
    """Return a job that this actor asked for. Raises `NotFound` for any other."""
    job = Job.objects.filter(pk=job_id, actor_id=actor.user_id).first()
    if job is None:
        raise NotFound
    return job


@task()
def run_job(job_id: str) -> None:
    """Carry one queued job out; a job that is already done is left alone, so that a repeat does no harm."""
    job = Job.objects.get(pk=job_id)
    if job.state in (Job.State.DONE, Job.State.FAILED):
        return
    job.state, job.started_at = Job.State.RUNNING, clock.now()
    job.save(update_fields=["state", "started_at"])
    try:
        result = announced.jobs[job.task].run(announced.actor_of(job.actor_id), Progress(job.id), **job.arguments)
        job.state, job.result = Job.State.DONE, result
    except Refusal as refusal:
        job.state, job.error = Job.State.FAILED, str(refusal)
    except Exception:
        log.exception("job %s (%s) failed", job.id, job.task)
        job.state, job.error = Job.State.FAILED, traceback.format_exc(limit=3)
    job.finished_at = clock.now()
    job.save(update_fields=["state", "result", "error", "finished_at"])


def requeue_broken_off() -> int:
    """Queue again what was running when the worker was killed; return how many. Called once when the worker starts."""
    with transaction.atomic():
        broken = list(Job.objects.select_for_update().filter(state=Job.State.RUNNING))
        for job in broken:
            job.state = Job.State.QUEUED
            job.save(update_fields=["state"])
            run_job.enqueue(str(job.id))
    return len(broken)
