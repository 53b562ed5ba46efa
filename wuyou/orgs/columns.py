"""A ledger of groups as offices keep it: which columns it can have and how each is recognised."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wuyou.kernel.hanzi import fold
from wuyou.kernel.partialdate import read_date
from wuyou.kernel.reading import Reading, note, taken, warn
from wuyou.orgs.cells import (
    read_area_cell,
    read_count_cell,
    read_document,
    read_form_cell,
    read_founded,
    read_hosts_cell,
    read_kind_cell,
    read_members,
    read_money_cell,
    read_name_cell,
    read_person,
    read_phones_cell,
    read_serial,
    read_sources_cell,
    read_status_cell,
    read_term_cell,
    read_text,
    read_venue_cell,
    read_yes_no_cell,
)
from wuyou.orgs.fits import among, counting_up, headings, matching, names, or_answers, phones, share, telephones
from wuyou.orgs.naming import form_of
from wuyou.orgs.words import KINDS, SOURCES, read_term
from wuyou.platform.imports.columns import ANYBODY, Around, Column, ImportKind
from wuyou.platform.imports.headerscore import SOMEBODY_ELSE


def _check(readings: Mapping[str, Reading[Any]], around: Around) -> Mapping[str, Reading[Any]]:
    """Compare the people told with their parts; fill in the sum where only the parts are told."""
    returnees, kin, told = (readings.get(name) for name in ("returnees", "kin", "people"))
    if told is None or returnees is None or kin is None or returnees.value is None or kin.value is None:
        return readings
    total = returnees.value + kin.value
    if told.value is None and not told.findings:
        return {**readings, "people": taken(total, str(total), note("amount_summed"))}
    if told.value is not None and told.value != total and not any(f.code == "sum_mismatch" for f in told.findings):
        mismatch = warn("sum_mismatch", total=told.text, parts=str(total))
        return {**readings, "people": taken(told.value, told.text, *told.findings, mismatch)}
    return readings


_PEOPLE_NAME = r"^[\u4e00-\u9fff]{2,4}(?:\(.{1,4}\))?$"
_UNIT = (
    r"(?:公司|集团|厂|局|中心|办公室|学校|小学|中学|学院|大学|医院|社区|村|委会|委员会|街道|镇|乡|办事处|农场|站|银行)"
    r"(?:$|[/、,;(])"
)
_PLAIN_NUMBER = r"^[约近]?\d{1,5}(?:\.\d+)?(?:人|次|户|名|[(].*)?$|^无$"
_POST = r"^(?:副?(?:组长|主席|会长|主任|书记|秘书长|理事长|站长|校长|院长|董事长|总经理)|召集人|联络员|负责人|委员)"
_POST_END = r"(?:主席|主任|书记|委员|秘书|经理|干事|董事|[^家成首]长|[^人成会]员)(?:\(.*\))?$"
_ADDRESS = r"(?:区|县|市|镇|乡|街道|路|村|社区).*(?:号|楼|栋|室|路|村|社区|组|同上)"
_VENUE = r"(?:室|楼|站|之家|中心|阵地|场所|共用|大院)"


_TERM = re.compile(
    r"[第一二三四五六七八九十\d届年月日号.\-—–~至到()/、,起止自于应已任期换届满超逾本次上下未待拟按内:\s]+"
)


def _looks_like_term(text: str) -> bool:
    if not _TERM.fullmatch(fold(text)):
        return False
    reading = read_term(text, as_of=date.max)
    return bool(reading.value and (reading.value.end or reading.value.number))


def _term_fits(samples: Sequence[str]) -> float:
    """A lone date may be the end of a term, but as well a founding day; from-to and 届 can be nothing else."""
    sure = share(
        samples, lambda text: _looks_like_term(text) and re.search(r"届|期|满|\d.*[-—–至~].*\d{4}", fold(text))
    )
    return sure + 0.5 * (share(samples, _looks_like_term) - sure)


_OTHER_POST = re.compile(
    r"副(?:主席|组长|会长|主任|书记)|秘书长|委员|联络员|信息员|会计|出纳|指导员|网格员|挂钩|挂联|包保|联系领导"
)


def _whose(words: str, is_group: bool) -> str:
    """Return whether a header speaks of another than who leads the group: 秘书长电话, 联络员/姓名."""
    return SOMEBODY_ELSE if _OTHER_POST.search(fold(words)) else ""


def _names_a_source(text: str) -> bool:
    return any(word in text for word in SOURCES if len(word) > 1)


_STATION = re.compile(r"(?:服务站|工作站|侨胞之家|侨之家|联络站|服务点|驿站|分会|联谊会)(?:\(.*\))?\s*$")


def _may_name_a_group(text: str) -> bool:
    """Say whether a text under a header that names groups may be one: stations and homes of 侨胞 too."""
    return form_of(text) is not None or bool(_STATION.search(fold(text)))


def _looks_like_date(text: str) -> bool:
    return read_date(text, today=date(9000, 1, 1), kind="founded").value is not None


ORGANISATIONS = ImportKind(
    name="organisations",
    label="基层组织台账",
    columns=(
        Column("seq", "序号", headings("""
            编号 编码 号 序 次序 排序 No No. №
        """), read_serial, counting_up),
        Column("name", "组织名称", headings("""
            名称 侨联组织名称 基层组织名称 基层侨联名称 组织全称 单位名称 侨联名称 全称 基层组织 侨联组织
            基层侨联组织 小组名称 联络组名称 机构名称 基层侨联组织名称 侨联小组名称 基层侨联 团体名称 站点名称
            侨胞之家名称 服务站名称 小组名 机构全称
        """), read_name_cell, lambda samples: share(samples, form_of), required=True,
               suits=lambda samples: share(samples, _may_name_a_group), stems=("组织名", "侨联名")),
        Column("kind", "类型", headings("""
            组织类型 类别 组织类别 单位类型 单位性质 所属领域 领域 所属类型 性质 组织性质 分类 所属系统 行业
        """), read_kind_cell, among(KINDS), listed=True),
        Column("form", "组织形式", headings("""
            形式 设置形式 组织形态 组织设置 建制 机构形式 组织规模类型
        """), read_form_cell,
               matching(r"^(?:归国华侨联合会|侨联|联合会|委员会|侨联联络组|联络组|侨联小组|小组)$")),
        Column("hosts", "挂靠单位", headings("""
            所在单位 依托单位 所属单位 挂靠(所在)单位 所在(挂靠)单位 成员单位 设立单位 建立单位 主管单位
            组建单位 所在地单位 联建单位 隶属单位 挂靠部门 所在村(社区)或单位 牵头单位 隶属党组织 所在单位名称
            驻在单位 挂靠于 依托于 设在哪个单位 设在何单位 挂靠何单位
        """), read_hosts_cell, matching(_UNIT)),
        Column("address", "地址", headings("""
            办公地址 所在地 所在地址 详细地址 通讯地址 组织地址 办公地点 单位地址 联系地址 住所 地点 组织所在地
            坐落 驻地 坐落地址
        """), read_text, matching(_ADDRESS, 0.9), stems=("地址",)),
        Column("founded", "成立时间", headings("""
            成立日期 建立时间 组建时间 批准成立时间 建会时间 设立时间 成立年月 创建时间 建立日期 成立年份
            首次成立时间 建组时间 批复时间 批准时间
        """), read_founded, lambda samples: 0.9 * share(samples, _looks_like_date), stems=("成立", "组建")),
        Column("doc", "批复文号", headings("""
            批准文号 文号 成立批复 批复 批准文件 成立文号 批复文件 成立批复文号 批文 发文字号 批准文件号
            成立文件 文件号 设立批复文号
        """), read_document,
               matching(r"[〔\[(【]\s*(?:19|20)\d\d|[发文字办函批复]\S{0,8}\d+号$"), stems=("文号", "批文")),
        Column("leader", "负责人", headings("""
            负责人姓名 组长 主席 主要负责人 组长姓名 召集人 会长 现任负责人 主席(组长) 组长(主席) 组织负责人
            牵头人 主席(组长)姓名 联系人 负责同志 侨联主席 带头人
        """), read_person, names(0.9)),
        Column("post", "职务", headings("""
            负责人职务 侨联职务 担任职务 任职 职位 岗位 党政职务 单位职务 身份
        """), read_text,
               matching(_POST), suits=matching(_POST_END)),
        Column("phone", "电话", headings("""
            联系电话 联系方式 手机 手机号 手机号码 负责人电话 电话号码 联系手机 办公电话 座机 联系人电话
            移动电话
        """), read_phones_cell, phones, stems=("电话", "手机"),
               several=True, suits=telephones),
        Column("members", "班子成员", headings("""
            班子成员名单 成员 委员 委员名单 组员 领导班子成员 成员名单 领导班子 委员会成员 骨干成员 班子
            其他班子成员 副主席及委员 副组长及成员 班子组成人员 组成人员 班子成员(副职、委员)
        """), read_members, matching(r"[\u4e00-\u9fff]{2,4}(?:[、,;\n][\u4e00-\u9fff]{2,4})+|组长[::]|等\d+人", 0.95),
               of=ANYBODY),
        Column("term", "届期", headings("""
            届期(换届时间) 换届时间 任期 届期时间 届满时间 本届任期 任届 届次 届次及任期 换届情况 本届届期
            任期起止 任期届满时间 应换届时间 任满年月 任满时间 任满日期 届满年月 上次换届时间 最近一次换届时间
            下次换届时间 届次任期 任职期限
        """), read_term_cell, _term_fits, stems=("换届", "届期", "届满")),
        Column("returnees", "归侨", headings("""
            归侨人数 归侨数 归侨(人) 归国华侨 其中归侨 其中:归侨
        """), read_count_cell, matching(_PLAIN_NUMBER, 0.5)),
        Column("kin", "侨眷", headings("""
            侨眷人数 侨眷数 侨眷(人) 其中侨眷 其中:侨眷 侨眷侨属 侨属侨眷
        """), read_count_cell, matching(_PLAIN_NUMBER, 0.5)),
        Column("people", "侨界群众人数", headings("""
            侨界群众 侨胞数 侨胞人数 归侨侨眷人数 归侨侨眷数 侨界群众数 侨界群众总数 联系服务人数 服务对象人数 侨界人数
            归侨侨眷总数 会员人数 会员数 人数 总人数 合计 侨界群众人数合计 人数合计 归侨侨眷(人) 侨界群众(人)
            覆盖人数 侨情人数 成员人数 小计 涉侨人数 归侨侨眷 联系侨界群众人数
        """), read_count_cell, matching(_PLAIN_NUMBER, 0.5), stems=("侨界群众", "侨胞数")),
        Column("venue", "活动阵地", headings("""
            阵地 活动场所 固定场所 有无阵地 有无活动场所 是否有阵地 有无固定场所 场所 侨胞之家 活动场地
            固定活动场所 阵地情况 阵地名称 活动阵地(有/无) 有无固定阵地 侨之家 阵地建设 活动室 办公场所
        """), read_venue_cell, or_answers(_VENUE), stems=("阵地", "场所")),
        Column("area", "阵地面积", headings("""
            面积 阵地面积(㎡) 场所面积 活动场所面积 面积(平方米) 面积(㎡) 场地面积 建筑面积 使用面积 面积(m2)
            活动阵地面积 场所(㎡) 阵地(㎡) 场地(㎡) 活动室(㎡)
        """), read_area_cell, matching(r"^[约近]?\d{1,5}(?:\.\d+)?(?:㎡|m2|平方米|平米|平方|平)?$", 0.6),
               stems=("面积", "平方", "㎡", "m²"),
               units=("㎡", "m2", "m²", "平方米", "平米")),
        Column("funds", "年度经费", headings("""
            经费 年度经费(万元) 年度经费(元) 工作经费 年经费 活动经费 经费(万元) 经费(元) 年度工作经费 经费额度
            单位拨款 单位拨款(万/年) 经费总额 日常经费 经费数额 每年经费 经费保障 经费金额 年均经费 经费投入 年度经费额
        """), read_money_cell, matching(r"^[约近¥￥]?[\d,]+(?:\.\d+)?(?:[-~至][\d.]+)?(?:万元|元|万)?$|[元万]整?$", 0.6),
               stems=("经费",), units=("元", "千元", "万元", "元/年", "万元/年")),
        Column("sources", "经费来源", headings("""
            来源 资金来源 经费渠道 经费来源渠道 来源渠道 经费出处 经费保障来源 经费筹措渠道 主要来源
        """), read_sources_cell, lambda samples: share(samples, _names_a_source), stems=("来源", "渠道"), listed=True),
        Column("activities", "年度活动次数", headings("""
            活动次数 开展活动次数 年活动次数 活动开展次数 全年活动次数 活动(次) 年度活动数 活动数 活动场次
            年度开展活动次数 本年活动次数 活动情况(次) 每年活动次数 年开展活动(次)
        """), read_count_cell, matching(r"^[约]?\d{1,3}(?:[-~至]\d{1,3})?(?:次|场)?(?:以上|左右)?$", 0.6)),
        Column("study", "学习制度", headings("""
            学习制度(有/无) 有无学习制度 是否有学习制度 制度 制度建设 规章制度 学习制度情况 学习制度是否建立
            制度是否健全 有无制度 是否建立学习制度 制度上墙
        """), read_yes_no_cell, or_answers(r"^(?:已|未|正在|健全|完善|上墙)", 0.9)),
        Column("status", "状态", headings("""
            组织状态 运行状态 运转情况 运行情况 现状 运转状态 工作状态 组织现状 活动状态 运作情况 是否正常运转
            情况 目前状态 组织运行情况 变动情况 变化情况
        """), read_status_cell, matching(r"正常|停滞|重组|新建|恢复|新成立|瘫痪|停止|撤销|良好|活跃"), stems=("状态", "现状")),
        Column("remark", "备注", headings("""
            说明 备注说明 其他 其它 注 附注 其他情况 需说明的情况 情况说明 附言 备考 需说明事项
            补充说明
        """), read_text),
    ),
    check_row=_check,
    identity=("name",),
    speaks_of=_whose,
    subject="leader",
)  # fmt: skip
"""One group a row. Values: `GroupName`, code-list words as text, tuples of host units and sources, `PartialDate`,
posts with names, `Term`, counts, `VenueSaid`, m² as Decimal, fen, bool, `Status`.
"""
