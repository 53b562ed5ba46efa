"""A fault of the database tells the log its constraint and its place, and no value of the row."""

import io
import logging
from logging.config import DictConfigurator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from wuyou.config.settings import LOGGING
from wuyou.platform.models import Job

CANARY = "530399199001010011"


@pytest.fixture
def log() -> Any:
    """Return what the site's own settings would write."""
    written = io.StringIO()
    line = dict(LOGGING["formatters"]["line"])  # it is used up
    formatter = DictConfigurator(LOGGING).configure_formatter(line)
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    logger = logging.getLogger("wuyou.test")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def fail(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_broken_constraint_tells_no_value(db: None, log: io.StringIO) -> None:
    job = Job.objects.create(task="x", label=CANARY, queued_at="2025-01-01T00:00:00+08:00")
    try:
        fail(
            "UPDATE platform_job SET state = 'x' WHERE id = %s", job.pk.hex if connection.vendor == "sqlite" else job.pk
        )
    except DatabaseError:
        logging.getLogger("wuyou.test").exception("fault")
    assert ("job_state_known" in log.getvalue(), "Traceback" in log.getvalue()) == (True, True)
    assert CANARY not in log.getvalue()


def test_details_go_and_the_chain_of_causes_stays(log: io.StringIO) -> None:
    try:
        try:
            raise ValueError(
                f"value too bad\nDETAIL:  Failing row contains ({CANARY},\n two lines).\nCONTEXT:  COPY {CANARY}"
            )
        except ValueError as cause:
            raise RuntimeError("second") from cause
    except RuntimeError:
        logging.getLogger("wuyou.test").exception("fault")
    text = log.getvalue()
    assert [word in text for word in ("value too bad", "direct cause", "RuntimeError: second", CANARY)] == [
        True
    ] * 3 + [False]
