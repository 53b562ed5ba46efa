"""Whatever a person sends, by a form or in an address, is answered in words and never by a fault of the program.

Source: OWASP ASVS 5.0 2.2.1, 16.5.1; 1.3.1 for what is shown again.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from tests.forms import Form, forms_of
from tests.matrix import Page, gaps, pages, read_whole
from tests.samples import SAMPLES, Sample
from wuyou.config import urls as site

SITE = [page for page in pages(site.urlpatterns) if not gaps([page])]
LIVE = "<svg onload=alert(7)>"
"""Words that a browser would run if they were shown as they are."""
BAD = (
    "", " ", "x" * 5000, "-1", "0", "9" * 30, "1e400", "NaN", "１２", "²", "2025-02-30", "0000-00-00", "9999-12-31", "\x00",
    "a\x00b", LIVE, "{{7*7}}{% now %}", "';--", "=1+1", "\N{FAMILY}\u202e\ufeff", "../../etc/passwd", "[]", "{}", "null",
)  # fmt: skip
ALONE = ("\x00", "9" * 30, "x" * 5000, LIVE, "²")
"""What is tried in each field by itself, the others being filled well, so that it reaches what stands behind the form."""
WORDS = ("page", "as_of", "on", "q", "year", "sort", "view", "next", "unit", "after")
"""Words that lists take in their addresses, tried on every page whether it knows them or not."""

Sent = tuple[str, str, dict[str, str]]


@pytest.mark.parametrize("page", SITE, ids=str)
def test_nothing_that_is_sent_breaks_the_page(small: Any, sign_in: Callable[[str], Client], page: Page) -> None:
    address = page.address([SAMPLES[word]()[0] for word in page.words])
    client, html = _opened(sign_in, address)
    forms = [form for form in forms_of(html, address) if form.address.startswith("/")]
    broken = [told for sent in _sent(address, forms) if (told := _answered(client, *sent))]
    assert broken == []


def _opened(sign_in: Callable[[str], Client], address: str) -> tuple[Client, str]:
    """Return the page and its reader: the first to whom it is open."""
    for username in ("city", "leader", "admin"):
        client = sign_in(username)
        client.raise_request_exception = False
        answer = client.get(address)
        if answer.status_code == 200:
            break
    return client, read_whole(answer).decode(errors="replace")


@pytest.mark.parametrize("page", [page for page in SITE if page.words], ids=str)
def test_no_address_breaks_the_page(small: Any, sign_in: Callable[[str], Client], page: Page) -> None:
    client = sign_in("city")
    client.raise_request_exception = False
    good = [SAMPLES[word]()[0] for word in page.words]
    broken = []
    for value in ("0", "-1", "9" * 30, "x" * 300, "%00", "53%00", "..%2f..", quote(LIVE), quote("曲靖"), "%ff"):
        for place in range(len(good)):
            address = page.address([Sample(value) if n == place else sample for n, sample in enumerate(good)])
            for method in ("get", "post"):
                if told := _answered(client, method, address, {}):
                    broken.append(told)
    assert broken == []


def _sent(address: str, forms: list[Form]) -> Iterator[Sent]:
    for value in ("", *ALONE, "-1", "0000", "2025-02-30", "9999-12-31"):
        yield "get", address, dict.fromkeys(WORDS, value)
    for form in forms:
        for value in BAD:
            yield form.method, form.address, {f.name: value for f in form.fields}
        good = form.filled()
        yield form.method, form.address, good
        for name in good:
            for value in ALONE:
                yield form.method, form.address, {**good, name: value}


def _answered(client: Client, method: str, address: str, data: dict[str, str]) -> str:
    """Send it, undo it, and return what was wrong with the answer; "" when nothing was."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(address, data)
        shown = read_whole(answer)
        transaction.set_rollback(True)
    client.cookies = cookies  # signing out, or another size of letters, was undone too
    short = {name: value[:12] for name, value in data.items()}
    if answer.status_code >= 500:
        return f"{method.upper()} {address} {short}: {answer.status_code}"
    if LIVE.encode() in shown and "html" in answer.headers.get("Content-Type", ""):
        return f"{method.upper()} {address} {short}: shown as it is"
    return ""
