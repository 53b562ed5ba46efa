"""What the words of a row say: totals, notes, signatures, numbered columns."""

import pytest

from wuyou.platform.imports.rowwords import (
    are_signatures,
    is_instruction,
    is_note,
    is_numbering,
    is_signature,
    number_of,
    total_word,
)
from wuyou.platform.imports.tables import Skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("合计", Skip.TOTAL), ("合  计", Skip.TOTAL), ("共计：26人", Skip.TOTAL), ("总合", Skip.TOTAL),
        ("全县总人数", Skip.TOTAL), ("总 分", Skip.TOTAL), ("计", Skip.TOTAL), ("Grand Total", Skip.TOTAL),
        ("Total 合计", Skip.TOTAL), ("镇内小结", Skip.SUBTOTAL), ("本页小计", Skip.SUBTOTAL), ("Subtotal", Skip.SUBTOTAL),
        ("本页人数", Skip.SUBTOTAL), ("承前页", Skip.NOTE), ("过次页", Skip.NOTE), ("上年结转", Skip.NOTE),
        ("本年累计", Skip.TOTAL),
        ("计春华", None), ("总统府街", None), ("合群村", None), ("Sumatra", None), ("", None),
    ],
)  # fmt: skip
def test_words_of_totals(text, said):
    assert total_word(text) == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["1", "2", "3", "4"], True), (["(1)", "(2)", "(3)", "(4)"], True), (["甲", "乙", "丙", "丁", "戊"], True),
        (["A", "B", "C", "D"], True), (["栏次", "1", "2", "3", "4"], True), (["1", "2", "3"], False),
        (["1", "3", "5", "7"], False), (["甲", "丙", "乙", "丁"], False),
    ],
)  # fmt: skip
def test_rows_that_number_the_columns(texts, said):
    assert is_numbering(texts) == said


@pytest.mark.parametrize(
    ("text", "note", "signature"),
    [
        ("注：一式两份", True, False), ("填表人：李某", False, True), ("造册人：何某", False, True),
        ("审核人：", False, True), ("站长：郎某　　经办：何某　　造册日：2025.9.28", False, True), ("注册人员", False, False),
    ],
)  # fmt: skip
def test_lines_under_a_table(text, note, signature):
    assert (is_note(text), is_signature(text)) == (note, signature)


@pytest.mark.parametrize(
    ("text", "number"), [("1,200", 1200), ("26人", 26), ("-3.5", -3.5), ("约26", None), ("", None), ("12号", None)]
)
def test_plain_numbers(text, number):
    found = number_of(text)
    assert (None if found is None else float(found)) == number


@pytest.mark.parametrize(
    ("texts", "signed"),
    [
        (["会计：", "资某", "出纳：", "平某"], True), (["场长：", "黎某", "劳资：", "唐某", "出纳：", "何某"], True),
        (["街道统战委员：阮某", "经办：", "包某", "报送日期：", "2025年9月30日"], True),
        (["造表：", "岑某", "核对：", "王某"], True),
        (["合计：", "26人", "其中男：", "12人"], False), (["张某", "男", "归侨"], False), (["男：", "12", "女：", "14"], False),
    ],
)  # fmt: skip
def test_cells_to_sign(texts, signed):
    assert are_signatures(texts) == signed


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["要求", "填全称", "11位", "正常/停滞"], True), (["填全称", "填数字", "用顿号隔开"], True),
        (["天池社区小组", "有", "40"], False),
    ],
)  # fmt: skip
def test_rows_that_say_how_to_fill_in(texts, said):
    assert is_instruction(texts) == said
