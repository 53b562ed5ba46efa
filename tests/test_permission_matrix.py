"""Every page, as everybody, with objects of one's own unit, the neighbour's and another county's.

Source: OWASP ASVS 5.0 8.2.1, 8.2.2, 8.3.2, 8.4.1; what lies outside one's units is not found (404), what lies inside and is
not one's right is forbidden (403).
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.matrix import ROLES, Page, deviations, expected, gaps, happened, pages, read_whole
from tests.samples import SAMPLES, Sample
from wuyou.accounts.models import User
from wuyou.config import urls as site
from wuyou.demo.factories import actor_for
from wuyou.demo.small import BARE
from wuyou.kernel.actor import Actor, Holding
from wuyou.kernel.roles import Role
from wuyou.orgs.models import HostUnit, Unit
from wuyou.platform.permissions import needs, signed_in
from wuyou.platform.tests.databases import rows_of_all_tables

SITE = list(pages(site.urlpatterns))
SignIn = Callable[[str], Client]

PUBLIC = {
    "account_login": "sign-in itself",
    "account_logout": "ends whatever session there is",
    "shell:health": "tells the operator's monitor, and `wuyou up`, that pages are answered",
    "shell:preference": "the large-text edition must be there before signing in",
    "shell:feedback": "anybody may say what is wrong with the site",
}
"""All pages that need no sign-in, each with its reason."""


def test_every_page_says_who_may_see_it_and_has_samples() -> None:
    assert gaps(SITE) == []


def test_the_list_of_public_pages_is_short_and_known() -> None:
    assert {p.name: p.declared[1] for p in SITE if p.declared and p.declared[0] == "public"} == PUBLIC


def test_every_page_has_a_name_of_its_own() -> None:
    names = [page.name for page in SITE]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("page", [page for page in SITE if page.declared and not gaps([page])], ids=str)
def test_page(small: Any, sign_in: SignIn, page: Page) -> None:
    assert deviations(page, sign_in, actor_for) == []


@pytest.mark.parametrize("page", [page for page in SITE if not gaps([page])], ids=str)
def test_no_page_is_written_to_without_the_form_s_token(small: Any, page: Page) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(_user("county"), settings.AUTHENTICATION_BACKENDS[0])
    address = page.address([SAMPLES[word]()[0] for word in page.words])
    assert client.post(address).status_code in (403, 405)


def _user(username: str) -> Any:
    return User.objects.get(username=username)


def every_address() -> list[str]:
    """Return every address of the site with the first, visible sample."""
    return [page.address([SAMPLES[word]()[0] for word in page.words]) for page in SITE if not gaps([page])]


@pytest.mark.parametrize("username", ROLES)
def test_looking_changes_nothing(small: Any, sign_in: SignIn, username: str) -> None:
    addresses = every_address()
    client = sign_in(username) if username else Client()
    before = rows_of_all_tables()
    for address in addresses:
        read_whole(client.get(address))
    assert rows_of_all_tables() == before


CANARIES = (
    ("telephone", "19900", {"county", "leader", "huize"}),
    ("identity number", "5303991946", {"county"}),
)
"""Invented numbers of the small world, and who may meet them somewhere: seniority alone opens none."""


@pytest.mark.parametrize("username", ROLES)
def test_nobody_meets_numbers_beyond_his_right(small: Any, sign_in: SignIn, username: str) -> None:
    client = sign_in(username) if username else Client()
    seen = ""
    for page in SITE:
        if gaps([page]):
            continue
        for n in range(3):
            samples = [(found := SAMPLES[word]())[min(n, len(found) - 1)] for word in page.words]
            seen += read_whole(client.get(page.address(samples))).decode(errors="replace")
            if not page.words:
                break
    assert [what for what, canary, allowed in CANARIES if canary in seen and username not in allowed] == []


# The machinery itself, on a small site with one page of each kind of mistake.


@signed_in
def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@needs("orgs.unit.view")
def leaking(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show a unit without asking whose it is."""
    return HttpResponse(str(Unit.objects.filter(pk=unit_id).first()))


@signed_in
def writing(request: HttpRequest) -> HttpResponse:
    """Write a row when it is only looked at."""
    HostUnit.objects.create(name="看一眼")
    return HttpResponse("ok")


FAULTY = [
    path("fine/", fine, name="fine"),
    path("undeclared/", undeclared, name="undeclared"),
    path("leaking/<int:unit_id>/", leaking, name="leaking"),
    path("writing/", writing, name="writing"),
    path("unknown/<slug:nickname>/", fine, name="unknown"),
]
urlpatterns = [*FAULTY, *site.urlpatterns]


@pytest.fixture
def faulty(settings: Any) -> dict[str, Page]:
    """Make the faulty pages part of the site."""
    settings.ROOT_URLCONF = __name__
    return {page.name: page for page in pages(FAULTY)}


def test_gaps_are_named(faulty: dict[str, Page]) -> None:
    assert gaps(list(faulty.values())) == [
        "undeclared: says not who may see it",
        "unknown: no sample for <nickname> in tests/samples.py",
    ]


def test_a_sound_page_has_no_deviation(small: Any, sign_in: SignIn, faulty: dict[str, Page]) -> None:
    assert deviations(faulty["fine"], sign_in, actor_for) == []


def test_a_leaking_page_is_caught_for_each_who_sees_too_much(
    small: Any, sign_in: SignIn, faulty: dict[str, Page]
) -> None:
    foreign = Unit.objects.get(short_name=BARE).pk
    found = deviations(faulty["leaking"], sign_in, actor_for, methods=("get",))
    assert [line for line in found if f"/{foreign}/" in line] == [
        f"GET /leaking/{foreign}/ as county: 404 expected, open happened",
        f"GET /leaking/{foreign}/ as leader: 404 expected, open happened",
    ]
    assert len(found) == 11


def test_a_page_that_writes_when_looked_at_is_caught(small: Any, sign_in: SignIn, faulty: dict[str, Page]) -> None:
    before = rows_of_all_tables()
    sign_in("county").get("/writing/")
    assert {t: n - before[t] for t, n in rows_of_all_tables().items() if n != before[t]} == {"orgs_hostunit": 1}


@pytest.mark.parametrize(
    ("declared", "username", "rights", "sample", "answer"),
    [
        (("public", "x"), "", (), None, "open"),
        (("signed_in", ""), "", (), None, "door"),
        (("signed_in", ""), "a", (), None, "open"),
        (("needs", "do"), "a", ("see",), None, "403"),
        (("needs", "do"), "a", ("see", "do"), Sample(1, "/1/2/", "see"), "open"),
        (("needs", "do"), "a", ("see", "do"), Sample(1, "/1/3/", "see"), "404"),
        (("needs", "see"), "a", ("see",), Sample(1, absent=True), "404"),
        (("needs", "see"), "a", ("see",), Sample(1, owner="a"), "open"),
        (("needs", "see"), "a", ("see",), Sample(1, owner="b"), "404"),
        (("needs", "see"), "a", ("see",), Sample("530302"), "open"),
    ],
)
def test_what_is_expected(
    declared: tuple[str, str], username: str, rights: tuple[str, ...], sample: Sample | None, answer: str
) -> None:
    actor = Actor(1, "甲", (Holding(Role.COUNTY_OFFICER, 2, "/1/2/", frozenset(rights)),))
    page = Page("x", "x/", (), declared)
    assert expected(page, username, actor, [sample] if sample else []) == answer


def test_what_happened() -> None:
    door = HttpResponse(status=302, headers={"Location": "/sign-in/?next=/x/"})
    away = HttpResponse(status=302, headers={"Location": "/x/"})
    assert [happened(a) for a in (door, away, HttpResponse(), HttpResponse(status=404), HttpResponse(status=500))] == [
        "door", "open", "open", "404", "500!",
    ]  # fmt: skip


def test_addresses_are_made_of_samples() -> None:
    page = next(p for p in pages([path("a/<int:unit_id>/b/<slug:code>/", fine, name="x")]))
    assert (page.words, page.address([Sample(7), Sample("k")])) == (("unit_id", "code"), "/a/7/b/k/")
