"""The rules of the screens that a browser can check, shared by the tests and by tools/screens.py.

Source: design of the screens, rules U1-U19, U24 and S15. `check_page` looks at the page as it stands: size of the window,
large mode and state are the caller's; `check_sizes` takes it through all windows.
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
# How much of the first window is left for the rows of a list, in rows of their own height; null where there is no list. A
# page's filled button counts for U6 unless it ends a form.
_FIRST = """
([primary]) => {
  const seen = (el) => el.checkVisibility() && el.getBoundingClientRect().height > 1;
  const tabs = document.querySelector(".tabs");
  const floor = tabs && getComputedStyle(tabs).position === "fixed" ? tabs.getBoundingClientRect().top : innerHeight;
  const action = [...document.querySelectorAll("main a, main button")].find((el) => seen(el)
    && getComputedStyle(el).backgroundColor === primary);
  const form = action?.closest("form");
  const ends = form && [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].some(seen);
  const list = document.querySelector("main .q + .rec, main .q + p + .rec");
  const rows = list ? [...list.querySelectorAll("tbody tr")].filter(seen) : [];
  const heights = rows.map((row) => row.getBoundingClientRect().height).sort((a, b) => a - b);
  const room = rows.length ? (floor - rows[0].getBoundingClientRect().top) / heights[Math.floor(heights.length / 2)] : null;
  return {
    action: !action || ends || action.getBoundingClientRect().bottom <= floor,
    rows: room, list: list?.querySelector("caption")?.textContent || "the list",
  };
}
"""

_MISTAKES = """
([typed]) => {
  const out = [];
  const top = document.querySelector("main .es");
  if (!top) return ["no summary of errors"];
  if (document.activeElement !== top) out.push("the summary has not the focus");
  if (!/^(错误：|Error: )/.test(document.title)) out.push(`the title says nothing: ${document.title}`);
  for (const link of top.querySelectorAll("a")) {
    const box = document.getElementById((link.getAttribute("href") || "").slice(1));
    if (!box) out.push(`leads nowhere: ${link.textContent}`);
    else if (!(box.closest(".f, fieldset, .consent") || document.body).textContent.includes(link.textContent.trim())) {
      out.push(`not said at its field: ${link.textContent}`);
    }
  }
  for (const box of document.querySelectorAll("main form[method=post] :is(input:not([type]), input[type=text], textarea)")) {
    if (box.name && box.checkVisibility() && box.value !== typed) out.push(`lost what was typed: ${box.name} “${box.value}”`);
  }
  return out;
}
"""

_LENGTHEN = """
([filler]) => {
  const table = document.querySelector("main .rec table");
  const row = table?.querySelector("tbody tr");
  if (!row) return "";
  for (let n = 0; n < 80; n++) {
    const more = row.cloneNode(true);
    more.cells[0].textContent = `${filler}${n}`;
    row.parentElement.append(more);
  }
  return table.querySelector("thead th").textContent.trim();
}
"""

_ON_PAPER = """
() => [...document.querySelectorAll("button, .btn, .top, .side, .tabs, .foot, .q, input, select, textarea")]
  .filter((el) => el.checkVisibility() && el.getBoundingClientRect().height > 1)
  .map((el) => `${el.tagName.toLowerCase()} “${el.textContent.trim().slice(0, 30)}”`)
"""

_WIDEN = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const label = text.parentElement.closest(
      "button, .btn, a, label, legend, th, h1, h2, .tag, caption, dt, nav, summary, .where");
    const words = text.data.trim();
    if (!label || !words || /[\u4e00-\u9fff]/.test(words)) continue;
    text.data = text.data.trimEnd() + " " + words.slice(0, Math.ceil(0.4 * words.length));
  }
}
"""

_CLIPPED = """
() => {
  const out = [];
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) out.push(`${over} px too wide`);
  for (const el of document.querySelectorAll("button, .btn, .tag, .tabs a, .side a, h1")) {
    if (!el.checkVisibility() || el.closest(".tw.wide, .sr")) continue;
    if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 3) {
      if (getComputedStyle(el).display !== "inline") out.push(`words do not fit: “${el.textContent.trim().slice(0, 40)}”`);
    }
  }
  return out;
}
"""

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


def check_sizes(page: Page, reference: tuple[int, int] | None = None, *, large: bool = True) -> list[Breach]:
    """Return what the open page breaks in any window: at both reference sizes, the phone in the large mode, 320 and 768.

    With the `reference` size of its people also what they see without scrolling: main action (U6), rows of a list (U7, U8).
    Without `large` the large mode is only looked at for its width.
    """
    found: dict[Breach, None] = {}
    for size, is_large in ((DESK, False), (TABLET, False), (SMALL, False), (PHONE, False), (PHONE, True)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate("(on) => document.documentElement.classList.toggle('large', on)", is_large)
        if size in (TABLET, SMALL) or (is_large and not large):
            over = overflow(page)
            seen = [Breach("U1", f"{over} px too wide")] if over else []
        else:
            seen = check_page(page, axe=False)
            seen += _first_window(page, size, reference) if reference and not is_large else []
        found |= {Breach(one.rule, f"{one.where} at {size[0]}{' large' if is_large else ''}"): None for one in seen}
    page.evaluate("() => document.documentElement.classList.remove('large')")
    return list(found)


def _first_window(page: Page, size: tuple[int, int], reference: tuple[int, int]) -> list[Breach]:
    """Return what is missing from what one sees without scrolling."""
    seen = page.evaluate(_FIRST, [PRIMARY])
    found = []
    if size == reference and not seen["action"]:
        found.append(Breach("U6", "the main action is below the first window"))
    least = 12 if size == DESK else 5
    counts = size in (PHONE, reference) and seen["rows"] is not None
    if counts and seen["rows"] < least:
        found.append(Breach("U7" if size == DESK else "U8", f"room for {seen['rows']:.1f} rows of {seen['list']}"))
    return found


def mistakes(page: Page, typed: str) -> list[Breach]:
    """Return what a page shown again after a faulty form breaks of U11; `typed` is what stood in its boxes."""
    return [Breach("U11", where) for where in page.evaluate(_MISTAKES, [typed])]


def widened(page: Page) -> list[Breach]:
    """Return what breaks when every label is two fifths longer (U24): overflow, and buttons that hide their words."""
    page.evaluate(_WIDEN)
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        found += [Breach("U24", f"{where} at {size[0]}") for where in page.evaluate(_CLIPPED)]
    return found


FILLER = "续表行"


def lengthened(page: Page) -> str:
    """Make the page's first table several sheets long; return the words of its first column's head, "" without a table.

    The rows that were added say `FILLER`.
    """
    return str(page.evaluate(_LENGTHEN, [FILLER]))


def on_paper(page: Page) -> list[Breach]:
    """Return what would be printed and is of no use on paper (U20): buttons, menus, boxes to type in."""
    page.emulate_media(media="print")
    found = [Breach("U20", where) for where in page.evaluate(_ON_PAPER)]
    page.emulate_media(media="null")
    return found


def accessibility(page: Page, rules: Sequence[str] = ()) -> list[Breach]:
    """Return what axe finds against WCAG 2.2 AA (U2), or against the given rules only."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(AXE_TAGS)}
    options = {"runOnly": only, "resultTypes": ["violations"]}
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
