"""What stands around every page: whose house it is, who is at work, where one can go.

The shell fills a `Frame` once per request and hands it to the templates as `frame`; pages without one (a failure before
sign-in) still render. Whether the large mode is on comes from a cookie, so that it holds before sign-in too.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wuyou.platform.presentation import Text

LARGE_COOKIE = "wuyou_large"
KEYS_COOKIE = "wuyou_keys"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu or one tab. `key` is the letter that jumps here after `g`; "" for none."""

    label: Text
    url: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page.

    `entries` are the office's menu (nine at most), `tabs` the leader's (four). Empty addresses leave their link out;
    `preference_url` is where the three switches post to.
    """

    home_url: str = "/"
    unit_name: Text = ""
    unit_url: str = ""
    person_name: str = ""
    account_url: str = ""
    sign_in_url: str = ""
    sign_out_url: str = ""
    preference_url: str = ""
    feedback_url: str = ""
    phone: str = ""
    large: bool = False
    shortcuts: bool = True
    entries: tuple[Entry, ...] = ()
    tabs: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a menu that people would find overwhelming."""
        if len(self.entries) > 9 or len(self.tabs) > 4:
            raise ValueError("the menu has nine entries at most, the tabs are four at most")


def wants_large(request: HttpRequest) -> bool:
    """Say whether this browser asked for the large mode."""
    return request.COOKIES.get(LARGE_COOKIE) == "1"


def wants_shortcuts(request: HttpRequest) -> bool:
    """Say whether single-letter keys may act in this browser.

    Source: WCAG 2.2, 2.1.4 Character Key Shortcuts: there is a way to turn them off.
    """
    return request.COOKIES.get(KEYS_COOKIE) != "0"


@require_POST
def set_preference(request: HttpRequest) -> HttpResponse:
    """Remember large mode or shortcuts (`large`, `keys`: 1 or 0) or the `language` of the pages, and go back to `next`.

    No row is written: the choice belongs to the browser, not to the account.
    """
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if safe else "/")
    switch, languages = {"0", "1"}, set(dict(settings.LANGUAGES))
    for field, cookie, values in (
        ("large", LARGE_COOKIE, switch),
        ("keys", KEYS_COOKIE, switch),
        ("language", settings.LANGUAGE_COOKIE_NAME, languages),
    ):
        value = request.POST.get(field)
        if value in values:
            response.set_cookie(cookie, value, max_age=_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response
