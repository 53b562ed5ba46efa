"""The throw-away PostgreSQL: found, used, and gone afterwards, also when somebody loses patience."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools import postgres
from wuyou.platform.tests.tools import missing

TOOL = [sys.executable, str(Path(postgres.__file__)), "run"]
SAY = "import os; print(os.environ['WUYOU_DATABASE_URL'], flush=True)"


@pytest.fixture
def installed() -> None:
    if postgres.binaries() is None:
        missing("PostgreSQL is not installed (Debian: postgresql)")


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("wuyou-pg-*")]


def test_command_gets_an_address_and_its_exit_code_counts(installed: None, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    done = subprocess.run(
        [*TOOL, "--", sys.executable, "-c", f"{SAY}; raise SystemExit(5)"],
        env={**os.environ, "TMPDIR": "/tmp"}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 5
    assert done.stdout.startswith("postgresql://postgres@/wuyou?host=")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_stays_when_it_is_stopped(installed: None, number: int) -> None:
    before = left_behind(Path("/tmp"))
    command = f"{SAY}; import time; time.sleep(60)"
    running = subprocess.Popen(
        [*TOOL, "--", sys.executable, "-c", command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        start_new_session=True, env={**os.environ, "TMPDIR": "/tmp"},
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stdout.readline().startswith("postgresql://")
    os.killpg(running.pid, number)
    assert running.wait(60) != 0
    running.stdout.close()
    assert left_behind(Path("/tmp")) == before


def test_without_postgresql_it_says_so_and_ends_with_77(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(postgres, "NEWEST_FIRST", [])
    monkeypatch.setenv("PATH", "")
    assert postgres.main(["run", "--", "true"]) == 77
    assert capsys.readouterr().err == (
        "PostgreSQL is not installed here (Debian: apt install postgresql); nothing was run.\n"
    )
