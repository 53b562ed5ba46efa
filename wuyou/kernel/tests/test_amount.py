"""Sums are whole fen; counts and areas are read as typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel import amount

FEN = st.integers(0, 10**14)


def read(reader, text, **more):
    reading = reader(text, **more)
    return reading.text, [f.code for f in reading.findings if f.severity != "ok"]


@given(FEN)
def test_sums_read_back_from_every_form_we_write(fen):
    assert amount.read_money(amount.fen_text(fen), unit="元").value == fen or 0 < fen < 1000  # below ten yuan: asked
    assert amount.parse_capital(amount.capital(fen)) == fen


@given(FEN)
def test_yuan_text_has_no_separators(fen):
    assert Decimal(amount.yuan_text(fen)) * 100 == fen
    assert amount.yuan_text(-fen - 1).startswith("-")


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (120000, "壹仟贰佰元整"),
        (0, "零元整"),
        (5, "伍分"),
        (1_000_000_000_100, "壹佰亿零壹元整"),
        (10_001_000_000, "壹亿零壹万元整"),
    ],
)
def test_capital_sums_as_the_settlement_rules_write_them(fen, text):
    assert amount.capital(fen) == text


def test_a_receipt_has_no_negative_sum():
    with pytest.raises(ValueError, match="negative"):
        amount.capital(-1)


@pytest.mark.parametrize(
    ("text", "yuan", "codes"),
    [
        ("1000", "1000", []),
        ("￥3,000.00", "3000", []),
        ("500元", "500", []),
        ("1万元", "10000", []),
        ("0.05万", "500", []),
        ("壹仟元整", "1000", []),
        ("一千二百元", "1200", []),
        ("1万5千", "15000", []),
        ("人民币伍佰元整", "500", []),
        ("500元/年", "500", []),
        ("12.5元", "12.5", []),
        ("-200", "-200", []),
        ("1234.567", "1234.57", []),
        ("约500", "500", ["amount_approximate"]),
        ("5000以上", "5000", ["amount_approximate"]),
        ("500元(含水费)", "500", ["note_in_cell"]),
        ("0.5", "5000", ["unit_suspect"]),
        ("500-800", "", ["amount_range"]),
        ("100美元", "", ["amount_currency"]),
        ("慰问品", "", ["amount_unclear"]),
        ("500+300", "", ["amount_unclear"]),
        ("无", "", []),
        ("/", "", []),
        ("0", "0", []),
    ],
)
def test_money_under_a_header_in_yuan(text, yuan, codes):
    assert read(amount.read_money, text, unit="元") == (yuan, codes)


@pytest.mark.parametrize(
    ("text", "yuan", "codes"),
    [
        ("1.5", "15000", []),
        ("2", "20000", []),
        ("50000", "50000", ["unit_suspect"]),
        ("3,000元", "3000", []),
        ("￥2,000.00", "2000", []),
        ("约1.2万", "12000", ["amount_approximate"]),
        ("叁万元整", "30000", []),
        ("1.5-2", "", ["amount_range"]),
        ("近3", "30000", ["amount_approximate"]),
    ],
)
def test_money_under_a_header_in_ten_thousands(text, yuan, codes):
    assert read(amount.read_money, text, unit="万元") == (yuan, codes)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [("5", "千元", "5000"), ("1.5", "千元", "1500"), ("3", "百元", "300"), ("8000元", "千元", "8000"),
     ("(5)", "千元", "-5000"), ("（1,200）", "元", "-1200"), ("(0.5)", "万元", "-5000")],
)  # fmt: skip
def test_other_units_and_sums_in_brackets(text, unit, yuan):
    assert read(amount.read_money, text, unit=unit)[0] == yuan


def test_the_header_or_the_title_names_the_unit():
    assert amount.money_unit("数额（千元）") == "千元"
    assert amount.money_unit("年度经费（万元）") == "万元"
    assert amount.money_unit("金额", "单位:万元") == "万元"
    assert amount.money_unit("金额(元)", "单位:万元") == "元"
    assert amount.money_unit("金额") == "元"


@pytest.mark.parametrize(
    ("text", "count", "codes"),
    [
        ("12", "12", []),
        ("12人", "12", []),
        ("12.0", "12", []),
        ("十二人", "12", []),
        ("共12人", "12", []),
        ("12(男5女7)", "12", []),
        ("13(归侨1、侨眷12)", "13", []),
        ("13(归侨1、侨眷11)", "13", ["sum_mismatch"]),
        ("约30", "30", ["amount_approximate"]),
        ("20余人", "20", ["amount_approximate"]),
        ("三十余人", "30", ["amount_approximate"]),
        ("男5女7", "12", ["amount_summed"]),
        ("12(含家属)", "12", ["note_in_cell"]),
        ("3-5", "", ["amount_range"]),
        ("8～9次", "", ["amount_range"]),
        ("12.5", "", ["amount_unclear"]),
        ("-3", "", ["amount_unclear"]),
        ("若干", "", ["amount_unclear"]),
        ("无", "", []),
    ],
)
def test_counts(text, count, codes):
    assert read(amount.read_count, text) == (count, codes)


@pytest.mark.parametrize(
    ("text", "area", "codes"),
    [
        ("100㎡", "100", []),
        ("120平方米", "120", []),
        ("36.50m2", "36.5", []),
        ("1,200㎡", "1200", []),
        ("约60平米", "60", ["amount_approximate"]),
        ("2亩", "1333", ["unit_converted"]),
        ("3间", "", ["amount_unclear"]),
        ("10×8", "", ["amount_unclear"]),
        ("50-60", "", ["amount_range"]),
    ],
)
def test_areas(text, area, codes):
    assert read(amount.read_area, text) == (area, codes)


@pytest.mark.parametrize(("text", "number"), [("4.5分", "4.5"), ("5", "5"), ("10.0", "10"), ("", "")])
def test_scores(text, number):
    assert read(amount.read_number, text) == (number, [])
