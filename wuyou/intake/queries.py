"""Reading batches: an office sees its own and those of the units below it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from wuyou.intake import keeping
from wuyou.intake.batches import Wanted, choices_from
from wuyou.intake.kinds import KINDS
from wuyou.intake.reading import WHOLE
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import queries as orgs
from wuyou.platform.models import ImportBatch, ImportFile, Job, RememberedColumn, StoredFile
from wuyou.platform.permissions import P
from wuyou.platform.scoping import scope


def batches(actor: Actor, limit: int = 100) -> list[ImportBatch]:
    """Return the newest batches that the actor may see."""
    return list(ImportBatch.objects.filter(scope(actor, P.IMPORT)).order_by("-created_at")[:limit])


def batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Return one batch. Raises NotFound; Forbidden when it holds persons whom the actor may not register."""
    found = ImportBatch.objects.filter(scope(actor, P.IMPORT), pk=batch_id).first()
    if found is None:
        raise NotFound
    for name in kinds_of(found):
        if KINDS[name].personal and not actor.can(KINDS[name].needs, found.path):
            raise Forbidden(KINDS[name].needs)
    return found


def kinds_of(found: ImportBatch) -> set[str]:
    """Return the kinds of table that a batch holds as far as it was read, by name."""
    return {table["kind"] for table in found.report.get("tables", ())} & set(KINDS)


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
    files = [(kept.name, kept) for kept in keeping.kept_files(found)]
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
    return earlier.exclude(pk=found.pk).order_by(F("committed_at").desc(nulls_last=True), "pk").first()


def job_of(found: ImportBatch) -> Job | None:
    """Return the newest piece of background work of a batch; None when there was none."""
    return Job.objects.filter(pk=found.job_id).first() if found.job_id else None


def annotated_purpose(found: ImportBatch) -> str:
    """Return what a batch's marked workbooks are kept for."""
    return f"marked {found.pk.hex}"


def marked_name(name: str) -> str:
    """Return what a workbook is called after its errors were marked."""
    path = PurePath(name)
    return f"{path.stem}（已标注问题）{path.suffix}"


def annotated_files(actor: Actor, found: ImportBatch) -> list[StoredFile]:
    """Return the newest marked workbooks of a batch that the actor made, each name once."""
    mine = StoredFile.objects.filter(owner_id=actor.user_id, purpose=annotated_purpose(found)).exclude(key="")
    files = mine.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now())).order_by("created_at")
    return list({file.name: file for file in files}.values())


def file_names(batch_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the files of some batches."""
    found: dict[UUID, list[str]] = {}
    rows = ImportFile.objects.filter(batch__in=list(batch_ids)).order_by("position", "pk")
    for batch_id, name in rows.values_list("batch_id", "file__name"):
        found.setdefault(batch_id, []).append(name)
    return found


def offices(actor: Actor) -> list[tuple[int, str]]:
    """Return the federations on which the actor may import, as (id, name), the widest first."""
    return [(office.pk, office.short_name) for office in orgs.federations(actor, P.IMPORT)]


def read_choices(found: ImportBatch) -> Wanted:
    """Return what finding the tables works on: the kinds that were chosen for whole tables, no single columns."""
    edits = {key: {WHOLE: told[WHOLE]} for key, told in found.mapping.items() if WHOLE in told}
    return replace(wanted(found), edits=edits)
