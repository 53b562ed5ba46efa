"""Every screen that somebody may see: the pages of the resolver as each role, their forms typed wrong, and some states.

Made like the permission matrix from the URL resolver and the samples, so that no page can be forgotten. The pages are
asked for once, in the small world; what a browser then makes of them needs neither server nor database.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.test import Client

from tests import import_steps
from tests.forms import NOT_PRESSED
from tests.matrix import Page, expected, pages
from tests.samples import SAMPLES, Sample
from wuyou.accounts.models import User
from wuyou.config import urls as site
from wuyou.demo.factories import actor_for
from wuyou.kernel.actor import Actor

ROLES = ("", "leader", "county", "city", "auditor", "admin")
"""Nobody signed in, the leader of one group, the county's and the city's officer, the auditor, the administrator."""
ODD = "试填的内容"
"""What is typed into every box of a form, to see that nothing typed is lost."""
NOTHING = "没有这样的名字"
SEARCHED = ("shell:units", "people:list", "activities:list", "funds:list")
"""Lists that are also looked at when nothing matches."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A page as somebody sees it; `state` is "" as it opens, "wrong" after a faulty form, "none" when nothing is found,
    "full" with everything that a page of the import can show.

    `is_new`: the first of its page, or one with elements that none had before.
    """

    role: str
    name: str
    address: str
    html: str
    state: str = ""
    language: str = settings.LANGUAGE_CODE
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    is_new: bool = False

    def __str__(self) -> str:
        state = f" ({self.state})" if self.state else ""
        return f"{self.name}{state} as {self.role or 'nobody'} in {self.language}"

    @property
    def elements(self) -> frozenset[str]:
        """The sorts of elements on it, by tag and classes: what axe can tell apart."""
        marked = re.findall(r'<([a-z0-9]+)(?:\s[^<>]*?\bclass="([^"]*)")?', self.html)
        return frozenset(f"{tag}.{css}" for tag, css in marked)


def every_screen(language: str, like: Sequence[Screen] = ()) -> Iterator[Screen]:
    """Yield all screens in a language, role by role, or only those `like` others; what the requests write is undone."""
    wanted = {(screen.role, screen.name) for screen in like}
    met: set[Any] = set()
    samples = {word: make() for word, make in SAMPLES.items()}
    for role in ROLES:
        actor = actor_for(role) if role else Actor(None, "")
        cookies = _cookies(role, language)
        for page in pages(site.urlpatterns):
            address = _open_address(page, role, actor, samples)
            if not address or (like and (role, str(page)) not in wanted):
                continue
            asked = Screen(role, str(page), address, "", language=language)
            for screen in _screens(cookies, asked, met):
                own = {screen.name, *screen.elements}
                yield replace(screen, is_new=not own <= met)
                met |= {*own, (screen.name, screen.state)}
    yield from _import_screens(language, wanted)


def _import_screens(language: str, wanted: set[tuple[str, str]]) -> Iterator[Screen]:
    """Yield the pages of the import wizard as they are when workbooks had much to say; all count as new."""
    cookies = _cookies(import_steps.USER, language)
    with transaction.atomic():
        found = []
        for state, address in import_steps.at_every_step():
            asked = Screen(import_steps.USER, f"import {state}", address, "", language=language)
            found.append((asked, _seen(cookies, asked, "get", state="full")))
        transaction.set_rollback(True)
    for asked, screen in found:
        if screen is None:
            raise AssertionError(f"{asked} shows no page at {asked.address}")
        if not wanted or (screen.role, screen.name) in wanted:
            yield replace(screen, is_new=True)


def _cookies(role: str, language: str) -> SimpleCookie:
    client = Client()
    if role:
        client.force_login(User.objects.get(username=role), settings.AUTHENTICATION_BACKENDS[0])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.cookies


def _open_address(page: Page, role: str, actor: Actor, known: Mapping[str, tuple[Sample, ...]]) -> str:
    """Return an address at which the page is open to the role, "" when there is none."""
    for samples in itertools.product(*(known[word] for word in page.words)):
        if expected(page, role, actor, samples) == "open":
            return page.address(samples)
    return ""


def _screens(cookies: SimpleCookie, asked: Screen, met: set[Any]) -> Iterator[Screen]:
    plain = _seen(cookies, asked, "get")
    if plain is None:
        return
    yield plain
    if asked.name in SEARCHED:
        query = urlencode({"q": NOTHING, "name": NOTHING})
        found = _seen(cookies, asked, "get", address=f"{asked.address}?{query}", state="none")
        yield from [found] if found else []
    form = Boxes.of(plain.html)
    if form.typed and (asked.name, "wrong") not in met:  # a form typed wrong looks alike for all
        wrong = _seen(cookies, asked, "post", sent=form.typed, state="wrong")
        if wrong and 'class="es"' in wrong.html:
            yield wrong


def _seen(
    cookies: SimpleCookie, asked: Screen, method: str, *, sent: Any = None, address: str = "", state: str = ""
) -> Screen | None:
    """Return what the browser would show; None for what is no page (a file, a fragment, a way on)."""
    client = Client()
    client.cookies = cookies.copy()  # signing out, too, is undone
    with transaction.atomic():
        answer = getattr(client, method)(address or asked.address, sent)
        told = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    html = told.decode(errors="replace")
    if answer.status_code != 200 or not html.lstrip().startswith("<!doctype html>"):
        return None
    headers = {name: value for name, value in answer.headers.items() if name.startswith("Content-")}
    headers.pop("Content-Length", None)
    return Screen(asked.role, asked.name, address or asked.address, html, state, asked.language, headers)


class Boxes(HTMLParser):
    """The boxes of the form in a page's main part; `typed` has something odd in each that one can type into."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}
        self._main = self._posting = False

    @classmethod
    def of(cls, html: str) -> "Boxes":
        """Read a page."""
        boxes = cls()
        boxes.feed(html)
        return boxes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a box."""
        told = dict(attrs)
        if tag == "main":
            self._main = True
        elif tag == "form":
            self._posting = self._main and told.get("method") == "post"
        elif self._posting and tag in ("input", "textarea", "button") and told.get("name"):
            name, kind = str(told["name"]), told.get("type") or "text"
            if name in NOT_PRESSED:
                return
            if kind in ("hidden", "submit"):
                self.typed.setdefault(name, told.get("value") or "")
            elif kind not in ("checkbox", "radio", "file", "button"):
                self.typed[name] = ODD

    def handle_endtag(self, tag: str) -> None:
        """Note where the form ends."""
        if tag in ("form", "main"):
            self._posting = False
        self._main = self._main and tag != "main"
