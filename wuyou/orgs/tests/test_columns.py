"""Ledgers of groups: cells in their row, the row as a whole, and columns that content gives away."""

from datetime import date

import pytest

from wuyou.orgs.cells import as_of
from wuyou.orgs.columns import ORGANISATIONS
from wuyou.places.index import PlaceIndex
from wuyou.places.rules import Level, PlaceRow
from wuyou.platform.imports.columns import Around, Cell

PLACES = PlaceIndex(
    [
        PlaceRow("990100", Level.CITY, "青岭市", ""),
        PlaceRow("990103", Level.COUNTY, "云台县", "990100"),
        PlaceRow("990181", Level.COUNTY, "石门市", "990100"),
    ],
    home="990100",
)
COLUMNS = {column.field: column for column in ORGANISATIONS.columns}


def around(header="", row=None, **overrides):
    settings = {"places": PLACES, "today": date(2026, 11, 22), "area_code": "0999"}
    standard = {"title": "云台县侨联台账\n填报时间:2025年11月", "sheet": "云台县", "year": 2025}
    return Around(header, **(standard | {"row": row or {}, "settings": settings} | overrides))


def cell(text, raw=None):
    return Cell("A1", text, text if raw is None else raw)


def read(name, text, raw=None, **overrides):
    reading = COLUMNS[name].read(cell(text, raw), around(**overrides))
    return reading.text, [finding.code for finding in reading.findings if finding.severity != "ok"]


@pytest.mark.parametrize(
    ("name", "header", "text", "expected", "codes"),
    [
        ("seq", "序号", "7", "7", []),
        ("kind", "类型", "民营企业", "企业", []),
        ("form", "组织形式", "联络组", "侨联联络组", []),
        ("form", "组织形式", "侨联", "归国华侨联合会", []),
        ("address", "地址", " 云台县城关镇东门社区8号 ", "云台县城关镇东门社区8号", []),
        ("founded", "成立时间", "2006年3月", "2006-03", []),
        ("founded", "成立时间", "'16.1", "2016-01", ["date_two_digit_year"]),
        ("doc", "批复文号", "云侨发【2019】第10号", "云侨发〔2019〕10号", []),
        ("leader", "负责人", "李  浩", "李浩", []),
        ("phone", "电话", "19900001111/000-1234567", "", ["phone_length"]),
        ("members", "班子成员", "副组长:陈文;委员:蔡焕、何东", "陈文|蔡焕|何东", []),
        ("term", "届期", "2020.3-2025.3", "2025-03", ["term_expired"]),
        ("people", "人数", "13(归侨1、侨眷12)", "13", []),
        ("venue", "活动阵地", "东门社区二楼", "是", []),
        ("area", "面积", "约60平方米", "60", ["amount_approximate"]),
        ("funds", "年度经费(万元)", "1.5", "15000", []),
        ("funds", "年度经费(元)", "15000", "15000", []),
        ("funds", "年度经费(万元)", "50000", "50000", ["unit_suspect"]),
        ("sources", "经费来源", "财政和捐赠", "财政|捐赠", []),
        ("activities", "活动次数", "4次", "4", []),
        ("activities", "活动次数", "4-5", "", ["amount_range"]),
        ("study", "学习制度", "正在制定", "否", []),
        ("status", "状态", "2025年新建", "新建;2025", []),
        ("remark", "备注", "负责人\n调离", "负责人\n调离", []),
    ],
)
def test_cells_of_a_ledger(name, header, text, expected, codes):
    assert read(name, text, header=header) == (expected, codes)


def test_a_short_name_is_completed_from_the_host_in_the_same_row():
    row = {"hosts": cell("云台县教育局")}
    assert read("name", "云台教育局联络组", row=row) == ("青岭市云台县教育局侨联联络组", [])
    assert read("name", "云台教育局联络组") == ("云台教育局联络组", [])


@pytest.mark.parametrize(
    ("title", "year", "expected"),
    [
        ("台账\n填报时间:2025年11月", 2025, date(2025, 11, 1)),
        ("台账 截至2025年6月30日", 2025, date(2025, 6, 30)),
        ("台账", 2025, date(2025, 12, 31)),
        ("台账", 2026, date(2026, 11, 22)),
        ("台账", None, date(2026, 11, 22)),
    ],
)
def test_the_day_as_of_which_a_table_speaks(title, year, expected):
    assert as_of(around(title=title, year=year)) == expected


@pytest.mark.parametrize(
    ("returnees", "kin", "people", "expected", "codes"),
    [
        ("3", "12", "15", "15", []),
        ("3", "12", "16", "16", ["sum_mismatch"]),
        ("3", "12", "", "15", []),
        ("", "12", "16", "16", []),
        ("3", "约12", "约15", "15", ["amount_approximate"]),
    ],
)
def test_people_are_compared_with_their_parts(returnees, kin, people, expected, codes):
    texts = {"returnees": returnees, "kin": kin, "people": people}
    readings = {name: COLUMNS[name].read(cell(text), around()) for name, text in texts.items()}
    checked = ORGANISATIONS.check_row(readings, around())["people"]
    assert (checked.text, [f.code for f in checked.findings if f.severity != "ok"]) == (expected, codes)


SAMPLES = {
    "name": ["清水中学侨联小组", "东门社区侨联", "县教育局联络组", "恒丰公司归国华侨联合会", "南江学院侨联"],
    "hosts": ["清水中学", "东门社区", "县教育局", "恒丰有限公司", "南江学院"],
    "address": ["云台县城关镇东门社区8号", "云台县桃园镇柳树坪村", "城南街道文化路12号", "河西街道南桥社区1号", "同上"],
    "founded": ["2006年3月", "1990-07-17", "2015.11", "1998.4", "2019年9月"],
    "doc": ["云侨发〔2019〕10号", "云侨发[2015]29号", "无", "云侨发(1998)4号", "云侨发〔2025〕33号"],
    "leader": ["李浩", "张平宏", "周金娥(兼)", "田玉梓", "孙华"],
    "phone": ["19900006463", "199-0000-0136", "/", "19900003999/0874-0004114", "19900000417"],
    "members": ["林芳、马泽", "江忠、何文、李立", "副组长:陈文;委员:蔡焕", "邓宏\n刘阳", "刘佳等6人"],
    "term": ["2023.11-2028.11", "第三届(2023.2—2028.2)", "2029年8月", "应于2025年9月换届,已超期", "2020.3-2025.3"],
    "kind": ["企业", "学校", "机关", "社区", "村"],
    "status": ["正常", "停滞", "2025年新建", "待重组", "运转正常"],
    "sources": ["财政", "市侨联补助", "捐赠、财政", "挂靠单位", "单位支持"],
}


@pytest.mark.parametrize("name", SAMPLES)
def test_content_fits_its_own_field_best(name):
    own = COLUMNS[name].fits(SAMPLES[name])
    others = {other: COLUMNS[other].fits(SAMPLES[name]) for other in SAMPLES if other != name}
    assert own >= 0.7
    assert {other: fit for other, fit in others.items() if fit >= own} == {}


def test_a_date_cell_of_a_founding_day():
    assert read("founded", "1986/3/19", date(1986, 3, 19)) == ("1986-03-19", [])
