"""A house as an office runs it: `wuyou up` with its worker, on its own data directory, with one office and one group."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "Shi-qiaolian-2026"
OFFICE = "曲靖市归国华侨联合会"
_PEOPLE = """
import django; django.setup()
from wuyou.accounts import services
from wuyou.config.installation import operator
from wuyou.orgs import queries
from wuyou.orgs import services as units
office = queries.federations(operator())[0]
new = units.NewUnit(full_name="曲靖市侨联机关小组", kind="office")
group = units.found_unit(actor=operator(), parent_id=office.pk, new=new, newly_established=False)
for name, role, unit in (("city", "city_officer", office), ("auditor", "auditor", office), ("leader", "group_leader", group)):
    user = services.add_user(actor=operator(), username=name, name=name, password={password!r})
    services.give_grant(actor=operator(), user_id=user.pk, role=role, unit_id=unit.pk)
"""


@contextmanager
def house(data: Path, script: str = "") -> Iterator[str]:
    """Make an office with its officer `city` and start it; yield the address, stop it afterwards.

    `script` is Python that enters what the office has before it starts.
    """
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("WUYOU_", "DJANGO_"))},
        "WUYOU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "wuyou.config.settings", "WUYOU_MIN_FREE_MB": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "wuyou.config.cli"]
    _run([*command, "createadmin", "--office", OFFICE, "--password", PASSWORD, "--data", str(data)], environment)
    _run([sys.executable, "-c", _PEOPLE.format(password=PASSWORD)], environment)
    if script:
        _run([sys.executable, "-c", f"import django; django.setup()\n{script}"], environment)
    port = _free_port()
    log = (data / "up.log").open("w")
    running = subprocess.Popen(
        [*command, "up", "--port", str(port), "--data", str(data)], env=environment, stdout=log, stderr=log
    )
    try:
        _wait(f"http://127.0.0.1:{port}/health", running, data / "up.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)
        log.close()


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert running.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"not up after 90 s: {log.read_text()}")
