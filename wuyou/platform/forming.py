"""Between a form and a service: what the service refuses is said at the form's own boxes, and nothing typed is lost.

Rules are plain Python and speak Chinese; their sentences are put into the reader's language here.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from wuyou.kernel.refusals import Refused
from wuyou.platform.presentation import said

R = TypeVar("R")
_TAKE_BACK = "take_back"
"""The name of the button that takes a record back."""


def carried_out(form: forms.Form, act: Callable[[], R]) -> R | None:
    """Return what the service returned; None when it refused, its reasons then stand at the form's fields.

    A reason for a field that the form does not have stands above the form. Other refusals pass on to their pages.
    """
    try:
        with transaction.atomic():
            return act()
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, said(reason.saying))
        return None


def correction_posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent to correct a record; None when nothing was, or when the record is to be taken back."""
    return None if _TAKE_BACK in request.POST else request.POST or None


def set_right(
    request: HttpRequest,
    form: forms.Form,
    *,
    correct: Callable[[], Any],
    take_back: Callable[[], Any],
    told: tuple[str, str],
    then: tuple[str, str],
) -> HttpResponse | None:
    """Return the way on from a page of corrections, once a record was corrected or taken back; None shows the page (again).

    `told` are the sentences and `then` the addresses: after a correction, after taking back. Raises what the services raise
    but `Refused` by `correct`, which stands at the form.
    """
    if _TAKE_BACK in request.POST:
        with transaction.atomic():  # as a correction: what it notes beside stands or falls with it
            take_back()
        done = 1
    elif request.method == "POST" and form.is_valid() and carried_out(form, correct) is not None:
        done = 0
    else:
        return None
    messages.success(request, told[done])
    return redirect(then[done])
