"""The report of an import as JSON, and the list of cells as CSV. Scripts read both: their form is documented."""

import csv
from collections.abc import Iterable, Mapping
from typing import IO, Any

from wuyou.platform.imports.analysis import Part
from wuyou.platform.imports.columns import Policy
from wuyou.platform.imports.mapping import Match
from wuyou.platform.imports.reader import CellLine
from wuyou.platform.imports.sentences import match_reason

CELL_COLUMNS = ("file", "sheet", "cell", "field", "raw", "value", "severity", "code")


def table_report(file: str, part: Part, counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the report of one table.

    `counts` are told by what was done: rows, clean, warned, refused by reading; new, changed, unchanged, rejected by
    comparing with the register.
    """
    table, mapping = part.table, part.mapping
    matches = [(column, match) for column, match in zip(table.columns, mapping.matches, strict=False)]
    return {
        "file": file,
        "sheet": table.sheet,
        "table": table.number,
        "form": table.form.value,
        "kind": mapping.name,
        "score": mapping.score,
        "title": table.title,
        "header_rows": [table.header_first, table.header_last] if table.has_header else [],
        "first_data_row": table.first_row or None,
        "last_data_row": table.last_row or None,
        "data_rows": table.rows,
        "hidden_rows": table.hidden_rows,
        "skipped_rows": [{"row": row, "reason": str(reason)} for row, reason in sorted(table.skipped.items())],
        "notes": table.notes,
        "columns": [_column_report(column.letters, column.hidden, match) for column, match in matches],
        "missing": list(mapping.missing),
        "stored": [column.letters for column, match in matches if match.column and match.policy is Policy.STORE],
        "asked": [column.letters for column, match in matches if match.policy is Policy.ASK_PURPOSE],
        "refused": [column.letters for column, match in matches if match.policy is Policy.REFUSE],
        "ignored": [column.letters for column, match in matches if match.policy is Policy.IGNORE],
        "counts": dict(counts),
    }


def _column_report(letters: str, hidden: bool, match: Match) -> dict[str, Any]:
    return {
        "column": letters,
        "header": match.header,
        "field": match.field,
        "label": str(match.column.label) if match.column else "",
        "policy": match.policy.value,
        "confidence": match.confidence,
        "how": match.how.value,
        "word": match.word,
        "likeness": match.likeness,
        "tick": match.tick,
        "reason": match_reason(match),
        "hidden": hidden,
    }


class CellsFile:
    """The CSV of --cells: a line for each cell whose taken value differs from what it shows, or that is spoken about."""

    def __init__(self, handle: IO[str]) -> None:
        self._writer = csv.writer(handle)
        self._writer.writerow(CELL_COLUMNS)

    def write(self, lines: Iterable[CellLine]) -> None:
        """Write the lines; line breaks inside a cell as \\n. `code` holds the codes of the heaviest weight, by "|"."""
        for line in lines:
            severity = line.severity
            codes = "|".join(finding.code for finding in line.findings if finding.severity is severity)
            self._writer.writerow(
                (
                    line.file,
                    line.sheet,
                    line.where,
                    line.field,
                    _flat(line.raw),
                    _flat(line.value),
                    severity.value,
                    codes,
                )
            )


def _flat(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")
