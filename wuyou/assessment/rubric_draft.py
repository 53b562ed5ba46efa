"""The scheme that an office's scoring table tells of: blocks, items with their rules, total, caps, grades."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from wuyou.assessment.columns import VETO_WORDS, read_item, read_points
from wuyou.assessment.rubric_notes import MARKS, grades_of, mandatory_marks, mandatory_rule, maximum_of, weights_of
from wuyou.assessment.rubric_phrases import Rule, number, plain, read_rule
from wuyou.kernel.hanzi import fold, tidy
from wuyou.platform.imports.columns import Around, Cell

_MANDATORY = re.compile(r"必备|必须达到|必达|必要条件|基本条件|否决项|底线")
_BONUS = re.compile(r"附加|加分|奖励分")
_PENALTY = re.compile(r"扣分项|减分项|倒扣")
_BLOCK_POINTS = re.compile(
    r"\s*(?:[(\[](?:共|计|满分|总分)?\s*\d+(?:\.\d+)?\s*分[)\]]|[\s,:](?:共|计)?\s*\d+(?:\.\d+)?\s*分)\s*$"
)
ITEM, SUBTOTAL, TOTAL = "item", "subtotal", "total"
"""What a row of the table may be."""
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


def draft_of(rows: Sequence[RubricRow], words: str) -> Draft:
    """Return the scheme of a table; `words` are the remarks under it, as one text."""
    marked = mandatory_marks(words)
    blocks = tuple(_block(name, items, marked) for name, items in _grouped(rows))
    total_text = next((plain(row.text("points")) for row in rows if row.kind == TOTAL), "")
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
        if row.kind != ITEM or not (row.text("item") or row.text("standard")):
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
