"""What is past its time goes, what is not stays, and the turn comes every day once."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from wuyou.kernel import clock
from wuyou.platform import housekeeping
from wuyou.platform.models import Job, OnceKey


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.WUYOU_DATA = tmp_path
    for folder in ("tmp", "progress", "files"):
        (tmp_path / folder).mkdir()
    return tmp_path


def ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def test_what_is_past_its_time_goes_and_the_rest_stays(db: None, data: Path) -> None:
    for name, days in (("old", 2), ("new", 0)):
        for folder in ("tmp", "progress"):
            path = data / folder / name
            path.touch()
            os.utime(path, (ago(days).timestamp(), ago(days).timestamp()))
    for days in (40, 20):
        OnceKey.objects.create(pk=f"{days}", created_at=ago(days))
    for days, finished in ((200, ago(200)), (150, ago(150)), (400, None)):
        Job.objects.create(task="x", label=f"{days}", queued_at=ago(days), finished_at=finished)
    for seconds in (-60, 60):
        session = SessionStore()
        session.set_expiry(seconds)
        session["a"] = seconds
        session.save()
    housekeeping.tidy()
    housekeeping.tidy()
    assert sorted(path.name for path in (data / "tmp").iterdir()) == ["new"]
    assert sorted(path.name for path in (data / "progress").iterdir()) == ["new"]
    assert list(OnceKey.objects.values_list("pk", flat=True)) == ["20"]
    assert sorted(Job.objects.values_list("label", flat=True)) == ["150", "400"]
    assert [row.get_decoded()["a"] for row in Session.objects.all()] == [60]


def test_the_turn_comes_every_day_once(db: None, data: Path) -> None:
    for _ in range(3):
        housekeeping.begin()
    (turn,) = DBTaskResult.objects.filter(status="READY")
    turn.claim("test")
    housekeeping.every_day.func()
    (following,) = DBTaskResult.objects.filter(status="READY")
    assert abs(following.run_after - clock.now() - timedelta(days=1)) < timedelta(minutes=1)


def test_the_queue_s_own_rows_go_after_a_day(db: None, data: Path) -> None:
    for status in ("SUCCESSFUL", "RUNNING", "READY"):
        housekeeping.every_day.enqueue()
        row = DBTaskResult.objects.order_by("-enqueued_at").first()
        DBTaskResult.objects.filter(pk=row.pk).update(status=status, enqueued_at=ago(2))
    housekeeping.tidy()
    assert [row.status for row in DBTaskResult.objects.all()] == ["READY"]
