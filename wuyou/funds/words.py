"""The words of a ledger of payments: purposes, sources in one word, voucher numbers."""

import re

from wuyou.kernel.hanzi import fold, is_empty, split_notes, squeeze, tidy
from wuyou.kernel.reading import Reading, empty, taken, warn
from wuyou.orgs.words import read_one_source, read_word, synonyms

PURPOSES = synonyms(
    {
        "活动补助": (
            "活动经费 活动 活动费 活动补贴 开展活动 活动开支 节日活动 工作经费 活动支出 活动费用 会议费 会议经费"
        ),
        "走访慰问": "慰问 慰问金 走访 慰问品 节日慰问 慰问经费 走访慰问金 慰问费 慰问困难归侨侨眷",
        "阵地建设": (
            "场地建设 阵地 场所建设 侨胞之家建设 设备购置 办公设备 阵地维护 房租 标牌制作 制度上墙 活动室建设 阵地打造"
        ),
        "培训": "培训费 学习培训 业务培训 学习 学习费 培训经费 资料费 书报费 学习资料",
        "临时救助": "救助 困难救助 大病救助 助学 帮扶 困难补助 困难帮扶 救助金 救急 临时补助 助困",
        "以奖代补": "奖励 考核奖励 奖补 奖金 以奖代补资金 奖补资金",
        "其他": "其它 其他支出 杂支",
    }
)


def read_purpose(text: str) -> Reading[str]:
    """Return what money was for, by the list; another purpose is kept as typed, silently: purposes are open."""
    reading = read_word(text, PURPOSES)
    if any(finding.code == "not_in_list" for finding in reading.findings):
        return taken(reading.text, reading.text)
    return reading


def read_source(text: str) -> Reading[str]:
    """Return where a payment came from, one source; an unknown one is kept as typed with a warning."""
    return read_one_source(text)


_ORDER = re.compile(r"(记|收|付|转|银|现|银付|现付|银收|现收)字?第?-?(\d.*?)号?")


def read_voucher(text: str) -> Reading[str]:
    """Return the number of a voucher as typed, without blanks, full-width signs made half-width.

    记字第006号 becomes 记-006; a number that Excel wrote as 6.0 loses its .0. Remarks in brackets are warned about.
    """
    if is_empty(text):
        return empty()
    outside, notes = split_notes(text)
    number = squeeze(outside) or tidy(fold(text))
    found = _ORDER.fullmatch(number)
    if found and ("字" in number or "第" in number):
        number = f"{found[1]}-{found[2]}"
    number = re.sub(r"^(\d+)\.0$", r"\1", number)
    return taken(number, number, *([warn("note_in_cell", note="; ".join(notes))] if notes and outside else []))
