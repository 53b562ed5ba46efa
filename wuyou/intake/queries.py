"""Reading batches: an office sees its own and those of the units below it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from wuyou.intake.batches import Wanted, choices_from
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound
from wuyou.platform.models import ImportBatch, RememberedColumn
from wuyou.platform.permissions import P
from wuyou.platform.scoping import scope


def batches(actor: Actor, limit: int = 100) -> list[ImportBatch]:
    """Return the newest batches that the actor may see."""
    return list(ImportBatch.objects.filter(scope(actor, P.IMPORT)).order_by("-created_at")[:limit])


def batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Return one batch. Raises NotFound."""
    found = ImportBatch.objects.filter(scope(actor, P.IMPORT), pk=batch_id).first()
    if found is None:
        raise NotFound
    return found


def batch_for_update(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Return one batch, locked until the transaction ends. Raises NotFound."""
    batch(actor, batch_id)
    return ImportBatch.objects.select_for_update().get(pk=batch_id)


def batch_numbered(actor: Actor, number: str) -> ImportBatch | None:
    """Return the batch of that number, None when there is none that the actor may see."""
    try:
        return batch(actor, UUID(number))
    except (ValueError, NotFound):
        return None


def columns_found(found: ImportBatch) -> list[dict[str, Any]]:
    """Return the tables with their columns and samples as the first reading found them."""
    tables: list[dict[str, Any]] = found.report.get("columns") or found.report.get("tables", [])
    return tables


def wanted(found: ImportBatch, *, all_or_nothing: bool | None = None) -> Wanted:
    """Return what a pass over a batch works on; `all_or_nothing` overrides what was chosen."""
    files = [(f.file.name, f.file.location) for f in found.files.select_related("file").order_by("position", "pk")]
    choices = choices_from({"unit_id": found.unit_id, **found.choices})
    if all_or_nothing is not None:
        choices = replace(choices, all_or_nothing=all_or_nothing)
    return Wanted(found.pk, files, choices, found.kind, found.mapping, remembered(found.path))


def remembered(path: str) -> Mapping[str, Mapping[str, str]]:
    """Return what an office chose before, as kind -> {header: field}."""
    known: dict[str, dict[str, str]] = {}
    for kind, header, field in RememberedColumn.objects.filter(path=path).values_list("kind", "header", "field"):
        known.setdefault(kind, {})[header] = field
    return known


def same_file_before(actor: Actor, found: ImportBatch) -> ImportBatch | None:
    """Return an earlier committed batch with one of these very files; None when there is none."""
    hashes = list(found.files.values_list("file__sha256", flat=True))
    earlier = ImportBatch.objects.filter(
        scope(actor, P.IMPORT), state=ImportBatch.State.COMMITTED, files__file__sha256__in=hashes
    )
    return earlier.exclude(pk=found.pk).order_by("-committed_at").first()
