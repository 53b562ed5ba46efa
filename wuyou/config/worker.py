"""The worker process: takes up what a killed worker left, then carries out queued jobs until it is stopped."""

import os

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wuyou.config.settings")


def main() -> None:
    """Run until stopped."""
    django.setup()
    from wuyou.platform import jobs  # noqa: PLC0415 -- models load after setup

    jobs.requeue_broken_off()
    call_command("db_worker", interval=0.3, verbosity=0, startup_delay=False)


if __name__ == "__main__":
    main()
