"""Which column is which field, and what kind of table it is: by header words and by what the column contains.

Nothing below an exact header is taken silently: every match carries its confidence and the reason in words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from wuyou.kernel.hanzi import fold
from wuyou.platform.imports.assign import best_pairs
from wuyou.platform.imports.codes import codes_in, decoded
from wuyou.platform.imports.columns import Cell, Column, ImportKind, Policy
from wuyou.platform.imports.headerscore import header_scores
from wuyou.platform.imports.marks import is_own_header
from wuyou.platform.imports.tables import FoundColumn, FoundTable
from wuyou.platform.imports.ticks import is_sure, ticked
from wuyou.platform.imports.words import level_forms, plain_header

ACCEPT_FROM = 0.5
SILENT_FROM = 0.9
"""From here on (an exact header, content not against it) a match need not be confirmed."""
_SAMPLES = 40
_CONTRADICTION = 0.15
_CLEARLY = 0.6
_FEW = 3
"""Fewer samples than this say nothing about a column."""
_TOLD = 0.75
"""From here on a header says what its column is, if not in known words."""
_GUARDED = (Policy.ASK_PURPOSE, Policy.REFUSE)
SUMMARY = "summary"
UNKNOWN = "unknown"


class How(StrEnum):
    """By what a column was recognised; the report and the wizard say it in words."""

    EXACT = "exact"
    REMEMBERED = "remembered"
    CHOSEN = "chosen"
    SIMILAR = "similar"
    CONTENT = "content"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """What one column of a table is taken for: `column` None when for nothing, and then it is not stored.

    `tick` is the word that a mark in the column says of its row, "" when the column holds values of its own.
    """

    index: int
    header: str
    column: Column | None
    confidence: float
    how: How
    word: str = ""
    likeness: float = 0.0
    tick: str = ""

    @property
    def field(self) -> str:
        """The field's name, "" when the column is not taken."""
        return self.column.field if self.column else ""

    @property
    def policy(self) -> Policy:
        """What happens to the column."""
        return self.column.policy if self.column else Policy.IGNORE

    @property
    def sure(self) -> bool:
        """Whether the match may be used without asking."""
        return self.confidence >= SILENT_FROM


@dataclass(frozen=True, slots=True)
class TableMapping:
    """The kind of a table and its columns' matches, in the order of the columns."""

    kind: ImportKind | None
    name: str
    score: float
    matches: tuple[Match, ...]
    missing: tuple[str, ...] = ()
    others: tuple[tuple[str, float], ...] = field(default=())

    def match(self, name: str) -> Match | None:
        """Return the match of the named field, None when no column is it."""
        return next((match for match in self.matches if match.field == name), None)


class Mapper:
    """Maps tables to the announced kinds; `remembered` is what this office chose before: plain header to field name."""

    def __init__(self, kinds: Iterable[ImportKind], remembered: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._kinds = tuple(kinds)
        self._remembered = remembered or {}
        self._words: dict[str, dict[str, Policy]] = {}
        for kind in self._kinds:
            for column in kind.columns:
                for word in (column.label, *column.headers):
                    self._words.setdefault(plain_header(word), {})[kind.name] = column.policy

    def map(self, table: FoundTable, *, only: str | None = None) -> TableMapping:
        """Return the best kind for the table with its columns; `only` names the kind that the user has chosen."""
        weights = self._weights(table)
        tried = []
        for kind, scores in self._likely(table, only):
            matches = self._matches(table, kind, scores)
            tried.append((self._score(table, matches, weights, kind), kind, matches))
        if not tried:
            return _unmapped(table, UNKNOWN)
        tried.sort(key=lambda one: -one[0])
        score, kind, matches = tried[0]
        missing = _missing(kind, matches)
        others = tuple((other.name, round(value, 3)) for value, other, _ in tried[1:])
        if only is None and (score < 0.5 or missing) and looks_like_summary(table):
            return _unmapped(table, SUMMARY, others)
        if only is None and score < (0.3 if missing else 0.18):
            return _unmapped(table, UNKNOWN, others)
        return TableMapping(kind, kind.name, round(score, 3), tuple(matches), missing, others)

    def _likely(self, table: FoundTable, only: str | None) -> list[tuple[ImportKind, "_Scores"]]:
        """Return the kinds that are worth comparing by content: those whose words name nearly as many columns as any.

        Where hardly a header is known, all of them.
        """
        known = [self._known(column.header) for column in table.columns]
        every = [(kind, _Scores(table, kind, known)) for kind in self._kinds if only in (None, kind.name)]
        totals = [scores.header_total() for _, scores in every]
        most = max(totals, default=0.0)
        floor = 0.5 * most if most >= 0.4 * len(table.columns) else 0.0
        return [one for one, total in zip(every, totals, strict=True) if total >= floor]

    def _weights(self, table: FoundTable) -> dict[str, float]:
        """Return how telling each header is of a kind: 1 when one kind knows it, less for words that many know."""
        return {column.header: 1 / max(len(self._known(column.header)), 1) for column in table.columns}

    def _known(self, header: str) -> dict[str, Policy]:
        """Return by kind what happens to columns under a header that the kind knows as it stands."""
        found: dict[str, Policy] = {}
        for form in level_forms(header)[:2]:
            found |= self._words.get(form, {})
        return found

    def _score(
        self, table: FoundTable, matches: Sequence[Match], weights: Mapping[str, float], kind: ImportKind
    ) -> float:
        """Return how well the kind explains the table, 0..1."""
        columns = [column for column in table.columns if column.samples or column.header]
        if not columns:
            return 0.0
        # content alone tells a field, but hardly the kind: names, dates and sums stand in every kind of table
        worth = sum(
            match.confidence * (0.3 + 0.7 * weights[match.header]) * (0.7 if match.how is How.CONTENT else 1.0)
            for match in matches
            if match.column
        )
        whole = sum(0.3 + 0.7 * weights[column.header] for column in columns)
        return worth / whole * (0.6 if _missing(kind, matches) else 1.0)

    def _matches(self, table: FoundTable, kind: ImportKind, scores: "_Scores") -> list[Match]:
        """Return the best pairing of the table's columns with the kind's."""
        ticks, instead = scores.ticks(), scores.told_otherwise()
        by_ticks, aside = {at for at, _, _ in ticks.values()}, scores.set_aside()
        worth = []
        for place, column in enumerate(table.columns):
            chosen = self._chosen(kind, column)
            if is_own_header(column.header) or place in ticks:
                worth.append([0.0] * len(kind.columns))
            elif chosen is not None:
                worth.append([100.0 if found.field == chosen else 0.0 for found in kind.columns])
            else:
                worth.append(
                    [
                        mark**3
                        if at not in aside and mark >= (SILENT_FROM if at in by_ticks | instead else ACCEPT_FROM)
                        else 0.0
                        for at, mark in enumerate(scores.line(place))
                    ]
                )
        pairs = best_pairs(worth)
        matches = []
        for place, column in enumerate(table.columns):
            if place in ticks:
                matches.append(_tick_match(column, *ticks[place][1:]))
            elif place not in pairs:
                matches.append(self._one_more(scores, place, column, pairs))
            elif worth[place][pairs[place]] >= 100:
                found = kind.columns[pairs[place]]
                matches.append(Match(column.index, column.header, found, 1.0, How.REMEMBERED, found.label))
            else:
                matches.append(scores.match(place, pairs[place]))
        return matches

    def _chosen(self, kind: ImportKind, column: FoundColumn) -> str | None:
        """Return the field that this office chose for the header before, None when it chose none."""
        return self._remembered.get(kind.name, {}).get(plain_header(column.header)) if column.header else None

    @staticmethod
    def _one_more(scores: "_Scores", place: int, column: FoundColumn, pairs: Mapping[int, int]) -> Match:
        """Return the match of a column without a field of its own: one more of a field that several may feed, or none."""
        at = None if is_own_header(column.header) else scores.one_more(place, set(pairs.values()))
        return Match(column.index, column.header, None, 0.0, How.NONE) if at is None else scores.match(place, at)


def _tick_match(column: FoundColumn, found: Column, word: str) -> Match:
    sure = is_sure(word, column.header)
    return Match(
        column.index, column.header, found, 0.95 if sure else 0.85, How.EXACT if sure else How.BOTH, word, 1.0, word
    )


def _missing(kind: ImportKind, matches: Sequence[Match]) -> tuple[str, ...]:
    found = {match.field for match in matches}
    return tuple(
        column.field
        for column in kind.columns
        if column.required and not column.in_title and column.field not in found and found.isdisjoint(column.or_else)
    )


def _unmapped(table: FoundTable, name: str, others: tuple[tuple[str, float], ...] = ()) -> TableMapping:
    matches = tuple(Match(column.index, column.header, None, 0.0, How.NONE) for column in table.columns)
    return TableMapping(None, name, 0.0, matches, (), others)


def looks_like_summary(table: FoundTable) -> bool:
    """Tell whether the table prints counts by place or unit: nearly only numbers beside one column of words."""
    counted = [column for column in table.columns if column.samples]
    numbers = [column for column in counted if _number_share(column) >= 0.8]
    words = [column for column in counted if _number_share(column) < 0.2]
    return len(numbers) >= 3 and 1 <= len(words) <= 2 and len(numbers) >= 0.7 * len(counted)


_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?\s*(?:万元|元|万|人|个|次|户|%)?")


def _number_share(column: FoundColumn) -> float:
    texts = [text.strip() for text in column.samples[:60] if text.strip()]
    return sum(bool(_NUMBER.fullmatch(fold(text))) for text in texts) / max(len(texts), 1)


class _Scores:
    """How well each column of one table fits each field of one kind, by header, by content, and by both."""

    def __init__(self, table: FoundTable, kind: ImportKind, known: Sequence[Mapping[str, Policy]]) -> None:
        """`known` tells for each column of the table what kinds know its header, and what happens to it there."""
        columns = kind.columns
        self._table, self._columns = table, columns
        self._samples = [_spaced(_in_words(column)) for column in table.columns]
        self._header = header_scores([found.header for found in table.columns], kind)
        self._foreign = [bool(kinds) and kind.name not in kinds for kinds in known]
        self._guarded = [
            (foreign and any(policy in _GUARDED for policy in kinds.values())) or self._must_not_be_kept(place)
            for place, (foreign, kinds) in enumerate(zip(self._foreign, known, strict=True))
        ]
        self._exact = [max((mark for mark, _ in line), default=0.0) >= SILENT_FROM for line in self._header]
        self._fits: dict[tuple[int, int], float | None] = {}
        self._rarity: dict[int, float] = {}
        self._against: dict[int, bool] = {}

    def _must_not_be_kept(self, place: int) -> bool:
        """Tell whether the header speaks most of something that is never kept."""
        mark, at = max(((mark, at) for at, (mark, _) in enumerate(self._header[place])), default=(0.0, 0))
        return mark >= _TOLD and self._columns[at].policy is Policy.REFUSE

    def ticks(self) -> dict[int, tuple[int, Column, str]]:
        """Return by place the columns to tick: the field, its column for reading ticks, and the word of the header."""
        found = {
            place: ticked(column.header, self._samples[place], self._columns)
            for place, column in enumerate(self._table.columns)
            if column.header and self._samples[place]
        }
        return {place: one for place, one in found.items() if one is not None}

    def told_otherwise(self) -> set[int]:
        """Return the fields for which others stand in that headers name exactly: 收入 and 支出 instead of one 金额."""
        exact = {
            self._columns[at].field for line in self._header for at, (mark, _) in enumerate(line) if mark >= SILENT_FROM
        }
        return {at for at, column in enumerate(self._columns) if not exact.isdisjoint(column.or_else)}

    def set_aside(self) -> set[int]:
        """Return the fields that no column can be, because others say the same: 收支 beside 收入 and 支出."""
        told = {self._columns[at].field for line in self._header for at, (mark, _) in enumerate(line) if mark >= _TOLD}
        return {
            at
            for at, column in enumerate(self._columns)
            if column.never_beside and told.issuperset(column.never_beside)
        }

    def one_more(self, place: int, taken: set[int]) -> int | None:
        """Return the field, fed by another column already, that this column clearly feeds too; None when there is none."""
        for at, column in enumerate(self._columns):
            fit = self._fit(place, at) or 0.0
            header = self._header[place][at][0]
            open_to = fit >= 0.9 and header == 0 and not (self._guarded[place] or self._foreign[place])
            if column.several and at in taken and fit >= 0.6 and (header > 0 or open_to):
                return at
        return None

    def _fit(self, place: int, at: int) -> float | None:
        """Return the share of the column's samples that look like the field; None when that tells nothing."""
        column = self._columns[at]
        fits = (column.suits or column.fits) if self._header[place][at][0] > 0 else column.fits
        if fits is None or not self._samples[place]:
            return None
        if (place, at) not in self._fits:
            self._fits[(place, at)] = max(0.0, min(1.0, fits(self._samples[place])))
        return self._fits[(place, at)]

    def _rarity_of(self, at: int) -> float:
        """Return how telling the field's content is here: low when every second column without a name would fit it."""
        if at not in self._rarity:
            open_places = [place for place, samples in enumerate(self._samples) if samples and not self._exact[place]]
            others = [self._fit(place, at) or 0.0 for place in open_places]
            spread = (sum(others) - max(others)) / (len(others) - 1) if len(others) > 1 else 0.0
            self._rarity[at] = 1.0 - 0.8 * spread
        return self._rarity[at]

    def _mark(self, place: int, at: int) -> float:
        header = self._header[place][at][0]
        few = len(self._samples[place]) < _FEW
        if header >= SILENT_FROM:
            return 0.55 if self._contradicted(place) else header
        if header < 0 or (self._exact[place] and not self._contradicted(place)):
            return 0.0
        if header > 0 and not self._contradicted(place):
            fit = self._fit(place, at)
            mark = min(0.89, 0.8 * header if fit is None else 0.5 * header + 0.45 * fit)
            return max(mark, 0.8 * header) if self._columns[at].policy is Policy.REFUSE else mark
        fit = None if few or self._guarded[place] else self._fit(place, at)
        return self._weight_of_content(place) * fit * self._rarity_of(at) if fit else 0.0

    def _weight_of_content(self, place: int) -> float:
        """Return how much content alone counts: less where the header says something else, be it of another kind."""
        if self._foreign[place]:
            return 0.55
        named_otherwise = any(mark >= _TOLD for mark, _ in self._header[place]) and not self._contradicted(place)
        return 0.6 if named_otherwise else 0.8

    def header_total(self) -> float:
        """Return how many of the table's columns the kind's header words name, by the best word of each."""
        return sum(max((mark for mark, _ in line if mark > 0), default=0.0) for line in self._header)

    def _contradicted(self, place: int) -> bool:
        """Tell whether the content is against every field that the header names exactly, and clearly another's."""
        if place not in self._against:
            named = [at for at, (mark, _) in enumerate(self._header[place]) if mark >= SILENT_FROM]
            fits = [None if self._columns[at].free else self._fit(place, at) for at in named]
            enough = bool(named) and len(self._samples[place]) >= 5
            against = enough and all(fit is not None and fit < _CONTRADICTION for fit in fits)
            others = (self._fit(place, at) or 0.0 for at in range(len(self._columns)) if at not in named)
            self._against[place] = against and max(others, default=0.0) >= _CLEARLY
        return self._against[place]

    def line(self, place: int) -> list[float]:
        """Return the marks of one table column for all fields."""
        return [self._mark(place, at) for at in range(len(self._columns))]

    def match(self, place: int, at: int) -> Match:
        """Return the match of a table column with a field, with the reason."""
        found, column = self._table.columns[place], self._columns[at]
        header, word = self._header[place][at]
        fit = self._fit(place, at) or 0.0
        mark = self._mark(place, at)
        how = How.EXACT if header >= SILENT_FROM else How.SIMILAR if not fit else How.BOTH if header else How.CONTENT
        return Match(found.index, found.header, column, round(mark, 3), how, word or column.label, round(fit, 3))


def _in_words(column: FoundColumn) -> list[str]:
    """Return the samples, those that are codes of a list in the header as the words they stand for."""
    codes = codes_in(column.header)
    told = [decoded(Cell("", text, text), codes) if codes else None for text in column.samples]
    return [cell.text if cell else text for text, cell in zip(column.samples, told, strict=True)]


def _spaced(samples: Sequence[str]) -> list[str]:
    """Return at most forty samples spread over all, without blanks and 同上."""
    useful = [text for text in samples if text.strip() and text.strip() not in ("同上", "〃", '"', "″")]
    step = max(1, len(useful) // _SAMPLES)
    return useful[::step][:_SAMPLES]
