"""Optimistic locking: a form carries the version it was filled from; a later save by somebody else is a conflict."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from wuyou.kernel.digits import whole
from wuyou.kernel.refusals import Conflict, Difference


class Versioned(models.Model):
    """A row with a version that grows by one on each change made through a form."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def version_seen(posted: Mapping[str, Any]) -> int | None:
    """Return the version that a form was filled from; None when what it says is none."""
    return whole(posted.get("version"), longest=9)


def claim(row: Versioned, seen: int | None, wanted: dict[str, Any]) -> None:
    """Raise `Conflict` when the row is newer than the version seen; otherwise raise its version by one, unsaved.

    The row is locked until the transaction ends, and read again when somebody saved it since it was read. `wanted` is what
    this edit wants, by field name; fields on which both agree are no difference. None as `seen` means that the caller
    holds no older copy (imports, commands).
    """
    held = type(row)._default_manager.select_for_update()
    if held.values_list("version", flat=True).get(pk=row.pk) != row.version:
        row.refresh_from_db()
    if seen is not None and row.version != seen:
        raise Conflict(str(row), _differences(row, wanted), row.version)
    row.version += 1


def _differences(row: models.Model, wanted: dict[str, Any]) -> tuple[Difference, ...]:
    found = []
    for name, value in wanted.items():
        field = row._meta.get_field(name)
        theirs = getattr(row, name)
        if theirs != value:
            label = str(getattr(field, "verbose_name", name))
            found.append(Difference(name, label, _shown(field, theirs), _shown(field, value)))
    return tuple(found)


def _shown(field: Any, value: Any) -> str:
    """Return a field's value as people read it: a choice by its word, a link by what it leads to."""
    if value is None:
        return ""
    if field.is_relation and not isinstance(value, models.Model):
        value = field.related_model._default_manager.filter(pk=value).first()
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(dict(field.flatchoices).get(value, value))
