"""The library of sounds, loaded when it is first asked and in two steps: its table of phrases alone takes 44 MB.

Names of people are read character by character and never need it; names of places and units do (重庆 chong qing).
"""

import os
from collections.abc import Callable
from functools import cache


@cache
def of_character(character: str) -> str:
    """Return the toneless syllable of one character as it is read most; what is no Chinese character as it is."""
    return str(_reading()(character)[0])


def of_text(text: str) -> list[str]:
    """Return the toneless syllables of a text, each as it is read in its phrase; what is not Chinese stays in one piece."""
    _load_phrases()
    return list(_reading()(text))


@cache
def _reading() -> Callable[..., list[str]]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # what the library reads while it is loaded
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- a third of a second to load, and many commands never sort

    found: Callable[..., list[str]] = lazy_pinyin
    return found


@cache
def _load_phrases() -> None:
    _reading()
    from pypinyin import load_phrases_dict  # noqa: PLC0415 -- as above
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 -- as above

    load_phrases_dict(phrases_dict)
