"""The best pairing of columns with fields: an assignment problem, solved exactly."""

from collections.abc import Sequence


def best_pairs(worth: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return for each row the column that makes the sum of worth greatest, each column used once.

    Pairs that are worth nothing are left out. Rows and columns may differ in number.
    Source: the Hungarian method in its shortest-augmenting-path form (Jonker and Volgenant 1987), O(n^3).
    """
    rows = len(worth)
    columns = max(rows, max((len(line) for line in worth), default=0))
    cost = [[-line[c] if c < len(line) else 0.0 for c in range(columns)] for line in worth]
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken_by, came_from = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken_by[0] = row
        at = 0
        least = [float("inf")] * (columns + 1)
        done = [False] * (columns + 1)
        while taken_by[at]:
            done[at] = True
            at = _step(cost, taken_by[at], at, least, done, came_from, row_price, column_price, taken_by)
        while at:
            before = came_from[at]
            taken_by[at] = taken_by[before]
            at = before
    return {taken_by[c] - 1: c - 1 for c in range(1, columns + 1) if taken_by[c] and cost[taken_by[c] - 1][c - 1] < 0}


def _step(
    cost: list[list[float]],
    row: int,
    at: int,
    least: list[float],
    done: list[bool],
    came_from: list[int],
    row_price: list[float],
    column_price: list[float],
    taken_by: list[int],
) -> int:
    """Lengthen the alternating path by its cheapest edge; returns the column that it reaches."""
    shortest, reached = float("inf"), 0
    for column in range(1, len(least)):
        if done[column]:
            continue
        price = cost[row - 1][column - 1] - row_price[row] - column_price[column]
        if price < least[column]:
            least[column], came_from[column] = price, at
        if least[column] < shortest:
            shortest, reached = least[column], column
    for column in range(len(least)):
        if done[column]:
            row_price[taken_by[column]] += shortest
            column_price[column] -= shortest
        else:
            least[column] -= shortest
    return reached
