"""Ledgers of payments: sums, sources, purposes, vouchers."""

from datetime import date

import pytest

from wuyou.funds.columns import FUNDS
from wuyou.platform.imports.columns import Around, Cell

COLUMNS = {column.field: column for column in FUNDS.columns}


@pytest.mark.parametrize(
    ("name", "header", "text", "expected", "codes"),
    [
        ("amount", "金额(元)", "￥3,000.00", "3000", []),
        ("amount", "金额(元)", "伍佰元整", "500", []),
        ("amount", "金额(元)", "1万元", "10000", []),
        ("amount", "金额(万元)", "0.5", "5000", []),
        ("amount", "金额(元)", "-500", "-500", []),
        ("source", "资金来源", "市侨联", "市侨联补助", []),
        ("source", "资金来源", "省侨联拨款", "省侨联专项", []),
        ("source", "资金来源", "彩票公益金", "彩票公益金", ["not_in_list"]),
        ("purpose", "用途", "慰问金", "走访慰问", []),
        ("purpose", "用途", "购买锣鼓", "购买锣鼓", []),
        ("voucher", "凭证号", " 记-01-006 ", "记-01-006", []),
        ("voucher", "凭证号", "记字第006号", "记-006", []),
        ("voucher", "凭证号", "6.0", "6", []),
        ("voucher", "凭证号", "记-7(补)", "记-7", ["note_in_cell"]),
        ("direction", "收支", "付款", "支出", []),
        ("date", "日期", "2.3", "2025-02-03", []),
    ],
)
def test_cells_of_a_payment(name, header, text, expected, codes):
    around = Around(header, year=2025, settings={"today": date(2026, 11, 22)})
    reading = COLUMNS[name].read(Cell("A1", text, text), around)
    assert (reading.text, [f.code for f in reading.findings if f.severity != "ok"]) == (expected, codes)


def test_what_makes_two_rows_the_same_payment():
    assert FUNDS.identity == ("date", "group", "source", "purpose", "amount", "voucher")
