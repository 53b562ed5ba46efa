"""Keeping the paths of units in step with their placements; called inside a running service, never on its own."""

from collections.abc import Iterable

from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr

from wuyou.orgs.models import Placement, Unit


def follow_placements(unit_ids: Iterable[int]) -> None:
    """Put the units under these, and those placed under them, where their open placements say."""
    wanted = set(unit_ids)
    rows = Placement.objects.filter(Q(unit__parent__in=wanted) | Q(parent__in=wanted), end=None)
    for placed in rows.exclude(unit__parent=F("parent")).select_related("unit", "parent"):
        rebase(placed.unit, placed.parent)


def rebase(unit: Unit, parent: Unit) -> None:
    """Let the paths of a unit and of all below it begin with its parent's."""
    old, fresh = unit.path, f"{parent.path}{unit.pk}/"
    rest = Substr("path", len(old) + 1)
    Unit.objects.filter(path__under=old).update(path=Concat(Value(fresh), rest))
    Unit.objects.filter(pk=unit.pk).update(parent=parent, version=unit.version + 1)
    unit.refresh_from_db()
