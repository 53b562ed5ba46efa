"""A ledger of subsidies and payments: which columns it can have, how each is recognised and read."""

from collections.abc import Mapping
from typing import Any

from wuyou.funds.words import PURPOSES, read_purpose, read_source, read_voucher
from wuyou.kernel.hanzi import squeeze
from wuyou.kernel.reading import Reading, empty, refused, taken, warn
from wuyou.orgs.cells import read_event_date, read_group_cell, read_money_cell, read_serial, read_text, with_group
from wuyou.orgs.fits import among, counting_up, headings, matching, names, share
from wuyou.orgs.naming import form_of
from wuyou.orgs.words import SOURCES, synonyms
from wuyou.platform.imports.columns import Around, Cell, Column, ImportKind

DIRECTIONS = synonyms({"收入": "收 收款 拨入 到账 进账 收到 借", "支出": "支 付款 付 拨出 支付 拨付 发放 使用 开支 贷"})


def _source(cell: Cell, around: Around) -> Reading[str]:
    return read_source(cell.text)


def _purpose(cell: Cell, around: Around) -> Reading[str]:
    return read_purpose(cell.text)


def _voucher(cell: Cell, around: Around) -> Reading[str]:
    return read_voucher(cell.text)


def _direction(cell: Cell, around: Around) -> Reading[str]:
    word = squeeze(cell.text)
    if not word:
        return empty()
    known = DIRECTIONS.get(word)
    return taken(known, known) if known else taken(word, word, warn("not_in_list", word=word))


def _one_sum(readings: Mapping[str, Reading[Any]], around: Around) -> Mapping[str, Reading[Any]]:
    """Return the row with one sum and its direction where an account book keeps 收入 and 支出 in columns of their own."""
    readings = with_group(readings, around)
    income, outlay = readings.get("income"), readings.get("outlay")
    if "amount" in readings or (income is None and outlay is None):
        return readings
    told = [(word, one) for word, one in (("收入", income), ("支出", outlay)) if one is not None and one.value]
    if len(told) != 1:
        unclear = next((one for one in (income, outlay) if one is not None and one.refused), None)
        return {**readings, "amount": unclear or (refused("amount_both_ways") if told else empty())}
    word, one = told[0]
    return {**readings, "amount": Reading(one.value, one.text), "direction": taken(word, word)}


_DAY = r"\d{1,4}[-./年月]\d{1,2}"
_MONEY = r"^-?[约近¥￥]?-?[\d,]+(?:\.\d+)?(?:万元|元|万)?$|[元角分]整?$|[壹贰叁肆伍陆柒捌玖]"
_VOUCHER = r"^(?:[记收付转银现凭]|No|PZ|JZ)?[-字第#]?\d[\d\-#号]*$"

FUNDS = ImportKind(
    name="funds",
    label="经费补助台账",
    columns=(
        Column("seq", "序号", headings("编号 号 序 次序 No No. №"), read_serial, counting_up),
        Column("date", "日期", headings("""
            时间 拨付日期 拨付时间 支付日期 支付时间 付款日期 记账日期 发生日期 补助时间 下拨时间 到账时间
            年月日 发放时间 发放日期 领拨日 领拨日期 领款日期 实拨月份 实拨日期 实拨时间 到位时间 到位日期 转账日期
            收支日期 业务日期 入账日期 支出时间 支出日期 下达时间 报账时间 报销日期
        """), read_event_date, matching(_DAY, 0.95), required=True),
        Column("group", "基层组织", headings("""
            受补助组织 补助单位 补助组织 受补助单位 拨付单位 拨付对象 收款单位 组织名称 单位名称 单位 组织
            补助对象 受助单位 基层侨联 侨联组织 使用单位 资金使用单位 领款单位 收款人 侨联名称 受益组织
            基层组织名称 名称 所属组织 接收单位 用款单位
        """), read_group_cell, lambda samples: share(samples, form_of), required=True,
               in_title=True),
        Column("direction", "收支", headings("收支类型 收支类别 收支方向 收/支 借贷方向 方向"), _direction, among(DIRECTIONS),
               never_beside=("income", "outlay")),
        Column("source", "资金来源", headings("""
            来源 经费来源 款项来源 经费渠道 资金渠道 拨款来源 列支渠道 资金性质 经费出处 出资单位 拨款单位
            资金类别 经费类别 支出渠道
        """), _source, among(SOURCES)),
        Column("purpose", "用途", headings("""
            资金用途 经费用途 支出用途 补助用途 项目 摘要 事由 使用方向 补助项目 开支项目 支出项目 列支事项
            补助事由 内容 款项用途 资金用向 款项用向 资金投向 支出内容 开支内容 补助类型 补助内容 资金项目 开支事项
            支出事项
        """), _purpose, among(PURPOSES)),
        Column("amount", "金额", headings("""
            金额(元) 补助金额 补助金额(元) 拨付金额 支出金额 金额(万元) 补助额 资金 资金数额 拨款金额 发放金额
            金额小写 数额 经费金额 补助资金 补助经费 经费(元) 实付金额 拨付金额(元) 补助标准 补助资金(元)
            小写金额 金额(小写) 实拨数 实拨数(元) 实拨金额 实拨额 实拨资金 到位数 到位金额 到位资金 转账金额 支付金额
            补助(元) 补助经费(元) 拨付资金
        """), read_money_cell, matching(_MONEY, 0.8), required=True, stems=("金额", "数目", "多少钱"),
               units=("元", "千元", "万元"), or_else=("income", "outlay")),
        Column("income", "收入金额", headings("""
            收入 收入额 收入(元) 进账 进账(元) 入账 借方 借方金额 收方 收款金额 拨入 拨入金额 增加 增加额 本期收入
        """), read_money_cell, None, stems=("收入", "借方")),
        Column("outlay", "支出金额", headings("""
            支出 支出额 支出(元) 出账 出账(元) 贷方 贷方金额 付方 付款金额 拨出 减少 减少额 本期支出 使用金额
        """), read_money_cell, None, stems=("支出", "贷方")),
        Column("voucher", "凭证号", headings("""
            凭证编号 票据号 单据号 凭证 记账凭证号 发票号 收据号 凭证字号 票号 记账凭证 单据编号 票据编号
            会计凭证号 凭单号 领据号 领据编号 领据 回单号 回单编号 银行回单号 转账单号
        """), _voucher, matching(_VOUCHER, 0.9)),
        Column("handler", "经手人", headings("""
            经办人 领款人 报账人 签收人 领取人 制单 责任人 负责人 经办 报销人 签领人 承办人
        """), read_text, names(0.8)),
        Column("note", "备注", headings("说明 备注说明 票据情况 其他 附件 其它 注 附注"), read_text),
    ),
    check_row=_one_sum,
    identity=("date", "group", "source", "purpose", "amount", "voucher"),
)  # fmt: skip
"""One payment a row. Values: `PartialDate`, `GroupMatch`, words, fen (negative for money given back), texts."""
