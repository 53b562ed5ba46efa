"""Trying what may be done and what may not: who may leaves one entry in the trail, who may not leaves none."""

from collections.abc import Callable
from typing import Any

import pytest

from wuyou.platform.models import AuditEvent


def answered(answer: Any, act: Callable[[], Any]) -> None:
    """Try an act: it is done and recorded once when `answer` is None, else refused in that way and not recorded."""
    before = AuditEvent.objects.count()
    if answer is None:
        act()
    else:
        with pytest.raises(answer):
            act()
    assert AuditEvent.objects.count() == before + (answer is None)
