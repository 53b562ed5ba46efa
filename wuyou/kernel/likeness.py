"""How alike two short Chinese names are when a clerk's slip stands between them.

Chinese is typed by sound, so the usual slip is another character of the same sound (东门 typed 洞门); after that come
sounds that dialects mix up (l/n, z/zh, in/ing), then one character wrong, lost or added in a long name. Short names
that only look half alike are different names: two villages in three differ by one character.
"""

import unicodedata
from functools import lru_cache

SAME, SOUND, NEAR_SOUND, SLIP = 1.0, 0.95, 0.88, 0.8

_MIXED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"))
_MIXED_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=16384)
def sounds(character: str) -> frozenset[str]:
    """Return the readings of one character, toneless; a character without any stands for itself."""
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 -- a third of a second, and only misspelt names need it

    written = pinyin_dict.get(ord(character), "")
    if not written:
        return frozenset((character,))
    bare = unicodedata.normalize("NFD", written.replace("ü", "v"))
    return frozenset("".join(c for c in bare if not unicodedata.combining(c)).split(","))


@lru_cache(maxsize=16384)
def _mixed(character: str) -> frozenset[str]:
    """Return the readings of a character with the distinctions removed that dialects do not make."""
    return frozenset(_plain(sound) for sound in sounds(character))


def _plain(sound: str) -> str:
    for typed, kept in _MIXED_INITIALS:
        if sound.startswith(typed):
            sound = kept + sound[len(typed) :]
            break
    for typed, kept in _MIXED_FINALS:
        if sound.endswith(typed):
            return sound[: -len(typed)] + kept
    return sound


def same_sound(one: str, other: str) -> bool:
    """Say whether two names have as many characters and each pair can be read alike."""
    return len(one) == len(other) and all(
        a == b or not sounds(a).isdisjoint(sounds(b)) for a, b in zip(one, other, strict=True)
    )


def _near_sound(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        a == b or not _mixed(a).isdisjoint(_mixed(b)) for a, b in zip(one, other, strict=True)
    )


def _one_slip(one: str, other: str) -> bool:
    """Say whether one character was replaced, lost or added in a name of at least four characters."""
    if abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < 4:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def likeness(one: str, other: str) -> float:
    """Return 1 for the same name, less for a slip, 0 for another name.

    0.95 the same sound, 0.88 a sound easily mixed up, 0.8 one character wrong, lost or added in four or more.
    """
    if one == other:
        return SAME
    if same_sound(one, other):
        return SOUND
    if _near_sound(one, other):
        return NEAR_SOUND
    return SLIP if _one_slip(one, other) else 0.0
