"""How many holders of which post a unit should have, since when one is lacking, for how many terms somebody has led."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wuyou.leadership.rules.terms import months_later


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


Span = tuple[date | None, date | None]
"""From when until before when somebody held a post; None = since nobody knows when, still."""


def holders_on(spans: Iterable[Span], on: date) -> int:
    """Return how many of the spans cover a day."""
    return sum((start is None or start <= on) and (end is None or end > on) for start, end in spans)


def vacant_since(number: int, spans: Sequence[Span], on: date) -> date | None:
    """Return since when fewer than `number` have held a post that is not filled on a day.

    None: as far as is known it was never filled. `spans` are those of all who ever held the post.
    """
    changes = sorted({day for span in spans for day in span if day is not None and day <= on})
    since = None
    for day in reversed([date.min, *changes]):
        if holders_on(spans, day) >= number:
            return since
        since = day
    return None


def tenure_begins(spans: Sequence[Span], on: date) -> date | None:
    """Return since when somebody has held a post without a break until a day; None when nobody knows, or he does not.

    `spans` are his; one that begins when another ends, or before, goes on from there.
    """
    begin, covered = on, False
    for start, end in sorted(spans, key=lambda span: span[1] or date.max, reverse=True):
        if (end is None or end > on or (covered and end >= begin)) and (start is None or start <= on):
            if start is None:
                return None
            begin, covered = min(begin, start), True
    return begin if covered else None


def terms_in_row(begin: date, term_starts: Iterable[date], *, years: int, on: date) -> int:
    """Return in how many terms in a row somebody has held a post since a day, the present one included.

    `term_starts` are the first days of the unit's terms; the time before the first of them counts by the usual length.
    """
    starts = sorted(start for start in term_starts if start <= on)
    first, before = (starts[0] if starts else on), 0
    while months_later(begin, 12 * years * before) < first:
        before += 1
    following: list[date | None] = [*starts[1:], None]
    return max(1, before + sum(end is None or end > begin for _start, end in zip(starts, following, strict=False)))
