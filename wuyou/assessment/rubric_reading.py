"""From an office's own scoring table to a draft scheme as data, its filled forms, and what there is to say about cells.

Nothing is invented: what the table does not say is None or empty, what it says is kept beside what was understood.
`rubric_draft` is the scheme, `rubric_filled` the forms.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from wuyou.assessment.rubric_draft import ITEM, SUBTOTAL, TOTAL, Draft, RubricRow, draft_of
from wuyou.assessment.rubric_filled import COLUMNS, Filled, filled_of, score_in
from wuyou.assessment.rubric_notes import joined
from wuyou.kernel.amount import number_text, read_number
from wuyou.kernel.reading import Finding, Severity, warn


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
    draft = draft_of(rows, words)
    filled = filled_of(rows, draft, title=title, sheet=sheet)
    if filled is None:
        return RubricReading(draft, None, _sum_findings(rows, draft))
    findings = (*_sum_findings(rows, draft), *_score_findings(rows, draft), *_total_findings(rows, filled))
    return RubricReading(draft, filled, findings)


def rubric_json(file: str, readings: Sequence[RubricReading]) -> dict[str, Any]:
    """Return the draft of a workbook for a scheme's content: the first sheet's scheme, with all filled forms."""
    filled = [reading.filled.to_json() for reading in readings if reading.filled]
    return {"file": file, **readings[0].draft.to_json(), "filled": filled}


def _score_findings(rows: Sequence[RubricRow], draft: Draft) -> Iterable[CellFinding]:
    points = {item.row: item.points for item in draft.items}
    for row in rows:
        for name in COLUMNS.values():
            score, most = (score_in(row, name), points.get(row.row))
            if row.kind == ITEM and score is not None and most is not None and score > most:
                words = (("score", number_text(score)), ("points", number_text(most)))
                yield CellFinding(row.cells[name].where, name, "", Finding("score_above_points", Severity.ERROR, words))


def _total_findings(rows: Sequence[RubricRow], filled: Filled) -> Iterable[CellFinding]:
    """Question a printed total that is neither the sum as typed nor the sum within the points."""
    total = next((row for row in reversed(rows) if row.kind == TOTAL), None)
    for who, name in COLUMNS.items():
        printed, right = filled.printed.get(who), filled.limited[who].final
        if total is None or printed is None or printed in (right, filled.as_typed[who].final):
            continue
        mismatch = warn("sum_mismatch", printed=number_text(printed), sum=number_text(right))
        yield CellFinding(total.cells[name].where, name, number_text(right), mismatch)


def _sum_findings(rows: Sequence[RubricRow], draft: Draft) -> tuple[CellFinding, ...]:
    """Question points of blocks and subtotals that are not the sum of their items (extras may be capped)."""
    found = []
    subtotals = [row for row in rows if row.kind == SUBTOTAL]
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
