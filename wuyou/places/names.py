"""Tables of names: what may begin at a position of a text, and what is nearly like it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhconv import convert

from wuyou.kernel.likeness import SAME, SOUND, likeness
from wuyou.places.rules import BODY_ENDS, GRADES, Kind, Level, PlaceRow, other_grade, stem, village_end, village_forms

_SPACE = re.compile(r"\s+")
_AFTER_SHORT = re.compile(r"务工|打工|读书|上学|求学|居住|工作|就业|经商|生活|定居|租住|随|做|[市区县州路,,;;。]|$")
_FAR = re.compile(r"外省|省外|市外|外地|国外|境外|海外")
SHORT, GRADE = 0.9, 0.85
"""How well a name without its grade, and one with another grade, fit."""


def compared(text: str) -> str:
    """Return a text as names are compared: half-width, simplified characters, no blanks."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    return plain if plain.isascii() else convert(plain, "zh-hans")
