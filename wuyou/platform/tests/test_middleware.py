"""What a refusal, a fault, a forgotten declaration look like from outside; which headers go out."""

import errno
import re
from typing import Any

import pytest
from django.contrib.sessions.backends import db as db_sessions
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT
from django.urls import path

from wuyou.accounts import services
from wuyou.accounts.models import Grant, User
from wuyou.config import urls as site
from wuyou.kernel.refusals import Conflict, Difference, Forbidden, NotFound, Reason, Refused
from wuyou.platform import plugs
from wuyou.platform.middleware import ActorMiddleware, error_page
from wuyou.platform.permissions import needs, public, signed_in

raised: dict[str, BaseException] = {}


@public("raises what the test says")
def fail(request: HttpRequest) -> HttpResponse:
    raise raised["problem"]


@public("raises it below an address with words in it")
def fail_below(request: HttpRequest, rest: str) -> HttpResponse:
    raise raised["problem"]


@public("answers")
def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@public("says what it was sent")
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(repr((request.GET.getlist("a"), request.POST.getlist("a"))))


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never shown")


@signed_in
def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@needs("orgs.unit.view")
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("guarded")


@public("puts something into the session, which is kept after the view")
def remember(request: HttpRequest) -> HttpResponse:
    request.session["a"] = 1
    return HttpResponse("ok")


handler400, handler500 = site.handler400, site.handler500
urlpatterns = [
    path("remember/", remember),
    path("fail/", fail),
    path("fail/<str:rest>", fail_below),
    path("answer/", answer),
    path("echo/", echo),
    path("forgotten/", forgotten),
    path("inside/", inside),
    path("guarded/", guarded),
    *site.urlpatterns,
]


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.WUYOU_RAISE = False


def full_disk() -> OperationalError:
    problem = OperationalError("database or disk is full")
    problem.__cause__ = Exception("sqlite3")
    return problem


NO_SPACE = "服务器的存储空间不足，这次没有保存，原有数据都在；请联系管理员清理空间后再试。"
PAGES: tuple[tuple[BaseException, int, str], ...] = (
    (NotFound(), 404, "没有找到这个页面或这条记录。"),
    (Forbidden("x"), 403, "您的账号没有办理这件事的权限。"),
    (Refused("日期还没有到。", Reason("请核对。", "on")), 422, "日期还没有到。"),
    (
        Conflict("小组", (Difference("remark", "备注", "甲写的", "乙写的"),), 3),
        409,
        "在您填写的时候，别人先保存了修改。",
    ),
    (RequestDataTooBig(), 413, "没有接收。"),
    (OperationalError("server closed the connection"), 503, "系统正在维护，暂时不能使用。"),
    (InterfaceError("connection already closed"), 503, "系统正在维护，暂时不能使用。"),
    (full_disk(), 507, NO_SPACE),
    (OSError(errno.ENOSPC, "No space left on device"), 507, NO_SPACE),
    (OSError(errno.EACCES, "Permission denied"), 500, "系统出错了，刚才这一步没有办成。"),
    (ValueError("canary-in-the-message"), 500, "系统出错了，刚才这一步没有办成。"),
)


@pytest.mark.parametrize(("problem", "status", "sentence"), PAGES, ids=[f"{type(p).__name__}-{s}" for p, s, _ in PAGES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_problem_has_its_page(
    db: None, client: Client, method: str, problem: BaseException, status: int, sentence: str
) -> None:
    raised["problem"] = problem
    page = getattr(client, method)("/fail/")
    text = page.content.decode()
    assert (page.status_code, sentence in text, "本系统不处理国家秘密。" in text) == (status, True, True)
    assert [word for word in ("Traceback", "canary", "psycopg", "sqlite3", "site-packages") if word in text] == []


def test_a_fault_has_a_number_that_the_log_knows(db: None, client: Client, caplog: Any) -> None:
    raised["problem"] = ValueError("x")
    number = re.search(r'<span class="nowrap">([0-9A-F]{8})</span>', client.get("/fail/").content.decode())
    assert number is not None
    assert number[1] in caplog.text


@pytest.mark.parametrize("status", [500, 503, 507])
def test_pages_of_a_broken_house_ask_nobody(status: int) -> None:
    """Without the `db` fixture every question to the database fails."""
    assert error_page(RequestFactory().get("/"), status, reasons=()).status_code == status


def test_a_missing_database_is_told_before_sign_in_too(client: Client, settings: Any) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.file"
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"
    raised["problem"] = OperationalError("connection refused")
    page = client.get("/fail/")
    assert (page.status_code, page.headers["Cache-Control"]) == (503, "no-store")


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_a_view_that_declares_nothing_stays_shut(db: None, client: Client, method: str) -> None:
    page = getattr(client, method)("/forgotten/")
    assert (page.status_code, b"never shown" in page.content) == (403, False)


def test_who_is_not_signed_in_is_led_to_the_door(db: None, client: Client) -> None:
    for address in ("/inside/", "/guarded/?page=2"):
        page = client.get(address)
        assert (page.status_code, page.headers["Location"].startswith("/sign-in/?next=")) == (302, True)


def test_a_piece_of_a_page_does_not_get_the_door_put_into_it(db: None, client: Client) -> None:
    page = client.get("/inside/", headers={"hx-request": "true"})
    assert (page.status_code, page.headers["HX-Refresh"], page.content) == (200, "true", b"")


@pytest.mark.parametrize(("username", "status"), [("city", 200), ("auditor", 200), ("leader", 200), ("stranger", 403)])
def test_rights_come_from_grants_in_force(small: Any, sign_in: Any, username: str, status: int) -> None:
    if username == "stranger":
        User.objects.create(username=username, name="无授权")
    client = sign_in(username)
    assert (client.get("/inside/").status_code, client.get("/guarded/").status_code) == (200, status)


def test_a_right_taken_away_is_gone_at_the_next_request(small: Any, sign_in: Any) -> None:
    client = sign_in("luliang")
    assert client.get("/guarded/").status_code == 200
    services.end_grant(actor=small.actor("admin"), grant_id=Grant.objects.get(user__username="luliang").pk)
    assert client.get("/guarded/").status_code == 403


def test_a_closed_account_is_out_at_the_next_request(small: Any, sign_in: Any) -> None:
    client = sign_in("luliang")
    User.objects.filter(username="luliang").update(is_active=False)
    assert client.get("/guarded/").status_code == 302


def test_headers_of_every_answer(db: None, client: Client) -> None:
    headers = client.get("/answer/").headers
    assert headers["Permissions-Policy"] == (
        "geolocation=(), camera=(), microphone=(), payment=(), usb=(), accelerometer=()"
    )
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert (headers["Referrer-Policy"], headers["Cross-Origin-Opener-Policy"]) == ("same-origin", "same-origin")
    policy = headers["Content-Security-Policy"]
    assert [
        rule for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'") if rule not in policy
    ] == []
    assert [word for word in ("unsafe", "data:", "http:", "https:", "*") if word in policy] == []
    assert "Cache-Control" not in headers


def test_pages_of_the_signed_in_are_never_kept(small: Any, sign_in: Any) -> None:
    assert sign_in("city").get("/answer/").headers["Cache-Control"] == "no-store"


def test_the_actor_is_built_only_when_asked_for(rf: RequestFactory) -> None:
    """Without the `db` fixture, building it would fail."""
    request = rf.get("/")
    ActorMiddleware(lambda r: HttpResponse(str(hasattr(r, "actor"))))(request)
    assert "actor" in vars(request)


def test_nobody_has_no_right() -> None:
    assert plugs.nobody(5).can("orgs.unit.view") is False


def test_an_invisible_nul_is_dropped_from_what_is_sent(client: Client) -> None:
    assert client.get("/echo/?a=1%002&a=3&b=4").content.decode() == "(['12', '3'], [])"
    assert client.post("/echo/?a=5", {"a": ["\0", "6\0"]}).content.decode() == "(['5'], ['', '6'])"
    assert client.get("/echo/%00").status_code == 404


FORM = "application/x-www-form-urlencoded"
TOO_MUCH = "一次提交的内容太大，没有接收。"
TORN = "这次提交的内容不完整，没有受理。"
UNREAD: tuple[tuple[Any, str, dict[str, str], int, str], ...] = (
    ("a=" + "x" * 5_000_000, FORM, {}, 413, TOO_MUCH),
    ("&".join(f"a{n}=1" for n in range(2500)), FORM, {}, 413, TOO_MUCH),
    ({f"f{n}": SimpleUploadedFile("a.csv", b"x") for n in range(150)}, MULTIPART_CONTENT, {}, 413, TOO_MUCH),
    (b"--x", "multipart/form-data; boundary=", {}, 400, TORN),
    ("a=1", FORM, {"host": "elsewhere.example"}, 400, TORN),
)


@pytest.mark.parametrize(("data", "kind", "headers", "status", "sentence"), UNREAD)
def test_what_is_not_even_read_has_its_page(
    small: Any, sign_in: Any, data: Any, kind: str, headers: dict[str, str], status: int, sentence: str
) -> None:
    page = sign_in("city").post("/echo/", data, content_type=kind, headers=headers)
    assert (page.status_code, sentence in page.content.decode()) == (status, True)


def test_an_address_that_takes_only_forms_says_so_when_it_is_opened(small: Any, sign_in: Any) -> None:
    page = sign_in("auditor").get("/audit/verify/")
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "这个网址不能直接打开，要从页面上的按钮办理。" in page.content.decode()


class UnkeptSession(db_sessions.SessionStore):
    """A session that cannot be kept, as on a full disk or with the database gone."""

    def save(self, must_create: bool = False) -> None:
        raise UNKEPT[-1]


SessionStore = UnkeptSession
"""The name by which Django finds it in the module that a setting names."""
UNKEPT: list[Exception] = []


@pytest.mark.parametrize(
    ("problem", "status", "sentence"),
    [
        (OperationalError("server closed the connection"), 503, "系统正在维护，暂时不能使用。"),
        (ValueError("canary-in-the-message"), 500, "系统出错了，刚才这一步没有办成。"),
    ],
)
def test_a_fault_around_the_view_has_its_page_too(
    db: None, client: Client, settings: Any, problem: Exception, status: int, sentence: str
) -> None:
    settings.SESSION_ENGINE = __name__
    UNKEPT.append(problem)
    client.raise_request_exception = False
    page = client.get("/remember/")
    text = page.content.decode()
    assert (page.status_code, sentence in text, "canary" in text) == (status, True, False)


def test_an_address_writes_no_line_of_its_own_into_the_log(db: None, client: Client, caplog: Any) -> None:
    raised["problem"] = ValueError("x")
    client.get("/fail/%0Aadmin signed in")
    client.get("/fail/")
    assert "\nadmin signed in" not in caplog.text
