"""Numbers of headings, widths of text, breaks of long titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.platform.documents.lines import balanced, width
from wuyou.platform.documents.numbering import Counter, chinese_numeral, heading_number

NUMERALS = [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (99, "九十九")]


@pytest.mark.parametrize(("number", "text"), NUMERALS)
def test_chinese_numeral(number, text):
    assert chinese_numeral(number) == text


@pytest.mark.parametrize("number", [0, -1, 100])
def test_chinese_numeral_refuses_what_no_heading_has(number):
    with pytest.raises(ValueError, match=str(number)):
        chinese_numeral(number)


def test_heading_numbers_of_the_four_levels():
    assert [heading_number(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


def test_counting_starts_again_under_a_higher_heading():
    counter = Counter()
    assert [counter.next(level) for level in (1, 2, 3, 3, 2, 3, 1, 2, 4)] == [
        "一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）", "（1）",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "wide"), [("", 0), ("标题", 2), ("2025年", 3), ("“——”", 4), ("ab（", 2)])
def test_width_counts_half_signs_as_half(text, wide):
    assert width(text) == wide


def test_short_title_is_one_line():
    assert balanced("关于加强基层组织建设的意见", 20) == ("关于加强基层组织建设的意见",)


def test_title_breaks_at_the_blank_an_office_leaves():
    assert balanced("创新机制强本固基 不断增强基层组织活力的做法", 20) == (
        "创新机制强本固基",
        "不断增强基层组织活力的做法",
    )


def test_title_breaks_after_a_joining_word_near_the_middle():
    assert balanced("关于转发进一步加强基层组织建设工作的若干意见的通知", 20) == (
        "关于转发进一步加强基层组织建设工作的",
        "若干意见的通知",
    )


@given(st.text(alphabet="甲乙丙丁，。（）“” 0123456789的和", max_size=90), st.integers(4, 20))
def test_balanced_loses_nothing_and_keeps_to_the_width(title, longest):
    lines = balanced(title, longest)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    breakable = not any(sign in title for sign in "，。（）“” 0123456789")
    assert not breakable or all(width(line) <= longest for line in lines)
