"""Sample pages that show every component, for looking at and for the rules of the screens; all content is invented."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import django_htmx
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from wuyou.platform.tests.gallery import samples

HERE = Path(__file__).parent
STATIC = (Path(__file__).parents[2] / "static", Path(django_htmx.__file__).parent / "static")
PROGRESS = '{% load ui %}{% progress job "/progress" %}'
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"


def page(name: str, *, large: bool = False) -> str:
    """Return one sample page as HTML."""
    template, context = samples.PAGES[name]
    request = RequestFactory().get(f"/{name}.html", {"page": "3", "sort": "name"})
    if template == "409":
        request = RequestFactory().post(f"/{name}.html", {"address": "和平里 12 号", "version": "3"})
    path = HERE / f"{template}.html"
    shown: dict[str, Any] = {"frame": samples.frame(template, large), **context()}
    source = path.read_text() if path.exists() else f'{{% extends "platform/errors/{template}.html" %}}'
    return engines["django"].from_string(source).render(shown, request)


def write(site: Path) -> list[str]:
    """Write all sample pages, plain and large, with the static files; return their paths on the server."""
    for folder in STATIC:
        shutil.copytree(folder, site / "static", dirs_exist_ok=True)
    for name in samples.PAGES:
        (site / f"{name}.html").write_text(page(name))
        (site / f"{name}-large.html").write_text(page(name, large=True))
    (site / "progress").write_text(str(engines["django"].from_string(PROGRESS).render(samples.parts())))
    return [f"/{name}.html" for name in samples.PAGES]


class _Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder with the house's content policy; yield its base address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def shown(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    """Return what a piece of template shows, without the spaces between its tags."""
    text = engines["django"].from_string("{% load ui %}" + source).render(context, request)
    return re.sub(r">\s+<", "><", text.strip())


def get(query: str = "") -> HttpRequest:
    """Return a request for a list with that query."""
    return RequestFactory().get(f"/orgs/{query}")
