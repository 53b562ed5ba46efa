"""Bringing a batch in: planned first, while others go on working, then written, which holds the database but shortly."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from wuyou.intake import keeping, queries, services
from wuyou.intake.batches import Outcome, Told, run_over
from wuyou.intake.plans import PlanFile, can_be_kept, standing_plan
from wuyou.kernel.actor import Actor
from wuyou.platform import rows
from wuyou.platform.imports.reader import CellLine
from wuyou.platform.models import ImportBatch

Listener = Callable[[list[CellLine]], None]


def bring_in(
    actor: Actor,
    batch_id: UUID,
    *,
    told: Told | None = None,
    said: Listener | None = None,
    all_or_nothing: bool | None = None,
) -> Outcome:
    """Write a batch: by the plan that was previewed while it stands, else by a fresh one, made before anything is locked.

    What cannot be planned ahead is planned by `services.commit` while it writes; so is a batch whose plan falls between the
    two. `said` is given the cell lines of the rows that are read here. Raises what `services.commit` raises.
    """
    with _by_the_hundred_thousand():
        return _brought_in(actor, batch_id, told, said, all_or_nothing)


@contextmanager
def _by_the_hundred_thousand() -> Iterator[None]:
    """Work through many rows in little memory and time: they make no cycles, for which Python would look every 700 things."""
    rows.hold_little()
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _brought_in(
    actor: Actor, batch_id: UUID, told: Told | None, said: Listener | None, all_or_nothing: bool | None
) -> Outcome:
    batch = queries.batch(actor, batch_id)
    read_once(actor, batch)
    plan = standing_plan(actor, batch) if said is None else None
    if plan is not None:
        plan.close()
    elif batch.state in services.OPEN and _plan_ahead(actor, batch, told, said):
        said = None
    return services.commit(actor=actor, batch_id=batch_id, told=told, said=said, all_or_nothing=all_or_nothing)


def checked(actor: Actor, batch: ImportBatch, told: Told | None = None) -> Outcome:
    """Read and plan every row without writing any, and keep the plan. Raises FileRefused, Forbidden, Refused."""
    with _by_the_hundred_thousand():
        read_once(actor, batch)
        with queries.wanted(batch).opened() as files:
            return _planned(actor, batch, files, told, None)


def read_once(actor: Actor, batch: ImportBatch) -> None:
    """Let every file of a batch be read that was not yet. Raises FileRefused, Refused."""
    if batch.state in services.OPEN and (fresh := keeping.read_once(actor, batch)):
        services.keep_working(actor=actor, batch_id=batch.pk, files=fresh)


def _plan_ahead(actor: Actor, batch: ImportBatch, told: Told | None, said: Listener | None) -> bool:
    """Plan a batch if its plan can be kept, and say whether it was."""
    with queries.wanted(batch).opened() as files:
        if not can_be_kept(files):
            return False
        _planned(actor, batch, files, told, said)
        return True


def _planned(actor: Actor, batch: ImportBatch, files: Any, told: Told | None, said: Listener | None) -> Outcome:
    wanted = queries.wanted(batch)
    if not can_be_kept(files):
        return run_over(files, actor, wanted, write=False, told=told, said=said)
    with PlanFile(actor, batch) as plan:
        outcome = run_over(files, actor, wanted, write=False, told=told, said=said, note=plan.add)
        plan.finish(outcome)
    services.keep_working(actor=actor, batch_id=batch.pk, files=[plan.file])
    return outcome
