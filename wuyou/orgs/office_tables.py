"""A table whose rows an office edits, described once: its list, its form, its services and addresses follow from this.

Kinds and forms of units are such tables (`own_tables`), posts and sources of money are others in their own packages. What
nobody uses may be deleted; what is used is retired: offered no more, and kept wherever it stands.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wuyou.kernel.refusals import Reason
from wuyou.platform.locking import Versioned
from wuyou.platform.presentation import Text
from wuyou.platform.tables import Column, Written

Facts = Mapping[str, Any]


def nothing_against(_row: Any) -> Iterable[Reason]:
    """Return no reason: a row that may always be retired."""
    return ()


def used_nowhere_else(_row: Any) -> bool:
    """Say that nothing but rows that link to a row uses it."""
    return False


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """One table: how its rows are called, shown, typed, and what keeps one from going.

    `namespace` and `key` make its addresses, `word` is the row's number in them. `form` asks for `fields`, which are fields
    of the model, with `order` or whatever the model sorts by among them. `columns` and `cells` show a row besides its
    name. `unique` are fields that no two rows in use share, each with what is said about it. `counted` is the relation
    whose rows are counted in the list, and that column's head. `built_in` are codes that the program itself refers to.
    """

    namespace: str
    key: str
    word: str
    title: Text
    about: Text
    model: type[Versioned]
    form: Callable[..., Any]
    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: Callable[[Any], Sequence[Written]]
    unique: tuple[tuple[tuple[str, ...], str], ...]
    counted: tuple[str, Text] | None = None
    related: tuple[str, ...] = ()
    built_in: frozenset[str] = frozenset()
    against_retiring: Callable[[Any], Iterable[Reason]] = nothing_against
    used_elsewhere: Callable[[Any], bool] = used_nowhere_else

    def url(self, page: str = "") -> str:
        """Return the name of one of the table's addresses: "" its list, new, row, state."""
        return f"{self.namespace}:{self.key}{f'_{page}' if page else ''}"

    @property
    def retires(self) -> bool:
        """Whether a row can be retired; one that cannot is deleted."""
        return any(field.name == "is_active" for field in self.model._meta.get_fields())

    @property
    def coded(self) -> bool:
        """Whether its rows have a code, which is made from the name."""
        return any(field.name == "code" for field in self.model._meta.get_fields())
