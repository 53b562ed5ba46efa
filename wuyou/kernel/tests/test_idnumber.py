"""Identity numbers are checked, lengthened and never repaired by guessing. All numbers have the invented code 530399."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel import idnumber
from wuyou.kernel.partialdate import PartialDate

DAYS = st.dates(date(1906, 1, 1), date(2025, 11, 20))


def number_for(day, order=1):
    first = f"530399{day:%Y%m%d}{order:03d}"
    return first + idnumber.check_digit(first)


def codes(text, raw=None, **more):
    return [f.code for f in idnumber.read_id(text, raw, **more).findings]


@given(DAYS, st.integers(1, 995))
def test_a_number_with_its_check_digit_is_read_back(day, order):
    number = number_for(day, order)
    assert idnumber.is_valid(number)
    assert idnumber.birth_of(number) == day
    assert idnumber.sex_of(number) == ("男" if order % 2 else "女")
    if not number.endswith("000"):
        reading = idnumber.read_id(number)
        assert (reading.value, reading.text, reading.findings) == (number, number, ())


@given(DAYS, st.integers(1, 995), st.integers(0, 17))
def test_one_wrong_digit_never_passes(day, order, at):
    number = number_for(day, order)
    if number[at] == "X":
        return
    wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert not idnumber.is_valid(wrong)


@given(st.dates(date(1906, 1, 1), date(1999, 12, 31)), st.integers(1, 995))
def test_a_15_digit_number_gains_its_century_and_check_digit(day, order):
    old = f"530399{day:%y%m%d}{order:03d}"
    if idnumber.lengthened(old).endswith("000"):
        return
    reading = idnumber.read_id(old)
    assert reading.text == idnumber.lengthened(old)
    assert idnumber.is_valid(reading.text)
    assert [f.code for f in reading.findings] == ["id_15_digits"]


def test_known_numbers():
    assert idnumber.check_digit("53039919400101001") == "7"
    assert idnumber.lengthened("530399651129002") == "53039919651129002X"


@pytest.mark.parametrize(
    "text",
    [
        "53039919651129002x",
        "530399 19651129 002X",
        "５３０３９９１９６５１１２９００２Ｘ",
        "530399-19651129-002X",
        "身份证:53039919651129002X",
        "'53039919651129002X",
        "53039919651129002×",
    ],
)
def test_marks_and_small_x_are_normalised_silently(text):
    reading = idnumber.read_id(text)
    assert (reading.text, reading.severity) == ("53039919651129002X", "ok")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("530399194001010018", "id_check_digit"),
        ("53039919400101001", "id_length"),
        ("5303991940010100177", "id_length"),
        ("530399********0017", "id_masked"),
        ("5.30399E+17", "id_scientific_notation"),
        ("530399194001010000", "id_truncated_by_excel"),
        ("护照E00000280", "id_is_other_document"),
        ("E00000280", "id_is_other_document"),
        ("H00000000", "id_is_other_document"),
        ("户口册第3页", "id_is_other_document"),
        ("军官证", "id_is_other_document"),
        ("530399651329002", "id_birth_invalid"),
    ],
)
def test_damaged_numbers_are_refused(text, code):
    assert codes(text) == [code]


def test_a_number_cell_cannot_hold_18_digits_but_15():
    assert codes("530399194001010017", 5.3039919400101e17) == ["id_truncated_by_excel"]
    assert codes("5.30399E+14", 530399651129002.0) == ["id_15_digits"]


def test_a_remark_is_warned_about_and_a_birth_to_come_refused():
    assert codes("530399194001010017(本人)")[0] == "note_in_cell"
    assert codes(number_for(date(2031, 1, 1)), today=date(2025, 11, 20)) == ["date_future"]


@pytest.mark.parametrize("text", ["", "无", "—", "不详", "/"])
def test_nothing_is_said(text):
    assert idnumber.read_id(text).findings == ()


@pytest.mark.parametrize(
    ("birth", "sex", "found"),
    [
        (PartialDate(1940, 1, 1), "男", []),
        (PartialDate(1940, 1), None, []),
        (PartialDate(1940), "男", []),
        (None, None, []),
        (PartialDate(1941), "男", ["id_birth_mismatch"]),
        (PartialDate(1940, 1, 2), "女", ["id_birth_mismatch", "id_sex_mismatch"]),
    ],
)
def test_birth_and_sex_are_compared_as_far_as_known(birth, sex, found):
    assert [f.code for f in idnumber.check_against("530399194001010017", birth, sex)] == found
