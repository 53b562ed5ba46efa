"""Measures the work of the README's table on a throw-away database and prints it: CPU, queries, memory, bytes.

usage: bench.py [--small] [--only WORD]     (--small: a hundredth of the rows, to try the bench itself)

CPU is this process's user and system time, so that a busy machine does not make the product look slow; pages are asked
for three times and the middle figure is printed. The database is SQLite in a temporary directory.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))


def main() -> int:
    """Run the measurements and print the table; return 0 (a missed target is printed, not failed)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", default="", help="measure only rows whose name holds this word")
    arguments = parser.parse_args()
    data = tempfile.mkdtemp(prefix="wuyou-bench-")
    os.environ.update(WUYOU_DATA=data, DJANGO_SETTINGS_MODULE="wuyou.config.settings", WUYOU_SECRET_KEY="bench" * 12)
    os.environ["WUYOU_MIN_FREE_MB"] = "1"
    import django

    django.setup()
    from benching import measure

    try:
        measure.run(small=arguments.small, only=arguments.only)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
