"""The batch's work in the background: each loads by id and calls one service."""

from typing import Any
from uuid import UUID

from wuyou.intake import committing, queries, services
from wuyou.intake.annotating import annotated
from wuyou.intake.batches import looked_at
from wuyou.kernel.actor import Actor
from wuyou.kernel.sayings import Saying
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sentences import file_saying
from wuyou.platform.jobs import Progress


def read(actor: Actor, progress: Progress, *, batch_id: str) -> dict[str, Any]:
    """Find the tables and columns of the files, or note why a file cannot be read."""
    found = queries.batch(actor, UUID(batch_id))
    try:
        committing.read_once(actor, found)
        services.note_read(actor=actor, batch_id=found.pk, found=looked_at(queries.read_choices(found)))
    except FileRefused as refusal:
        services.note_refused(actor=actor, batch_id=found.pk, saying=refusal_saying(refusal))
    return _to(batch_id)


def check(actor: Actor, progress: Progress, *, batch_id: str) -> dict[str, Any]:
    """Read and plan every row without writing any, and note what was found."""
    found = queries.batch(actor, UUID(batch_id))
    try:
        outcome = committing.checked(actor, found, progress.tell)
        services.note_checked(actor=actor, batch_id=found.pk, outcome=outcome)
    except FileRefused as refusal:
        services.note_refused(actor=actor, batch_id=found.pk, saying=refusal_saying(refusal))
    return _to(batch_id)


def commit(actor: Actor, progress: Progress, *, batch_id: str, all_or_nothing: bool) -> dict[str, Any]:
    """Write the batch."""
    committing.bring_in(actor, UUID(batch_id), told=progress.tell, all_or_nothing=all_or_nothing)
    return _to(batch_id)


def undo(actor: Actor, progress: Progress, *, batch_id: str) -> dict[str, Any]:
    """Take the batch back."""
    services.undo(actor=actor, batch_id=UUID(batch_id))
    return _to(batch_id)


def annotate(actor: Actor, progress: Progress, *, batch_id: str) -> dict[str, Any]:
    """Make the batch's workbooks with their errors marked, to be downloaded by whoever asked."""
    found = queries.batch(actor, UUID(batch_id))
    with annotated(actor, queries.wanted(found), told=progress.tell) as marked:
        services.keep_annotated(actor=actor, batch_id=found.pk, files=marked)
    return _to(batch_id)


def refusal_saying(refusal: FileRefused) -> Saying:
    """Return why a file was not read, with the file's name in front."""
    name, why = refusal.words.get("file", ""), file_saying(refusal)
    return Saying("{file}：{why}", {"file": name, "why": why}) if name else why


def _to(batch_id: str) -> dict[str, Any]:
    return {"page": ["imports:batch", batch_id]}
