"""Trying what may be done and what may not: who may leaves one entry in the trail, who may not leaves none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from wuyou.platform.models import AuditEvent


def answered(answer: Any, act: Callable[[], Any], *tables: type[Model]) -> None:
    """Try an act: it is done and recorded once when `answer` is None, else refused in that way, not recorded, nothing kept.

    `tables` are those whose rows are counted for that, besides the trail.
    """
    before = [table.objects.count() for table in (AuditEvent, *tables)]
    if answer is None:
        act()
        assert AuditEvent.objects.count() == before[0] + 1
        return
    with pytest.raises(answer):
        act()
    assert [table.objects.count() for table in (AuditEvent, *tables)] == before
