"""Who counts as what among the holders of posts, and that no hidden number follows from what is told."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wuyou.leadership import rules
from wuyou.leadership.rules import SMALL, Answer, Sight

TODAY = date(2025, 11, 20)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
PEOPLES = (("汉族", NO), ("汉", NO), ("彝族", YES), ("", UNKNOWN), (" ", UNKNOWN))
YOUNG = (
    ("1980-11-20", False, YES), ("1980-11-21", False, YES), ("1979-11-21", False, YES), ("1979-11-20", False, NO),
    ("1980", False, YES), ("1979", False, UNKNOWN), ("1978", False, NO), ("1979-11", False, UNKNOWN),
    ("1979-12", False, YES), ("1979-10", False, NO), ("1979-10", True, UNKNOWN), ("1979-12", True, YES),
    ("", False, UNKNOWN), ("八十年代", False, UNKNOWN),
)  # fmt: skip
NEW = (
    ("留学人员", ("", ""), "", YES), ("留学人员家属", ("", ""), "", YES), ("侨眷", ("新侨", ""), "", YES),
    ("侨眷", ("", "新侨眷属"), "", YES), ("华侨", ("", ""), "1978", YES), ("华侨", ("", ""), "1978-05-01", YES),
    ("华侨", ("", ""), "1977-12", NO), ("侨眷", ("", ""), "", NO), ("", ("归侨", ""), "", NO), ("", ("", ""), "", UNKNOWN),
    ("", ("", ""), "2001", YES),
)  # fmt: skip
S, M, W = Sight.SHOWN, Sight.SMALL, Sight.WITHHELD
TABLES: tuple[tuple[list[list[int]], list[list[Sight]]], ...] = (
    ([[10, 20, 0]], [[S, S, S], [S, S, S]]),
    ([[10, 20, 0], [6, 0, 7]], [[S, S, S], [S, S, S], [S, S, S]]),
    ([[3, 20, 9], [8, 30, 7]], [[M, S, W], [W, S, W], [S, S, S]]),
    ([[2, 1, 0], [20, 30, 6]], [[M, M, M], [W, W, W], [S, S, S]]),
    ([[4, 4]], [[W, W], [W, W]]),
    ([[4, 4, 0], [20, 16, 0], [200, 220, 5]], [[W, W, S], [S, S, S], [S, S, S], [W, W, S]]),
    ([[0, 0, 0], [0, 0, 1], [0, 0, 4]], [[S, S, S], [W, W, W], [W, W, W], [W, W, W]]),
    ([[0, 0, 0], [9, 9, 9]], [[S, S, S], [S, S, S], [S, S, S]]),
)


@pytest.mark.parametrize(("ethnicity", "answer"), PEOPLES)
def test_a_minority_is_every_people_but_the_han(ethnicity: str, answer: Answer) -> None:
    assert rules.is_minority(ethnicity) is answer


@pytest.mark.parametrize(("birth", "lunar", "answer"), YOUNG)
def test_who_is_young(birth: str, lunar: bool, answer: Answer) -> None:
    assert rules.is_young(birth, TODAY, limit=45, lunar=lunar) is answer


@pytest.mark.parametrize(("category", "statuses", "went", "answer"), NEW)
def test_who_is_new(category: str, statuses: tuple[str, str], went: str, answer: Answer) -> None:
    assert rules.is_new(category, statuses, went) is answer


@pytest.mark.parametrize(("counts", "sights"), TABLES)
def test_small_numbers_are_hidden_with_as_many_others_as_it_takes(counts: Any, sights: Any) -> None:
    assert rules.protected(counts) == sights


def rows_like(row: list[int], sights: list[Sight], small_withheld: bool) -> Iterator[tuple[int, ...]]:
    """Yield every row of numbers that a reader may take for this one, by what is told of it."""
    total = sum(row)
    for told in itertools.product(range(total + 1), repeat=len(row) - 1):
        numbers = (*told, total - sum(told))
        if all(may_be(n, row[at], sights[at], total, small_withheld) for at, n in enumerate(numbers)):
            yield numbers


def may_be(number: int, really: int, sight: Sight, total: int, small_withheld: bool) -> bool:
    if sight is Sight.SHOWN:
        return number == really
    if sight is Sight.SMALL:
        return (0 if total < SMALL else 1) <= number < SMALL
    return small_withheld or number == 0 or number >= SMALL


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3))
@example([[4, 4, 0]])
@example([[1, 1, 0], [6, 7, 0]])
@example([[3, 20, 9], [8, 30, 7]])
@example([[1, 9, 0], [0, 9, 0]])
@example([[0, 0, 0], [0, 0, 1], [0, 0, 4]])
def test_no_small_number_follows_from_what_is_told(counts: list[list[int]]) -> None:
    """Every table that agrees with what is told is tried: each number told as small could be another."""
    told = rules.protected(counts)
    *sights, of_totals = told
    totals = [sum(column) for column in zip(*counts, strict=True)]
    real = {(row, column): n for row, numbers in enumerate([*counts, totals]) for column, n in enumerate(numbers)}
    hidden = [at for at in real if told[at[0]][at[1]] is not S and real[at] < SMALL]
    lax = any(told[row][column] is W for row, column in hidden)
    seen: dict[tuple[int, int], set[int]] = {}
    for table in itertools.product(*(rows_like(row, of, lax) for row, of in zip(counts, sights, strict=True))):
        sums = [sum(column) for column in zip(*table, strict=True)]
        if not all(may_be(n, totals[at], of_totals[at], sum(totals), lax) for at, n in enumerate(sums)):
            continue
        for row, numbers in enumerate([*table, sums]):
            for column, number in enumerate(numbers):
                seen.setdefault((row, column), set()).add(number)
    assert all(real[at] in numbers for at, numbers in seen.items())
    assert [at for at in hidden if len(seen[at]) == 1] == []
