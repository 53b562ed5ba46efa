"""Subtree scope as a range of an indexed path: `unit__path__under="/1/42/"`.

`startswith` makes SQLite scan the whole table; the same rows as a range (`>= '/1/42/' AND < '/1/420'`, as "0" is the
character after "/") are found by the index on both engines.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from wuyou.kernel.actor import ROOT, Actor
from wuyou.kernel.refusals import Forbidden, NotFound

RowOfUnit = TypeVar("RowOfUnit", bound=models.Model)


class BytewiseField(models.CharField[Any, Any]):
    """A text that is compared and ordered byte by byte on every engine, so that a range of it is what it begins with."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Return the column's type, with the byte-wise collation where the server's locale would order otherwise."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


@BytewiseField.register_lookup
class Begins(models.Lookup[Any]):
    """The lookup `begins`: a prefix as a range, which a B-tree answers on both engines (`startswith` scans on SQLite)."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the two comparisons of the range; every text begins with ""."""
        column, params = self.process_lhs(compiler, connection)
        prefix = str(self.rhs)
        after = _next(prefix)
        if after is None:
            return f"({column} >= %s)", (*params, prefix)
        return f"({column} >= %s AND {column} < %s)", (*params, prefix, *params, after)


def _next(prefix: str) -> str | None:
    """Return the smallest text after all those that begin with a prefix; None when there is none."""
    bare = prefix.rstrip(chr(0x10FFFF))
    if not bare:
        return None
    # the code points of surrogates are no characters and cannot be stored
    following = 0xE000 if ord(bare[-1]) == 0xD7FF else ord(bare[-1]) + 1
    return bare[:-1] + chr(following)


class PathField(BytewiseField):
    """A materialised path such as "/1/42/": ids between slashes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 255)
        super().__init__(*args, **kwargs)


@PathField.register_lookup
class Under(models.Lookup[Any]):
    """The lookup `under`: the path itself and everything below it."""

    lookup_name = "under"

    def get_prep_lookup(self) -> str:
        """Return the path, refusing what is no path: a silent empty range would hide rows."""
        path = str(self.rhs)
        if not (path.startswith("/") and path.endswith("/")):
            raise ValueError(f"not a path: {path!r}")
        return path

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the two comparisons of the range."""
        column, params = self.process_lhs(compiler, connection)
        path = str(self.rhs)
        return f"({column} >= %s AND {column} < %s)", (*params, path, *params, path[:-1] + "0")


def within(paths: Sequence[str], field: str = "path") -> Q:
    """Return the condition that a row's path lies under one of the paths; no path gives no row, the root every row."""
    if ROOT in paths:
        return Q()
    condition = Q(pk__in=())
    for path in paths:
        condition |= Q(**{f"{field}__under": path})
    return condition


def scope(actor: Actor, permission: str, field: str = "path") -> Q:
    """Return the condition that a row lies where the actor holds the permission."""
    return within(actor.paths(permission), field)


def allowed(row: RowOfUnit | None, actor: Actor, needs: str) -> RowOfUnit:
    """Return a row of a unit to who holds the permission there; `row` is what he may know of, None when there is none.

    Raises: NotFound, or Forbidden when only the right lacks.
    """
    if row is None:
        raise NotFound
    if not actor.can(needs, row.unit.path):  # type: ignore[attr-defined] # a row of a unit has one
        raise Forbidden(needs)
    return row
