"""What every table must declare of its fields: purpose, basis, retention, visibility, and what a merger does to it.

    class DataCare:
        personal = {"note": Care("说明走访所见需求", Basis.CONSENT, "activities.visit.view")}
        plain = {"id", "unit", "visit_date"}
        keep = Months(36)
        on_unit_merged = Keep("visit_date")   # only where the table links to a unit: see `handover`
        on_person_merged = OnMerge.MOVE    # only where it links to a person

A test walks the model registry with `gaps`: every field of every model of ours is in exactly one of `personal` and
`plain`, every link has its policy. Merging, subject access, erasure and scrubbed copies walk the same declarations.
Source: 个人信息保护法 arts. 6, 17, 19, 51.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models

from wuyou.platform import handover


class Basis(StrEnum):
    """On what ground a personal field may be held (个人信息保护法 art. 13)."""

    CONSENT = "consent"
    SEPARATE_CONSENT = "separate_consent"
    OFFICE = "office"
    LEGAL_DUTY = "legal_duty"


class OnMerge(StrEnum):
    """What happens to a row when the person it links to is merged into another. Units: `handover`."""

    KEEP = "keep"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Care:
    """How one personal field is cared for: what it serves (shown to the person), its basis, who may see it.

    `seen_by` is the name of a permission; "" means whoever may see the row.
    """

    purpose: str
    basis: Basis = Basis.CONSENT
    seen_by: str = ""


@dataclass(frozen=True, slots=True)
class Months:
    """A retention in months after the row's end; None means as long as the organisation exists."""

    number: int | None


FOREVER = Months(None)
NOBODY: dict[str, Care] = {}
"""The personal fields of a table that has none."""


def own_models() -> Iterator[type[models.Model]]:
    """Yield every model of ours, in the order of the packages."""
    for config in apps.get_app_configs():
        if config.name.startswith("wuyou."):
            yield from config.get_models()


def gaps(model: type[models.Model]) -> list[str]:
    """Return what the model's declaration lacks, one English line each; an empty list means it is complete."""
    care = model.__dict__.get("DataCare")
    if care is None:
        return [f"{model._meta.label} has no DataCare"]
    personal, plain = dict(getattr(care, "personal", {})), set(getattr(care, "plain", set()))
    names = {field.name for field in model._meta.local_fields}
    found = [f"{model._meta.label}.{name} is in neither set" for name in sorted(names - set(personal) - plain)]
    found += [f"{model._meta.label}.{name} is in both sets" for name in sorted(set(personal) & plain)]
    found += [f"{model._meta.label}.{name} is no field" for name in sorted((set(personal) | plain) - names)]
    found += [f"{model._meta.label}.{name} says no purpose" for name, c in personal.items() if not c.purpose.strip()]
    if not isinstance(getattr(care, "keep", None), Months):
        found.append(f"{model._meta.label} says not how long it is kept")
    found += _link_gaps(model, care)
    return found


def _link_gaps(model: type[models.Model], care: type) -> Iterator[str]:
    for field in model._meta.local_fields:
        target = field.related_model
        label = target._meta.label_lower if isinstance(target, type) else ""
        if label == "orgs.unit" and handover.policy_of(care, field.name) is None:
            yield f"{model._meta.label}.{field.name} links to orgs.Unit without on_unit_merged"
        if label == "people.person" and not isinstance(getattr(care, "on_person_merged", None), OnMerge):
            yield f"{model._meta.label}.{field.name} links to people.Person without on_person_merged"
