"""Background work: queued with its transaction, done once, told in sentences, taken up again after a kill."""

import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.platform import jobs
from wuyou.platform.jobs import Progress, Standing, after_commit, own_job, requeue_broken_off, run_job, standing
from wuyou.platform.models import Job
from wuyou.platform.plugs import Task, announced
from wuyou.platform.tests.databases import OwnDatabase
from wuyou.platform.views import progress_of

CLERK = Actor(7, "段正清")
NO_RIGHT = "您的账号没有办理这件事的权限；什么都没有改动，请联系管理员。"
NOT_FOUND = "没有找到要办理的内容，可能已被合并或撤销，也可能不属于您负责的单位；什么都没有改动。"
CONFLICT = "在办理的时候，别人先保存了修改；没有互相覆盖，请打开后重新办理。"
WORKER = Worker(
    queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
    worker_id="test", excluded_queue_names=[],
)  # fmt: skip
PARKED = "这项任务试了 3 次都被中断，已不再重试；请告诉管理员，处理好后再办一次。"


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that announces a task of this test under the name "test.work"."""

    def announce(run: Any) -> None:
        monkeypatch.setitem(announced.jobs, "test.work", Task("test.work", "试验", run))

    return announce


def queue(**arguments: Any) -> Job:
    return after_commit(CLERK, "test.work", label="试验", **arguments)


def work() -> None:
    """Do what a worker does until nothing is left that may be done now."""
    while (task_result := DBTaskResult.objects.ready().first()) is not None:
        task_result.claim(WORKER.worker_id)
        WORKER.run_task(task_result)


def outcome(job: Job) -> tuple[str, str, int]:
    job.refresh_from_db()
    return job.state, jobs.why(job), job.attempts


def ready() -> int:
    return DBTaskResult.objects.filter(status="READY").count()


def test_a_job_is_queued_with_its_transaction(db: None, task: Any) -> None:
    task(lambda actor, progress: {})
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert (Job.objects.count(), ready()) == (0, 0)
    job = queue()
    assert (job.state, job.label, job.actor_id, ready()) == ("queued", "试验", 7, 1)


def test_an_unknown_name_is_refused_at_once(db: None) -> None:
    with pytest.raises(KeyError):
        after_commit(CLERK, "test.unknown", label="")
    assert Job.objects.count() == 0


def test_the_worker_does_it_with_rights_as_of_now(db: None, task: Any) -> None:
    seen: list[Any] = []

    def run(actor: Actor, progress: Progress, *, unit: int) -> dict[str, Any]:
        seen.append((actor.user_id, actor.holdings, unit))
        return {"rows": 3}

    task(run)
    job = queue(unit=5)
    work()
    job.refresh_from_db()
    assert (job.state, job.result, job.error, job.attempts) == ("done", {"rows": 3}, "", 1)
    assert job.started_at is not None
    assert job.finished_at is not None
    assert seen == [(None, (), 5)]  # the user is gone meanwhile, and his rights with him


REFUSALS = (
    (Refused("甲没有填写。", "乙没有填写。"), "甲没有填写。乙没有填写。"),
    (NotFound(), NOT_FOUND),
    (Forbidden("orgs.unit.edit"), NO_RIGHT),
    (Conflict("小组", (), 3), CONFLICT),
)


@pytest.mark.parametrize(("refusal", "sentence"), REFUSALS)
def test_a_refusal_is_told_as_a_sentence(db: None, task: Any, refusal: Exception, sentence: str) -> None:
    def run(actor: Actor, progress: Progress) -> dict[str, Any]:
        raise refusal

    task(run)
    job = queue()
    work()
    assert (outcome(job), ready()) == (("failed", sentence, 1), 0)


@pytest.mark.parametrize("result", [lambda: 1 / 0, object])
def test_a_fault_is_told_by_its_reference_and_not_repeated(db: None, task: Any, result: Any, caplog: Any) -> None:
    task(lambda actor, progress: result())
    job = queue()
    work()
    state, error, attempts = outcome(job)
    reference = error.removeprefix("系统出错，这项任务没有办成；请把编号 ").removesuffix(" 告诉管理员。")
    assert (state, attempts, len(reference), ready()) == ("failed", 1, 8, 0)
    assert reference in caplog.text


def test_an_interrupted_job_is_tried_three_times_with_growing_pauses_then_parked(db: None, task: Any) -> None:
    tries: list[int] = []

    def run(actor: Actor, progress: Progress) -> dict[str, Any]:
        tries.append(1)
        raise OperationalError("database is locked")

    task(run)
    job, pauses = queue(), []
    for _ in range(5):
        work()
        waiting = DBTaskResult.objects.filter(status="READY")
        pauses += [round((waiting.get().run_after - clock.now()).total_seconds(), -1)] if waiting else []
        waiting.update(run_after=clock.now() - timedelta(seconds=1))
    assert (outcome(job), len(tries), pauses, ready()) == (("failed", PARKED, 3), 3, [30, 60], 0)


def test_a_job_is_taken_once(db: None, task: Any) -> None:
    tries: list[int] = []
    task(lambda actor, progress: tries.append(1) or {})
    job = queue()
    for _ in range(3):
        run_job.enqueue(str(job.pk))
    work()
    assert (outcome(job)[0], tries) == ("done", [1])


def test_only_who_asked_sees_a_job(db: None, task: Any) -> None:
    task(lambda actor, progress: {})
    job = queue()
    assert own_job(CLERK, job.pk) == job
    for other in (Actor(8, "别人"), Actor(None, "")):
        with pytest.raises(NotFound):
            own_job(other, job.pk)


def test_progress_is_seen_while_it_runs_and_after(db: None, task: Any) -> None:
    seen: list[Standing] = []

    def run(actor: Actor, progress: Progress) -> dict[str, Any]:
        seen.append(standing(job))
        progress.tell(1, 4, "第一步")
        seen.append(standing(job))
        progress.tell(2, 4)  # too soon after the last to be written
        progress.tell(4, 4, "最后一步")
        return {}

    task(run)
    job = queue()
    work()
    assert (seen[0], seen[1].done, seen[1].total, seen[1].percent, seen[1].note) == (Standing(), 1, 4, 25, "第一步")
    assert (standing(job).percent, standing(job).seconds_left, standing(job).note) == (100, 0, "最后一步")


@pytest.mark.parametrize(
    ("result", "url"),
    [({"page": ["platform:job", "00000000-0000-4000-8000-000000000000"]}, True), ({"rows": 3}, False)],
)
def test_a_job_that_names_a_page_leads_there_when_it_is_done(db: None, task: Any, result: Any, url: bool) -> None:
    task(lambda actor, progress: result)
    job = queue()
    assert progress_of(job).result_url == ""
    work()
    job.refresh_from_db()
    assert progress_of(job).result_url == (reverse("platform:job", args=result["page"][1:]) if url else "")


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 100), (5, 3, 100)])
def test_percent(done: int, total: int, percent: int) -> None:
    assert Standing(done, total).percent == percent


def left_by_a_killed_worker(attempts: int) -> Job:
    """Leave a job as a worker leaves it that is killed in the middle: running, its place in the queue used up."""
    job = queue()
    Job.objects.filter(pk=job.pk).update(state="running", attempts=attempts)
    DBTaskResult.objects.update(status="RUNNING")
    return job


def test_what_a_killed_worker_left_is_done(db: None, task: Any) -> None:
    task(lambda actor, progress: {"rows": 1})
    job = left_by_a_killed_worker(1)
    assert (requeue_broken_off(), ready()) == (1, 1)
    work()
    assert outcome(job) == ("done", "", 2)


def test_what_kills_the_worker_each_time_is_parked(db: None, task: Any) -> None:
    task(lambda actor, progress: {})
    job = left_by_a_killed_worker(jobs.MOST_ATTEMPTS)
    assert (requeue_broken_off(), ready(), outcome(job)) == (0, 0, ("failed", PARKED, 3))


def test_what_was_taken_but_not_begun_is_done(db: None, task: Any) -> None:
    task(lambda actor, progress: {})
    job = queue()
    DBTaskResult.objects.update(status="RUNNING")
    assert requeue_broken_off() == 1
    work()
    assert outcome(job) == ("done", "", 1)


def test_a_finished_job_is_not_queued_again(db: None, task: Any) -> None:
    task(lambda actor, progress: {})
    queue()
    work()
    assert (requeue_broken_off(), ready()) == (0, 0)


WORKER_PROGRAM = (
    "import time, django; django.setup()\n"
    "from django.core.management import call_command\n"
    "from wuyou.platform import jobs\n"
    "from wuyou.platform.plugs import Task, announced\n"
    "def slow(actor, progress):\n"
    "    print('begun', flush=True)\n"
    "    time.sleep(60)\n"
    "announced.jobs['test.work'] = Task('test.work', '', slow)\n"
    "jobs.requeue_broken_off()\n"
    "call_command('db_worker', interval=0.1, startup_delay=False, verbosity=0)"
)


def test_a_worker_killed_for_real(own_database: OwnDatabase, task: Any) -> None:
    task(lambda actor, progress: {})
    job = queue()
    for attempt in (1, 2):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER_PROGRAM], env=own_database.environment, stdout=subprocess.PIPE
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"begun\n"
        worker.kill()
        worker.wait()
        worker.stdout.close()
        assert outcome(job) == ("running", "", attempt)
    began = time.monotonic()
    assert requeue_broken_off() == 1
    work()
    assert outcome(job) == ("done", "", 3)
    assert time.monotonic() - began < 60
