"""Tables as .csv: UTF-8 with the mark by which Excel knows it, every text guarded.

For programs. A person who opens it in Excel loses the last digits of an identity number and leading zeros, which no
form of .csv prevents; pages offer people the .xlsx first.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from wuyou.platform.exports.guard import guarded, printable
from wuyou.platform.exports.tables import ExportColumn, Kind, Row, Watermark, shown

_ROWS_A_CHUNK = 500
_NUMBERS = frozenset({Kind.WHOLE, Kind.MONEY})


def csv_chunks(
    columns: tuple[ExportColumn, ...], rows: Iterable[Row], watermark: Watermark | None = None
) -> Iterator[bytes]:
    """Yield the table in pieces of some hundred rows, for a response that streams.

    The first line is the watermark, where there is one, then the heads. Numbers are not guarded: a debt of -5.00 stays
    a number. Raises: ValueError, when a row has not as many values as there are columns.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    buffer.write("\ufeff")
    if watermark is not None:
        writer.writerow([guarded(printable(watermark.line()))])
    writer.writerow([guarded(printable(str(column.label))) for column in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value, column.kind) for value, column in zip(row, columns, strict=True)])
        if number % _ROWS_A_CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _cell(value: object, kind: Kind) -> str:
    text = shown(value, kind)
    return text if kind in _NUMBERS and type(value) is int else guarded(text)


def _taken(buffer: io.StringIO) -> bytes:
    """Return what the buffer holds and empty it."""
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
