"""Columns to tick, and what several columns of one field say together."""

import pytest

from wuyou.kernel.reading import Reading, refused, warn
from wuyou.people.columns import PERSONS
from wuyou.platform.imports.columns import Around, Cell
from wuyou.platform.imports.ticks import joined, ticked


@pytest.mark.parametrize(
    ("header", "samples", "word"),
    [
        ("归侨", ["√", "√"], "归侨"), ("侨情类别/侨眷", ["是", "否", "是"], "侨眷"), ("是否归侨", ["是", "否"], "归侨"),
        ("性别/男", ["√", ""], "男"), ("归侨(打√)", ["1", "0"], "归侨"), ("归侨", ["否", "否"], ""),
        ("归侨", ["李某", "王某"], ""), ("照片", ["有", "无"], ""), ("归侨", ["3", "1", "2"], ""),
    ],
)  # fmt: skip
def test_a_column_to_tick_is_a_word_of_a_list_over_marks(header, samples, word):
    found = ticked(header, samples, PERSONS.columns)
    assert ("" if found is None else found[2]) == word


@pytest.mark.parametrize(
    ("mark", "text"), [("√", "侨眷"), ("是", "侨眷"), ("否", ""), ("×", ""), ("", ""), ("侨眷", "侨眷")]
)
def test_a_mark_says_the_word(mark, text):
    found = ticked("侨眷", ["√"], PERSONS.columns)
    assert found is not None
    assert found[1].read(Cell("A2", mark, mark), Around("")).text == text


ONE, OTHER, BLANK = Reading(("甲",), "甲"), Reading(("乙",), "乙"), Reading(None)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (ONE, BLANK, ONE), (BLANK, OTHER, OTHER), (ONE, OTHER, Reading(("甲", "乙"), "甲|乙")), (ONE, ONE, ONE),
        (BLANK, BLANK, BLANK),
        (Reading("男", "男"), Reading("女", "女"), refused("ticks_contradict", words="男、女")),
        (ONE, Reading(("乙",), "乙", (warn("note_in_cell"),)), Reading(("甲", "乙"), "甲|乙", (warn("note_in_cell"),))),
    ],
)  # fmt: skip
def test_what_two_columns_say_together(first, second, together):
    assert joined(first, second) == together
