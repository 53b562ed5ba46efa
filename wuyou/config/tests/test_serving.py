"""`wuyou up` as it runs in an office: a process that was killed comes back by itself, and one signal ends them all."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wuyou.config.serving import STEADY_SECONDS


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the command on an empty data directory of its own, with SQLite, as an office first does."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("WUYOU_", "DJANGO_"))}
    command = [sys.executable, "-m", "wuyou.config.cli", "up", "--data", str(tmp_path / "data"), "--port", str(port)]
    with open(tmp_path / "said", "wb") as said:
        process = subprocess.Popen(command, env=environment | {"WUYOU_MIN_FREE_MB": "1"}, stdout=said, stderr=said)
    yield process
    process.terminate()
    process.wait(20)


def below(pid: int, word: str) -> list[int]:
    """Return the processes below one, however deep, whose command has the word in it."""
    found = []
    for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        found += [child] if word in command_of(child) else []
        found += below(child, word)
    return found


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


def test_what_is_killed_comes_back_and_one_signal_ends_all(
    site: "subprocess.Popen[bytes]", port: int, tmp_path: Path
) -> None:
    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    assert until(answers), (tmp_path / "said").read_text()
    time.sleep(STEADY_SECONDS)
    (worker,) = below(site.pid, "wuyou.config.worker")
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: bool(set(below(site.pid, "wuyou.config.worker")) - {worker}))
    server = next(
        pid for pid in below(site.pid, "") if "wuyou.config.worker" not in command_of(pid) and not below(pid, "")
    )
    os.kill(server, signal.SIGKILL)
    assert until(lambda: not Path(f"/proc/{server}").exists() or server not in below(site.pid, ""))
    assert until(answers), (tmp_path / "said").read_text()
    every = below(site.pid, "")
    site.terminate()
    assert site.wait(20) == 0
    assert until(lambda: not [pid for pid in every if Path(f"/proc/{pid}").exists()], 10)
    assert "后台进程意外结束，已重新启动" in (tmp_path / "said").read_text()
