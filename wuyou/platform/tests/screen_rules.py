"""The rules of the screens that a browser can check, shared by the tests and by tools/screens.py.

Source: design of the screens, rules U1-U9 and S15. `check_page` looks at the page as it stands: size of the window, large
mode and state are the caller's.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
# Nothing but the pages under test: no look-ups of its maker's hosts, no profile kept.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)
PHONE, DESK, SMALL, TABLET = (390, 844), (1366, 768), (320, 700), (768, 1024)
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
PRIMARY = "rgb(11, 92, 173)"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a page breaks, and where."""

    rule: str
    where: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}"


# Runs in the page; one walk, so that a page of a thousand elements is checked in well under a second.
_LOOK = Path(__file__).with_suffix(".js").read_text()
_ROWS = """
() => [...document.querySelectorAll(".rec tbody tr")].filter((row) => {
  const box = row.getBoundingClientRect();
  const tabs = document.querySelector(".tabs");
  const floor = tabs && getComputedStyle(tabs).position === "fixed" ? tabs.getBoundingClientRect().top : innerHeight;
  return box.top >= 0 && box.bottom <= floor;
}).length
"""

_PRIMARY_SHOWN = """
([primary]) => {
  const button = [...document.querySelectorAll("main a, main button")].find((el) =>
    getComputedStyle(el).backgroundColor === primary);
  const tabs = document.querySelector(".tabs");
  const floor = tabs && getComputedStyle(tabs).position === "fixed" ? tabs.getBoundingClientRect().top : innerHeight;
  return !!button && button.getBoundingClientRect().bottom <= floor;
}
"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield headless Chromium that speaks Chinese and asks nobody but the pages under test."""
    with sync_playwright() as playwright:
        speech = {**os.environ, "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), env=speech)
        try:
            yield chromium
        finally:
            chromium.close()


def watch(page: Page, base: str) -> list[Breach]:
    """Return a list that fills, while the page is used, with other hosts asked, policy breaches and script errors."""
    found: list[Breach] = []
    home = urlsplit(base).netloc

    def asked(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != home:
            found.append(Breach("S15", f"asks another host: {address.netloc}"))

    def said(message: Any) -> None:
        if message.type == "error" and "status of" not in message.text:
            found.append(Breach("CSP" if "Content Security Policy" in message.text else "JS", message.text[:200]))

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: found.append(Breach("JS", str(error)[:200])))
    return found


def check_page(page: Page, *, axe: bool = True, skip: Sequence[str] = ()) -> list[Breach]:
    """Return what the page, as it stands, breaks of U1, U3, U4, U5, U9, and of WCAG 2.2 AA by axe."""
    found = [Breach(rule, where) for rule, where in page.evaluate(_LOOK, [PRIMARY])]
    if axe:
        found += accessibility(page)
    return [breach for breach in found if breach.rule not in skip]


def accessibility(page: Page) -> list[Breach]:
    """Return what axe finds against WCAG 2.2 AA (U2)."""
    options = {"runOnly": {"type": "tag", "values": list(AXE_TAGS)}, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    return [Breach("axe", f"{one['id']}: {part['target'][0]}") for one in violations for part in one["nodes"]]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window (U1)."""
    return max(0, int(page.evaluate("() => document.documentElement.scrollWidth - innerWidth")))


def rows_visible(page: Page) -> int:
    """Return how many rows of lists stand whole in the first window (U7: 12 on the desk, U8: 5 on a phone)."""
    return int(page.evaluate(_ROWS))


def primary_visible(page: Page) -> bool:
    """Say whether the filled button stands in the first window (U6)."""
    return bool(page.evaluate(_PRIMARY_SHOWN, [PRIMARY]))
