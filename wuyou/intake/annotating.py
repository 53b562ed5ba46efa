"""The batch's own workbooks back, with what is wrong marked in them."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from wuyou.intake.batches import Told, Wanted, run
from wuyou.intake.reading import Files, Given
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
    with wanted.opened() as files, ExitStack() as stack:
        yield [
            (name, _bytes(out))
            for number, (name, given) in enumerate(wanted.files)
            if by_file[name] and (out := _marked(files, number, given, by_file[name], wanted, stack))
        ]


def _marked(
    files: Files, number: int, given: Given, lines: Sequence[CellLine], wanted: Wanted, stack: ExitStack
) -> IO[bytes] | None:
    """Return the marked file, which has no name and goes with the context; None when it is too large for that."""
    tables = [table for table in files.tables if table.file == number]
    if not tables or cells_of(tables[0].book) > MOST_CELLS:
        return None
    out = tempfile.TemporaryFile()  # noqa: SIM115 -- the context that it enters closes it
    stack.enter_context(out)
    mark(tables[0].book, given, lines, str(wanted.batch), tables[0].part.table.header_last, out)
    return out


def _bytes(out: IO[bytes]) -> Iterator[bytes]:
    out.seek(0)
    while chunk := out.read(_CHUNK):
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
