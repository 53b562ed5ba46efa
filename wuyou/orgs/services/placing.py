"""Under which federation a unit is guided, and since when."""

from datetime import date

from django.utils.translation import gettext as _

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Conflict, Difference
from wuyou.orgs import queries
from wuyou.orgs.models import Placement, Unit
from wuyou.orgs.paths import rebase
from wuyou.orgs.permissions import P
from wuyou.platform import audit
from wuyou.platform.service import service


@service
def place_unit(
    *, actor: Actor, unit_id: int, parent_id: int, start: date, document: str = "", seen: int | None = None
) -> Unit:
    """Put a unit, with everything below it, under another federation from a day on. A replay changes nothing.

    Raises: NotFound, Forbidden, Conflict (somebody else changed the unit meanwhile), Refused (under itself, under a
    dissolved office, in the future, before its founding, not after the present placement began).
    """
    hold_tree()
    unit = queries.unit_for_update(actor, unit_id, needs=P.EDIT)
    open_now = unit.placements.filter(end=None).select_related("parent").first()
    if open_now is not None and (open_now.parent_id, open_now.start) == (parent_id, start):
        return unit
    if seen is not None and seen != unit.version:
        raise _conflict(actor, unit, open_now, parent_id)
    move = queries.move(actor, unit_id=unit_id, parent_id=parent_id, start=start)
    parent, present = move.parent, move.present
    if present is not None:
        present.end = start
        present.save(update_fields=["end"])
    Placement.objects.create(unit=unit, parent=parent, start=start, document=document)
    before = unit.path
    rebase(unit, parent)
    told = {"before": before, "parent": parent.pk, "start": str(start), "document": document}
    audit.record(actor, "orgs.unit.placed", unit, path=unit.path, **told)
    return unit


def hold_tree() -> None:
    """Let one at a time change the tree's shape, so that no unit is founded under a path that is just being changed."""
    list(Unit.objects.select_for_update(of=("self",)).filter(parent=None).values_list("pk"))


def _conflict(actor: Actor, unit: Unit, present: Placement | None, parent_id: int) -> Conflict:
    wanted = queries.unit(actor, parent_id, needs=P.FOUND)
    above = str(present.parent) if present is not None else ""
    return Conflict(str(unit), (Difference("parent", _("指导"), above, str(wanted)),), unit.version)
