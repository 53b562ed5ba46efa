"""Document numbers get the brackets of GB/T 9704."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.docnumber import read_document_number


@pytest.mark.parametrize(
    "text",
    [
        "麒侨发〔2016〕25号",
        "麒侨发【2016】25号",
        "麒侨发[2016]25号",
        "麒侨发（2016）25号",
        "麒侨发〔2016〕第25号",
        "麒侨发[2016]025号",
        "麒侨发2016年25号",
        "麒侨发〔2016〕25",
        "麒侨发〔2016 〕 25 号",
        "麒侨发2016-25号",
        "麒侨发[2016]25号文",
    ],
)
def test_every_bracket_becomes_hexagonal(text):
    reading = read_document_number(text)
    assert (reading.text, reading.severity) == ("麒侨发〔2016〕25号", "ok")


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("麒侨发〔2016〕25号(复印件)", "麒侨发〔2016〕25号", "note_in_cell"),
        ("麒侨发[16]25号", "麒侨发[16]25号", "document_number_unusual"),
        ("口头批复", "口头批复", "document_number_unusual"),
    ],
)
def test_other_forms_are_kept_with_a_warning(text, value, code):
    reading = read_document_number(text)
    assert (reading.text, reading.findings[0].code) == (value, code)


@pytest.mark.parametrize("text", ["", "无", "遗失", "/"])
def test_no_number(text):
    assert read_document_number(text).value is None


@given(st.integers(1950, 2049), st.integers(1, 999), st.sampled_from(["[]", "【】", "()", "（）", "〔〕"]))
def test_normalising_twice_changes_nothing(year, order, brackets):
    once = read_document_number(f"曲侨联发{brackets[0]}{year}{brackets[1]}{order}号").text
    assert once == f"曲侨联发〔{year}〕{order}号"
    assert read_document_number(once).text == once
