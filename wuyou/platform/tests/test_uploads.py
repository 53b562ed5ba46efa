"""Files sent by a browser: never in clear on a disk, whole when they are read, refused before they fill it."""

import contextlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from wuyou.config import urls as site
from wuyou.platform.permissions import public

CANARY = b"530399199001010011"
LARGE = (b"x" * 1000 + CANARY) * 3000
seen: dict[str, Any] = {}


@public("takes a file and looks where it lies")
def take(request: HttpRequest) -> HttpResponse:
    file = request.FILES["sheet"]
    seen["in the clear"] = [name for name, held in _open_files() if CANARY in held]
    seen["read"] = b"".join(file.chunks())
    seen["again"] = (file.seek(1000), file.read(len(CANARY)))
    return HttpResponse(f"{file.name} {file.size} {file.content_type} {file.multiple_chunks()}")


def _open_files() -> list[tuple[str, bytes]]:
    """Return the content of every regular file that this process holds open, nameless ones too."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            if link.is_file():
                found.append((os.readlink(link), link.read_bytes()))
    return found


handler400, handler500 = site.handler400, site.handler500
urlpatterns = [path("take/", take), *site.urlpatterns]


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    seen.clear()


def send(client: Client, name: str, content: bytes) -> Any:
    client.raise_request_exception = False
    return client.post("/take/", {"sheet": SimpleUploadedFile(name, content, "text/csv")})


@pytest.mark.parametrize("content", [b"", CANARY, LARGE], ids=["empty", "small", "large"])
def test_a_file_comes_whole_and_lies_nowhere_in_clear(db: None, client: Client, content: bytes) -> None:
    page = send(client, "../侨情 表.csv", content)
    assert page.content.decode() == f"侨情 表.csv {len(content)} text/csv {len(content) > 64 * 1024}"
    assert (seen["in the clear"], seen["read"]) == ([], content)
    assert seen["again"][1] == (CANARY if content is LARGE else b"")


def test_the_look_into_open_files_would_find_one(tmp_path: Path) -> None:
    with open(tmp_path / "clear", "w+b", buffering=0) as handle:
        handle.write(CANARY)
        assert [name for name, held in _open_files() if CANARY in held] == [str(tmp_path / "clear")]


def test_too_much_is_refused_before_it_is_read(db: None, client: Client, settings: Any) -> None:
    settings.WUYOU_MOST_UPLOADED_BYTES = 1000
    page = send(client, "a.csv", b"x" * 2000)
    assert (page.status_code, "一次提交的内容太大，没有接收。" in page.content.decode(), seen) == (413, True, {})


def test_without_room_nothing_is_taken(db: None, client: Client, settings: Any) -> None:
    settings.WUYOU_MIN_FREE_BYTES = 1 << 60
    page = send(client, "a.csv", CANARY)
    assert (page.status_code, "服务器的存储空间不足，这次没有保存" in page.content.decode(), seen) == (422, True, {})


def test_an_upload_that_breaks_off_leaves_no_open_file(db: None, client: Client) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    client.raise_request_exception = False
    body = b'--b\r\nContent-Disposition: form-data; name="sheet"; filename="a.csv"\r\n\r\n' + LARGE
    client.post("/take/", body, content_type="multipart/form-data; boundary=b")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
