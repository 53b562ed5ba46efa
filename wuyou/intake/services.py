"""The verbs of a batch: receive, note what was read, choose, commit, undo. Commit and undo are one transaction each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import ProtectedError

from wuyou.intake import queries
from wuyou.intake.batches import Outcome, Told, Wanted, run
from wuyou.intake.planning import Action, Stored
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, Reason, Refused
from wuyou.orgs import queries as orgs
from wuyou.people import counting
from wuyou.platform import audit, datacare, files
from wuyou.platform.models import ImportBatch, ImportedRecord, ImportFile, RememberedColumn, StoredFile
from wuyou.platform.permissions import P
from wuyou.platform.service import service

MOST_FILES = 20
_ROWS_AT_ONCE = 500


@service
def receive(
    *, actor: Actor, uploads: Sequence[tuple[str, Iterable[bytes]]], unit_id: int, kind: str = ""
) -> ImportBatch:
    """Keep the files of a new batch with their hashes. Raises: Forbidden, NotFound, Refused (none, too many, no space)."""
    office = orgs.unit(actor, unit_id)
    if not actor.can(P.IMPORT, office.path):
        raise Forbidden(P.IMPORT)
    if not 1 <= len(uploads) <= MOST_FILES:
        raise Refused(Reason(f"请选择 1 到 {MOST_FILES} 个表格文件。", "files"))
    batch = ImportBatch.objects.create(
        kind=kind, actor_id=actor.user_id, path=office.path, unit_id=office.pk, created_at=clock.now()
    )
    for position, (name, chunks) in enumerate(uploads):
        file = files.store(
            actor, name=name, chunks=chunks, purpose="import", media_type="application/octet-stream", path=office.path
        )
        ImportFile.objects.create(batch=batch, file=file, position=position)
    audit.record(actor, "intake.batch.received", batch, path=office.path, files=len(uploads), kind=kind)
    return batch


@service
def note_reading(*, actor: Actor, batch_id: UUID, outcome: Mapping[str, Any] | None, refusal: str = "") -> ImportBatch:
    """Note what reading or checking a batch found, or why it cannot be read. Raises NotFound."""
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state in (ImportBatch.State.COMMITTED, ImportBatch.State.UNDONE):
        return batch
    if outcome is None:
        batch.state, batch.report = ImportBatch.State.REFUSED, {"refusal": refusal}
    else:
        batch.state, batch.report = ImportBatch.State.CHECKED, dict(outcome)
        batch.counts = dict(outcome["counts"])
    batch.save(update_fields=["state", "report", "counts"])
    audit.record(actor, "intake.batch.read", batch, path=batch.path, state=batch.state)
    return batch


@service
def choose(
    *, actor: Actor, batch_id: UUID, edits: Mapping[str, Mapping[str, str]], choices: Mapping[str, Any]
) -> ImportBatch:
    """Keep what the office chose: columns, purpose, ground; the batch is then to be checked anew. Raises NotFound, Refused."""
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state in (ImportBatch.State.COMMITTED, ImportBatch.State.UNDONE):
        raise Refused("这一批已经导入，不能再改列的对应；如需更改，请先撤销这一批。")
    batch.mapping, batch.choices = {key: dict(value) for key, value in edits.items()}, dict(choices)
    batch.save(update_fields=["mapping", "choices"])
    audit.record(actor, "intake.batch.chosen", batch, path=batch.path, ground=choices.get("ground", ""))
    return batch


@service
def commit(*, actor: Actor, batch_id: UUID, told: Told | None = None, said: Any = None) -> Outcome:
    """Write a batch's rows in one transaction; all of it is there afterwards, or nothing.

    A batch that is already committed is left alone and its counts are returned. Raises: NotFound, Forbidden, Refused
    (undone already, no purpose for personal data, nothing to take), FileRefused.
    """
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state == ImportBatch.State.COMMITTED:
        return Outcome(counts={}, tables=batch.report.get("tables", []))
    if batch.state == ImportBatch.State.UNDONE:
        raise Refused("这一批已经撤销；请重新上传表格。")
    wanted = queries.wanted(batch)
    outcome = run(actor, wanted, write=True, told=told, said=said)
    _keep_records(batch, outcome.stored)
    batch.state, batch.committed_at = ImportBatch.State.COMMITTED, clock.now()
    batch.report = outcome.as_json()
    batch.counts = batch.report["counts"]
    batch.save(update_fields=["state", "committed_at", "report", "counts"])
    _remember(batch, wanted)
    audit.record(actor, "intake.batch.committed", batch, path=batch.path, counts=batch.counts, rows=len(outcome.stored))
    return outcome


@service
def undo(*, actor: Actor, batch_id: UUID) -> tuple[int, list[str]]:
    """Take a committed batch back: new records go, changed ones get their former values, later edits stay.

    Returns how many records were taken back, and a sentence for each that was not. Raises NotFound, Refused.
    """
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state != ImportBatch.State.COMMITTED:
        raise Refused("只有已经导入的批次可以撤销。")
    undoing = _Undoing(batch)
    undoing.restore_changed()
    undoing.remove_new()
    counting.recount(undoing.divisions)
    batch.state, batch.undone_at = ImportBatch.State.UNDONE, clock.now()
    batch.save(update_fields=["state", "undone_at"])
    audit.record(
        actor, "intake.batch.undone", batch, path=batch.path, taken_back=undoing.number, left=len(undoing.left)
    )
    return undoing.number, undoing.left


def _keep_records(batch: ImportBatch, stored: Sequence[Stored]) -> None:
    ImportedRecord.objects.bulk_create(
        (
            ImportedRecord(
                batch=batch, file=s.ref.file, sheet=s.ref.sheet[:60], row=s.ref.number, object_kind=s.object_kind,
                object_id=s.object_id, action=s.action.value, before=dict(s.before), after_version=s.after_version,
            )
            for s in stored
        ),
        batch_size=_ROWS_AT_ONCE,
    )  # fmt: skip


def _remember(batch: ImportBatch, wanted: Wanted) -> None:
    """Remember how this office's headers were understood where it chose otherwise than proposed."""
    for table in batch.report.get("tables", ()):
        chosen = wanted.edits.get(table["key"], {})
        for column in table["columns"]:
            if column["column"] in chosen and column["header"]:
                RememberedColumn.objects.update_or_create(
                    path=batch.path, kind=table["kind"], header=column["header"][:120],
                    defaults={"field": chosen[column["column"]], "used_at": clock.now()},
                )  # fmt: skip


class _Undoing:
    """Walks what a batch wrote, last first."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch, self.number = batch, 0
        self.left: list[str] = []
        self.divisions: set[int | None] = set()

    def restore_changed(self) -> None:
        """Give changed records their former values back where nobody edited them since."""
        for record in self.batch.records.filter(action=Action.CHANGED).order_by("-pk").iterator():
            thing = _model(record.object_kind)._base_manager.filter(pk=record.object_id).first()
            if thing is None:
                continue
            if getattr(thing, "version", record.after_version) != record.after_version:
                self.left.append(f"{thing}：导入后又被修改过，没有恢复原值。")
                continue
            self.divisions |= {getattr(thing, "division_id", None)}
            restored(thing, record.before)
            self.divisions |= {getattr(thing, "division_id", None)}
            self.number += 1

    def remove_new(self) -> None:
        """Take away what the batch brought, dependent rows before those they depend on."""
        edited = self._edited_since()
        for model in _with_batch():
            rows = model._base_manager.filter(source_batch=self.batch.pk)
            kind = model._meta.label_lower
            kept = edited.get(kind, set())
            if any(field.name == "division" for field in model._meta.local_fields):
                self.divisions |= set(rows.values_list("division_id", flat=True))
            for pk in rows.exclude(pk__in=kept).values_list("pk", flat=True) if kept else ():
                self._remove(model, pk)
            if not kept:
                self._remove_all(model, rows)
            self.left += [f"{thing}：导入后又被修改过，保留。" for thing in rows.filter(pk__in=kept)]

    def _remove_all(self, model: Any, rows: Any) -> None:
        try:
            self.number += rows.delete()[1].get(model._meta.label, 0)
        except ProtectedError:
            for pk in list(rows.values_list("pk", flat=True)):
                self._remove(model, pk)

    def _remove(self, model: Any, pk: int) -> None:
        thing = model._base_manager.get(pk=pk)
        try:
            thing.delete()
            self.number += 1
        except ProtectedError:
            self.left.append(f"{thing}：后来的记录用到了它，保留。")

    def _edited_since(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for record in self.batch.records.filter(action=Action.NEW).order_by("object_kind").iterator():
            model = _model(record.object_kind)
            if not any(field.name == "version" for field in model._meta.local_fields):
                continue
            found.setdefault(record.object_kind, set())
        for kind in found:
            versions = dict(_model(kind)._base_manager.filter(source_batch=self.batch.pk).values_list("pk", "version"))
            rows = self.batch.records.filter(object_kind=kind, action=Action.NEW).values_list(
                "object_id", "after_version"
            )
            found[kind] = {pk for pk, version in rows if versions.get(pk, version) != version}
        return found


def restored(thing: Any, before: Mapping[str, Any]) -> None:
    """Set a record's former values and save it; sealed texts are set as they were sealed."""
    for name, value in before.items():
        field = thing._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
        if isinstance(field, models.ForeignKey) and not name.endswith("_id"):
            related = field.related_model._base_manager.filter(code=value).first() if isinstance(value, str) else None
            setattr(thing, name, related)
        else:
            thing.__dict__[name] = queries.as_sealed(field, value)
    thing.version += 1
    thing.save()


def _model(kind: str) -> type[models.Model]:
    return apps.get_model(kind)


def _with_batch() -> list[type[models.Model]]:
    """Return the tables whose rows carry their batch, those that depend on others first (upper packages first)."""
    found = [m for m in datacare.own_models() if any(f.name == "source_batch" for f in m._meta.local_fields)]
    order = {m: n for n, m in enumerate(found)}
    last = {"people.person": 2, "orgs.unit": 3}
    return sorted(found, key=lambda m: (last.get(m._meta.label_lower, 1), order[m]))


def stored_file(batch: ImportBatch, position: int) -> StoredFile:
    """Return one of a batch's files."""
    return batch.files.select_related("file").get(position=position).file
