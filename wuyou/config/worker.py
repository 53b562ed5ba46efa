"""The worker process: takes up what a killed worker left, then carries out queued jobs until it is stopped."""

import fcntl
import os
import sys
from typing import IO

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wuyou.config.settings")


def main() -> None:
    """Run until stopped; a second worker on the same data directory says so and ends, as it would take up running jobs."""
    django.setup()
    from wuyou.platform import housekeeping, jobs  # noqa: PLC0415 -- models load after setup

    held = _only_one()
    if held is None:
        print("这个数据目录已有一个后台进程在运行，没有再启动一个。", file=sys.stderr)
        return
    jobs.requeue_broken_off()
    housekeeping.begin()
    call_command("db_worker", interval=0.3, verbosity=0, startup_delay=False)


def _only_one() -> IO[str] | None:
    """Return the lock that makes this the only worker, None when there is one already."""
    from django.conf import settings  # noqa: PLC0415 -- after setup

    handle = (settings.WUYOU_DATA / "worker.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


if __name__ == "__main__":
    main()
