"""Runs every test on SQLite and then on PostgreSQL, and says at the end what was skipped for want of a tool.

With WUYOU_REQUIRE_TOOLS=1 a missing tool is a failure.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent.parent
NO_POSTGRESQL = 77


def main() -> int:
    """Return 0 when both runs passed (PostgreSQL may be missing unless tools are required)."""
    pytest = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    began = time.monotonic()
    print("== SQLite", flush=True)
    sqlite = subprocess.call(pytest, cwd=HERE)
    print(f"== PostgreSQL (SQLite took {time.monotonic() - began:.0f} s)", flush=True)
    began = time.monotonic()
    other = [sys.executable, "tools/postgres.py", "run", "--", *pytest, "-m", "not browser"]
    postgresql = subprocess.call(other, cwd=HERE)
    if postgresql == NO_POSTGRESQL and os.environ.get("WUYOU_REQUIRE_TOOLS") != "1":
        print("not tested: PostgreSQL is missing (apt install postgresql)")
        postgresql = 0
    print(f"== both engines done (PostgreSQL took {time.monotonic() - began:.0f} s)", flush=True)
    return sqlite or postgresql


sys.exit(main())
