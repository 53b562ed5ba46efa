"""Activity records and visit lists: kinds by synonym, leaders, requests, days of the year."""

from datetime import date

import pytest

from wuyou.activities.columns import ACTIVITIES, VISITS
from wuyou.activities.words import read_kind, read_leaders, read_occasion, read_request_state
from wuyou.orgs.naming import GroupRow, NameIndex
from wuyou.platform.imports.columns import Around, Cell

GROUPS = NameIndex(
    [GroupRow(1, "青岭市云台县教育局侨联联络组", "云台教育局联络组", ("云台县教育局",), "云台县")], city="青岭市"
)
AROUND = Around("费用(元)", year=2025, settings={"groups": GROUPS, "today": date(2026, 11, 22)})


def told(reading):
    return reading.text, [finding.code for finding in reading.findings if finding.severity != "ok"]


@pytest.mark.parametrize(
    ("written", "kind", "codes"),
    [
        ("活动", "活动", []),
        ("茶话会", "座谈", []),
        ("理论学习", "学习", []),
        ("入户走访", "走访", []),
        ("志愿服务", "活动", []),
        ("新春茶话会暨表彰", "座谈", []),
        ("赴大理参观学习", "学习", []),
        ("重阳节走访慰问", "走访", []),
        ("春节联欢会", "活动", []),
        ("培训(法律)", "学习", []),
        ("其他", "其他", ["not_in_list"]),
        ("", "", []),
    ],
)
def test_kinds_of_activities(written, kind, codes):
    assert told(read_kind(written)) == (kind, codes)


@pytest.mark.parametrize(
    ("written", "said", "codes"),
    [
        ("是", "是", []),
        ("×", "否", []),
        ("无", "否", []),
        ("主要领导", "是", []),
        ("分管副县长", "是", []),
        ("张伟、李明", "是", []),
        ("1人", "", ["not_in_list"]),
        ("", "", []),
    ],
)
def test_leaders(written, said, codes):
    assert told(read_leaders(written)) == (said, codes)


@pytest.mark.parametrize(
    ("written", "said"),
    [("住院", "重病"), ("春节慰问", "春节"), ("回国探亲", "回国"), ("金婚", "金婚"), ("无", "")],
)
def test_occasions_are_an_open_list(written, said):
    assert told(read_occasion(written)) == (said, [])


@pytest.mark.parametrize(
    ("written", "said", "codes"),
    [
        ("办结", "已办结", []),
        ("正在办理", "办理中", []),
        ("未办", "未办", []),
        ("没有解决", "未办", ["note_in_cell"]),
        ("5月20日已办结", "已办结", ["note_in_cell"]),
        ("", "", []),
    ],
)
def test_states_of_requests(written, said, codes):
    assert told(read_request_state(written)) == (said, codes)


@pytest.mark.parametrize(
    ("name", "text", "expected", "codes"),
    [
        ("date", "1月2日-1月3日", "2025-01-02", ["date_range"]),
        ("date", "3.8", "2025-03-08", []),
        ("date", "2024-12-20", "2024-12-20", ["date_outside_year"]),
        ("date", "2025.4.31", "", ["date_invalid"]),
        ("group", "云台教育局联络组", "青岭市云台县教育局侨联联络组", []),
        ("group", "云台县教育局", "青岭市云台县教育局侨联联络组", ["name_fuzzy"]),
        ("group", "老干部支部", "", ["group_unknown"]),
        ("present", "约23人", "23", ["amount_approximate"]),
        ("cost", "0.12万", "1200", []),
        ("cost", "无", "", []),
    ],
)
def test_cells_of_an_activity(name, text, expected, codes):
    column = next(column for column in ACTIVITIES.columns if column.field == name)
    assert told(column.read(Cell("A1", text, text), AROUND)) == (expected, codes)


def test_without_a_register_a_group_is_kept_as_written():
    column = next(column for column in ACTIVITIES.columns if column.field == "group")
    assert told(column.read(Cell("A1", "云台 教育局联络组"), Around(""))) == ("云台教育局联络组", [])


def test_a_request_closed_before_it_was_heard_is_questioned():
    columns = {column.field: column for column in VISITS.columns}
    texts = {"date": "2025-05-10", "closed": "2025-04-01"}
    readings = {name: columns[name].read(Cell("A1", text, text), AROUND) for name, text in texts.items()}
    assert told(VISITS.check_row(readings, AROUND)["closed"]) == ("2025-04-01", ["closed_before_heard"])
    later = {**readings, "closed": columns["closed"].read(Cell("A1", "2026-01-05"), AROUND)}
    assert told(VISITS.check_row(later, AROUND)["closed"]) == ("2026-01-05", [])


def test_needs_are_kept_only_for_a_purpose():
    need = next(column for column in VISITS.columns if column.field == "need")
    assert (need.policy, bool(need.purpose)) == ("ask_purpose", True)
