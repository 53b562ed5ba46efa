"""The only door through which time enters, so that a test or a replay can hold it still."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

_held: ContextVar[datetime | None] = ContextVar("held_time", default=None)


def now() -> datetime:
    """Return this instant, with the time zone of China."""
    return _held.get() or datetime.now(CHINA)


def today() -> date:
    """Return the day it is in China."""
    return now().date()


@contextlib.contextmanager
def held_at(moment: datetime | date) -> Iterator[None]:
    """Hold the clock at a moment (a day means its noon in China) until the block ends."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=CHINA)
    token = _held.set(moment.astimezone(CHINA))
    try:
        yield
    finally:
        _held.reset(token)
