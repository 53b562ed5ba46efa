"""Editing the tables that an office edits: one way for all of them."""

import itertools
from typing import Any

from django.db.models import Model, Q

from wuyou.kernel import pinyin
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Reason, Refused, decide
from wuyou.orgs import queries
from wuyou.orgs.office_tables import Facts, OfficeTable
from wuyou.platform import audit, locking
from wuyou.platform.service import service

RESERVED = "none"
"""No row has this code: in addresses it asks for what has no row at all."""


@service
def add_row(*, actor: Actor, table: OfficeTable, facts: Facts) -> Any:
    """Add a row to an office's table; its code is made from its name.

    Raises: Forbidden, Refused (name or threshold taken).
    """
    queries.check_may_edit(actor)
    _check(table, facts, None)
    made: Any = table.model(**_told(table, facts))
    if table.coded:
        made.code = _free_code(table, made.name)
    made.save(force_insert=True)
    audit.record(actor, "orgs.table.added", made, table=str(table.title), name=str(made))
    return made


@service
def revise_row(*, actor: Actor, table: OfficeTable, row_id: int, seen: int | None, facts: Facts) -> Any:
    """Change a row of an office's table; the same again changes nothing.

    Raises: NotFound, Forbidden, Conflict (somebody else saved meanwhile), Refused (name or threshold taken).
    """
    row = queries.row(actor, table, row_id).row
    told = _told(table, facts)
    if all(getattr(row, name) == value for name, value in told.items()):
        return row
    locking.claim(row, seen, told)
    _check(table, facts, row)
    before = {name: _plain(getattr(row, name)) for name in told}
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    changes = audit.changes(before, {name: _plain(value) for name, value in told.items()})
    audit.record(actor, "orgs.table.revised", row, table=str(table.title), name=str(row), changes=changes)
    return row


@service
def retire_row(*, actor: Actor, table: OfficeTable, row_id: int, seen: int | None = None) -> Any:
    """Offer a row no more; wherever it stands it stays. A replay changes nothing.

    Raises: NotFound, Forbidden, Conflict, Refused (something relies on the row).
    """
    row = queries.row(actor, table, row_id).row
    if not row.is_active:
        return row
    locking.claim(row, seen, {"is_active": False})
    decide(*table.against_retiring(row)).or_refuse()
    row.is_active = False
    row.save(update_fields=["is_active", "version"])
    audit.record(actor, "orgs.table.retired", row, table=str(table.title), name=str(row))
    return row


@service
def restore_row(*, actor: Actor, table: OfficeTable, row_id: int, seen: int | None = None) -> Any:
    """Offer a retired row again. A replay changes nothing.

    Raises: NotFound, Forbidden, Conflict, Refused (its threshold has gone to another row).
    """
    row = queries.row(actor, table, row_id).row
    if row.is_active:
        return row
    locking.claim(row, seen, {"is_active": True})
    _check(table, {name: getattr(row, name) for name in table.fields}, row)
    row.is_active = True
    row.save(update_fields=["is_active", "version"])
    audit.record(actor, "orgs.table.restored", row, table=str(table.title), name=str(row))
    return row


@service
def remove_row(*, actor: Actor, table: OfficeTable, row_id: int, seen: int | None = None) -> None:
    """Delete a row that nothing uses.

    Raises: NotFound, Forbidden, Conflict, Refused (it is used, or the program refers to it).
    """
    found = queries.row(actor, table, row_id)
    locking.claim(found.row, seen, {})
    if not found.may_remove:
        raise Refused(Reason("这一项已经在使用，没有删除；不再使用的，请改为停用。"))
    told, number = str(found.row), found.row.pk
    found.row.delete()
    found.row.pk = number
    audit.record(actor, "orgs.table.removed", found.row, table=str(table.title), name=told)


def _told(table: OfficeTable, facts: Facts) -> dict[str, Any]:
    return {name: facts[name] for name in table.fields if name in facts}


def _check(table: OfficeTable, facts: Facts, row: Model | None) -> None:
    others: Any = table.model._default_manager.exclude(pk=row.pk) if row is not None else table.model._default_manager
    for names, sentence in table.unique:
        same = Q(**{name: facts[name] for name in names})
        if table.retires and "name" not in names:
            same &= Q(is_active=True)
        if others.filter(same).exists():
            raise Refused(Reason(sentence, names[0]))


def _free_code(table: OfficeTable, name: str) -> str:
    base = pinyin.initials(name)[:20] or table.key
    rows: Any = table.model._default_manager
    taken = {RESERVED, *rows.values_list("code", flat=True)}
    tried = itertools.chain([base], (f"{base}_{number}" for number in itertools.count(2)))
    return next(code for code in tried if code not in taken)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Model) else value
