"""The words of a ledger of groups: kinds, states, sources of money, terms, host units, venues; and how to read them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wuyou.kernel.hanzi import fold, is_empty, number_of, read_yes_no, split_notes, squeeze, tidy, without_code
from wuyou.kernel.partialdate import PartialDate
from wuyou.kernel.reading import Finding, Reading, empty, note, refused, taken, warn


def synonyms(table: Mapping[str, str]) -> dict[str, str]:
    """Return each word, and each of its blank-separated synonyms, with the word."""
    return {other: word for word, others in table.items() for other in (word, *others.split())}


KIND_CODES = {
    "华侨农场": "farm", "中央(省)驻地企业": "central_enterprise", "企业": "enterprise", "高校": "university",
    "学校": "school", "机关事业单位": "office", "医院": "hospital", "开发区": "zone", "街道社区": "community",
    "乡镇": "township", "村": "village", "跨单位联合": "joint", "其他": "other",
}  # fmt: skip
KINDS = synonyms({
    "华侨农场": "农场 华侨林场 华侨茶场 华侨管理区 华侨农林场 侨场",
    "中央(省)驻地企业": (
        "中央驻地企业 中央驻曲企业 中央(省)驻曲企业 中央省驻曲企业 央企 中央企业 省属企业 驻地企业 "
        "中央省属企业"
    ),
    "企业": "企业单位 国企 国有企业 民企 民营企业 非公企业 侨资企业 侨企 公司 市属企业 县属企业 外资企业 两新组织",
    "高校": "高等学校 高等院校 大学 大专院校 院校 高职院校 本科院校 职业学院 大中专院校",
    "学校": "中小学 中学 小学 中等学校 中职 中职学校 职业学校 教育单位 教育系统 幼儿园",
    "机关事业单位": "机关 机关单位 党政机关 事业单位 行政单位 行政事业单位 政府机关 政府部门 机关企事业单位 事业",
    "医院": "医疗机构 卫生院 医疗单位 卫生系统 医疗卫生",
    "开发区": "园区 工业园区 产业园区 经开区 高新区 经济开发区 科技园区 工业园",
    "街道社区": "社区 街道 城市社区 居委会 街道(社区) 社区居委会 街道办",
    "乡镇": "镇 乡 乡(镇) 乡镇街道 乡镇(街道)",
    "村": "农村 行政村 村委会 村组 村级 自然村 农村社区",
    "跨单位联合": "联合 跨单位 跨行业 跨行业跨单位 跨行业跨单位联合 联合组织",
    "其他": "其它 其他类型",
})  # fmt: skip

STATE_CODES = {"正常": "normal", "停滞": "lapsed", "待重组": "to_reorganise", "撤销": "dissolved"}
EVENT_CODES = {"新建": "establish", "恢复": "restore", "重组": "reorganise"}
STATES = synonyms({
    "待重组": "拟重组 需重组 准备重组 待整合 待改组 拟合并 待合并 待调整 待整顿 拟整合 筹备重组 待恢复 拟恢复",
    "停滞": (
        "停止活动 已停滞 处于停滞 瘫痪 半瘫痪 休眠 停摆 停顿 不活动 无活动 未活动 不正常 未开展活动 "
        "名存实亡 停止运转 未运转 软弱涣散"
    ),
    "撤销": "已撤销 注销 已注销 解散 已解散 撤并 已撤并 取消 已取消 终止",
    "新建": "新成立 新设立 新组建 新增 当年新建 今年新建 本年新建 新设 组建 成立",
    "恢复": "已恢复 恢复活动 恢复组织 恢复运转 重新启动 重启 恢复正常",
    "重组": "已重组 整合重组 合并重组 改组 改组重建 重建 完成重组 整合",
    "正常": "运转正常 正常运转 运行正常 正常运行 正常开展 良好 活跃 健全 正常活动 在届 存续 在册 正常开展活动 有活动",
})  # fmt: skip
_STATES_BY_LENGTH = sorted(STATES, key=len, reverse=True)

SOURCE_CODES = {
    "省侨联专项": "province_special", "市侨联补助": "city_federation", "县侨联补助": "county_federation",
    "市级财政": "city_finance", "县级财政": "county_finance", "财政": "finance", "挂靠单位": "host", "捐赠": "donation",
    "自筹": "own", "其他": "other",
}  # fmt: skip
SOURCES = synonyms({
    "省侨联专项": "省侨联补助 省级专项 省侨联 省专项 省侨联下拨 省侨联拨款 省侨联经费 侨务专项 侨务专项经费",
    "市侨联补助": (
        "市侨联 市侨联拨款 市侨联下拨 市侨联经费 市侨联专项 州侨联补助 州侨联 市侨联补贴 市侨联工作经费 "
        "市侨联拨付"
    ),
    "县侨联补助": (
        "县侨联 区侨联 区侨联补助 县侨联拨款 区侨联拨款 县市区侨联补助 县侨联经费 区侨联经费 "
        "县(市、区)侨联补助 县侨联下拨"
    ),
    "市级财政": "市财政 市本级财政 市财政拨款 市级财政拨款 州财政 州级财政",
    "县级财政": "县财政 区财政 区级财政 县财政拨款 区财政拨款 县级财政拨款 县区财政",
    "财政": (
        "财政拨款 财政资金 财政补助 财政预算 预算内 本级财政 财政专项 政府拨款 财政经费 地方财政 乡镇财政 "
        "镇财政 街道财政"
    ),
    "挂靠单位": (
        "所在单位 单位 单位拨款 单位补助 单位支持 挂靠单位补助 所在单位支持 依托单位 单位自筹 本单位 "
        "单位经费 挂靠单位支持 主管单位"
    ),
    "捐赠": "捐助 社会捐赠 侨捐 侨胞捐赠 企业捐赠 赞助 爱心捐赠 侨商捐赠 企业赞助 捐款 社会赞助 海外捐赠",
    "自筹": "自筹资金 会员自筹 自行筹集 会费 活动自筹 组织自筹 AA制 个人自筹",
    "其他": "其它 其他来源 其他资金 其他收入",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """The term of a group's leaders: which (None = not said), from when, until when."""

    number: int | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a group by code, what last befell it by code ("" = nothing said) and in which year, and why."""

    state: str
    event: str = ""
    year: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VenueSaid:
    """Whether a group has a venue, and what else the cell tells: where, shared with others, by what right."""

    has: bool
    place: str = ""
    is_shared: bool = False
    right: str = ""


def read_word(text: str, table: Mapping[str, str], *, code: str = "not_in_list") -> Reading[str]:
    """Return the word of a list that a cell means, by itself or by a synonym; silent when known.

    What is not in the list is kept as typed with a warning `code`, for the office to add or to correct.
    """
    whole = squeeze(text)
    if whole in table:
        return taken(table[whole], table[whole])
    if is_empty(text):
        return empty()
    outside, notes = split_notes(text)
    written = squeeze(outside)
    remark = (note("note_in_cell", note="; ".join(notes)),) if notes else ()
    if written in table:
        return taken(table[written], table[written], *remark)
    bare = squeeze(without_code(outside))
    if bare in table:
        return taken(table[bare], table[bare], *remark)
    kept = tidy(fold(text))
    return taken(kept, kept, warn(code, word=kept))


def read_kind(text: str, known: Mapping[str, str] | None = None) -> Reading[str]:
    """Return the kind of a group; `known` adds the office's own kinds, word by synonym."""
    return read_word(text, KINDS | dict(known) if known else KINDS)


_LIST = re.compile(r"[、,;┋/\\|+＋&。\n]+|\s{2,}")
_AND = re.compile(r"(?<=.)(?:以及|和|及|与|跟)(?=.)")


_SOURCE_TAIL = re.compile(r"(?:专项)?(?:资金|经费|款项|款|补助|补贴|拨款)$|专项$")
_WHOSE_SOURCE = re.compile(r"^[\u4e00-\u9fff]{2,5}(?=[市县区州](?:本级)?(?:财政|侨联))")


def read_one_source(text: str) -> Reading[str]:
    """Return one source by the list: also behind the name of its place and before 资金 or 经费 (陆良县财政专项经费)."""
    reading = read_word(text, SOURCES)
    if not reading.findings or not reading.value:
        return reading
    word = _WHOSE_SOURCE.sub("", squeeze(split_notes(text)[0]))
    while word not in SOURCES and (shorter := _SOURCE_TAIL.sub("", word)) not in ("", word):
        word = shorter
    return taken(SOURCES[word], SOURCES[word]) if word in SOURCES else reading


def read_sources(text: str) -> Reading[tuple[str, ...]]:
    """Return where money comes from, each source once, in order; the text joins them with |."""
    if is_empty(text):
        return empty()
    found: list[str] = []
    findings: list[Finding] = []
    for part in _LIST.split(_AND.sub("、", fold(text))):
        word = re.sub(r"\d+(?:\.\d+)?(?:万元|万|元|%)?$", "", squeeze(part))
        if word:
            reading = read_one_source(word)
            findings += reading.findings
            found += [reading.text] if reading.text and reading.text not in found else []
    return taken(tuple(found), "|".join(found), *findings) if found else empty()


_OTHERS = re.compile(
    r"等?(?:共?\d+|[一二三四五六七八九十几多数]+)(?:余|多)?(?:家|个)?(?:单位|企业|学校|部门)$|等(?:单位|企业|部门)?$"
)
_TRAILING = re.compile(r"\(([^()]*)\)\s*(?=$|[、,;/|\n])")  # a bracket inside a name, 恒丰(集团)公司, belongs to it
_UNIT_END = (
    r"(?:公司|集团|厂|局|委|办|处|科|所|站|院|校|中学|小学|学校|学院|大学|幼儿园|中心|医院|银行|社区|居委会|村|村委会|委员会|管委会|"
    r"街道|办事处|镇|乡|农场|林场|园|园区|政府|联社|合作社|协会|商会|支队|大队|馆|台|社|部|会|店|行|室|机关)"
)


LONGEST_NAME = 100
"""No unit's name is longer; what is cut off was no name."""


def read_hosts(text: str) -> Reading[tuple[str, ...]]:
    """Return the host units, one or several; the text joins them with |. Remarks in brackets are warned about."""
    if is_empty(text):
        return empty()
    folded = fold(text)
    remarks = [remark for remark in _TRAILING.findall(folded) if remark.strip()]
    shown = _TRAILING.sub("", folded)
    findings = [warn("note_in_cell", note="; ".join(remarks))] if remarks else []
    units: list[str] = []
    for part in _LIST.split(shown):
        units += _and_split(squeeze(part))
    if units and (found := _OTHERS.search(units[-1])):
        units[-1] = units[-1][: found.start()]
        findings.append(warn("list_incomplete", named=str(len(units))))
    units = list(dict.fromkeys(unit[:LONGEST_NAME] for unit in units if unit))
    if any(len(unit) == LONGEST_NAME for unit in units):
        findings.append(warn("text_too_long", limit=str(LONGEST_NAME)))
    return taken(tuple(units), "|".join(units), *findings) if units else empty()


_NOT_AND = re.compile("[平谐睦顺美兴康乐]|.{1,2}$")


def _and_split(part: str) -> list[str]:
    """Split 甲中学和乙医院 where both sides end like units; 和平街道 stays whole."""
    for found in re.finditer("以及|和|及|与", part):
        left, right = part[: found.start()], part[found.end() :]
        if re.search(_UNIT_END + "$", left) and re.search(_UNIT_END + "$", right) and not _NOT_AND.match(right):
            return [left, *_and_split(right)]
    return [part] if part else []


_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[年./-](\d{1,2})(?!\d)(?:[月./-](\d{1,2})(?!\d)日?|月份?)?|年)?")
_TERM_NUMBER = re.compile(r"第?([一二三四五六七八九十]+|\d{1,2})届")
_YEARS = re.compile(r"(?:任期|届期|每届)?([一二三四五六七八九十]|\d)年(?:一届|任期|期|制|换届)?(?!\d)")
_OVERDUE = re.compile(r"超期|逾期|已到期|已届满|过期|已过届|超届|未按期换届|到届未换|应换届未换")
_BEGAN = re.compile(
    r"上次|上届|上一次|最近|本届(?:起|选举|产生|成立)|选举时间|当选|产生时间|换届于|于.*换届$|起始|任职时间|改选"
)
_ENDS = re.compile(r"届满|到期|任期至|任期到|应于|拟于|计划|下次|下届|截止|止")


def read_term(text: str, raw: object = None, *, as_of: date, header: str = "") -> Reading[Term]:
    """Return the term that a cell gives; the text is its end in ISO form, "" when no end is told.

    第三届(2023.2—2028.2), 2029年8月 (an end), 应于2025年9月换届,已超期; a lone date under 上次换届 is a beginning, ended
    by the years told. Warns with term_expired when the end lies before `as_of` or the cell says so.
    """
    if isinstance(raw, date):
        return _term(Term(end=PartialDate(raw.year, raw.month)), "", as_of)
    if is_empty(text):
        return empty()
    return _read_term(tidy(fold(text)), as_of, bool(_BEGAN.search(fold(header))))


@lru_cache(maxsize=4096)
def _read_term(text: str, as_of: date, header_begins: bool) -> Reading[Term]:
    dates: list[PartialDate] = []
    for year, month, day in _DATE.findall(text):
        try:
            dates.append(PartialDate(int(year), int(month) if month else None, int(day) if month and day else None))
        except ValueError:
            return Reading(None, "", (Finding("date_invalid", warn("").severity, (("text", text),)),))
    numbered = _TERM_NUMBER.search(text)
    number = (number_of(numbered[1]) or int(numbered[1])) if numbered else None
    if len(dates) > 1:
        return _term(Term(number, dates[0], dates[-1]), text, as_of)
    begins = dates and not _ENDS.search(text) and (header_begins or _BEGAN.search(text))
    if begins:
        years = _YEARS.search(_DATE.sub("", text))
        length = (number_of(years[1]) or int(years[1])) if years else None
        end = PartialDate(dates[0].year + length, dates[0].month) if length else None
        return _term(Term(number, dates[0], end), text, as_of)
    if dates or number or _OVERDUE.search(text):
        return _term(Term(number, None, dates[0] if dates else None), text, as_of)
    return taken(Term(), "", warn("term_unclear", text=text))


def _term(term: Term, text: str, as_of: date) -> Reading[Term]:
    expired = bool(_OVERDUE.search(text)) or (term.end is not None and term.end.last_day() < as_of)
    ended = str(term.end) if term.end else ""
    return taken(term, ended, *([warn("term_expired", end=ended)] if expired else []))


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:度|内)?|(?<!\d)(\d\d)年")


def read_status(text: str, *, year: int | None = None) -> Reading[Status]:
    """Return the state of a group; the text is the word, with the year behind a semicolon where one is told.

    新建(2025) and 2025年新建 are 新建;2025; 当年新建 takes the year of the file. A reason in brackets is warned about.
    """
    if is_empty(text):
        return empty()
    outside, notes = split_notes(text)
    said = _YEAR.search(fold(text))
    when = (int(said[1]) if said[1] else 2000 + int(said[2])) if said else None
    if when is None and re.search("当年|今年|本年", text):
        when = year
    word = _state_word(_YEAR.sub("", squeeze(outside)))
    reasons = [rest for remark in notes if (rest := _YEAR.sub("", remark).strip(" 年月日.-0123456789"))]
    if not word:
        found = _state_word("".join(reasons))
        word, reasons = found, ([] if found else reasons)
    if not word:
        kept = tidy(fold(text))
        return taken(Status("normal", reason=kept), kept, warn("not_in_list", word=kept))
    reasons = [] if all(_state_word(reason) == word and len(reason) <= 4 for reason in reasons) else reasons
    findings = [warn("note_in_cell", note="; ".join(reasons))] if reasons else []
    status = Status(STATE_CODES.get(word, "normal"), EVENT_CODES.get(word, ""), when, "; ".join(reasons))
    dated = word in EVENT_CODES and when
    return taken(status, f"{word};{when}" if dated else word, *findings)


def _state_word(text: str) -> str:
    """Return the state word with which a text begins or ends, or that stands in it, longest synonym first."""
    if text in STATES:
        return STATES[text]
    return next((STATES[word] for word in _STATES_BY_LENGTH if len(word) > 1 and word in text), "")


_SHARED = re.compile(r"共用|共享|合用|共建|合署|联合使用|与.{1,12}(?:一体|同处)")
_NO_VENUE = re.compile(
    r"^(?:无|没有|暂无|尚无|未建|未落实|未设|缺|否|×|在建|筹建|拟建|待建)|(?:无固定|没有固定|无专门)"
)
_RIGHTS = {
    "租": "rented",
    "借用": "free",
    "无偿": "free",
    "免费": "free",
    "提供": "free",
    "自有": "own",
    "自建": "own",
    "产权": "own",
}


def read_venue(text: str) -> Reading[VenueSaid]:
    """Return whether there is a venue; the text is 是 or 否. A place or a right written instead of 有 means yes."""
    if is_empty(text) and not squeeze(text).startswith(("无", "没", "×", "暂无")):
        return empty()
    said = read_yes_no(text)
    words = squeeze(text)
    if said.value is None and words.removesuffix(".0").isdecimal():
        return refused("not_in_list", word=words)  # a code of a list that is not known
    right = next((code for word, code in _RIGHTS.items() if word in words), "")
    if said.value is True:
        return taken(VenueSaid(True, "", bool(_SHARED.search(words)), right), "是", *said.findings)
    if said.value is False or _NO_VENUE.search(words):
        return taken(VenueSaid(False), "否")
    place = tidy(fold(text))
    return taken(VenueSaid(True, place, bool(_SHARED.search(words)), right), "是", note("venue_place", place=place))
