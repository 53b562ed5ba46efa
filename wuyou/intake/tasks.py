"""The batch's work in the background: each loads by id and calls one service."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from wuyou.intake import queries, services
from wuyou.intake.batches import run
from wuyou.kernel.actor import Actor
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sentences import file_sentence
from wuyou.platform.jobs import Progress


def check(actor: Actor, progress: Progress, *, batch_id: str) -> dict[str, Any]:
    """Read and plan every row without writing any, and note what was found."""
    found = queries.batch(actor, UUID(batch_id))
    try:
        outcome = run(actor, queries.wanted(found), write=False, told=progress.tell).as_json()
        services.note_reading(actor=actor, batch_id=found.pk, outcome=outcome)
    except FileRefused as refusal:
        services.note_reading(actor=actor, batch_id=found.pk, outcome=None, refusal=file_sentence(refusal))
    return {"url": reverse("imports:batch", args=[found.pk])}


def commit(actor: Actor, progress: Progress, *, batch_id: str) -> dict[str, Any]:
    """Write the batch."""
    services.commit(actor=actor, batch_id=UUID(batch_id), told=progress.tell)
    return {"url": reverse("imports:batch", args=[batch_id])}


def undo(actor: Actor, progress: Progress, *, batch_id: str) -> dict[str, Any]:
    """Take the batch back."""
    number, left = services.undo(actor=actor, batch_id=UUID(batch_id))
    return {"url": reverse("imports:batch", args=[batch_id]), "number": number, "left": left[:100]}
