"""Parts of a standard by name, and formulas in words, in the language of a word table."""

from collections.abc import Mapping
from typing import Any

from wuyou.kernel.expressions import Constant, ExpressionError, Symbol, Words, formula, parse


def named(part: Any, words: Words) -> str:
    """Return the title of a part, or the label of a threshold, fact or action; in Chinese where it has no other name."""
    name = "title" if hasattr(part, "title") else "label"
    return str((words.is_english and getattr(part, f"{name}_en")) or getattr(part, name))


def in_words(
    source: str, symbols: Mapping[str, Symbol], words: Words, constants: Mapping[str, Constant] | None = None
) -> str:
    """Return a formula with the labels of its names; as it was typed while it cannot be read; "" for none."""
    if not source:
        return ""
    try:
        return formula(parse(source, symbols, constants=constants or {}).root, words)
    except ExpressionError:
        return source
