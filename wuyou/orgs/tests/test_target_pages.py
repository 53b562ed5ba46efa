"""The pages of targets: progress against the plan, the grid, the table that goes out and comes back."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.matrix import read_whole
from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import CITY, FARM, HUIZE, LULIANG, NEW, QILIN, REORGANISED
from wuyou.orgs import queries, services, target_sheets
from wuyou.orgs.models import TargetPlan, UnitKind
from wuyou.orgs.rules.targets import Spot
from wuyou.platform.figures import Asked, all_figures
from wuyou.platform.models import AuditEvent
from wuyou.platform.plugs import announced

NAME = "基层组织建设三年计划"


def draw(small: Any, office: str = CITY, **numbers: Any) -> TargetPlan:
    facts = services.PlanFacts(NAME, 2024, 2026, "曲侨发〔2024〕1号")
    return services.draw_up_plan(actor=anybody(), office_id=small.unit(office).pk, facts=facts)


def put(small: Any, plan: TargetPlan, *told: tuple[str, int, str, int], kind: str = "") -> None:
    kind_id = UnitKind.objects.get(code=kind).pk if kind else None
    changes = {Spot(small.unit(office).pk, kind_id, year, event): number for office, year, event, number in told}
    services.set_targets(actor=anybody(), plan_id=plan.pk, seen=None, changes=changes)


def planned_city(small: Any) -> TargetPlan:
    """Draw up the city's plan: four for its groups under 麒麟 and 陆良 this year, none for 会泽, nothing for itself."""
    plan = draw(small)
    put(small, plan, (QILIN, 2025, "establish", 2), (LULIANG, 2025, "restore", 2), (HUIZE, 2025, "establish", 0))
    put(small, plan, (QILIN, 2026, "establish", 3))
    return plan


def shown(client: Any, **asked: Any) -> dict[str, list[str]]:
    """Return the rows of the page of progress, as name -> what its cells say, the total among them."""
    table = client.get(reverse("orgs:targets"), asked).context["shown"].table()
    rows = [*table.rows, table.total]
    return {getattr(row[0], "value", row[0]): [cell.value for cell in row[1:]] for row in rows}


def test_progress_stands_by_county_in_a_fixed_order(small: Any, sign_in: Any) -> None:
    planned_city(small)
    told = shown(sign_in("city"))
    assert told == {
        "曲靖市侨联直接指导": ["0 / 未定计划", "0 / 未定计划", "— / 未定计划", "0 / 未定计划"],
        QILIN: ["0 / 未定计划", "1 / 2", "— / 3", "1 / 5"],
        LULIANG: ["0 / 未定计划", "2 / 2", "— / 未定计划", "2 / 2"],
        HUIZE: ["0 / 未定计划", "0 / 0", "— / 未定计划", "0 / 0"],
        "合计": ["0 / 未定计划", "3 / 4", "— / 3", "3 / 7"],
    }
    make_unit(parent=small.unit(HUIZE), founded="2025-05-01")
    assert [*shown(sign_in("city"))] == [*told]  # however much is done


def test_progress_is_narrowed_to_an_event_a_kind_and_a_day(small: Any, sign_in: Any) -> None:
    planned_city(small)
    client = sign_in("city")
    assert shown(client, kind="restore")["合计"] == ["0 / 未定计划", "1 / 2", "— / 未定计划", "1 / 2"]
    assert shown(client, unit_kind="school")["合计"] == ["0 / 未定计划", "1 / 未定计划", "— / 未定计划", "1 / 未定计划"]
    assert shown(client, on="2025-03-31")["合计"] == ["0 / 未定计划", "1 / 4", "— / 3", "1 / 7"]
    assert shown(client, on="2024-12-31")["合计"] == ["0 / 未定计划", "— / 4", "— / 3", "0 / 7"]


def test_every_number_done_leads_to_just_that_list(small: Any, sign_in: Any) -> None:
    planned_city(small)
    client = sign_in("city")
    for asked in ({}, {"kind": "restore"}, {"unit_kind": "school"}, {"office": small.unit(LULIANG).pk}):
        table = client.get(reverse("orgs:targets"), asked).context["shown"].table()
        cells = [cell for row in (*table.rows, table.total) for cell in row[1:] if cell.href]
        assert cells
        for cell in cells:
            assert client.get(cell.href).context["number"] == int(cell.value.partition(" /")[0]), cell


def test_a_county_sees_what_the_city_set_for_it_until_it_has_a_plan_of_its_own(small: Any, sign_in: Any) -> None:
    planned_city(small)
    page = sign_in("luliang").get(reverse("orgs:targets"))
    assert page.context["of_above"]
    assert f"这里用的是曲靖市侨联的“{NAME}”中给本单位定的计划数。" in page.content.decode()
    assert shown(sign_in("luliang")) == {
        "华侨农场": ["0 / 未定计划", "1 / 未定计划", "— / 未定计划", "1 / 未定计划"],
        "中小学": ["0 / 未定计划", "1 / 未定计划", "— / 未定计划", "1 / 未定计划"],
        "合计": ["0 / 未定计划", "2 / 2", "— / 未定计划", "2 / 2"],
    }
    own = draw(small, LULIANG)
    put(small, own, (LULIANG, 2025, "restore", 1), kind="farm")
    assert shown(sign_in("luliang"))["华侨农场"] == ["0 / 未定计划", "1 / 1", "— / 未定计划", "1 / 1"]
    assert shown(sign_in("luliang"))["合计"] == ["0 / 未定计划", "2 / 1", "— / 未定计划", "2 / 1"]
    assert sign_in("luliang").get(reverse("orgs:targets"), {"office": small.unit(QILIN).pk}).status_code == 404


def test_what_a_county_did_before_a_group_came_under_another_stays_its_own(small: Any, sign_in: Any) -> None:
    planned_city(small)
    unit, huize = small.unit(NEW), small.unit(HUIZE)
    services.place_unit(actor=anybody(), unit_id=unit.pk, parent_id=huize.pk, start=date(2025, 10, 1))
    assert shown(sign_in("city"))[QILIN] == ["0 / 未定计划", "1 / 2", "— / 3", "1 / 5"]
    assert shown(sign_in("county"))["合计"] == ["0 / 未定计划", "1 / 2", "— / 3", "1 / 5"]
    assert shown(sign_in("huize"))["合计"] == ["0 / 未定计划", "0 / 0", "— / 未定计划", "0 / 0"]


def test_without_a_plan_what_was_done_is_shown_all_the_same(small: Any, sign_in: Any) -> None:
    page = sign_in("city").get(reverse("orgs:targets"))
    assert "还没有目标计划，只显示近三年完成的数。" in page.content.decode()
    assert shown(sign_in("city"))["合计"] == ["0 / 未定计划", "0 / 未定计划", "3 / 未定计划", "3 / 未定计划"]
    assert page.context["shown"].this_year() == "2025年：未定计划，已完成 3 个。"


def test_an_office_that_closed_keeps_its_row_while_it_has_numbers(small: Any, sign_in: Any) -> None:
    planned_city(small)
    for name in (HUIZE, LULIANG):
        services.record_event(actor=anybody(), unit_id=small.unit(name).pk, kind="dissolve", on="2025-11-01")
    assert [*shown(sign_in("city"))] == ["曲靖市侨联直接指导", QILIN, LULIANG, HUIZE, "合计"]
    plan = TargetPlan.objects.get()
    put(small, plan, (HUIZE, 2026, "establish", 1))
    services.remove_plan(actor=anybody(), plan_id=plan.pk, seen=None)
    assert [*shown(sign_in("city"))] == ["曲靖市侨联直接指导", QILIN, LULIANG, "合计"]


@pytest.mark.parametrize("more", [0, 2])
def test_progress_takes_as_many_queries_for_one_event_as_for_three(small: Any, sign_in: Any, more: int) -> None:
    planned_city(small)
    for number in range(more):
        make_unit(parent=small.unit(HUIZE), full_name=f"新建{number}", founded="2025-05-01")
    client = sign_in("city")
    client.get(reverse("orgs:targets"))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("orgs:targets"), {"kind": "establish"})
    assert ([cell.value for cell in page.context["shown"].table().total[2:3]], len(asked)) == ([f"{1 + more} / 2"], 12)


# ---- the headline and the figures --------------------------------------------------------------------------------


def figures(small: Any, username: str, year: int = 2025) -> dict[str, int | None]:
    asked = Asked(small.actor(username), year, min(small.today, date(year, 12, 31)))
    return {f.name: f.value(asked) for f in all_figures(asked) if f.name.startswith("orgs.targets.")}


def test_the_figures_of_targets_are_those_of_the_page(small: Any) -> None:
    assert set(figures(small, "city").values()) == {None}
    planned_city(small)
    assert figures(small, "city") == {
        "orgs.targets.planned_in_year": 4,
        "orgs.targets.planned_established_in_year": 2,
        "orgs.targets.planned_reorganised_in_year": None,
        "orgs.targets.planned_restored_in_year": 2,
        "orgs.targets.share_in_year": 75,
        "orgs.targets.planned_in_plan": 7,
        "orgs.targets.achieved_in_plan": 3,
    }
    assert figures(small, "county")["orgs.targets.planned_in_year"] == 2  # what the city set for it
    assert figures(small, "huize")["orgs.targets.share_in_year"] is None  # planned none: no share
    assert figures(small, "huize")["orgs.targets.planned_in_year"] == 0
    assert set(figures(small, "leader").values()) <= {None}


def test_every_figure_leads_to_a_page_that_opens(small: Any, sign_in: Any) -> None:
    planned_city(small)
    for username in ("city", "county"):
        asked, client = Asked(small.actor(username), 2025, small.today), sign_in(username)
        for figure in all_figures(asked):
            if figure.name.startswith("orgs.targets."):
                assert client.get(figure.url(asked)).status_code == 200


@pytest.mark.parametrize(
    ("username", "with_plan", "headline", "numbers"),
    [
        ("city", False, "2025年完成新建、重组、恢复基层组织 3 个", ["", "", "", "三至五年目标计划"]),
        ("city", True, "2025年新建、重组、恢复基层组织：计划 4 个，已完成 3 个（75%）",
         ["计划 2 个", "未定计划", "计划 2 个", "完成数/计划数"]),
        ("county", True, "2025年新建、重组、恢复基层组织：计划 2 个，已完成 1 个（50%）",
         ["计划 2 个", "未定计划", "未定计划", "完成数/计划数"]),
        ("huize", True, "2025年新建、重组、恢复基层组织：计划 0 个，已完成 0 个",
         ["计划 0 个", "未定计划", "未定计划", "完成数/计划数"]),
    ],
)  # fmt: skip
def test_the_headline_stands_beside_its_plan(
    small: Any, sign_in: Any, username: str, with_plan: bool, headline: str, numbers: list[str]
) -> None:
    if with_plan:
        planned_city(small)
    page = sign_in(username).get("/")
    assert (page.context["headline"], [one.source for one in page.context["numbers"][:4]]) == (headline, numbers)


# ---- the grid ----------------------------------------------------------------------------------------------------


def grid(plan: TargetPlan, event: str = "") -> str:
    return reverse("orgs:targets_plan", args=[plan.pk]) + (f"?event={event}" if event else "")


def test_a_plan_is_drawn_up_filled_in_and_taken_away_on_its_pages(small: Any, sign_in: Any) -> None:
    client, city, qilin = sign_in("city"), small.unit(CITY).pk, small.unit(QILIN).pk
    told = {
        "office": city,
        "name": NAME,
        "first_year": 2025,
        "last_year": 2027,
        "document": "曲侨发[2025]1号",
        "note": "",
    }
    wrong = client.post(reverse("orgs:targets_new"), {**told, "last_year": 2026})
    assert "目标计划应为 3 至 5 年，没有保存；请核对起止年度。" in wrong.content.decode()
    answer = client.post(reverse("orgs:targets_new"), told)
    plan = TargetPlan.objects.get()
    assert (answer.headers["Location"], plan.document) == (grid(plan), "曲侨发〔2025〕1号")
    boxes = {f"n-{qilin}-0-2025": "4", f"n-{qilin}-0-2026": "0", f"n-{city}-0-2027": ""}
    assert client.post(grid(plan, "restore"), {**boxes, "version": 1}).status_code == 302
    assert queries.numbers_of(plan) == {
        Spot(qilin, None, 2025, "restore"): 4,
        Spot(qilin, None, 2026, "restore"): 0,
    }
    facts = {**told, "name": "改了名", "document": "", "version": 2}
    assert client.post(reverse("orgs:targets_facts", args=[plan.pk]), facts).status_code == 302
    stale = client.post(reverse("orgs:targets_remove", args=[plan.pk]), {"version": 2})
    assert stale.status_code == 409
    assert client.post(reverse("orgs:targets_remove", args=[plan.pk]), {"version": 3}).status_code == 302
    assert TargetPlan.objects.count() == 0


def test_a_number_that_is_none_is_said_at_its_box_and_nothing_is_lost(small: Any, sign_in: Any) -> None:
    plan, qilin = draw(small), small.unit(QILIN).pk
    page = sign_in("city").post(grid(plan), {f"n-{qilin}-0-2025": "4.5", f"n-{qilin}-0-2026": "7", "version": 1})
    html = page.content.decode()
    told = "“麒麟区侨联 2025 新建”要填 0 到 9999 之间的整数；没有计划就空着。"
    assert (html.count(told), 'value="4.5"' in html, 'value="7"' in html) == (2, True, True)
    assert queries.numbers_of(plan) == {}


def test_a_row_for_a_kind_is_added_and_what_was_typed_stays(small: Any, sign_in: Any) -> None:
    plan, qilin, farm = draw(small), small.unit(QILIN).pk, UnitKind.objects.get(code="farm").pk
    client, row = sign_in("city"), f"{qilin}-{farm}"
    asked = {f"n-{qilin}-0-2025": "4", "more": "1", "more_office": qilin, "more_kind": farm, "version": 1}
    page = client.post(grid(plan), asked)
    assert [line.key for line in page.context["form"].rows if line.kind] == [row]
    assert 'value="4"' in page.content.decode()
    client.post(grid(plan), {f"n-{qilin}-0-2025": "4", f"n-{row}-2025": "1", "row": row, "version": 1})
    assert queries.numbers_of(plan)[Spot(qilin, farm, 2025, "establish")] == 1
    too_many = client.post(grid(plan), {f"n-{qilin}-0-2025": "4", f"n-{row}-2025": "5", "row": row, "version": 2})
    told = "麒麟区侨联 2025 年新建：分类型的计划数合计 5 个，多于总数 4 个，没有保存；请核对。"
    assert told in too_many.content.decode()


def test_a_county_fills_in_its_plan_by_kind_and_may_not_touch_the_city_s(small: Any, sign_in: Any) -> None:
    own, above = draw(small, QILIN), draw(small)
    kinds = [kind.name for kind in queries.grassroots_kinds()]
    client = sign_in("county")
    rows = client.get(grid(own)).context["form"].rows
    assert [row.kind[1] if row.kind else "" for row in rows] == ["", *kinds]
    for name in ("orgs:targets_plan", "orgs:targets_facts", "orgs:targets_table"):
        assert client.get(reverse(name, args=[above.pk])).status_code == 404
    assert sign_in("auditor").get(grid(above)).status_code == 403


def test_somebody_else_saved_meanwhile(small: Any, sign_in: Any) -> None:
    plan, qilin = draw(small), small.unit(QILIN).pk
    put(small, plan, (QILIN, 2025, "establish", 2))
    page = sign_in("city").post(grid(plan), {f"n-{qilin}-0-2025": "4", "version": 1})
    assert (page.status_code, "麒麟区侨联 2025 新建" in page.content.decode()) == (409, True)


# ---- the table that goes out and comes back ----------------------------------------------------------------------


def sheet(client: Any, plan: TargetPlan) -> bytes:
    answer = client.post(reverse("orgs:targets_sheet", args=[plan.pk]))
    return read_whole(answer)


def test_the_sheet_of_a_plan_comes_back_as_it_went_out(small: Any, sign_in: Any) -> None:
    plan, client = planned_city(small), sign_in("city")
    put(small, plan, (LULIANG, 2026, "restore", 1), kind="farm")
    before, since = queries.numbers_of(plan), AuditEvent.objects.latest("seq").seq
    went_out = sheet(client, plan)
    assert AuditEvent.objects.filter(seq__gt=since).values_list("verb", flat=True)[0] == "platform.export.made"
    nines = dict.fromkeys([*before, Spot(small.unit(HUIZE).pk, None, 2026, "restore")], 9)
    services.set_targets(actor=anybody(), plan_id=plan.pk, seen=None, changes=nines)
    address = reverse("orgs:targets_table", args=[plan.pk])
    preview = client.post(address, {"sheet": SimpleUploadedFile("计划.xlsx", went_out), "version": plan.version})
    assert (preview.context["problems"], len(preview.context["changes"])) == ([], len(before) + 1)
    assert ("会泽县侨联 2026 恢复", "9", "未定计划") in preview.context["changes"]
    version = TargetPlan.objects.get().version
    told = {"table": preview.context["text"], "confirmed": "1", "version": version}
    assert client.post(address, told).status_code == 302
    assert queries.numbers_of(plan) == before


def test_a_pasted_table_is_shown_before_it_is_saved(small: Any, sign_in: Any) -> None:
    plan, client = draw(small), sign_in("city")
    address, text = (
        reverse("orgs:targets_table", args=[plan.pk]),
        "侨联\t事项\t2025年\n麒麟区\t新建\t4\n昆明\t新建\t1\n",
    )
    preview = client.post(address, {"table": text, "version": 1})
    assert preview.context["changes"] == [("麒麟区侨联 2025 新建", "未定计划", "4")]
    assert preview.context["problems"] == ["第 3 行：计划里没有叫“昆明”的侨联，这一行没有读入；请核对名称。"]
    assert queries.numbers_of(plan) == {}
    client.post(address, {"table": preview.context["text"], "confirmed": "1", "version": 1})
    assert queries.numbers_of(plan) == {Spot(small.unit(QILIN).pk, None, 2025, "establish"): 4}


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"version": 1}, "请粘贴表格，或选择一个表格文件。"),
        ({"table": "  "}, "请粘贴表格，或选择一个表格文件。"),
        ({"sheet": SimpleUploadedFile("a.xlsx", b"x" * (2 * 1024 * 1024 + 1))},
         "文件超过 2 MB，没有读取；请只留下目标计划的那张表再上传。"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_targets(small: Any, sign_in: Any, posted: dict[str, Any], sentence: str) -> None:
    page = sign_in("city").post(reverse("orgs:targets_table", args=[draw(small).pk]), posted)
    assert sentence in page.content.decode()


def test_a_broken_file_is_refused_in_words(small: Any, sign_in: Any) -> None:
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")
    page = sign_in("city").post(reverse("orgs:targets_table", args=[draw(small).pk]), {"sheet": broken})
    assert (page.status_code, len(page.context["form"].errors["sheet"])) == (200, 1)


def test_a_table_in_english_comes_back_too(small: Any, sign_in: Any) -> None:
    plan, client = planned_city(small), sign_in("city")
    before, headers = queries.numbers_of(plan), {"HTTP_ACCEPT_LANGUAGE": "en"}
    went_out = read_whole(client.post(reverse("orgs:targets_sheet", args=[plan.pk]), **headers))
    offices, kinds = queries.offices_of(small.unit(CITY)), queries.grassroots_kinds()
    file = BytesIO(went_out)
    file.name = "plan.xlsx"
    rows = target_sheets.file_rows(file)
    with override("en"):
        read = target_sheets.read_table(plan, offices, kinds, rows)
    assert rows[0][0] != "侨联"
    assert (read.problems, {at: n for at, n in read.numbers.items() if n is not None}) == ([], before)


def test_progress_goes_out_as_a_table(small: Any) -> None:
    planned_city(small)
    export = announced.exports["orgs.targets"]
    rows = [tuple(row) for row in export.rows(small.actor("city"), {"kind": "restore"})]
    assert [row for row in rows if row[0] == LULIANG] == [
        (LULIANG, "全部", "2024", "恢复", None, 0, None),
        (LULIANG, "全部", "2025", "恢复", 2, 1, 50),
        (LULIANG, "全部", "2026", "恢复", None, None, None),
        (LULIANG, "华侨农场", "2025", "恢复", None, 1, None),
    ]
    units = [row[1] for row in announced.exports["orgs.events"].rows(small.actor("city"), {})]
    assert len(units) == len({NEW, FARM, REORGANISED})
