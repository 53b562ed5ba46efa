"""The words of activity records and visit lists: kinds, occasions, states of a request, whether leaders came."""

import re

from wuyou.kernel.hanzi import fold, is_empty, read_yes_no, split_notes, squeeze, tidy
from wuyou.kernel.reading import Finding, Reading, Severity, empty, note, taken, warn
from wuyou.orgs.words import read_word, synonyms

KIND_CODES = {"活动": "activity", "学习": "study", "走访": "visit", "座谈": "symposium"}
KINDS = synonyms({
    "学习": (
        "学习活动 理论学习 政治学习 集中学习 组织学习 专题学习 培训 业务培训 专题培训 培训班 讲座 专题讲座 "
        "宣讲 党课 学习会 学习教育 主题党日 读书会 研讨 研学 知识讲座 法律讲座 普法宣传 宣传教育 参观学习 "
        "教育培训 学习培训 辅导"
    ),
    "走访": (
        "走访慰问 入户走访 慰问 看望 看望慰问 探望 家访 入户 上门走访 走访调研 调研走访 节日慰问 送温暖 "
        "慰问活动 走访看望 结对帮扶 入户慰问"
    ),
    "座谈": (
        "座谈会 茶话会 恳谈会 座谈交流 交流会 交流座谈 会议 例会 工作会 工作会议 联席会 联席会议 研讨会 "
        "征求意见会 议事会 换届会议 全委会 恳谈 年会 总结会 民主生活会 侨情恳谈 会商"
    ),
    "活动": (
        "文体活动 联谊活动 志愿服务 联谊 联欢 文艺活动 体育活动 文艺演出 志愿活动 公益活动 义诊 参观 参观考察 "
        "考察 考察活动 主题活动 庆祝活动 节日活动 联欢会 比赛 竞赛 运动会 宣传活动 公益 义务劳动 环保活动 "
        "文化活动 帮扶活动 捐赠活动 接待 外出考察 户外活动 晚会 展览"
    ),
})  # fmt: skip
"""First match wins where a word stands in two lists; longer words are looked for before shorter ones."""
_BY_LENGTH = sorted((word for word in KINDS if len(word) > 1), key=len, reverse=True)

OCCASIONS = synonyms(
    {
        "春节": "新春 元旦春节 两节 过年 春节慰问",
        "国庆": "国庆节 十一 中秋国庆",
        "中秋": "中秋节",
        "重病": "生病 住院 患病 大病 疾病 病重 因病",
        "丧事": "去世 逝世 丧 病故 亡故 白事",
        "乔迁": "搬迁 迁居 新居 搬新家",
        "回国": "归国 回国探亲",
        "受灾": "灾害 遭灾 灾情 火灾 洪灾 地震",
        "出境": "出国 离境 赴外",
        "困难": "生活困难 特困 困难慰问 贫困 低保",
        "重阳": "重阳节 敬老",
        "日常": "平时 日常走访 例行 常规",
    }
)

REQUEST_STATES = synonyms(
    {
        "已办结": "办结 已办 完成 已完成 已解决 解决 办理完毕 已办理 已落实 办毕 已结 结案 已答复",
        "办理中": "正在办理 在办 处理中 跟进中 正在跟进 协调中 正在协调 推进中 正在处理 部分办结 已转办 转办 已受理",
        "未办": "未办理 未办结 待办 尚未办理 未解决 待处理 没办 未落实 未开始 待研究",
    }
)


def read_kind(text: str) -> Reading[str]:
    """Return the kind of an activity: 活动, 学习, 走访 or 座谈, silently by every known synonym.

    A longer phrase is judged by the longest known word in it (新春茶话会暨表彰 is 座谈); otherwise it is kept with a
    warning.
    """
    reading = read_word(text, KINDS)
    if not any(finding.code == "not_in_list" for finding in reading.findings):
        return reading
    plain = squeeze(split_notes(text)[0]) or squeeze(text)
    word = next((word for word in _BY_LENGTH if word in plain), "")
    return taken(KINDS[word], KINDS[word], note("kind_by_synonym", word=plain)) if word else reading


_LEADERS = re.compile(r"领导|主席|书记|部长|局长|县长|区长|市长|镇长|乡长|主任|处长|科长|常委|干部|负责人|调研员")


def read_leaders(text: str) -> Reading[bool]:
    """Return whether leaders took part; who came, written instead of 是, means yes. Source: seed, 主要领导、分管领导."""
    if is_empty(text) and squeeze(text) not in ("无", "没有", "×", "x", "X"):
        return empty()
    said = read_yes_no(text)
    if said.value is not None:
        return said
    words = squeeze(text)
    if _LEADERS.search(words) or re.fullmatch(r"[\u4e00-\u9fff·]{2,4}(?:[、,;][\u4e00-\u9fff·]{2,4})*", words):
        return taken(True, "是", note("leaders_named", names=tidy(fold(text))))
    return Reading(None, "", (Finding("not_in_list", Severity.WARN, (("word", words),)),))


def read_occasion(text: str) -> Reading[str]:
    """Return the occasion of a visit by the list; another one is kept as typed, silently: occasions are open."""
    reading = read_word(text, OCCASIONS)
    if any(finding.code == "not_in_list" for finding in reading.findings):
        return taken(reading.text, reading.text)
    return reading


def read_request_state(text: str) -> Reading[str]:
    """Return how far a request is: 已办结, 办理中 or 未办; a day or remark behind it is dropped."""
    reading = read_word(text, REQUEST_STATES)
    if not any(finding.code == "not_in_list" for finding in reading.findings):
        return reading
    plain = squeeze(text)
    if re.search("未|没|尚|待", plain):
        return taken("未办", "未办", warn("note_in_cell", note=plain))
    for word in sorted(REQUEST_STATES, key=len, reverse=True):
        if word in plain:
            return taken(REQUEST_STATES[word], REQUEST_STATES[word], warn("note_in_cell", note=plain))
    return reading
