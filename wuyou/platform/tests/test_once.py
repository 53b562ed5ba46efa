"""A form sent twice is carried out once, however quickly the second sending follows the first."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path

from wuyou.accounts.models import User
from wuyou.config import urls as site
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Refused
from wuyou.orgs.models import HostUnit
from wuyou.platform import audit
from wuyou.platform.models import OnceKey
from wuyou.platform.once import new_key, once
from wuyou.platform.permissions import public
from wuyou.platform.service import service
from wuyou.platform.tests.databases import OwnDatabase, at_once

CLERK = Actor(7, "段正清")


@service
def enter_host(name: str) -> HostUnit:
    """Enter a host unit."""
    host = HostUnit.objects.create(name=name)
    audit.record(CLERK, "test.host.entered", host)
    return host


@public("a form for this test")
@once
def enter(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return HttpResponse("form")
    name = request.POST["name"]
    if name == "":
        return HttpResponse("请填写名称", status=422)
    if name == "refused":
        raise Refused("没有办成。")
    host = enter_host(name)
    return HttpResponseRedirect(f"/hosts/{host.pk}/")


urlpatterns = [path("enter/", enter), *site.urlpatterns]


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def send(client: Client, key: str, name: str = "滇源物流") -> tuple[int, str]:
    answer = client.post("/enter/", {"once": key, "name": name})
    return answer.status_code, answer.headers.get("Location", answer.content.decode()[:200])


def names() -> list[str]:
    return sorted(HostUnit.objects.values_list("name", flat=True))


def test_the_second_sending_gets_the_first_one_s_answer(db: None, client: Client) -> None:
    key = new_key()
    first = send(client, key)
    assert first == (302, f"/hosts/{HostUnit.objects.get().pk}/")
    assert (send(client, key), send(client, key, "另一个名称"), names()) == (first, first, ["滇源物流"])


def test_another_form_is_another_deed(db: None, client: Client) -> None:
    assert send(client, new_key()) != send(client, new_key(), "云坪农机站")
    assert names() == ["云坪农机站", "滇源物流"]


def test_a_form_shown_again_keeps_its_key_free(db: None, client: Client) -> None:
    key = new_key()
    assert send(client, key, "") == (422, "请填写名称")
    assert (send(client, key)[0], names()) == (302, ["滇源物流"])


def test_a_refused_form_keeps_its_key_free(db: None, client: Client) -> None:
    key = new_key()
    assert (send(client, key, "refused")[0], OnceKey.objects.count()) == (422, 0)
    assert (send(client, key)[0], names()) == (302, ["滇源物流"])


def test_without_a_key_each_sending_counts(db: None, client: Client) -> None:
    send(client, "", "甲")
    send(client, "", "乙")
    assert (names(), OnceKey.objects.count()) == (["乙", "甲"], 0)


def test_a_get_is_never_kept(db: None, client: Client) -> None:
    assert (client.get("/enter/", {"once": "k"}).content, OnceKey.objects.count()) == (b"form", 0)


def test_an_overlong_key_is_a_key_too(db: None, client: Client) -> None:
    assert (send(client, "x" * 500)[0], send(client, "x" * 500)[0], len(names())) == (302, 302, 1)


def test_somebody_else_s_key_tells_nothing(db: None, client: Client) -> None:
    key = new_key()
    send(client, key)
    stranger = Client()
    stranger.force_login(
        User.objects.create(username="stranger"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    with pytest.raises(IntegrityError):
        send(stranger, key)
    assert names() == ["滇源物流"]


def test_twenty_at_once_make_one_row_and_get_one_answer(own_database: OwnDatabase) -> None:
    key = new_key()
    found = at_once(20, lambda i: send(Client(), key))
    assert (names(), set(found)) == (["滇源物流"], {(302, f"/hosts/{HostUnit.objects.get().pk}/")})
    assert list(audit.verify()) == []


def test_twenty_forms_at_once_make_twenty_rows(own_database: OwnDatabase) -> None:
    found = at_once(20, lambda i: send(Client(), new_key(), f"单位{i:02}"))
    assert ({status for status, _ in found}, len(set(found)), len(names())) == ({302}, 20, 20)
