"""Files given to the system: kept under their uuid outside the web root, given back as attachments to whom they belong."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import transaction

from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import NotFound, Refused
from wuyou.platform.files import ORPHAN_SECONDS, as_attachment, opened, own_file, store, sweep
from wuyou.platform.models import StoredFile
from wuyou.platform.sealedbytes import SealBrokenError
from wuyou.platform.space import NO_SPACE, room_or_refuse

CLERK = Actor(7, "段正清")


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """Keep the files of a test in a folder of its own."""
    settings.WUYOU_DATA = tmp_path
    return tmp_path


def keep(name: str = "侨情.xlsx", *chunks: bytes) -> StoredFile:
    return store(CLERK, name=name, chunks=chunks or (b"ab", b"c"), purpose="import", media_type="text/csv")


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_uuid(db: None, data: Path) -> None:
    file = keep()
    assert (file.name, file.size, file.sha256) == ("侨情.xlsx", 3, hashlib.sha256(b"abc").hexdigest())
    assert (file.owner_id, file.purpose, opened(file).read()) == (7, "import", b"abc")
    assert kept(data) == [data / "files" / file.id.hex[:2] / file.id.hex]


def test_what_is_kept_does_not_stand_in_clear(db: None, data: Path) -> None:
    file = keep("a.csv", b"530399195205030022", b"19900001234" * 9000)
    raw = file.location.read_bytes()
    assert [word for word in (b"530399195205030022", b"19900001234") if word in raw] == []
    assert opened(file).read() == b"530399195205030022" + b"19900001234" * 9000
    assert StoredFile.objects.filter(pk=file.pk).values_list("key", flat=True).get()[:5] == "1.k1."


def test_a_file_whose_row_was_rolled_back_opens_never_again_and_goes(db: None, data: Path) -> None:
    with transaction.atomic():
        keep()
        transaction.set_rollback(True)
    other = keep("b.csv")
    assert len(kept(data)) == 2
    assert sweep() == 0
    with clock.held_at(clock.now() + timedelta(seconds=ORPHAN_SECONDS + 5)):
        assert (sweep(), kept(data), opened(other).read()) == (1, [other.location], b"abc")


def test_bytes_go_when_their_time_has_come_and_the_row_stays(
    db: None, data: Path, django_capture_on_commit_callbacks: Any
) -> None:
    file = store(CLERK, name="a.csv", chunks=[b"abc"], purpose="import", media_type="text/csv", days=7)
    assert (sweep(), opened(file).read()) == (0, b"abc")
    with clock.held_at(clock.now() + timedelta(days=8)), django_capture_on_commit_callbacks(execute=True):
        sweep()
    gone = StoredFile.objects.get()
    assert (kept(data), gone.sha256, gone.key) == ([], hashlib.sha256(b"abc").hexdigest(), "")
    with pytest.raises(NotFound):
        opened(gone)


def test_a_file_that_was_exchanged_for_another_does_not_open(db: None) -> None:
    one, other = keep(), keep()
    other.location.write_bytes(one.location.read_bytes())
    with pytest.raises(SealBrokenError):
        opened(other)


NAMES = (
    ("../../etc/passwd", "passwd"),
    ("C:\\文件\\侨情.xlsx", "侨情.xlsx"),
    ("/", "file"),
    ("", "file"),
    ("..", "file"),
    ("a\x00b\r\nc.csv", "abc.csv"),
    ("\u202ecod.exe", "cod.exe"),
    ("长" * 300, "长" * 200),
)


@pytest.mark.parametrize(("given", "shown"), NAMES)
def test_a_name_is_only_a_name(db: None, data: Path, given: str, shown: str) -> None:
    file = keep(given)
    assert (file.name, len(kept(data))) == (shown, 1)


def test_what_is_not_wholly_received_is_not_kept(db: None, data: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store(CLERK, name="a.csv", chunks=broken(), purpose="import", media_type="text/csv")
    assert (kept(data), StoredFile.objects.count()) == ([], 0)


def test_short_space_is_told_before_anything_is_written(db: None, data: Path, settings: Any) -> None:
    settings.WUYOU_MIN_FREE_BYTES = 1 << 60
    with pytest.raises(Refused) as caught:
        keep()
    assert (str(caught.value), (data / "files").exists()) == (NO_SPACE, False)


def test_enough_space_is_let_pass() -> None:
    room_or_refuse()


def test_a_file_is_its_owner_s_until_it_expires(db: None) -> None:
    file = keep()
    assert own_file(CLERK, file.pk) == file
    for other in (Actor(8, "别人"), Actor(None, "")):
        with pytest.raises(NotFound):
            own_file(other, file.pk)
    file.expires_at = clock.now() + timedelta(hours=24)
    file.save()
    assert own_file(CLERK, file.pk) == file
    with clock.held_at(clock.now() + timedelta(hours=25)), pytest.raises(NotFound):
        own_file(CLERK, file.pk)


def test_a_file_is_downloaded_never_shown(db: None) -> None:
    answer = as_attachment(keep("侨\"情'<svg>.csv"))
    assert b"".join(answer.streaming_content) == b"abc"
    answer.close()
    how, _, name = answer.headers["Content-Disposition"].partition("filename*=UTF-8''")
    assert (how, unquote(name)) == ("attachment; ", "侨\"情'<svg>.csv")
    assert [c for c in name if c in "\"'<>;\r\n "] == []
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert answer.headers["Content-Security-Policy"] == "sandbox"
