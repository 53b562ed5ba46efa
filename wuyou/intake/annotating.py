"""The batch's own workbooks back, with what is wrong marked in them."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wuyou.intake.batches import Told, Wanted, run
from wuyou.intake.reading import Files
from wuyou.kernel.actor import Actor
from wuyou.platform.imports.annotate import MOST_CELLS, cells_of, mark, problem_lines
from wuyou.platform.imports.reader import CellLine

_CHUNK = 1 << 20


@contextmanager
def annotated(
    actor: Actor, wanted: Wanted, *, told: Told | None = None, lines: Sequence[CellLine] | None = None
) -> Iterator[list[tuple[str, Iterator[bytes]]]]:
    """Yield (name, bytes) of each file in which something is wrong, marked; they are gone when the context ends.

    `lines` are those of an earlier pass; without them the rows are read again. Files too large to be marked in place are
    left out. Raises FileRefused.
    """
    if lines is None:
        found: list[CellLine] = []
        run(actor, wanted, write=False, told=told, said=lambda said: found.extend(problem_lines(said)))
        lines = found
    by_file: dict[str, list[CellLine]] = defaultdict(list)
    for line in problem_lines(lines):
        by_file[line.file].append(line)
    with tempfile.TemporaryDirectory() as folder, wanted.opened() as files:
        yield [
            (name, _bytes(out))
            for number, (name, path) in enumerate(wanted.files)
            if by_file[name] and (out := _marked(files, number, path, by_file[name], wanted, Path(folder)))
        ]


def _marked(
    files: Files, number: int, path: Path, lines: Sequence[CellLine], wanted: Wanted, folder: Path
) -> Path | None:
    tables = [table for table in files.tables if table.file == number]
    if not tables or cells_of(tables[0].book) > MOST_CELLS:
        return None
    out = folder / str(number)
    mark(tables[0].book, path, lines, str(wanted.batch), tables[0].part.table.header_last, out)
    return out


def _bytes(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            yield chunk


def written(files: Any, folder: Path) -> list[Path]:
    """Write the files of `annotated` into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, chunks in files:
        path = folder / Path(name).name
        path.write_bytes(b"".join(chunks))
        paths.append(path)
    return paths
