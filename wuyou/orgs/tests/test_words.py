"""Kinds, sources, host units, terms, states and venues as ledgers write them."""

from datetime import date

import pytest

from wuyou.orgs.words import read_hosts, read_kind, read_sources, read_status, read_term, read_venue

AS_OF = date(2025, 11, 1)


def told(reading):
    return reading.text, [finding.code for finding in reading.findings if finding.severity != "ok"]


@pytest.mark.parametrize(
    ("written", "text", "codes"),
    [
        ("企业", "企业", []),
        ("民营企业", "企业", []),
        ("中小学", "学校", []),
        ("社区", "街道社区", []),
        ("农村", "村", []),
        ("机关", "机关事业单位", []),
        ("企业(非公)", "企业", []),
        ("宗教团体", "宗教团体", ["not_in_list"]),
        ("", "", []),
        ("/", "", []),
    ],
)
def test_kinds(written, text, codes):
    assert told(read_kind(written)) == (text, codes)


def test_an_office_s_own_kind_is_known():
    assert told(read_kind("侨商会", {"侨商会": "侨商会"})) == ("侨商会", [])


@pytest.mark.parametrize(
    ("written", "text", "codes"),
    [
        ("财政", "财政", []),
        ("财政拨款、单位支持", "财政|挂靠单位", []),
        ("市侨联补助+挂靠单位", "市侨联补助|挂靠单位", []),
        ("财政和捐赠", "财政|捐赠", []),
        ("市侨联0.5万元、县侨联0.3万元", "市侨联补助|县侨联补助", []),
        ("捐赠、捐款", "捐赠", []),
        ("财政、彩票", "财政|彩票", ["not_in_list"]),
        ("省侨联专项资金", "省侨联专项", []),
        ("陆良县财政专项经费", "县级财政", []),
        ("工会经费", "工会经费", ["not_in_list"]),
        ("无", "", []),
    ],
)
def test_sources(written, text, codes):
    assert told(read_sources(written)) == (text, codes)


@pytest.mark.parametrize(
    ("written", "text", "codes"),
    [
        ("清水中学", "清水中学", []),
        ("清水中学/县医院", "清水中学|县医院", []),
        ("清水中学\n县医院", "清水中学|县医院", []),
        ("清水中学；县医院、恒丰厂", "清水中学|县医院|恒丰厂", []),
        ("清水中学和县医院", "清水中学|县医院", []),
        ("和平街道和平社区", "和平街道和平社区", []),
        ("恒丰化工（集团）有限公司", "恒丰化工(集团)有限公司", []),
        ("清水中学、县医院等5家单位", "清水中学|县医院", ["list_incomplete"]),
        ("县教育局(牵头)", "县教育局", ["note_in_cell"]),
        ("无", "", []),
    ],
)
def test_hosts(written, text, codes):
    assert told(read_hosts(written)) == (text, codes)


@pytest.mark.parametrize(
    ("written", "number", "start", "end", "codes"),
    [
        ("2023.11-2028.11", None, "2023-11", "2028-11", []),
        ("第三届(2023.2—2028.2)", 3, "2023-02", "2028-02", []),
        ("2023年3月至2028年3月", None, "2023-03", "2028-03", []),
        ("2023-11-05至2028-11-04", None, "2023-11-05", "2028-11-04", []),
        ("2020—2025", None, "2020", "2025", []),
        ("2029年8月", None, None, "2029-08", []),
        ("2026年届满", None, None, "2026", []),
        ("第2届,2027.5到期", 2, None, "2027-05", []),
        ("2021年3月换届,任期5年", None, None, "2021-03", ["term_expired"]),
        ("上次换届2021年3月,任期五年", None, "2021-03", "2026-03", []),
        ("2022.6当选,任期3年", None, "2022-06", "2025-06", ["term_expired"]),
        ("2020.3-2025.3", None, "2020-03", "2025-03", ["term_expired"]),
        ("2020.11-2025.11", None, "2020-11", "2025-11", []),
        ("应于2025年9月换届,已超期", None, None, "2025-09", ["term_expired"]),
        ("已超期", None, None, None, ["term_expired"]),
        ("第五届", 5, None, None, []),
        ("长期", None, None, None, ["term_unclear"]),
    ],
)
def test_terms(written, number, start, end, codes):
    reading = read_term(written, as_of=AS_OF)
    value = reading.value
    assert (value.number, value.start and str(value.start), value.end and str(value.end)) == (number, start, end)
    assert told(reading) == (end or "", codes)


def test_a_lone_date_under_last_election_is_a_beginning():
    reading = read_term("2021.5", as_of=AS_OF, header="班子情况/上次换届时间")
    assert (str(reading.value.start), reading.value.end) == ("2021-05", None)


def test_a_date_cell_is_the_end_of_a_term():
    assert read_term("2027/5/1", date(2027, 5, 1), as_of=AS_OF).text == "2027-05"


@pytest.mark.parametrize(
    ("written", "text", "state", "event", "codes"),
    [
        ("正常", "正常", "normal", "", []),
        ("运转正常", "正常", "normal", "", []),
        ("停滞", "停滞", "lapsed", "", []),
        ("停滞(两年无活动)", "停滞", "lapsed", "", ["note_in_cell"]),
        ("已停止活动", "停滞", "lapsed", "", []),
        ("待重组", "待重组", "to_reorganise", "", []),
        ("拟合并", "待重组", "to_reorganise", "", []),
        ("新建(2025)", "新建;2025", "normal", "establish", []),
        ("2025年新建", "新建;2025", "normal", "establish", []),
        ("恢复2024", "恢复;2024", "normal", "restore", []),
        ("23年重组", "重组;2023", "normal", "reorganise", []),
        ("当年新建", "新建;2025", "normal", "establish", []),
        ("新成立", "新建", "normal", "establish", []),
        ("已撤销", "撤销", "dissolved", "", []),
        ("不正常", "停滞", "lapsed", "", []),
        ("不清楚", "", None, None, []),
        ("看情况", "看情况", "normal", "", ["not_in_list"]),
    ],
)
def test_states(written, text, state, event, codes):
    reading = read_status(written, year=2025)
    assert told(reading) == (text, codes)
    if state:
        assert (reading.value.state, reading.value.event) == (state, event)


@pytest.mark.parametrize(
    ("written", "text", "place", "shared", "right"),
    [
        ("有", "是", "", False, ""),
        ("√", "是", "", False, ""),
        ("无", "否", "", False, ""),
        ("暂无", "否", "", False, ""),
        ("无固定场所", "否", "", False, ""),
        ("东门社区二楼", "是", "东门社区二楼", False, ""),
        ("与妇女之家共用", "是", "与妇女之家共用", True, ""),
        ("社区活动室(与工会共用)", "是", "社区活动室(与工会共用)", True, ""),
        ("租用临街房", "是", "租用临街房", False, "rented"),
        ("单位无偿提供会议室", "是", "单位无偿提供会议室", False, "free"),
        ("筹建中", "否", "", False, ""),
    ],
)
def test_venues(written, text, place, shared, right):
    reading = read_venue(written)
    value = reading.value
    assert (reading.text, value.place, value.is_shared, value.right) == (text, place, shared, right)


def test_an_empty_venue_says_nothing():
    assert read_venue("").value is None
