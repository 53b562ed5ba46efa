"""Reading a .csv or other plain text table: which letters, which separator, then records. Runs in the child process.

The row number is the number of the record: a line break inside quotation marks does not begin a new row.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, Any

from wuyou.platform.imports.refusal import FileRefused
from wuyou.platform.imports.sheetpart import MOST_COLUMNS, MOST_ROWS, Emit, encode
from wuyou.platform.imports.xmlparts import MOST_TEXT

_ENCODINGS = ("utf-8", "gb18030", "big5hkscs")
_SEPARATORS = (",", "\t", ";", "|", "，")
_SAMPLE = 1 << 16


def read_text_table(given: IO[bytes], emit: Emit) -> None:
    """Emit the file as one sheet without a name, with a line for each record that holds anything.

    Raises: FileRefused when its letters cannot be told, or it is too long or too wide.
    """
    encoding = text_encoding(given)
    csv.field_size_limit(MOST_TEXT * 4)
    given.seek(0)
    with io.TextIOWrapper(given, encoding=encoding, newline="") as handle:
        sample = handle.read(_SAMPLE)
        separator = separator_of(sample)
        handle.seek(0)
        emit(encode(["book", ""]))
        emit(encode(["sheet", "", "visible", []]))
        try:
            for number, record in enumerate(_records(handle, separator), 1):
                _emit_record(number, record, emit)
        except csv.Error as fault:
            raise FileRefused("text_not_table") from fault
        emit(encode(["end", []]))


def _records(handle: io.TextIOBase, separator: str) -> Iterator[list[str]]:
    """Yield the records; a first line "sep=;" that Excel wrote for itself is passed over as an empty record."""
    for number, record in enumerate(csv.reader(handle, delimiter=separator)):
        yield [] if number == 0 and len(record) <= 2 and record and record[0].startswith("sep=") else record


def _emit_record(number: int, record: list[str], emit: Emit) -> None:
    while record and not record[-1].strip():
        record.pop()
    if not record:
        return
    if len(record) > MOST_COLUMNS or number > MOST_ROWS:
        raise FileRefused("sheet_too_big", sheet="", cell=str(number), rows=str(MOST_ROWS), columns=str(MOST_COLUMNS))
    cells: list[Any] = [_unguarded(text) or None for text in record]
    if any(text is not None and len(text) > MOST_TEXT for text in cells):
        raise FileRefused("cell_too_long", most=str(MOST_TEXT))
    emit(encode([number, 0, cells]))


def _unguarded(text: str) -> Any:
    """Return the packed cell without what exports put around it: ="530399…" keeps a number whole, ' keeps text from running."""
    if text[:2] == '="' and text[-1:] == '"' and '"' not in text[2:-1]:
        return [text[2:-1], "s", text[2:-1], 1, "", ""]
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text


def text_encoding(given: IO[bytes]) -> str:
    """Return the encoding in which the whole file can be read: by its mark, else UTF-8, GB18030, Big5 in this order.

    Raises: FileRefused when none fits.
    """
    given.seek(0)
    head = given.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in _ENCODINGS:
        if _decodes(given, encoding):
            return encoding
    raise FileRefused("text_unknown_letters")


def _decodes(given: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    given.seek(0)
    try:
        while piece := given.read(1 << 20):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(sample: str) -> str:
    """Return the separator under which most records of the sample have the same number of fields, at least two."""
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        try:
            widths = [len(r) for r in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if r][:100]
        except csv.Error:
            continue
        widths = widths[:-1] if len(sample) >= _SAMPLE else widths
        usual = max(set(widths), key=widths.count, default=1)
        score = 0.0 if usual < 2 else (widths.count(usual) / len(widths)) ** 2 * min(usual, 6)
        if score > best_score:
            best, best_score = separator, score
    return best
