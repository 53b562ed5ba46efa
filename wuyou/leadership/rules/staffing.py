"""How many holders of which post a unit should have."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """How many holders of a post (its code) units of a form, of a kind, or of a form and a kind should have.

    None as `form_id` or `kind_id`: whatever the form, whatever the kind. `number` 0 says that none is asked for.
    """

    form_id: int | None
    kind_id: int | None
    post: str
    number: int

    def is_for(self, form_id: int | None, kind_id: int) -> bool:
        """Say whether this speaks of units of that form (None = not known) and kind."""
        return self.form_id in (None, form_id) and self.kind_id in (None, kind_id)

    @property
    def precision(self) -> tuple[bool, bool]:
        """How exactly it says of which units it speaks: what names both comes before a kind alone, this before a form."""
        return self.kind_id is not None, self.form_id is not None


def required_of(rows: Iterable[Requirement], *, form_id: int | None, kind_id: int) -> dict[str, int] | None:
    """Return how many holders of which post a unit of a form (None = not known) and kind should have, as code -> number.

    Of several rows for a post the one that says most exactly of which units it speaks decides for that post: form and
    kind, then kind alone, then form alone. None: no row speaks of such units.
    """
    chosen: dict[str, Requirement] = {}
    for row in sorted(rows, key=lambda row: row.precision):  # the most exact comes last, and stays
        if row.is_for(form_id, kind_id):
            chosen[row.post] = row
    return {post: row.number for post, row in chosen.items()} or None
