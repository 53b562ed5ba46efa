"""Files given to the system or made by it: kept sealed by uuid outside the web root, sent only as attachments."""

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.http import FileResponse

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound
from wuyou.platform import sealedbytes
from wuyou.platform.downloads import attachment
from wuyou.platform.models import StoredFile
from wuyou.platform.sealing import Ciphertext
from wuyou.platform.space import room_or_refuse

ORPHAN_SECONDS = 24 * 60 * 60


def store(
    actor: Actor,
    *,
    name: str,
    chunks: Iterable[bytes],
    purpose: str,
    media_type: str,
    path: str = "/",
    days: int | None = None,
) -> StoredFile:
    """Keep a file's bytes and return its row; the row is the caller's to audit. Raises `Refused` when space is short.

    After `days` the bytes go (`sweep`) and the row stays; None keeps them as long as the row.
    """
    file = sealed(actor, name=name, chunks=chunks, purpose=purpose, media_type=media_type, path=path, days=days)
    file.save(force_insert=True)
    return file


def sealed(
    actor: Actor,
    *,
    name: str,
    chunks: Iterable[bytes],
    purpose: str,
    media_type: str,
    path: str = "/",
    days: int | None = None,
) -> StoredFile:
    """Seal a file's bytes on disk and return its row, to be saved by the caller: what takes long needs no transaction.

    Without its row the file opens never again, and `sweep` takes it away. Raises `Refused` when space is short.
    """
    with writing(actor, name=name, purpose=purpose, media_type=media_type, path=path, days=days) as new:
        for chunk in chunks:
            new.write(chunk)
    return new.file


@contextmanager
def writing(
    actor: Actor, *, name: str, purpose: str, media_type: str, path: str = "/", days: int | None = None
) -> Iterator["NewFile"]:
    """Write a file piece by piece, sealed; at the end `file` is its row, to be saved. See `sealed`."""
    room_or_refuse()
    now = clock.now()
    file = StoredFile(
        name=_bare(name),
        purpose=purpose,
        media_type=media_type,
        owner_id=actor.user_id,
        path=path,
        created_at=now,
        expires_at=now + timedelta(days=days) if days is not None else None,
        key=sealedbytes.fresh_key(),
    )
    file.location.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(file.location, "wb") as handle:
            new = NewFile(file, handle)
            yield new
            new.finish()
            handle.flush()
            os.fsync(handle.fileno())
    except BaseException:
        file.location.unlink(missing_ok=True)
        raise


class NewFile:
    """A file that is being written: its row, and where its bytes go."""

    def __init__(self, file: StoredFile, handle: IO[bytes]) -> None:
        self.file, self._digest, self._size = file, hashlib.sha256(), 0
        self._sealing = sealedbytes.Sealing(handle, file.key, str(file.pk))

    def write(self, chunk: bytes) -> None:
        """Add bytes at the end."""
        self._digest.update(chunk)
        self._size += len(chunk)
        self._sealing.write(chunk)

    @property
    def size(self) -> int:
        """How many bytes were written so far."""
        return self._size

    def finish(self) -> None:
        """Seal what is left and note hash and size."""
        self._sealing.finish()
        self.file.sha256, self.file.size = self._digest.hexdigest(), self._size


def opened(file: StoredFile) -> io.BufferedReader:
    """Return a file's clear bytes, to be read from any place. Raises `NotFound` when they are gone.

    Raises SealBrokenError when the file on disk was changed, cut off or exchanged.
    """
    if not file.key:
        raise NotFound
    try:
        handle = open(file.location, "rb")  # noqa: SIM115 -- the reader closes it
    except FileNotFoundError as gone:
        raise NotFound from gone
    return sealedbytes.opened(handle, file.key, str(file.pk))


def let_go(files: Iterable[StoredFile]) -> None:
    """Take the bytes of files away with the running transaction; their rows stay. The key goes first: nothing opens then."""
    for file in files:
        StoredFile.objects.filter(pk=file.pk).update(key=Ciphertext())
        transaction.on_commit(partial(file.location.unlink, missing_ok=True))


def remove(files: Iterable[StoredFile]) -> None:
    """Take files away with the running transaction, rows and bytes."""
    for file in files:
        transaction.on_commit(partial(file.location.unlink, missing_ok=True))
        file.delete()


def sweep() -> int:
    """Take away the bytes of files whose time has come, and files without a row; return how many.

    A file without a row is what a transaction left that was rolled back or killed. Younger than a day it is let be: its row
    may be about to be written.
    """
    number = 0
    with transaction.atomic():
        overdue = list(StoredFile.objects.filter(expires_at__lt=clock.now()).exclude(key=""))
        let_go(overdue)
        number += len(overdue)
    folder = settings.WUYOU_DATA / "files"
    old = [path for path in folder.glob("??/*") if path.stat().st_mtime < clock.now().timestamp() - ORPHAN_SECONDS]
    for start in range(0, len(old), 500):
        some = {path.name: path for path in old[start : start + 500]}
        known = StoredFile.objects.filter(pk__in=[name for name in some if _is_uuid(name)]).exclude(key="")
        for name in some.keys() - {pk.hex for pk in known.values_list("pk", flat=True)}:
            some[name].unlink(missing_ok=True)
            number += 1
    return number


def _is_uuid(name: str) -> bool:
    return len(name) == 32 and all(letter in "0123456789abcdef" for letter in name)


def _bare(name: str) -> str:
    """Return a file's name without folders and without what cannot be printed."""
    last = "".join(c for c in Path(name.replace("\\", "/")).name if c.isprintable()).strip()
    return last[:200] if last.strip(".") else "file"


def own_file(actor: Actor, file_id: Any) -> StoredFile:
    """Return a file that this actor gave or ordered. Raises `NotFound` for any other."""
    file = StoredFile.objects.filter(pk=file_id, owner_id=actor.user_id).exclude(key="").first()
    if file is None or (file.expires_at and file.expires_at < clock.now()):
        raise NotFound
    return file


def as_attachment(file: StoredFile) -> FileResponse:
    """Return the response that downloads a file, never shows it in the page."""
    return attachment(opened(file), file.name, file.media_type)
