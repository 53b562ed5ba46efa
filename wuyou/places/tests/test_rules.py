"""Stems, grades and forms of names."""

import pytest

from wuyou.places.rules import Kind, Level, other_grade, stem, village_end, village_forms


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("龙庆彝族壮族乡", Level.TOWNSHIP, "龙庆"),
        ("宛水街道", Level.TOWNSHIP, "宛水"),
        ("新街回族乡", Level.TOWNSHIP, "新街"),
        ("石林彝族自治县", Level.COUNTY, "石林"),
        ("龙胜各族自治县", Level.COUNTY, "龙胜"),
        ("察布查尔锡伯自治县", Level.COUNTY, "察布查尔"),
        ("城区", Level.COUNTY, ""),
        ("楚雄彝族自治州", Level.CITY, "楚雄"),
        ("巴音郭楞蒙古自治州", Level.CITY, "巴音郭楞"),
        ("新疆维吾尔自治区", Level.PROVINCE, "新疆"),
        ("内蒙古自治区", Level.PROVINCE, "内蒙古"),
        ("东门社区居民委员会", Level.VILLAGE, "东门"),
    ],
)
def test_stem(name, level, expected):
    assert stem(name, level) == expected


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("东门社区居民委员会", (("东门", Kind.COMMUNITY),)),
        ("东门居委会", (("东门", Kind.COMMUNITY),)),
        ("杨家村委会", (("杨家", Kind.VILLAGE),)),
        ("乐业村村委会", (("乐业村", Kind.VILLAGE), ("乐业", Kind.VILLAGE))),
        ("乐业村村民委员会", (("乐业村", Kind.VILLAGE), ("乐业", Kind.VILLAGE))),
        ("下村居委会", (("下村", Kind.COMMUNITY),)),
        ("华侨农场生活区", (("华侨农场生活区", Kind.OTHER),)),
    ],
)
def test_village_forms(name, forms):
    assert village_forms(name) == forms


def test_village_end_takes_the_longest():
    assert village_end("乐业村村委会", 2) == (6, Kind.VILLAGE)
    assert village_end("东门社区居委会二楼", 2) == (7, Kind.COMMUNITY)
    assert village_end("文化路", 2) == (2, Kind.OTHER)


def test_another_grade_of_the_same_name():
    assert other_grade("沾益县", "沾益区", Level.COUNTY)
    assert not other_grade("沾益区", "沾益区", Level.COUNTY)
    assert not other_grade("罗平县", "沾益区", Level.COUNTY)
