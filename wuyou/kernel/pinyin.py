"""Pinyin keys: how Chinese text is put in order and found by its sound, the same on every database."""

from functools import lru_cache

from wuyou.kernel.sounds import of_text


@lru_cache(maxsize=65_536)
def sort_key(text: str) -> str:
    """Return toneless pinyin, syllables joined by blanks, Latin and digits kept in lower case ("曲靖1组" -> "qu jing 1 zu")."""
    return " ".join(_syllables(text))


@lru_cache(maxsize=65_536)
def initials(text: str) -> str:
    """Return the first letter of each syllable ("曲靖市" -> "qjs"); other characters keep their first letter or digit."""
    return "".join(syllable[0] for syllable in _syllables(text))


def _syllables(text: str) -> list[str]:
    return [s for part in of_text(text) for s in part.lower().split() if s and s[0].isalnum()]
