"""Between the server and the views: who acts, what a refusal looks like, which headers go out."""

import errno
import logging
import secrets
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, QueryDict
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Reason, Refused
from wuyou.platform.plugs import announced
from wuyou.platform.space import NO_SPACE

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponseBase]


class ActorMiddleware:
    """Sets `request.actor`, built once per request from the grants in force now."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on with the actor in place."""
        request.actor = SimpleLazyObject(lambda: announced.actor_of(request.user.pk))  # type: ignore[attr-defined] # ours
        return self.get_response(request)


class InvisibleMiddleware:
    """Drops the NUL from what is sent: no person types one, copied text brings it, and PostgreSQL keeps no text with it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; no address of ours has one, and forms are looked at when the view is known."""
        return error_page(request, 404) if "\0" in request.path else self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Put forms without the NUL in the place of those with it."""
        request.GET = _without_nul(request.GET)  # type: ignore[assignment] # Django's own type is of the same class
        request.POST = _without_nul(request.POST)  # type: ignore[assignment] # as above


def _without_nul(sent: QueryDict) -> QueryDict:
    if not any("\0" in value for _name, values in sent.lists() for value in values):
        return sent
    clean = sent.copy()
    for name, values in sent.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    return clean


class DeclaredMiddleware:
    """Refuses every view that does not say who may see it, so that a forgotten declaration closes the door."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the check is made when the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer 403 for an undeclared view; None goes on."""
        if hasattr(view, "declared"):
            return None
        log.error("view without a declaration: %s", getattr(view, "__qualname__", view))
        return error_page(request, 403)


class RefusalMiddleware:
    """Turns what services and rules refuse into pages that say what happened, what is kept and what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; exceptions come back through `process_exception`."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        page = error_page(request, 405)  # Django's own answer to a wrong method is an empty page
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Return the page for a refusal or a fault; None leaves it to Django (while developing)."""
        known = _page_of(request, problem)
        return known if known or settings.DEBUG or settings.WUYOU_RAISE else _fault(request)


def _page_of(request: HttpRequest, problem: BaseException | None) -> HttpResponse | None:
    match problem:
        case NotFound():
            return error_page(request, 404)
        case Forbidden() | PermissionDenied():
            return error_page(request, 403)
        case Conflict():
            return error_page(request, 409, conflict=problem)
        case Refused():
            return error_page(request, 422, reasons=problem.reasons)
        case RequestDataTooBig():
            return error_page(request, 413)
        case OSError(errno=errno.ENOSPC) | OperationalError() if _is_full(problem):
            log.exception("no space left")
            return error_page(request, 507, reasons=(Reason(NO_SPACE),))
        case OperationalError() | InterfaceError() if not settings.DEBUG:
            log.exception("database trouble")
            return error_page(request, 503)
    return None


def _fault(request: HttpRequest) -> HttpResponse:
    """Return the page of a fault; its number leads to the trace in the log. For use while the exception is being dealt with."""
    reference = secrets.token_hex(4).upper()
    log.exception("fault %s at %r", reference, request.path)
    return error_page(request, 500, reference=reference)


def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """Return the error page of a status; those of 400, 500, 503 and 507 ask neither database nor session for anything."""
    page = f"platform/errors/{'refused' if status in (422, 507) else status}.html"
    alone = status in (400, 500, 503, 507)
    text = render_to_string(page, {"status": status, **context}, request=None if alone else request)
    return HttpResponse(text, status=status)


def _is_full(problem: BaseException) -> bool:
    """Say whether the disk is full: the system's own error, SQLite's, or PostgreSQL's 53100."""
    cause = problem.__cause__
    told = getattr(cause, "sqlstate", None) == "53100" or "database or disk is full" in str(problem)
    return isinstance(problem, OSError) or told


def unknown_address(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return error_page(request, 404)


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django does not even read: too much at once, an address that is not ours, a torn upload."""
    return error_page(request, 413 if isinstance(exception, _TOO_MUCH) else 400)


_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer who tries to sign in again and again."""
    return error_page(request, 429)


def broken_outside_views(request: HttpRequest) -> HttpResponse:
    """Answer a fault before or after the view, which `RefusalMiddleware` does not see: the session that cannot be kept."""
    return _page_of(request, sys.exc_info()[1]) or _fault(request)


def forged_or_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our page, or from one that stood open too long."""
    text = render_to_string("platform/errors/csrf.html", {"status": 403, "back_url": request.path}, request=request)
    return HttpResponse(text, status=403)


class HeadersMiddleware:
    """Sets the headers that Django has no setting for; pages of signed-in people are never kept by a browser."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers in place."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=(), payment=(), usb=(), accelerometer=()"
        )
        # asking for the user would ask the database, which may be what failed
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
