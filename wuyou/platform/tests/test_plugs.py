"""What packages announce is found at start; a name announced twice stops it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from wuyou.funds import plugs as funds
from wuyou.orgs import plugs as orgs
from wuyou.platform import permissions, plugs
from wuyou.platform.plugs import Item, Task, announced


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Collect again after a test that changed what there is to collect."""
    yield
    monkeypatch.undo()
    plugs.collect()


def nothing(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """Do nothing."""
    return {}


TWICE: tuple[tuple[str, Any], ...] = (
    ("AUDIT", {"orgs.unit.founded": "登记"}),
    ("JOBS", (Task("test.work", "", nothing), Task("test.work", "", nothing))),
)


@pytest.mark.parametrize(("kind", "things"), TWICE)
def test_a_name_announced_twice_stops_the_start(
    collected: None, monkeypatch: pytest.MonkeyPatch, kind: str, things: Any
) -> None:
    monkeypatch.setattr(funds, kind, things, raising=False)
    with pytest.raises(ImproperlyConfigured, match="announced twice"):
        plugs.collect()


def test_a_failed_start_leaves_what_was_announced(collected: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(announced.audit)
    monkeypatch.setattr(funds, "AUDIT", {"orgs.unit.founded": "登记"})
    with pytest.raises(ImproperlyConfigured):
        plugs.collect()
    assert announced.audit == before


def test_what_a_package_announces_is_found(collected: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orgs, "JOBS", (Task("test.work", "试验", nothing),), raising=False)
    monkeypatch.setattr(
        orgs, "MENU", (Item("x:y", "乙", "orgs.unit.view", 99), Item("x:z", "甲", "orgs.unit.view", -1)), raising=False
    )
    plugs.collect()
    assert announced.jobs["test.work"].label == "试验"
    assert (announced.menu[0].url, announced.menu[-1].url) == ("x:z", "x:y")


def test_menu_entries_lead_somewhere_and_need_a_known_permission() -> None:
    assert [item.url for item in announced.menu if not reverse(item.url).startswith("/")] == []
    assert [item.url for item in announced.menu if item.needs and item.needs not in permissions.labels()] == []


def test_keyboard_jumps_are_all_different() -> None:
    keys = [item.key for item in announced.menu if item.key]
    assert len(keys) == len(set(keys))


def test_somebody_announces_who_users_are() -> None:
    assert announced.actor_of is not plugs.nobody
