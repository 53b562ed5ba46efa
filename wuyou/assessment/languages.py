"""In which language the reader is told of standards: his word table, and the names of their parts in it."""

from typing import Any

from django.utils.translation import get_language

from wuyou.assessment.rules.wording import named
from wuyou.kernel.expressions import CHINESE, ENGLISH, Words


def words() -> Words:
    """Return the word table of the reader's language."""
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def title(part: Any) -> str:
    """Return the title of a standard, item, criterion or stage, or the label of a fact or action, in his language."""
    return named(part, words())
