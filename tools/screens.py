"""Take pictures of a running house and check the rules of its screens.

    python tools/screens.py                                            # the demonstration city, every page of every role
    python tools/screens.py http://127.0.0.1:8000 --as city:PASSWORD   # every page that this account reaches by links
    python tools/screens.py http://127.0.0.1:8000 --as city:PASSWORD /orgs/ nobody:/

Each page is opened at 390x844 and 1366x768, plain and in the large mode, as the first account unless it is written
`name:/path`; `nobody:/path` is opened without signing in. Besides, its width is checked at 320 and 768. Where no page is
named, links are followed, one address of each form. A table of what was found is printed; the exit code is 1 when a rule
is broken.
"""

import argparse
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from wuyou.platform.frame import LARGE_COOKIE
from wuyou.platform.tests import screen_rules as rules

NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as one person sees it in one window."""

    person: str
    path: str
    size: tuple[int, int]
    large: bool

    @property
    def file_name(self) -> str:
        """The name of its picture."""
        words = re.sub(r"[^\w-]+", "_", self.path).strip("_") or "home"
        return f"{self.person}_{words}_{self.size[0]}{'_large' if self.large else ''}.png"


def visits(pages: Sequence[str], first: str) -> Iterator[Visit]:
    """Yield all views of the pages, person by person and window by window."""
    told = [page.partition(":") if not page.startswith("/") else (first, ":", page) for page in pages]
    for person in dict.fromkeys(person for person, _colon, _path in told):
        for size in (rules.PHONE, rules.DESK, rules.SMALL, rules.TABLET):
            for large in (False, True):
                yield from (Visit(person, path, size, large) for one, _colon, path in told if one == person)


def signed_in(browser: Browser, base: str, visit: Visit, password: str) -> BrowserContext:
    """Return a window of that size and mode, signed in through the sign-in page unless it is nobody's."""
    width, height = visit.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", base_url=base)
    if visit.large:
        context.add_cookies([{"name": LARGE_COOKIE, "value": "1", "url": base}])
    if visit.person != NOBODY:
        page = context.new_page()
        page.goto("/")  # leads to the sign-in page
        page.fill("input[name=login]", visit.person)
        page.fill("input[name=password]", password)
        page.click("main button")
        page.wait_for_load_state("load")
        if page.locator("input[name=password]").count():
            raise SystemExit(f"{visit.person} could not sign in")
        page.close()
    return context


def looked_at(page: Page, visit: Visit, out: Path) -> list[rules.Breach]:
    """Open the page, take its picture at the two reference widths, and return what it breaks."""
    answer = page.goto(visit.path)
    page.wait_for_load_state("load")
    if answer is None or answer.status >= 500:
        return [rules.Breach("page", f"answers {answer.status if answer else 'nothing'}")]
    if visit.size in (rules.SMALL, rules.TABLET):
        over = rules.overflow(page)
        return [rules.Breach("U1", f"{over} px too wide")] if over else []
    found = rules.check_page(page)
    page.screenshot(path=out / visit.file_name, full_page=True)
    return found


def look(base: str, accounts: dict[str, str], pages: Sequence[str], out: Path) -> dict[Visit, list[rules.Breach]]:
    """Return what each view of the pages breaks; `accounts` holds passwords by name, pictures go to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    found: dict[Visit, list[rules.Breach]] = {}
    first = next(iter(accounts), NOBODY)
    with rules.browser() as browser:
        context, page, window = None, None, None
        for visit in visits(pages, first):
            if window != (visit.person, visit.size, visit.large):
                if context:
                    context.close()
                context = signed_in(browser, base, visit, accounts.get(visit.person, ""))
                page, window = context.new_page(), (visit.person, visit.size, visit.large)
                noticed = rules.watch(page, base)
            assert page is not None
            found[visit] = looked_at(page, visit, out) + noticed
            noticed.clear()
        if context:
            context.close()
    return found


def followed(base: str, person: str, password: str, most: int = 60) -> list[str]:
    """Return the pages that a person reaches by links from the first one, one address of each form, in the order met."""
    forms: dict[str, str] = {}
    with rules.browser() as browser:
        context = signed_in(browser, base, Visit(person, "/", rules.DESK, False), password)
        page = context.new_page()
        waiting = ["/"]
        while waiting and len(forms) < most:
            path = waiting.pop(0)
            form = re.sub(r"\d+|[0-9a-f]{8}-[0-9a-f-]+", "N", urlsplit(path).path)
            if form in forms:
                continue
            forms[form] = path
            try:
                page.goto(path)
            except PlaywrightError:  # a download is no page
                del forms[form]
                continue
            links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
            waiting += [link.partition("#")[0] for link in links]
        context.close()
    return [f"{person}:{path}" for path in forms.values()]


@contextmanager
def demonstration() -> Iterator[tuple[str, dict[str, str]]]:
    """Start the demonstration city in a folder of its own; yield its address and its sign-ins, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.txt"
        command = [
            sys.executable,
            "-m",
            "wuyou.config.cli",
            "up",
            "--demo",
            "--port",
            str(port),
            "--data",
            f"{folder}/data",
        ]
        with said.open("w") as out:
            house = subprocess.Popen(command, stdout=out)
        try:
            yield base, _printed_sign_ins(house, said)
        finally:
            house.terminate()
            house.wait(30)


def _printed_sign_ins(house: subprocess.Popen[bytes], said: Path) -> dict[str, str]:
    """Return the passwords by name that the house prints once it is up; wait for them five minutes at most."""
    for _second in range(300):
        found = dict(re.findall(r"^ +\S+\u3000(\w+) / (\S+)\u3000", said.read_text(), re.MULTILINE))
        if found:
            return found
        if house.poll() is not None:
            break
        time.sleep(1)
    raise SystemExit(f"the demonstration city did not start: {said.read_text()}")


def report(found: dict[Visit, list[rules.Breach]]) -> int:
    """Print one line for each view and one for each breach; return the number of breaches."""
    for visit, breaches in found.items():
        mode = "large" if visit.large else ""
        print(f"{visit.person:10} {visit.size[0]:5} {mode:6} {len(breaches) or '':>3} {visit.path}")
        for breach in dict.fromkeys(breaches):
            print(f"{'':28}{breach}")
    total = sum(map(len, found.values()))
    print(f"{len(found)} views, {total} breaches")
    return total


def inspected(base: str, accounts: dict[str, str], pages: Sequence[str], out: Path) -> int:
    """Look at the pages, or at all that can be reached, and print what was found; return the exit code."""
    told = list(pages)
    if not told:
        told = [
            "nobody:/",
            *(page for name in accounts for page in followed(base, name, accounts[name])),
        ]
    return 1 if report(look(base, accounts, told, out)) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", nargs="?", help="address of the running house; without it the demonstration is started")
    parser.add_argument("pages", nargs="*", help="/path, name:/path or nobody:/path")
    parser.add_argument("--as", dest="accounts", action="append", default=[], metavar="NAME:PASSWORD")
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    given = parser.parse_args(arguments)
    if given.base is None:
        with demonstration() as (base, accounts):
            return inspected(base, accounts, (), given.out)
    accounts = dict(account.split(":", 1) for account in given.accounts)
    return inspected("{0.scheme}://{0.netloc}".format(urlsplit(given.base)), accounts, given.pages, given.out)


if __name__ == "__main__":
    sys.exit(main())
