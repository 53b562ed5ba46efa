"""The one way to change anything: a verb of the trade, in one transaction, with an audit row."""

import functools
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction

from wuyou.platform.space import room_or_refuse

P = ParamSpec("P")
R = TypeVar("R")

_READING = frozenset(
    {"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET", "SHOW", "PRAGMA", "EXPLAIN"}
)
_WRITING = re.compile(
    r"""(?<!FOR\ )\b(?: (?:INSERT|REPLACE)\s+(?:OR\s+\w+\s+)?INTO | UPDATE(?:\s+OR\s+\w+)? | DELETE\s+FROM | MERGE\s+INTO
        | TRUNCATE(?:\s+TABLE)? | COPY )\s+(?:ONLY\s+)?"?(?:\w+"?\."?)?(\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
_MACHINE_TABLES = ("platform_", "django_", "account_")


class UnauditedError(AssertionError):
    """A service wrote rows and told the audit trail nothing."""


@dataclass(slots=True)
class _Watch:
    """What one running service wrote by itself, and the audit events it recorded by itself."""

    written: list[str] = field(default_factory=list)
    events: list[int] = field(default_factory=list)


_running: ContextVar[_Watch | None] = ContextVar("running_service", default=None)


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function as one transaction; under `WUYOU_WATCH_AUDIT` fail when it wrote rows and no audit event.

    Raises `Refused` when the disk has less than the guarded room, whatever the function does.

    Tests run with the watch on. It reads the statements, so bulk writes and raw SQL are seen as well; a service that calls
    another answers for its own rows alone, so that neither hides behind the other's event.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        room_or_refuse()
        with transaction.atomic():
            if not settings.WUYOU_WATCH_AUDIT:
                return function(*args, **kwargs)
            return _watched(function, *args, **kwargs)

    run.is_service = True  # type: ignore[attr-defined] # read by the test that lists all services
    return run


def recorded(seq: int) -> None:
    """Tell the running service that an audit event was written for it."""
    watch = _running.get()
    if watch is not None:
        watch.events.append(seq)


def written_table(sql: str) -> str | None:
    """Return the table that a statement writes; None for one that only reads, or writes the machine's own tables."""
    first = sql.lstrip("( \t\r\n").partition(" ")[0].upper()
    found = None if first in _READING else _WRITING.search(sql)
    return found[1] if found and not found[1].startswith(_MACHINE_TABLES) else None


def _watched(function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    own, outermost = _Watch(), _running.get() is None
    token = _running.set(own)
    try:
        if outermost:
            with connection.execute_wrapper(_note):
                result = function(*args, **kwargs)
        else:
            result = function(*args, **kwargs)
    finally:
        _running.reset(token)
    if own.written and not own.events:
        raise UnauditedError(
            f"{function.__module__}.{function.__qualname__} wrote {own.written[0]} without an audit event"
        )
    return result


def _note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    watch, table = _running.get(), written_table(sql)
    if watch is not None and table is not None:
        watch.written.append(table)
    return execute(sql, params, many, context)
