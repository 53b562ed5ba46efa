"""A filled-in form of an assessment: scores, their sums as typed and within the points, what they come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wuyou.assessment.rubric_draft import TOTAL, Draft, Item, RubricRow
from wuyou.assessment.rubric_phrases import number
from wuyou.kernel.amount import read_number
from wuyou.kernel.hanzi import fold, squeeze

COLUMNS = {"self": "self_score", "review": "review_score"}
"""Who scores, and the column in which he does."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of one column of scores: what the scored blocks bring, the extras (capped), and both (at most the maximum)."""

    scored: Decimal
    bonus: Decimal
    final: Decimal

    def to_json(self) -> dict[str, Any]:
        """Return the sums for JSON."""
        return {"scored": number(self.scored), "bonus": number(self.bonus), "final": number(self.final)}


@dataclass(frozen=True, slots=True)
class Score:
    """What was given for one item: by the group itself, by the panel (None: nothing), and why points were taken off."""

    row: int
    name: str
    own: Decimal | None
    review: Decimal | None
    reason: str

    def given(self, who: str) -> Decimal | None:
        """Return the score that the group itself ("self") or the panel ("review") gave."""
        return self.own if who == "self" else self.review


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in: whose, the scores by item, the sums as typed and with each score limited to its points."""

    sheet: str
    group: str
    scores: tuple[Score, ...]
    as_typed: Mapping[str, Totals]
    limited: Mapping[str, Totals]
    printed: Mapping[str, Decimal | None]
    mandatory_failed: tuple[str, ...]
    grade: str

    def to_json(self) -> dict[str, Any]:
        """Return the form for JSON."""
        return {
            "sheet": self.sheet, "name_full": self.group,
            "items": [
                {"row": each.row, "name": each.name, "self": _or_none(each.own), "review": _or_none(each.review),
                 "reason": each.reason}
                for each in self.scores
            ],
            "totals_as_typed": {who: sums.to_json() for who, sums in self.as_typed.items()},
            "totals_limited_to_points": {who: sums.to_json() for who, sums in self.limited.items()},
            "printed_review_total": _or_none(self.printed.get("review")),
            "mandatory_failed": list(self.mandatory_failed), "grade_limited_to_points": self.grade,
        }  # fmt: skip


def filled_of(rows: Sequence[RubricRow], draft: Draft, *, title: str, sheet: str) -> Filled | None:
    """Return the form that the rows hold; None when no score is filled in."""
    scores = _scores(rows, draft)
    if all(each.own is None and each.review is None for each in scores):
        return None
    typed = {who: _totals(draft, scores, who, limited=False) for who in COLUMNS}
    limited = {who: _totals(draft, scores, who, limited=True) for who in COLUMNS}
    printed = {who: _printed(rows, column) for who, column in COLUMNS.items()}
    failed = tuple(item.name for item in draft.items if item.mandatory and _failed(item, scores))
    grade = _grade(draft, limited["review"].final, failed)
    return Filled(sheet, _assessed(title), scores, typed, limited, printed, failed, grade)


def _scores(rows: Sequence[RubricRow], draft: Draft) -> tuple[Score, ...]:
    by_row = {row.row: row for row in rows}
    return tuple(_score(by_row[item.row], item) for item in draft.items)


def _score(row: RubricRow, item: Item) -> Score:
    own, review = (score_in(row, column) for column in COLUMNS.values())
    return Score(item.row, item.name, own, review, row.text("reason"))


def score_in(row: RubricRow, name: str) -> Decimal | None:
    """Return the number in a cell of a row; None when there is none."""
    cell = row.cells.get(name)
    return read_number(cell.text, cell.raw).value if cell else None


def _totals(draft: Draft, scores: Sequence[Score], who: str, *, limited: bool) -> Totals:
    given = {score.row: score.given(who) or Decimal(0) for score in scores}
    sums = {"scored": Decimal(0), "bonus": Decimal(0), "penalty": Decimal(0)}
    for block in draft.blocks:
        for item in block.items if block.role in sums else ():
            score = given.get(item.row, Decimal(0))
            sums[block.role] += min(score, item.points) if limited and item.points is not None else score
    bonus = sums["bonus"] if draft.bonus_cap is None else min(sums["bonus"], draft.bonus_cap)
    return Totals(sums["scored"], bonus, min(sums["scored"] + bonus - sums["penalty"], draft.maximum))


def _printed(rows: Sequence[RubricRow], name: str) -> Decimal | None:
    total = next((row for row in reversed(rows) if row.kind == TOTAL), None)
    return score_in(total, name) if total else None


def _failed(item: Item, scores: Sequence[Score]) -> bool:
    """Say whether a mandatory item was not reached at all: the panel gave nothing for it."""
    return any(score.row == item.row and score.review == 0 for score in scores)


def _grade(draft: Draft, final: Decimal, failed: Sequence[str]) -> str:
    """Return the grade of a final score; a mandatory item that was missed keeps from the grade that the rule names."""
    barred = draft.mandatory_rule.rsplit("不得评为", maxsplit=1)[-1] if failed and draft.mandatory_rule else ""
    return next((name for limit, name in draft.grades if final >= limit and name != barred), "")


def _assessed(title: str) -> str:
    """Return whom the form is about: what stands behind 被考核组织 in the lines above the table."""
    found = re.search(
        r"(?:被考核|考核对象|被评估|受检|自评|填报|被考评|参评)(?:组织|单位|对象)?(?:名称)?[::]\s*([^\s,,;;]+)",
        fold(title),
    )
    return squeeze(found[1]) if found and not re.match(r"考核|时间|日期", found[1]) else ""


def _or_none(value: Decimal | None) -> int | float | None:
    return None if value is None else number(value)
