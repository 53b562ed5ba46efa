import pytest

from wuyou.platform.imports.formats import number_format, plain_number, shown_date, shown_number


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", 19900001234, "19900001234"),
        ("General", 5.3039919e17, "530399190000000000"),
        ("General", 0.1 + 0.2, "0.3"),
        ("General", 2014.1, "2014.1"),
        ("0.00", 1970.1, "1970.10"),
        ("0", 530399195711060000.0, "530399195711060000"),
        ("00000", 123, "00123"),
        ("#,##0.00", 1234567.891, "1,234,567.89"),
        ("#,##0", 1234.5, "1,235"),
        ("0%", 0.256, "26%"),
        ("0.0%", 0.256, "25.6%"),
        ('0.0"万元"', 1.25, "1.3万元"),
        ('"￥"#,##0.00_);[Red]("￥"#,##0.00)', 2000, "￥2,000.00"),
        ("0.##", 2.5, "2.5"),
        ("0.00E+00", 1234, "1234"),
        ("@", 12.0, "12"),
    ],
)
def test_number_is_shown_as_the_sheet_shows_it(code, value, shown):
    assert shown_number(value, number_format(200, code)) == shown


@pytest.mark.parametrize(
    ("number", "code", "serial", "shown"),
    [
        (14, None, 42880, ("2017-05-25", "d", "2017-05-25")),
        (31, None, 42880, ("2017-05-25", "d", "2017-05-25")),
        (57, None, 42880, ("2017-05", "s", "2017-05")),
        (200, 'yyyy"年"m"月"', 42880.0, ("2017-05", "s", "2017-05")),
        (200, "[$-804]yyyy\"年\"m\"月\"d\"日\";@", 42880, ("2017-05-25", "d", "2017-05-25")),
        (200, "yyyy", 42880, ("2017", "s", "2017")),
        (200, "yyyy-mm-dd hh:mm", 42880.5, ("2017-05-25 12:00", "m", "2017-05-25T12:00:00")),
        (200, "yyyy-mm-dd hh:mm", 42880, ("2017-05-25", "d", "2017-05-25")),
        (20, None, 0.75, ("18:00", "t", "18:00:00")),
        (14, None, 59, ("1900-02-28", "d", "1900-02-28")),
        (14, None, 61, ("1900-03-01", "d", "1900-03-01")),
        (14, None, 1, ("1900-01-01", "d", "1900-01-01")),
    ],
)  # fmt: skip
def test_day_number_is_shown_by_its_date_format(number, code, serial, shown):
    assert shown_date(serial, number_format(number, code), is_1904=False) == shown


def test_calendar_of_old_macs_begins_in_1904():
    assert shown_date(0, number_format(14, None), is_1904=True) == ("1904-01-01", "d", "1904-01-01")


@pytest.mark.parametrize("serial", [-1, 2_958_466, 5.3e17])
def test_no_day_number(serial):
    assert shown_date(serial, number_format(14, None), is_1904=False) is None


def test_plain_number_has_no_exponent():
    assert [plain_number(n) for n in (1e20, 12345678901234567890, 0.0001, 1e-7, -3.0)] == [
        "100000000000000000000", "12345678901234567890", "0.0001", "0.0000001", "-3",
    ]  # fmt: skip
