"""What the machine keeps only for a while goes again: ended sessions, answered forms, finished jobs, remains of killed processes.

Records of the trade have terms of their own (`DataCare.keep`); nothing here touches them.
"""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from wuyou.kernel import clock
from wuyou.platform import files
from wuyou.platform.models import Job, OnceKey

A_DAY = timedelta(days=1)


def tidy() -> None:
    """Take away what is past its time. Safe at any moment, and for two at once."""
    now = clock.now()
    files.sweep()
    for folder in ("tmp", "progress"):
        for path in (settings.WUYOU_DATA / folder).glob("*"):
            if path.is_file() and path.stat().st_mtime < (now - A_DAY).timestamp():
                path.unlink(missing_ok=True)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    OnceKey.objects.filter(created_at__lt=now - _kept(OnceKey)).delete()
    Job.objects.filter(finished_at__lt=now - _kept(Job)).delete()
    DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=now - A_DAY).delete()


def _kept(model: Any) -> timedelta:
    return timedelta(days=31 * model.DataCare.keep.number)


@task()
def every_day() -> None:
    """Tidy, and again tomorrow."""
    tidy()
    every_day.using(run_after=clock.now() + A_DAY).enqueue()


def begin() -> None:
    """Tidy when the worker starts, and then every day. A worker that was stopped left a turn behind; there is but one."""
    DBTaskResult.objects.filter(task_path=every_day.module_path, status="READY").delete()
    every_day.enqueue()
