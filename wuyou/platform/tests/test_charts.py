"""Charts: what is drawn, that it is the table's figures, and that no data can get out of its text."""

import re
from xml.etree import ElementTree as ET

import pytest

from wuyou.platform import charts
from wuyou.platform.charts import drawing
from wuyou.platform.tables import Cell
from wuyou.platform.tests.gallery.samples import all_charts

NASTY = '<svg onload=alert(1)>"&\x00'
SPACE = "{http://www.w3.org/2000/svg}"
SQUARE = [(103.0, 26.0), (104.0, 26.0), (104.0, 25.0), (103.0, 25.0)]


def drawn(chart):
    """Return the drawing as a parsed tree, as a browser would get it."""
    return ET.fromstring(str(chart.svg))


def texts(chart):
    return ["".join(text.itertext()) for text in drawn(chart).iter(f"{SPACE}text")]


def plain(cell):
    return cell.value if isinstance(cell, Cell) else cell


@pytest.mark.parametrize("name", sorted(all_charts()))
def test_each_chart_is_named_described_and_free_of_inline_style(name):
    chart = all_charts()[name]
    root = drawn(chart)
    ids = root.get("aria-labelledby").split()
    assert [root.find(f".//*[@id='{key}']").tag for key in ids] == [f"{SPACE}title", f"{SPACE}desc"]
    assert root.find(f"{SPACE}title").text == chart.title
    assert re.findall(r"\sstyle=|\son\w+=|<script|<style", str(chart.svg)) == []
    assert root.get("role") == ("group" if root.find(f".//{SPACE}a") is not None else "img")


def test_every_link_of_a_chart_has_a_name():
    links = [link for chart in all_charts().values() for link in drawn(chart).iter(f"{SPACE}a")]
    assert len(links) == 9 + 9 + 9 + 9 + 5
    assert [link.get("href") for link in links if not link.get("aria-label")] == []


@pytest.mark.parametrize(
    "chart",
    [
        charts.bars(NASTY, [charts.Bar(NASTY, 1, "/x?a=1&b=2")], unit=NASTY, note=NASTY),
        charts.stacked(NASTY, [NASTY], [charts.Stack(NASTY, [1])], unit=NASTY),
        charts.lines(NASTY, [NASTY, NASTY], [charts.Series(NASTY, [1, 2])], unit=NASTY),
        charts.heat_strip(NASTY, [NASTY], [charts.Strip(NASTY, [1])], unit=NASTY),
        charts.tile_map(NASTY, [charts.Area("1", NASTY, 1)], unit=NASTY),
        charts.choropleth(NASTY, [charts.Area("1", NASTY, 1)], {"1": [SQUARE]}, unit=NASTY),
        charts.org_tree(NASTY, [charts.Node(NASTY, NASTY)]),
    ],
)
def test_data_cannot_leave_its_text(chart):
    written = str(chart.svg)
    assert ("<svg onload" in written, "\x00" in written) == (False, False)
    assert drawn(chart).find(f"{SPACE}title").text == NASTY.replace("\x00", "")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "https://example.org/", "//example.org/", "orgs/1"])
def test_a_chart_links_only_within_the_house(href):
    with pytest.raises(ValueError, match="within the house"):
        charts.bars("x", [charts.Bar("甲", 1, href)])


def test_bars_keep_their_order_and_say_what_is_unknown():
    chart = charts.bars("各县区", [charts.Bar("乙", 5), charts.Bar("甲", 20, "/a"), charts.Bar("丙", None)], unit="个")
    assert texts(chart) == ["乙", "5 个", "甲", "20 个", "丙", "无数据"]
    widths = [rect.get("width") for rect in drawn(chart).iter(f"{SPACE}rect") if rect.get("class") == "c1 shape"]
    small, large = (float(width.rstrip("%")) for width in widths)
    assert small * 4 == pytest.approx(large, abs=0.05)
    assert [[plain(cell) for cell in row] for row in chart.table.rows] == [["乙", "5"], ["甲", "20"], ["丙", "无数据"]]
    assert [getattr(row[1], "href", "") for row in chart.table.rows] == ["", "/a", ""]


@pytest.mark.parametrize(("label", "beside"), [("麒麟区", True), ("乡镇（街道）侨联小组", False)])
def test_labels_stand_beside_bars_where_the_narrowest_screen_has_room(label, beside):
    root = drawn(charts.bars("x", [charts.Bar(label, 1234)]))
    assert (root.find(f".//{SPACE}text").get("text-anchor") == "end") is beside
    ends = [float(text.get("x").rstrip("%")) for text in root.iter(f"{SPACE}text")]
    room = 100 - ends[-1]
    assert room * drawing.NARROW / 100 >= drawing.ems("1,234 人") + 0.4


def test_an_amount_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        charts.bars("x", [charts.Bar("甲", -1)])
    with pytest.raises(ValueError, match="not negative"):
        charts.stacked("x", ["a"], [charts.Stack("甲", [-1])])
    with pytest.raises(ValueError, match="not negative"):
        charts.lines("x", ["1月"], [charts.Series("a", [-1])])


def test_stacked_parts_add_up_and_have_keys():
    chart = charts.stacked("x", ["正常", "停滞"], [charts.Stack("甲", [12, 3]), charts.Stack("乙", [0, 0])], unit="个")
    assert [[plain(cell) for cell in row] for row in chart.table.rows] == [["甲", 12, 3, 15], ["乙", 0, 0, 0]]
    assert [key for key, _label in chart.keys] == ["c1", "c2"]
    segments = list(drawn(chart).iter(f"{SPACE}rect"))
    first, second = (float(rect.get("width").rstrip("%")) for rect in segments)
    assert first == pytest.approx(second * 4, abs=0.05)
    assert float(segments[1].get("x").rstrip("%")) == pytest.approx(
        float(segments[0].get("x").rstrip("%")) + first, abs=0.02
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: charts.stacked("x", list("abcdefg"), []),
        lambda: charts.stacked("x", ["a", "b"], [charts.Stack("甲", [1])]),
        lambda: charts.lines("x", ["1月"], [charts.Series("a", [1, 2])]),
        lambda: charts.heat_strip("x", ["1月"], [charts.Strip("a", [1, 2])]),
    ],
)
def test_series_that_do_not_fit_are_refused(wrong):
    with pytest.raises(ValueError, match=r"value for each|series at most"):
        wrong()


def test_a_missing_value_leaves_a_gap_in_its_line():
    chart = charts.lines("x", ["1月", "2月", "3月", "4月"], [charts.Series("活动", [1, 2, None, 3])])
    lines = [line for line in drawn(chart).iter(f"{SPACE}line") if line.get("class") == "ln"]
    assert (len(lines), len(list(drawn(chart).iter(f"{SPACE}circle")))) == (1, 3)


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (3, 5), (7, 10), (23, 25), (31, 50), (0.3, 0.5), (100, 100)]
)
def test_an_axis_ends_at_a_round_number(value, top):
    assert drawing.ceiling(value) == pytest.approx(top)


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([], []),
        ([0], []),
        ([1, 2], [1, 2]),
        ([4], [1, 2, 3, 4]),
        ([210, 45], [50, 100, 150, 200, 250]),
        ([0.9], [0.2, 0.4, 0.6, 0.8, 1.0]),
    ],
)
def test_classes_of_shades_end_at_round_numbers(values, ends):
    assert drawing.bounds(values) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("value", "css"), [(None, "hx"), (0, "h0"), (1, "h1"), (50, "h1"), (51, "h2"), (250, "h5"), (999, "h5")]
)
def test_a_value_is_shaded_by_its_class(value, css):
    assert drawing.shade(value, [50, 100, 150, 200, 250]) == css


def test_keys_say_what_each_shade_means_without_overlap():
    keys = drawing.shade_keys([0, 45, None, 210], [100, 200, 300], "人")
    assert keys == [("h0", "0 人"), ("h1", "1–100 人"), ("h2", "101–200 人"), ("h3", "201–300 人"), ("hx", "无数据")]


def test_tiles_lie_the_same_way_for_the_same_list_and_fit_a_phone():
    codes = [f"5303{number:02d}" for number in range(9)]
    assert charts.tile_layout(codes) == {code: (at % 3, at // 3) for at, code in enumerate(codes)}
    assert max(column for column, _row in charts.tile_layout([str(number) for number in range(40)]).values()) == 3


def test_tiles_follow_a_layout_of_the_operator_and_write_every_figure():
    areas = [charts.Area("1", "甲县", 3, "/1"), charts.Area("2", "乙县", None, "/2")]
    chart = charts.tile_map("x", areas, layout={"1": (1, 0), "2": (0, 1)})
    rects = [(rect.get("x"), rect.get("y")) for rect in drawn(chart).iter(f"{SPACE}rect")]
    assert rects == [("50%", "0em"), ("0%", "4.6em")]
    assert texts(chart) == ["甲县", "3", "乙县", "无数据"]


def test_boundaries_fill_their_sheet_and_an_area_without_them_is_left_to_the_table():
    areas = [charts.Area("1", "甲县", 3, "/1"), charts.Area("2", "乙县", 4)]
    chart = charts.choropleth("x", areas, {"1": [SQUARE]})
    root = drawn(chart)
    assert root.get("class") == "svg map r11"
    path = root.find(f".//{SPACE}path").get("d")
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    assert (min(numbers[1::2]), max(numbers[1::2])) == (6.0, 394.0)
    assert texts(chart) == ["甲县", "3"]
    assert [row[0] for row in chart.table.rows] == ["甲县", "乙县"]


def test_a_map_without_any_boundary_is_only_a_table():
    chart = charts.choropleth("x", [charts.Area("1", "甲县", 3)], {})
    assert (texts(chart), len(chart.table.rows)) == ([], 1)


def test_the_tree_wraps_long_names_and_keeps_levels():
    long = "白石江街道北关社区归侨侨眷联谊小组（含和平里片区）"
    chart = charts.org_tree(
        "x", [charts.Node("市侨联", "", "", [charts.Node(long, "46 人"), charts.Node("乙")]), charts.Node("丙")]
    )
    assert [row[1] for row in chart.table.rows] == [1, 2, 2, 1]
    assert "".join(texts(chart)[1:3]) == long
    assert max(map(drawing.ems, texts(chart))) <= drawing.NARROW - 1
    assert len(list(drawn(chart).iter(f"{SPACE}line"))) == 4


def test_the_second_line_of_a_tree_is_dashed_once_a_body_and_told():
    long = "滇源机械有限公司及各分公司联合工会委员会党组"
    chart = charts.org_tree("x", [charts.Node("甲", "46 人", "", [charts.Node("乙", second=[long, "丙"])])])
    kinds = [line.get("class") for line in drawn(chart).iter(f"{SPACE}line")]
    assert kinds == ["axis", "axis", "second", "second"]
    assert "".join(texts(chart)[3:]) == f"{long}丙"
    assert [row[2] for row in chart.table.rows] == ["46 人", f"{long}；丙"]


def test_breaks_stand_upright_in_a_line_chart_and_say_why():
    chart = charts.lines("x", ["2023", "2024"], [charts.Series("甲", [1, 2])], breaks={1: "转来 1 个"})
    dashed = [line for line in drawn(chart).iter(f"{SPACE}line") if line.get("class") == "second"]
    assert [line.get("x1") == line.get("x2") for line in dashed] == [True]
    assert "2024 转来 1 个" in str(chart.svg)


def test_empty_charts_draw_nothing_and_do_not_fail():
    chart_list = [
        charts.bars("x", []),
        charts.stacked("x", ["a"], []),
        charts.lines("x", [], [charts.Series("a", [])]),
        charts.heat_strip("x", ["1月"], []),
        charts.tile_map("x", []),
        charts.org_tree("x", []),
    ]
    assert [len(chart.table.rows) for chart in chart_list] == [0] * 6
    assert [texts(chart) for chart in chart_list][:2] == [[], []]
