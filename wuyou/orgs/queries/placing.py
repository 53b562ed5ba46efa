"""What putting a unit under another federation would do, and whether it may be done."""

from dataclasses import dataclass
from datetime import date

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import decide
from wuyou.orgs import rules
from wuyou.orgs.models import Placement, Unit
from wuyou.orgs.permissions import P
from wuyou.orgs.queries.correcting import was_below
from wuyou.orgs.queries.units import unit, visible


@dataclass(frozen=True, slots=True)
class Move:
    """A unit on its way under another federation: its present placement (None = it has none), and its path then.

    `below` is the number of units under it, which come along.
    """

    unit: Unit
    parent: Unit
    present: Placement | None
    path: str
    below: int


def move(actor: Actor, *, unit_id: int, parent_id: int, start: date) -> Move:
    """Return what moving a unit under a federation from a day on does; nothing is written.

    Raises: NotFound, Forbidden, Refused (as `rules.placing_allowed` and `rules.change_dated` decide).
    """
    moved = unit(actor, unit_id, needs=P.EDIT)
    parent = unit(actor, parent_id, needs=P.FOUND)
    present = moved.placements.filter(end=None).select_related("parent").first()
    decide(
        *rules.placing_allowed(
            unit_path=moved.path,
            parent_path=parent.path,
            start=start,
            parent_state=parent.state,
            present=(present.parent.path, present.start) if present is not None else None,
            was_below=was_below(parent.pk, moved.pk, start),
        ).reasons,
        *rules.change_dated(on=start, today=clock.today(), founded=moved.founded, field="start").reasons,
    ).or_refuse()
    below = Unit.objects.filter(path__under=moved.path).exclude(pk=moved.pk).exclude(state=Unit.State.DISSOLVED)
    return Move(moved, parent, present, f"{parent.path}{moved.pk}/", below.count())


def may_be_moved(actor: Actor, moved: Unit) -> bool:
    """Say whether there is another federation under which the actor could put a unit that he may edit."""
    if moved.parent_id is None or not actor.can(P.EDIT, moved.path):
        return False
    offices = visible(actor, P.FOUND).filter(kind__is_federation=True).exclude(state=Unit.State.DISSOLVED)
    return offices.exclude(pk__in=[moved.pk, moved.parent_id]).exists()
