"""The checks, a file for each subject. A new one is an entry of its file's `CHECKS` and a case in `tests/cases`."""

from wuyou.integrity.checks import accounts, leadership, life, papers, people, reach, tree, work
from wuyou.integrity.definition import Check

_FILES = (tree, life, papers, leadership, reach, people, work, accounts)

CHECKS: tuple[Check, ...] = tuple(check for file in _FILES for check in file.CHECKS)
"""Every check, in the order in which subjects and their files name them."""


def check_named(code: str) -> Check | None:
    """Return the check of that code; None when there is none."""
    return next((check for check in CHECKS if check.code == code), None)
