"""Dates are understood as written, with the precision that is known and no more."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.calendars import solar_day
from wuyou.kernel.partialdate import PartialDate, read_date

TODAY = date(2025, 11, 20)
DAYS = st.dates(date(1906, 1, 1), date(2025, 11, 20))


def read(text, raw=None, **more):
    reading = read_date(text, raw, today=TODAY, **more)
    return reading.text, [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1965-03-08", "1965-03-08"),
        ("1965/3/8", "1965-03-08"),
        ("1965.3.8", "1965-03-08"),
        ("19650308", "1965-03-08"),
        ("1965年3月8日", "1965-03-08"),
        ("1965 年 3 月", "1965-03"),
        ("1965年03月08", "1965-03-08"),
        ("1965.3", "1965-03"),
        ("1965.10", "1965-10"),
        ("196503", "1965-03"),
        ("１９６５．０３", "1965-03"),
        ("一九六五年三月", "1965-03"),
        ("二〇〇五年十月一日", "2005-10-01"),
        ("1965。3", "1965-03"),
        ("1965 3 8", "1965-03-08"),
        ("1965.0308", "1965-03-08"),
        ("1965年3月8日生", "1965-03-08"),
        ("生于1965.3", "1965-03"),
        ("1965-03-08 00:00:00", "1965-03-08"),
        ("1965-03-08T00:00:00", "1965-03-08"),
        ("25/12/1965", "1965-12-25"),
        ("12/25/1965", "1965-12-25"),
        ("March 8, 1965", "1965-03-08"),
        ("19650300", "1965-03"),
        ("(1965.3)", "1965-03"),
        ("1965.3(公历)", "1965-03"),
    ],
)
def test_forms_that_are_normalised_silently(text, value):
    assert read(text) == (value, [])


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("1965", "1965", ["date_year_only"]),
        ("1965年", "1965", ["date_year_only"]),
        ("65.3", "1965-03", ["date_two_digit_year"]),
        ("650308", "1965-03-08", ["date_two_digit_year"]),
        ("65年3月", "1965-03", ["date_two_digit_year"]),
        ("08.3", "2008-03", ["date_two_digit_year"]),
        ("Mar-65", "1965-03", ["date_two_digit_year"]),
        ("65年", "1965", ["date_two_digit_year", "date_year_only"]),
        ("23823", "1965-03-22", ["date_from_serial"]),
        ("3/8/1965", "1965", ["date_ambiguous"]),
        ("1965.3(身份证为1966.3)", "1965-03", ["note_in_cell"]),
        ("约1965年3月", "1965-03", ["date_approximate"]),
        ("1965年3月左右", "1965-03", ["date_approximate"]),
        ("l965.3", "1965-03", ["letters_for_digits"]),
        ("民国三十五年三月", "1946-03", ["date_era_converted"]),
        ("1965.3至1966.2", "1965-03", ["date_range"]),
    ],
)
def test_forms_that_are_taken_with_a_warning(text, value, codes):
    assert read(text) == (value, codes)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1972年农历八月初六", "1972-09-13"),
        ("1978年二月初十(农历)", "1978-03-18"),
        ("农历1983年腊月初九", "1984-01-11"),
        ("1936年腊月十九（阴历）", "1937-01-31"),
        ("1957.8.15(农历)", "1957-09-08"),
        ("1987年农历閏六月初三", "1987-07-28"),
        ("1955年中秋节", "1955-09-30"),
        ("一九六五年三月初八", "1965-04-09"),
        ("1965年农历三月", "1965"),
    ],
)
def test_lunar_dates_become_solar_days(text, value):
    assert read(text) == (value, ["lunar_date_converted"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1932.13.5", "date_invalid"),
        ("1963-02-30", "date_invalid"),
        ("1988年农历闰六月初三", "date_invalid"),
        ("农历腊月廿二", "date_no_year"),
        ("3月18日", "date_no_year"),
        ("3.18", "date_no_year"),
        ("2052-03-01", "date_future"),
        ("1899-05-01", "date_too_old"),
        ("50后", "date_unclear"),
        ("70岁", "date_unclear"),
        ("五十年代", "date_unclear"),
        ("属蛇", "date_unclear"),
        ("见户口册", "date_unclear"),
    ],
)
def test_what_is_no_date_here_is_refused(text, code):
    reading = read_date(text, today=TODAY)
    assert (reading.refused, reading.findings[-1].code) == (True, code)


@pytest.mark.parametrize("text", ["", "不详", "/", "待查", "—"])
def test_nothing_is_said(text):
    assert read(text) == ("", [])


@pytest.mark.parametrize(
    ("text", "raw", "value", "codes"),
    [
        ("1970.1", 1970.1, "1970", ["date_ambiguous"]),  # January, or October without its zero
        ("1970.10", 1970.1, "1970-10", []),  # the cell's format shows the zero
        ("1970.1", "1970.1", "1970-01", []),  # typed as text
        ("1970.12", 1970.12, "1970-12", []),
        ("1970", 1970, "1970", ["date_year_only"]),
        ("25724", 25724, "1970-06-05", ["date_from_serial"]),
        ("1970-06-05", datetime(1970, 6, 5, tzinfo=UTC), "1970-06-05", []),
        ("1970年6月", date(1970, 6, 1), "1970-06", []),  # Excel keeps a month as its first day
    ],
)
def test_the_typed_value_behind_the_shown_text(text, raw, value, codes):
    assert read(text, raw) == (value, codes)


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("1月2日", "2025-01-02", []),
        ("1.4", "2025-01-04", []),
        ("3月", "2025-03", []),
        ("2025.1.3", "2025-01-03", []),
        ("3月5日上午9:30", "2025-03-05", []),
        ("2025年3月5日(星期三)", "2025-03-05", []),
        ("10.9", "2025-10-09", []),
        ("1月2日-1月3日", "2025-01-02", ["date_range"]),
        ("3月5日至7日", "2025-03-05", ["date_range"]),
        ("3.5-7", "2025-03-05", ["date_range"]),
        ("2025.3.5-3.7", "2025-03-05", ["date_range"]),
        ("2025-03-05~2025-03-07", "2025-03-05", ["date_range"]),
        ("1月2、3日", "2025-01-02", ["date_range"]),
        ("2025.4.31", "", ["date_invalid"]),
        ("2024-12-20", "2024-12-20", ["date_outside_year"]),
        ("2026-01-06", "2026-01-06", ["date_outside_year"]),
        ("2025年", "2025", ["date_year_only"]),
    ],
)
def test_events_of_a_year(text, value, codes):
    assert read(text, kind="event", year=2025) == (value, codes)


def test_a_number_cell_can_lose_the_zero_of_a_day_too():
    assert read("1.2", 1.2, kind="event", year=2025) == ("2025-01", ["date_ambiguous"])


def test_what_was_filled_in_may_lie_outside_the_year_and_a_year_satisfies_a_year_column():
    assert read("2024.12.20", kind="filled", year=2025) == ("2024-12-20", [])
    assert read("7月1日", kind="filled", year=2025) == ("2025-07-01", [])
    assert read("1980年", kind="year") == ("1980", [])


@pytest.mark.parametrize(
    ("text", "value"), [("'16.1", "2016-01"), ("25.4", "2025-04"), ("08.8", "2008-08"), ("86.3", "1986-03")]
)
def test_a_group_s_two_digit_year_is_of_this_century_or_the_last(text, value):
    assert read(text, kind="founded") == (value, ["date_two_digit_year"])


@given(DAYS, st.integers(0, 2))
def test_every_date_reads_back_from_its_own_text(day, known):
    value = PartialDate(day.year, day.month if known else None, day.day if known == 2 else None)
    assert PartialDate.parse(str(value)) == value
    assert read_date(str(value), today=TODAY).value == value
    assert value.covers(day)
    assert value.first_day() <= day <= value.last_day()


@given(DAYS, DAYS)
def test_dates_are_ordered_as_their_texts(one, other):
    first, second = PartialDate.of(one), PartialDate.of(other)
    assert (first < second) == (str(first) < str(second))
    assert PartialDate(one.year) < first


@given(st.text(alphabet="0123456789年月日.-/农历正腊廿初一二十约( )至", max_size=14))
def test_no_text_makes_the_reader_fail(text):
    reading = read_date(text, today=TODAY)
    assert reading.value is None or reading.text == str(reading.value)


@given(st.integers(1910, 2025), st.integers(1, 12), st.integers(1, 29))
def test_lunar_days_follow_each_other(year, month, day):
    first, second = solar_day(year, month, day), solar_day(year, month, day + 1)
    assert first is not None
    assert second is None or (second - first).days == 1


@pytest.mark.parametrize("text", ["1952-5", "52-05", "1952-13", "1952-02-30", "", "1952-05-"])
def test_only_the_own_form_is_parsed(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)
