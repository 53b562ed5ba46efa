"""Printed sums against their parts: which 合计 and 小计 of a table are right."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from wuyou.kernel.reading import Reading
from wuyou.platform.imports.tables import FoundTable, Skip

Cap: TypeAlias = Callable[[Mapping[str, Reading[Any]]], Decimal | None]

_COUNT = re.compile(r"(?:合计|小计|总计|共计|共|计)?\D{0,10}?(\d{1,6})\s*(?:人|名)")


def number_in(reading: Reading[Any]) -> Decimal | None:
    """Return the number that a reading holds, None when it is no number."""
    if isinstance(reading.value, bool) or not isinstance(reading.value, int | float | Decimal):
        return None
    try:
        return Decimal(reading.text)
    except InvalidOperation:
        return None


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed row of sums: where, which kind, what it says, and how far the running sums had come."""

    row: int
    reason: Skip
    said: Mapping[str, Reading[Any]]
    texts: Mapping[int, str]
    segment: int


class Sums:
    """Adds the parts of each column in segments between printed rows, and compares at the end."""

    def __init__(self, table: FoundTable, places: Mapping[str, int], cap: Cap | None = None) -> None:
        self._table, self._places, self._cap = table, places, cap
        self._caps: list[Decimal | None] = [None]
        self._segments: list[dict[str, Decimal]] = [{}]
        self._rows = [0]
        self._unknown: set[str] = set()
        self._printed: list[_Printed] = []
        self._wanted = bool({Skip.TOTAL, Skip.SUBTOTAL} & set(table.skipped.values()))

    def add(self, readings: Mapping[str, Reading[Any]]) -> None:
        """Add a data row; a column with a refused part has no sum that could be told."""
        if not self._wanted:
            return
        self._rows[-1] += 1
        if self._cap is not None and (most := self._cap(readings)) is not None:
            self._caps[-1] = most
        segment = self._segments[-1]
        for name, reading in readings.items():
            if reading.refused:
                self._unknown.add(name)
            elif reading.value is not None and (number := number_in(reading)) is not None:
                segment[name] = segment.get(name, Decimal(0)) + number

    def close(self, row: int, reason: Skip, said: Mapping[str, Reading[Any]], texts: Mapping[int, str]) -> None:
        """Note a printed row of sums."""
        self._printed.append(_Printed(row, reason, said, texts, len(self._segments) - 1))
        self._segments.append({})
        self._caps.append(None)
        self._rows.append(0)

    def wrong(self) -> Iterator[tuple[int, int, str, str, str, str]]:
        """Yield (row, column, field, shown, printed, right sum) of each printed sum that is no sum of its parts."""
        for printed in self._printed:
            for name, reading in printed.said.items():
                number = number_in(reading)
                sums = self._candidates(printed, name)
                if number is None or name in self._unknown or not sums or number in sums:
                    continue
                column = self._places[name]
                yield printed.row, column, name, printed.texts.get(column, ""), reading.text, _plain(sums[0])
            yield from self._wrong_count(printed)

    def _candidates(self, printed: _Printed, name: str) -> list[Decimal]:
        """Return the sums that the printed one may rightly be, the likeliest first; [] when there are no parts."""
        parts = [segment.get(name) for segment in self._segments]
        if all(part is None for part in parts):
            return []
        numbers = [part or Decimal(0) for part in parts]
        limited = [number if cap is None else min(number, cap) for number, cap in zip(numbers, self._caps, strict=True)]
        return self._likely(printed, limited)

    def _likely(self, printed: _Printed, numbers: Sequence[Any]) -> list[Any]:
        """Return the segment before, the one after, all before and all, in the order that fits the printed row."""
        at = printed.segment
        before, behind = numbers[at], numbers[at + 1 : at + 2]
        so_far, whole = sum(numbers[: at + 1]), sum(numbers)
        if printed.reason is Skip.SUBTOTAL:
            return [before, *behind, so_far]
        return [whole, so_far, before] if at else [whole, so_far]

    def _wrong_count(self, printed: _Printed) -> Iterator[tuple[int, int, str, str, str, str]]:
        """Yield a printed number of people ("共1144人") that differs from the number of rows."""
        for column, text in printed.texts.items():
            found = _COUNT.fullmatch("".join(text.split()))
            if found and column not in {self._places[name] for name in printed.said if number_in(printed.said[name])}:
                counts = self._likely(printed, self._rows)
                if int(found.group(1)) not in counts:
                    yield printed.row, column, "rows", text, found.group(1), str(counts[0])


def _plain(number: Decimal) -> str:
    """Return the number without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
