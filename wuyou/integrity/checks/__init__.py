"""The checks, a file for each subject. A new one is an entry of its file's `CHECKS` and a case in `tests/cases`."""

from wuyou.integrity.checks import life, tree
from wuyou.integrity.definition import Check

CHECKS: tuple[Check, ...] = (*tree.CHECKS, *life.CHECKS)
"""Every check, in the order in which subjects and their files name them."""


def check_named(code: str) -> Check | None:
    """Return the check of that code; None when there is none."""
    return next((check for check in CHECKS if check.code == code), None)
