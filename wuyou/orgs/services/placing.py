"""Under which federation a unit is guided, and since when."""

from datetime import date

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused
from wuyou.orgs import queries, rules
from wuyou.orgs.models import Placement, Unit
from wuyou.orgs.permissions import P
from wuyou.platform import audit
from wuyou.platform.service import service


@service
def place_unit(*, actor: Actor, unit_id: int, parent_id: int, start: date) -> Unit:
    """Put a unit, with everything below it, under another federation from a day on.

    Raises: NotFound, Forbidden, Refused (under itself, before its founding, not after the present placement began).
    """
    hold_tree()
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    parent = queries.unit_alone(actor, parent_id, needs=P.FOUND)
    rules.placing_allowed(unit_path=unit.path, parent_path=parent.path, start=start, founded=unit.founded).or_refuse()
    present = unit.placements.filter(end=None).first()
    if present is not None and present.start and present.start >= start:
        raise Refused(Reason("起始日期不晚于现有指导关系的起始日期，没有保存；请核对日期。", "start"))
    if present is not None:
        present.end = start
        present.save(update_fields=["end"])
    Placement.objects.create(unit=unit, parent=parent, start=start)
    before = unit.path
    _rebase(unit, parent)
    audit.record(actor, "orgs.unit.placed", unit, path=unit.path, before=before, parent=parent.pk, start=str(start))
    return unit


def hold_tree() -> None:
    """Let one at a time change the tree's shape, so that no unit is founded under a path that is just being changed."""
    list(Unit.objects.select_for_update(of=("self",)).filter(parent=None).values_list("pk"))


def _rebase(unit: Unit, parent: Unit) -> None:
    old, fresh = unit.path, f"{parent.path}{unit.pk}/"
    below = list(Unit.objects.filter(path__under=old))
    for item in below:
        item.path = fresh + item.path[len(old) :]
    Unit.objects.bulk_update(below, ["path"], batch_size=500)
    Unit.objects.filter(pk=unit.pk).update(parent=parent, version=unit.version + 1)
    unit.refresh_from_db()
