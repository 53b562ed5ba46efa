"""What some tests read beside the code: the sample workbooks, and the villages that an operator fetches."""

from pathlib import Path

from wuyou.platform.tests.tools import missing

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT.parent / "shared" / "data"
VILLAGES = ROOT / "var" / "villages.csv"


def require_samples() -> None:
    """Skip the running test without the sample workbooks, or fail it where everything is required."""
    if not SAMPLES.exists():
        missing("no sample workbooks beside the repository")


def require_villages() -> None:
    """Skip the running test without the list of villages, or fail it where everything is required."""
    if not VILLAGES.exists():
        missing("no var/villages.csv (sh tools/fetch_villages.sh 530300 var)")
