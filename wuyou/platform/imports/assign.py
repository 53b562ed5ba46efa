"""The best pairing of columns with fields: an assignment problem, solved exactly."""

from collections.abc import Sequence


def best_pairs(worth: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return for each row the column that makes the sum of worth greatest, each column used once.

    Pairs that are worth nothing are left out. Rows and columns may differ in number.
    Source: the Hungarian method in its shortest-augmenting-path form (Jonker and Volgenant 1987), O(n^3).
    """
    pairing = _Pairing(worth)
    for row in range(1, len(worth) + 1):
        pairing.add(row)
    return pairing.pairs()


class _Pairing:
    """The pairing so far with its prices; rows and columns count from 1, 0 is the root of the search."""

    def __init__(self, worth: Sequence[Sequence[float]]) -> None:
        width = max(len(worth), max((len(line) for line in worth), default=0))
        self._cost = [[-line[c] if c < len(line) else 0.0 for c in range(width)] for line in worth]
        self._row_price = [0.0] * (len(worth) + 1)
        self._column_price = [0.0] * (width + 1)
        self._taken_by = [0] * (width + 1)

    def add(self, row: int) -> None:
        """Pair one more row, moving earlier ones along the cheapest alternating path."""
        self._taken_by[0] = row
        size = len(self._taken_by)
        least, came_from, done = [float("inf")] * size, [0] * size, [False] * size
        at = 0
        while self._taken_by[at]:
            done[at] = True
            at = self._lengthen(at, least, came_from, done)
        while at:
            self._taken_by[at] = self._taken_by[came_from[at]]
            at = came_from[at]

    def _lengthen(self, at: int, least: list[float], came_from: list[int], done: list[bool]) -> int:
        """Lengthen the path by its cheapest edge; returns the column that it reaches."""
        row, shortest, reached = self._taken_by[at], float("inf"), 0
        for column in range(1, len(least)):
            if done[column]:
                continue
            price = self._cost[row - 1][column - 1] - self._row_price[row] - self._column_price[column]
            if price < least[column]:
                least[column], came_from[column] = price, at
            if least[column] < shortest:
                shortest, reached = least[column], column
        for column in range(len(least)):
            if done[column]:
                self._row_price[self._taken_by[column]] += shortest
                self._column_price[column] -= shortest
            else:
                least[column] -= shortest
        return reached

    def pairs(self) -> dict[int, int]:
        """Return the pairs that are worth something, counted from 0."""
        found = ((self._taken_by[column] - 1, column - 1) for column in range(1, len(self._taken_by)))
        return {row: column for row, column in found if row >= 0 and self._cost[row][column] < 0}
