"""Permissions are named once, carried by roles alone, and what they say together is written down here."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from wuyou.accounts import permissions as accounts
from wuyou.kernel.roles import Role
from wuyou.orgs.permissions import P as Orgs
from wuyou.people.permissions import P as People
from wuyou.platform import permissions
from wuyou.platform.permissions import P, labels, needs, of_role, public, signed_in


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Collect again after a test that changed what there is to collect."""
    yield
    monkeypatch.undo()
    permissions.collect()


def test_every_permission_of_a_role_has_a_label() -> None:
    assert {p for role in Role for p in of_role(role)} - set(labels()) == set()


def test_every_permission_is_carried_by_some_role() -> None:
    assert set(labels()) - {p for role in Role for p in of_role(role)} == set()


def test_names_tell_package_thing_and_act() -> None:
    assert [name for name in labels() if len(name.split(".")) != 3] == []


def test_a_name_said_twice_fails_at_start(collected: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(accounts.LABELS, Orgs.VIEW, "查看")
    with pytest.raises(ImproperlyConfigured, match="named twice"):
        permissions.collect()


def test_a_role_with_an_unnamed_permission_fails_at_start(collected: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(accounts.ROLES, Role.AUDITOR, {"accounts.user.admire"})
    with pytest.raises(ImproperlyConfigured, match="without a label"):
        permissions.collect()


SEPARATED = (
    (Role.ADMINISTRATOR, {People.VIEW, People.REGISTER, People.READ_CONTACT, People.READ_SENSITIVE, P.VIEW_AUDIT}),
    (
        Role.AUDITOR,
        {accounts.P.MANAGE, Orgs.EDIT, Orgs.FOUND, People.VIEW, People.REGISTER, People.READ_CONTACT, P.IMPORT},
    ),
    (Role.CITY_OFFICER, {accounts.P.MANAGE, P.VIEW_AUDIT, People.READ_CONTACT, People.READ_SENSITIVE}),
    (Role.COUNTY_OFFICER, {accounts.P.MANAGE, P.VIEW_AUDIT}),
    (Role.GROUP_LEADER, {accounts.P.MANAGE, P.VIEW_AUDIT, P.IMPORT, Orgs.FOUND, Orgs.EDIT, People.READ_SENSITIVE}),
)


@pytest.mark.parametrize(("role", "never"), SEPARATED)
def test_who_does_not_hold_what(role: Role, never: set[str]) -> None:
    """Source: separation of administration, business and audit (GB/T 22239-2019 8.1.4); seniority opens no telephone number."""
    assert {str(p) for p in never} & of_role(role) == set()


def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer."""
    return HttpResponse("ok")


DECLARED = (
    (needs(Orgs.VIEW)(view), ("needs", "orgs.unit.view")),
    (signed_in(view), ("signed_in", "")),
    (public("a reason")(view), ("public", "a reason")),
)


@pytest.mark.parametrize(("wrapped", "declared"), DECLARED)
def test_a_view_carries_its_declaration(wrapped: Any, declared: tuple[str, str]) -> None:
    assert (wrapped.declared, wrapped.__name__, wrapped.__doc__) == (declared, "view", "Answer.")
