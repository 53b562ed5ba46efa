"""Changes for a test: drafted and carried out through the services, and what the tables hold before and after."""

from datetime import date
from typing import Any

from wuyou.demo.factories import anybody
from wuyou.kernel.actor import Actor
from wuyou.orgs.models import Unit
from wuyou.platform.datacare import own_models
from wuyou.succession import services
from wuyou.succession.models import Succession
from wuyou.succession.plan import Plan, unit_word
from wuyou.succession.services.drafting import Told


def drafted(kind: str, units: list[Unit], *, on: date | None, actor: Actor | None = None, document: str = "",
            shares: bool = False, **plan: Any) -> Succession:  # fmt: skip
    """Return a draft of a change of some units; `plan` are fields of `Plan`."""
    actor = actor or anybody()
    draft = services.begin(actor=actor, kind=kind, unit_id=units[0].pk)
    told = Told(on, document, shares, "")
    whole = Plan(predecessors=tuple(unit.pk for unit in units), **plan)
    return services.revise(actor=actor, succession_id=draft.pk, seen=draft.version, told=told, plan=whole)


def changed(kind: str, units: list[Unit], *, on: date, actor: Actor | None = None, **more: Any) -> Succession:
    """Return a change of some units that is carried out."""
    draft = drafted(kind, units, on=on, actor=actor, **more)
    return services.carry_out(actor=actor or anybody(), succession_id=draft.pk)


def into(*units: Unit) -> tuple[str, ...]:
    """Return the destinations that mean these units."""
    return tuple(unit_word(unit.pk) for unit in units)


OWN_TABLES = ("succession.", "platform.", "places.", "accounts.User")
COUNTED = ("people.MemberCount", "people.HeadCount")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every register, versions left out, by table; the counted ones without their keys."""
    found = {}
    for model in own_models():
        label = model._meta.label
        if label.startswith(OWN_TABLES):
            continue
        rows = [dict(row) for row in model._base_manager.order_by("pk").values()]
        for row in rows:
            row.pop("version", None)
            if label in COUNTED:
                row.pop("id")
        found[label] = sorted(rows, key=repr) if label in COUNTED else rows
    return found
