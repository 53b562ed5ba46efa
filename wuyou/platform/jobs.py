"""Background work: queued with the transaction that asks for it, done by the worker, its progress seen by who asked.

Jobs and their queue are tables of the same database. Progress is a small file under the data directory, as the work
itself may hold the database's only write lock until it commits. Tasks are named in `plugs.JOBS`; arguments are ids.
"""

import json
import logging
import secrets
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext
from django_tasks import task

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refusal, Refused
from wuyou.kernel.sayings import Saying, kept, said
from wuyou.platform.models import Job
from wuyou.platform.plugs import announced

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
BACK_OFF_SECONDS = 30


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
    """Carry one queued job out. Whoever takes it first has it; a repeat of it does no harm.

    A refusal is the job's answer. When the database failed under it, it is tried again later; any other fault would only
    repeat itself and ends it.
    """
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
    if not taken.update(state=Job.State.RUNNING, started_at=clock.now(), attempts=F("attempts") + 1):
        return
    job = Job.objects.get(pk=job_id)
    try:
        result = announced.jobs[job.task].run(announced.actor_of(job.actor_id), Progress(job.id), **job.arguments)
        job.result = json.loads(json.dumps(result))
        job.state = Job.State.DONE
    except Refusal as refusal:
        job.state, job.error = Job.State.FAILED, _kept(*_sayings(refusal))
    except OperationalError:
        log.exception("job %s (%s) was interrupted by the database", job.id, job.task)
        with transaction.atomic():
            _again_or_parked(job, wait=True)
            _finish(job)
        return
    except Exception:
        reference = secrets.token_hex(4).upper()
        log.exception("job %s (%s) failed, reference %s", job.id, job.task, reference)
        job.state = Job.State.FAILED
        text = "系统出错，这项任务没有办成；请把编号 {number} 告诉管理员。"
        job.error = _kept(Saying(text, {"number": reference}))
    _finish(job)


def requeue_broken_off() -> int:
    """Queue again what a killed worker left unfinished; return how many. Called once when the worker starts.

    A job under which the worker died too often is parked, so that it does not take the others down with it.
    """
    with transaction.atomic():
        left = Job.objects.select_for_update().filter(state__in=[Job.State.RUNNING, Job.State.QUEUED])
        jobs = list(left.order_by("queued_at"))
        for job in jobs:
            if job.state == Job.State.RUNNING:
                _again_or_parked(job, wait=False)
                _finish(job)
            else:
                run_job.enqueue(str(job.id))
    return sum(job.state == Job.State.QUEUED for job in jobs)


def _again_or_parked(job: Job, *, wait: bool) -> None:
    job.state, seconds = Job.State.QUEUED, BACK_OFF_SECONDS * job.attempts if wait else 0
    if job.attempts >= MOST_ATTEMPTS:
        job.state = Job.State.FAILED
        text = "这项任务试了 {number} 次都被中断，已不再重试；请告诉管理员，处理好后再办一次。"
        job.error = _kept(Saying(text, {"number": job.attempts}))
        return
    run_job.using(run_after=clock.now() + timedelta(seconds=seconds)).enqueue(str(job.id))


def _finish(job: Job) -> None:
    job.finished_at = None if job.state == Job.State.QUEUED else clock.now()
    job.save(update_fields=["state", "result", "error", "finished_at"])


def why(job: Job) -> str:
    """Return in the reader's language why a job was not done; "" for one that did not fail."""
    try:
        return said(json.loads(job.error), gettext) if job.error else ""
    except ValueError:
        return job.error  # of before there were sayings: a sentence as it was then


def _kept(*sayings: Saying) -> str:
    return json.dumps(kept(sayings), ensure_ascii=False)


def _sayings(refusal: Refusal) -> list[Saying]:
    match refusal:
        case NotFound():
            text = "没有找到要办理的内容，可能已被合并或撤销，也可能不属于您负责的单位；什么都没有改动。"
            return [Saying(text)]
        case Forbidden():
            return [Saying("您的账号没有办理这件事的权限；什么都没有改动，请联系管理员。")]
        case Conflict():
            return [Saying("在办理的时候，别人先保存了修改；没有互相覆盖，请打开后重新办理。")]
        case Refused():
            return [reason.saying for reason in refusal.reasons]
    return [Saying(str(refusal))]
