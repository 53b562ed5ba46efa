"""Rows by the hundred thousand, below the ORM: what `bulk_create` does, many times as fast. Part of a running service.

The caller answers for what saving a model would do by itself: seals, indexes, rules. Rows come as values by column name.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, models

from wuyou.platform.sealing import Ciphertext, SealedField


def fresh_numbers(model: type[models.Model], number: int) -> list[int]:
    """Return as many primary keys in rising order, none of which was ever in use."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number]
            )
            return sorted(pk for (pk,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = int(row[0]) if row else 0
    return list(range(last + 1, last + number + 1))


def hold_little() -> None:
    """Let this connection read through a small cache of 16 MB from now on: SQLite would map 256 MB of a large file.

    Nor may it make an index of a whole table for one question. For processes that walk over much of a register and show
    no page.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size = 0")
            cursor.execute("PRAGMA cache_size = -16384")
            cursor.execute("PRAGMA automatic_index = 0")


def insert(model: type[models.Model], same: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows; `same` stands in all of them, and what nobody names gets its field's default.

    Values of `same` are Python's; those of `rows` are as the database takes them (text, whole number, bool, None, UUID).
    """
    fields = model._meta.concrete_fields
    at = {field.attname: place for place, field in enumerate(fields)}
    own = _own_names(fields)
    template = [
        None if field.attname in own else field.get_db_prep_save(same.get(field.attname, _default(field)), connection)
        for field in fields
    ]
    lines = _lines(template, at, own, _sealed(fields, rows))
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", list(lines))  # noqa: S608 -- our own columns


def _own_names(fields: Iterable[Any]) -> set[str]:
    """Return the columns that each row must give itself: the primary key, and a uid by which others know the row."""
    return {f.attname for f in fields if f.primary_key or (f.unique and isinstance(f, models.UUIDField))}


def _sealed(fields: Iterable[Any], rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Let rows pass whose guarded columns are sealed. Raises ValueError for open text, before it is sent."""
    guarded = [field.attname for field in fields if isinstance(field, SealedField)]
    for row in rows:
        if any(row.get(name) and not isinstance(row[name], Ciphertext) for name in guarded):
            raise ValueError("a sealed column was given open text")
        yield row


def _lines(
    template: list[Any], at: Mapping[str, int], own: set[str], rows: Iterable[Mapping[str, Any]]
) -> Iterator[list[Any]]:
    text_uid = "uid" in own and not connection.features.has_native_uuid_field
    for row in rows:
        line = template.copy()
        for name, value in row.items():
            line[at[name]] = value
        if text_uid:
            line[at["uid"]] = row["uid"].hex
        yield line


def _default(field: models.Field[Any, Any]) -> Any:
    return None if field.null and not field.has_default() else field.get_default()
