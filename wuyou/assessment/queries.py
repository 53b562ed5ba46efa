"""Reading standards, and how units stand by them on a day. One unit with reasons, a county or the city in columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import F, Q

from wuyou.assessment import facts
from wuyou.assessment.models import Scheme, SchemeVersion
from wuyou.assessment.permissions import P
from wuyou.assessment.rules import (
    DimensionResult,
    Maturity,
    ReadStages,
    ReadVersion,
    Stage,
    Standard,
    StandardVersion,
    State,
    Verdict,
    judge_dimensions,
    maturity,
    read_stages,
    read_version,
    stage_columns,
    verdict_columns,
    version_of,
)
from wuyou.kernel.actor import Actor
from wuyou.kernel.expressions import CHINESE, Value, Words
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs import queries as orgs
from wuyou.orgs.rules import Standing


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A published version of a standard, its formulas read, ready to judge with."""

    read: ReadVersion
    stages: ReadStages

    @property
    def version(self) -> StandardVersion:
        """What the version demands."""
        return self.read.version

    @property
    def code(self) -> str:
        """The code of the standard."""
        return self.read.version.standard.code


@dataclass(frozen=True, slots=True)
class Picture:
    """How one unit stands by one standard on a day: its items in order with reasons, and its stage if there are any."""

    unit: Standing
    version: StandardVersion
    as_of: date
    items: tuple[DimensionResult, ...]
    maturity: Maturity | None


@dataclass(frozen=True, slots=True)
class PictureRow:
    """How one unit stands by every standard: standard code -> item code -> verdict, and -> stage (None: has none)."""

    unit: Standing
    verdicts: Mapping[str, Mapping[str, Verdict]]
    stages: Mapping[str, Stage | None]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A stored version as the key of the read ones: a published content never changes, its hash tells it."""

    number: int
    state: str
    effective_from: date | None
    effective_until: date | None
    standard: Standard
    content_hash: str
    row: SchemeVersion = field(compare=False)


def rulebooks(actor: Actor, on: date) -> list[Rulebook]:
    """Return the standards in force on a day, oldest first: of each its highest published version that has begun.

    When that one was retired by then, the standard has none in force: an older version does not come back. A version that
    was retired before it began was never in force. Raises: Forbidden.
    """
    if not actor.can(P.VIEW):
        raise Forbidden(P.VIEW)
    return [read_book(row) for row in in_force(on, Scheme.Kind.STANDARD)]


def in_force(on: date, kind: str) -> list[SchemeVersion]:
    """Return the version in force on a day of each standard (or rubric) that has one, with its scheme, oldest first."""
    began = Q(effective_from=None) | Q(effective_from__lte=on)
    held = Q(effective_from=None) | Q(effective_until=None) | Q(effective_until__gt=F("effective_from"))
    found = SchemeVersion.objects.filter(began & held, scheme__kind=kind).exclude(state=SchemeVersion.State.DRAFT)
    found = found.defer("content")  # read_book knows it by its hash
    newest = {row.scheme_id: row for row in found.select_related("scheme").order_by("scheme", "number")}
    return [row for row in newest.values() if row.effective_until is None or row.effective_until > on]


def read_book(row: SchemeVersion) -> Rulebook:
    """Return a stored version ready to judge with. Raises: ContentError, ExpressionError (a draft with faults)."""
    return _rulebook(_stored(row))


def rulebook(actor: Actor, on: date, code: str = "") -> Rulebook:
    """Return the standard of that code in force on a day; the first one when the code is "".

    Raises: Forbidden, NotFound.
    """
    found = next((book for book in rulebooks(actor, on) if code in ("", book.code)), None)
    if found is None:
        raise NotFound
    return found


def unit_picture(
    actor: Actor, unit_id: int, as_of: date, standard: str = "", words: Words = CHINESE, book: Rulebook | None = None
) -> Picture:
    """Return how a unit stands by a standard on a day, with every reason, number and mending action.

    The standard is that of `book`, else the one of that code in force.

    Raises: NotFound (no such unit or standard; a federation's office has no 五有), Forbidden.
    """
    book = book or rulebook(actor, as_of, standard)
    standings = orgs.standings(actor, on=as_of, only=unit_id, permission=P.VIEW)
    if not standings:
        orgs.unit_alone(actor, unit_id, needs=P.VIEW)  # says whether it is the unit or the right that lacks
        raise NotFound
    columns = facts_of(actor, [book], facts.Units(standings, standings[0].path), as_of)
    return _picture(book, standings[0], {name: column[0] for name, column in columns.items()}, as_of, words)


def pictures_with_reasons(actor: Actor, as_of: date, books: Sequence[Rulebook]) -> Iterator[Picture]:
    """Yield the picture of every living group that the actor may see, by pinyin, by each of the standards in turn."""
    living = [each for each in orgs.standings(actor, on=as_of, permission=P.VIEW) if each.is_living]
    columns = facts_of(actor, books, facts.Units(living), as_of)
    for at, unit in enumerate(living):
        values = {name: column[at] for name, column in columns.items()}
        for book in books:
            yield _picture(book, unit, values, as_of, CHINESE)


def _picture(book: Rulebook, unit: Standing, values: Mapping[str, Value], as_of: date, words: Words) -> Picture:
    items = judge_dimensions(book.read, values, words)
    return Picture(unit, book.version, as_of, items, maturity(book.stages, items, words))


def county_pictures(
    actor: Actor,
    under: str,
    as_of: date,
    standard: str = "",
    books: Sequence[Rulebook] | None = None,
    living: Sequence[Standing] | None = None,
) -> list[PictureRow]:
    """Return how each living group under a path stands by the standards in force, by pinyin; `under` "" is all he may see.

    By one standard only when a code is given, or by those in `books`; `living` are those groups where the caller has them
    at hand. Ten queries, whatever the number of groups, and one
    more for each register in which nothing was found. Raises: Forbidden.
    """
    if books is None:
        books = [book for book in rulebooks(actor, as_of) if standard in ("", book.code)]
    if living is None:
        living = [each for each in orgs.standings(actor, on=as_of, under=under, permission=P.VIEW) if each.is_living]
    columns = facts_of(actor, books, units_under(living, under), as_of)
    count = len(living)
    verdicts = {book.code: verdict_columns(book.read, columns, count) for book in books}
    stages = {book.code: stage_columns(book.stages, verdicts[book.code], count) for book in books}
    return [
        PictureRow(
            unit,
            {code: {item: column[at] for item, column in items.items()} for code, items in verdicts.items()},
            {code: column[at] for code, column in stages.items()},
        )
        for at, unit in enumerate(living)
    ]


def all_pictures(actor: Actor, as_of: date, standard: str = "") -> list[PictureRow]:
    """Return `county_pictures` of every living group that the actor may see."""
    return county_pictures(actor, "", as_of, standard)


def counts(rows: Iterable[PictureRow], standard: str) -> dict[str, dict[Verdict, int]]:
    """Return for each item of a standard how many of the rows have which verdict; every verdict is there."""
    found: dict[str, dict[Verdict, int]] = {}
    for row in rows:
        for item, verdict in row.verdicts[standard].items():
            found.setdefault(item, dict.fromkeys(Verdict, 0))[verdict] += 1
    return found


def is_complete(row: PictureRow, standard: str) -> bool:
    """Say whether a unit meets every item of a standard."""
    return all(verdict is Verdict.MET for verdict in row.verdicts[standard].values())


def stored_version(row: SchemeVersion) -> StandardVersion:
    """Return what a stored row of a standard demands. Raises ContentError for a draft that has not its shape."""
    return version_of(
        _standard(row.scheme),
        row.number,
        row.content,
        state=State(row.state),
        effective_from=row.effective_from,
        effective_until=row.effective_until,
    )


def _stored(row: SchemeVersion) -> _Stored:
    standard = _standard(row.scheme)
    return _Stored(row.number, row.state, row.effective_from, row.effective_until, standard, row.content_hash, row)


def _standard(scheme: Scheme) -> Standard:
    return Standard(scheme.code, scheme.title, scheme.title_en, scheme.issued_by)


@lru_cache(maxsize=64)
def _rulebook(stored: _Stored) -> Rulebook:
    version = stored_version(stored.row)
    return Rulebook(read_version(version, facts.FACTS), read_stages(version))


def units_under(standings: Sequence[Standing], under: str) -> facts.Units:
    """Return units to be asked about: read by the path where all of them are still under it, else one by one.

    On an earlier day a unit may have been under an office that it has left since.
    """
    return facts.Units(standings, under if all(each.path.startswith(under) for each in standings) else "")


def facts_of(actor: Actor, books: Sequence[Rulebook], units: facts.Units, as_of: date) -> dict[str, list[Value]]:
    """Return the facts that some standards ask for, as name -> a value for each of the units."""
    if not units.standings:
        return {}
    names = dict.fromkeys(name for book in books for name in book.read.names)
    return facts.SOURCES.columns(names, actor=actor, units=units, as_of=as_of)
