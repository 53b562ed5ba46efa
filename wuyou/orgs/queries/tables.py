"""The tables that an office edits: kinds of unit, the forms that a unit takes by its size, and any other of that shape."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import rules
from wuyou.orgs.models import UnitForm, UnitKind
from wuyou.orgs.office_tables import OfficeTable
from wuyou.orgs.permissions import P


def kinds(held: str = "") -> list[UnitKind]:
    """Return the kinds in use, and one that is held though retired (its code), in the office's order."""
    return list(UnitKind.objects.filter(Q(is_active=True) | Q(code=held)))


def grassroots_kinds() -> list[UnitKind]:
    """Return every kind of group, in use or not, in the office's order."""
    return list(UnitKind.objects.filter(is_federation=False))


def forms() -> list[UnitForm]:
    """Return every form, in use or not, smallest first."""
    return list(UnitForm.objects.all())


def offered_forms(held: str = "") -> list[UnitForm]:
    """Return the threshold table in use, and a form that is held though retired (its code), smallest first."""
    return list(UnitForm.objects.filter(Q(is_active=True) | Q(code=held)))


def advised_form(people: int | None) -> rules.FormAdvice | None:
    """Return the form that the threshold table advises for a number of people; None when it is not known."""
    sizes = offered_forms()
    limits: list[int | None] = [*(form.min_people for form in sizes[1:]), None]
    table = (
        rules.FormAdvice(form.code, form.name, form.min_people, form.source, form.pk, below)
        for form, below in zip(sizes, limits, strict=True)
    )
    return rules.advised_form(people, table)


@dataclass(frozen=True, slots=True)
class RowUse:
    """A row of an office's table, and how it may go. `used` counts the rows that link to it."""

    row: Any
    used: int
    may_retire: bool
    may_remove: bool


def may_edit_tables(actor: Actor) -> bool:
    """Say whether the actor may edit the office's tables: they hold for everybody, so he answers for the whole tree."""
    return actor.can_everywhere(P.EDIT_TABLES)


def check_may_edit(actor: Actor) -> None:
    """Raise Forbidden unless the actor may edit the office's tables."""
    if not may_edit_tables(actor):
        raise Forbidden(P.EDIT_TABLES)


def rows(actor: Actor, table: OfficeTable) -> list[tuple[Any, int | None]]:
    """Return the rows of a table, those in use first, in their order, each with how often it is used. Raises Forbidden.

    None: the table does not count.
    """
    check_may_edit(actor)
    found = list(table.model._default_manager.select_related(*table.related))
    found.sort(key=lambda row: not getattr(row, "is_active", True))
    if table.counted is None:
        return [(row, None) for row in found]
    relation: Any = next(rel for rel in table.model._meta.related_objects if rel.name == table.counted[0])
    counts = relation.related_model._default_manager.order_by().values_list(relation.field.attname)
    number = dict(counts.annotate(n=Count("pk")))
    return [(row, number.get(row.pk, 0)) for row in found]


def row(actor: Actor, table: OfficeTable, row_id: int) -> RowUse:
    """Return one row, and how it may go. Raises NotFound, Forbidden."""
    check_may_edit(actor)
    found = table.model._default_manager.select_related(*table.related).filter(pk=row_id).first()
    if found is None:
        raise NotFound
    used = sum(
        relation.related_model._default_manager.filter(**{relation.field.name: found.pk}).count()
        for relation in table.model._meta.related_objects
    )
    is_free = not used and not table.used_elsewhere(found) and getattr(found, "code", "") not in table.built_in
    return RowUse(found, used, may_retire=table.retires and not is_free, may_remove=is_free)
