"""The chart of the organisation: both lines of every unit, cut into panels, folded when there are many."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import (
    BARE,
    CITY,
    DISSOLVED,
    FARM,
    GOOD,
    HUIZE,
    JOINT,
    LAPSED,
    LULIANG,
    NO_VENUE,
    QILIN,
    UNIVERSITY,
)
from wuyou.orgs import services
from wuyou.platform.charts import Node, org_tree
from wuyou.shell import charting

pytestmark = pytest.mark.django_db


def shown(client, **asked):
    answer = client.get(reverse("shell:chart"), asked)
    assert answer.status_code == 200
    return answer


def written(drawn):
    """Return every text of the drawings, with the blanks that wrapping took out."""
    return "".join("".join(panel.svg.root.itertext()) for section in drawn.sections for panel in section.panels)


def test_all_lines_of_a_unit_are_drawn_and_told(small, sign_in):
    drawn = shown(sign_in("city")).context["drawn"]
    rows = {row[0].value: [str(cell) for cell in row[1:]] for row in drawn.table.rows}
    assert rows[JOINT] == [
        QILIN, "滇源机械有限公司党组织", "滇源机械有限公司、麒麟区云坪农机站、滇源物流有限公司", "", "跨行业跨单位联合", "正常",
    ]  # fmt: skip
    assert (rows[GOOD][3], rows[LAPSED][5]) == ("南宁街道", "停滞")
    text = written(drawn)
    for word in ("联合 3 家单位", "领导：滇源机械有限公司党组织", "服务南宁街道", "停滞"):
        assert word in text
    assert (DISSOLVED in text, drawn.offices, drawn.groups, drawn.is_folded) == (False, 4, 11, False)
    assert [section.title for section in drawn.sections] == [
        "侨联机关", f"{CITY}：1 个组织", f"{HUIZE}：1 个组织", f"{LULIANG}：3 个组织", f"{QILIN}：6 个组织",
    ]  # fmt: skip


def test_led_by_is_a_dashed_line_and_guided_by_a_solid_one(small, sign_in):
    panel = shown(sign_in("city"), office=small.unit(HUIZE).pk).context["drawn"].sections[0].panels[0]
    kinds = [line.get("class") for line in panel.svg.root.iter("line")]
    assert (kinds.count("axis"), kinds.count("second")) == (2, 0)  # the township group has no leading body
    panel = shown(sign_in("city"), office=small.unit(CITY).pk).context["drawn"].sections[1].panels[0]
    kinds = [line.get("class") for line in panel.svg.root.iter("line")]
    assert (kinds.count("axis"), kinds.count("second")) == (2, 1)


def test_the_chart_is_of_the_day_and_of_the_office(small, sign_in):
    client, group = sign_in("city"), small.unit(BARE)
    services.place_unit(actor=anybody(), unit_id=group.pk, parent_id=small.unit(LULIANG).pk, start=date(2025, 6, 1))
    links = services.Links(led_by=("者海镇党委",), hosts=(), area_ids=())
    services.link_unit(actor=anybody(), unit_id=group.pk, links=links, on=date(2025, 7, 1))

    def units(**asked):
        return {row[0].value: row[2] for row in shown(client, **asked).context["drawn"].table.rows}

    office = small.unit(HUIZE).pk
    assert units(office=office) == {HUIZE: ""}
    assert units(office=office, on="2025-05-31") == {HUIZE: "", BARE: ""}
    assert set(units(office=office, on="2022-12-29")) == {HUIZE, BARE, DISSOLVED}
    assert [units()[BARE], units(on="2025-06-30")[BARE]] == ["者海镇党委", ""]
    assert (
        f'href="{reverse("shell:unit", args=[office])}?on=2025-05-31"'
        in shown(client, office=office, on="2025-05-31").content.decode()
    )


def test_everybody_s_chart_is_of_his_own_units(small, sign_in):
    names = {row[0].value for row in shown(sign_in("luliang")).context["drawn"].table.rows}
    assert {LULIANG, FARM} <= names
    assert names & {CITY, QILIN, GOOD, UNIVERSITY} == set()
    own = shown(sign_in("leader")).context["drawn"]
    assert [row[0].value for row in own.table.rows] == [NO_VENUE]
    assert NO_VENUE in written(own)
    assert sign_in("luliang").get(reverse("shell:chart"), {"office": small.unit(QILIN).pk}).status_code == 404


def test_more_groups_than_fit_a_panel_are_cut_and_none_is_lost(small, sign_in):
    office = small.unit(HUIZE)
    names = [f"第{n}村侨联小组" for n in range(2 * charting.PANEL + 1)]
    for name in names:
        make_unit(parent=office, full_name=name, kind="township", founded="2020")
    section = shown(sign_in("city"), office=office.pk).context["drawn"].sections[0]
    assert [panel.title for panel in section.panels] == ["乡镇（18）", "乡镇（续）", "乡镇（续）"]
    assert [len(panel.table.rows) - 1 for panel in section.panels] == [6, 6, 6]
    drawn = [row[0].value for panel in section.panels for row in panel.table.rows[1:]]
    assert sorted(drawn) == sorted([BARE, *names])


def test_a_large_organisation_folds_to_its_offices(small, sign_in, monkeypatch):
    monkeypatch.setattr(charting, "MOST", 5)
    client = sign_in("city")
    drawn = shown(client).context["drawn"]
    assert (drawn.is_folded, [section.title for section in drawn.sections]) == (True, ["侨联机关"])
    rows = {row[0].value: (row[0].href, row[6]) for row in drawn.table.rows}
    assert rows[QILIN] == (f"{reverse('shell:chart')}?office={small.unit(QILIN).pk}", 6)
    forms = Counter(
        form or "未定形式" for form in small.unit(QILIN).children.exclude(state="dissolved").values_list("form__name", flat=True)
    )  # fmt: skip
    boxed = {row[0].value: str(row[2]) for panel in drawn.sections[0].panels for row in panel.table.rows}
    assert boxed[QILIN] == " · ".join(f"{form} {number}" for form, number in forms.most_common())
    assert (sum(forms.values()), len(forms)) == (6, 2)
    assert shown(client, office=small.unit(HUIZE).pk).context["drawn"].is_folded is False


@pytest.mark.parametrize(("paper", "css"), [("", "oc a4"), ("a3", "oc a3"), ("b9", "oc a4")])
def test_the_paper_is_chosen_in_the_address(small, sign_in, paper, css):
    assert f'class="{css}"' in shown(sign_in("county"), paper=paper).content.decode()


def test_before_anything_was_founded_the_page_says_so(small, sign_in):
    body = shown(sign_in("leader"), on="1950-01-01").content.decode()
    assert "这一天还没有组织" in body


def test_a_unit_s_page_draws_its_own_lines(small, sign_in):
    for who, name, above in (("city", GOOD, QILIN), ("leader", NO_VENUE, QILIN)):
        page = reverse("shell:unit", args=[small.unit(name).pk])
        context = sign_in(who).get(page).context
        chart, url = context["chart"], context["chart_url"]
        assert [row[0].value for row in chart.table.rows] == [above, name]
        assert url == ("" if who == "leader" else f"{reverse('shell:chart')}?office={small.unit(QILIN).pk}")


@pytest.mark.parametrize("more", [1, 3])
def test_the_chart_asks_no_more_for_more_units(small, sign_in, more):
    for n in range(more):
        make_unit(parent=small.unit(QILIN), full_name=f"新组{n}", hosts=(f"单位{n}",), led_by=(f"党委{n}",))
    client = sign_in("city")
    shown(client)
    with CaptureQueriesContext(connection) as asked:
        shown(client)
    assert len(asked) == 8


def a_province(small, cities=4, counties=7):
    """Put further cities with their counties under the topmost office, a group under each county."""
    for n in range(cities):
        city = make_unit(parent=small.unit(CITY), full_name=f"第{n}市侨联", kind="city_federation", founded="1990")
        for m in range(counties):
            county = make_unit(parent=city, full_name=f"第{n}市第{m}县侨联", kind="county_federation", founded="1990")
            make_unit(parent=county, full_name=f"第{n}市第{m}县小组", founded="2020")


def test_a_tree_of_three_levels_is_cut_so_that_each_panel_fits_a_sheet(small, sign_in):
    a_province(small)
    drawn = shown(sign_in("city")).context["drawn"]
    assert [panel.title for panel in drawn.sections[0].panels] == [CITY, *(f"第{n}市侨联" for n in range(4))]
    assert [len(panel.table.rows) for panel in drawn.sections[0].panels] == [1 + 3 + 4, *([8] * 4)]
    assert max(len(panel.table.rows) for section in drawn.sections for panel in section.panels) <= charting.OFFICES + 1


def test_where_many_offices_guide_few_groups_they_share_their_sheets(small, sign_in):
    a_province(small)
    drawn = shown(sign_in("city")).context["drawn"]
    titles = [section.title for section in drawn.sections]
    assert titles[1:] == [
        "各侨联的组织",
        *(f"{name}所属侨联的组织" for name in (*(f"第{n}市侨联" for n in range(4)), CITY)),
    ]
    groups = [
        row[0].value for section in drawn.sections[1:] for panel in section.panels for row in panel.table.rows[1:]
    ]
    assert (len(groups), len(set(groups))) == (drawn.groups, drawn.groups)


def test_a_number_is_never_cut_by_the_end_of_a_line():
    notes = [org_tree("图", [Node("甲", f"{'组' * pad} 侨联联络组 1234 · 归国华侨联合会 5678")]) for pad in range(30)]
    lines = [text.text for chart in notes for text in chart.svg.root.iter("text")]
    assert [sum(number in line for line in lines) for number in ("1234", "5678")] == [30, 30]
