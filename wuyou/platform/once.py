"""A form that is sent twice is carried out once: the second sending gets the first one's answer."""

import functools
import secrets
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from wuyou.kernel import clock
from wuyou.platform.models import OnceKey

FIELD = "once"


def new_key() -> str:
    """Return the key to put into one handed-out form."""
    return secrets.token_urlsafe(24)


class _NotDoneError(Exception):
    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Carry a POST out once per key: key and work are one transaction, a repeat is redirected to where the first went.

    Only a redirect counts as done; a form shown again with its errors keeps its key free. A POST without a key is
    carried out as it is (the API's own idempotency key, tests).
    """

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.POST.get(FIELD, "")[:64] if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return _first_time(key, view, request, *args, **kwargs)
        except _NotDoneError as not_done:
            return not_done.response
        except IntegrityError:
            earlier = OnceKey.objects.filter(pk=key, user_id=request.user.pk).first()
            if earlier is None:
                raise
            return HttpResponseRedirect(earlier.location or "/")

    return run


def _first_time(
    key: str, view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    kept = OnceKey(pk=key, user_id=request.user.pk, created_at=clock.now())
    kept.save(force_insert=True)
    response = view(request, *args, **kwargs)
    if not isinstance(response, HttpResponseRedirect):
        raise _NotDoneError(response)
    kept.location = response.url
    kept.save(update_fields=["location"])
    return response
