"""Between the server and the views: who acts, what a refusal looks like, which headers go out."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from wuyou.kernel.refusals import Conflict, Forbidden, NotFound, Refused
from wuyou.platform.plugs import announced

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


class DeclaredMiddleware:
    """Refuses every view that does not say who may see it, so that a forgotten declaration closes the door."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the check is made when the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raise `Forbidden` for an undeclared view."""
        if not hasattr(view, "declared"):
            raise Forbidden(getattr(view, "__qualname__", str(view)))


class RefusalMiddleware:
    """Turns what services and rules refuse into pages that say what happened, what is kept and what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; exceptions come back through `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Return the page for a refusal or a fault; None leaves it to Django (while developing)."""
        match problem:
            case NotFound():
                return error_page(request, 404)
            case Forbidden():
                return error_page(request, 403)
            case Conflict():
                return error_page(request, 409, conflict=problem)
            case Refused():
                return error_page(request, 422, reasons=problem.reasons)
            case RequestDataTooBig():
                return error_page(request, 413)
            case OperationalError() | DatabaseError() if not settings.DEBUG:
                log.exception("database trouble")
                return error_page(request, 503)
        if settings.DEBUG or settings.WUYOU_RAISE:
            return None
        reference = secrets.token_hex(4).upper()
        log.exception("fault %s at %s", reference, request.path)
        return error_page(request, 500, reference=reference)


def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """Return the error page of a status, which needs neither database nor session for 500 and 503."""
    return render(request, f"platform/errors/{status}.html", {"status": status, **context}, status=status)


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
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
