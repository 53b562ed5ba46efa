"""How much contents look like a field, by tables of samples."""

import pytest

from wuyou.orgs.fits import counting_up, names, or_answers, phones


@pytest.mark.parametrize(
    ("samples", "fit"),
    [
        (["1", "2", "3", "4"], 0.9), (["001", "002", "003"], 0.9), (["XQ-07", "XQ-08", "XQ-09"], 0.9),
        (["1、", "2、", "3、"], 0.9), (["7", "3", "9", "1"], 0.0), (["记-001", "记-002", "记-003"], 0.0), (["1"], 0.0),
    ],
)  # fmt: skip
def test_serial_numbers_count_upwards(samples, fit):
    assert counting_up(samples) == fit


@pytest.mark.parametrize(
    ("samples", "fit"),
    [
        (["19900001234", "0874-0001234"], 1.0), (["+86 199 0000 1234"], 1.0), (["S12345678", "K87654321"], 0.0),
        (["潇湘社区", "19900001234"], 0.5), (["20160001", "20180002"], 0.4),
    ],
)  # fmt: skip
def test_telephone_numbers(samples, fit):
    assert phones(samples) == fit


@pytest.mark.parametrize(
    ("samples", "fit"), [(["有", "无"], 0.5), (["县领导到会", "无"], 0.75), (["张某", "李某"], 0.0), ([], 0.0)]
)
def test_bare_answers_count_half(samples, fit):
    assert or_answers("领导")(samples) == fit


def test_names_have_a_surname():
    assert (names()(["李建国", "王芳"]), names(0.5)(["李建国"]), names()(["有", "珠江源大酒店"])) == (1.0, 0.5, 0.0)
