"""How dates, money, people and numbers are written."""

from datetime import UTC, date, datetime

import pytest

from wuyou.kernel.partialdate import PartialDate
from wuyou.platform import presentation as show


@pytest.mark.parametrize(
    ("value", "table", "prose"),
    [
        (date(2026, 7, 2), "2026-07-02", "2026年7月2日"),
        (datetime(2026, 7, 2, 23, 30), "2026-07-02", "2026年7月2日"),  # noqa: DTZ001 -- a naive time is what is tested
        (datetime(2026, 7, 1, 16, 5, tzinfo=UTC), "2026-07-02", "2026年7月2日"),
        (PartialDate(1952, 5), "1952-05", "1952年5月"),
        ("1952-05-04", "1952-05-04", "1952年5月4日"),
        ("1952-05", "1952-05", "1952年5月"),
        ("1952", "1952", "1952年"),
        ("不详", "不详", "不详"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(value, table, prose):
    assert (show.day(value), show.day_in_prose(value)) == (table, prose)


def test_a_moment_is_shown_in_the_office_s_own_time():
    assert show.moment(datetime(2026, 7, 1, 16, 5, tzinfo=UTC)) == "2026-07-02 00:05"
    assert show.moment(None) == ""


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (123400, "1,234.00 元"),
        (5, "0.05 元"),
        (0, "0.00 元"),
        (-123456, "-1,234.56 元"),
        (10**11, "1,000,000,000.00 元"),
        (None, ""),
    ],
)
def test_money_is_kept_in_fen_and_shown_in_yuan(fen, text):
    assert show.yuan(fen) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(3, "3 人"), (1234, "1,234 人"), (0, "0 人"), (0.5, "0.5 人"), (1234.25, "1,234.25 人"), (None, "")],
)
def test_people_are_counted_with_their_word(number, text):
    assert show.quantity(number) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33%"), (1, 1000, "1%"), (999, 1000, "99%"), (0, 9, "0%"), (9, 9, "100%"), (0, 0, ""), (3, 0, "")],
)
def test_only_all_is_a_hundred_percent_and_only_nothing_is_zero(part, whole, text):
    assert show.percent(part, whole) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("19900001234", "199****1234"),
        ("199 0000 1234", "199****1234"),
        ("0874-3120000", "****0000"),
        ("12345", "*****"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_telephone_number_hides_its_middle(number, text):
    assert show.masked_phone(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("530399195205061234", "5303**********1234"),
        ("530399520506123", "5303*******6123"),
        ("E1234567", "********"),
        (None, ""),
    ],
)
def test_an_id_number_shows_four_characters_at_each_end(number, text):
    assert show.masked_id(number) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "不到 1 分钟"), (59, "不到 1 分钟"), (60, "约 1 分钟"), (125, "约 2 分钟"), (5400, "约 1.5 小时"), (None, "")],
)
def test_the_time_left_is_told_roughly(seconds, text):
    assert show.time_left(seconds) == text


@pytest.mark.parametrize(("size", "text"), [(820, "820 B"), (12_288, "12 KB"), (3_565_158, "3.4 MB")])
def test_a_file_s_size_is_readable(size, text):
    assert show.file_size(size) == text


@pytest.mark.parametrize(
    ("word", "tone"),
    [
        ("停滞", "danger"),
        ("快到期", "warning"),
        ("已具备", "success"),
        ("新建", "info"),
        ("限阅", "special"),
        ("草稿", "neutral"),
    ],
)
def test_a_state_s_word_has_its_tone(word, tone):
    assert show.tone(word) == tone


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, [1]),
        (3, 7, [1, 2, 3, 4, 5, 6, 7]),
        (1, 9, [1, 2, 3, None, 9]),
        (10, 20, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (20, 20, [1, None, 18, 19, 20]),
    ],
)
def test_page_numbers_show_both_ends_and_the_neighbours(current, last, numbers):
    assert show.page_numbers(current, last) == numbers


def test_a_list_too_long_to_count_still_leads_on_and_back():
    pages = show.Pages(before="x1", after="x9")
    assert (pages.numbers, pages.previous, pages.following) == ([], "x1", "x9")


def test_a_counted_list_leads_from_page_to_page():
    pages = show.Pages(number=2, last=3, total=101)
    assert (pages.numbers, pages.previous, pages.following) == ([1, 2, 3], "1", "3")
    assert (show.Pages().previous, show.Pages().following) == ("", "")
