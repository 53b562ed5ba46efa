"""The permission matrix: every address, as everybody, with everything; what should happen against what does.

Made from the URL resolver, so that no page can be forgotten.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.samples import SAMPLES, Sample
from wuyou.kernel.actor import Actor

ROLES = ("", "huize", "county", "leader", "auditor", "city", "admin")
"""Who asks: nobody signed in, the sibling county, the own county, the group's leader, auditor, city, administrator."""
OPEN = frozenset({200, 204, 302, 400, 409, 422})
"""What a page may answer to whom it is open; a form sent empty is shown again or refused, never carried out blindly."""
DOOR = "/sign-in/?next="


@dataclass(frozen=True, slots=True)
class Page:
    """One address pattern: its name, its route, the words in it, its view and what the view declares."""

    name: str
    route: str
    words: tuple[str, ...]
    declared: tuple[str, str] | None

    def __str__(self) -> str:
        return self.name

    def address(self, samples: Sequence[Sample]) -> str:
        """Return the address with the samples put in for its words."""
        parts, left = [], list(samples)
        for piece in self.route.split("<"):
            word, bracket, rest = piece.rpartition(">")
            parts.append(f"{left.pop(0).value}{rest}" if bracket else piece)
            del word
        return "/" + "".join(parts)


def pages(patterns: Any = None, prefix: str = "", namespace: str = "") -> Iterator[Page]:
    """Yield every page of the site, or of the given patterns."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from pages(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            words = tuple(piece.rpartition(">")[0].rpartition(":")[2] for piece in route.split("<")[1:])
            declared = getattr(pattern.callback, "declared", None)
            yield Page(f"{namespace}{pattern.name or route}", route, words, declared)


def gaps(found: Sequence[Page]) -> list[str]:
    """Return what keeps the pages from being tried: no declaration, or a word without samples."""
    undeclared = [f"{page}: says not who may see it" for page in found if page.declared is None]
    return undeclared + [
        f"{p}: no sample for <{w}> in tests/samples.py" for p in found for w in p.words if w not in SAMPLES
    ]


def expected(page: Page, username: str, actor: Actor, samples: Sequence[Sample]) -> str:
    """Return "open", "door" (to the sign-in page), "403" or "404" for one asker and the samples in the address."""
    kind, permission = page.declared or ("needs", "")
    if kind == "public":
        return "open"
    if not username:
        return "door"
    if kind == "needs" and not actor.can(permission):
        return "403"
    for sample in samples:
        known = not sample.absent and (not sample.owner or sample.owner == username)
        if sample.path is not None:
            known = actor.can(sample.seen_by, sample.path)
            if known and kind == "needs" and not actor.can(permission, sample.path):
                return "403"
        if not known:
            return "404"
    return "open"


def happened(answer: HttpResponseBase) -> str:
    """Return the same words for what an answer is; "405" for a method that the page does not know."""
    if answer.status_code in (403, 404, 405):
        return str(answer.status_code)
    if answer.status_code == 302 and answer.headers["Location"].startswith(DOOR):
        return "door"
    return "open" if answer.status_code in OPEN else f"{answer.status_code}!"


def read_whole(answer: Any) -> bytes:
    """Return an answer's content, read to the end, as a browser does: a file then closes by itself.

    Closing an answer by hand would end the request in Django's eyes and drop the test's own connection.
    """
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def deviations(
    page: Page,
    sign_in: Callable[[str], Client],
    actor_for: Callable[[str], Actor],
    methods: Sequence[str] = ("get", "post"),
) -> list[str]:
    """Return each case in which the page does not do what its declaration and the samples say.

    Each request is undone, so that no case depends on another.
    """
    found = []
    combinations = list(itertools.product(*(SAMPLES[word]() for word in page.words)))
    for username in ROLES:
        actor = actor_for(username) if username else Actor(None, "")
        cookies = sign_in(username).cookies if username else SimpleCookie()
        for samples, method in itertools.product(_telling(page, username, actor, combinations), methods):
            address, client = page.address(samples), Client()
            client.cookies = cookies.copy()
            with transaction.atomic():
                answer = getattr(client, method)(address)
                read_whole(answer)
                transaction.set_rollback(True)
            wanted, got = expected(page, username, actor, samples), happened(answer)
            if got != wanted and not (got == "405" and wanted != "door"):
                found.append(f"{method.upper()} {address} as {username or 'nobody'}: {wanted} expected, {got} happened")
    return found


def _telling(page: Page, username: str, actor: Actor, combinations: list[Any]) -> list[Any]:
    """Return one combination where all come to the same (nobody, or somebody without the right), otherwise each."""
    kind, permission = page.declared or ("needs", "")
    alike = kind == "public" or not username or (kind == "needs" and not actor.can(permission))
    return combinations[:1] if alike else combinations
