"""The verbs of a batch: receive, note what was read, choose, commit, undo. Commit and undo are one transaction each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from wuyou.intake import keeping, queries
from wuyou.intake.batches import Outcome, Told, Wanted, allowed_or_refuse, run, whole_or_refuse
from wuyou.intake.choosing import differences
from wuyou.intake.kinds import KINDS
from wuyou.intake.planning import Stored, Writer
from wuyou.intake.plans import Plan, standing_plan
from wuyou.intake.undoing import Undoing
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Conflict, Forbidden, Reason, Refused
from wuyou.kernel.sayings import Saying, kept
from wuyou.orgs import ledger as org_ledger
from wuyou.orgs import queries as orgs
from wuyou.platform import audit, jobs, rows
from wuyou.platform import files as stored_files
from wuyou.platform.imports.words import plain_header
from wuyou.platform.models import ImportBatch, ImportedRecord, ImportFile, Job, RememberedColumn, StoredFile
from wuyou.platform.permissions import P
from wuyou.platform.plugs import announced
from wuyou.platform.service import service

MOST_FILES = 20
OPEN = (ImportBatch.State.UPLOADED, ImportBatch.State.READ, ImportBatch.State.CHECKED)


@service
def receive(
    *, actor: Actor, uploads: Sequence[tuple[str, Iterable[bytes]]], unit_id: int, kind: str = ""
) -> ImportBatch:
    """Keep the files of a new batch with their hashes. Raises: Forbidden, NotFound, Refused (none, too many, no space)."""
    office = orgs.unit(actor, unit_id)
    if not actor.can(P.IMPORT, office.path):
        raise Forbidden(P.IMPORT)
    if not 1 <= len(uploads) <= MOST_FILES:
        raise Refused(Reason("请选择 1 到 {most} 个表格文件。", "sheets", words={"most": MOST_FILES}))
    batch = ImportBatch.objects.create(
        kind=kind, actor_id=actor.user_id, path=office.path, unit_id=office.pk, created_at=clock.now()
    )
    for position, (name, chunks) in enumerate(uploads):
        file = stored_files.store(
            actor, name=name, chunks=chunks, purpose=keeping.UPLOADED, media_type="application/octet-stream",
            path=office.path, days=keeping.UPLOADED_DAYS,
        )  # fmt: skip
        ImportFile.objects.create(batch=batch, file=file, position=position)
    audit.record(actor, "intake.batch.received", batch, path=office.path, files=len(uploads), kind=kind)
    return batch


@service
def start(*, actor: Actor, batch_id: UUID, task: str, seen: int | None = None, **arguments: Any) -> Job:
    """Queue a step of a batch for the worker, once: while one is under way it is returned.

    `seen` is the version of the batch that was on the page, None where nothing depends on it. Raises NotFound, Refused
    (somebody chose otherwise since it was shown).
    """
    batch = queries.batch_for_update(actor, batch_id)
    if seen is not None and seen != batch.version:
        raise Refused("在您查看预览之后，有人改了这一批的列或用途，什么都没有导入；请返回这一批，重新看过预览再导入。")
    running = queries.job_of(batch)
    if running is not None and running.state in (Job.State.QUEUED, Job.State.RUNNING):
        return running
    label = str(announced.jobs[task].label)
    job = jobs.after_commit(actor, task, label=label, batch_id=str(batch.pk), **arguments)
    batch.job_id = job.pk
    batch.save(update_fields=["job_id"])
    return job


@service
def keep_working(*, actor: Actor, batch_id: UUID, files: Sequence[StoredFile]) -> None:
    """Note what a step wrote for the next ones; in place of what it wrote before. Raises NotFound."""
    batch = queries.batch_for_update(actor, batch_id)
    names = {(file.purpose, file.name) for file in files}
    stored_files.remove(old for old in keeping.working_files(batch) if (old.purpose, old.name) in names)
    for file in files:
        file.save(force_insert=True)


@service
def note_read(*, actor: Actor, batch_id: UUID, found: Mapping[str, Any]) -> ImportBatch:
    """Note which tables and columns the files hold, and which earlier batch they continue. Raises NotFound."""
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state not in OPEN:
        return batch
    batch.state, batch.report = ImportBatch.State.READ, dict(found)
    earlier = queries.batch_numbered(actor, str(found.get("continues", "")))
    batch.continues = earlier.pk if earlier is not None else None
    if earlier is not None and not batch.choices:
        batch.choices = earlier.choices
    batch.save(update_fields=["state", "report", "continues", "choices"])
    audit.record(actor, "intake.batch.read", batch, path=batch.path)
    return batch


@service
def note_refused(*, actor: Actor, batch_id: UUID, saying: Saying) -> ImportBatch:
    """Note why the files cannot be read; the batch then ends. Raises NotFound."""
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state not in OPEN:
        return batch
    batch.state, batch.report = ImportBatch.State.REFUSED, {"refusal": kept(saying)}
    batch.save(update_fields=["state", "report"])
    stored_files.remove(keeping.working_files(batch))
    audit.record(actor, "intake.batch.refused", batch, path=batch.path)
    return batch


@service
def note_checked(*, actor: Actor, batch_id: UUID, outcome: Outcome) -> ImportBatch:
    """Note what checking every row found. Raises NotFound."""
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state not in OPEN:
        return batch
    batch.state = ImportBatch.State.CHECKED
    batch.report = {**outcome.as_json(), "columns": queries.columns_found(batch)}
    batch.counts = batch.report["counts"]
    batch.save(update_fields=["state", "report", "counts"])
    audit.record(actor, "intake.batch.checked", batch, path=batch.path, counts=batch.counts)
    return batch


@service
def choose(
    *,
    actor: Actor,
    batch_id: UUID,
    edits: Mapping[str, Mapping[str, str]],
    choices: Mapping[str, Any],
    seen: int | None = None,
) -> ImportBatch:
    """Keep what the office chose: columns, purpose, ground; the batch is then to be checked anew.

    `seen` is the version that the form was filled from, None for a caller without one. Raises: NotFound, Refused (imported
    or undone already), Conflict (somebody chose meanwhile).
    """
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state not in OPEN:
        raise Refused("这一批已经导入，不能再改列的对应；如需更改，请先撤销这一批。")
    if seen is not None and seen != batch.version:
        raise Conflict(
            "、".join(queries.file_names([batch.pk]).get(batch.pk, ())) or str(batch.pk),
            differences(batch, edits, choices),
            batch.version,
        )
    batch.version += 1
    batch.mapping, batch.choices = {key: dict(value) for key, value in edits.items()}, dict(choices)
    batch.state = ImportBatch.State.READ
    batch.report = {"tables": queries.columns_found(batch)}
    batch.save(update_fields=["mapping", "choices", "state", "report", "version"])
    audit.record(actor, "intake.batch.chosen", batch, path=batch.path, ground=choices.get("ground", ""))
    return batch


@service
def commit(
    *, actor: Actor, batch_id: UUID, told: Told | None = None, said: Any = None, all_or_nothing: bool | None = None
) -> Outcome:
    """Write a batch's rows in one transaction; all of it is there afterwards, or nothing.

    The plan that was previewed is carried out while it stands; else the rows are read and planned as they are written.
    Imports wait for each other, so that two of them never bring the same thing twice. A batch that is already committed
    is left alone. `all_or_nothing` overrides what was chosen: one row that cannot be taken then keeps all others back.
    Raises: NotFound, Forbidden, Refused (undone already, no purpose for personal data, rows that cannot be taken, nothing to
    take), FileRefused.
    """
    hold_imports()
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state == ImportBatch.State.COMMITTED:
        return Outcome(tables=batch.report.get("tables", []))
    if batch.state == ImportBatch.State.UNDONE:
        raise Refused("这一批已经撤销；请重新上传表格。")
    wanted = queries.wanted(batch, all_or_nothing=all_or_nothing)
    plan = standing_plan(actor, batch)
    if plan is not None:
        with plan:
            outcome = _carried_out(actor, batch, wanted, plan, told)
    else:
        org_ledger.hold(actor)
        outcome = run(actor, wanted, write=True, told=told, said=said, keep=partial(_keep_records, batch))
    if not outcome.counts:
        raise Refused("表格里没有认出可以导入的内容，什么都没有导入；请在“列的对应”里选择表格的类型。")
    batch.state, batch.committed_at = ImportBatch.State.COMMITTED, clock.now()
    batch.report = outcome.as_json()
    batch.counts = batch.report["counts"]
    batch.save(update_fields=["state", "committed_at", "report", "counts"])
    _remember(batch, wanted)
    stored_files.remove(keeping.working_files(batch))
    audit.record(actor, "intake.batch.committed", batch, path=batch.path, counts=batch.counts, rows=outcome.stored)
    return outcome


@service
def undo(*, actor: Actor, batch_id: UUID) -> tuple[int, list[Any]]:
    """Take a committed batch back: new records go, changed ones get their former values, later edits stay.

    Returns how many records were taken back, and a saying for each that was not; a batch undone already tells that again.
    Raises NotFound, Refused.
    """
    hold_imports()
    batch = queries.batch_for_update(actor, batch_id)
    if batch.state == ImportBatch.State.UNDONE:
        return batch.report.get("taken_back", 0), batch.report.get("left", [])
    if batch.state != ImportBatch.State.COMMITTED:
        raise Refused("只有已经导入的批次可以撤销。")
    org_ledger.hold(actor)
    undoing = Undoing(batch)
    undoing.run()
    batch.state, batch.undone_at = ImportBatch.State.UNDONE, clock.now()
    left = kept(undoing.left)
    batch.report = {**batch.report, "taken_back": undoing.number, "left": left}
    batch.save(update_fields=["state", "undone_at", "report"])
    audit.record(actor, "intake.batch.undone", batch, path=batch.path, taken_back=undoing.number, left=len(left))
    return undoing.number, left


@service
def keep_annotated(*, actor: Actor, batch_id: UUID, files: Sequence[tuple[str, Iterable[bytes]]]) -> list[StoredFile]:
    """Keep the batch's workbooks with their errors marked, for whoever asked to download. Raises NotFound, Refused."""
    batch = queries.batch_for_update(actor, batch_id)
    kept = [
        stored_files.store(
            actor, name=queries.marked_name(name), chunks=chunks, purpose=queries.annotated_purpose(batch),
            media_type="application/octet-stream", path=batch.path, days=keeping.MARKED_DAYS,
        )
        for name, chunks in files
    ]  # fmt: skip
    audit.record(actor, "intake.batch.annotated", batch, path=batch.path, files=len(kept))
    return kept


def _carried_out(actor: Actor, batch: ImportBatch, wanted: Wanted, plan: Plan, told: Told | None) -> Outcome:
    """Write what was planned."""
    outcome, total, done = plan.outcome(), plan.rows, 0
    whole_or_refuse(outcome, wanted.choices)
    writers: dict[str, Writer] = {}
    for kind in outcome.counts:
        allowed_or_refuse(actor, kind, wanted.choices, write=True)
    for kind, planned in plan.parts():
        if kind not in writers:
            make = KINDS[kind].writer
            assert make is not None  # only such kinds are planned ahead
            writers[kind] = make(actor, wanted.choices, batch.pk)
        stored = writers[kind].store(planned)
        _keep_records(batch, stored)
        outcome.stored += len(stored)
        done += len(planned)
        if told:
            told(done, total, "")
    for writer in writers.values():
        writer.close()
    return outcome


def hold_imports() -> None:
    """Wait until no other import writes, until the transaction ends; SQLite's one writer waits by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('wuyou.intake'))")


def _keep_records(batch: ImportBatch, stored: Sequence[Stored]) -> None:
    numbers = rows.fresh_numbers(ImportedRecord, len(stored))
    rows.insert(
        ImportedRecord,
        {"batch_id": batch.pk},
        (
            {
                "id": number, "file": s.ref.file, "sheet": s.ref.sheet[:60], "row": s.ref.number,
                "object_kind": s.object_kind, "object_id": s.object_id, "action": s.action.value,
                "before": json.dumps(dict(s.before), ensure_ascii=False), "after_version": s.after_version,
            }
            for number, s in zip(numbers, stored, strict=True)
        ),
    )  # fmt: skip


def _remember(batch: ImportBatch, wanted: Wanted) -> None:
    """Remember how this office's headers were understood where it chose otherwise than proposed."""
    for table in batch.report.get("tables", ()):
        chosen = wanted.edits.get(table["key"], {})
        for column in table["columns"]:
            if column["column"] in chosen and column["header"]:
                RememberedColumn.objects.update_or_create(
                    path=batch.path, kind=table["kind"], header=plain_header(column["header"])[:120],
                    defaults={"field": chosen[column["column"]], "used_at": clock.now()},
                )  # fmt: skip
