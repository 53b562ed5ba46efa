"""Between a form and a service: what the service refuses is said at the form's own boxes, and nothing typed is lost.

Rules are plain Python and speak Chinese; their sentences are put into the reader's language here.
"""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.db import transaction

from wuyou.kernel.refusals import Refused
from wuyou.platform.presentation import said

R = TypeVar("R")


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
