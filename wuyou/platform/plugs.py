"""Announcing up: what packages tell the platform of in their `plugs.py`, found at start.

Lower packages never know upper ones; what must be gathered from everywhere (imports, exports, figures, jobs, audit
sentences, menu entries, what holds a row of a lower package) is announced here in frozen dataclasses. A name announced
twice fails at start.
"""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason

AUDIT = {
    "platform.audit.erased": _("清除了 {number} 条审计记录的详细内容"),
    "platform.export.made": _("导出{label} {rows} 行，用途：{purpose}"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of background work: `run(actor, progress, **arguments)` returns a dictionary for the job's result."""

    name: str
    label: Any
    run: Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Item:
    """A menu entry: the URL's name, its label, the permission it needs, and the letter of its keyboard jump."""

    url: str
    label: Any
    needs: str
    order: int
    key: str = ""


def nobody(user_id: int | None) -> Actor:
    """Return an actor without any right: what a user is while no package announces who users are."""
    return Actor(user_id, "")


@dataclass(slots=True)
class _Announced:
    imports: dict[str, Any] = field(default_factory=dict)
    exports: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    jobs: dict[str, Task] = field(default_factory=dict)
    audit: dict[str, Any] = field(default_factory=dict)
    menu: list[Item] = field(default_factory=list)
    holds: list[Callable[[Any], Reason | None]] = field(default_factory=list)
    actor_of: Callable[[int | None], Actor] = nobody


announced = _Announced()


def collect() -> None:
    """Read the `plugs.py` of every package; raise ImproperlyConfigured when a name is announced twice."""
    fresh = _Announced()
    for config in apps.get_app_configs():
        name = f"{config.name}.plugs"
        if not config.name.startswith("wuyou.") or importlib.util.find_spec(name) is None:
            continue
        module = importlib.import_module(name)
        for kind in ("imports", "exports", "figures", "facts", "jobs"):
            for thing in getattr(module, kind.upper(), ()):
                _put(getattr(fresh, kind), thing.name, thing)
        for verb, sentence in getattr(module, "AUDIT", {}).items():
            _put(fresh.audit, verb, sentence)
        fresh.menu.extend(getattr(module, "MENU", ()))
        fresh.holds.extend(getattr(module, "HOLDS", ()))
        fresh.actor_of = getattr(module, "ACTOR_OF", fresh.actor_of)
    fresh.menu.sort(key=lambda item: item.order)
    for kind in ("imports", "exports", "figures", "facts", "jobs", "audit", "menu", "holds", "actor_of"):
        setattr(announced, kind, getattr(fresh, kind))


def _put(found: dict[str, Any], name: str, thing: Any) -> None:
    if name in found:
        raise ImproperlyConfigured(f"{name} is announced twice")
    found[name] = thing
