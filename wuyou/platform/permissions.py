"""Permissions: named in each package's `permissions.py`, collected once at start, declared on every URL.

    class P(StrEnum):
        VIEW = "orgs.unit.view"
    LABELS = {P.VIEW: _("查看组织")}
    ROLES = {Role.CITY_OFFICER: {P.VIEW}}

A view says `@needs(P.VIEW)`, `@signed_in` or `@public("why")`; a URL that says nothing fails a test and answers 403.
"""

import functools
import importlib
import importlib.util
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden
from wuyou.kernel.roles import Role

View = Callable[..., HttpResponseBase]


class P(StrEnum):
    """The platform's own permissions."""

    VIEW_AUDIT = "platform.audit.view"
    IMPORT = "platform.imports.run"
    VIEW_SELF_CHECK = "platform.self_check.view"


LABELS: dict[str, Any] = {
    P.VIEW_AUDIT: _("查看和校验审计记录"),
    P.IMPORT: _("导入表格"),
    P.VIEW_SELF_CHECK: _("查看减负自查"),
}
ROLES: dict[Role, set[str]] = {
    Role.ADMINISTRATOR: {P.VIEW_SELF_CHECK, P.IMPORT},
    Role.CITY_OFFICER: {P.IMPORT, P.VIEW_SELF_CHECK},
    Role.COUNTY_OFFICER: {P.IMPORT, P.VIEW_SELF_CHECK},
    Role.AUDITOR: {P.VIEW_AUDIT, P.VIEW_SELF_CHECK},
}

_labels: dict[str, Any] = {}
_roles: dict[Role, frozenset[str]] = {}


def collect() -> None:
    """Read the `permissions.py` of every package; raise ImproperlyConfigured on a name said twice or not at all."""
    _labels.clear()
    roles: dict[Role, set[str]] = {role: set() for role in Role}
    for config in apps.get_app_configs():
        name = f"{config.name}.permissions"
        if not config.name.startswith("wuyou.") or importlib.util.find_spec(name) is None:
            continue
        module = importlib.import_module(name)
        for permission, label in module.LABELS.items():
            if permission in _labels:
                raise ImproperlyConfigured(f"permission {permission} is named twice")
            _labels[str(permission)] = label
        for role, permissions in module.ROLES.items():
            roles[role] |= {str(permission) for permission in permissions}
    unknown = {permission for found in roles.values() for permission in found} - set(_labels)
    if unknown:
        raise ImproperlyConfigured(f"permissions without a label: {sorted(unknown)}")
    _roles.update({role: frozenset(found) for role, found in roles.items()})


def of_role(role: Role) -> frozenset[str]:
    """Return the names of the permissions that a role carries."""
    return _roles[role]


def labels() -> dict[str, Any]:
    """Return every permission's name with its label, sorted by name."""
    return dict(sorted(_labels.items()))


def needs(permission: str, *, everywhere: bool = False) -> Callable[[View], View]:
    """Let only those see the view who hold the permission somewhere; which rows they see, the query decides.

    `everywhere`: what is seen or changed is shared by all units, so the permission must be held on the whole tree.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_the_door(request)
            actor: Actor = request.actor  # type: ignore[attr-defined] # set by ActorMiddleware
            if not (actor.can_everywhere(permission) if everywhere else actor.can(permission)):
                raise Forbidden(permission)
            return view(request, *args, **kwargs)

        run.declared = ("needs", str(permission))  # type: ignore[attr-defined] # read by the matrix test
        return run

    return decorate


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in page; a piece of a page that asks for itself has its whole page opened anew instead."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def signed_in(view: View) -> View:
    """Let everybody see the view who is signed in."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_the_door(request)
        return view(request, *args, **kwargs)

    run.declared = ("signed_in", "")  # type: ignore[attr-defined] # read by the matrix test
    return run


def public(reason: str) -> Callable[[View], View]:
    """Let everybody see the view, for the reason given; the list of these is short and printed by the matrix test."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        run.declared = ("public", reason)  # type: ignore[attr-defined] # read by the matrix test
        return run

    return decorate
