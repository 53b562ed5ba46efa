"""Whatever stands in a cell is taken or refused: no reader fails on it, and none takes what no register could hold."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel import amount, docnumber, hanzi, idnumber, partialdate, personname, phone, pinyin

TODAY = date(2025, 11, 20)
READERS = {
    "money": amount.read_money,
    "money_10000": lambda text: amount.read_money(text, unit="万元"),
    "count": amount.read_count,
    "number": amount.read_number,
    "area": amount.read_area,
    "birth": lambda text: partialdate.read_date(text, today=TODAY),
    "event": lambda text: partialdate.read_date(text, today=TODAY, kind="event", year=2025),
    "phones": lambda text: phone.read_phones(text, area_code="0874"),
    "phones_abroad": lambda text: phone.read_phones(text, abroad=True),
    "identity": lambda text: idnumber.read_id(text, today=TODAY),
    "name": personname.read_name,
    "names": personname.named_posts,
    "document": docnumber.read_document_number,
    "yes_no": hanzi.read_yes_no,
}
PIECES = (
    *"0123456789年月日.-/ ()（、,万亿元人月闰初十X张·\n\0\ud800²①١",
    "0000", "10000", "61965", "9999", "农历", "腊月", "民国", "农历9999年腊月三十", "9" * 32, "E+10",
    "等", "组长", "亩", "〔2016〕", "角",
)  # fmt: skip
WORST = (
    "9" * 9000,
    "9" * 9000 + "人",
    "一" * 9000,
    "万" * 9000,
    "张" + "（" * 9000,
    "0874" * 2000,
    "张三、" * 3000,
    "1 " * 4000,
)


@pytest.mark.parametrize("reader", READERS)
@given(text=st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_no_reader_fails_on_any_cell(reader: str, text: str) -> None:
    READERS[reader](text)


@pytest.mark.parametrize("text", WORST, ids=lambda text: f"{text[:5]}…")
@pytest.mark.parametrize("reader", READERS)
def test_no_reader_fails_on_a_cell_full_of_one_thing_or_spends_long_on_it(reader: str, text: str) -> None:
    READERS[reader]("1")
    began = process_time()
    READERS[reader](text)
    assert process_time() - began < 0.4


@pytest.mark.parametrize("text", ["530399199001011234", "99999999999999万", "(530399199001011234)", "九千九百万亿元"])
def test_a_number_of_another_kind_is_no_sum(text: str) -> None:
    assert [f.code for f in amount.read_money(text).findings] == ["amount_unclear"]


@pytest.mark.parametrize("text", ["19900001234", "530399199001011234", "99999999999人"])
def test_a_telephone_number_is_no_count(text: str) -> None:
    assert [f.code for f in amount.read_count(text).findings] == ["amount_unclear"]


@pytest.mark.parametrize("text", ["19900001234", "10000000㎡", "15000亩"])
def test_what_is_larger_than_a_town_is_no_area_of_a_room(text: str) -> None:
    assert [f.code for f in amount.read_area(text).findings] == ["amount_unclear"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("农历61965", "date_unclear"),
        ("0000农历", "date_unclear"),
        ("5/6/0000", "date_invalid"),
        ("9999年腊月三十", "date_invalid"),
    ],
)
def test_a_year_that_no_calendar_has_is_refused(text: str, code: str) -> None:
    assert [f.code for f in partialdate.read_date(text, today=TODAY).findings] == [code]


def test_long_text_is_put_in_order_too() -> None:
    assert pinyin.sort_key("组长" * 4000).startswith("zu zhang zu zhang")
