"""Large changes in the background: each task loads by id and calls one service."""

from typing import Any

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.platform.jobs import Progress
from wuyou.succession import drafts, services
from wuyou.succession.handover import inventory


def carry_out(actor: Actor, progress: Progress, *, succession_id: int, seen: int) -> dict[str, Any]:
    """Carry a change out. Run twice it does nothing more."""
    draft = drafts.draft(actor, succession_id)
    total, done = inventory.rows_to_move(draft.plan, draft.change.on or clock.today()), 0

    def told(rows: int) -> None:
        nonlocal done
        done = min(done + rows, total)
        progress.tell(done, total)

    services.carry_out(actor=actor, succession_id=succession_id, seen=seen, told=told)
    return {"page": ["succession:result", str(succession_id)]}


def take_back(actor: Actor, progress: Progress, *, succession_id: int, seen: int) -> dict[str, Any]:
    """Take a change back. Run twice it does nothing more."""
    services.take_back(actor=actor, succession_id=succession_id, seen=seen)
    return {"page": ["succession:result", str(succession_id)]}
