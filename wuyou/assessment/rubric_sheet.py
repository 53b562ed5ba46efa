"""From a found table of an uploaded workbook to the rows that `rubric_reading` wants."""

from wuyou.assessment.rubric_draft import ITEM, SUBTOTAL, TOTAL, RubricRow
from wuyou.assessment.rubric_reading import RubricReading, read_rubric
from wuyou.platform.imports.analysis import Part
from wuyou.platform.imports.book import Book
from wuyou.platform.imports.packed import column_letters, is_filled, unpack
from wuyou.platform.imports.tables import Skip

_KINDS = {Skip.TOTAL: TOTAL, Skip.SUBTOTAL: SUBTOTAL}


def read_rubric_part(book: Book, part: Part) -> RubricReading:
    """Return the draft scheme, and the filled form, of one table that was recognised as a rubric.

    Its findings replace the machine's own sums for such a table: extras are capped, so a total is no plain sum.
    """
    table = part.table
    places = {match.field: match.index for match in part.mapping.matches if match.column is not None}
    rows = []
    for row in book.rows(part.sheet):
        kind = ITEM if table.is_data(row.number) else _KINDS.get(table.skipped.get(row.number, Skip.BLANK))
        if kind is None:
            continue
        cells = {
            name: unpack(row.cells[index], f"{column_letters(index)}{row.number}")
            for name, index in places.items()
            if index < len(row.cells) and is_filled(row.cells[index])
        }
        rows.append(RubricRow(row.number, kind, cells))
    return read_rubric(rows, title=table.title, notes=table.notes, sheet=part.sheet.name)
