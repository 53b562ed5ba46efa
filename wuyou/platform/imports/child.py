"""The child process that reads a file, and the parent's side of it.

A hostile or broken file may cost the child its life, never the web worker: the child has a limit of memory and of
computing time, knows no database, no settings and no keys, gets the file as its standard input, which has no name, and
hands over nothing but JSON lines through a pipe.
Lines: ["book", batch the file was given back for or ""]; for each sheet ["sheet", name, state, hidden columns], then
[row number, 1 when hidden, cells from column A on] and at last ["end", merged areas (top row from 1, left column from 0,
bottom row, right column)].
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from wuyou.platform.imports.refusal import FileRefused

MOST_MEMORY = 512 * 2**20
MOST_CPU_SECONDS = 90
MOST_SECONDS = 180
_BLOCK = 1 << 18
_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from wuyou.platform.imports.child import main; main()"


def lines_of(source: IO[bytes]) -> Iterator[bytes]:
    """Read the file in a child process and yield the JSON lines that it writes, some at a time, as they come.

    Raises: FileRefused with the sentence's code; also when the child hits one of its limits or dies.
    """
    with _nameless(source) as given, tempfile.TemporaryFile() as said:
        child = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own module
            [sys.executable, "-I", "-S", "-c", _START, str(_ROOT)], stdin=given, stdout=subprocess.PIPE, stderr=said
        )
        late = threading.Timer(MOST_SECONDS, child.kill)
        late.start()
        try:
            assert child.stdout is not None  # it is a pipe
            with child.stdout as written:
                while block := written.read(_BLOCK):
                    yield block
            code = child.wait()
        finally:
            late.cancel()
            child.kill()
            child.wait()
        if code != 0:
            said.seek(0)
            raise _refusal_of(code, said.read())


def _nameless(source: IO[bytes]) -> IO[bytes]:
    """Return the file's bytes in a file without a name, for the child to read from any place; gone with its last reader.

    In memory where the system can: what is sealed on disk does not come to stand there in clear.
    """
    if hasattr(os, "memfd_create"):
        copy: IO[bytes] = os.fdopen(os.memfd_create("workbook"), "w+b")
    else:
        copy = tempfile.TemporaryFile("w+b")  # noqa: SIM115 -- the caller closes it
    while block := source.read(1 << 20):
        copy.write(block)
    copy.flush()
    copy.seek(0)
    return copy


def _refusal_of(code: int, said: bytes) -> FileRefused:
    """Return the refusal that the child wrote as its last line, or the one that its end tells."""
    last = said.strip().rpartition(b"\n")[2]
    with contextlib.suppress(ValueError, TypeError):
        found = json.loads(last)
        if isinstance(found, dict) and isinstance(found.get("code"), str):
            return FileRefused(found["code"], **{str(k): str(v) for k, v in found.get("words", {}).items()})
    if code in (-24, -9):  # SIGXCPU, or killed
        return FileRefused("file_takes_too_long")
    return FileRefused("file_broken")


def main() -> None:
    """Read the file that is the standard input under this process's limits (the child's side)."""
    _limit_this_process()
    try:
        with open(0, "rb", closefd=False) as given:
            _read(given)
    except FileRefused as refusal:
        _say(refusal)
    except (MemoryError, RecursionError):
        _say(FileRefused("file_needs_too_much_memory"))


def _say(refusal: FileRefused) -> None:
    sys.stderr.write(json.dumps({"code": refusal.code, "words": refusal.words}) + "\n")
    sys.exit(3)


def _limit_this_process() -> None:
    """Limit memory and computing time, where the system can (everywhere but Windows)."""
    try:
        import resource  # noqa: PLC0415 -- absent on Windows, where the parent's time limit remains
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(given: io.BufferedReader) -> None:
    # Only here: the parent never needs the parsers.
    from wuyou.platform.imports.files import FileForm, sniff  # noqa: PLC0415
    from wuyou.platform.imports.textfile import read_text_table  # noqa: PLC0415
    from wuyou.platform.imports.workbook import read_workbook  # noqa: PLC0415

    read = read_workbook if sniff(given) is FileForm.XLSX else read_text_table
    read(given, _emitter())
    sys.stdout.flush()


def _emitter() -> Callable[[str], None]:
    """Return what writes one JSON line."""
    write = sys.stdout.buffer.write

    def emit(line: str) -> None:
        write(line.encode("utf-8", "replace") + b"\n")

    return emit
