"""What a batch keeps beside its rows: the workbooks as they came, what was read of each, what is planned. Sealed, for a time.

A workbook stays as long as its batch can be undone, for the copy with its errors marked. What the child process read of it
and the plan serve the steps up to the import, so that no step reads or plans again; after that, or a week later, they go.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Literal

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Refused
from wuyou.platform import files, sealedbytes
from wuyou.platform.imports.book import Book
from wuyou.platform.imports.child import lines_of
from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.models import ImportBatch, ImportFile, StoredFile

UPLOADED, UPLOADED_DAYS = "import", 92
"""Workbooks are kept as long as what is needed for undoing a batch (`ImportedRecord`: three months)."""
MARKED_DAYS = 7
"""Workbooks with their errors marked, to be downloaded; they can be made again."""
WORKING_DAYS = 7
_SPOOL, _PLAN = "spool", "plan"
GONE = "这一批的原表格已到保存期限，不再保留；已导入的记录不受影响，如需继续，请重新上传。"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a batch: as it came, and what was read of it (None: not yet)."""

    name: str
    file: StoredFile
    spool: StoredFile | None = None

    def open(self, mode: Literal["rb"] = "rb") -> IO[bytes]:
        """Return the workbook's bytes, to be read from any place. Raises Refused when they are gone."""
        try:
            return files.opened(self.file)
        except NotFound as gone:
            raise Refused(GONE) from gone

    def book(self) -> Book:
        """Return what is in the file, reading it only when that is not kept. Raises FileRefused, Refused."""
        if self.spool is not None:
            return Book(self.name, files.opened(self.spool))
        with self.open() as source:
            return Book(self.name, sealedbytes.sealed_aside(lines_of(source)))


def kept_files(batch: ImportBatch) -> list[KeptFile]:
    """Return the files of a batch in their order."""
    spools = {spool.name: spool for spool in working_files(batch) if spool.purpose == _purpose(batch, _SPOOL)}
    rows = batch.files.select_related("file").order_by("position", "pk")
    return [KeptFile(row.file.name, row.file, spools.get(str(row.pk))) for row in rows]


def working_files(batch: ImportBatch) -> list[StoredFile]:
    """Return what is kept only until the batch is imported, the oldest first."""
    purposes = [_purpose(batch, what) for what in (_SPOOL, _PLAN)]
    return list(StoredFile.objects.filter(purpose__in=purposes).exclude(key="").order_by("created_at"))


def read_once(actor: Actor, batch: ImportBatch) -> list[StoredFile]:
    """Let every file of a batch be read that was not yet; return what was read of them, to be noted by a service.

    Raises FileRefused for the first file that cannot be read; its word `file` names it. Raises Refused when it is gone.
    """
    known = {file.name for file in working_files(batch) if file.purpose == _purpose(batch, _SPOOL)}
    rows = batch.files.select_related("file").order_by("position", "pk")
    return [_read(actor, batch, row) for row in rows if str(row.pk) not in known]


def _read(actor: Actor, batch: ImportBatch, row: ImportFile) -> StoredFile:
    try:
        with KeptFile(row.file.name, row.file).open() as source:
            return _working(actor, batch, _SPOOL, str(row.pk), lines_of(source))
    except FileRefused as refusal:
        raise FileRefused(refusal.code, **{**refusal.words, "file": row.file.name}) from refusal


def plan_of(batch: ImportBatch) -> StoredFile | None:
    """Return the newest plan of a batch, None when there is none."""
    plans = [file for file in working_files(batch) if file.purpose == _purpose(batch, _PLAN)]
    return plans[-1] if plans else None


def writing_plan(actor: Actor, batch: ImportBatch) -> AbstractContextManager[files.NewFile]:
    """Return the context in which a plan is written."""
    return files.writing(
        actor, name=_PLAN, purpose=_purpose(batch, _PLAN), media_type="application/x-ndjson", path=batch.path,
        days=WORKING_DAYS,
    )  # fmt: skip


def _working(actor: Actor, batch: ImportBatch, what: str, name: str, chunks: Iterable[bytes]) -> StoredFile:
    return files.sealed(
        actor, name=name, chunks=chunks, purpose=_purpose(batch, what), media_type="application/octet-stream",
        path=batch.path, days=WORKING_DAYS,
    )  # fmt: skip


def _purpose(batch: ImportBatch, what: str) -> str:
    return f"{what} {batch.pk.hex}"
