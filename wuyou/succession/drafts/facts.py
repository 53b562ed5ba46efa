"""What a unit that alone changes is now, and what it is to be: names, kind, form, county, hosts, leading bodies."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wuyou.kernel import clock
from wuyou.orgs.models import FormerIdentity, Hosting, LedBy, Unit, UnitForm, UnitKind
from wuyou.orgs.queries import open_on
from wuyou.places.models import Division
from wuyou.succession.drafts import Draft
from wuyou.succession.words import LATER_NAMED


def present(unit: Unit, then: FormerIdentity | None = None, on: date | None = None) -> dict[str, Any]:
    """Return what a unit is, by the names of a plan's `facts`; kind and form by their codes.

    `then` is what it was on an earlier day `on`, None when it has not changed since; without a day it is today.
    """
    day = on or clock.today()
    was: Any = then or unit
    hosts = Hosting.objects.filter(open_on(day), unit=unit).order_by("pk").values_list("host__name", flat=True)
    led_by = LedBy.objects.filter(open_on(day), unit=unit).order_by("pk").values_list("body", flat=True)
    return {
        "full_name": was.full_name,
        "short_name": was.short_name,
        "kind": was.kind.code,
        "form": was.form.code if was.form else "",
        "county_id": was.county_id,
        "hosts": list(hosts),
        "led_by": list(led_by),
    }


def differing(unit: Unit, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return of what is wanted that which is other than today; with a new full name the short one is always told."""
    held = present(unit)
    found = {name: value for name, value in wanted.items() if value != held[name]}
    if "full_name" in found and wanted.get("short_name"):
        found["short_name"] = wanted["short_name"]
    return found


def shown(draft: Draft, before: Mapping[str, Any] | None = None) -> list[tuple[str, str, str]]:
    """Return what becomes other, as a person reads it: what it is called, what it is now, what it becomes.

    `before` is what the unit was, where that is not what it is today.
    """
    facts = draft.plan.facts
    if not facts or not draft.old_units:
        return []
    held = before or present(draft.old_units[0])
    names = [name for name in LATER_NAMED if name in facts]
    return [(str(LATER_NAMED[name]), _word(name, held[name]), _word(name, facts[name])) for name in names]


def _word(name: str, value: Any) -> str:
    tables: dict[str, tuple[Any, str]] = {
        "kind": (UnitKind, "code"),
        "form": (UnitForm, "code"),
        "county_id": (Division, "pk"),
    }
    if name in tables and value:
        table, column = tables[name]
        return str(table.objects.filter(**{column: value}).first() or "")
    return "、".join(value) if isinstance(value, list | tuple) else str(value or "")
