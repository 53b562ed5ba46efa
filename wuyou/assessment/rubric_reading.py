"""From an office's own scoring table to a draft scheme as data: blocks, items, rules, totals, grades, filled forms.

Nothing is invented: what the table does not say is None or empty, what it says is kept beside what was understood.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from wuyou.assessment.columns import VETO_WORDS, read_item, read_points
from wuyou.assessment.rubric_notes import (
    MARKS,
    grades_of,
    joined,
    mandatory_marks,
    mandatory_rule,
    maximum_of,
    weights_of,
)
from wuyou.assessment.rubric_phrases import Rule, number, plain, read_rule
from wuyou.kernel.amount import number_text, read_number
from wuyou.kernel.hanzi import fold, squeeze, tidy
from wuyou.kernel.reading import Finding, Severity, warn
from wuyou.platform.imports.columns import Around, Cell

_MANDATORY = re.compile(r"必备|必须达到|必达|必要条件|基本条件|否决项|底线")
_BONUS = re.compile(r"附加|加分|奖励分")
_PENALTY = re.compile(r"扣分项|减分项|倒扣")
_BLOCK_POINTS = re.compile(
    r"\s*(?:[(\[](?:共|计|满分|总分)?\s*\d+(?:\.\d+)?\s*分[)\]]|[\s,:](?:共|计)?\s*\d+(?:\.\d+)?\s*分)\s*$"
)
_ITEM, _SUBTOTAL, _TOTAL = "item", "subtotal", "total"
_NOWHERE = Around("")


@dataclass(frozen=True, slots=True)
class RubricRow:
    """A row of the table: its number, what it is (item, subtotal, total) and its cells by field name."""

    row: int
    kind: str
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """Return what a cell shows, "" when there is none."""
        cell = self.cells.get(name)
        return tidy(cell.text) if cell else ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is scored. `points` None under a veto."""

    row: int
    sub: str
    name: str
    marks: str
    points: Decimal | None
    mandatory: bool
    rule: Rule
    standard: str
    method: str

    def to_json(self) -> dict[str, Any]:
        """Return the item for a scheme's content."""
        return {
            "row": self.row, "sub": self.sub, "name": self.name, "marks": self.marks,
            "points": None if self.points is None else number(self.points), "mandatory": self.mandatory,
            "shape": self.rule.shape.value, "params": dict(self.rule.params), "standard": self.standard,
            "method": self.method,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A group of items. `role` is scored, bonus, penalty or veto; `points` what the block says it can bring."""

    name: str
    points: Decimal | None
    role: str
    items: tuple[Item, ...]

    @property
    def sum_of_items(self) -> Decimal:
        """What the items can bring together."""
        return sum((item.points for item in self.items if item.points is not None), Decimal(0))

    def to_json(self) -> dict[str, Any]:
        """Return the block for a scheme's content."""
        return {
            "name": self.name, "points": None if self.points is None else number(self.points), "role": self.role,
            "sum_of_items": number(self.sum_of_items), "items": [item.to_json() for item in self.items],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """The scheme as the table tells it. `weights` are shares in percent by name, None when none are told."""

    blocks: tuple[Block, ...]
    total: Decimal
    bonus_cap: Decimal | None
    maximum: Decimal
    maximum_rule: str
    grades: tuple[tuple[Decimal, str], ...]
    mandatory_rule: str
    weights: tuple[tuple[str, Decimal], ...] | None

    @property
    def items(self) -> tuple[Item, ...]:
        """All items that are scored, in order, veto items left out."""
        return tuple(item for block in self.blocks if block.role != "veto" for item in block.items)

    def to_json(self) -> dict[str, Any]:
        """Return the draft for a scheme's content."""
        return {
            "total": number(self.total), "bonus_cap": None if self.bonus_cap is None else number(self.bonus_cap),
            "maximum": number(self.maximum), "maximum_rule": self.maximum_rule,
            "grades": [[number(limit), name] for limit, name in self.grades], "mandatory_rule": self.mandatory_rule,
            "weights": None if self.weights is None else {name: number(share) for name, share in self.weights},
            "blocks": [block.to_json() for block in self.blocks],
        }  # fmt: skip


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
class Filled:
    """A form that was filled in: whose, the scores by item, the sums as typed and with each score limited to its points."""

    sheet: str
    group: str
    scores: tuple[tuple[int, str, Decimal | None, Decimal | None, str], ...]
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
                {"row": row, "name": name, "self": _or_none(own), "review": _or_none(review), "reason": reason}
                for row, name, own, review, reason in self.scores
            ],
            "totals_as_typed": {who: sums.to_json() for who, sums in self.as_typed.items()},
            "totals_limited_to_points": {who: sums.to_json() for who, sums in self.limited.items()},
            "printed_review_total": _or_none(self.printed.get("review")),
            "mandatory_failed": list(self.mandatory_failed), "grade_limited_to_points": self.grade,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellFinding:
    """Something to say about one cell: its name, the field, the value to take instead ("" = none), and the finding."""

    where: str
    field: str
    value: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class RubricReading:
    """What one sheet gave: the draft, the filled form (None for a blank one), and what there is to say about cells."""

    draft: Draft
    filled: Filled | None
    findings: tuple[CellFinding, ...] = field(default=())


def read_rubric(
    rows: Sequence[RubricRow], *, title: str = "", notes: Iterable[str] = (), sheet: str = ""
) -> RubricReading:
    """Return the draft scheme of one sheet, and the form when scores are filled in.

    `rows` are items, subtotals and totals in their order; `notes` the remarks under the table (grades, caps, marks).
    """
    words = joined(notes)
    draft = _draft(rows, words)
    scores = _scores(rows, draft)
    if not any(own is not None or review is not None for _, _, own, review, _ in scores):
        return RubricReading(draft, None, _sum_findings(rows, draft))
    typed = {who: _totals(draft, scores, at, limited=False) for who, at in (("self", 2), ("review", 3))}
    limited = {who: _totals(draft, scores, at, limited=True) for who, at in (("self", 2), ("review", 3))}
    printed = {who: _printed(rows, name) for who, name in (("self", "self_score"), ("review", "review_score"))}
    failed = tuple(item.name for item in draft.items if item.mandatory and _failed(item, scores))
    filled = Filled(
        sheet, _assessed(title), scores, typed, limited, printed, failed, _grade(draft, limited["review"].final, failed)
    )
    findings = (*_sum_findings(rows, draft), *_score_findings(rows, draft), *_total_findings(rows, filled))
    return RubricReading(draft, filled, findings)


def rubric_json(file: str, readings: Sequence[RubricReading]) -> dict[str, Any]:
    """Return the draft of a workbook for a scheme's content: the first sheet's scheme, with all filled forms."""
    filled = [reading.filled.to_json() for reading in readings if reading.filled]
    return {"file": file, **readings[0].draft.to_json(), "filled": filled}


# the scheme


def _draft(rows: Sequence[RubricRow], words: str) -> Draft:
    marked = mandatory_marks(words)
    blocks = tuple(_block(name, items, marked) for name, items in _grouped(rows))
    total_text = next((plain(row.text("points")) for row in rows if row.kind == _TOTAL), "")
    said = re.fullmatch(r"(\d+(?:\.\d+)?)(?:\+(\d+(?:\.\d+)?))?分?", total_text)
    if said and said[2]:
        blocks = _with_extras(blocks, Decimal(said[1]))
    scored = sum((_worth(block) for block in blocks if block.role == "scored"), Decimal(0))
    total = Decimal(said[1]) if said and said[2] else scored
    bonus_cap = _bonus_cap(blocks, words, said[2] if said else None)
    maximum, rule = maximum_of(total, bonus_cap, words)
    return Draft(blocks, total, bonus_cap, maximum, rule, grades_of(words), mandatory_rule(words), weights_of(words))


def _with_extras(blocks: tuple[Block, ...], total: Decimal) -> tuple[Block, ...]:
    """Return the blocks with the one as extras that a printed "100+30" leaves out of its first number."""
    over = sum((_worth(block) for block in blocks if block.role == "scored"), Decimal(0)) - total
    extra = [block for block in blocks if block.role == "scored" and _worth(block) == over] if over else []
    return tuple(replace(block, role="bonus") if block in extra[-1:] else block for block in blocks)


def _grouped(rows: Sequence[RubricRow]) -> list[tuple[str, list[tuple[RubricRow, str]]]]:
    """Return the item rows by block, each with its sub-block; a blank or merged cell continues the one above."""
    groups: list[tuple[str, list[tuple[RubricRow, str]]]] = []
    sub = ""
    for row in rows:
        if row.kind != _ITEM or not (row.text("item") or row.text("standard")):
            continue
        name = row.text("block")
        if not groups or (name and name != groups[-1][0]):
            groups.append((name, []))
            sub = ""
        sub = row.text("sub") or sub
        groups[-1][1].append((row, sub))
    return groups


def _block(text: str, rows: Sequence[tuple[RubricRow, str]], marked: str) -> Block:
    plainly = plain(text)
    points = [read_points(row.cells["points"], _NOWHERE).value for row, _ in rows if "points" in row.cells]
    is_veto = bool(VETO_WORDS.search(plainly)) or not any(value is not None for value in points)
    role = (
        "veto"
        if is_veto
        else "penalty"
        if _PENALTY.search(plainly)
        else "bonus"
        if _BONUS.search(plainly)
        else "scored"
    )
    cap = re.search(r"(\d+(?:\.\d+)?)分", plainly)
    name = _BLOCK_POINTS.sub("", fold(text))
    items = tuple(_item(row, sub, marked, is_veto=is_veto, is_bonus=role == "bonus") for row, sub in rows)
    worth = None if is_veto else Decimal(cap[1]) if cap else sum((v for v in points if v is not None), Decimal(0))
    return Block(re.sub(r"\s*\n\s*", "", name), worth, role, items)


def _worth(block: Block) -> Decimal:
    return block.points if block.points is not None else block.sum_of_items


def _item(row: RubricRow, sub: str, marked: str, *, is_veto: bool, is_bonus: bool) -> Item:
    written = row.text("item") or row.text("standard")[:20]
    marks = "".join(dict.fromkeys(MARKS.findall(written)))
    name = read_item(Cell("", written), _NOWHERE).text
    cell = row.cells.get("points")
    points = read_points(cell, _NOWHERE).value if cell and not is_veto else None
    remarks = " ".join(row.text(at) for at in ("note", "method"))
    mandatory = any(mark in marked for mark in marks) or bool(_MANDATORY.search(remarks)) or "必备" in written
    standard = row.text("standard")
    rule = read_rule(standard, points, name=name, is_veto=is_veto or points is None, is_bonus=is_bonus)
    return Item(
        row.row, sub, re.sub(r"[(]必备[)]", "", name), marks, points, mandatory, rule, standard, row.text("method")
    )


def _bonus_cap(blocks: Sequence[Block], words: str, in_total: str | None) -> Decimal | None:
    bonus = [block for block in blocks if block.role == "bonus"]
    if not bonus:
        return None
    found = re.search(
        r"(?:附加|加分|奖励)[^;。]{0,12}?(?:不超过|最高|最多|上限|封顶)[^;。\d]{0,4}(\d+(?:\.\d+)?)分", words
    )
    said = found[1] if found else in_total
    return Decimal(said) if said else sum((_worth(block) for block in bonus), Decimal(0))


# filled forms


def _scores(
    rows: Sequence[RubricRow], draft: Draft
) -> tuple[tuple[int, str, Decimal | None, Decimal | None, str], ...]:
    by_row = {row.row: row for row in rows}
    return tuple(
        (
            item.row,
            item.name,
            _score(by_row[item.row], "self_score"),
            _score(by_row[item.row], "review_score"),
            by_row[item.row].text("reason"),
        )
        for item in draft.items
    )


def _score(row: RubricRow, name: str) -> Decimal | None:
    cell = row.cells.get(name)
    return read_number(cell.text, cell.raw).value if cell else None


def _totals(draft: Draft, scores: Sequence[tuple[Any, ...]], at: int, *, limited: bool) -> Totals:
    given = {score[0]: score[at] or Decimal(0) for score in scores}
    sums = {"scored": Decimal(0), "bonus": Decimal(0), "penalty": Decimal(0)}
    for block in draft.blocks:
        for item in block.items if block.role in sums else ():
            score = given.get(item.row, Decimal(0))
            sums[block.role] += min(score, item.points) if limited and item.points is not None else score
    bonus = sums["bonus"] if draft.bonus_cap is None else min(sums["bonus"], draft.bonus_cap)
    return Totals(sums["scored"], bonus, min(sums["scored"] + bonus - sums["penalty"], draft.maximum))


def _printed(rows: Sequence[RubricRow], name: str) -> Decimal | None:
    total = next((row for row in reversed(rows) if row.kind == _TOTAL), None)
    return _score(total, name) if total else None


def _failed(item: Item, scores: Sequence[tuple[Any, ...]]) -> bool:
    """Say whether a mandatory item was not reached at all: nothing was given for it."""
    return next((score[3] == 0 for score in scores if score[0] == item.row and score[3] is not None), False)


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


def _score_findings(rows: Sequence[RubricRow], draft: Draft) -> Iterable[CellFinding]:
    points = {item.row: item.points for item in draft.items}
    for row in rows:
        for name in ("self_score", "review_score"):
            score, most = (_score(row, name), points.get(row.row))
            if row.kind == _ITEM and score is not None and most is not None and score > most:
                words = (("score", number_text(score)), ("points", number_text(most)))
                yield CellFinding(row.cells[name].where, name, "", Finding("score_above_points", Severity.ERROR, words))


def _total_findings(rows: Sequence[RubricRow], filled: Filled) -> Iterable[CellFinding]:
    """Question a printed total that is neither the sum as typed nor the sum within the points."""
    total = next((row for row in reversed(rows) if row.kind == _TOTAL), None)
    for who, name in (("self", "self_score"), ("review", "review_score")):
        printed, right = filled.printed.get(who), filled.limited[who].final
        if total is None or printed is None or printed in (right, filled.as_typed[who].final):
            continue
        mismatch = warn("sum_mismatch", printed=number_text(printed), sum=number_text(right))
        yield CellFinding(total.cells[name].where, name, number_text(right), mismatch)


def _sum_findings(rows: Sequence[RubricRow], draft: Draft) -> tuple[CellFinding, ...]:
    """Question points of blocks and subtotals that are not the sum of their items (extras may be capped)."""
    found = []
    subtotals = [row for row in rows if row.kind == _SUBTOTAL]
    scored = [block for block in draft.blocks if block.role != "veto"]
    for row, block in zip(subtotals, scored, strict=False):
        cell = row.cells.get("points")
        told = read_number(cell.text, cell.raw).value if cell else None
        if cell is not None and told is not None and told not in (block.sum_of_items, block.points):
            words = {"printed": number_text(told), "sum": number_text(block.sum_of_items)}
            found.append(
                CellFinding(cell.where, "points", number_text(block.sum_of_items), warn("sum_mismatch", **words))
            )
    for block in scored:
        if block.role == "scored" and block.points is not None and block.points != block.sum_of_items:
            row = next(row for row in rows if row.row == block.items[0].row)
            words = {"printed": number_text(block.points), "sum": number_text(block.sum_of_items)}
            cell = row.cells["block"]
            found.append(
                CellFinding(cell.where, "block", number_text(block.sum_of_items), warn("sum_mismatch", **words))
            )
    return tuple(found)


def _or_none(value: Decimal | None) -> int | float | None:
    return None if value is None else number(value)
