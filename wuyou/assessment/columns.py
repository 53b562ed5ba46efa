"""An office's own table for the yearly assessment: its columns and how each is read.

The rows become a draft scheme in `rubric_reading`; here a table is recognised and its cells are checked.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wuyou.assessment.rubric_phrases import plain
from wuyou.kernel.amount import number_text, read_number
from wuyou.kernel.hanzi import fold, is_empty, squeeze, tidy
from wuyou.kernel.reading import Reading, empty, refused, taken
from wuyou.orgs.cells import read_serial, read_text
from wuyou.orgs.fits import headings, matching
from wuyou.platform.imports.columns import Around, Cell, Column, ImportKind

VETO_WORDS = re.compile(r"否决|一票|取消资格|不得评|降(?:级|等)")


def read_points(cell: Cell, around: Around) -> Reading[Decimal]:
    """Return the points that an item can bring; 否决 gives none, 100+10 the sum without the extras."""
    text = squeeze(cell.text)
    if is_empty(text):
        return empty()
    if VETO_WORDS.search(text):
        return Reading(None, text)
    extra = re.fullmatch(r"(\d+(?:\.\d+)?)\+\d+(?:\.\d+)?分?", text)
    bracketed = re.fullmatch(r"[+±-]?(\d+(?:\.\d+)?)分?(?:\(.*\))?", text)
    found = extra or bracketed
    return taken(Decimal(found[1]), number_text(Decimal(found[1]))) if found else read_number(cell.text, cell.raw)


def read_score(cell: Cell, around: Around) -> Reading[Decimal]:
    """Return a score given; refuses one above the points of the item."""
    reading = read_number(cell.text, cell.raw)
    points_cell = around.row.get("points")
    points = read_points(points_cell, around).value if points_cell else None
    if reading.value is not None and points is not None and reading.value > points:
        return refused("score_above_points", score=reading.text, points=number_text(points))
    return reading


def read_standard(cell: Cell, around: Around) -> Reading[str]:
    """Return the scoring standard as written, line breaks and all."""
    text = tidy(cell.text)
    return taken(text, text) if text else empty()


def read_item(cell: Cell, around: Around) -> Reading[str]:
    """Return the name of an item without the marks ★▲● before or behind it."""
    text = tidy(re.sub(r"[★☆▲△●○■*※]", "", fold(cell.text)))
    return taken(text, text) if text else empty()


_SCORING = matching(r"\d分|不得分|酌情|否决|不合格|比例|[×*]|给分|计分|扣完")


def _looks_like_standards(samples: Sequence[str]) -> float:
    return _SCORING([plain(text) for text in samples])


_MOST = re.compile(r"(?:不超过|不得超过|最高|最多|上限|累计不超|封顶)(?:加|得|为)?\s*(\d{1,3}(?:\.\d)?)\s*分")


def _cap(readings: Mapping[str, Reading[Any]]) -> Decimal | None:
    """Return the most that the items of a block may add up to, told in its title (附加分（不超过10分）)."""
    block = readings.get("block")
    found = _MOST.search(block.text) if block else None
    return Decimal(found[1]) if found else None


RUBRIC = ImportKind(
    name="rubric",
    label="考核评分表",
    columns=(
        Column("seq", "序号", headings("编号 号 序 No No. 项目序号"), read_serial,
               matching(r"^\d{1,3}(?:\.\d{1,2})*\.?$", 0.7)),
        Column("block", "考核内容", headings("""
            一级指标 大类 考核类别 考评内容 考核大类 类别 大项 考核模块 一级项目 考核指标 评估内容 评价内容 考核要素
            指标类别 考核板块 评估大项 考评类别 主要内容 一级 内容 检查内容
        """), read_text, matching(r"^[一二三四五六七八九十]+、|\(\d+分|附加|加分|否决", 0.9)),
        Column("sub", "二级指标", headings("""
            考核子项 子项 二级项目 分项 中类 二级 中项 评估子项 考核分类
        """), read_text),
        Column("item", "考核项目", headings("""
            三级指标 小类 考核点 项目 考核要点 指标 考评项目 具体项目 评估项目 评分项目 小项 考核事项 考核指标内容
            评价指标
            具体指标 考评要点 工作项目 检查项目 指标内容 具体内容 评估内容 评价内容 考评内容 检查内容 主要内容
            内容 评估指标 考核细目 评价项目 三级
        """), read_item, matching(r"^[★▲●]?[^\d,;。]{2,24}$", 0.8), required=True),
        Column("points", "分值", headings("""
            标准分 满分 分数 权重 分值(分) 标准分值 基本分 配分 基准分 应得分 总分 分 权重分 赋分 指标分值
            标准分数
        """), read_points, matching(r"^\d{1,4}(?:\.\d)?分?$|否决", 0.9), required=True),
        Column("standard", "评分标准", headings("""
            评分细则 考核标准 评分办法 计分办法 计分标准 评分依据 扣分标准 评分方法 考核细则 评价标准 计分方法
            评估标准 考核评分标准 评分标准及办法 得分标准 考评标准 赋分标准 评定标准 考核要求及评分标准 评分说明
            评分规则 考核办法 标准
        """), read_standard, _looks_like_standards, required=True),
        Column("method", "考核方式", headings("""
            资料来源
            考核方法 检查方法 考核形式 评分方式 查看方式 检查方式 考评方式 考评方法 佐证材料 验收方式 评估方法
            数据来源 考核资料 责任部门 评价方式 查阅资料 印证材料 需提供材料
        """), read_text, matching(r"查|看|听|测评|访|统计|评定|认定|座谈|抽|问卷|文件|名册|台账|现场|资料|佐证", 0.9)),
        Column("self_score", "自评分", headings("""
            自评 自评得分 自查分 自查得分 自测分 自评分数 自我评分 单位自评 自查评分 自评(分) 自查
        """), read_score, matching(r"^\d{1,3}(?:\.\d+)?分?$", 0.7), stems=("自评", "自查", "自测", "自己", "自我")),
        Column("review_score", "考评分", headings("""
            核定 考评组核定 核定分 核定得分
            考核分 考核得分 复核分 考核组评分 评定分 审核分 考核组打分 专家评分 得分 考评得分 实得分 复评分
            核定分 复核得分 检查得分 区评 市评 县评 组织考评 考核评分 上级评分 验收得分 最终得分
        """), read_score, matching(r"^\d{1,3}(?:\.\d+)?分?$", 0.7), stems=("考评分", "打分", "上级", "复核", "测评")),
        Column("reason", "扣分原因", headings("""
            扣分理由 失分原因 扣分说明 扣分情况 扣分事由 扣分依据 存在问题 加减分原因 扣分项
        """), read_text),
        Column("note", "备注", headings("说明 备注说明 其他 注 必备 备 是否必备"), read_text),
    ),
    cap=_cap,
)  # fmt: skip
"""One item a row. The assembled scheme comes from `rubric_reading.read_rubric`."""
