"""Trying a draft on the groups before it is published: whose verdicts it would change, and why. No group is ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wuyou.assessment import queries
from wuyou.assessment.models import SchemeVersion
from wuyou.assessment.permissions import P
from wuyou.assessment.queries import Rulebook
from wuyou.assessment.rules import (
    ContentError,
    Dimension,
    DimensionResult,
    Maturity,
    Stage,
    Verdict,
    judge_dimensions,
    maturity,
    stage_columns,
    verdict_columns,
    verdict_word,
)
from wuyou.kernel.actor import Actor
from wuyou.kernel.expressions import CHINESE, ExpressionError, Value, Words
from wuyou.kernel.refusals import Forbidden
from wuyou.orgs import queries as orgs
from wuyou.orgs.rules import Standing


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item on which two versions judge differently; None where a version has no such item. `why` is the draft's."""

    dimension: Dimension
    before: Verdict | None
    after: Verdict | None
    why: str


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """A group that two versions judge differently: the items, and its stage where that changes too (None: has none)."""

    unit: Standing
    items: tuple[ChangedItem, ...]
    stage_before: Stage | None
    stage_after: Stage | None

    @property
    def moves(self) -> bool:
        """Whether it comes into another stage."""
        return (self.stage_before and self.stage_before.code) != (self.stage_after and self.stage_after.code)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft would change: how many groups were looked at, and those that change, by pinyin."""

    number: int
    changed: tuple[ChangedUnit, ...]


def readable(row: SchemeVersion) -> Rulebook | None:
    """Return a version ready to judge with; None while a formula of it cannot be read."""
    try:
        return queries.read_book(row)
    except (ContentError, ExpressionError):
        return None


def tried(
    actor: Actor, draft: Rulebook, against: Rulebook | None, as_of: date, *, under: str = "", words: Words = CHINESE
) -> Trial:
    """Return what a draft would change against another version on a day, for the living groups under a path.

    Raises: Forbidden.
    """
    if not actor.can(P.VIEW):
        raise Forbidden(P.VIEW)
    living = [each for each in orgs.standings(actor, on=as_of, under=under, permission=P.VIEW) if each.is_living]
    books = [draft, against] if against else [draft]
    columns = queries.facts_of(actor, books, queries.units_under(living, under), as_of)
    after, before = _judged(draft, columns, len(living)), _judged(against, columns, len(living))
    found = []
    for at, unit in enumerate(living):
        if after[at] == before[at]:
            continue
        values = {name: column[at] for name, column in columns.items()}
        found.append(_changed(unit, draft, against, values, words))
    return Trial(len(living), tuple(found))


Judged = tuple[dict[str, Verdict], str]


def _judged(book: Rulebook | None, columns: Mapping[str, Sequence[Value]], count: int) -> list[Judged]:
    """Return for each unit its verdicts by item and the code of its stage."""
    if book is None:
        return [({}, "")] * count
    verdicts = verdict_columns(book.read, columns, count)
    stages = stage_columns(book.stages, verdicts, count)
    return [
        ({code: column[at] for code, column in verdicts.items()}, stage.code if stage else "")
        for at, stage in enumerate(stages)
    ]


def _changed(
    unit: Standing, draft: Rulebook, against: Rulebook | None, values: Mapping[str, Value], words: Words
) -> ChangedUnit:
    after = judge_dimensions(draft.read, values, words)
    before = judge_dimensions(against.read, values, words) if against else ()
    was = {each.dimension.code: each for each in before}
    now = {each.dimension.code: each for each in after}
    items = [_item(was.get(code), is_now, words) for code, is_now in now.items()]
    items += [_item(each, None, words) for code, each in was.items() if code not in now]
    return ChangedUnit(
        unit,
        tuple(each for each in items if each.before is not each.after),
        _stage(maturity(against.stages, before, words) if against else None),
        _stage(maturity(draft.stages, after, words)),
    )


def _item(was: DimensionResult | None, is_now: DimensionResult | None, words: Words) -> ChangedItem:
    told = is_now or was
    if told is None:
        raise ValueError("an item of neither version")
    why = is_now.why.removeprefix(f"{verdict_word(is_now.verdict, words)}{words.outcome}") if is_now else ""
    return ChangedItem(told.dimension, was.verdict if was else None, is_now.verdict if is_now else None, why)


def _stage(reached: Maturity | None) -> Stage | None:
    return reached.stage if reached else None
