"""Names of groups: the full from the short, the short from the full, and which group a written name means."""

import pytest

from wuyou.kernel.reading import Severity
from wuyou.orgs.naming import Form, GroupRow, NameIndex, form_of, full_name, read_group_name, short_name, split_form

PLACE = {"city": "青岭市", "county": "云台县"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("东门社区归国华侨联合会", ("东门社区", False, Form.FEDERATION)),
        ("东门社区侨联", ("东门社区", False, Form.FEDERATION)),
        ("清水中学联络组", ("清水中学", False, Form.LIAISON)),
        ("清水中学侨联联络组", ("清水中学", False, Form.LIAISON)),
        ("清水中学等单位联合侨联联络组", ("清水中学", True, Form.LIAISON)),
        ("清水中学联合侨联", ("清水中学", True, Form.FEDERATION)),
        ("云台县教育局侨联小组", ("云台县教育局", False, Form.GROUP)),
        ("老干部第二支部", ("老干部第二支部", False, None)),
        ("侨联小组", ("", False, Form.GROUP)),
    ],
)
def test_the_form_is_told_by_the_end_of_the_name(name, expected):
    assert split_form(name) == expected
    assert form_of(name) is expected[2]


@pytest.mark.parametrize(
    ("short", "hosts", "full"),
    [
        ("云台教育局联络组", ["云台县教育局"], "青岭市云台县教育局侨联联络组"),
        ("清水中学侨联小组", ["云台县清水中学"], "青岭市云台县清水中学侨联小组"),
        ("东门社区侨联", ["城关镇东门社区"], "青岭市云台县城关镇东门社区归国华侨联合会"),
        ("恒丰化工侨联", ["恒丰化工有限公司"], "恒丰化工有限公司归国华侨联合会"),
        ("南江学院侨联", ["青岭南江学院"], "青岭南江学院归国华侨联合会"),
        ("清水中学联合联络组", ["云台县清水中学", "恒丰化工厂"], "青岭市云台县清水中学等单位联合侨联联络组"),
        ("城关街道侨联小组", ["云台县城关街道办事处"], "青岭市云台县城关街道侨联小组"),
        ("西门社区侨联", ["城关镇东门社区"], None),
        ("老干部支部", ["云台县教育局"], None),
        ("清水中学侨联小组", [], None),
    ],
)
def test_a_full_name_follows_from_the_short_one_and_the_host(short, hosts, full):
    assert full_name(short, hosts, **PLACE) == full


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("青岭市云台县教育局侨联联络组", "云台教育局联络组"),
        ("青岭市云台县清水中学侨联小组", "清水中学侨联小组"),
        ("青岭市云台县城关镇东门社区归国华侨联合会", "东门社区侨联"),
        ("青岭市云台县桃园镇柳树坪村委会侨联小组", "柳树坪村侨联小组"),
        ("恒丰化工有限责任公司归国华侨联合会", "恒丰化工侨联"),
        ("青岭恒丰化工有限公司侨联小组", "恒丰化工侨联小组"),
        ("青岭市云台县高新产业园区管委会侨联小组", "高新园区侨联小组"),
        ("青岭市云台县清水中学等单位联合侨联联络组", "清水中学联合联络组"),
        ("老干部第二支部", "老干部第二支部"),
    ],
)
def test_a_short_name_follows_from_the_full_one(full, short):
    assert short_name(full, **PLACE) == short


@pytest.mark.parametrize(
    ("written", "hosts", "full", "short", "codes"),
    [
        ("云台教育局联络组", ["云台县教育局"], "青岭市云台县教育局侨联联络组", "云台教育局联络组", []),
        ("青岭市云台县教育局侨联 联络组", ["云台县教育局"], "青岭市云台县教育局侨联联络组", "云台教育局联络组", []),
        ("恒丰化工有限公司侨联小组", ["恒丰化工有限公司"], "恒丰化工有限公司侨联小组", "恒丰化工侨联小组", []),
        (
            "青岭市云台县城关镇东门社区侨联小组(东门侨联小组)", ["城关镇东门社区"],
            "青岭市云台县城关镇东门社区侨联小组", "东门侨联小组", ["note_in_cell"],
        ),
        ("侨界之友会", ["云台县教育局"], "侨界之友会", "侨界之友会", []),
    ],
)  # fmt: skip
def test_a_ledger_introduces_a_group(written, hosts, full, short, codes):
    reading = read_group_name(written, hosts, **PLACE)
    assert (reading.value.full, reading.value.short, reading.text) == (full, short, full)
    assert [finding.code for finding in reading.findings] == codes


INDEX = NameIndex(
    [
        GroupRow(1, "青岭市云台县教育局侨联联络组", "云台教育局联络组", ("云台县教育局",), "云台县"),
        GroupRow(2, "青岭市云台县城关镇东门社区归国华侨联合会", "东门社区侨联", ("城关镇东门社区",), "云台县"),
        GroupRow(3, "恒丰化工有限公司侨联小组", "恒丰化工侨联小组", ("恒丰化工有限公司",), "云台县"),
        GroupRow(4, "北原云岭电力设备有限公司等单位联合归国华侨联合会", "", ("北原云岭电力设备有限公司", "云台县医院"), "云台县"),
        GroupRow(5, "青岭市云台县清水职业技术学校侨联小组", "清水职业技术学校侨联小组", ("云台县清水职业技术学校",), "云台县"),
        GroupRow(6, "青岭市石门市东门社区侨联小组", "东门社区侨联小组", ("城中街道东门社区",), "石门市"),
        GroupRow(7, "青岭市石门市教育局侨联小组", "石门教育局侨联小组", ("石门市教育局",), "石门市"),
    ],
    city="青岭市",
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "found", "codes"),
    [
        ("云台教育局联络组", 1, []),
        ("青岭市云台县教育局侨联联络组", 1, []),
        ("云台县教育局侨联联络组", 1, []),
        ("云台 教育局联络组", 1, []),
        ("東門社區僑聯", 2, []),
        ("云台县城关镇东门社区归国华侨联合会", 2, []),
        ("云岭电力设备联合侨联", 4, []),
        ("云台县教育局", 1, ["name_fuzzy"]),
        ("云台县医院", 4, ["name_fuzzy"]),
        ("恒丰化工有限公司", 3, ["name_fuzzy"]),
        ("恒丰化工联络组", 3, ["name_fuzzy"]),
        ("洞门社区侨联", 2, ["name_fuzzy"]),
        ("恒丰化工桥联小组", 3, ["name_fuzzy"]),
        ("清水只业技术学校侨联小组", 5, ["name_fuzzy"]),
        ("清水职业技木学校侨联小组", 5, ["name_fuzzy"]),
        ("恒丰化工侨联小组(新)", 3, ["note_in_cell"]),
        ("南门社区侨联", None, ["group_unknown"]),
        ("商会联合党支部", None, ["group_unknown"]),
        ("青岭市侨联", None, ["group_unknown"]),
        ("云台县侨联", None, ["group_unknown"]),
        ("侨联小组", None, ["group_unknown"]),
        ("", None, []),
    ],
)
def test_a_written_name_means_a_group(written, found, codes):
    reading = INDEX.read(written)
    assert (reading.value.id if reading.value else None) == found
    assert [finding.code for finding in reading.findings] == codes


def test_several_groups_of_one_name_are_told_apart_by_the_county_or_refused():
    twins = NameIndex([
        GroupRow(1, "青岭市云台县东门社区侨联小组", "东门社区侨联小组", (), "云台县"),
        GroupRow(2, "青岭市石门市东门社区侨联小组", "东门社区侨联小组", (), "石门市"),
    ], city="青岭市")  # fmt: skip
    refused = twins.read("东门社区侨联小组")
    assert (refused.severity, refused.findings[0].code) == (Severity.ERROR, "group_ambiguous")
    assert twins.read("东门社区侨联小组", county="石门市").value.id == 2


def test_five_thousand_groups_are_searched_quickly_for_a_misspelt_name():
    index = NameIndex([GroupRow(n, f"青岭市云台县第{n}中学侨联小组", "", (), "云台县") for n in range(5000)])
    assert index.read("没有这样的名称侨联小组").refused


TOLD = NameIndex(
    [
        GroupRow(1, "青岭市云台县城关镇东门社区侨联小组", "东门社区侨联小组", county="云台县"),
        GroupRow(2, "青岭市云台县清水中学侨联联络组", "清水中学联络组", county="云台县"),
        GroupRow(3, "青岭市白水县清水中学侨联联络组", "清水中学联络组", county="白水县"),
    ],
    city="青岭市",
)


@pytest.mark.parametrize(
    ("text", "county", "found", "codes"),
    [
        ("东门社区侨联小组2025年活动记录本", "", 1, []),
        ("云台县城关镇东门社区侨联小组活动", "", 1, []),
        ("2025年清水中学联络组会议记录", "白水县", 3, []),
        ("2025年清水中学联络组会议记录", "", None, ["group_ambiguous"]),
        ("东门社区侨联小组、清水中学联络组活动", "云台县", None, ["group_ambiguous"]),
        ("2025年活动记录", "", None, []),
        ("Sheet1", "", None, []),
        ("西门社区侨联小组活动", "", None, []),
    ],
)
def test_a_title_tells_the_group_only_when_it_names_just_one(text, county, found, codes):
    reading = TOLD.told_in(text, county=county)
    assert (reading.value.id if reading.value else None) == found
    assert [finding.code for finding in reading.findings] == codes
