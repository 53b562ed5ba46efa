"""Every page that somebody may see, in real Chromium: the rules of the screens in all windows and both languages.

One pass asks for the pages (`tests/screens.py`), another looks at them: each is opened once and then taken through the
windows. Axe, and English, come in where a page is met first, and where it has elements that were on no page before.
"""

import mimetypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from playwright.sync_api import Page

from tests.screens import ODD, ROLES, Screen, every_screen
from wuyou.demo.small import SMALL_TODAY
from wuyou.kernel import clock
from wuyou.platform.tests import screen_rules
from wuyou.platform.tests.screen_rules import Breach
from wuyou.platform.tests.tools import pdf_pages, pdf_size, require

pytestmark = pytest.mark.browser

CRITICAL = (
    "aria-allowed-attr", "aria-required-attr", "aria-roles", "aria-valid-attr-value", "button-name", "duplicate-id-aria",
    "html-has-lang", "image-alt", "input-button-name", "label", "link-name", "select-name", "document-title",
)  # fmt: skip
"""What axe calls critical or serious and depends on the words of a language."""


@dataclass(slots=True)
class Stage:
    """A browser's window on a server that shows one screen at a time, with the house's own styles and scripts."""

    page: Page
    server: "_Server"
    noticed: list[Breach]

    def show(self, screen: Screen) -> Page:
        """Open a screen at the width of an office."""
        self.server.screen = screen
        self.page.set_viewport_size({"width": 1366, "height": 768})
        self.page.goto(screen.address)
        return self.page


class _Server(ThreadingHTTPServer):
    screen: Screen


class _Answer(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/static/"):
            self._file(finders.find(path.removeprefix("/static/")))
        elif self.headers.get("Sec-Fetch-Dest") == "document":
            self._send(self.server.screen.html.encode(), dict(self.server.screen.headers))
        else:
            self._send(b"", {"Content-Type": "text/plain"})

    def _file(self, found: Any) -> None:
        if found is None:
            self.send_error(404)
            return
        kind = mimetypes.guess_type(found)[0] or "text/plain"
        self._send(Path(found).read_bytes(), {"Content-Type": kind, "Cache-Control": "max-age=3600"})

    def _send(self, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def screens(_small_built: None, django_db_blocker: Any) -> list[Screen]:
    """Every screen in both languages; whatever the asking wrote is undone."""
    require("chromium")
    with django_db_blocker.unblock(), transaction.atomic(), clock.held_at(SMALL_TODAY):
        found = list(every_screen("zh-hans"))
        found += every_screen("en", like=[screen for screen in found if screen.is_new])
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def stage(screens: list[Screen]) -> Iterator[Stage]:
    """The one server and the one window for all screens, made after the database has answered."""
    server = _Server(("127.0.0.1", 0), _Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    with screen_rules.browser() as chromium:
        page = chromium.new_context(base_url=base).new_page()
        yield Stage(page, server, screen_rules.watch(page, base))
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("role", ROLES)
def test_screens_keep_the_rules_in_every_window(screens: list[Screen], stage: Stage, role: str) -> None:
    reference = screen_rules.PHONE if role == "leader" else screen_rules.DESK
    found = []
    for screen in screens:
        if (screen.role, screen.language) != (role, "zh-hans"):
            continue
        page = stage.show(screen)
        breaches = screen_rules.mistakes(page, ODD) if screen.state == "wrong" else []
        breaches += screen_rules.check_sizes(page, reference, large=screen.is_new)
        breaches += screen_rules.accessibility(page) if screen.is_new else []
        found += [f"{screen}: {breach}" for breach in breaches]
    assert found + [str(breach) for breach in stage.noticed] == []


@pytest.mark.parametrize("role", ROLES)
def test_english_fits_and_so_would_longer_words(screens: list[Screen], stage: Stage, role: str) -> None:
    found = []
    for screen in screens:
        if (screen.role, screen.language) != (role, "en") or not screen.is_new:
            continue
        page = stage.show(screen)
        breaches = screen_rules.accessibility(page, CRITICAL)
        breaches += screen_rules.check_sizes(page) + screen_rules.widened(page)
        found += [f"{screen}: {breach}" for breach in breaches]
    assert found + [str(breach) for breach in stage.noticed] == []


PRINTED = (
    ("city", "shell:units"), ("city", "shell:unit"), ("city", "assessment:unit"), ("city", "assessment:units"),
    ("city", "coverage:counties"), ("city", "coverage:townships"), ("city", "summaries:summary"), ("city", "summaries:figures"),
    ("city", "shell:self_check"), ("auditor", "platform:audit"), ("city", "activities:list"), ("city", "funds:list"),
    ("city", "leadership:staffing"), ("county", "coverage:places"), ("city", "integrity:checks"), ("city", "integrity:check"),
)  # fmt: skip
"""What an office prints, and who does."""


@pytest.mark.parametrize(("role", "name"), PRINTED, ids=[name for _role, name in PRINTED])
def test_an_office_prints_it_on_a4(screens: list[Screen], stage: Stage, tmp_path: Path, role: str, name: str) -> None:
    (screen,) = [s for s in screens if (s.role, s.name, s.state, s.language) == (role, name, "", "zh-hans")]
    page, paper = stage.show(screen), tmp_path / "page.pdf"
    heads = screen_rules.lengthened(page)
    assert [str(breach) for breach in screen_rules.on_paper(page)] == []
    page.pdf(path=paper, prefer_css_page_size=True, print_background=False)
    sheets = pdf_pages(paper)
    bare = [number for number, lines in enumerate(sheets, 1) if len(lines) < 3]
    rows = [number for number, lines in enumerate(sheets, 1) if any(screen_rules.FILLER in line for line in lines)]
    headless = [number for number in rows if not any(heads in line for line in sheets[number - 1])]
    assert (pdf_size(paper), bare, headless, len(rows) > 1 or not heads) == ("A4", [], [], True)
