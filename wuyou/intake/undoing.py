"""Taking a batch back: what it changed gets its former values, what it brought goes, unless something later needs it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models

from wuyou.intake.planning import Action
from wuyou.kernel.sayings import Saying
from wuyou.people import counting
from wuyou.people.models import ConsentBasis, Person
from wuyou.platform import datacare
from wuyou.platform.models import ImportBatch
from wuyou.platform.sealing import SealedField, unseal

Model = type[models.Model]
_AT_ONCE = 500
_LAST = {"assessment.schemeversion": 0, "people.person": 2, "orgs.unit": 3}


class Undoing:
    """Walks what a batch wrote; `number` counts the records taken back, `left` says which stay, and why."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch, self.number = batch, 0
        self.left: list[Saying] = []
        self._divisions: set[int | None] = set()
        self._models = _with_batch()
        self._kept: dict[Model, set[int]] = {model: set() for model in self._models}

    def run(self) -> None:
        """Take everything back that can be."""
        bases = set(self._own(Person).exclude(basis=None).values_list("basis_id", flat=True))
        self._restore_changed()
        self._keep_what_is_needed()
        for model in self._models:
            self._remove(model)
        self._remove_beside(bases)
        counting.recount(self._divisions)

    def _own(self, model: Model) -> Any:
        return model._base_manager.filter(source_batch=self.batch.pk)

    def _restore_changed(self) -> None:
        """Give changed records their former values back where nobody edited them since."""
        restored: dict[tuple[str, int], int] = {}  # several rows may have changed one thing, one after the other
        for record in self.batch.records.filter(action=Action.CHANGED).order_by("-pk").iterator():
            model = apps.get_model(record.object_kind)
            thing: Any = model._base_manager.filter(pk=record.object_id).first()
            if thing is None:
                continue
            key = (record.object_kind, record.object_id)
            if getattr(thing, "version", record.after_version) != restored.get(key, record.after_version):
                self.left.append(Saying("{thing}：导入后又被修改过，没有恢复原值。", {"thing": str(thing)}))
            elif record.before:
                self._divisions |= {getattr(thing, "division_id", None)}
                _restore(thing, record.before)
                restored[key] = getattr(thing, "version", 0)
                self._divisions |= {getattr(thing, "division_id", None)}
                self.number += 1

    def _keep_what_is_needed(self) -> None:
        """Find which new records stay: those edited since, those that later records name, and what belongs to either."""
        fresh: dict[Model, set[int]] = {}
        for model, text, found in self._reasons():
            own = found - self._kept[model]
            self._kept[model] |= own
            fresh.setdefault(model, set()).update(own)
            for thing in model._base_manager.filter(pk__in=sorted(own)[:_AT_ONCE]):
                self.left.append(Saying(text.text, {"thing": str(thing)}))
        while any(fresh.values()):
            fresh = self._belonging_to(fresh)

    def _reasons(self) -> Iterator[tuple[Model, Saying, set[int]]]:
        for model in self._models:
            edited = self._edited_since(model)
            if edited:
                yield model, Saying("{thing}：导入后又被修改过，保留。"), edited
        for model in self._models:
            named = self._named_later(model)
            if named:
                yield model, Saying("{thing}：后来的记录用到了它，保留。"), named

    def _edited_since(self, model: Model) -> set[int]:
        if not any(field.name == "version" for field in model._meta.local_fields):
            return set()
        now = dict(self._own(model).values_list("pk", "version"))
        records = self.batch.records.filter(object_kind=model._meta.label_lower, action=Action.NEW)
        then = records.values_list("object_id", "after_version")
        return {pk for pk, version in then if now.get(pk, version) != version}

    def _named_later(self, model: Model) -> set[int]:
        """Return which of the batch's records are named by records that are not of the batch."""
        found: set[int] = set()
        for relation in model._meta.related_objects:
            other, name = relation.related_model, relation.field.name
            rows = other._base_manager.filter(**{f"{name}__source_batch": self.batch.pk})
            if other in self._kept:
                rows = rows.exclude(source_batch=self.batch.pk)
            elif relation.on_delete is models.CASCADE:
                continue  # a part of the record without a life of its own
            for owner in _owners(other):
                rows = rows.exclude(**{f"{owner}__source_batch": self.batch.pk})
            found |= set(rows.values_list(relation.field.attname, flat=True))
        return found

    def _belonging_to(self, kept: Mapping[Model, set[int]]) -> dict[Model, set[int]]:
        """Return the batch's records that stay with the kept ones: a unit's own facts, and whatever a kept record names."""
        fresh: dict[Model, set[int]] = {}
        for model in self._models:
            for field in _links(model, self._kept):
                target = field.related_model
                if target._meta.label_lower in _OWNERS and kept.get(target):
                    rows = self._own(model).filter(**{f"{field.attname}__in": kept[target]})
                    fresh.setdefault(model, set()).update(rows.values_list("pk", flat=True))
                if kept.get(model):
                    rows = self._own(model).filter(pk__in=kept[model], **{f"{field.name}__source_batch": self.batch.pk})
                    fresh.setdefault(target, set()).update(rows.values_list(field.attname, flat=True))
        fresh = {model: found - self._kept[model] for model, found in fresh.items()}
        for model, found in fresh.items():
            self._kept[model] |= found
        return fresh

    def _remove(self, model: Model) -> None:
        rows = self._own(model)
        if any(field.name == "division" for field in model._meta.local_fields):
            self._divisions |= set(rows.values_list("division_id", flat=True))
        for level in _levels(model, rows):
            gone = [pk for pk in level if pk not in self._kept[model]]
            for at in range(0, len(gone), _AT_ONCE):
                part = model._base_manager.filter(pk__in=gone[at : at + _AT_ONCE])
                self.number += part.delete()[1].get(model._meta.label, 0)

    def _remove_beside(self, bases: set[int]) -> None:
        """Take away what came into being beside the records and nobody uses: grounds, host units, empty schemes."""
        day = self.batch.committed_at.date() if self.batch.committed_at else None
        ConsentBasis.objects.filter(pk__in=bases, person=None, since__gte=day).delete()
        for kind, unused in (("orgs.hosting", {}), ("orgs.hostunit", {"hostings": None})):
            numbers = self.batch.records.filter(object_kind=kind, action=Action.NEW).values("object_id")
            apps.get_model(kind)._base_manager.filter(pk__in=numbers, **unused).delete()
        if self.batch.records.filter(object_kind="assessment.schemeversion").exists():
            apps.get_model("assessment.scheme")._base_manager.filter(versions=None).delete()


_OWNERS = ("orgs.unit", "people.person")


def _restore(thing: Any, before: Mapping[str, Any]) -> None:
    """Set a record's former values and save it; sealed ones stand sealed in `before`."""
    for name, value in before.items():
        field = thing._meta.get_field(name.removesuffix("_id"))
        if isinstance(field, models.ForeignKey) and not name.endswith("_id"):
            related = field.related_model._base_manager.filter(code=value).first() if value is not None else None
            setattr(thing, name, related)
        elif isinstance(field, SealedField):
            # opened, so that saving seals it anew and brings its blind index back with it
            setattr(thing, name, unseal(field.place, thing.uid, value) if value else value)
        else:
            setattr(thing, name, field.to_python(value))
    if hasattr(thing, "version"):
        thing.version += 1
    thing.save()


def _with_batch() -> list[Model]:
    """Return the tables whose rows carry their batch, those that name others before those they name."""
    found = [m for m in datacare.own_models() if any(f.name == "source_batch" for f in m._meta.local_fields)]
    order = {model: place for place, model in enumerate(found)}
    return sorted(found, key=lambda model: (_LAST.get(model._meta.label_lower, 1), order[model]))


def _levels(model: Model, rows: Any) -> list[list[int]]:
    """Return the ids of the rows, in a tree the deepest first: whoever is above others goes after them."""
    if not any(field.name == "path" for field in model._meta.local_fields):
        return [list(rows.values_list("pk", flat=True))]
    by_depth: dict[int, list[int]] = {}
    for pk, path in rows.values_list("pk", "path"):
        by_depth.setdefault(path.count("/"), []).append(pk)
    return [by_depth[depth] for depth in sorted(by_depth, reverse=True)]


def _links(model: Model, targets: Mapping[Model, Any]) -> Iterator[Any]:
    """Yield the model's links to tables that carry their batch."""
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and field.related_model in targets:
            yield field


def _owners(model: Model) -> Iterator[str]:
    """Yield by name the links through which a table without a batch of its own belongs to a record that has one."""
    if any(field.name == "source_batch" for field in model._meta.local_fields):
        return
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE:
            target = field.related_model
            if any(own.name == "source_batch" for own in target._meta.local_fields):
                yield field.name
