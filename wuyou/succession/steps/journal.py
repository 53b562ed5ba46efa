"""Writing rows for a change so that each can be put back: what is made, changed and removed is noted, many rows at a time.

Rows that changed alike are one `Step`: 100,000 members are some hundred steps, and going back is as quick as going on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from wuyou.succession.models import Step, Succession

BATCH = 1000

T = TypeVar("T")


def batches(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield the things in lists of at most that many, in their order."""
    waiting = iter(things)
    while batch := list(islice(waiting, size)):
        yield batch


class Journal:
    """Writes the rows of one change and notes each; used within the transaction of the service that carries it out."""

    def __init__(self, succession: Succession) -> None:
        self._succession = succession
        self._number = 0

    def make(self, rows: Sequence[Model], *, watch: tuple[str, ...] = ()) -> Sequence[Model]:
        """Store new rows of one table. `watch` names the columns that must still be the same for the change to be taken back."""
        for batch in batches(rows):
            model = type(batch[0])
            model._base_manager.bulk_create(batch)
            self.adopt(batch, watch=watch)
        return rows

    def adopt(self, rows: Sequence[Model], *, watch: tuple[str, ...] = ()) -> None:
        """Note rows of one table that a service made on behalf of this change."""
        alike: dict[tuple[Any, ...], list[Any]] = {}
        for row in rows:
            alike.setdefault(tuple(getattr(row, name) for name in watch), []).append(row.pk)
        for values, ids in alike.items():
            self._note(type(rows[0]), Step.Action.MADE, ids, None, dict(zip(watch, values, strict=True)))

    def change(self, model: type[Model], ids: Iterable[Any], **values: Any) -> None:
        """Give columns of some rows new values. Names are those of columns: `unit_id`, not `unit`."""
        for batch in batches(ids):
            rows = model._base_manager.filter(pk__in=batch)
            alike: dict[tuple[Any, ...], list[Any]] = {}
            for pk, *before in rows.order_by("pk").values_list("pk", *values):
                alike.setdefault(tuple(before), []).append(pk)
            rows.update(**values)
            for held, pks in alike.items():
                self._note(model, Step.Action.CHANGED, pks, dict(zip(values, held, strict=True)), values)

    def remove(self, rows: Sequence[Model]) -> None:
        """Take rows of one table away; each is kept whole in the journal."""
        for batch in batches(rows):
            model = type(batch[0])
            whole = [_whole(row) for row in batch]
            ids = [row.pk for row in batch]
            model._base_manager.filter(pk__in=ids).delete()
            self._note(model, Step.Action.REMOVED, ids, {"rows": whole}, None)

    def _note(
        self,
        model: type[Model],
        action: str,
        ids: Sequence[Any],
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        self._number += 1
        Step.objects.create(
            succession=self._succession, number=self._number, table=model._meta.label, action=action, ids=list(ids),
            before=before and _plain(model, before), after=_plain(model, after) if after is not None else None,
        )  # fmt: skip


def _whole(row: Model) -> dict[str, Any]:
    return {
        column.attname: column.value_to_string(row) if getattr(row, column.attname) is not None else None
        for column in row._meta.concrete_fields
    }


def _plain(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns' values as JSON takes them: days and moments as ISO text."""
    return {
        name: value if value is None or isinstance(value, (bool, int, str, list, dict)) else _text(value)
        for name, value in values.items()
    }


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def typed(model: type[Model], values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return values that `_plain` told as the model's columns hold them."""
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return {
        name: columns[name].to_python(value) if name in columns else value for name, value in (values or {}).items()
    }


def undo(step: Step) -> None:
    """Put back what one step did. Steps are undone from the last to the first, those of the same table as well."""
    model = apps.get_model(step.table)
    rows = model._base_manager.filter(pk__in=step.ids)
    if step.action == Step.Action.MADE:
        rows.delete()
    elif step.action == Step.Action.CHANGED:
        rows.update(**typed(model, step.before))
    else:
        model._base_manager.bulk_create(model(**typed(model, told)) for told in (step.before or {})["rows"])


def no_longer(table: str, ids: Iterable[Any], after: Mapping[str, Any]) -> int:
    """Return how many of some rows of a table are not, or no longer, as steps left them (`after`, as a step tells it)."""
    model, number = apps.get_model(table), 0
    for batch in batches(ids):
        number += len(set(batch)) - model._base_manager.filter(pk__in=batch, **typed(model, after)).count()
    return number
