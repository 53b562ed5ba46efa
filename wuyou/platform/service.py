"""The one way to change anything: a verb of the trade, in one transaction, with an audit row."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

_recorded: ContextVar[list[int] | None] = ContextVar("recorded_events", default=None)
_WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")
_MACHINE_TABLES = ("platform_", "django_", "account_", "savepoint")


class UnauditedError(AssertionError):
    """A service wrote rows and told the audit trail nothing."""


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function as one transaction; under `WUYOU_WATCH_AUDIT` fail when it wrote rows and no audit event.

    Tests run with the watch on. It counts writing statements, so bulk writes and raw SQL are seen as well.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            if not settings.WUYOU_WATCH_AUDIT:
                return function(*args, **kwargs)
            return _watched(function, *args, **kwargs)

    run.is_service = True  # type: ignore[attr-defined] # read by the test that lists all services
    return run


def recorded(seq: int) -> None:
    """Tell the running service that an audit event was written for it."""
    events = _recorded.get()
    if events is not None:
        events.append(seq)


def _watched(function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 3)
        if words and words[0].upper() in _WRITES and not any(table in sql[:80] for table in _MACHINE_TABLES):
            written.append(sql[:80])
        return execute(sql, params, many, context)

    outer, events = _recorded.get(), list[int]()
    token = _recorded.set(events)
    try:
        with connection.execute_wrapper(watch):
            result = function(*args, **kwargs)
    finally:
        _recorded.reset(token)
    if outer is not None:
        outer.extend(events)
    if written and not events:
        raise UnauditedError(
            f"{function.__module__}.{function.__qualname__} wrote without an audit event: {written[0]}"
        )
    return result
