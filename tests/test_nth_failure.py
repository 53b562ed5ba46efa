"""The database fails at the n-th statement of a form's work, for every n: nothing is half done, and sending again does it.

Source: the failure injection of SQLite's own tests (sqlite.org/testing.html, "I/O error testing"); design of reliability F27.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from tests.forms import Form, forms_of
from tests.matrix import Page, gaps, pages, read_whole
from tests.samples import SAMPLES
from wuyou.config import urls as site
from wuyou.platform import audit

SITE = [page for page in pages(site.urlpatterns) if not gaps([page])]
FRAME = ("/preference/", "/sign-out/")
WRITING = ("INSERT", "UPDATE", "DELETE")
MACHINE = ("django_session", "places_", "platform_oncekey", "sqlite_")
"""Tables that are no work of the form: who is signed in, the divisions, which forms were sent."""

State = dict[str, list[Any]]


class Counted:
    """Counts the statements of a request, notes which write, and lets one of them fail."""

    def __init__(self, failing: int = -1) -> None:
        self.failing, self.number, self.writes = failing, 0, list[int]()

    def telling(self) -> list[int]:
        """Return the statements worth failing: those that write, what comes after each, and the last."""
        near = {n + step for n in self.writes for step in (0, 1)} | {self.number - 1}
        return sorted(n for n in near if n < self.number)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count, fail or go on."""
        if sql.lstrip().startswith(WRITING):
            self.writes.append(self.number)
        self.number += 1
        if self.number - 1 == self.failing:
            raise OperationalError("the disk did not answer")
        return execute(sql, params, many, context)


def state() -> State:
    """Return every row of every table that is work."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(MACHINE):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                found[table] = cursor.fetchall()
    return found


MORE_IS_ASKED = (
    "account_change_password",
    "account_reauthenticate",
    "accounts:grant",
    "assessment:part",
    "assessment:retire",
    "imports:new",
    "orgs:targets_plan",
    "orgs:targets_table",
    "shell:move",
    "succession:by_list",
    "succession:parties",
)
"""Forms that ask for more than any words will do for: a password, a file or table, a sum, names, another choice."""


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Undo what is done inside, in the database and in the browser's cookies."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def sent(client: Client, form: Form, counted: Counted) -> int:
    """Send the form well filled; return the answer's status."""
    with connection.execute_wrapper(counted):
        answer = client.post(form.address, form.filled())
        read_whole(answer)
    return int(answer.status_code)


def working_forms(html: str, address: str) -> list[Form]:
    """Return the forms of a page's own work, not those of its frame."""
    forms = [form for form in forms_of(html, address) if form.method == "post" and form.address.startswith("/")]
    return [form for form in forms if not form.address.startswith(FRAME)]


# a table that is made and then not handed over, as the commit failed, is closed when it is forgotten
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("page", SITE, ids=str)
def test_a_failure_leaves_nothing_half_done(small: Any, sign_in: Callable[[str], Client], page: Page) -> None:
    client = sign_in("admin" if page.name.startswith("accounts:") else "city")
    client.raise_request_exception = False
    address = page.address([SAMPLES[word]()[0] for word in page.words])
    answer = client.get(address)
    html = read_whole(answer).decode(errors="replace") if answer.status_code == 200 else ""
    before = state()
    for form in working_forms(html, address):
        with undone(client):  # the first time fills caches, and so takes more statements
            sent(client, form, Counted())
        whole = Counted()
        with undone(client):
            status = sent(client, form, whole)
            after = state()
        if after == before:  # saved as it was, refused, or asked for more
            assert status in (302, 422) or page.name in MORE_IS_ASKED
            continue
        outcomes = {n: failing_at(client, form, n, before, after) for n in whole.telling()}
        gc.collect()
        assert {n: told for n, told in outcomes.items() if told != "as before, then done"} == {}


def failing_at(client: Client, form: Form, n: int, before: State, after: State) -> str:
    """Send the form with the n-th statement failing, then once more; return what came of it in words."""
    with undone(client):
        status = sent(client, form, Counted(failing=n))
        found = state()
        if status < 500:
            return f"{status} in spite of the failure"
        if found != before:
            return f"half done: {differing(before, found)}"
        status = sent(client, form, Counted())
        if status >= 400 or differing(before, state()) != differing(before, after):
            return f"{status} when sent again: {differing(before, state())}"
        return "as before, then done" if not list(audit.verify()) else "the audit chain is broken"


def differing(before: State, after: State) -> dict[str, int]:
    """Return by table how many rows were added, and 0 for a table in which some were changed."""
    return {table: len(rows) - len(before[table]) for table, rows in after.items() if rows != before[table]}
