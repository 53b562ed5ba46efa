"""Villages are joined to townships by the names of county and township."""

import pytest

from wuyou.places.rules import Level, PlaceRow
from wuyou.places.sources import VillageFileError, national_divisions, villages_from_csv

DIVISIONS = [
    PlaceRow("530302", Level.COUNTY, "麒麟区", "530300"),
    PlaceRow("530302007", Level.TOWNSHIP, "南宁街道", "530302"),
    PlaceRow("530302110", Level.TOWNSHIP, "越州镇", "530302"),
]
HEADER = "code,name,streetCode,provinceCode,cityCode,areaCode"


def test_a_cut_file_carries_the_names_itself(tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text(
        HEADER + ",areaName,streetName\n"
        '530302001001,"潇湘社区居民委员会",530302001,53,5303,530302,"麒麟区","南宁街道"\n'
        '530302001002,"新田村委会",530302009,53,5303,530302,"麒麟区","开发区"\n'
        '530102001002,"翠湖社区",530102001,53,5301,530102,"五华区","华山街道"\n',
        encoding="utf-8",
    )
    found = villages_from_csv(path, DIVISIONS)
    assert found.rows == (PlaceRow("530302001001", Level.VILLAGE, "潇湘社区居民委员会", "530302007"),)
    assert found.unplaced == (("麒麟区", "开发区", "新田村委会"),)


def test_the_package_s_own_file_needs_its_neighbours(tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text(HEADER + '\n530302106001,"横大路村委会",530302106,53,5303,530302\n', encoding="utf-8")
    with pytest.raises(VillageFileError, match=r"areas\.csv"):
        villages_from_csv(path, DIVISIONS)
    (tmp_path / "areas.csv").write_text('code,name,cityCode,provinceCode\n530302,"麒麟区",5303,53\n', encoding="utf-8")
    (tmp_path / "streets.csv").write_text(
        'code,name,areaCode,provinceCode,cityCode\n530302106,"越州街道",530302,53,5303\n', encoding="utf-8"
    )
    assert [(row.name, row.parent) for row in villages_from_csv(path, DIVISIONS).rows] == [
        ("横大路村委会", "530302110")
    ]


def test_another_file_is_refused_in_words(tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text("姓名,性别\n", encoding="utf-8")
    with pytest.raises(VillageFileError, match="这不是村"):
        villages_from_csv(path, DIVISIONS)


def test_a_file_in_another_encoding_is_refused_in_words(tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text(HEADER + '\n530302106001,"横大路村委会",530302106,53,5303,530302\n', encoding="gb18030")
    with pytest.raises(VillageFileError, match="文字读不出来，没有载入"):
        villages_from_csv(path, DIVISIONS)


def test_national_divisions_hold_the_city_and_its_former_names():
    rows = national_divisions()
    counties = [row for row in rows if row.parent == "530300"]
    assert [row.name for row in counties] == [
        "麒麟区", "沾益区", "马龙区", "陆良县", "师宗县", "罗平县", "富源县", "会泽县", "宣威市",
    ]  # fmt: skip
    assert sum(row.parent in {c.code for c in counties} for row in rows) == 137
    assert next(row.former for row in counties if row.name == "沾益区") == ("沾益县",)
