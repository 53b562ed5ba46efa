"""Which tables link to a unit, and what each says becomes of its rows when the unit closes."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models.constants import LOOKUP_SEP

from wuyou.platform.datacare import own_models
from wuyou.platform.handover import policy_of

UNIT = "orgs.unit"


@dataclass(frozen=True, slots=True)
class Link:
    """A column of a table that links to a unit. `name` is what a plan calls it: "leadership.seat.unit".

    `policy` is one of `handover.POLICIES`.
    """

    name: str
    model: Any
    field: str
    policy: Any

    @property
    def rows(self) -> Any:
        """All rows of the table, whatever a manager would leave out."""
        return self.model._base_manager

    def of(self, *unit_ids: int) -> Any:
        """Return the rows that link to these units."""
        return self.rows.filter(**{f"{self.field}__in": unit_ids})


@cache
def links() -> tuple[Link, ...]:
    """Return every link of our tables to a unit, in the order of the packages. Raises LookupError where one says nothing."""
    found = []
    for model in own_models():
        for column in model._meta.local_fields:
            target = column.related_model
            if not isinstance(target, type) or target._meta.label_lower != UNIT:
                continue
            policy = policy_of(model.__dict__.get("DataCare"), column.name)
            if policy is None:
                raise LookupError(f"{model._meta.label}.{column.name} says not what becomes of it")
            found.append(Link(f"{model._meta.label_lower}.{column.name}", model, column.name, policy))
    return tuple(found)


def of_policy(kind: type) -> list[Link]:
    """Return the links whose policy is of a kind."""
    return [link for link in links() if isinstance(link.policy, kind)]


def shown(row: Any, names: tuple[str, ...]) -> str:
    """Return what tells a row from others, as a person reads it: the named fields, those of what it links to as well."""
    words = []
    for name in names:
        value = row
        for part in name.split(LOOKUP_SEP):
            value = getattr(value, part) if value is not None else None
        words.append(str(value() if callable(value) else value or ""))
    return " ".join(word for word in words if word)


def related(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a query must fetch along so that `shown` asks no more."""
    return tuple(sorted({name.rpartition(LOOKUP_SEP)[0] for name in names if LOOKUP_SEP in name}))
