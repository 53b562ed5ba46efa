"""Signing in: what who fails is told, when he must wait, and how a session begins and ends.

Source: OWASP ASVS 5.0 6.3.1 (rate limits), 6.3.8 (no enumeration), 7.2.4, 7.4.1-7.4.3 (sessions).
"""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from wuyou.accounts.models import User
from wuyou.config.settings import ACCOUNT_RATE_LIMITS

PASSWORD = "Qujing-demo-2026"
WRONG = "登录名或密码不对，没有登录；请核对后再试。"
TOO_OFTEN = "输错的次数太多，暂时不能登录；请过 15 分钟再试，或请管理员帮助。"
SESSION = "sessionid"


@pytest.fixture(autouse=True)
def _limits(settings: Any) -> Any:
    settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS
    cache.clear()
    yield
    cache.clear()


def attempt(username: str, password: str = "wrong-wrong-wrong", *, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).post("/sign-in/", {"login": username, "password": password}, headers=headers)


def told(page: Any) -> list[str]:
    """Return what the summary of errors says."""
    return re.findall(r'<b class="em">(.*?)</b>', page.content.decode())


def user(username: str = "clerk", **more: Any) -> User:
    found = User(username=username, name="段正清", **more)
    found.set_password(PASSWORD)
    found.save()
    return found


def test_who_fails_learns_nothing_about_the_account(db: None) -> None:
    user()
    user("closed", is_active=False)
    pages = [attempt("clerk"), attempt("nobody"), attempt("closed"), attempt("closed", PASSWORD)]
    assert [(page.status_code, [text[: len(WRONG)] for text in told(page)]) for page in pages] == [(200, [WRONG])] * 4


def test_the_sixth_wrong_password_of_an_account_shuts_it_for_a_while(db: None) -> None:
    user()
    user("other")
    assert [told(attempt("clerk"))[0][:5] for _ in range(5)] == ["登录名或密"] * 5
    assert told(attempt("clerk", PASSWORD)) == [TOO_OFTEN]
    assert told(attempt("CLERK", PASSWORD)) == [TOO_OFTEN]
    assert attempt("other", PASSWORD).status_code == 302


def test_a_machine_that_tries_many_accounts_is_shut_out(db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": None}
    user()
    assert [told(attempt(f"guess{n}"))[0][:5] for n in range(30)] == ["登录名或密"] * 30
    assert told(attempt("clerk", PASSWORD)) == [TOO_OFTEN]
    # what the client itself claims to be changes nothing
    assert told(attempt("clerk", PASSWORD, **{"x-forwarded-for": "198.51.100.7"})) == [TOO_OFTEN]


def test_behind_a_web_server_machines_are_told_apart_by_what_it_adds(db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": None}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user()
    for n in range(31):
        attempt(f"guess{n}", **{"x-forwarded-for": f"203.0.113.{n}, 198.51.100.7"})
    assert told(attempt("clerk", PASSWORD, **{"x-forwarded-for": "198.51.100.7"})) == [TOO_OFTEN]
    assert attempt("clerk", PASSWORD, **{"x-forwarded-for": "198.51.100.7, 198.51.100.8"}).status_code == 302


def test_who_sends_the_form_again_and_again_meets_the_page_that_says_wait(db: None, client: Client) -> None:
    pages = [attempt("clerk", client=client) for _ in range(31)]
    text = pages[-1].content.decode()
    assert (pages[-2].status_code, pages[-1].status_code, "短时间内提交的次数太多" in text) == (200, 429, True)


def test_signing_in_begins_a_new_session_and_a_new_password_ends_the_others(db: None) -> None:
    user()
    here, elsewhere = Client(), Client()
    here.get("/sign-in/")
    attempt("clerk", PASSWORD, client=here)
    first = here.cookies[SESSION]
    assert (first["httponly"], first["samesite"], first["expires"], first["max-age"]) == (True, "Lax", "", "")
    attempt("clerk", PASSWORD, client=elsewhere)
    assert elsewhere.cookies[SESSION].value != first.value
    new = "一句新的长密码-2026"
    here.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


def test_a_session_that_was_ended_opens_nothing_more(db: None, client: Client) -> None:
    user()
    attempt("clerk", PASSWORD, client=client)
    kept = client.cookies[SESSION].value
    client.post("/sign-out/")
    client.cookies[SESSION] = kept
    assert client.get("/").status_code == 302
