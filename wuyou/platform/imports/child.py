"""The child process that reads a file, and the parent's side of it.

A hostile or broken file may cost the child its life, never the web worker: the child has a limit of memory and of
computing time, knows no database and no settings, and hands over nothing but JSON lines in a nameless temporary file.
Lines: ["book", batch the file was given back for or ""]; for each sheet ["sheet", name, state, hidden columns], then
[row number, 1 when hidden, cells from column A on] and at last ["end", merged areas (top row from 1, left column from 0,
bottom row, right column)].
"""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from wuyou.platform.imports.refusal import FileRefused

MOST_MEMORY = 512 * 2**20
MOST_CPU_SECONDS = 90
MOST_SECONDS = 180
_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from wuyou.platform.imports.child import main; main(sys.argv[2])"


def read_into_spool(path: Path) -> IO[bytes]:
    """Read the file in a child process into a nameless temporary file of JSON lines, rewound.

    Raises: FileRefused with the sentence's code; also when the child hits one of its limits or dies.
    """
    # Closed by the caller; it has no name in the file system, so that a killed process leaves nothing behind.
    spool = tempfile.TemporaryFile("w+b")  # noqa: SIM115 -- it is what this function returns
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter, our own module, one path as an argument
            [sys.executable, "-I", "-S", "-c", _START, str(_ROOT), str(path)],
            stdin=subprocess.DEVNULL,
            stdout=spool,
            stderr=subprocess.PIPE,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        spool.close()
        raise FileRefused("file_takes_too_long") from fault
    if done.returncode != 0:
        spool.close()
        raise _refusal_of(done.returncode, done.stderr)
    spool.seek(0)
    return spool


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


def main(name: str) -> None:
    """Read the file named on the command line under this process's limits (the child's side)."""
    _limit_this_process()
    try:
        _read(Path(name))
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


def _read(path: Path) -> None:
    # Only here: the parent never needs the parsers.
    from wuyou.platform.imports.files import FileForm, sniff  # noqa: PLC0415
    from wuyou.platform.imports.textfile import read_text_table  # noqa: PLC0415
    from wuyou.platform.imports.workbook import read_workbook  # noqa: PLC0415

    read = read_workbook if sniff(path) is FileForm.XLSX else read_text_table
    read(path, _emitter())
    sys.stdout.flush()


def _emitter() -> Callable[[str], None]:
    """Return what writes one JSON line."""
    write = sys.stdout.buffer.write

    def emit(line: str) -> None:
        write(line.encode("utf-8", "replace") + b"\n")

    return emit
