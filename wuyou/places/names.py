"""Tables of place names: what may begin at a position of a text, and what is nearly like it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from wuyou.kernel.hanzi import similar, simplified, squeeze
from wuyou.places.rules import BODY_ENDS, GRADES, Kind, Level, PlaceRow, stem, village_end, village_forms

SOUND = 0.94
"""From here on two names sound alike; one character wrong in four is 0.75, and shorter names must sound alike."""
_SLIP, _SLIP_LENGTH = 0.75, 4
_LONGEST_TOKEN = 9

_SCORES = {"full": 1.0, "former": 0.95, "short": 0.9, "grade": 0.85, "kind": 0.85, "sound": 0.8, "slip": 0.7}
_AFTER_SHORT = re.compile(
    r"务工|打工|读书|上学|求学|就学|居住|暂住|工作|就业|经商|生意|生活|定居|租住|租房|[市区县州省路街]|[0-9]|$"
)
_FAR = re.compile(r"外省|省外|市外|州外|外市|外地|国外|境外|海外|港澳台")


def compared(text: str) -> str:
    """Return a text as names are compared: half-width, simplified characters, no blanks."""
    return simplified(squeeze(text))


@dataclass(frozen=True, slots=True)
class Named:
    """A division that a piece of text names: why (full, former, short, grade, kind, sound, slip) and where it ends."""

    row: PlaceRow
    why: str
    end: int

    @property
    def score(self) -> float:
        """How well the piece fits, 0..1."""
        return _SCORES[self.why]


def names_of(row: PlaceRow) -> dict[str, str]:
    """Return every way to write a division above the village, with why it is one."""
    names = {}
    bare = stem(row.name, row.level)
    if bare and bare != row.name:
        names = {bare + grade: "grade" for grade in GRADES[row.level]}
        names[bare] = "short"
    for name, why in [*((f, "former") for f in row.former), (row.short, "short"), (row.name, "full")]:
        if name:
            names[compared(name)] = why
    if row.name.endswith("街道"):
        names |= {row.name + "办事处": "full", row.name + "办": "full"}
    if row.level is Level.TOWNSHIP and bare and row.name.endswith("乡"):
        names |= {bare + "乡": "full", bare + "民族乡": "full"}
    return names


class NameTable:
    """The names of the divisions of one level inside one area."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self._rows: dict[str, PlaceRow] = {}
        self._names: dict[str, list[tuple[PlaceRow, str]]] = {}
        self._stems: dict[str, list[tuple[PlaceRow, Kind]]] = {}
        self._longest = 0

    def add(self, row: PlaceRow) -> None:
        """Add one division with all its names; a second time changes nothing."""
        if row.code in self._rows:
            return
        self._rows[row.code] = row
        if self.level is Level.VILLAGE:
            for plain, kind in village_forms(compared(row.name)):
                self._stems.setdefault(plain, []).append((row, kind))
                self._longest = max(self._longest, len(plain))
            return
        for name, why in names_of(row).items():
            self._names.setdefault(name, []).append((row, why))
            self._longest = max(self._longest, len(name))

    def at(self, text: str, start: int) -> list[Named]:
        """Return the divisions whose name begins at a position, longest first."""
        found: list[Named] = []
        for length in range(min(self._longest, len(text) - start), 0, -1):
            piece = text[start : start + length]
            if self.level is Level.VILLAGE:
                for row, kind in self._stems.get(piece, ()):
                    found += self._village_at(text, start + length, row, kind)
            else:
                found += [Named(row, why, start + length) for row, why in self._names.get(piece, ())]
        return found

    def _village_at(self, text: str, after: int, row: PlaceRow, kind: Kind) -> Iterator[Named]:
        """Yield the village whose stem ends at a position, if what follows does not make it another name."""
        end, written = village_end(text, after)
        if written is kind:
            yield Named(row, "full", end)
        elif written is not Kind.OTHER:
            yield Named(row, "kind", end)
        elif kind is not Kind.OTHER and not village_token(text[after:])[0] and len(village_forms(row.name)[0][0]) > 1:
            yield Named(row, "short", after)

    def exactly(self, name: str, kind: Kind) -> list[Named]:
        """Return the villages with this stem and kind (any kind when a village does not tell its own)."""
        return [Named(row, "full", 0) for row, own in self._stems.get(name, ()) if kind in (own, Kind.OTHER)]

    def alike(self, name: str) -> list[Named]:
        """Return the divisions that a whole name is nearly like, best first."""
        if self.level is Level.VILLAGE:
            plain, kind = village_forms(name)[0]
            return [replace(named, end=len(name)) for named in self._alike_stems(plain, kind, slips=True)]
        found = [(row, _alike(stem(name, self.level) or name, plain)) for plain, row in self._plain()]
        return sorted((Named(row, why, len(name)) for row, why in found if why), key=lambda n: -n.score)

    def alike_prefix(self, text: str, start: int) -> list[Named]:
        """Return the divisions nearly like the piece of text that begins at a position and ends with a grade."""
        for length in range(2, _LONGEST_TOKEN):
            for grade in GRADES[self.level]:
                if text.startswith(grade, start + length):
                    piece, end = text[start : start + length], start + length + len(grade)
                    found = [Named(row, why, end) for plain, row in self._plain() if (why := _alike(piece, plain))]
                    if found:
                        top = max(named.score for named in found)
                        return [named for named in found if named.score == top]
        return []

    def alike_village(self, name: str, kind: Kind, *, slips: bool) -> list[Named]:
        """Return the villages that a misspelt stem most likely means: one, or several when equally near.

        Without `slips` only the sound counts.
        """
        found = self._alike_stems(name, kind, slips=slips)
        return [named for named in found if named.score == found[0].score]

    def _alike_stems(self, name: str, kind: Kind, *, slips: bool) -> list[Named]:
        best: dict[str, tuple[bool, Named]] = {}
        for plain, owners in self._stems.items():
            why = _alike(name, plain)
            if why and (slips or why != "slip"):
                for row, own in owners:
                    best.setdefault(row.code, (own is kind, Named(row, why, 0)))
        ordered = sorted(best.values(), key=lambda pair: (-pair[1].score, not pair[0]))
        same_kind = [named for same, named in ordered if same and named.score == ordered[0][1].score]
        return same_kind if same_kind else [named for _, named in ordered]

    def _plain(self) -> Iterator[tuple[str, PlaceRow]]:
        for row in self._rows.values():
            yield stem(row.name, self.level) or row.name, row


def _alike(written: str, name: str) -> str:
    """Return why a written name may be this name: sound, slip, full, or "" when it is another one."""
    if written == name:
        return "full"
    if abs(len(written) - len(name)) > 1:
        return ""
    likeness = similar(written, name)
    if likeness >= SOUND and len(name) > 1:
        return "sound"
    return "slip" if likeness >= _SLIP and len(name) >= _SLIP_LENGTH else ""


def village_token(text: str) -> tuple[str, Kind, int, bool]:
    """Return the stem, kind and end of the village name with which a text begins, and whether its ending is a body's.

    ("", OTHER, 0, False) when the text does not begin with one.
    """
    for at in range(1, min(_LONGEST_TOKEN, len(text))):
        if any(text.startswith(end, at) for end in BODY_ENDS):
            end, kind = village_end(text, at)
            return text[:at], kind, end, True
    at = text.find("村", 1, _LONGEST_TOKEN)
    return (text[:at], Kind.VILLAGE, at + 1, False) if at > 0 else ("", Kind.OTHER, 0, False)


class Elsewhere:
    """The names of the rest of the world, only good enough to say that a text begins with one of them."""

    def __init__(
        self, rows: Iterable[PlaceRow], *, inside: Iterable[str], ancestors: Iterable[PlaceRow], abroad: Iterable[str]
    ) -> None:
        own = set(inside) | {row.code for row in ancestors}
        self._province = "|".join(
            re.escape(n) for row in ancestors if row.level is Level.PROVINCE for n in names_of(row)
        )
        self._full: set[str] = set(abroad)
        self._short: set[str] = set()
        for row in rows:
            if row.code in own or row.level > Level.COUNTY:
                continue
            bare = stem(row.name, row.level)
            self._full |= {row.name, *row.former} | ({bare + "州", bare + "市"} if row.level is Level.CITY else set())
            if row.level <= Level.CITY and bare:
                self._short.add(bare)
        self._full -= {row.name for row in ancestors}
        self._longest = max(map(len, self._full | self._short), default=0)

    def begins(self, text: str) -> bool:
        """Say whether a text begins with a place outside the home area."""
        if _FAR.match(text):
            return True
        home = re.match(self._province, text) if self._province else None
        for start in {0, home.end() if home else 0}:
            for length in range(self._longest, 1, -1):
                piece = text[start : start + length]
                if piece in self._full or (piece in self._short and self._goes_on(text, start + length)):
                    return True
        return False

    def _goes_on(self, text: str, at: int) -> bool:
        """Say whether a short name is followed by what makes it a place: an end, an activity, another place."""
        return bool(_AFTER_SHORT.match(text, at)) or any(
            text[at : at + length] in self._full or text[at : at + length] in self._short for length in (2, 3, 4, 5)
        )
