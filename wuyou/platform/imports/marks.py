"""The marks that a file carries when it has been given back with its problems shown."""

import re

from wuyou.kernel.reading import Severity

MARKER = "WuyouBatch"
"""Name of the document property that holds the batch's number."""
AUTHOR = "五有导入"
LIST_SHEET = "错误清单"
GROUNDS = {Severity.ERROR: "FFC9C7", Severity.WARN: "FFEFC6"}
"""Grounds of marked cells, RRGGBB; shades of their own, so that reading can tell them from the office's colours."""

_TEXT_COLUMN = re.compile(r"导入问题\(五有批次\s*([^)\s]*)\)")


def text_column_header(batch: str) -> str:
    """Return the header of the column that a text table gets."""
    return f"导入问题(五有批次 {batch})"


def is_own_header(header: str) -> bool:
    """Tell whether the header is that of our own column, which is never imported."""
    return bool(_TEXT_COLUMN.fullmatch(header))


def batch_in_header(header: str) -> str:
    """Return the batch's number that our own column's header carries, "" for any other header."""
    found = _TEXT_COLUMN.fullmatch(header)
    return found.group(1) if found else ""


def is_own_ground(colour: str) -> bool:
    """Tell whether a colour is one that we put there."""
    return colour.removeprefix("ground:") in GROUNDS.values() and colour.startswith("ground:")
