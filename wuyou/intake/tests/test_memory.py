"""What an import holds in memory, told by the processes themselves: generous bounds that a leak or a full copy breaks."""

import json
import subprocess
import sys
from pathlib import Path

from wuyou.intake.tests.offices import city_office
from wuyou.intake.tests.rolls import write_roll
from wuyou.platform.tests.databases import OwnDatabase
from wuyou.platform.tests.tools import missing

ROOT = Path(__file__).resolve().parents[3]
BRINGING = ROOT / "tools" / "benching" / "bringing.py"


def test_a_roll_of_twenty_thousand_is_brought_in_with_little_memory(own_database: OwnDatabase, tmp_path: Path) -> None:
    if not Path("/proc/self/status").exists():
        missing("no /proc, by which processes tell their memory")
    city_office()
    roll = tmp_path / "名单.xlsx"
    write_roll(roll, 20_000)
    done = subprocess.run(
        [sys.executable, str(BRINGING), str(roll)],
        env=own_database.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["parent"] < 220_000, told
    assert 0 < told["child"] < 120_000, told
