"""Telephone numbers as people note them down. Invented: mobiles begin with 1990000, local numbers with 000."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.phone import read_phones


def read(text, raw=None, **more):
    reading = read_phones(text, raw, **{"area_code": "0874", **more})
    return reading.text, [f.code for f in reading.findings if f.severity != "ok"]


@pytest.mark.parametrize(
    "text",
    [
        "19900001234",
        "199-0000-1234",
        "199 0000 1234",
        "1 9 9 0 0 0 0 1 2 3 4",
        "19900001234.0",
        "+86 19900001234",
        "86-19900001234",
        "0086-19900001234",
        "(+86)19900001234",
        "+8619900001234",
        "8619900001234",
        "008619900001234",
        "１９９００００１２３４",
        "手机:19900001234",
        "19900001234（本人）",
        "19900001234,",
        "19900001234/19900001234",
    ],
)
def test_forms_of_one_mobile(text):
    assert read(text) == ("19900001234", [])


@pytest.mark.parametrize(
    "text", ["0874-0009561", "0874 0009561", "(0874)0009561", "08740009561", "0009561", "000-9561", "+86-874-0009561"]
)
def test_forms_of_one_land_line(text):
    assert read(text) == ("0874-0009561", [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0874-0009561转123", "0874-0009561转123"),
        ("0874-0009561-12", "0874-0009561转12"),
        ("010-00001234", "010-00001234"),
        ("020-00001234", "020-00001234"),
        ("400-000-0000", "4000000000"),
        ("+95 000064952", "+95 000064952"),
        ("0095-9-00064952", "+95-9-00064952"),
    ],
)
def test_other_numbers_that_can_be_dialled(text, value):
    assert read(text) == (value, [])


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("19900003999\n0874-0004114", "19900003999|0874-0004114", ["phone_multiple"]),
        ("19900003267 0874-0002470", "19900003267|0874-0002470", ["phone_multiple"]),
        ("19900000142 19900006980", "19900000142|19900006980", ["phone_multiple"]),
        ("19900009422、19900001863", "19900009422|19900001863", ["phone_multiple"]),
        ("固话:0874-0009561 手机:19900001234", "0874-0009561|19900001234", ["phone_multiple"]),
        ("儿子:19900003189", "19900003189", ["phone_of_other_person"]),
        ("女儿电话19900000640", "19900000640", ["phone_of_other_person"]),
        ("19900001234(邻居)", "19900001234", ["phone_of_other_person"]),
        ("19900001234(晚上打)", "19900001234", ["note_in_cell"]),
        ("8740009561", "0874-0009561", ["phone_zero_lost"]),
    ],
)
def test_numbers_that_are_taken_with_a_warning(text, value, codes):
    assert read(text) == (value, codes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1990000868", "phone_length"),
        ("199000041520", "phone_length"),
        ("19900001234/5678", "phone_length"),
        ("12345", "phone_length"),
        ("1.99E+10", "phone_scientific_notation"),
        ("不愿透露", "phone_unclear"),
    ],
)
def test_numbers_that_cannot_be_dialled_are_refused(text, code):
    assert read(text) == ("", [code])


def test_a_narrow_column_still_holds_the_whole_number():
    assert read("1.99E+10", 19900001234.0) == ("19900001234", [])
    assert read("19900001234", 19900001234) == ("19900001234", [])


def test_without_an_area_code_a_local_number_is_kept_and_said():
    assert read("0009561", area_code="") == ("0009561", ["phone_area_missing"])


def test_numbers_abroad_are_kept_as_written():
    assert read("95 9 000 64952", abroad=True) == ("95 9 000 64952", [])
    assert read("19900001234", abroad=True) == ("19900001234", [])


@pytest.mark.parametrize("text", ["", "无", "空号", "停机", "/"])
def test_nothing_is_said(text):
    assert read(text) == ("", [])


@given(st.text(alphabet="0123456789+-() 转/、儿子电话.", max_size=24))
def test_reading_the_canonical_form_changes_nothing(text):
    reading = read_phones(text, area_code="0874")
    if reading.value is not None and len(reading.value) == 1:
        again = read_phones(reading.text, area_code="0874")
        assert again.text == reading.text
