from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from wuyou.platform.imports.assign import best_pairs


def test_a_greedy_choice_is_not_the_best():
    assert best_pairs([[0.9, 0.8], [0.8, 0.0]]) == {0: 1, 1: 0}


def test_worthless_pairs_are_left_out():
    assert best_pairs([[0.0, 0.5], [0.0, 0.0], [0.0, 0.0]]) == {0: 1}
    assert best_pairs([]) == {}


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3))
def test_the_sum_is_the_greatest_possible(worth):
    found = sum(worth[row][column] for row, column in best_pairs(worth).items())
    best = max(sum(worth[row][column] for row, column in enumerate(p[: len(worth)])) for p in permutations(range(3)))
    assert found == best
