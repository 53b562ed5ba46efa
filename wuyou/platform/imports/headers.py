"""Finding the header rows of a table in a window of rows, by comparing each row with what stands under it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wuyou.platform.imports.book import Area
from wuyou.platform.imports.packed import Row, colour_of, is_filled, text_of
from wuyou.platform.imports.words import Vocabulary, is_label, shape

LOOK_BODY = 30
"""So many rows under a row are compared with it."""
HEADER_FROM = 0.3
_MOST_LEVELS = 4
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows: their places in the window (inclusive), the joined words by column, and how sure it is."""

    first: int
    last: int
    words: dict[int, str]
    score: float
    levels: tuple[frozenset[str], ...]


def filled_columns(row: Row) -> list[int]:
    """Return the columns (A is 0) in which the row holds anything."""
    return [index for index, cell in enumerate(row.cells) if is_filled(cell)]


def _spread(row: Row, merged: Sequence[Area]) -> dict[int, str]:
    """Return the row's texts by column, merged areas filled to their right and below."""
    texts = {index: text_of(row.cells[index]).strip() for index in filled_columns(row)}
    for area in merged:
        if area.top == row.number and area.left in texts:
            for column in range(area.left, min(area.right, area.left + 60) + 1):
                texts.setdefault(column, texts[area.left])
    return texts


def _repeats(words: list[str]) -> bool:
    """Tell whether the words are the same run two to four times over: lists that stand side by side."""
    size = len(words)
    return any(size % times == 0 and size > times and words == words[: size // times] * times for times in (2, 3, 4))


class HeaderFinder:
    """Looks for the header in a window of rows of one sheet."""

    def __init__(self, window: Sequence[Row], merged: Sequence[Area], vocabulary: Vocabulary) -> None:
        self._rows = window
        self._vocabulary = vocabulary
        numbers = {row.number for row in window}
        self._merged = [area for area in merged if area.top in numbers or area.bottom in numbers]
        self._texts = [_spread(row, self._merged) for row in window]

    def find(self, within: int | None = None) -> Header | None:
        """Return the first header of the window (looking at its first `within` rows), None when there is none."""
        for at in range(min(len(self._rows), within or len(self._rows))):
            score = self.score(at)
            if score >= HEADER_FROM and self._covers(at):
                return self._with_levels(at, score)
        return None

    def score(self, at: int) -> float:
        """Return how much the row differs from what stands under it: below 0 it belongs there, from 0.3 it heads it."""
        own = {c: text_of(self._rows[at].cells[c]).strip() for c in filled_columns(self._rows[at])}
        if len(own) < 2 or sum(map(is_label, own.values())) < 0.8 * len(own):
            return -1.0
        if len(set(own.values())) < 0.7 * len(own) and not _repeats(list(own.values())):
            return -1.0
        if len(own) == 2 and self._rows[at].number > 1 and not all(map(self._vocabulary.knows, own.values())):
            return -1.0
        body = self._body(at)
        marks = [self._contrast(at, column, text, body) for column, text in own.items()]
        return sum(marks) / len(marks)

    def _body(self, at: int) -> list[Row]:
        """Return the rows under a row that could belong to its table: several cells each, none behind the same words again."""
        own = {text_of(self._rows[at].cells[column]).strip() for column in filled_columns(self._rows[at])}
        found: list[Row] = []
        for row in self._rows[at + 1 : at + 1 + LOOK_BODY]:
            filled = filled_columns(row)
            if (
                found
                and len(filled) > 2
                and sum(text_of(row.cells[c]).strip() in own for c in filled) >= 0.8 * len(filled)
            ):
                break
            if len(filled) >= 2:
                found.append(row)
        return found

    def _contrast(self, at: int, column: int, text: str, body: list[Row]) -> float:
        """Return how unlike one header word is to the cells under it."""
        below = [text_of(row.cells[column]).strip() for row in body if column < len(row.cells)]
        below = [found for found in below if found]
        mark = 1.2 * self._vocabulary.knows(text)
        if not below:
            return mark + (0.3 if len(body) >= _ENOUGH else 0.0)  # words over nothing are there to be filled in under
        shapes = Counter(map(shape, below))
        if shapes["n"] + shapes["d"] + shapes["i"] >= 0.6 * len(below):
            mark += 1.0
        elif len(below) >= 3 and sorted(map(len, below))[len(below) // 2] >= max(12, 2 * len(text)):
            mark += 0.6  # sentences under a short word
        elif len(below) >= 4 and len(set(below)) <= 0.5 * len(below):
            mark += 0.6
        else:
            mark += 0.15
        if text in below:
            mark -= 1.3
        if len({found for found in below if self._vocabulary.knows(found) == 1.0}) >= 2 and len(below) >= 2:
            mark -= 1.0
        cells = self._rows[at].cells
        own = colour_of(cells[column]) if column < len(cells) else ""  # a merged word stands over columns without cells
        if own and sum(column < len(row.cells) and colour_of(row.cells[column]) == own for row in body) < len(body) / 3:
            mark += 0.2
        return mark

    def _covers(self, at: int) -> bool:
        """Tell whether the row stands above at least half of the columns that the rows under it fill."""
        body = self._body(at)
        counts = Counter(column for row in body for column in filled_columns(row))
        usual = {column for column, count in counts.items() if count >= 0.3 * len(body)}
        return not usual or len(usual & self._texts[at].keys()) >= 0.5 * len(usual)

    def _with_levels(self, at: int, score: float) -> Header:
        first = last = at
        while last - first + 1 < _MOST_LEVELS and self._goes_on_below(first, last):
            last += 1
        while last - first + 1 < _MOST_LEVELS and self._goes_on_above(first):
            first -= 1
        levels = tuple(frozenset(texts.values()) for texts in self._texts[first : last + 1])
        return Header(first, last, self._joined(first, last), score, levels)

    def _goes_on_below(self, first: int, last: int) -> bool:
        """Tell whether the next row is one more level of the header."""
        below = last + 1
        if below >= len(self._rows) or self._rows[below].number != self._rows[last].number + 1:
            return False
        upper, lower = self._texts[last], self._texts[below]
        own = {column: text for column, text in lower.items() if text}
        if len(own) > 2 and len(set(own.values())) == 1:
            return False  # one text across the sheet heads a section
        if not own or sum(map(is_label, own.values())) < 0.8 * len(own):
            return self._is_units(own)
        numbers = {self._rows[place].number for place in range(first, last + 1)}
        if self._is_cut(upper, own):
            return True
        merged = any(
            area.top in numbers and (area.bottom >= self._rows[below].number or area.left < area.right)
            for area in self._merged
        )
        fills_gaps = sum(column not in upper for column in own)
        if not merged and (fills_gaps < 2 or fills_gaps + len(upper) < 0.9 * len(upper | own)):
            return self._is_units(own)
        contrasts = [self._contrast(below, column, text, self._body(below)) for column, text in own.items()]
        return sum(contrasts) / len(contrasts) >= HEADER_FROM

    def _is_cut(self, upper: dict[int, str], lower: dict[int, str]) -> bool:
        """Tell whether words are cut in two, 姓 over 名: most columns' pieces together are words that are known."""
        both = [(upper[column], text) for column, text in lower.items() if column in upper]
        whole = sum(self._vocabulary.knows(one + other) == 1.0 for one, other in both)
        return len(both) >= _ENOUGH and whole >= 0.6 * len(both)

    def _is_units(self, own: dict[int, str]) -> bool:
        """Tell whether a row only tells units in brackets, as a second line of header words."""
        return bool(own) and all(text[0] in "(（[" and text[-1] in ")）]" for text in own.values())

    def _goes_on_above(self, first: int) -> bool:
        """Tell whether the row above groups the header's words: a few labels, each over several columns."""
        above = first - 1
        if above < 0 or self._rows[above].number != self._rows[first].number - 1:
            return False
        columns = filled_columns(self._rows[above])
        lower = sorted(self._texts[first])
        texts = [text_of(self._rows[above].cells[column]).strip() for column in columns]
        if len(columns) < 2 or not all(map(is_label, texts)) or not lower:
            return False
        spread = len(self._texts[above]) / len(columns)
        if len(self._texts[above]) > len(columns):
            return spread >= 1.2
        inside = [column for column in columns if lower[0] <= column <= lower[-1]]
        return len(inside) == len(columns) and (lower[-1] - columns[0] + 1) / len(columns) >= 2

    def _joined(self, first: int, last: int) -> dict[int, str]:
        """Return the header words by column, levels joined by "/", a word that spans levels told once."""
        levels = [dict(self._texts[place]) for place in range(first, last + 1)]
        for place, level in enumerate(levels[:-1]):
            self._fill_right(first + place, level, levels[place + 1])
        joined: dict[int, str] = {}
        for column in sorted(set().union(*levels)):
            words: list[str] = []
            for level in levels:
                text = level.get(column, "")
                text = " ".join(text.split()) if text.isascii() else "".join(text.split())
                if text and text not in words[-1:]:
                    words.append(text)
            if words:
                joined[column] = "/".join(word.replace("/", "、" if len(words) > 1 else "／") for word in words)
        return joined

    def _fill_right(self, at: int, level: dict[int, str], below: dict[int, str]) -> None:
        """Let an unmerged group word also stand over the words to its right that have nothing above them."""
        if any(area.top == self._rows[at].number and area.left < area.right for area in self._merged):
            return
        current = ""
        own = dict(level)
        for column in range(min(own, default=0), max(below, default=-1) + 1):
            current = own.get(column, current if column in below else "")
            if column not in own and current and column in below:
                level[column] = current
