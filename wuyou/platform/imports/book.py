"""A file that has been read: its sheets, whose rows can be walked again and again without holding them in memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from wuyou.platform import sealedbytes
from wuyou.platform.imports.child import lines_of
from wuyou.platform.imports.packed import Row
from wuyou.platform.imports.refusal import FileRefused


@dataclass(frozen=True, slots=True)
class Area:
    """A merged area: rows counted from 1, columns from 0, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name ("" for a text file), whether people can see it, and where its rows stand in the spool."""

    name: str
    state: str
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]
    start: int
    end: int


class Book:
    """A file's name and sheets. Use as a context: closing it throws the spooled rows away."""

    def __init__(self, name: str, spool: IO[bytes]) -> None:
        self.name = name
        self._spool = spool
        self.batch, self.sheets = _contents(spool)
        if not any(sheet.end > sheet.start for sheet in self.sheets):
            spool.close()
            raise FileRefused("file_has_no_rows")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Throw the spooled rows away."""
        self._spool.close()

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the sheet's rows in order; rows with nothing in them are left out.

        Several walks may run at once: each remembers its own place.
        """
        at = sheet.start
        while at < sheet.end:
            self._spool.seek(at)
            block = self._spool.read(min(1 << 20, sheet.end - at))
            block = block[: block.rfind(b"\n") + 1] or block + self._spool.readline()
            at += len(block)
            for line in block.splitlines():
                number, hidden, cells = json.loads(line)
                yield Row(number, bool(hidden), cells)


def open_book(path: Path, name: str | None = None) -> Book:
    """Read the file (in a child process with limits) and return its sheets; `name` is the user's name of it.

    What was read is held sealed in a nameless file until the book is closed.

    Raises: FileRefused with the code of a plain sentence.
    """
    with path.open("rb") as source:
        return Book(name or path.name, sealedbytes.sealed_aside(lines_of(source)))


def _contents(spool: IO[bytes]) -> tuple[str, tuple[Sheet, ...]]:
    """Find where each sheet's rows begin and end; returns the batch mark of the file and the sheets."""
    batch, sheets, at = "", [], 0
    name, state, hidden, start = "", "", [], 0
    for line in spool:
        if line.startswith(b'["sheet"'):
            _, name, state, hidden = json.loads(line)
            start = at + len(line)
        elif line.startswith(b'["end"'):
            merged = tuple(Area(*area) for area in json.loads(line)[1])
            sheets.append(Sheet(name, state, frozenset(hidden), merged, start, at))
        elif line.startswith(b'["book"'):
            batch = str(json.loads(line)[1])
        at += len(line)
    return batch, tuple(sheets)
