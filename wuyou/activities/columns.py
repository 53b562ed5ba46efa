"""Records of meetings and activities, and lists of visits with the needs heard: their columns and how each is read."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from wuyou.activities.words import (
    KINDS,
    OCCASIONS,
    REQUEST_STATES,
    read_kind,
    read_leaders,
    read_occasion,
    read_request_state,
)
from wuyou.kernel.partialdate import PartialDate, read_date
from wuyou.kernel.reading import Reading, warn
from wuyou.orgs.cells import (
    read_count_cell,
    read_event_date,
    read_group_cell,
    read_money_cell,
    read_person,
    read_serial,
    read_text,
    today,
    with_group,
)
from wuyou.orgs.fits import among, counting_up, headings, matching, names, or_answers, share
from wuyou.orgs.naming import form_of
from wuyou.platform.imports.columns import Around, Cell, Column, ImportKind, Policy


def looks_like_group(text: str) -> bool:
    """Say whether a text may name a group: by its form, or as a host unit."""
    return form_of(text) is not None or bool(
        re.search(r"(?:公司|学院|小学|中学|学校|社区|村|村委会|医院|局|中心|农场)$", text.strip())
    )


def looks_like_day(text: str) -> bool:
    """Say whether a text may be a day of a year."""
    return bool(re.search(r"\d[-./月年]\d", text)) and (
        read_date(text, today=date(9000, 1, 1), kind="filled", year=2000).value is not None
    )


def _names_a_kind(text: str) -> bool:
    """Say whether a text names a kind of activity; a sentence that tells what was done names none."""
    return len(text) <= _LONGEST_KIND and any(word in text for word in KINDS if len(word) > 1)


def _kind(cell: Cell, around: Around) -> Reading[str]:
    return read_kind(cell.text)


def _leaders(cell: Cell, around: Around) -> Reading[bool]:
    return read_leaders(cell.text)


def _occasion(cell: Cell, around: Around) -> Reading[str]:
    return read_occasion(cell.text)


def _state(cell: Cell, around: Around) -> Reading[str]:
    return read_request_state(cell.text)


def _closed(cell: Cell, around: Around) -> Reading[PartialDate]:
    """Return the day on which a request was closed; it may lie in the next year."""
    return read_date(cell.text, cell.raw, today=today(around), kind="filled", year=around.year)


_LONGEST_KIND = 14
_NUMBER = r"^[约近]?\d{1,5}(?:人次|人|名|余人|多人|位)?(?:左右)?$"
_MONEY = r"^[约近¥￥]?[\d,]+(?:\.\d+)?(?:万元|元|万)?$|[元]整?$|^无$"

_DATE = Column("date", "日期", headings("""
            时间 活动时间 活动日期 开展时间 举办时间 会议时间 召开时间 举行时间 年月日 日期时间 开展日期
            会议日期 哪一天 哪天 哪一天开展的 哪天开展的 什么时候 活动开展时间 走访日期 走访时间 慰问时间 拨付日期
            发生日期
        """), read_event_date, lambda samples: share(samples, looks_like_day), required=True)  # fmt: skip
_GROUP = Column("group", "基层组织", headings("""
            组织名称 组织 单位 所属组织 基层侨联 侨联组织 开展单位 主办单位 举办单位 承办单位 基层组织名称
            活动单位 填报单位 侨联 举办组织 基层侨联组织 单位名称 实施单位 报送单位 所在组织 名称 组织单位 主办
            由谁办 由谁举办 谁办的 哪个组织办的 受补助组织 受益单位
        """), read_group_cell, lambda samples: share(samples, looks_like_group), required=True,
                in_title=True)  # fmt: skip
_SEQ = Column("seq", "序号", headings("顺次 顺号 编号 号 序 次序 No No. №"), read_serial, counting_up)
_NOTE = Column(
    "note", "备注", headings("说明 备注说明 其他 佐证材料 资料 附件 档案资料 印证资料 其它 注 材料"), read_text
)

ACTIVITIES = ImportKind(
    name="activities",
    label="会议活动记录",
    columns=(
        _SEQ,
        _DATE,
        _GROUP,
        Column("kind", "类型", headings("""
            活动类型 类别 活动类别 种类 形式 活动形式 会议类型 性质 活动性质 分类 事项性质 事项类别 活动种类
            会议(活动)类型 方式
        """), _kind, lambda samples: share(samples, _names_a_kind),
               listed=True),
        Column("topic", "主题", headings("""
            活动主题 内容 活动内容 活动名称 会议内容 主要内容 会议主题 议题 活动项目 事项 名称及内容
            会议(活动)内容 主题内容 工作内容 做了什么 干了什么 干了些啥 办了什么事 办了什么 办什么事 活动内容摘要
        """), read_text, matching(r"[\u4e00-\u9fff]{4,}", 0.8), free=True),
        Column("place", "地点", headings("""
            活动地点 会议地点 举办地点 地址 开展地点 场地 会场 在哪里 在哪里办 在哪里办的 何处举办 何地
        """), read_text,
               matching(r"室|厅|社区|广场|村|中心|楼|馆|学校|公园|之家|活动站", 0.7), free=True),
        Column("present", "参加人数", headings("""
            人数 参与人数 到会人数 参会人数 出席人数 参加人次 人次 参加人数(人) 参与人次 活动人数 参加(人)
            应到实到人数 来人 来了多少人 到场人数 规模 与会人数
        """), read_count_cell, matching(_NUMBER, 0.6), stems=("人数", "人次", "多少人", "者数"), units=("人", "名", "人次")),
        Column("leader", "领导参加", headings("""
            领导参加(是/否) 是否有领导参加 参加领导 领导出席 出席领导 有无领导参加 领导是否参加 到会领导
            参会领导 领导参与情况 领导 领导参加情况 主要领导参加 分管领导参加
        """), _leaders, or_answers(r"领导|书记|主席|部长|县长|区长", 0.9)),
        Column("cost", "费用", headings("""
            费用(元) 经费 活动经费 支出 开支 花费 经费(元) 活动费用 金额 使用经费 经费支出 活动支出 经费开支
            开支(元) 金额(元) 经费使用 支出金额 费用金额
        """), read_money_cell, matching(_MONEY, 0.6), stems=("费用", "花费", "花销", "多少钱", "开支", "支出", "开销"),
               units=("元", "千元", "万元")),
        Column("handler", "负责人", headings("组织者 联系人 记录人 主持人 填报人 经办人 责任人 活动负责人 召集人"), read_text,
               names(0.7)),
        _NOTE,
    ),
    check_row=with_group,
    identity=("date", "group", "kind", "topic", "present"),
)  # fmt: skip
"""One activity a row. Values: `PartialDate`, `GroupMatch`, kind word, texts, count, bool, fen."""


def _check_visit(readings: Mapping[str, Reading[Any]], around: Around) -> Mapping[str, Reading[Any]]:
    """Question a request that was closed before it was heard."""
    readings = with_group(readings, around)
    heard, closed = readings.get("date"), readings.get("closed")
    if heard is None or closed is None or heard.value is None or closed.value is None:
        return readings
    if closed.value.last_day() >= heard.value.first_day():
        return readings
    doubt = warn("closed_before_heard", heard=heard.text, closed=closed.text)
    return {**readings, "closed": Reading(closed.value, closed.text, (*closed.findings, doubt))}


VISITS = ImportKind(
    name="visits",
    label="走访及需求台账",
    columns=(
        _SEQ,
        _DATE,
        _GROUP,
        Column("person", "走访对象", headings("""
            对象 姓名 慰问对象 被走访人 走访人员 归侨侨眷姓名 走访户 受访人 户主姓名 侨眷姓名 被慰问人 名字
            来访人 反映人 受助人
        """), read_person, names(0.9), required=True),
        Column("occasion", "事由", headings("""
            走访事由 缘由 走访原因 原因 慰问事由 走访类型 节点 走访时机 慰问类别 慰问类型 走访类别
        """), _occasion, among(OCCASIONS)),
        Column("need", "困难及需求", headings("""
            需求 困难 反映问题 反映的问题 诉求 困难需求 问题及诉求 需求情况 意见建议 反映情况 存在困难 困难情况
            困难和需求 诉求内容 需要解决的问题 问题 反映诉求
        """), read_text, matching(r"[\u4e00-\u9fff]{4,}", 0.6),
            policy=Policy.ASK_PURPOSE, purpose="帮扶与诉求办理", stems=("困难", "诉求", "需求"), free=True,
        ),
        Column("money", "慰问金", headings("""
            慰问金(元) 慰问金额 金额 金额(元) 慰问款 发放金额 救助金 救助金额 慰问经费 慰问资金 补助金额
        """), read_money_cell, matching(_MONEY, 0.6)),
        Column("gift", "慰问品", headings("""
            物资 慰问物资 慰问品及数量 物品 实物 礼品 慰问物品 折价物资 慰问品(折价)
        """), read_text, matching(r"米|油|被|面|奶|信|水果|大礼包|衣|药|牛奶|茶|月饼", 0.8), free=True),
        Column("handler", "责任人", headings("""
            走访人 经办人 负责人 联系人 承办人 联系干部 走访领导 办理人 慰问人 走访干部 责任单位 经手人 承办单位
        """), read_text, names(0.6)),
        Column("state", "办理情况", headings("""
            办理结果 办理状态 办结情况 落实情况 处理情况 处理结果 办理进度 解决情况 是否办结 进展情况 进展 状态
            办理进展
        """), _state, among(REQUEST_STATES)),
        Column("closed", "办结日期", headings("""
            办结时间 完成时间 完成日期 解决时间 办理时间 答复时间 办理完成时间 办理日期 销号时间 落实时间
        """), _closed,
               lambda samples: 0.9 * share(samples, looks_like_day)),
        _NOTE,
    ),
    check_row=_check_visit,
    identity=("date", "group", "person", "occasion", "need"),
)  # fmt: skip
"""One visit a row. Values: `PartialDate`, `GroupMatch`, name, words, texts, fen."""
