"""A throw-away PostgreSQL for one command: made, used and removed.

    python tools/postgres.py run -- pytest wuyou/platform
    python tools/postgres.py run --durable -- make bench

The cluster lives in a directory of its own, listens on a socket in it and on no network, and sorts by the rules of
Chinese (ICU), as a city's own server may: what wrongly relies on the order of bytes then shows. The command finds it
through WUYOU_DATABASE_URL. Without `--durable` nothing is flushed to the disk, as nothing of it is kept.
Exit code: the command's own, or 77 when PostgreSQL is not installed.
"""

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

MISSING = 77
OWNER = "postgres"  # initdb refuses root
NEWEST_FIRST = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: -int(bin.parent.name.split(".")[0]))


def binaries() -> Path | None:
    """Return the directory of initdb and postgres, the newest of several; None when PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    places = [*NEWEST_FIRST, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def owner() -> str | None:
    """Return the user as whom the server runs: None for oneself, or the package's user when one is root."""
    return OWNER if os.geteuid() == 0 else None


@contextlib.contextmanager
def cluster(programs: Path, *, durable: bool = False) -> Iterator[str]:
    """Start a fresh cluster with a database `wuyou` in it, yield its address, stop and remove it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="wuyou-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if owner() is not None:
            user = pwd.getpwnam(OWNER)
            os.chown(folder, user.pw_uid, user.pw_gid)
        _initialise(programs, folder)
        server = _start(programs, folder, durable)
        yield f"postgresql://{OWNER}@/wuyou?host={quote(str(folder), safe='')}"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, folder: Path) -> None:
    command = [
        programs / "initdb", "--pgdata", folder / "data", "--username", OWNER, "--auth", "trust", "--no-sync",
        "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "zh",
    ]  # fmt: skip
    done = subprocess.run(command, user=owner(), cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"PostgreSQL could not be set up:\n{done.stderr}")


def _start(programs: Path, folder: Path, durable: bool) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "shared_buffers": "128MB",
        "max_connections": "120",
        "max_wal_size": "2GB",
        **({} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}),
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with open(folder / "log", "wb") as log:
        # a session of its own, so that Ctrl-C reaches the command alone and the server outlives it
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *options],
            user=owner(), cwd=folder, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    create = [programs / "createdb", "--host", folder, "--username", OWNER, "wuyou"]
    for _attempt in range(100):
        made = subprocess.run(create, cwd=folder, capture_output=True, text=True, check=False)
        if made.returncode == 0:
            return server
        if server.poll() is not None:
            break
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
    _stop(server)
    raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}{made.stderr}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)  # "immediate": nothing of it is kept
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def _obey(command: list[str], url: str) -> int:
    running = subprocess.Popen(command, env={**os.environ, "WUYOU_DATABASE_URL": url})
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            continue  # the command got it too and ends in its own way
        except SystemExit:
            running.terminate()
            running.wait()
            raise


def main(arguments: list[str]) -> int:
    """Run the command with a database of its own and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["run"])
    parser.add_argument("--durable", action="store_true", help="flush to the disk as a real server does")
    parser.usage = "%(prog)s run [--durable] -- COMMAND…"
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    given, command = parser.parse_args(arguments[:cut]), arguments[cut + 1 :]
    if not command:
        parser.error("say what to run after --")
    programs = binaries()
    if programs is None:
        print("PostgreSQL is not installed here (Debian: apt install postgresql); nothing was run.", file=sys.stderr)
        return MISSING
    signal.signal(signal.SIGTERM, _leave)
    with cluster(programs, durable=given.durable) as url:
        return _obey(command, url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
