"""Files given to the system or made by it: kept by uuid outside the web root, sent only as attachments."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext_noop

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Refused
from wuyou.platform.models import StoredFile

NO_SPACE = gettext_noop("服务器的存储空间不足，这次没有保存，原有数据都在；请联系管理员清理空间后再试。")


def room_or_refuse() -> None:
    """Raise `Refused` while less than the guarded space is left, before anything is written."""
    if shutil.disk_usage(settings.WUYOU_DATA).free < settings.WUYOU_MIN_FREE_BYTES:
        raise Refused(NO_SPACE)


def store(
    actor: Actor, *, name: str, chunks: Iterable[bytes], purpose: str, media_type: str, path: str = "/"
) -> StoredFile:
    """Keep a file's bytes and return its row; the row is the caller's to audit. Raises `Refused` when space is short."""
    room_or_refuse()
    file = StoredFile(
        name=_bare(name),
        purpose=purpose,
        media_type=media_type,
        owner_id=actor.user_id,
        path=path,
        created_at=clock.now(),
    )
    file.location.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with open(file.location, "wb") as handle:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                handle.write(chunk)
            handle.flush()
            os.fsync(handle.fileno())
    except BaseException:
        file.location.unlink(missing_ok=True)
        raise
    file.sha256, file.size = digest.hexdigest(), size
    file.save(force_insert=True)
    return file


def _bare(name: str) -> str:
    """Return a file's name without folders and without what cannot be printed."""
    last = "".join(c for c in Path(name.replace("\\", "/")).name if c.isprintable()).strip()
    return last[:200] if last.strip(".") else "file"


def own_file(actor: Actor, file_id: Any) -> StoredFile:
    """Return a file that this actor gave or ordered. Raises `NotFound` for any other."""
    file = StoredFile.objects.filter(pk=file_id, owner_id=actor.user_id).first()
    if file is None or (file.expires_at and file.expires_at < clock.now()):
        raise NotFound
    return file


def as_attachment(file: StoredFile) -> FileResponse:
    """Return the response that downloads a file, never shows it in the page."""
    response = FileResponse(open(file.location, "rb"), content_type=file.media_type)  # noqa: SIM115 -- it closes it
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
